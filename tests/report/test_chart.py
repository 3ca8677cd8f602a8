"""The chart shows each visit once, in its own kind of mark, at its own place."""

import math
from dataclasses import replace

import pytest

from tests.histories import FIRST_ON, default_courses, history_of, second_lesion
from tests.report.charts import day, draw, every_kind, left_axes, marks, texts, value_at, visits
from woundtrack import words
from woundtrack.records import PatientHistory, SizeMethod, TherapyCourse
from woundtrack.report.chart import chart_of
from woundtrack.report.chart_choice import USUAL
from woundtrack.report.chart_data import chart_data
from woundtrack.report.chart_frame import clipped
from woundtrack.report.chart_hits import VisitHit
from woundtrack.report.chart_pointing import spot_at
from woundtrack.report.chart_strokes import Path, strokes_of
from woundtrack.report.chart_types import Chart, Shape
from woundtrack.report.fonts import text_width


@pytest.fixture
def history() -> PatientHistory:
    """Eight visits of every kind."""
    return every_kind()


def test_every_visit_has_one_mark_of_its_kind(history: PatientHistory) -> None:
    chart = draw(history)
    assert [spot.hit.id for spot in visits(chart)] == list(range(1, 9))
    assert [(mark.shape, mark.filled) for mark in marks(chart)] == [
        (Shape.CIRCLE, True),
        (Shape.CIRCLE, True),
        (Shape.CIRCLE, False),
        (Shape.CIRCLE, True),
        (Shape.CROSS, False),
        (Shape.CIRCLE, True),
        (Shape.CIRCLE, True),
        (Shape.RING, True),
    ]


def test_marks_lie_where_the_axis_says(history: PatientHistory) -> None:
    chart = draw(history)
    first, bedside = marks(chart)[0], marks(chart)[2]
    assert value_at(chart, first.y) == pytest.approx(math.pi * 2.6**2, abs=1e-6)
    assert value_at(chart, bedside.y) == pytest.approx(6.0, abs=1e-6)
    for spot in visits(chart):
        assert chart.day_at(spot.x) == spot.hit.on


def test_error_bars_are_the_95_percent_interval(history: PatientHistory) -> None:
    chart = draw(history)
    mark = marks(chart)[0]
    assert mark.low_y is not None
    assert mark.high_y is not None
    area = math.pi * 2.6**2
    assert value_at(chart, mark.high_y) == pytest.approx(area * (1 + 1.96 * 0.02), abs=1e-6)
    assert value_at(chart, mark.low_y) == pytest.approx(area * (1 - 1.96 * 0.02), abs=1e-6)
    assert marks(chart)[2].low_y is None


def test_lines_never_join_two_methods(history: PatientHistory) -> None:
    chart = draw(history)
    method_at = {}
    for spot in visits(chart):
        assert isinstance(spot.hit, VisitHit)
        method_at[spot.x, spot.y] = spot.hit.point.method
    closing = {SizeMethod.TRACED, SizeMethod.CLOSED}
    assert chart.lines
    for line in chart.lines:
        methods = {method_at[point] for point in line.points}
        assert len(methods) == 1 or methods == closing


def test_courses_are_bands_from_start_to_stop(history: PatientHistory) -> None:
    chart = draw(history)
    thiosulfate, rheopheresis = chart.bands
    assert chart.day_at(thiosulfate.rect.left) == day(7)
    assert thiosulfate.rect.right == pytest.approx(chart.plot.right)
    assert thiosulfate.stops is False
    assert thiosulfate.label == "Sodium thiosulfate, intravenous, 25 g, at each dialysis"
    assert thiosulfate.colour != rheopheresis.colour
    assert thiosulfate.hatch is not rheopheresis.hatch
    assert rheopheresis.rect.top > thiosulfate.rect.bottom


def test_the_same_therapy_keeps_its_colour_and_shares_a_row() -> None:
    first, _second = default_courses()
    early = replace(first, stop_on=day(11))
    again = replace(first, start_on=day(88), stop_on=None)
    chart = draw(history_of([2.0] * 14, courses=[early, again]))
    assert chart.bands[0].colour == chart.bands[1].colour
    assert chart.bands[0].rect.top == chart.bands[1].rect.top


def test_names_of_bands_do_not_touch_where_one_begins_at_the_right_edge() -> None:
    first, _second = default_courses()
    early = replace(first, stop_on=day(60))
    late = replace(first, start_on=day(84), stop_on=None)
    chart = draw(history_of([2.0] * 14, courses=[early, late]), width=430)
    before, after = chart.bands
    wide = text_width(before.label, size=chart.text_size)
    apart = before.label_x + wide < after.label_x
    assert apart or before.rect.top != after.rect.top


def test_many_therapies_leave_the_curve_its_room_and_all_stand_where_height_is_free() -> None:
    many = [TherapyCourse(1, "other", f"Therapy {i}", day(i)) for i in range(20)]
    history = history_of([2.0, 1.5, 1.0, 0.8], courses=many)
    chart = draw(history)
    assert chart.plot.bottom - chart.plot.top > 0.35 * chart.height
    assert len(chart.bands) < 20
    hidden = 20 - len(chart.bands)
    assert f"and {hidden} more therapies" in texts(chart)
    tall = draw(history, height=None, width=500, text_size=8)
    assert len(tall.bands) == 20
    assert max(band.rect.bottom for band in tall.bands) <= tall.height


