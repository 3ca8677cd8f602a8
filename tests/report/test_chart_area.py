"""Areas on a logarithmic axis and in per cent: what has no place there is told, never drawn."""

import math
from dataclasses import replace

import pytest

from tests.histories import history_of, measurement_of, second_lesion
from tests.report.charts import (
    AREAS,
    LOG,
    PERCENT,
    draw,
    every_kind,
    left_axes,
    marks,
    texts,
    value_at,
)
from woundtrack.healing.series import Point, series_of
from woundtrack.records import PatientHistory, SizeMethod
from woundtrack.report.chart_area import baselines, ratio_percent
from woundtrack.report.chart_choice import AreaScale, ChartChoice
from woundtrack.report.chart_hits import TotalHit, VisitHit
from woundtrack.report.chart_types import TEXT, Chart, Shape, Spot


def log_value(chart: Chart, y: float) -> float:
    """The value that a logarithmic axis gives to a place."""
    ticks = [tick for tick in left_axes(chart)[0].ticks if tick.text != "closed"]
    (low, below), (high, above) = (
        (tick.at, math.log(float(tick.text))) for tick in ticks[:: len(ticks) - 1]
    )
    return math.exp(below + (y - low) / (high - low) * (above - below))


def with_sds(history: PatientHistory, relative_sd: float) -> PatientHistory:
    """The same areas, less or more sure."""
    measured = tuple(
        replace(m, value=replace(m.value, measurement=measurement_of(
            m.value.measurement.length_cm / 2, relative_sd=relative_sd
        )))
        for m in history.measurements
    )  # fmt: skip
    return replace(history, measurements=measured)


def test_a_logarithmic_axis_puts_areas_and_their_intervals_at_their_logarithm() -> None:
    chart = draw(history_of([2.6, 1.0, 0.4]), LOG)
    for mark, radius in zip(marks(chart), (2.6, 1.0, 0.4), strict=True):
        area = math.pi * radius**2
        assert log_value(chart, mark.y) == pytest.approx(area, rel=1e-6)
        assert mark.low_y is not None
        assert log_value(chart, mark.low_y) == pytest.approx(area * (1 - 1.96 * 0.02), rel=1e-6)


def test_closed_visits_have_a_line_of_their_own_beneath_a_logarithmic_axis() -> None:
    chart = draw(every_kind(), LOG)
    closed = next(tick for tick in left_axes(chart)[0].ticks if tick.text == "closed")
    ring = marks(chart)[-1]
    assert ring.shape is Shape.RING
    assert ring.y == closed.at == chart.plot.bottom
    others = [tick.at for tick in left_axes(chart)[0].ticks if tick.text != "closed"]
    assert max(others) < closed.at - chart.text_size
    (reaching,) = [line for line in chart.lines if line.points[-1] == (ring.x, ring.y)]
    assert reaching.dash != ()
    assert len(reaching.points) == 2


def test_without_closed_visits_a_logarithmic_axis_has_no_such_line() -> None:
    assert "closed" not in texts(draw(history_of([2.0, 1.0]), LOG))


@pytest.mark.parametrize("choice", [AREAS, LOG])
def test_an_interval_that_reaches_0_ends_at_the_axis_and_has_no_foot(choice: ChartChoice) -> None:
    unsure = marks(draw(with_sds(history_of([2.0, 1.0]), 0.6), choice))
    plot = draw(with_sds(history_of([2.0, 1.0]), 0.6), choice).plot
    assert all(mark.low_open and mark.low_y == plot.bottom for mark in unsure)
    assert not any(mark.low_open for mark in marks(draw(history_of([2.0, 1.0]), choice)))


def test_percentages_are_of_the_first_by_the_same_method() -> None:
    chart = draw(every_kind(), PERCENT)
    shown = marks(chart)
    assert value_at(chart, shown[0].y) == pytest.approx(100.0)
    assert value_at(chart, shown[2].y) == pytest.approx(100.0)  # the one bedside size
    assert value_at(chart, shown[3].y) == pytest.approx(100 * (2.2 / 2.6) ** 2)
    assert value_at(chart, shown[-1].y) == pytest.approx(0.0)  # closed
    hit = next(spot.hit for spot in chart.spots if spot.hit.id == 4)
    assert isinstance(hit, VisitHit)
    assert "72 % of the first" in [line.replace("\N{NO-BREAK SPACE}", " ") for line in hit.lines]


def test_the_interval_of_a_percentage_holds_the_doubt_of_both_areas() -> None:
    history = with_sds(history_of([2.0, 1.0]), 0.1)
    first, later = series_of(history, lesion_id=1).points
    low, percent, high = ratio_percent(later, baseline=first)
    half = 1.96 * math.sqrt(0.1**2 + 0.1**2)
    assert percent == pytest.approx(25.0)
    assert low == pytest.approx(25.0 * math.exp(-half))
    assert high == pytest.approx(25.0 * math.exp(half))
    assert ratio_percent(first, baseline=first) == (None, 100.0, None)


