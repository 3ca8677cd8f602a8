"""The healing chart of a patient's lesions: areas, scores, pain, laboratory and analgesics in
panes over one time axis, and beneath it what happened and which therapies ran.

Built again for each size and period: it is pure. Text is in the language in force.
"""

import datetime as dt
from collections.abc import Sequence

from woundtrack.report import chart_bands, chart_events
from woundtrack.report.chart_axes import axes_of
from woundtrack.report.chart_choice import USUAL, ChartChoice
from woundtrack.report.chart_curves import PaneView
from woundtrack.report.chart_data import ChartData
from woundtrack.report.chart_events import Happening
from woundtrack.report.chart_headings import ROW_IN_TEXTS, Heading
from woundtrack.report.chart_layout import Layout, Sheet, events_heading, full_window, layout_of
from woundtrack.report.chart_panes import panes_of
from woundtrack.report.chart_place import Placed, placed
from woundtrack.report.chart_types import Chart, Label, Rect
from woundtrack.words import _, ngettext


def chart_of(
    data: ChartData,
    *,
    choice: ChartChoice = USUAL,
    width: float,
    height: float | None = None,
    plot_height: float = 112.0,
    text_size: float = 13.0,
    window: tuple[float, float] | None = None,
    corner: tuple[float, float] = (0.0, 0.0),
) -> Chart:
    """The chart in this size; without a height it is as high as all its therapies need.

    `window` is the first and last day shown, as ordinals; without it all that is shown is.
    `plot_height` is that of the areas where no height is given; others are lower.
    `corner` is kept free at the upper right, across and down.
    """
    panes = panes_of(data, choice)
    if not panes:
        return _empty(width, height or plot_height, text_size)
    found = chart_events.happenings(data)
    sheet = Sheet(
        width, height, plot_height, text_size, window or _whole(data, panes, found), corner
    )
    layout = layout_of(data, panes, found, sheet=sheet)
    return _assembled(data, panes, layout, text_size=text_size)


def whole_window(
    data: ChartData,
    choice: ChartChoice,
    *,
    from_on: dt.date | None = None,
    to_on: dt.date | None = None,
) -> tuple[float, float]:
    """The period of all that a choice shows, as ordinals; of a part of it where that is named."""
    panes, found = panes_of(data, choice), chart_events.happenings(data)
    return _whole(data, panes, found, from_on or dt.date.min, to_on or dt.date.max)


def _whole(
    data: ChartData,
    panes: Sequence[PaneView],
    found: Sequence[Happening],
    from_on: dt.date = dt.date.min,
    to_on: dt.date = dt.date.max,
) -> tuple[float, float]:
    """From the first to the last of visits, values and events. What lasts, as therapies and
    analgesics do, counts only where there is nothing else.
    """
    days = [point.on for point in data.points]
    days += [v.on for pane in panes for c in pane.curves if not c.stepped for v in c.values]
    days += [each.on for each in found]
    lasting = [v.on for pane in panes for c in pane.curves for v in c.values]
    inside = [day for day in days or lasting if from_on <= day <= to_on]
    return full_window(inside or [dt.date.min + dt.timedelta(days=30)])


def _empty(width: float, height: float, text_size: float) -> Chart:
    plot = Rect(0.0, 0.0, width, height)
    sentence = _("No confirmed visit yet. The curve begins with the first one.")
    return Chart(width, height, text_size, plot, (0.0, 1.0), empty=sentence)


def _assembled(
    data: ChartData, panes: Sequence[PaneView], layout: Layout, *, text_size: float
) -> Chart:
    whole = Placed()
    lanes: list[Rect] = []
    for pane, frame, heading in zip(panes, layout.frames, layout.headings, strict=True):
        _add(whole, placed(pane, frame=frame, lane=len(lanes), text_size=text_size))
        _head(whole, heading)
        lanes.append(frame.plot)
    _place_events(whole, layout, lanes, text_size)
    bands, spots = chart_bands.drawn(
        data, layout.bands, frame=layout.frames[0], top=layout.bands_top,
        text_size=text_size, lane=len(lanes),
    )  # fmt: skip
    each = chart_bands.row_height(text_size)
    plot = layout.plot
    for i in range(len(layout.bands)):
        top = layout.bands_top + i * each
        lanes.append(Rect(plot.left, top, plot.right, top + each))
    if layout.hidden:
        note = ngettext("and {count} more therapy", "and {count} more therapies", layout.hidden)
        y = layout.height - 0.4 * text_size
        whole.labels.append(Label(plot.left, y, note.format(count=layout.hidden)))
    return Chart(
        width=layout.width,
        height=layout.height,
        text_size=text_size,
        plot=plot,
        window=layout.frames[0].window,
        axes=axes_of(layout.frames, layout.ticks, text_size=text_size),
        areas=tuple(whole.areas),
        lines=tuple(whole.lines),
        marks=tuple(whole.marks),
        bands=tuple(bands),
        labels=tuple(whole.labels),
        spots=(*whole.spots, *spots),
        lanes=tuple(lanes),
    )


def _place_events(whole: Placed, layout: Layout, lanes: list[Rect], text_size: float) -> None:
    lane = layout.events
    if not lane.rows:
        return
    heading = events_heading(lane, width=layout.width, text_size=text_size, top=layout.events_top)
    _head(whole, heading)
    top = layout.events_top + heading.rows * ROW_IN_TEXTS * text_size
    marks, lines, labels, spots = chart_events.drawn(
        lane, frame=layout.frames[0], top=top, text_size=text_size, number=len(lanes)
    )
    _add(whole, Placed(lines=lines, marks=marks, labels=labels, spots=spots))
    bottom = top + len(lane.rows) * chart_events.ROW_IN_TEXTS * text_size
    lanes.append(Rect(layout.plot.left, top, layout.plot.right, bottom))


def _add(whole: Placed, part: Placed) -> None:
    whole.areas += part.areas
    whole.lines += part.lines
    whole.marks += part.marks
    whole.spots += part.spots
    whole.labels += part.labels


def _head(whole: Placed, heading: Heading) -> None:
    whole.labels += heading.labels
    whole.marks += heading.marks
    whole.lines += heading.lines
