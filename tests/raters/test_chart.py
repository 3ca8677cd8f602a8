"""The Bland-Altman chart as a list of marks, and the table of a study."""

import csv
import io

import pytest

from tests.clinics import TODAY
from tests.raters.tracings import trace, traces
from woundtrack.raters.agreement import Pair, between_raters
from woundtrack.raters.chart import agreement_chart
from woundtrack.raters.table import csv_text
from woundtrack.records import Stored
from woundtrack.report.chart_strokes import strokes_of
from woundtrack.report.chart_types import Chart


def pair_of(rows: list[list[float]]) -> Pair:
    (pair,) = between_raters(traces(rows)).pairs
    return pair


def chart_of(pair: Pair) -> Chart:
    return agreement_chart(pair, width=600.0, height=400.0, text_size=13.0)


def test_points_bias_and_limits_lie_where_the_axes_say() -> None:
    pair = pair_of([[float(n), n * (1.1 if n % 2 else 0.9)] for n in range(1, 13)])
    chart = chart_of(pair)
    levels = {tick.text: tick.at for tick in chart.axes[1].ticks}
    zero = levels["0 %"]
    tenth = zero - levels["+10 %"]
    assert len(chart.marks) == 12
    heights = {round((zero - mark.y) / tenth / 10, 6) for mark in chart.marks}
    assert heights == {0.1, -0.1}
    high, bias, low = (line.points[0][1] for line in chart.lines)
    assert (zero - bias) / tenth / 10 == pytest.approx(pair.relative.bias)
    assert (zero - high) / tenth / 10 == pytest.approx(pair.relative.high)
    assert (zero - low) / tenth / 10 == pytest.approx(pair.relative.low)
    areas = {tick.text: tick.at for tick in chart.axes[0].ticks}
    unit = (areas["10"] - areas["0"]) / 10
    assert chart.marks[0].x == pytest.approx(areas["0"] + 1.05 * unit)


def test_all_of_the_chart_lies_within_it() -> None:
    chart = chart_of(pair_of([[n, n * 1.5] for n in range(1, 13)]))
    plot = chart.plot
    assert all(plot.left <= mark.x <= plot.right for mark in chart.marks)
    assert all(plot.top <= mark.y <= plot.bottom for mark in chart.marks)
    assert list(strokes_of(chart))


def test_raters_who_agree_exactly_have_a_chart_too() -> None:
    chart = chart_of(pair_of([[float(n), float(n)] for n in range(1, 13)]))
    middle = (chart.plot.top + chart.plot.bottom) / 2
    assert all(mark.y == pytest.approx(middle) for mark in chart.marks)


def test_the_table_has_a_line_a_tracing_and_numbers_photos_within_the_study() -> None:
    values = [trace(41, 2, 4.0), trace(40, 2, 2.0), trace(40, 1, 1.0), trace(40, 1, 1.1, round_=2)]
    stored = [Stored(n, "u", 1, one, TODAY, one.rater_id) for n, one in enumerate(values, 1)]
    rows = list(csv.DictReader(io.StringIO(csv_text(stored, names={1: "Anne", 2: "Ben"}))))
    assert [(r["photo"], r["rater"], r["round"], r["area_cm2"]) for r in rows] == [
        ("1", "Anne", "1", "1.0000"),
        ("1", "Anne", "2", "1.1000"),
        ("1", "Ben", "1", "2.0000"),
        ("2", "Ben", "1", "4.0000"),
    ]
    assert rows[0]["confirmed_utc"] == "2026-06-15T09:30:00+00:00"