def test_a_lesion_found_closed_has_its_baseline_when_it_opens() -> None:
    series = series_of(history_of(["closed", 2.0, 1.0, "closed"]), lesion_id=1)
    found = baselines(series)
    assert found[SizeMethod.TRACED].visit_id == 2
    chart = draw(history_of(["closed", 2.0, 1.0, "closed"]), PERCENT)
    assert [spot.hit.id for spot in chart.spots if isinstance(spot.hit, VisitHit)] == [2, 3, 4]


def test_closed_after_bedside_sizes_alone_is_0_percent_of_these() -> None:
    found = baselines(series_of(history_of(["bedside", "closed"]), lesion_id=1))
    closed = Point(9, found[SizeMethod.BEDSIDE].on, SizeMethod.CLOSED, 0.0)
    assert ratio_percent(closed, baseline=found[SizeMethod.CLOSED]) == (None, 0.0, None)


@pytest.mark.parametrize("radii", [["closed", "closed"], ["none", "closed", "none"]])
def test_without_a_size_above_0_there_is_a_sentence_and_no_curve(radii: list[float | str]) -> None:
    chart = draw(history_of(radii), PERCENT)
    assert "No size above 0 to take percentages of." in texts(chart)
    assert chart.lines == ()
    assert all(mark.shape is Shape.CROSS for mark in marks(chart))


def test_growth_is_above_100_percent_which_has_a_line() -> None:
    chart = draw(history_of([1.0, 1.5]), PERCENT)
    level = next(line for line in chart.lines if line.points[0][0] == chart.plot.left)
    assert [value_at(chart, y) for _x, y in level.points] == pytest.approx([100.0, 100.0])
    assert value_at(chart, marks(chart)[1].y) == pytest.approx(225.0)


ALL = ChartChoice(("area", "total"))


def of_total(chart: Chart) -> list[Spot]:
    return [spot for spot in chart.spots if isinstance(spot.hit, TotalHit)]


def test_all_lesions_together_are_their_sum_with_its_interval() -> None:
    chart = draw(second_lesion(history_of([2.0, 1.5]), [1.0, 0.5]), ALL)
    areas = [math.pi * (2.0**2 + 1.0**2), math.pi * (1.5**2 + 0.5**2)]
    assert [value_at(chart, spot.y) for spot in of_total(chart)] == pytest.approx(areas)
    assert "All lesions together" in texts(chart)
    first = of_total(chart)[0]
    assert first.hit.title == "3 Mar 2026 · All lesions together"
    assert first.hit.lines == ("15.7 ± 0.5 cm²",)
    mark = next(mark for mark in chart.marks if (mark.x, mark.y) == (first.x, first.y))
    half = 1.96 * 0.02 * math.pi * math.hypot(2.0**2, 1.0**2)
    assert mark.high_y is not None
    assert value_at(chart, mark.high_y) == pytest.approx(areas[0] + half)


def test_a_sum_of_which_a_lesion_is_missing_is_a_cross_and_breaks_its_line() -> None:
    chart = draw(second_lesion(history_of([2.0, "none", 1.5, 1.2]), [1.0, 0.9, 0.5, 0.4]), ALL)
    spots = of_total(chart)
    assert spots[1].hit.lines == ("not known, lesion A was not traced",)
    places = {(mark.x, mark.y): mark.shape for mark in chart.marks}
    assert places[spots[1].x, spots[1].y] is Shape.CROSS
    (line,) = [line for line in chart.lines if line.colour == TEXT]
    assert [x for x, _y in line.points] == [spots[2].x, spots[3].x]


def test_one_lesion_alone_and_percentages_have_no_sum() -> None:
    both = second_lesion(history_of([2.0, 1.5]), [1.0, 0.5])
    assert of_total(draw(both, ALL, lesion_ids=(1,))) == []
    chart = draw(both, ChartChoice(("total",), AreaScale.PERCENT))
    assert of_total(chart) == []
    assert len(marks(chart)) == 4


@pytest.mark.parametrize(
    ("seen", "joined"),
    [
        (["bedside", "bedside", "closed", "closed", "bedside"], {(0, 1), (2, 3)}),
        (["closed", "bedside", "closed"], set()),
        ([2.0, "closed", "bedside", 1.0], {(0, 1)}),
        (["bedside", 2.0, "bedside", 1.0], {(0, 2), (1, 3)}),
        (["closed", "none", "closed"], set()),
        ([2.0, "closed", "none", "closed", 1.0], {(0, 1), (3, 4)}),
        ([2.0, "none", 1.0], {(0, 2)}),
    ],
)
def test_no_line_runs_across_a_closure_or_along_it_while_the_wound_was_open(
    seen: list[float | str], joined: set[tuple[int, int]]
) -> None:
    chart = draw(history_of(seen), AREAS)
    places = {round(mark.x, 3): i for i, mark in enumerate(marks(chart))}
    found = {(places[round(a, 3)], places[round(b, 3)])
             for line in chart.lines for (a, _ay), (b, _by) in [line.points]}  # fmt: skip
    assert found == joined
