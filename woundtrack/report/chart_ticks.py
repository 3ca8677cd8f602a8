"""Where axes are marked: round areas, round dates."""

import datetime as dt
import math
from collections.abc import Callable

from woundtrack.words import day_and_month, month_and_year

_DAY_STEPS = (1, 2, 7, 14)
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)


def nice_step(span: float, *, count: int) -> float:
    """The least of 1, 2, 5 x 10^n that divides `span` into at most `count` steps."""
    rough = span / max(1, count)
    power = 10.0 ** math.floor(math.log10(rough))
    return next(m * power for m in (1.0, 2.0, 5.0, 10.0) if m * power >= rough * (1 - 1e-9))


def value_ticks(high: float, *, count: int) -> tuple[float, ...]:
    """Round values from 0 to the first at or above `high`."""
    step = nice_step(high, count=count)
    last = math.ceil(high / step - 1e-9)
    return tuple(round(i * step, 10) for i in range(last + 1))


def decimals_of(step: float) -> int:
    """How many decimals the multiples of a step need."""
    return max(0, -math.floor(math.log10(step) + 1e-9))


def date_ticks(
    window: tuple[float, float], *, count: int
) -> tuple[tuple[dt.date, ...], Callable[[dt.date], str]]:
    """Round dates inside a window of ordinals, at most `count`, and how to write them."""
    first, last = (dt.date.fromordinal(round(edge)) for edge in window)
    span_days = max(1.0, window[1] - window[0])
    for step in _DAY_STEPS:
        if span_days / step <= count:
            return _every_days(first, last, step), day_and_month
    for months in _MONTH_STEPS:
        if span_days / (30.44 * months) <= count:
            return _every_months(first, last, months), month_and_year
    return (first, last), month_and_year


def _every_days(first: dt.date, last: dt.date, step: int) -> tuple[dt.date, ...]:
    # Steps of weeks start on Mondays, so that marks do not wander as one pans.
    start = first.toordinal()
    start += -(start - 1) % step
    return tuple(dt.date.fromordinal(n) for n in range(start, last.toordinal() + 1, step))


def _every_months(first: dt.date, last: dt.date, step: int) -> tuple[dt.date, ...]:
    month = first.year * 12 + first.month - 1
    month += -month % step
    days = []
    while (day := dt.date(month // 12, month % 12 + 1, 1)) <= last:
        if day >= first:
            days.append(day)
        month += step
    return tuple(days)
