"""A patient's total wound area, visit by visit; never a smaller number than it is."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from types import MappingProxyType

from woundtrack.healing.series import Point, Series, series_of
from woundtrack.records import PatientHistory, SizeMethod

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


def ends_of(history: PatientHistory) -> dict[int, dt.date]:
    """By lesion, the first day on which it is none of its own: it parted, or grew into another."""
    return {
        each.id: each.value.became_on
        for each in history.lesions
        if each.value.became_on is not None
    }


def begins_of(history: PatientHistory) -> dict[int, dt.date]:
    """By lesion, the first day on which it is what another became, whether it was seen or not."""
    begins: dict[int, dt.date] = {}
    for each in history.lesions:
        on = each.value.became_on
        if on is not None:
            for lesion_id in each.value.became_ids:
                begins[lesion_id] = min(on, begins.get(lesion_id, on))
    return begins


def totals_of(history: PatientHistory) -> tuple[TotalArea, ...]:
    """The patient's total area on every day on which a lesion was seen."""
    lesions = [series_of(history, lesion_id=each.id) for each in history.lesions]
    return total_areas(lesions, ends=ends_of(history), begins=begins_of(history))


def total_areas(
    lesions: Sequence[Series],
    *,
    ends: Mapping[int, dt.date] = _NONE,
    begins: Mapping[int, dt.date] = _NONE,
) -> tuple[TotalArea, ...]:
    """The sum of the traced areas on every day on which a lesion was seen.

    A lesion counts from its first visit. One that was found closed is 0 until it is seen open.
    `ends` are, by lesion, the first day on which it counts no more, because it became part of
    another or parted into others. Those count from that same day (`begins`): until all of them
    are seen there is no total, for a part of a wound is less than the wound.
    """
    days = sorted({point.on for lesion in lesions for point in lesion.points})
    return tuple(_total(day, lesions, ends, begins) for day in days)


def _total(
    day: dt.date,
    lesions: Sequence[Series],
    ends: Mapping[int, dt.date],
    begins: Mapping[int, dt.date],
) -> TotalArea:
    area_cm2, sd_cm2, missing = 0.0, 0.0, []
    for lesion in lesions:
        latest = _latest(lesion, day)
        awaited = lesion.lesion_id in begins and begins[lesion.lesion_id] <= day
        ended = lesion.lesion_id in ends and ends[lesion.lesion_id] <= day
        if ended or (latest is None and not awaited):
            continue
        known = latest is not None and latest.method in _COUNTED
        if latest is None or not known or (latest.on < day and latest.area_cm2 != 0):
            missing.append(lesion.label)
            continue
        area_cm2 += latest.area_cm2 or 0.0
        sd_cm2 = hypot(sd_cm2, latest.area_cm2_sd)
    if missing:
        return TotalArea(day, None, missing=tuple(missing))
    return TotalArea(day, area_cm2, sd_cm2)


def _latest(lesion: Series, day: dt.date) -> Point | None:
    return next((point for point in reversed(lesion.points) if point.on <= day), None)
