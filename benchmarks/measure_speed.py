"""How long a whole measurement with the card takes, against decoding the same JPEG alone.

Run: python -m benchmarks.measure_speed [ROUNDS]. Two 12-megapixel JPEGs; the first of the run
warms everything up, the second is timed, decoding and measuring by turns. Tissues are told as
`--json` tells them, where their network is installed.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np

from benchmarks import render
from benchmarks.table import Row, markdown
from woundtrack.outline.types import Outline
from woundtrack.pipeline import PhotoResult, measure_photo

TITLE = "Time of a measurement"
ROUNDS = 15
RATIO_BAR = 4.0


def _photo(seed: int) -> tuple[bytes, Outline]:
    """A photo of a card and an ulcer, all of it textured and noisy like a camera's."""
    rng = np.random.default_rng(seed)
    ring = render.ulcer_ring_mm(rng, area_mm2=1200, centre_mm=(45.0, 80.0))
    card = render.placed(render.card_layer(), corner_mm=(0.0, 0.0), angle_deg=3.0)
    camera = render.tilted_camera(
        tilt_deg=18,
        azimuth_deg=50,
        roll_deg=8,
        focal_px=3000,
        look_at_mm=(45, 50),
        mm_across=240,
        k1=-0.01,
    )
    scene = render.Scene((render.ulcer_layer(ring), card), ring, 1200.0)
    pixels = render.render(camera, scene, render.Look(), seed=seed)
    outline = Outline((tuple((float(x), float(y)) for x, y in camera.to_px(ring)),))
    return render.jpeg_bytes(pixels, quality=92, focal_35mm=26), outline


def _seconds(step: Callable[[], object]) -> float:
    start = time.perf_counter()
    step()
    return time.perf_counter() - start


def _measured(path: Path, outline: Outline) -> PhotoResult:
    result = measure_photo(path, scale="card", outline=outline, with_bed=True)
    if result.measurement is None:
        raise RuntimeError(f"not measured: {result.refused}")
    return result


def run(rounds: int = ROUNDS) -> list[Row]:
    """The ratio of measuring to decoding, and both times."""
    with tempfile.TemporaryDirectory() as folder:
        photos = []
        for place in range(2):
            data, outline = _photo(place)
            path = Path(folder) / f"{place}.jpg"
            path.write_bytes(data)
            photos.append((path, outline, np.frombuffer(data, np.uint8)))
        first, second = photos
        _measured(first[0], first[1])
        whole, alone = [], []
        for _round in range(rounds):
            alone.append(_seconds(lambda: cv2.imdecode(second[2], cv2.IMREAD_COLOR)))
            whole.append(_seconds(lambda: _measured(second[0], second[1])))
    ratios = np.array(whole) / np.array(alone)
    ratio = float(np.median(ratios))
    return [
        Row(
            "measure --scale card --outline FILE, 12 MP, over cv2.imdecode",
            ratio,
            "×",
            _spread(ratios, "×"),
            f"≤ {RATIO_BAR:g} ×",
            ratio <= RATIO_BAR,
        ),
        Row("the same, whole", 1000 * float(np.median(whole)), "ms", _spread(whole, "ms", 1000)),
        Row("cv2.imdecode alone", 1000 * float(np.median(alone)), "ms", _spread(alone, "ms", 1000)),
    ]


def _spread(values: Sequence[float] | np.ndarray, unit: str, factor: float = 1.0) -> str:
    quarter, three = np.percentile(np.asarray(values) * factor, [25, 75])
    return f"quartiles {quarter:.3g}–{three:.3g} {unit}, {len(values)} rounds"


if __name__ == "__main__":
    print(markdown(run(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)))
