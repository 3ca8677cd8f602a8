"""Coins, adhesive dots, coloured squares and several cards: how true areas come out beside them.

Run: python -m benchmarks.references [COUNT] [FIRST_SEED]. The reported seeds start at 40 000;
development used seeds from 100 000.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from benchmarks import render
from benchmarks.reference_layers import coin_layers, dot_layer, hair_layer, square_layer
from benchmarks.table import Row, markdown
from woundtrack.errors import WoundtrackError
from woundtrack.measure.measurement import measure
from woundtrack.outline.types import Outline
from woundtrack.photo.read import decode_photo
from woundtrack.scale.dot import COINS, from_dot
from woundtrack.scale.square import from_square
from woundtrack.scale.types import Scale

TITLE = "Other references: coins, dots, squares"
FIRST_REPORTED_SEED = 40_000
COUNT = 150
FILM_DIAGONAL_MM = 43.2666
SIZE_PX = (2400, 1800)
NEAR_MM, FAR_MM = (12.0, 40.0), (40.0, 80.0)
WRONG = 0.05
SKINS = (
    (0.42, 0.50, 0.72),
    (0.30, 0.38, 0.62),
    (0.18, 0.25, 0.46),
    (0.08, 0.12, 0.25),
    (0.03, 0.05, 0.11),
    (0.55, 0.55, 0.55),
)
"""Linear BGR: five skins and a sheet."""
KINDS = ("dot", "coin", "square")


@dataclass(frozen=True, slots=True)
class Trial:
    """One reference in one photo, and the errors of an area near it and one far from it."""

    seed: int
    kind: str
    tilt_deg: float
    size_px: float
    exif: bool
    errors: tuple[float, float] | None
    """Relative errors of the near and the far area; None where refused."""
    sds: tuple[float, float] = (0.0, 0.0)
    refused: str = ""


def trial(seed: int, *, kind: str | None = None) -> Trial:
    """Render, encode, read, click, measure the true outlines, compare."""
    rng = np.random.default_rng(seed)
    kind = kind or KINDS[seed % len(KINDS)]
    rings = [_ring(rng, gap) for gap in (NEAR_MM, FAR_MM)]
    tilt_deg = float(min(35.0, np.hypot(*rng.normal(0, 11, 2))))
    focal_35mm = int(rng.choice([24, 26, 28, 35, 52]))
    camera = _camera(rng, rings, tilt_deg=tilt_deg, focal_35mm=focal_35mm)
    layers, size_mm, thickness_mm = _reference(rng, kind, camera)
    scene = render.Scene((render.ulcer_layer(rings[0]), *layers), rings[0], 0.0)
    look = render.Look(
        defocus_px=float(rng.uniform(0.5, 2.0)),
        motion_px=float(rng.choice([0.0, rng.uniform(0, 3)])),
        motion_deg=float(rng.uniform(0, 180)),
        noise=float(rng.uniform(0.003, 0.02)),
        light_slope=(float(rng.uniform(-0.4, 0.4)), float(rng.uniform(-0.4, 0.4))),
        gamma=float(rng.uniform(1.9, 2.5)),
        skin=SKINS[int(rng.integers(len(SKINS)))],
    )
    exif = bool(rng.random() < 0.75)
    pixels = render.render(camera, scene, look, seed=seed)
    data = render.jpeg_bytes(
        pixels, quality=int(rng.integers(80, 97)), focal_35mm=focal_35mm if exif else None
    )
    ends = camera.to_px(np.array([(-size_mm / 2, 0.0), (size_mm / 2, 0.0)]))
    size_px = float(np.linalg.norm(ends[1] - ends[0]))
    click_mm = rng.uniform(-0.2, 0.2, 2) * size_mm
    click = camera.to_px(click_mm[None])[0]
    photo, seen = decode_photo(data)
    at_px = (float(click[0]), float(click[1]))
    known = (seed, kind, camera.tilt_deg, size_px, exif)
    try:
        if kind == "square":
            scale = from_square(seen, photo, at_px=at_px, side_mm=size_mm)
        else:
            scale = from_dot(
                seen, photo, at_px=at_px, diameter_mm=size_mm, thickness_mm=thickness_mm
            )
        pairs = [_measured(scale, camera, ring) for ring in rings]
    except WoundtrackError as error:
        return Trial(*known, None, refused=error.code)
    return Trial(*known, (pairs[0][0], pairs[1][0]), (pairs[0][1], pairs[1][1]))


def _ring(rng: np.random.Generator, gap_mm: tuple[float, float]) -> np.ndarray:
    area_mm2 = float(np.exp(rng.uniform(np.log(60), np.log(600))))
    away = float(rng.uniform(*gap_mm)) + 12.0
    turn = float(rng.uniform(0, 2 * np.pi))
    centre = (away * np.cos(turn), away * np.sin(turn))
    return render.ulcer_ring_mm(rng, area_mm2=area_mm2, centre_mm=centre)


def _reference(
    rng: np.random.Generator, kind: str, camera: render.Camera
) -> tuple[tuple[render.Layer, ...], float, float | None]:
    """Layers about (0, 0), the size in mm, and a thickness as a person may give it."""
    extra = (hair_layer(rng),) if rng.random() < 0.3 else ()
    if kind == "dot":
        diameter = float(rng.choice([8.0, 10.0, 13.0, 19.0, 20.0]))
        return (dot_layer(rng, diameter), *extra), diameter, 0.1
    if kind == "coin":
        coin = COINS[int(rng.integers(len(COINS)))]
        layers = coin_layers(rng, coin.diameter_mm, coin.thickness_mm, camera)
        return (*layers, *extra), coin.diameter_mm, coin.thickness_mm
    side = float(rng.choice([10.0, 20.0, 25.0, 30.0]))
    return (square_layer(rng, side), *extra), side, None


def _camera(
    rng: np.random.Generator, rings: Sequence[np.ndarray], *, tilt_deg: float, focal_35mm: int
) -> render.Camera:
    """A hand-held camera that has the reference and both areas in view."""
    subject = np.vstack([*rings, [(-16.0, -16.0), (16.0, 16.0)]])
    middle = (subject.min(axis=0) + subject.max(axis=0)) / 2
    while True:
        camera = render.tilted_camera(
            tilt_deg=tilt_deg,
            azimuth_deg=float(rng.uniform(0, 360)),
            roll_deg=float(rng.uniform(0, 360)),
            focal_px=(focal_35mm + float(rng.uniform(-0.5, 0.5)))
            / FILM_DIAGONAL_MM
            * float(np.hypot(*SIZE_PX)),
            look_at_mm=(float(middle[0] + rng.normal(0, 10)), float(middle[1] + rng.normal(0, 10))),
            mm_across=float(rng.uniform(170, 360)),
            size_px=SIZE_PX,
            centre_shift_px=(float(rng.normal(0, 9)), float(rng.normal(0, 9))),
            k1=float(rng.normal(0, 0.015)),
            k2=float(rng.normal(0, 0.005)),
        )
        seen = camera.to_px(subject)
        if (seen > 10).all() and (seen < np.array(SIZE_PX) - 10).all():
            return camera


def _measured(scale: Scale, camera: render.Camera, ring: np.ndarray) -> tuple[float, float]:
    ring_px = tuple((float(x), float(y)) for x, y in camera.to_px(ring))
    found = measure(Outline((ring_px,)), scale, outline_sd_px=0.0)
    true_cm2 = render.polygon_mm2(ring) / 100
    return found.area_cm2 / true_cm2 - 1, found.area_cm2_sd / found.area_cm2


def rows(trials: Sequence[Trial]) -> list[Row]:
    """The table of some trials."""
    table = []
    for kind in KINDS:
        own = [each for each in trials if each.kind == kind]
        done = [each for each in own if each.errors is not None]
        if not done:
            continue
        for place, where in enumerate(("near (12–40 mm)", "far (40–80 mm)")):
            errors = np.array([each.errors[place] for each in done if each.errors])
            sds = np.array([each.sds[place] for each in done])
            sizes = np.abs(errors)
            covered = [100 * np.mean(sizes <= times * sds) for times in (1, 2)]
            table.append(
                Row(
                    f"{kind}: area error {where}, median",
                    100 * float(np.median(sizes)),
                    "%",
                    f"95th percentile {100 * np.percentile(sizes, 95):.2f} %; largest "
                    f"{100 * sizes.max():.1f} %; mean {100 * errors.mean():+.2f} %; beyond 5 %: "
                    f"{np.sum(sizes > WRONG)}, of these beyond 3 sd: "
                    f"{np.sum((sizes > WRONG) & (sizes > 3 * sds))}; sd stated "
                    f"{100 * np.median(sds):.2f} %; ±1 sd {covered[0]:.0f} %, "
                    f"±2 sd {covered[1]:.0f} %; {len(done)} photos",
                )
            )
        table.append(
            Row(f"{kind}: refused", len(own) - len(done), f"of {len(own)}", _refusals(own))
        )
    return table


def _refusals(trials: Sequence[Trial]) -> str:
    codes = sorted(trial.refused for trial in trials if trial.refused)
    return ", ".join(f"{code} × {codes.count(code)}" for code in dict.fromkeys(codes))


def run() -> list[Row]:
    """The reported table."""
    cv2.setNumThreads(1)
    return rows([trial(FIRST_REPORTED_SEED + place) for place in range(COUNT)])


def main(arguments: Sequence[str]) -> None:
    """Print the table, and each trial, for a count of photos from a first seed."""
    count = int(arguments[0]) if arguments else COUNT
    first = int(arguments[1]) if len(arguments) > 1 else FIRST_REPORTED_SEED
    kind = arguments[2] if len(arguments) > 2 else None
    cv2.setNumThreads(1)
    trials = []
    for seed in range(first, first + count):
        done = trial(seed, kind=kind)
        trials.append(done)
        outcome = done.refused
        if done.errors:
            outcome = ", ".join(
                f"{100 * error:+.2f} % ± {100 * sd:.2f}"
                for error, sd in zip(done.errors, done.sds, strict=True)
            )
        print(
            f"{seed} {done.kind:6} tilt {done.tilt_deg:4.1f}° {done.size_px:4.0f} px "
            f"exif {int(done.exif)} {outcome}"
        )
    print(markdown(rows(trials)))


if __name__ == "__main__":
    main(sys.argv[1:])
