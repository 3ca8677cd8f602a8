"""What became of the lesions of a selection: areas at their times, and closure.

Every figure has a reason for each lesion that lacks it. All columns have shape (l,), of all lesions
of the data, unless said otherwise.
"""

from dataclasses import dataclass

import numpy as np

from woundtrack.cohort import curves, methods
from woundtrack.cohort.curves import Times
from woundtrack.cohort.data import BEDSIDE, CLOSED, TRACED, Days, Places, Points, Which
from woundtrack.cohort.selection import Selection, first_days
from woundtrack.cohort.summaries import counted, distribution
from woundtrack.cohort.types import (
    WEEKS_52_DAYS,
    Closure,
    Curve,
    Distribution,
    Reason,
    Sample,
)
from woundtrack.healing.closure import CONFIRMED_AFTER_DAYS

BASELINE_DAYS = (-28, 7)
"""Around time zero: where a lesion's first size may lie."""
WEEKS_24_DAYS = 168
AROUND_24_WEEKS_DAYS = 28
AROUND_YEAR_DAYS = 56
DEATH_AFTER_DAYS = 84
"""A death later than this after a lesion's last visit says nothing of whether it had closed."""


@dataclass(frozen=True, slots=True)
class Started:
    """Where the lesions of a selection stood at time zero."""

    open: Which
    """Seen, open, and lesions of their own: whom the figures are about."""
    baseline: Places
    """The place among the points of the size at time zero; -1 where there is none."""
    not_there: dict[Reason, Which]
    """Why the others are not open."""


@dataclass(frozen=True, slots=True)
class Closings:
    """When lesions closed for the first time after time zero."""

    confirmed: Days
    """NaN where closure was not confirmed."""
    reopened: Days
    """When they were first seen open after that; NaN where they were not."""


def started(found: Selection) -> Started:
    """Where each lesion stood at its time zero."""
    points, lesions, zero = found.points, found.data.lesions, found.lesion_zero
    first, last = BASELINE_DAYS
    away = points.day - zero[points.lesion]
    sized = (points.method == TRACED) | (points.method == BEDSIDE)
    sized &= (points.size > 0) & (away >= first) & (away <= last)
    never = found.lesions & np.isnan(found.lesion_seen)
    later = found.lesions & (found.lesion_seen > zero + last)
    ended = found.lesions & (lesions.became <= zero)
    # The last point up to time zero, else the first one after it.
    upto = nearest(points, np.where(away <= 0, -away, 1e6 + away), away <= last, len(zero))
    closed = np.zeros(len(zero), np.bool_)
    closed[upto >= 0] = points.method[upto[upto >= 0]] == CLOSED
    closed &= found.lesions & ~later & ~ended
    there = found.lesions & ~never & ~later & ~ended & ~closed
    baseline = np.where(there, nearest(points, np.abs(away), sized, len(zero)), -1)
    not_there = {
        Reason.NEVER_SEEN: never & ~ended,
        Reason.APPEARED_LATER: later & ~ended,
        Reason.ENDED_BEFORE: ended,
        Reason.CLOSED_BEFORE: closed,
    }
    return Started(there, baseline, not_there)


def closings(found: Selection) -> Closings:
    """The first confirmed closure after time zero of each lesion, as `healing.closure` has it."""
    points, zero = found.points, found.lesion_zero
    count = len(zero)
    shut = points.method == CLOSED
    new_lesion = np.diff(points.lesion, prepend=-1) != 0
    run = np.cumsum(~shut | new_lesion | ~np.concatenate([[False], shut[:-1]]))
    begin = first_days(run, points.day, int(run[-1]) + 1 if len(run) else 0)[run]
    late = shut & (points.day - begin >= CONFIRMED_AFTER_DAYS) & (points.day > zero[points.lesion])
    confirmed = first_days(points.lesion[late], points.day[late], count)
    opened = ~shut & (points.day > confirmed[points.lesion])
    return Closings(confirmed, first_days(points.lesion[opened], points.day[opened], count))


def closed_and_stays(closed: Closings, until: Days) -> Which:
    """Whether closure was confirmed by a day and the lesion was not seen open again by then."""
    stays: Which = (closed.confirmed <= until) & ~(closed.reopened <= until)
    return stays


def area_reduction(found: Selection, start: Started, closed: Closings) -> Distribution:
    """The reduction at 24 weeks, as a fraction of the area at time zero."""
    points = found.points
    base = start.baseline
    method = np.where(base >= 0, points.method[base], -1) if len(points.day) else base
    size = np.where(base >= 0, points.size[base], np.nan) if len(points.day) else base * np.nan
    same = (points.method == method[points.lesion]) | (points.method == CLOSED)
    values, lacking = _at(
        found, start, closed, same, start.open, day=WEEKS_24_DAYS, around=AROUND_24_WEEKS_DAYS
    )
    without = start.open & (base < 0)
    lacking = {reason: which & ~without for reason, which in lacking.items()}
    reduction = np.where(without, np.nan, (size - values) / size)
    return _spread(
        found,
        reduction,
        {**start.not_there, Reason.NO_BASELINE: without, **lacking},
        methods.AREA_REDUCTION,
    )


