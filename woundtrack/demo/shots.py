"""The demonstration's photos: taken, found, traced and measured, before they are stored."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from woundtrack.demo.people import DemoLesion, DemoPatient
from woundtrack.demo.printed_card import card_picture
from woundtrack.demo.scene import CANVAS_PX_PER_MM, Camera, Scene, photograph
from woundtrack.demo.wound import Tissue
from woundtrack.measure.types import Measurement
from woundtrack.outline.types import Outline, OutlineSource
from woundtrack.photo.read import decode_photo, thumbnail_jpeg
from woundtrack.photo.types import Photo
from woundtrack.pipeline import measured
from woundtrack.records import CardRun
from woundtrack.scale.card import find_card
from woundtrack.scale.types import Scale
from woundtrack.scale.warnings import with_run_check

OUTLINE_STEP = 3
"""Every third true point is kept, as a careful hand would set them."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One photo, taken and measured, before it is stored."""

    data: bytes
    thumbnail: bytes
    photo: Photo
    outline: Outline
    scale: Scale | None
    measurement: Measurement | None


def take_shots(
    person: DemoPatient, index: int, day: dt.date, *, seed: int, code: str, run: CardRun
) -> list[Shot | None]:
    """One photo for each lesion still open, taken and measured on two cores."""
    week = person.weeks[index]

    def shoot(number: int) -> Shot | None:
        lesion = person.lesions[number]
        if week in person.bedside or lesion.lengths[index] == 0:
            return None
        has_card = week not in person.without_scale
        card = card_picture(CANVAS_PX_PER_MM, code=code, run=run.number) if has_card else None
        at = dt.datetime.combine(day, dt.time(9, 10 + 7 * number))
        return _shoot(lesion, index, person.skin_bgr, card, run, at, seed=seed + 17 * number)

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(shoot, range(len(person.lesions))))


def _shoot(
    lesion: DemoLesion,
    index: int,
    skin_bgr: tuple[float, float, float],
    card: NDArray[np.uint8] | None,
    run: CardRun,
    at: dt.datetime,
    *,
    seed: int,
) -> Shot:
    random = np.random.default_rng(seed)
    camera = Camera(
        tilt_deg=float(random.uniform(3, 16)),
        azimuth_deg=float(random.uniform(0, 360)),
        roll_deg=float(random.uniform(-4, 4)),
        distance_mm=float(random.uniform(142, 160)),
    )
    share = index / max(len(lesion.lengths) - 1, 1)
    first, last = lesion.wound.tissue, lesion.last_tissue
    tissue = Tissue(
        first.slough + (last.slough - first.slough) * share,
        first.eschar + (last.eschar - first.eschar) * share,
    )
    wound = replace(lesion.wound.scaled(lesion.lengths[index]), tissue=tissue)
    place = (float(random.uniform(118, 132)), float(random.uniform(76, 81)))
    scene = Scene(((wound, place),), skin_bgr, camera, card=card, seed=seed)
    data, (edge_px,) = photograph(scene, taken_at=at)
    photo, pixels = decode_photo(data)
    outline = _traced(edge_px, random)
    scale = None if card is None else with_run_check(find_card(pixels, photo), run)
    measurement = None if scale is None else measured(pixels, outline, scale)
    return Shot(data, thumbnail_jpeg(pixels), photo, outline, scale, measurement)


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
