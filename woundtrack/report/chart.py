"""The healing chart of a patient's lesions: area over time, BWAT, therapies.

Built again for each size and period: it is pure and takes about a millisecond a lesion. Text
is in the language in force.
"""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import replace

from woundtrack.healing.series import Series, series_of
from woundtrack.records import PatientHistory, Stored, TherapyCourse
from woundtrack.report import chart_bands, chart_legend
from woundtrack.report.chart_frame import Frame
from woundtrack.report.chart_marks import Style, marks_of
from woundtrack.report.chart_ticks import date_ticks, decimals_of, value_ticks
from woundtrack.report.chart_types import (
    ACCENT,
    OKABE_ITO,
    Axis,
    Chart,
    Label,
    Rect,
    Sample,
    Shape,
    Tick,
)
from woundtrack.report.fonts import text_width
from woundtrack.therapy.course import until_death
from woundtrack.words import NORMAL_95, _, ngettext, number

SHAPES = (Shape.CIRCLE, Shape.SQUARE, Shape.DIAMOND)
_LESION_COLOURS = (OKABE_ITO[0], OKABE_ITO[5], OKABE_ITO[2], OKABE_ITO[3], OKABE_ITO[1])
_PAD_SHARE = 0.03
_SHORTEST_DAYS = 14.0
PLOT_SHARE = 0.55
"""The plot keeps about this share of the height, however many therapies there are."""


def chart_of(
    history: PatientHistory,
    *,
    lesion_ids: Sequence[int] = (),
    width: float,
    height: float,
    text_size: float = 13.0,
    window: tuple[float, float] | None = None,
    with_bwat: bool = True,
    all_bands: bool = False,
) -> Chart:
    """The chart of some lesions (all of them where none is named).

    `window` is the first and last day shown, as ordinals; without it, all visits are.
    `all_bands` shows every therapy of the period, where `height_for` gave the height.
    """
    history = replace(history, courses=until_death(history))
    ids = tuple(lesion_ids) or tuple(lesion.id for lesion in history.lesions)
    all_series = tuple(series_of(history, lesion_id=i) for i in ids)
    points = [point for series in all_series for point in series.points]
    if not points:
        return _empty(width, height, text_size)
    bwat = with_bwat and any(point.bwat is not None for point in points)
    values = _area_ticks(all_series, height=height, text_size=text_size)
    legend, samples, legend_rows = chart_legend.legend_of(
        all_series, styles=styles_of(len(ids)), width=width, text_size=text_size, bwat=bwat
    )
    frame, rows, top = _frame(
        history.courses,
        size=(width, height),
        text_size=text_size,
        window=window or full_window([point.on for point in points]),
        values=values,
        bwat=bwat,
        legend_rows=legend_rows,
        plot_share=0.0 if all_bands else PLOT_SHARE,
    )
    return _assembled(
        history, all_series, frame=frame, rows=rows, bands_top=top, size=(width, height),
        text_size=text_size, values=values, bwat=bwat, legend=(legend, samples),
    )  # fmt: skip


def full_window(days: Sequence[dt.date]) -> tuple[float, float]:
    """The period of these days with a little air, as ordinals; two weeks at the least."""
    first, last = min(days).toordinal(), max(days).toordinal()
    pad = max(_PAD_SHARE * (last - first), 1.0, (_SHORTEST_DAYS - (last - first)) / 2)
    return first - pad, last + pad


def styles_of(count: int) -> tuple[Style, ...]:
    """A lesion alone is in the accent colour; several have a colour and a shape each."""
    if count == 1:
        return (Style(ACCENT, Shape.CIRCLE),)
    colours, shapes = len(_LESION_COLOURS), len(SHAPES)
    return tuple(Style(_LESION_COLOURS[i % colours], SHAPES[i % shapes]) for i in range(count))


def height_for(
    history: PatientHistory,
    *,
    lesion_ids: Sequence[int],
    plot_height: float,
    text_size: float,
    window: tuple[float, float] | None = None,
) -> float:
    """The height that gives the plot about `plot_height` above all bands of its period."""
    days = [point.on for i in lesion_ids for point in series_of(history, lesion_id=i).points]
    first, last = window or full_window(days or [dt.date.min])
    shown = [
        course.value
        for course in history.courses
        if course.value.start_on.toordinal() < last
        and (course.value.stop_on is None or course.value.stop_on.toordinal() >= first)
    ]
    bands = len(shown) * chart_bands.row_height(text_size)
    return plot_height + bands + 8.0 * text_size


def _empty(width: float, height: float, text_size: float) -> Chart:
    plot = Rect(0.0, 0.0, width, height)
    sentence = _("No confirmed visit yet. The curve begins with the first one.")
    return Chart(width, height, text_size, plot, (0.0, 1.0), empty=sentence)


