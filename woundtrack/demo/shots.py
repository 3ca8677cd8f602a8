"""The demonstration's photos: taken, found, traced and measured, before they are stored."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from woundtrack.demo.printed_card import card_picture
from woundtrack.demo.scene import CANVAS_PX_PER_MM, Camera, Scene, photograph
from woundtrack.demo.types import DemoLesion, DemoPatient
from woundtrack.demo.wound import Tissue, Wound
from woundtrack.measure.measurement import sides_cm
from woundtrack.measure.types import Measurement
from woundtrack.outline.types import Outline, OutlineSource
from woundtrack.photo.read import decode_photo, thumbnail_jpeg
from woundtrack.photo.types import Photo
from woundtrack.pipeline import measured
from woundtrack.records import CardRun
from woundtrack.scale.card import find_card
from woundtrack.scale.types import Scale
from woundtrack.scale.warnings import with_run_check

HEAD_ANGLE_DEG = 0.0
WOUND_MM, CARD_MM = (125.0, 78.5), (80.0, 117.0)
"""Where on the canvas the first lesion lies, and the card about."""
OUTLINE_STEP = 3
"""Every third true point is kept, as a careful hand would set them."""


@dataclass(frozen=True, slots=True)
class Traced:
    """One lesion in a photo: its outline, and what was measured."""

    label: str
    outline: Outline
    measurement: Measurement | None
    sides_cm: tuple[float, float] | None
    """Greatest head to toe and left to right; the head is up in every photo."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One photo, taken and measured, before it is stored."""

    data: bytes
    thumbnail: bytes
    photo: Photo
    scale: Scale | None
    lesions: tuple[Traced, ...]


def take_shots(
    person: DemoPatient,
    index: int,
    day: dt.date,
    *,
    seed: int,
    skin_seed: int,
    code: str,
    run: CardRun,
) -> list[Shot]:
    """The photos of one visit's open lesions, taken and measured on two cores.

    With the same `skin_seed` a lesion's skin is the same at each visit.
    """
    week = person.weeks[index]
    if week in person.bedside:
        return []
    shown = [lesion for lesion in person.lesions if lesion.lengths[index]]
    groups = [
        (number, [lesion, *(other for other in shown if other.beside == lesion.label)])
        for number, lesion in enumerate(person.lesions)
        if lesion in shown and not lesion.beside
    ]

    def shoot(group: tuple[int, list[DemoLesion]]) -> Shot:
        number, lesions = group
        has_card = week not in person.without_scale
        card = card_picture(CANVAS_PX_PER_MM, code=code, run=run.number) if has_card else None
        at = dt.datetime.combine(day, dt.time(9, 10 + 7 * number))
        return _shoot(
            lesions, index, person.skin_bgr, card, run, at,
            seed=seed + 17 * number, skin_seed=skin_seed + number,
        )  # fmt: skip

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(shoot, groups))


def _shoot(
    lesions: list[DemoLesion],
    index: int,
    skin_bgr: tuple[float, float, float],
    card: NDArray[np.uint8] | None,
    run: CardRun,
    at: dt.datetime,
    *,
    seed: int,
    skin_seed: int,
) -> Shot:
    random = np.random.default_rng(seed)
    camera = Camera(
        tilt_deg=float(random.uniform(3, 16)),
        azimuth_deg=float(random.uniform(0, 360)),
        roll_deg=float(random.uniform(-4, 4)),
        distance_mm=float(random.uniform(142, 160)),
    )
    # The wound stays where it is on the skin; card and drape are laid anew at each visit.
    across, down = float(random.uniform(-7, 7)), float(random.uniform(-2.5, 2.5))
    wounds = tuple(
        (_wound(lesion, index), (WOUND_MM[0] + right, WOUND_MM[1] + below))
        for lesion, (right, below) in ((each, each.offset_mm) for each in lesions)
    )
    scene = Scene(
        wounds, skin_bgr, camera, card=card, card_at_mm=(CARD_MM[0] + across, CARD_MM[1] + down),
        drape_at_mm=(across, down), seed=seed, skin_seed=skin_seed,
    )  # fmt: skip
    data, edges_px = photograph(scene, taken_at=at)
    photo, pixels = decode_photo(data)
    outlines = [_traced(edge_px, random) for edge_px in edges_px]
    scale = None if card is None else with_run_check(find_card(pixels, photo), run)
    traced = tuple(
        Traced(
            lesion.label,
            outline,
            None if scale is None else measured(pixels, outline, scale),
            None if scale is None else sides_cm(outline, scale, head_angle_deg=HEAD_ANGLE_DEG),
        )
        for lesion, outline in zip(lesions, outlines, strict=True)
    )
    return Shot(data, thumbnail_jpeg(pixels), photo, scale, traced)


def _wound(lesion: DemoLesion, index: int) -> Wound:
    """The wound as large as it is at this visit, its tissue on the way to the last."""
    share = index / max(len(lesion.lengths) - 1, 1)
    first, last = lesion.wound.tissue, lesion.last_tissue
    tissue = Tissue(
        first.slough + (last.slough - first.slough) * share,
        first.eschar + (last.eschar - first.eschar) * share,
    )
    return replace(lesion.wound.scaled(lesion.lengths[index] or 0.0), tissue=tissue)


def _traced(edge_px: NDArray[np.float64], random: np.random.Generator) -> Outline:
    """The true edge as a person would trace it: a little in, a little out, smoothly."""
    kept = edge_px[::OUTLINE_STEP]
    angle = np.linspace(0, 2 * np.pi, len(kept), endpoint=False)
    wobble = sum(
        random.normal(0, 0.006) * np.cos(order * angle + random.uniform(0, 2 * np.pi))
        for order in range(1, 6)
    )
    middle = kept.mean(axis=0)
    traced = middle + (kept - middle) * (1 + np.asarray(wobble))[:, None]
    ring = tuple((round(float(x), 2), round(float(y), 2)) for x, y in traced)
    return Outline((ring,), OutlineSource.HAND)
