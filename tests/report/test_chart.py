"""The chart shows each visit once, in its own kind of mark, at its own place."""

import datetime as dt
import math
from dataclasses import replace

import pytest

from tests.histories import FIRST_ON, default_courses, history_of, second_lesion
from woundtrack import words
from woundtrack.records import PatientHistory, SizeMethod, TherapyCourse
from woundtrack.report.chart import axis_date, chart_of, height_for
from woundtrack.report.chart_frame import clipped
from woundtrack.report.chart_strokes import Text, hatch_lines, strokes_of
from woundtrack.report.chart_ticks import date_ticks, decimals_of, value_ticks
from woundtrack.report.chart_types import Chart, Hatch, Mark, Rect, Shape

RADII = [2.6, 2.5, "bedside", 2.2, "none", 1.7, 0.6, "closed"]
BWAT = [44, 42, 40, None, 36, 30, 20, 13]


@pytest.fixture
def history() -> PatientHistory:
    """Eight visits of every kind."""
    return history_of(RADII, bwat=BWAT)


def sized(chart: Chart) -> list[Mark]:
    """The marks of sizes, without those of BWAT totals."""
    return [mark for mark in chart.marks if mark.method is not None]


def texts(chart: Chart) -> list[str]:
    """Every text painted."""
    return [stroke.text for stroke in strokes_of(chart) if isinstance(stroke, Text)]


def draw(history: PatientHistory, **options: object) -> Chart:
    return chart_of(history, width=720, height=340, **options)  # type: ignore[arg-type]


def draw_tall(history: PatientHistory, height: float) -> Chart:
    return chart_of(history, width=500, height=height, text_size=8, all_bands=True)


def value_at(chart: Chart, y: float) -> float:
    """The area that the left axis gives to a place."""
    ticks = next(axis for axis in chart.axes if axis.side == "left").ticks
    low, high = ticks[0], ticks[-1]
    return (y - low.at) / (high.at - low.at) * float(high.text)