def area_at_year(found: Selection, start: Started, closed: Closings) -> Distribution:
    """The traced area at one year, cm².

    A closed lesion is 0 only where it was traced before: an open one that is measured by ruler has
    no area, and counting the closed of these alone would pull the median down.
    """
    points, centre = found.points, found.lesion_zero + WEEKS_52_DAYS
    sized = (points.method == TRACED) | ((points.method == BEDSIDE) & ~np.isnan(points.size))
    before = centre[points.lesion] + AROUND_YEAR_DAYS - points.day
    latest = nearest(points, before, sized & (before >= 0), len(centre))
    by_outline = latest >= 0
    by_outline[by_outline] = points.method[latest[by_outline]] == TRACED
    counts = (points.method == TRACED) | ((points.method == CLOSED) & by_outline[points.lesion])
    values, lacking = _at(
        found, start, closed, counts, by_outline, day=WEEKS_52_DAYS, around=AROUND_YEAR_DAYS
    )
    return _spread(found, values, {**start.not_there, **lacking}, methods.AREA_AT_YEAR)


def closure(found: Selection, start: Started, closed: Closings) -> Closure:
    """Time to confirmed closure."""
    zero, data = found.lesion_zero, found.data
    last = _last_days(found)
    died = data.patients.died[data.lesions.patient]
    became = data.lesions.became
    shut = start.open & ~np.isnan(closed.confirmed)
    parted = start.open & ~shut & ~np.isnan(became)
    ended = start.open & ~shut & ~parted & (died - last <= DEATH_AFTER_DAYS)
    end = np.where(shut, closed.confirmed, np.where(parted, became, np.where(ended, died, last)))
    unseen = start.open & ~(end > zero)
    counts = start.open & ~unseen
    event = np.where(shut, 1, np.where(ended, 2, 0))[counts]
    patient = data.lesions.patient[counts]
    sample = Sample(
        int(counts.sum()),
        len(np.unique(patient)),
        counted({**start.not_there, Reason.NO_FOLLOW_UP: unseen}),
    )
    times = Times(np.zeros(sample.n), (end - zero)[counts], event)
    per_patient = sample.n / max(1, sample.patients)
    curve = Curve() if sample.few else curves.incidence_curve(times, patient)
    return Closure(
        sample,
        closed=int((event == 1).sum()),
        died=int((event == 2).sum()),
        reopened=int((shut & ~np.isnan(closed.reopened)).sum()),
        curve=curve,
        at_24_weeks=curves.at_day(curve, WEEKS_24_DAYS, per_patient=per_patient),
        at_year=curves.at_year(curve, per_patient=per_patient),
        median_days=curves.median_day(curve),
        method=methods.CLOSURE,
    )


def nearest(points: Points, distance: Days, which: Which, count: int) -> Places:
    """Of each of `count` lesions, the place of its point with the least distance; -1 for none.

    Of two as near, the earlier.
    """
    places = np.flatnonzero(which)
    order = places[np.lexsort((points.day[places], distance[places], points.lesion[places]))]
    owner = points.lesion[order]
    found = np.full(count, -1, np.int64)
    first = np.diff(owner, prepend=-1) != 0
    found[owner[first]] = order[first]
    return found


def _at(
    found: Selection, start: Started, closed: Closings, counts: Which, closes: Which, *,
    day: int, around: int,
) -> tuple[Days, dict[Reason, Which]]:  # fmt: skip
    """The size of each lesion near a day after time zero, and why others have none.

    `counts` are the points, shape (v,), that have such a size; `closes` the lesions, shape (l,),
    of which closure is one.
    """
    points, data = found.points, found.data
    centre = found.lesion_zero + day
    away = np.abs(points.day - centre[points.lesion])
    inside = (away <= around) & ~np.isnan(points.size)
    at = nearest(points, away, inside & counts, len(centre))
    values = np.where(at >= 0, points.size[at], np.nan) if len(points.day) else centre * np.nan
    stays = closed_and_stays(closed, centre + around) & (at < 0)
    values = np.where(start.open, np.where(stays & closes, 0.0, values), np.nan)
    rest = start.open & np.isnan(values)
    lacking: dict[Reason, Which] = {}
    died = data.patients.died[data.lesions.patient]
    other = np.bincount(points.lesion[inside & ~counts], minlength=len(centre)) > 0
    other |= stays & ~closes
    for reason, which in (
        (Reason.OTHER_METHOD, other),
        (Reason.BECAME_OTHERS, data.lesions.became <= centre + around),
        (Reason.DIED, died <= centre + around),
        (Reason.NOT_DUE, centre + around >= data.today.toordinal()),
        (Reason.NOT_SEEN, np.ones(len(centre), np.bool_)),
    ):
        lacking[reason] = rest & which
        rest = rest & ~which
    return values, lacking


def _spread(
    found: Selection, values: Days, lacking: dict[Reason, Which], method: str
) -> Distribution:
    there = ~np.isnan(values)
    patient = found.data.lesions.patient[there]
    return distribution(values[there], patient, missing=counted(lacking), method=method)


def _last_days(found: Selection) -> Days:
    """When each lesion was last seen."""
    points = found.points
    return -first_days(points.lesion, -points.day, len(found.lesion_zero))
