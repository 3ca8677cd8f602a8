"""Changes are taken within one method only, and say whether they exceed the error."""

from dataclasses import replace

import pytest

from tests.histories import history_of
from woundtrack.errors import MeasureError
from woundtrack.healing.change import (
    change_between,
    healing_of,
    since_first,
    since_last,
    trajectory,
)
from woundtrack.healing.series import Series, series_of
from woundtrack.measure.change import RETRACE_RELATIVE_SD
from woundtrack.records import PatientHistory

pytest.importorskip("woundtrack.measure.change")


def series(*radii_cm: float | str) -> Series:
    return series_of(history_of(radii_cm), lesion_id=1)


def test_since_first_and_since_last() -> None:
    points = series(2.0, 1.8, 1.5)
    first = since_first(points, point=points.points[2])
    last = since_last(points, point=points.points[2])
    assert first is not None
    assert last is not None
    assert first.reduction == pytest.approx(0.4375)
    assert first.days == 14
    assert first.change_cm2 == pytest.approx(7.0686 - 12.5664, abs=1e-4)
    assert last.reduction == pytest.approx(1 - (1.5 / 1.8) ** 2)


def test_a_small_change_is_within_the_error_a_large_one_beyond() -> None:
    points = series(2.0, 1.99, 1.5)
    small = since_last(points, point=points.points[1])
    large = since_last(points, point=points.points[2])
    assert small is not None
    assert large is not None
    assert small.beyond_error is False
    assert large.beyond_error is True


def known(history: PatientHistory, *shares: float | None) -> Series:
    """The same history, its areas confirmed when these figures of retracing were known."""
    measured = tuple(
        replace(one, value=replace(one.value, retrace_relative_sd=share))
        for one, share in zip(history.measurements, shares, strict=True)
    )
    return series_of(replace(history, measurements=measured), lesion_id=1)


def test_a_change_is_judged_by_what_was_known_when_its_later_area_was_confirmed() -> None:
    history = history_of((2.0, 1.8, 1.6))
    before, after = known(history, None, None, None), known(history, 0.032, 0.032, 0.2)
    for number in (1, 2):
        old = since_last(before, point=before.points[number])
        assert old is not None
        assert old.beyond_error is True
        assert old.retrace_relative_sd == RETRACE_RELATIVE_SD
    kept = since_last(after, point=after.points[1])
    new = since_last(after, point=after.points[2])
    assert kept is not None
    assert new is not None
    assert kept.beyond_error is True
    assert (new.beyond_error, new.retrace_relative_sd) == (False, 0.2)


def test_a_closure_is_judged_by_what_was_known_of_the_last_area() -> None:
    points = known(history_of((2.0, "closed")), 0.2).points
    assert change_between(points[0], later=points[1]).retrace_relative_sd == 0.2


def test_no_figure_is_taken_across_methods() -> None:
    points = series(2.0, "bedside")
    assert since_first(points, point=points.points[1]) is None
    with pytest.raises(MeasureError) as caught:
        change_between(points.points[0], later=points.points[1])
    assert caught.value.code == "measure.methods_differ"


def test_a_visit_of_another_kind_in_between_is_passed_over() -> None:
    points = series(2.0, "bedside", "none", 1.5)
    change = since_last(points, point=points.points[3])
    assert change is not None
    assert change.days == 21


def test_bedside_sizes_are_compared_without_a_claim_of_error() -> None:
    points = series("bedside", "bedside")
    change = since_first(points, point=points.points[1])
    assert change is not None
    assert change.reduction == 0.0
    assert change.beyond_error is None


def test_an_area_without_its_sd_is_compared_without_a_claim_of_error() -> None:
    first, last = series(2.0, 1.0).points
    change = change_between(replace(first, area_cm2_sd=0.0), later=last)
    assert change.reduction == pytest.approx(0.75)
    assert change.beyond_error is None


def test_a_trajectory_is_each_visit_against_the_first() -> None:
    found = trajectory(series(2.0, "none", 1.0, "closed"))
    assert [(change.days, change.reduction) for _point, change in found] == [
        (14, pytest.approx(0.75)),
        (21, 1.0),
    ]


def test_closure_is_all_of_the_area() -> None:
    points = series(2.0, "closed")
    change = since_first(points, point=points.points[1])
    assert change is not None
    assert change.reduction == 1.0
    assert change.beyond_error is True


def test_not_measured_is_not_zero() -> None:
    points = series(2.0, "none")
    with pytest.raises(MeasureError) as caught:
        change_between(points.points[0], later=points.points[1])
    assert caught.value.code == "measure.not_measured"


def test_after_a_closure_the_baseline_is_still_an_open_wound() -> None:
    points = series("closed", 1.0)
    assert since_first(points, point=points.points[1]) is None


def test_rates_of_a_shrinking_circle() -> None:
    healing = healing_of(series(2.0, 1.75, 1.5))
    assert healing is not None
    assert healing.linear_advance_cm_per_week == pytest.approx(0.25)
    assert healing.half_time_days == pytest.approx(16.87, abs=0.01)


def test_rates_without_meaning_are_none() -> None:
    grown = healing_of(series(1.5, 2.0))
    closed = healing_of(series(2.0, "closed"))
    assert grown is not None
    assert closed is not None
    assert grown.half_time_days is None
    assert closed.rate_per_day is None
    assert healing_of(series(2.0)) is None
    assert healing_of(series("none", "none")) is None