def test_every_visit_has_one_mark_of_its_kind(history: PatientHistory) -> None:
    marks = sized(draw(history))
    assert [mark.hit.visit_id for mark in marks] == list(range(1, 9))
    assert [(mark.shape, mark.filled) for mark in marks] == [
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
    first, bedside = sized(chart)[0], sized(chart)[2]
    assert value_at(chart, first.y) == pytest.approx(math.pi * 2.6**2, abs=1e-6)
    assert value_at(chart, bedside.y) == pytest.approx(6.0, abs=1e-6)
    for mark in sized(chart):
        assert axis_date(chart, mark.x) == mark.hit.on


def test_error_bars_are_the_95_percent_interval(history: PatientHistory) -> None:
    chart = draw(history)
    mark = sized(chart)[0]
    assert mark.low_y is not None
    assert mark.high_y is not None
    area = math.pi * 2.6**2
    assert value_at(chart, mark.high_y) == pytest.approx(area * (1 + 1.96 * 0.02), abs=1e-6)
    assert value_at(chart, mark.low_y) == pytest.approx(area * (1 - 1.96 * 0.02), abs=1e-6)
    assert sized(chart)[2].low_y is None


def test_lines_never_join_two_methods(history: PatientHistory) -> None:
    chart = draw(history)
    method_at = {(mark.x, mark.y): mark.method for mark in chart.marks}
    closing = {SizeMethod.TRACED, SizeMethod.CLOSED}
    for line in chart.lines:
        methods = {method_at[point] for point in line.points}
        assert len(methods) == 1 or methods == closing


def test_bwat_is_on_the_second_axis_and_only_when_complete(history: PatientHistory) -> None:
    chart = draw(history)
    bwat = [mark for mark in chart.marks if mark.method is None]
    assert [mark.hit.visit_id for mark in bwat] == [1, 2, 3, 5, 6, 7, 8]
    ticks = {t.text: t.at for t in next(a for a in chart.axes if a.side == "right").ticks}
    assert bwat[2].y == pytest.approx(ticks["40"])
    assert {axis.side for axis in draw(history, with_bwat=False).axes} == {"left", "bottom"}


def test_courses_are_bands_from_start_to_stop(history: PatientHistory) -> None:
    chart = draw(history)
    thiosulfate, rheopheresis = chart.bands
    assert axis_date(chart, thiosulfate.rect.left) == dt.date(2026, 3, 10)
    assert thiosulfate.rect.right == pytest.approx(chart.plot.right)
    assert thiosulfate.stops is False
    assert thiosulfate.label == "Sodium thiosulfate, intravenous, 25 g, at each dialysis"
    assert thiosulfate.colour != rheopheresis.colour
    assert thiosulfate.hatch is not rheopheresis.hatch
    assert rheopheresis.rect.top > thiosulfate.rect.bottom


def test_the_same_therapy_keeps_its_colour_and_shares_a_row() -> None:
    first, _second = default_courses()
    early = replace(first, stop_on=dt.date(2026, 3, 14))
    again = replace(first, start_on=dt.date(2026, 5, 30), stop_on=None)
    chart = draw(history_of([2.0] * 14, courses=[early, again]))
    assert chart.bands[0].colour == chart.bands[1].colour
    assert chart.bands[0].rect.top == chart.bands[1].rect.top


def test_many_therapies_leave_the_curve_its_room() -> None:
    many = [
        TherapyCourse(1, "other", f"Therapy {i}", FIRST_ON + dt.timedelta(days=i))
        for i in range(20)
    ]
    history = history_of([2.0, 1.5, 1.0, 0.8], courses=many)
    chart = draw(history)
    assert chart.plot.bottom - chart.plot.top > 0.4 * chart.height
    assert len(chart.bands) < 20
    hidden = 20 - len(chart.bands)
    assert f"and {hidden} more therapies" in texts(chart)
    tall = height_for(history, lesion_ids=[1], plot_height=200, text_size=8)
    assert len(draw_tall(history, tall).bands) == 20


def test_zoomed_charts_cut_what_is_outside(history: PatientHistory) -> None:
    window = (FIRST_ON.toordinal() + 10.0, FIRST_ON.toordinal() + 30.0)
    chart = draw(history, window=window)
    assert [mark.hit.visit_id for mark in sized(chart)] == [3, 4, 5]
    for line in chart.lines:
        for x, _y in line.points:
            assert chart.plot.left - 1e-6 <= x <= chart.plot.right + 1e-6
    assert chart.bands[0].starts is False


def test_nothing_confirmed_is_said_not_drawn() -> None:
    chart = draw(history_of([2.0], confirmed=False))
    assert chart.empty
    assert chart.marks == ()
    assert texts(chart) == [chart.empty]


def test_one_visit_is_enough() -> None:
    chart = draw(history_of([2.0]))
    assert len(sized(chart)) == 1
    assert chart.lines == ()
    assert chart.window[1] - chart.window[0] >= 14


def test_several_lesions_have_colours_and_shapes_of_their_own(history: PatientHistory) -> None:
    chart = draw(second_lesion(history, [1.2, 1.3]))
    styles = {(m.hit.lesion_id, m.colour, m.shape) for m in sized(chart) if m.low_y is not None}
    assert len(styles) == 2
    assert len({style[1] for style in styles}) == 2
    assert len({style[2] for style in styles}) == 2
    assert {"Lesion A", "Lesion B"} <= set(texts(chart))


def test_hits_tell_the_visit(history: PatientHistory) -> None:
    chart = draw(history)
    mark = sized(chart)[1]
    found = chart.nearest(mark.x + 3, mark.y - 2)
    assert found is not None
    assert found.hit.visit_id == 2
    assert found.hit.title == "10 Mar 2026 · lesion A"
    assert found.hit.lines == (
        "19.6 ± 0.8 cm²",
        "Length × width 5.0 × 5.0 cm",
        "BWAT 42",
        "BWAT-CUA 24",
        "Pain 4 of 10",
        "Sodium thiosulfate, intravenous",
    )
    assert chart.nearest(mark.x + 30, mark.y) is None


def test_numbers_and_dates_are_in_the_language_in_force() -> None:
    words.set_language("fr")
    chart = draw(history_of([0.5, 0.45, 0.4], step_days=1))
    assert "0,2" in texts(chart)
    assert "4 mars" in texts(chart)


@pytest.mark.parametrize(
    ("high", "expected"), [(22.0, 25.0), (1.0, 1.0), (0.07, 0.08), (98.0, 100.0), (101.0, 120.0)]
)
def test_value_ticks_are_round_and_cover_the_highest(high: float, expected: float) -> None:
    ticks = value_ticks(high, count=6)
    assert ticks[0] == 0
    assert ticks[-1] == pytest.approx(expected)
    assert len(ticks) <= 8


def test_decimals_follow_the_step() -> None:
    assert [decimals_of(step) for step in (20.0, 1.0, 0.5, 0.2, 0.05)] == [0, 0, 1, 1, 2]


@pytest.mark.parametrize("span_days", [5, 20, 90, 400, 2000, 9000])
def test_date_ticks_are_few_and_inside(span_days: int) -> None:
    first = FIRST_ON.toordinal()
    days, _written = date_ticks((first, first + span_days), count=8)
    assert 1 <= len(days) <= 9
    assert all(first <= day.toordinal() <= first + span_days for day in days)


def test_a_line_is_cut_at_both_edges() -> None:
    parts = clipped([(0.0, 0.0), (10.0, 10.0)], left=2.0, right=5.0)
    assert parts == [[(2.0, 2.0), (5.0, 5.0)]]


@pytest.mark.parametrize("hatch", list(Hatch))
def test_patterns_stay_in_their_rectangle(hatch: Hatch) -> None:
    rect = Rect(10.0, 20.0, 61.0, 29.0)
    lines = list(hatch_lines(rect, hatch, step=5.0))
    assert bool(lines) is (hatch is not Hatch.SOLID)
    for line in lines:
        for x, y in line:
            assert rect.left - 1e-9 <= x <= rect.right + 1e-9
            assert rect.top - 1e-9 <= y <= rect.bottom + 1e-9
