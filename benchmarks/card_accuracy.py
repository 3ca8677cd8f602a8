"""Areas of known mm² through known tilted cameras, with the printed card: how true, how honest.

Run: python -m benchmarks.card_accuracy [COUNT] [FIRST_SEED]. The reported seeds start at 20 000;
development used seeds below that.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks import render
from benchmarks.table import Row, counted, markdown
from benchmarks.trials import seeds_of, tried
from woundtrack.errors import WoundtrackError
from woundtrack.measure.measurement import measure
from woundtrack.outline.types import Outline
from woundtrack.photo.read import decode_photo
from woundtrack.scale import card_layout as design
from woundtrack.scale.card import find_card

TITLE = "Area with the printed card"
FIRST_REPORTED_SEED = 20_000
COUNT = 120
FILM_DIAGONAL_MM = 43.2666
SIZE_PX = (4000, 3000)
MEDIAN_BAR, P95_BAR = 0.003, 0.01


@dataclass(frozen=True, slots=True)
class Trial:
    """One photo: how it was taken, and what came of it."""

    seed: int
    tilt_deg: float
    card_px_per_mm: float
    gap_mm: float
    exif: bool
    error: float | None
    """Relative error of the area; None where refused."""
    relative_sd: float = 0.0
    flat_relative_sd: float = 0.0
    """Without the allowances for print and height, which a rendered photo does not need."""
    refused: str = ""


def trial(seed: int) -> Trial:
    """Render, encode, read, find the card, measure the true outline, compare."""
    rng = np.random.default_rng(seed)
    scene, gap_mm = _scene(rng)
    focal_35mm = int(rng.choice([24, 26, 27, 28, 35, 52]))
    camera = _camera(rng, scene, focal_35mm=focal_35mm + float(rng.uniform(-0.5, 0.5)))
    look = render.Look(
        defocus_px=float(rng.uniform(0.5, 2.5)),
        motion_px=float(rng.choice([0.0, rng.uniform(0, 4)])),
        motion_deg=float(rng.uniform(0, 180)),
        noise=float(rng.uniform(0.003, 0.02)),
        light_slope=(float(rng.uniform(-0.4, 0.4)), float(rng.uniform(-0.4, 0.4))),
        gamma=float(rng.uniform(1.9, 2.5)),
    )
    exif = bool(rng.random() < 0.75)
    pixels = render.render(camera, scene, look, seed=seed)
    quality = int(rng.integers(80, 97))
    data = render.jpeg_bytes(pixels, quality=quality, focal_35mm=focal_35mm if exif else None)
    error, sd, flat_sd, refused = _measured(data, camera, scene)
    return Trial(
        seed, camera.tilt_deg, _px_per_mm(camera), gap_mm, exif, error, sd, flat_sd, refused
    )


def _camera(rng: np.random.Generator, scene: render.Scene, *, focal_35mm: float) -> render.Camera:
    """A hand-held camera, 0 to 35° tilted any way, that has the card and the ulcer in view."""
    corners = [(0.0, 0.0), (design.WIDTH_MM, 0.0), (design.WIDTH_MM, design.HEIGHT_MM)]
    subject = np.vstack([scene.ring_mm, [*corners, (0.0, design.HEIGHT_MM)]])
    middle = (subject.min(axis=0) + subject.max(axis=0)) / 2
    tilt_deg = float(rng.uniform(0, 35))
    while True:
        camera = render.tilted_camera(
            tilt_deg=tilt_deg,
            azimuth_deg=float(rng.uniform(0, 360)),
            roll_deg=float(rng.uniform(0, 360)),
            focal_px=focal_35mm / FILM_DIAGONAL_MM * float(np.hypot(*SIZE_PX)),
            look_at_mm=(float(middle[0] + rng.normal(0, 15)), float(middle[1] + rng.normal(0, 15))),
            mm_across=float(rng.uniform(150, 380)),
            size_px=SIZE_PX,
            centre_shift_px=(float(rng.normal(0, 15)), float(rng.normal(0, 15))),
            k1=float(rng.normal(0, 0.015)),
            k2=float(rng.normal(0, 0.005)),
        )
        seen = camera.to_px(subject)
        if (seen > 30).all() and (seen < np.array(SIZE_PX) - 30).all():
            return camera


def _scene(rng: np.random.Generator) -> tuple[render.Scene, float]:
    """A card, and an ulcer a gap away from one of its sides, mostly the graduated one."""
    area_mm2 = float(np.exp(rng.uniform(np.log(60), np.log(3500))))
    gap_mm = float(rng.uniform(2, 25))
    reach = np.sqrt(area_mm2 / np.pi) * 1.2 + gap_mm
    along = float(rng.uniform(15, 75))
    side = rng.random()
    centre = (along, design.HEIGHT_MM + reach) if side < 0.6 else (along, -reach)
    if side > 0.8:
        centre = (design.WIDTH_MM + reach, design.HEIGHT_MM / 2)
    ring = render.ulcer_ring_mm(rng, area_mm2=area_mm2, centre_mm=centre)
    card = render.placed(
        render.card_layer(),
        corner_mm=(float(rng.uniform(-1, 1)), float(rng.uniform(-1, 1))),
        angle_deg=float(rng.uniform(-4, 4)),
    )
    return render.Scene((render.ulcer_layer(ring), card), ring, area_mm2), gap_mm


def _px_per_mm(camera: render.Camera) -> float:
    ends = camera.to_px(np.array([(0.0, 25.0), (90.0, 25.0)]))
    return float(np.linalg.norm(ends[1] - ends[0])) / 90.0


def _measured(
    data: bytes, camera: render.Camera, scene: render.Scene
) -> tuple[float | None, float, float, str]:
    photo, pixels = decode_photo(data)
    ring_px = tuple((float(x), float(y)) for x, y in camera.to_px(scene.ring_mm))
    try:
        scale = find_card(pixels, photo)
        found = measure(Outline((ring_px,)), scale, outline_sd_px=0.0)
    except WoundtrackError as error:
        return None, 0.0, 0.0, error.code
    relative_sd = found.area_cm2_sd / found.area_cm2
    flat_sd = float(np.sqrt(max(0.0, relative_sd**2 - (2 * scale.common_relative_sd) ** 2)))
    return found.area_cm2 * 100 / scene.area_mm2 - 1, relative_sd, flat_sd, ""


def rows(trials: Sequence[Trial]) -> list[Row]:
    """The table of some trials."""
    done = [trial for trial in trials if trial.error is not None]
    errors = np.array([trial.error for trial in done])
    sizes = np.abs(errors)
    median, p95 = float(np.median(sizes)), float(np.percentile(sizes, 95))
    quarter, three = np.percentile(sizes, [25, 75])
    bands = [(0, 12), (12, 24), (24, 35.1)]
    by_tilt = ", ".join(
        f"{low}–{high:.0f}°: {100 * np.median(sizes[_within(done, low, high)]):.3f} %"
        for low, high in bands
    )
    count = f"{len(done)} photos"
    stated = 100 * float(np.median([trial.relative_sd for trial in done]))
    return [
        Row(
            "card: area error, median",
            100 * median,
            "%",
            f"quartiles {100 * quarter:.3f}–{100 * three:.3f} %; {by_tilt}; {count}",
            "≤ 0.3 %",
            median <= MEDIAN_BAR,
        ),
        Row(
            "card: area error, 95th percentile",
            100 * p95,
            "%",
            f"largest {100 * float(sizes.max()):.2f} %; mean signed {100 * errors.mean():+.3f} %",
            "≤ 1 %",
            p95 <= P95_BAR,
        ),
        Row("card: area sd stated, median", stated, "%", _coverage(done)),
        Row(
            "card: photos refused",
            len(trials) - len(done),
            f"of {len(trials)}",
            counted(each.refused for each in trials),
        ),
    ]


def _coverage(done: Sequence[Trial]) -> str:
    """How often the true area lies within the stated doubt."""
    sizes = np.abs([trial.error for trial in done])
    full_sd = np.array([trial.relative_sd for trial in done])
    flat_sd = np.array([trial.flat_relative_sd for trial in done])
    return "; ".join(
        f"{name} {100 * np.mean(sizes <= times * sd):.0f} %"
        for name, times, sd in (
            ("±1 sd", 1, full_sd),
            ("±2 sd", 2, full_sd),
            ("±1 sd of the fit alone", 1, flat_sd),
            ("±2 sd of the fit alone", 2, flat_sd),
        )
    )


def _within(trials: Sequence[Trial], low: float, high: float) -> list[bool]:
    return [low <= trial.tilt_deg < high for trial in trials]


def run() -> list[Row]:
    """The reported table."""
    return rows(tried(trial, range(FIRST_REPORTED_SEED, FIRST_REPORTED_SEED + COUNT)))


def main(arguments: Sequence[str]) -> None:
    """Print the table, and each trial, for a count of photos from a first seed."""
    seeds = seeds_of(arguments, count=COUNT, first=FIRST_REPORTED_SEED)
    print(markdown(rows(tried(trial, seeds, told=_told))))


def _told(done: Trial) -> str:
    outcome = done.refused or f"{100 * (done.error or 0):+.3f} % ± {100 * done.relative_sd:.2f}"
    return (
        f"{done.seed} tilt {done.tilt_deg:4.1f}° {done.card_px_per_mm:4.1f} px/mm "
        f"exif {int(done.exif)} {outcome} (fit {100 * done.flat_relative_sd:.3f} %)"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
