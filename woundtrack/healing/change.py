"""What changed between two visits of a lesion, and whether it is more than doubt."""

from collections.abc import Callable
from dataclasses import dataclass

from woundtrack.errors import MeasureError
from woundtrack.healing import rates
from woundtrack.healing.closure import closures_in
from woundtrack.healing.series import Point, Series
from woundtrack.measure.change import (
    RETRACE_RELATIVE_SD,
    beyond_error,
    detectable_cm2,
    ratio_interval,
)
from woundtrack.records import SizeMethod

_MEASURED = (SizeMethod.TRACED, SizeMethod.BEDSIDE, SizeMethod.CLOSED)


@dataclass(frozen=True, slots=True)
class Change:
    """From one point to a later one of the same method (or to closure)."""

    days: int
    change_cm2: float
    reduction: float
    """Fraction of the earlier size that has gone; negative means growth."""
    beyond_error: bool | None
    """None where the error is not known: bedside length x width, or an area without its sd."""
    retrace_relative_sd: float = RETRACE_RELATIVE_SD
    """What that was judged by: how far two people's tracings differ, relative to the area."""
    reduction_interval: tuple[float, float] | None = None
    """The 95 % interval of `reduction`, low and high; None where it is not known or exact."""
    change_half_width_cm2: float | None = None
    """95 % half-width of `change_cm2`; None likewise."""


@dataclass(frozen=True, slots=True)
class Healing:
    """The rates of a series from its first to its latest point; None where undefined."""

    since_first: Change
    linear_advance_cm_per_week: float | None = None
    rate_per_day: float | None = None
    half_time_days: float | None = None
    time_to_90_days: float | None = None


def change_between(earlier: Point, *, later: Point) -> Change:
    """The change between two points of one method.

    Raises MeasureError measure.not_measured, measure.methods_differ (no figure is ever taken
    across methods; closure, exactly 0 by definition, follows any), measure.no_baseline.
    """
    if earlier.method not in _MEASURED or later.method not in _MEASURED:
        raise MeasureError("measure.not_measured")
    if later.method not in (earlier.method, SizeMethod.CLOSED):
        raise MeasureError("measure.methods_differ")
    before_cm2, after_cm2 = earlier.size_cm2 or 0.0, later.size_cm2 or 0.0
    retrace_sd = retrace_relative_sd(earlier, later)
    return Change(
        days=(later.on - earlier.on).days,
        change_cm2=after_cm2 - before_cm2,
        reduction=rates.area_reduction(before_cm2, later_cm2=after_cm2),
        beyond_error=_beyond(earlier, later, retrace_sd),
        retrace_relative_sd=retrace_sd,
        reduction_interval=_reduction_interval(earlier, later, retrace_sd),
        change_half_width_cm2=_half_width_cm2(earlier, later, retrace_sd),
    )


def since_first(series: Series, *, point: Point) -> Change | None:
    """The change since the first comparable visit; None where there is none."""
    before = _comparable(series, point)
    return change_between(before[0], later=point) if before else None


def since_last(series: Series, *, point: Point) -> Change | None:
    """The change since the latest comparable visit before this one; None where none.

    None too where the wound was closed and opened again in between: see `reopened_since_last`.
    """
    before = _comparable(series, point)
    if not before or reopened_since_last(series, point=point):
        return None
    return change_between(before[-1], later=point)


def reopened_since_last(series: Series, *, point: Point) -> bool:
    """Whether a closure ended between the latest comparable visit and this one."""
    before = _comparable(series, point)
    if not before:
        return False
    # It was open at the first of these visits: a closure among them began among them.
    since = series.between(before[-1].on, point.on)
    return any(closure.reopened_on for closure in closures_in(since))


def trajectory(series: Series) -> tuple[tuple[Point, Change], ...]:
    """Every point that can be compared with the first visit, and its change since then.

    Percentage area reduction against time: the usual healing trajectory.
    """
    changes = [(point, since_first(series, point=point)) for point in series.points]
    return tuple((point, change) for point, change in changes if change is not None)


