"""Axes are marked at round values and dates; patterns stay in their bands."""

import itertools
import math

import pytest

from tests.histories import FIRST_ON
from woundtrack.report.chart_strokes import hatch_lines
from woundtrack.report.chart_ticks import (
    date_ticks,
    decimals_of,
    log_range,
    log_ticks,
    range_ticks,
    value_ticks,
)
from woundtrack.report.chart_types import Hatch, Rect


@pytest.mark.parametrize(
    ("high", "expected"), [(22.0, 25.0), (1.0, 1.0), (0.07, 0.08), (98.0, 100.0), (101.0, 120.0)]
)
def test_value_ticks_are_round_and_cover_the_highest(high: float, expected: float) -> None:
    ticks = value_ticks(high, count=6)
    assert ticks[0] == 0
    assert ticks[-1] == pytest.approx(expected)
    assert len(ticks) <= 8


@pytest.mark.parametrize(
    ("low", "high"),
    [(2.01, 2.47), (0.0, 93.0), (35.0, 35.0), (0.0, 0.0), (-3.0, 4.0), (-2.0, -2.0), (1e-4, 3e-4)],
)
def test_range_ticks_are_even_and_cover_both_ends(low: float, high: float) -> None:
    ticks = range_ticks(low, high, count=5)
    assert ticks[0] <= low
    assert ticks[-1] >= high
    assert 2 <= len(ticks) <= 8
    steps = [b - a for a, b in itertools.pairwise(ticks)]
    assert steps == pytest.approx([steps[0]] * len(steps))
    assert decimals_of(steps[0]) <= 5


@pytest.mark.parametrize(("low", "high"), [(0.03, 40.0), (1.0, 1.0), (0.7, 6.0), (3.0, 3.1)])
def test_a_logarithmic_axis_holds_both_ends_between_1_2_5(low: float, high: float) -> None:
    below, above = log_range(low, high)
    assert below <= low <= high <= above
    assert below < above
    for end in (below, above):
        digit = end / 10 ** math.floor(math.log10(end) + 1e-9)
        assert any(digit == pytest.approx(known) for known in (1, 2, 5))
    for count in (2, 4, 8):
        ticks = log_ticks(below, above, count=count)
        assert len(ticks) >= 2
        assert all(below * 0.999 <= tick <= above * 1.001 for tick in ticks)


def test_decimals_follow_the_step() -> None:
    assert [decimals_of(step) for step in (20.0, 1.0, 0.5, 0.2, 0.05)] == [0, 0, 1, 1, 2]


@pytest.mark.parametrize("span_days", [5, 20, 90, 400, 2000, 9000])
def test_date_ticks_are_few_and_inside(span_days: int) -> None:
    first = FIRST_ON.toordinal()
    days, _written = date_ticks((first, first + span_days), count=8)
    assert 1 <= len(days) <= 9
    assert all(first <= day.toordinal() <= first + span_days for day in days)


@pytest.mark.parametrize("hatch", list(Hatch))
def test_patterns_stay_in_their_rectangle(hatch: Hatch) -> None:
    rect = Rect(10.0, 20.0, 61.0, 29.0)
    lines = list(hatch_lines(rect, hatch, step=5.0))
    assert bool(lines) is (hatch is not Hatch.SOLID)
    for line in lines:
        for x, y in line:
            assert rect.left - 1e-9 <= x <= rect.right + 1e-9
            assert rect.top - 1e-9 <= y <= rect.bottom + 1e-9
