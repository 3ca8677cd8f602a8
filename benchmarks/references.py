"""Coins, adhesive dots, coloured squares and two cards: how true areas come out beside them.

Run: python -m benchmarks.references [COUNT] [FIRST_SEED] [KIND]. The reported seeds start at
40 000; development used seeds from 100 000.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from benchmarks import render
from benchmarks.reference_layers import (
    coin_layers,
    dot_layer,
    hair_layer,
    raised,
    square_layer,
)
from benchmarks.table import Row, counted, markdown
from benchmarks.trials import seeds_of, tried
from woundtrack.errors import WoundtrackError
from woundtrack.measure.measurement import measure
from woundtrack.outline.types import Outline
from woundtrack.photo.read import decode_photo
from woundtrack.scale.card import find_card
from woundtrack.scale.dot import COINS, from_dot
from woundtrack.scale.square import from_square
from woundtrack.scale.types import Scale

TITLE = "Other references: coins, dots, squares, two cards"
FIRST_REPORTED_SEED = 40_000
COUNT = 150
FILM_DIAGONAL_MM = 43.2666
SIZE_PX = (2000, 1500)
NEAR_MM, FAR_MM = (18.0, 40.0), (40.0, 80.0)
"""From the mark's middle to the area's."""
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
KINDS = ("dot", "square", "coin", "dot", "square", "dot", "cards", "square", "coin", "dot")
"""By turns."""
RAISED_MM = 12.0
"""How much nearer to the camera a second card lies on a dressing."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What lies about (0, 0), and what a person says of it."""

    layers: tuple[render.Layer, ...]
    size_mm: float
    thickness_mm: float | None = None
    raised: bool = False


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
    raised: bool = False
    told: bool = False


def trial(seed: int, *, kind: str | None = None) -> Trial:
    """Render, encode, read, click, measure the true outlines, compare."""
    rng = np.random.default_rng(seed)
    kind = kind or KINDS[seed % len(KINDS)]
    rings = [_ring(rng, away) for away in (NEAR_MM, FAR_MM)]
    focal_35mm = int(rng.choice([24, 26, 28, 35, 52]))
    camera = _camera(rng, rings, kind=kind, focal_35mm=focal_35mm)
    mark = _mark(rng, kind, camera)
    scene = render.Scene((render.ulcer_layer(rings[0]), *mark.layers), rings[0], 0.0)
    exif = bool(rng.random() < 0.75)
    pixels = render.render(camera, scene, _look(rng), seed=seed)
    quality = int(rng.integers(80, 97))
    data = render.jpeg_bytes(pixels, quality=quality, focal_35mm=focal_35mm if exif else None)
    ends = camera.to_px(np.array([(-mark.size_mm / 2, 0.0), (mark.size_mm / 2, 0.0)]))
    known = (seed, kind, camera.tilt_deg, float(np.linalg.norm(ends[1] - ends[0])), exif)
    click = camera.to_px(rng.uniform(-0.2, 0.2, (1, 2)) * mark.size_mm)[0]
    try:
        scale = _scale(data, mark, kind, at_px=(float(click[0]), float(click[1])))
        pairs = [_measured(scale, camera, ring) for ring in rings]
    except WoundtrackError as error:
        return Trial(*known, None, refused=error.code, raised=mark.raised)
    return Trial(
        *known,
        (pairs[0][0], pairs[1][0]),
        (pairs[0][1], pairs[1][1]),
        raised=mark.raised,
        told="scale.cards_disagree" in scale.warnings,
    )


def _look(rng: np.random.Generator) -> render.Look:
    return render.Look(
        defocus_px=float(rng.uniform(0.5, 2.0)),
        motion_px=float(rng.choice([0.0, rng.uniform(0, 3)])),
        motion_deg=float(rng.uniform(0, 180)),
        noise=float(rng.uniform(0.003, 0.02)),
        light_slope=(float(rng.uniform(-0.4, 0.4)), float(rng.uniform(-0.4, 0.4))),
        gamma=float(rng.uniform(1.9, 2.5)),
        skin=SKINS[int(rng.integers(len(SKINS)))],
    )


def _scale(data: bytes, mark: Mark, kind: str, *, at_px: tuple[float, float]) -> Scale:
    photo, pixels = decode_photo(data)
    if kind == "cards":
        return find_card(pixels, photo)
    if kind == "square":
        return from_square(pixels, photo, at_px=at_px, side_mm=mark.size_mm)
    return from_dot(
        pixels, photo, at_px=at_px, diameter_mm=mark.size_mm, thickness_mm=mark.thickness_mm
    )


