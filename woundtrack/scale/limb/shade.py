"""How the light on skin falls towards a limb's two sides."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from woundtrack.scale.limb.sheet import COLUMNS, ROWS, Sheet
from woundtrack.scale.limb.view import facing

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

LEAST_WIDE = 16
BESIDE = 8
"""The colour of skin is that of the outer eighths, where no ruler is laid."""
LEAST_SHOWN = 0.75
LIKE_COLOUR = 0.2
"""In logarithms of red to green and of green to blue: what differs by more is not skin."""
LEAST_LIKE, LEAST_COLUMNS = 6, 0.6
FACING = 0.5
"""Cosine to the line of sight: nearer the sides a sheet's border may throw a shadow too."""
ROUNDS, CUT = 4, 1.5
SOFT_MM = (6.0, 12.0)
"""How far the shadows reach that the borders of a flat sheet may throw on it."""


@dataclass(frozen=True, slots=True)
class Falls:
    """The parts of its light that skin loses to either side, and what that explains."""

    low: float = 0.0
    high: float = 0.0
    explained: float = 0.0
    """Of what a slant of light across the limb leaves."""
    sure: bool = False
    """Whether soft shadows of both borders of a flat sheet explain less."""


def falls_of(
    sheet: Sheet,
    *,
    between_mm: tuple[float, float],
    angle_deg: float,
    radius_mm: float,
    slope_rad: float,
    camera_mm: tuple[float, float],
) -> Falls:
    """How the light on skin falls towards the sides of a limb, zeros where too little is seen.

    It is taken to go with the cosine to the line of sight, by factors of their own on both sides.
    """
    none = Falls()
    places = sheet.across_mm * np.cos(np.radians(angle_deg))
    within = np.nonzero((places > between_mm[0]) & (places < between_mm[1]))[0][1:-1]
    if len(within) < LEAST_WIDE:
        return none
    columns = sheet.shifted(angle_deg)[:, within]
    shown = (columns >= 0) & (columns < COLUMNS)
    columns = np.clip(columns, 0, COLUMNS - 1)
    rows = np.arange(ROWS)[:, None]
    part, shown = sheet.channels[rows, columns], shown & sheet.seen[rows, columns]
    skin = _skin(part, shown)
    if skin is None:
        return none
    count = skin.sum(axis=0)
    used = count >= LEAST_LIKE
    if used.mean() < LEAST_COLUMNS:
        return none
    light = np.exp(np.nanmedian(np.where(skin, part[:, :, 0], np.nan)[:, used], axis=0))
    cosines = facing(places[within], radius_mm=radius_mm, slope_rad=slope_rad, camera_mm=camera_mm)[
        used
    ]
    inner = cosines > FACING
    ends = places[within][used][inner] - np.array(between_mm)[:, None]
    soft = [np.exp(-np.abs(ends) / each) for each in SOFT_MM]
    return _fitted(
        light[inner].astype(np.float64), cosines[inner], count[used][inner].astype(np.float64), soft
    )


def _skin(part: NDArray[np.float32], shown: Bools) -> Bools | None:
    """Where the colour is that beside both sides; None where these are not seen."""
    count = max(3, part.shape[1] // BESIDE)
    colours = []
    for side in (slice(0, count), slice(-count, None)):
        seen = shown[:, side]
        if seen.sum() < LEAST_SHOWN * ROWS:
            return None
        colours.append(np.median(part[:, side][seen][:, 1:], axis=0))
    off = np.abs(part[:, :, 1:] - 0.5 * (colours[0] + colours[1])).max(axis=2)
    alike: Bools = shown & (off < LIKE_COLOUR)
    return alike


def _fitted(light: Floats, cosines: Floats, count: Floats, soft: list[Floats]) -> Falls:
    """Falls to both sides from where the limb faces most, robustly, against pairs of shadows."""
    top = int(np.argmax(cosines))
    lost = cosines - cosines[top]
    first = np.arange(len(light)) < top
    one = np.ones(len(light))
    shades = np.column_stack([one, lost * first, lost * ~first])
    root, found = np.sqrt(count), np.zeros(3)
    for _ in range(ROUNDS):
        found = np.linalg.lstsq(shades * root[:, None], light * root, rcond=None)[0]
        off = np.abs(shades @ found - light)
        root = np.sqrt(count) / np.maximum(1.0, off / max(CUT * float(np.median(off)), 1e-6))

    def left(*terms: Floats) -> float:
        weighed = np.stack(terms) * root
        factors = np.linalg.lstsq(weighed.T, light * root, rcond=None)[0]
        return float(np.sum((factors @ weighed - light * root) ** 2))

    rest = left(*shades.T)
    before = left(one, np.arange(len(light), dtype=np.float64))
    low, high = found[1:] / max(float(found[0]), 1e-6)
    return Falls(
        low=float(low),
        high=float(high),
        explained=1 - rest / max(before, 1e-9),
        sure=rest < min(left(one, *each) for each in soft),
    )
