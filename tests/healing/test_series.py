"""Which visits make a point, and of which kind."""

from dataclasses import replace

import pytest

from tests.histories import history_of, stored
from woundtrack.errors import RecordError
from woundtrack.healing.series import series_of
from woundtrack.records import SizeMethod


def test_each_method_keeps_its_own_figure() -> None:
    series = series_of(history_of([2.0, "bedside", "none", "closed"]), lesion_id=1)
    assert [point.method for point in series.points] == [
        SizeMethod.TRACED,
        SizeMethod.BEDSIDE,
        SizeMethod.NOT_MEASURED,
        SizeMethod.CLOSED,
    ]
    assert [point.area_cm2 for point in series.points] == [
        pytest.approx(12.566, abs=1e-3),
        None,
        None,
        0.0,
    ]
    assert [point.product_cm2 for point in series.points] == [None, 6.0, None, None]


def test_drafts_make_no_point() -> None:
    assert series_of(history_of([2.0, 1.5], confirmed=False), lesion_id=1).points == ()


def test_an_unconfirmed_measurement_does_not_count() -> None:
    history = history_of([2.0])
    draft = stored(replace(history.measurements[0].value, confirmed=False), 1)
    series = series_of(replace(history, measurements=(draft,)), lesion_id=1)
    assert series.points[0].method is SizeMethod.NOT_MEASURED
    assert series.points[0].area_cm2 is None


def test_points_follow_the_calendar_not_the_order_of_entry() -> None:
    history = history_of([2.0, 1.5])
    series = series_of(
        replace(history, assessments=tuple(reversed(history.assessments))), lesion_id=1
    )
    assert [point.visit_id for point in series.points] == [1, 2]


def test_bedside_without_both_lengths_is_not_measured() -> None:
    history = history_of(["bedside"])
    half = stored(replace(history.assessments[0].value, width_cm=None), 1)
    series = series_of(replace(history, assessments=(half,)), lesion_id=1)
    assert series.points[0].method is SizeMethod.NOT_MEASURED
    assert series.points[0].length_cm == 3.0


def test_bwat_is_a_total_only_when_complete() -> None:
    series = series_of(history_of([2.0, 1.5], bwat=[34, None]), lesion_id=1)
    assert [point.bwat for point in series.points] == [34, None]


def test_a_period_keeps_both_ends() -> None:
    series = series_of(history_of([2.0, 1.8, 1.6, 1.4]), lesion_id=1)
    days = [point.on for point in series.points]
    assert [point.on for point in series.between(days[1], days[2]).points] == days[1:3]


def test_an_unknown_lesion_is_refused() -> None:
    with pytest.raises(RecordError) as caught:
        series_of(history_of([2.0]), lesion_id=9)
    assert caught.value.code == "record.missing"