def _area_ticks(
    all_series: tuple[Series, ...], *, height: float, text_size: float
) -> tuple[float, ...]:
    highest = max(
        (
            (point.size_cm2 or 0.0) + NORMAL_95 * point.area_cm2_sd
            for series in all_series
            for point in series.points
        ),
        default=0.0,
    )
    count = max(2, int(height * PLOT_SHARE / (2.0 * text_size)))
    return value_ticks(highest if highest > 0 else 1.0, count=min(count, 6))


def _frame(
    courses: tuple[Stored[TherapyCourse], ...],
    *,
    size: tuple[float, float],
    text_size: float,
    window: tuple[float, float],
    values: tuple[float, ...],
    bwat: bool,
    legend_rows: int,
    plot_share: float,
) -> tuple[Frame, list[list[Stored[TherapyCourse]]], float]:
    """The frame, the rows of bands that find room, and where the first one begins."""
    width, height = size
    widest = max(text_width(_value_text(v, values), size=text_size) for v in values)
    left = widest + 0.9 * text_size
    right = width - (2.4 * text_size if bwat else 1.0 * text_size)
    top = (2.3 + 1.6 * legend_rows) * text_size
    dates = 2.0 * text_size
    sketch = Frame(Rect(left, top, right, height), window, values[-1])
    rows = chart_bands.rows_of(courses, frame=sketch, text_size=text_size)
    each = chart_bands.row_height(text_size)
    room = (1 - plot_share) * height - dates
    if len(rows) * each > room:
        rows = rows[: max(0, int((room - 1.4 * text_size) // each))]
    hidden = _hidden(courses, rows, sketch)
    below = len(rows) * each + (1.4 * text_size if hidden else 0.0)
    bottom = height - dates - below - 0.4 * text_size
    plot = Rect(left, top, right, max(bottom, top + text_size))
    return Frame(plot, window, values[-1]), rows, plot.bottom + dates


def _hidden(
    courses: tuple[Stored[TherapyCourse], ...],
    rows: list[list[Stored[TherapyCourse]]],
    frame: Frame,
) -> int:
    """How many courses of the period found no room."""
    all_rows = chart_bands.rows_of(courses, frame=frame, text_size=1.0)
    return sum(map(len, all_rows)) - sum(map(len, rows))


def _assembled(
    history: PatientHistory,
    all_series: tuple[Series, ...],
    *,
    frame: Frame,
    rows: list[list[Stored[TherapyCourse]]],
    bands_top: float,
    size: tuple[float, float],
    text_size: float,
    values: tuple[float, ...],
    bwat: bool,
    legend: tuple[tuple[Label, ...], tuple[Sample, ...]],
) -> Chart:
    courses = tuple(course.value for course in history.courses)
    parts = [
        marks_of(series, frame=frame, style=style, courses=courses, with_bwat=bwat)
        for series, style in zip(all_series, styles_of(len(all_series)), strict=True)
    ]
    labels = list(legend[0])
    hidden = _hidden(history.courses, rows, frame)
    if hidden:
        note = ngettext("and {count} more therapy", "and {count} more therapies", hidden)
        labels.append(Label(frame.plot.left, size[1] - 0.4 * text_size, note.format(count=hidden)))
    return Chart(
        width=size[0],
        height=size[1],
        text_size=text_size,
        plot=frame.plot,
        window=frame.window,
        axes=_axes(frame, values=values, bwat=bwat, text_size=text_size),
        lines=tuple(line for _marks, lines in parts for line in lines),
        marks=tuple(mark for marks, _lines in parts for mark in marks),
        bands=chart_bands.bands_of(
            rows, frame=frame, top=bands_top, text_size=text_size,
            palette=chart_bands.palette_of(history.courses),
            sessions=chart_bands.session_days(history.sessions),
        ),
        labels=tuple(labels),
        samples=legend[1],
    )  # fmt: skip


def _axes(
    frame: Frame, *, values: tuple[float, ...], bwat: bool, text_size: float
) -> tuple[Axis, ...]:
    plot = frame.plot
    room = max(2, int((plot.right - plot.left) / (6.5 * text_size)))
    days, written = date_ticks(frame.window, count=room)
    bottom = Axis("bottom", "", tuple(Tick(frame.x(day), written(day)) for day in days))
    areas = tuple(Tick(frame.y(value), _value_text(value, values)) for value in values)
    left = Axis("left", _("Area, cm²"), areas)
    if not bwat:
        return bottom, left
    step = 10 if (plot.bottom - plot.top) > 8 * text_size else 20
    totals = tuple(Tick(frame.bwat_y(n), number(n, decimals=0)) for n in range(10, 61, step))
    return bottom, left, Axis("right", _("BWAT"), totals)


def _value_text(value: float, values: tuple[float, ...]) -> str:
    return number(value, decimals=decimals_of(values[1] - values[0]))


def axis_date(chart: Chart, x: float) -> dt.date:
    """The day at a place of the chart."""
    first, last = chart.window
    share = (x - chart.plot.left) / (chart.plot.right - chart.plot.left)
    return dt.date.fromordinal(math.floor(first + share * (last - first) + 0.5))