def _ring(rng: np.random.Generator, away_mm: tuple[float, float]) -> np.ndarray:
    area_mm2 = float(np.exp(rng.uniform(np.log(60), np.log(600))))
    away = float(rng.uniform(*away_mm))
    turn = float(rng.uniform(0, 2 * np.pi))
    centre = (away * np.cos(turn), away * np.sin(turn))
    return render.ulcer_ring_mm(rng, area_mm2=area_mm2, centre_mm=centre)


def _mark(rng: np.random.Generator, kind: str, camera: render.Camera) -> Mark:
    """A mark about (0, 0); of two cards the other beside it, at times on a dressing."""
    if kind == "cards":
        raised_mm = float(rng.choice([0.0, RAISED_MM]))
        card = render.card_layer()
        first = render.placed(card, corner_mm=(-45.0, -27.0), angle_deg=0.0)
        other = render.placed(card, corner_mm=(-45.0, 45.0), angle_deg=float(rng.uniform(-8, 8)))
        return Mark((first, raised(other, camera, raised_mm)), 90.0, raised=raised_mm > 0)
    extra = (hair_layer(rng),) if rng.random() < 0.3 else ()
    if kind == "dot":
        diameter = float(rng.choice([8.0, 10.0, 13.0, 19.0, 20.0]))
        return Mark((dot_layer(rng, diameter), *extra), diameter, 0.1)
    if kind == "coin":
        coin = COINS[int(rng.integers(len(COINS)))]
        layers = coin_layers(rng, coin.diameter_mm, coin.thickness_mm, camera)
        return Mark((*layers, *extra), coin.diameter_mm, coin.thickness_mm)
    side = float(rng.choice([10.0, 20.0, 25.0, 30.0]))
    return Mark((square_layer(rng, side), *extra), side)


def _camera(
    rng: np.random.Generator, rings: Sequence[np.ndarray], *, kind: str, focal_35mm: int
) -> render.Camera:
    """A hand-held camera that has the mark and both areas in view."""
    tilt_deg = float(min(35.0, np.hypot(*rng.normal(0, 11, 2))))
    corners = [(-55.0, -30.0), (60.0, 125.0)] if kind == "cards" else [(-16.0, -16.0), (16.0, 16.0)]
    subject = np.vstack([*rings, corners])
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
            mm_across=float(rng.uniform(150, 320)),
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
    for kind in dict.fromkeys(KINDS):
        own = [each for each in trials if each.kind == kind]
        done = [each for each in own if each.errors is not None and not each.raised]
        if not done:
            continue
        for place, where in enumerate(("near (18–40 mm)", "far (40–80 mm)")):
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
            Row(
                f"{kind}: refused",
                _refused(own),
                f"of {len(own)}",
                counted(each.refused for each in own),
            )
        )
    return [*table, *_cards_told(trials)]


def _cards_told(trials: Sequence[Trial]) -> list[Row]:
    """Whether a second card out of the plane is told, and only then."""
    cards = [each for each in trials if each.kind == "cards" and each.errors]
    out, level = ([each.told for each in cards if each.raised is high] for high in (True, False))
    if not cards:
        return []
    name = f"cards: one {RAISED_MM:.0f} mm nearer, told"
    off = [(abs(each.errors[0]), each.sds[0]) for each in cards if each.errors and each.raised]
    spread = f"its area then within 2 sd {sum(size <= 2 * sd for size, sd in off)}; "
    spread += f"told of {sum(level)} of {len(level)} pairs in one plane"
    return [Row(name, sum(out), f"of {len(out)}", spread)]


def _refused(trials: Sequence[Trial]) -> int:
    return sum(trial.errors is None for trial in trials)


def run() -> list[Row]:
    """The reported table."""
    return rows(tried(trial, range(FIRST_REPORTED_SEED, FIRST_REPORTED_SEED + COUNT)))


def main(arguments: Sequence[str]) -> None:
    """Print the table, and each trial, for a count of photos from a first seed, of one kind."""
    seeds = seeds_of(arguments, count=COUNT, first=FIRST_REPORTED_SEED)
    kind = arguments[2] if len(arguments) > 2 else None
    print(markdown(rows(tried(partial(trial, kind=kind), seeds, told=_told))))


def _told(done: Trial) -> str:
    pairs = zip(done.errors or (), done.sds, strict=False)
    errors = [f"{100 * error:+.2f} % ± {100 * sd:.2f}" for error, sd in pairs]
    return (
        f"{done.seed} {done.kind:6} tilt {done.tilt_deg:4.1f}° {done.size_px:4.0f} px "
        f"exif {int(done.exif)} {', '.join(errors) or done.refused}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
