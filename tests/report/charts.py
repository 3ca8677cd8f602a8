"""Charts of histories made by hand, and what tests read off them."""

import datetime as dt
from collections.abc import Sequence

from tests.histories import FIRST_ON, history_of, stored
from woundtrack.context.types import AnalgesicUse, ClinicalEvent, EventKind, LabResult
from woundtrack.records import PatientHistory
from woundtrack.report.chart import chart_of
from woundtrack.report.chart_choice import AreaScale, ChartChoice
from woundtrack.report.chart_data import ChartData, chart_data
from woundtrack.report.chart_hits import Opens
from woundtrack.report.chart_strokes import Text, strokes_of
from woundtrack.report.chart_types import Axis, Chart, Mark, Spot

RADII = [2.6, 2.5, "bedside", 2.2, "none", 1.7, 0.6, "closed"]
BWAT = [44, 42, 40, None, 36, 30, 20, 13]
AREAS = ChartChoice(("area",))
LOG = ChartChoice(("area",), AreaScale.LOG)
PERCENT = ChartChoice(("area",), AreaScale.PERCENT)


def day(days: int) -> dt.date:
    """Days after the first visit."""
    return FIRST_ON + dt.timedelta(days=days)


def every_kind() -> PatientHistory:
    """Eight visits of every kind, two courses."""
    return history_of(RADII, bwat=BWAT)


def data_of(history: PatientHistory, lesion_ids: Sequence[int] = ()) -> ChartData:
    """What the charts of these lesions are drawn from."""
    return chart_data(history, lesion_ids=lesion_ids)


def draw(
    history: PatientHistory,
    choice: ChartChoice = AREAS,
    *,
    lesion_ids: Sequence[int] = (),
    width: float = 720,
    height: float | None = 340,
    text_size: float = 13.0,
    window: tuple[float, float] | None = None,
) -> Chart:
    """The chart of these lesions, of all where none is named."""
    return chart_of(
        data_of(history, lesion_ids), choice=choice, width=width, height=height,
        text_size=text_size, window=window,
    )  # fmt: skip


def left_axes(chart: Chart) -> list[Axis]:
    """The axes of the panes, from top to bottom."""
    return [axis for axis in chart.axes if axis.side == "left"]


def value_at(chart: Chart, y: float, *, pane: int = 0) -> float:
    """The value that a linear axis gives to a place."""
    ticks = left_axes(chart)[pane].ticks
    low, high = ticks[0], ticks[-1]
    below, above = float(low.text), float(high.text)
    return below + (y - low.at) / (high.at - low.at) * (above - below)


def of_lane(chart: Chart, lane: int) -> list[Spot]:
    """The spots of a pane, of the events or of a row of bands."""
    return [spot for spot in chart.spots if spot.lane == lane]


def visits(chart: Chart, *, lane: int = 0) -> list[Spot]:
    """The spots of visits in a pane."""
    return [spot for spot in of_lane(chart, lane) if spot.hit.opens is Opens.VISIT]


def mark_at(chart: Chart, spot: Spot) -> Mark:
    """The mark at a spot."""
    return next(mark for mark in chart.marks if (mark.x, mark.y) == (spot.x, spot.y))


def marks(chart: Chart, *, lane: int = 0) -> list[Mark]:
    """The marks of the visits of a pane."""
    return [mark_at(chart, spot) for spot in visits(chart, lane=lane)]


def texts(chart: Chart) -> list[str]:
    """Every text painted."""
    return [stroke.text for stroke in strokes_of(chart) if isinstance(stroke, Text)]


def lab(number: int, on: dt.date, analyte: str, value: float, unit: str, **more: object) -> object:
    """A laboratory result as stored."""
    return stored(LabResult(1, on, analyte, value, unit, **more), number)  # type: ignore[arg-type]


def event(number: int, kind: EventKind, on: dt.date, **more: object) -> object:
    """An event as stored."""
    return stored(ClinicalEvent(1, kind, on, **more), number)  # type: ignore[arg-type]


def use(number: int, drug: str, start: dt.date, stop: dt.date | None, **more: object) -> object:
    """An analgesic as stored."""
    return stored(AnalgesicUse(1, drug, start, stop, **more), number)  # type: ignore[arg-type]