def healing_of(series: Series) -> Healing | None:
    """The rates up to the latest measured point; None with fewer than two comparable."""
    latest = next((p for p in reversed(series.points) if p.method in _MEASURED), None)
    if latest is None:
        return None
    before = _comparable(series, latest)
    if not before or (latest.on - before[0].on).days <= 0:
        return None
    first = before[0]
    days = (latest.on - first.on).days
    rate = _defined(
        lambda: rates.exponential_rate_per_day(
            first.size_cm2 or 0.0, later_cm2=latest.size_cm2 or 0.0, days=days
        )
    )
    return Healing(
        since_first=change_between(first, later=latest),
        linear_advance_cm_per_week=_advance(first, latest),
        rate_per_day=rate,
        half_time_days=_defined(lambda: rates.half_time_days(rate or 0.0)),
        time_to_90_days=_defined(lambda: rates.time_to_reduction_days(rate or 0.0)),
    )


def _comparable(series: Series, point: Point) -> list[Point]:
    """Earlier points that a figure may be taken from, oldest first.

    A closed lesion is compared with its own traced areas, else with its bedside sizes.
    """
    earlier = [
        other
        for other in series.points
        if (other.on, other.visit_id) < (point.on, point.visit_id) and (other.size_cm2 or 0) > 0
    ]
    methods = {
        SizeMethod.TRACED: (SizeMethod.TRACED,),
        SizeMethod.BEDSIDE: (SizeMethod.BEDSIDE,),
        SizeMethod.CLOSED: (SizeMethod.TRACED, SizeMethod.BEDSIDE),
    }.get(point.method, ())
    for method in methods:
        same = [other for other in earlier if other.method is method]
        if same:
            return same
    return []


def retrace_relative_sd(earlier: Point, later: Point) -> float:
    """What a change is judged by: what was known when its later area was confirmed.

    So a figure that the clinic finds later changes no verdict that was given before.
    """
    return later.retrace_relative_sd or earlier.retrace_relative_sd or RETRACE_RELATIVE_SD


def _doubts(earlier: Point, later: Point) -> tuple[float, float, float, float] | None:
    """Both areas with their sds; None where the doubt of one is not known."""
    if any(p.method is not SizeMethod.CLOSED and not p.area_cm2_sd > 0 for p in (earlier, later)):
        return None
    return (
        earlier.area_cm2 or 0.0, earlier.area_cm2_sd, later.area_cm2 or 0.0, later.area_cm2_sd
    )  # fmt: skip


def _beyond(earlier: Point, later: Point, retrace_sd: float) -> bool | None:
    known = _doubts(earlier, later)
    return None if known is None else beyond_error(*known, retrace_relative_sd=retrace_sd)


def _reduction_interval(
    earlier: Point, later: Point, retrace_sd: float
) -> tuple[float, float] | None:
    """Closure is 100 % by definition, whatever the earlier area."""
    known = _doubts(earlier, later)
    if known is None or later.method is SizeMethod.CLOSED:
        return None
    ratio = ratio_interval(*known, retrace_relative_sd=retrace_sd)
    return None if ratio is None else (1 - ratio[1], 1 - ratio[0])


def _half_width_cm2(earlier: Point, later: Point, retrace_sd: float) -> float | None:
    known = _doubts(earlier, later)
    return None if known is None else detectable_cm2(*known, retrace_relative_sd=retrace_sd)


def _advance(first: Point, latest: Point) -> float | None:
    if first.perimeter_cm is None or latest.perimeter_cm is None:
        return None
    a, b = (
        (first.area_cm2 or 0.0, first.perimeter_cm),
        (latest.area_cm2 or 0.0, latest.perimeter_cm),
    )
    return _defined(
        lambda: rates.linear_advance_cm_per_week(a, later=b, days=(latest.on - first.on).days)
    )


def _defined(rate: Callable[[], float]) -> float | None:
    try:
        return rate()
    except MeasureError:
        return None
