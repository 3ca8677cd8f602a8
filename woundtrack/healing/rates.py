"""Healing rates. Each is undefined rather than 0 where its formula has no meaning.

Sources are named in each docstring. Areas are cm², perimeters cm, times days; the names of
the results carry their own unit. No threshold is applied here: none is validated for
calciphylaxis.
"""

import math
from collections.abc import Sequence

from woundtrack.errors import MeasureError
from woundtrack.units import DAYS_PER_WEEK

STRONG_CORRELATION = 0.85
"""Below this |r| a straight line says nothing of closure (Prince & Dodds 2006)."""


def area_reduction(first_cm2: float, *, later_cm2: float) -> float:
    """Percentage area reduction as a fraction: (A0 - At) / A0; negative means growth.

    The usual definition (for example Sheehan 2003; Kantor & Margolis 2000). Raises MeasureError
    measure.no_baseline where A0 is not above 0, measure.no_area where At is below 0.
    """
    if not first_cm2 > 0:
        raise MeasureError("measure.no_baseline")
    if not later_cm2 >= 0:
        raise MeasureError("measure.no_area")
    return (first_cm2 - later_cm2) / first_cm2


def linear_advance_cm_per_week(
    first: tuple[float, float], *, later: tuple[float, float], days: float
) -> float:
    """Gilman's advance of the wound edge, from (area cm², perimeter cm) at two times.

    d = (A1 - A2) / ((P1 + P2) / 2), divided by the time (Gilman's method as given by Leskovec
    2008; least dependent on size, Cukjati 2001). Raises MeasureError measure.no_perimeter,
    measure.no_interval.
    """
    _positive_days(days)
    mean_perimeter_cm = (first[1] + later[1]) / 2
    if not mean_perimeter_cm > 0:
        raise MeasureError("measure.no_perimeter")
    return (first[0] - later[0]) / mean_perimeter_cm / (days / DAYS_PER_WEEK)


def exponential_rate_per_day(first_cm2: float, *, later_cm2: float, days: float) -> float:
    """k = ln(A0 / At) / t, per day; negative means growth.

    Exponential model of healing: 72 % of venous ulcers follow it (BMC Dermatology 2009;9:2). It
    never reaches 0, so a closed wound has no k. Raises MeasureError measure.no_baseline,
    measure.no_area, measure.no_interval.
    """
    _positive_days(days)
    if not first_cm2 > 0:
        raise MeasureError("measure.no_baseline")
    if not later_cm2 > 0:
        raise MeasureError("measure.no_area")
    return math.log(first_cm2 / later_cm2) / days


def half_time_days(rate_per_day: float) -> float:
    """t50 = ln 2 / k. Raises MeasureError measure.not_shrinking where k is not above 0."""
    return time_to_reduction_days(rate_per_day, reduction=0.5)


def time_to_reduction_days(rate_per_day: float, *, reduction: float = 0.9) -> float:
    """Days from the first area until this fraction of it has gone: -ln(1 - reduction) / k.

    Same exponential model as `exponential_rate_per_day`. Raises MeasureError
    measure.not_shrinking where k is not above 0.
    """
    if not rate_per_day > 0:
        raise MeasureError("measure.not_shrinking")
    if not 0 < reduction < 1:
        raise ValueError("reduction is a fraction between 0 and 1")
    return -math.log(1 - reduction) / rate_per_day


def weekly_change(log_slope_per_week: float) -> float:
    """What a slope of ln A makes of the area in one week, as a fraction: exp(slope) - 1.

    Of a difference of two slopes: of the area that the other slope would have led to, each week.
    """
    return math.expm1(log_slope_per_week)


def linear_time_to_closure_days(days: Sequence[float], *, areas_cm2: Sequence[float]) -> float:
    """Days from time 0 until the straight line through the areas reaches 0.

    Meaningful only where area and time are strongly and negatively correlated (|r| > 0.85, as
    Prince & Dodds 2006, in 17 of 23 ulcers). Raises MeasureError measure.too_few_visits,
    measure.not_shrinking, measure.not_linear, measure.no_interval.
    """
    if len(areas_cm2) < 2:
        raise MeasureError("measure.too_few_visits", needed=2)
    slope, intercept, r = _line(days, areas_cm2)
    if not slope < 0:
        raise MeasureError("measure.not_shrinking")
    if not r < -STRONG_CORRELATION:
        raise MeasureError("measure.not_linear")
    return -intercept / slope


def _positive_days(days: float) -> None:
    if not days > 0:
        raise MeasureError("measure.no_interval")


def _line(x: Sequence[float], y: Sequence[float]) -> tuple[float, float, float]:
    """Least squares: slope, intercept, correlation."""
    if len(x) != len(y):
        raise ValueError("as many times as values")
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    sxx = sum((a - mean_x) ** 2 for a in x)
    syy = sum((b - mean_y) ** 2 for b in y)
    if sxx <= 0:
        raise MeasureError("measure.no_interval")
    sxy = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    slope = sxy / sxx
    correlation = sxy / math.sqrt(sxx * syy) if syy > 0 else 0.0
    return slope, mean_y - slope * mean_x, correlation
