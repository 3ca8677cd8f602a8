"""The body map in print: the same drawing as the window's, as vectors, with each lesion's dot."""

from collections.abc import Sequence
from typing import Any

from woundtrack.anatomy import drawing
from woundtrack.anatomy.places import side_of_half
from woundtrack.anatomy.sites import side_name
from woundtrack.records import BodyView
from woundtrack.report import fonts
from woundtrack.report import pdf_styles as look
from woundtrack.report.content_summary import MapMark
from woundtrack.report.labels import BODY_VIEWS
from woundtrack.words import _

HEIGHT = 172.0
"""Points."""
_TEXT = 7.5
_DOT = 5.6
_BODY, _LINE = "#e9edf0", "#9aa7b3"


def body_map(marks: Sequence[MapMark]) -> Any:
    """Front and back side by side, sides named from the patient."""
    from reportlab.platypus import Flowable

    class BodyMap(Flowable):  # type: ignore[misc]
        """Two bodies with the lesions' letters."""

        def wrap(self, _available_width: float, _available_height: float) -> tuple[float, float]:
            return 2 * _width(), HEIGHT

        def draw(self) -> None:
            for place, view in enumerate(BodyView):
                self.canv.saveState()
                self.canv.translate(place * _width(), 0)
                _draw_view(self.canv, view, [mark for mark in marks if mark.view is view])
                self.canv.restoreState()

    return BodyMap()


def _scale() -> float:
    """Points a unit of the drawing; the names of the view and of its sides stand above, below."""
    return (HEIGHT - 2 * 1.5 * _TEXT) / drawing.HEIGHT


def _width() -> float:
    return drawing.WIDTH * _scale() + 14.0


def _at(offset: float, down: float) -> tuple[float, float]:
    """A point of the drawing in points of one body's frame."""
    return _width() / 2 + offset * _scale(), HEIGHT - 1.5 * _TEXT - down * _scale()


def _draw_view(canvas: Any, view: BodyView, marks: Sequence[MapMark]) -> None:
    from reportlab.lib.colors import HexColor

    canvas.setLineJoin(1)
    canvas.setFillColor(HexColor(_BODY))
    canvas.setStrokeColor(HexColor(_LINE))
    canvas.setLineWidth(0.8)
    _draw_curve(canvas, drawing.silhouette(view), closed=True)
    canvas.setLineWidth(0.5)
    for line in drawing.inner_lines(view):
        _draw_curve(canvas, line, closed=False)
    canvas.setFillColor(HexColor(look.SOFT))
    middle = _width() / 2
    top = (middle, HEIGHT - _TEXT)
    fonts.draw(canvas, top, _(BODY_VIEWS[view]), size=_TEXT, anchor="middle")
    fonts.draw(canvas, (middle - 8, 1), side_name(side_of_half(view, -1)), size=_TEXT, anchor="end")
    fonts.draw(canvas, (middle + 8, 1), side_name(side_of_half(view, 1)), size=_TEXT)
    for mark, (x, y) in zip(marks, _apart(marks), strict=True):
        _draw_mark(canvas, mark, x, y)


def _apart(marks: Sequence[MapMark]) -> list[tuple[float, float]]:
    """Where the dots are drawn: at their places, one below the other where they would touch."""
    placed: list[tuple[float, float]] = []
    for mark in marks:
        x, y = _at(*drawing.from_unit(mark.x, mark.y))
        while any(abs(x - a) < 2 * _DOT and abs(y - b) < 2 * _DOT for a, b in placed):
            y -= _DOT / 2
        placed.append((x, y))
    return placed


def _draw_mark(canvas: Any, mark: MapMark, x: float, y: float) -> None:
    from reportlab.lib.colors import HexColor, white

    canvas.setLineWidth(1.1)
    canvas.setStrokeColor(HexColor(look.ACCENT) if mark.hollow else white)
    canvas.setFillColor(white if mark.hollow else HexColor(look.ACCENT))
    canvas.circle(x, y, _DOT, stroke=1, fill=1)
    canvas.setFillColor(HexColor(look.INK) if mark.hollow else white)
    fonts.draw(canvas, (x, y - 2.6), mark.label[:2], size=7.2, bold=True, anchor="middle")


def _draw_curve(canvas: Any, points: drawing.Points, *, closed: bool) -> None:
    """The curve through the points, as the window draws it."""
    spots = tuple(_at(*point) for point in points)
    path = canvas.beginPath()
    path.moveTo(*spots[0])
    for first, second, end in drawing.beziers(spots, closed=closed):
        path.curveTo(*first, *second, *end)
    if closed:
        path.close()
    canvas.drawPath(path, stroke=1, fill=1 if closed else 0)
