"""How well the proposals without a trained model outline real foot ulcers (Dice).

Truth: the masks in `outlines/fuseg` of the photo folder. A loose box is the truth's own box
with every side moved out by 15 to 30 % of its size; a click is the deepest point of the truth;
the unaided proposal is compared with all wounds of the photo. Times are of one proposal on a
photo enlarged to 12 megapixels, beside the decoding of that photo.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from benchmarks.photos import photos_of
from benchmarks.table import Row, markdown
from woundtrack.errors import OutlineError
from woundtrack.outline.classic import propose, propose_from_box, propose_from_click
from woundtrack.outline.masks import mask_from_rings
from woundtrack.outline.types import Outline

TITLE = "Outline proposals without a trained model"
STEP = 6
"""Every sixth photo: about 130 wounds, two minutes."""
SMALLEST_PX = 120
TIMED = 7


@dataclass(frozen=True, slots=True)
class Case:
    """One wound of one photo."""

    name: str
    pixels: np.ndarray
    truth: np.ndarray
    everything: np.ndarray
    box_px: tuple[float, float, float, float]
    point_px: tuple[float, float]


def cases(folder: Path, *, step: int = STEP) -> Iterator[Case]:
    """The wounds of every `step`-th photo, each with a loose box and a click."""
    random = np.random.default_rng(11)
    for path in sorted((folder / "masks").iterdir())[::step]:
        everything = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE) > 127
        pixels = cv2.imread(str(next((folder / "images").glob(f"{path.stem}.*"))))
        yield from wounds(path.stem, pixels, everything, random)


def wounds(
    name: str, pixels: np.ndarray, everything: np.ndarray, random: np.random.Generator
) -> Iterator[Case]:
    """The wounds of one photo, each with a loose box and a click."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(everything.astype(np.uint8))
    for label in range(1, count):
        left, top, width, height, size = (float(value) for value in boxes[label])
        if size < SMALLEST_PX:
            continue
        out = random.uniform(0.15, 0.30, 4)
        box = (
            left - out[0] * width,
            top - out[1] * height,
            left + (1 + out[2]) * width,
            top + (1 + out[3]) * height,
        )
        truth = labels == label
        depth = cv2.distanceTransform(truth.astype(np.uint8), cv2.DIST_L2, 5)
        row, column = np.unravel_index(int(depth.argmax()), depth.shape)
        yield Case(name, pixels, truth, everything, box, (float(column), float(row)))


def dice(outline: Outline, truth: np.ndarray) -> float:
    """Twice the overlap over the sum of the areas."""
    height, width = truth.shape
    mask = mask_from_rings(outline.rings, width_px=width, height_px=height) > 0.5
    return 2 * float((mask & truth).sum()) / float(mask.sum() + truth.sum())


def scored(name: str, found: list[float], asked: int) -> list[Row]:
    """Mean and median Dice of the answers, and how many were given."""
    low, median, high = np.quantile(found, [0.25, 0.5, 0.75]) if found else (0.0, 0.0, 0.0)
    spread = f"quartiles {low:.2f} to {high:.2f}, {len(found)} of {asked} answered"
    return [
        Row(f"{name}: mean Dice", float(np.mean(found)) if found else 0.0),
        Row(f"{name}: median Dice", float(median), spread=spread),
    ]


def attempt(ask: Callable[[], Outline], truth: np.ndarray) -> list[float]:
    """The Dice of one proposal, or nothing where it was refused."""
    try:
        return [dice(ask(), truth)]
    except OutlineError:
        return []


def timed(case: Case) -> list[Row]:
    """One click and one box on a 12-megapixel photo, as multiples of its decoding."""
    side = 3500
    factor = side / case.pixels.shape[1]
    large = cv2.resize(case.pixels, (side, side), interpolation=cv2.INTER_CUBIC)
    data = cv2.imencode(".jpg", large, [cv2.IMWRITE_JPEG_QUALITY, 92])[1]
    point = (case.point_px[0] * factor, case.point_px[1] * factor)
    box = tuple(value * factor for value in case.box_px)
    jobs: dict[str, Callable[[], object]] = {
        "decode": lambda: cv2.imdecode(data, cv2.IMREAD_COLOR),
        "click": lambda: propose_from_click(large, point),
        "box": lambda: propose_from_box(large, box),  # type: ignore[arg-type]
    }
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(TIMED):
        for name, job in jobs.items():
            start = time.perf_counter()
            job()
            taken[name].append(time.perf_counter() - start)
    floor = float(np.median(taken["decode"]))
    rows = []
    for name in ("click", "box"):
        seconds = float(np.median(taken[name]))
        low, high = min(taken[name]) * 1000, max(taken[name]) * 1000
        spread = f"{low:.0f} to {high:.0f} ms, {seconds / floor:.1f} × imdecode"
        row_name = f"proposal from a {name}, 12 MP"
        rows.append(Row(row_name, seconds * 1000, "ms", spread, "< 1000 ms", seconds < 1.0))
    return rows


def run() -> list[Row]:
    """The table's rows; Skip where the photos are not here."""
    found = list(cases(photos_of("outlines/fuseg")))
    box, click, unaided = [], [], []
    for case in found:
        box += attempt(lambda c=case: propose_from_box(c.pixels, c.box_px), case.truth)
        click += attempt(lambda c=case: propose_from_click(c.pixels, c.point_px), case.truth)
    photos = {case.name: case for case in found}
    for case in photos.values():
        unaided += attempt(lambda c=case: propose(c.pixels), case.everything)
    return [
        *scored("outline from a loose box", box, len(found)),
        *scored("outline from one click", click, len(found)),
        *scored("outline unaided", unaided, len(photos)),
        *timed(max(found, key=lambda case: case.truth.sum())),
    ]


if __name__ == "__main__":
    print(markdown(run()))
