"""A lesion's series as marks and lines."""

from dataclasses import dataclass

from woundtrack.healing.series import Point, Series
from woundtrack.records import SizeMethod, TherapyCourse
from woundtrack.report.chart_frame import Frame, clipped
from woundtrack.report.chart_types import ACCENT, MUTED, Hit, Line, Mark, PointXY, Shape
from woundtrack.words import NORMAL_95

BEDSIDE_DASH = (2.0, 3.0)
BWAT_DASH = (5.0, 3.0)


@dataclass(frozen=True, slots=True)
class Style:
    """How one lesion is drawn."""

    colour: str
    shape: Shape


def marks_of(
    series: Series,
    *,
    frame: Frame,
    style: Style,
    courses: tuple[TherapyCourse, ...],
    with_bwat: bool,
) -> tuple[list[Mark], list[Line]]:
    """Every mark and line of a lesion that lies in the frame."""
    marks = []
    for point in series.points:
        hit = Hit(series.lesion_id, series.label, point, courses)
        marks.append(_size_mark(point, frame=frame, style=style, hit=hit))
        if with_bwat and point.bwat is not None:
            marks.append(_bwat_mark(point, frame=frame, style=style, hit=hit))
    lines = _lines(marks, frame=frame, style=style)
    return [mark for mark in marks if frame.shows(mark.x)], lines


def _size_mark(point: Point, *, frame: Frame, style: Style, hit: Hit) -> Mark:
    x = frame.x(point.on)
    method = point.method
    if method is SizeMethod.TRACED and point.area_cm2 is not None:
        half = NORMAL_95 * point.area_cm2_sd
        low = frame.y(max(0.0, point.area_cm2 - half)) if half > 0 else None
        high = frame.y(point.area_cm2 + half) if half > 0 else None
        y = frame.y(point.area_cm2)
        return Mark(x, y, style.shape, style.colour, True, method, hit, low, high)
    if method is SizeMethod.BEDSIDE and point.product_cm2 is not None:
        y = frame.y(point.product_cm2)
        return Mark(x, y, style.shape, style.colour, False, method, hit)
    if method is SizeMethod.CLOSED:
        return Mark(x, frame.y(0.0), Shape.RING, style.colour, True, method, hit)
    return Mark(x, frame.y(0.0), Shape.CROSS, style.colour, False, method, hit)


def _bwat_mark(point: Point, *, frame: Frame, style: Style, hit: Hit) -> Mark:
    y = frame.bwat_y(float(point.bwat or 0))
    colour = MUTED if style.colour == ACCENT else style.colour
    return Mark(frame.x(point.on), y, Shape.TRIANGLE, colour, False, None, hit)


def _lines(marks: list[Mark], *, frame: Frame, style: Style) -> list[Line]:
    """One line for each method: never from a traced area to a bedside product."""
    traced = _joined(marks, (SizeMethod.TRACED, SizeMethod.CLOSED))
    bedside = _joined(marks, (SizeMethod.BEDSIDE,))
    bwat = _joined(marks, (None,))
    bwat_colour = MUTED if style.colour == ACCENT else style.colour
    drawn = (
        (bwat, bwat_colour, BWAT_DASH, 1.0),
        (bedside, style.colour, BEDSIDE_DASH, 1.2),
        (traced, style.colour, (), 1.8),
    )
    return [
        Line(tuple(part), colour, dash, width)
        for points, colour, dash, width in drawn
        for part in clipped(points, left=frame.plot.left, right=frame.plot.right)
    ]


def _joined(marks: list[Mark], methods: tuple[SizeMethod | None, ...]) -> list[PointXY]:
    return [(mark.x, mark.y) for mark in marks if mark.method in methods]
