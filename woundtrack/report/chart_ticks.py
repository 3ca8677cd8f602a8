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


def range_ticks(low: float, high: float, *, count: int) -> tuple[float, ...]:
    """Round values from the last at or below `low` to the first at or above `high`."""
    if not high - low > 1e-6 * abs(high):  # one value, or as good as one
        high = low + (0.1 * abs(low) or 1.0)
    step = nice_step(high - low, count=count)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(i * step, 10) for i in range(first, max(last, first + 1) + 1))


def log_range(low: float, high: float) -> tuple[float, float]:
    """The nearest of 1, 2, 5 x 10^n at or below `low` and at or above `high`, never the same."""
    values = _log_values(low / 10, high * 10, (1, 2, 5))
    below = max(value for value in values if value <= low * (1 + 1e-9))
    return below, min(value for value in values if value >= high * (1 - 1e-9) and value > below)


def log_ticks(low: float, high: float, *, count: int) -> tuple[float, ...]:
    """Values of 1, 2, 5 x 10^n between two of them; fewer where that is more than `count`."""
    for digits in ((1, 2, 5), (1, 3), (1,)):
        found = _log_values(low, high, digits)
        if len(found) <= count:
            break
    return found if len(found) > 1 else (low, high)


def _log_values(low: float, high: float, digits: tuple[int, ...]) -> tuple[float, ...]:
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    values = (float(f"{d}e{n}") for n in range(first, last + 1) for d in digits)
    return tuple(v for v in values if low * (1 - 1e-9) <= v <= high * (1 + 1e-9))


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
