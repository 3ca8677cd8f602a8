"""A patient's total wound area, visit by visit; never a smaller number than it is."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from types import MappingProxyType

from woundtrack.healing.series import Point, Series
from woundtrack.records import SizeMethod

_NONE: Mapping[int, dt.date] = MappingProxyType({})
_COUNTED = (SizeMethod.TRACED, SizeMethod.CLOSED)


@dataclass(frozen=True, slots=True)
class TotalArea:
    """All lesions of one day together."""

    on: dt.date
    area_cm2: float | None
    """None where a lesion that the patient had that day was not traced."""
    area_cm2_sd: float = 0.0
    missing: tuple[str, ...] = ()
    """The labels of those."""


def total_areas(
    lesions: Sequence[Series], *, ends: Mapping[int, dt.date] = _NONE
) -> tuple[TotalArea, ...]:
    """The sum of the traced areas on every day on which a lesion was seen.

    A lesion counts from its first visit. One that was found closed is 0 until it is seen open.
    `ends` are, by lesion, the first day on which it counts no more, because it became part of
    another or parted into others, which count from their own first visits.
    """
    days = sorted({point.on for lesion in lesions for point in lesion.points})
    return tuple(_total(day, lesions, ends) for day in days)


def _total(day: dt.date, lesions: Sequence[Series], ends: Mapping[int, dt.date]) -> TotalArea:
    area_cm2, sd_cm2, missing = 0.0, 0.0, []
    for lesion in lesions:
        latest = _latest(lesion, day)
        if latest is None or (lesion.lesion_id in ends and ends[lesion.lesion_id] <= day):
            continue
        if latest.method not in _COUNTED or (latest.on < day and latest.area_cm2 != 0):
            missing.append(lesion.label)
            continue
        area_cm2 += latest.area_cm2 or 0.0
        sd_cm2 = hypot(sd_cm2, latest.area_cm2_sd)
    if missing:
        return TotalArea(day, None, missing=tuple(missing))
    return TotalArea(day, area_cm2, sd_cm2)


def _latest(lesion: Series, day: dt.date) -> Point | None:
    return next((point for point in reversed(lesion.points) if point.on <= day), None)