def test_zoomed_charts_cut_what_is_outside(history: PatientHistory) -> None:
    window = (FIRST_ON.toordinal() + 10.0, FIRST_ON.toordinal() + 30.0)
    chart = draw(history, window=window)
    assert [spot.hit.id for spot in visits(chart)] == [3, 4, 5]
    for line in chart.lines:
        for x, _y in line.points:
            assert chart.plot.left - 1e-6 <= x <= chart.plot.right + 1e-6
    assert chart.bands[0].starts is False


def test_no_day_is_marked_outside_the_period() -> None:
    first = FIRST_ON.toordinal()
    chart = draw(history_of([2.0, 1.5, 1.0]), window=(first + 0.6, first + 6.6))
    bottom = [axis for axis in chart.axes if axis.side == "bottom"][-1]
    assert bottom.ticks
    assert all(chart.plot.left <= tick.at <= chart.plot.right for tick in bottom.ticks)


def test_nothing_confirmed_is_said_not_drawn() -> None:
    chart = draw(history_of([2.0], confirmed=False))
    assert chart.empty
    assert chart.marks == ()
    assert texts(chart) == [chart.empty]


def test_one_visit_is_enough() -> None:
    chart = draw(history_of([2.0]))
    assert len(marks(chart)) == 1
    assert chart.lines == ()
    assert chart.window[1] - chart.window[0] >= 14


def test_several_lesions_have_colours_and_shapes_of_their_own(history: PatientHistory) -> None:
    chart = draw(second_lesion(history, [1.2, 1.3]))
    measured = [mark for mark in marks(chart) if mark.low_y is not None]
    assert len({mark.colour for mark in measured}) == 2
    assert len({mark.shape for mark in measured}) == 2
    assert {"Lesion A", "Lesion B"} <= set(texts(chart))


def test_hits_tell_the_visit(history: PatientHistory) -> None:
    chart = draw(history)
    mark = marks(chart)[1]
    found = spot_at(chart, mark.x + 3, mark.y - 2)
    assert found is not None
    assert found.hit.id == 2
    assert found.hit.title == "10 Mar 2026 · lesion A"
    assert found.hit.lines == (
        "19.6 ± 0.8 cm²",
        "Length × width 5.0 × 5.0 cm",
        "BWAT 42",
        "BWAT-CUA 24",
        "Pain 4 of 10",
        "Sodium thiosulfate, intravenous",
    )
    assert spot_at(chart, mark.x + 30, mark.y) is None


def test_marks_that_crowd_are_smaller_and_lose_the_feet_of_their_intervals() -> None:
    wide, near = draw(history_of([2.0] * 12)), draw(history_of([2.0] * 12, step_days=1))
    assert {mark.size for mark in marks(wide)} == {1.0}
    window = (FIRST_ON.toordinal() - 10.0, FIRST_ON.toordinal() + 200.0)
    crowded = draw(history_of([2.0] * 12, step_days=1), window=window)
    assert {mark.size for mark in marks(near)} == {1.0}
    assert all(mark.size < 0.8 for mark in marks(crowded))
    assert (feet(near), feet(crowded)) == (24, 0)


def feet(chart: Chart) -> int:
    """How many ends of intervals are drawn, the legend's sample left out."""
    return sum(
        isinstance(stroke, Path)
        and len(stroke.points) == 2
        and stroke.points[0][1] == stroke.points[1][1] > chart.plot.top
        and 0 < stroke.points[1][0] - stroke.points[0][0] < chart.text_size
        for stroke in strokes_of(chart)
    )


def test_a_corner_is_kept_free(history: PatientHistory) -> None:
    chart = chart_of(chart_data(history), choice=USUAL, width=500, height=400, corner=(200.0, 60.0))
    assert left_axes(chart)[0].plot is not None
    assert chart.plot.top >= 60
    for label in chart.labels:
        if label.y < 60:
            assert label.x + text_width(label.text, size=chart.text_size) <= 300


def test_a_heading_that_would_be_cut_beside_the_corner_stands_beneath_it(
    history: PatientHistory,
) -> None:
    chart = chart_of(chart_data(history), width=250, height=400, corner=(200.0, 34.0))
    for text in ("Area, cm²", "Traced area, 95 % interval", "Bedside length × width"):
        (label,) = (each for each in chart.labels if each.text == text)
        assert 34 < label.y < chart.plot.top


def test_numbers_and_dates_are_in_the_language_in_force() -> None:
    words.set_language("fr")
    chart = draw(history_of([0.5, 0.45, 0.4], step_days=1))
    assert "0,2" in texts(chart)
    assert "4 mars" in texts(chart)


def test_a_line_is_cut_at_both_edges() -> None:
    parts = clipped([(0.0, 0.0), (10.0, 10.0)], left=2.0, right=5.0)
    assert parts == [[(2.0, 2.0), (5.0, 5.0)]]


def test_a_line_that_touches_an_edge_ends_there() -> None:
    points = [(0.0, 0.0), (2.0, 2.0), (5.0, 5.0), (9.0, 9.0)]
    assert clipped(points, left=2.0, right=5.0) == [[(2.0, 2.0), (5.0, 5.0)]]
