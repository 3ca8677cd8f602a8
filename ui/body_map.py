"""The clickable body, front and back: sites light up, lesions stand as lettered dots."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui import theme
from ui.body_dots import MapLesion
from ui.body_paths import lines_path, silhouette_path
from woundtrack.anatomy import drawing
from woundtrack.anatomy.places import Region, regions_at, side_of_half, site_at
from woundtrack.anatomy.sites import place_name, side_name
from woundtrack.records import BodyView, Sex, Side, SiteClass
from woundtrack.words import _

DOT_PX = 11.0
BESIDE_PX = 2.2 * DOT_PX
"""How far a dot is moved that would hide another."""
CLASS_COLOURS: dict[SiteClass, str] = {
    SiteClass.CENTRAL: theme.OKABE_ITO[5],
    SiteClass.PERIPHERAL: theme.OKABE_ITO[0],
    SiteClass.ACRAL: theme.OKABE_ITO[2],
    SiteClass.GENITAL: theme.OKABE_ITO[3],
    SiteClass.BREAST: "#8a5200",
    SiteClass.UNCLASSIFIED: "#6b6b6b",
}


def _touch(one: QPointF, other: QPointF) -> bool:
    gap = one - other
    return gap.x() ** 2 + gap.y() ** 2 < (1.5 * DOT_PX) ** 2


class BodyMap(QWidget):
    """Front and back side by side. Choosing a site or a lesion is announced, not decided."""

    site_chosen = Signal(str, object, object, float, float)
    """site key, Side, BodyView, x, y (0..1 of the drawing)."""
    lesion_chosen = Signal(int)

    def __init__(self, *, picking: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picking = picking
        self._sex = Sex.UNKNOWN
        self._lesions: tuple[MapLesion, ...] = ()
        self._active: int | None = None
        self._hover: tuple[str, Side, BodyView] | None = None
        self._marked: tuple[str, Side] | None = None
        self._mark: tuple[BodyView, float, float] | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("Body map"))

    def set_sex(self, sex: Sex) -> None:
        """Offer the genital sites of this administrative sex."""
        self._sex = sex

    def set_lesions(self, lesions: tuple[MapLesion, ...], *, active: int | None = None) -> None:
        """Show these dots; `active` is drawn larger."""
        self._lesions, self._active = lesions, active
        self.update()

    def set_marked(
        self, place: tuple[str, Side] | None, point: tuple[BodyView, float, float] | None = None
    ) -> None:
        """Light up a chosen site and side, with a cross at the chosen point."""
        self._marked, self._mark = place, point
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.grid(36), theme.grid(44))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.grid(24), theme.grid(20))

    def frame_of(self, view: BodyView) -> QRectF:
        """Where a view's drawing lies in the widget, in its px."""
        top, bottom = self._line_px() * 1.4, self._line_px() * 1.3
        height = max(1.0, self.height() - top - bottom)
        width = min(self.width() / 2, height * drawing.WIDTH / drawing.HEIGHT)
        height = width * drawing.HEIGHT / drawing.WIDTH
        middle = self.width() * (0.25 if view is BodyView.FRONT else 0.75)
        # Both drawings draw towards each other where there is room to spare, beneath them too.
        half = max(width * 0.55, self._sides_px(view) / 2 + theme.grid())
        shift = min(0.0, half - self.width() * 0.25)
        middle += -shift if view is BodyView.FRONT else shift
        return QRectF(middle - width / 2, top + (self.height() - top - bottom - height) / 2,
                      width, height)  # fmt: skip

    def point_px(self, view: BodyView, x: float, y: float) -> QPointF:
        """The widget px of a point of the drawing."""
        frame = self.frame_of(view)
        return QPointF(frame.x() + x * frame.width(), frame.y() + y * frame.height())

    def _line_px(self) -> int:
        return self.fontMetrics().height()

    def _sides_px(self, view: BodyView) -> int:
        """How wide the names of both sides are beside each other."""
        names = "".join(side_name(side_of_half(view, sign)) for sign in (-1, 1))
        return self.fontMetrics().horizontalAdvance(names) + theme.grid(2)

    def _unit_at(self, position: QPointF) -> tuple[BodyView, float, float] | None:
        for view in BodyView:
            frame = self.frame_of(view)
            if frame.contains(position):
                x = (position.x() - frame.x()) / frame.width()
                return view, x, (position.y() - frame.y()) / frame.height()
        return None

    def _site_under(self, position: QPointF) -> tuple[str, Side, BodyView, float, float] | None:
        where = self._unit_at(position)
        if where is None or not silhouette_path(where[0]).contains(QPointF(where[1], where[2])):
            return None
        view, x, y = where
        found = site_at(view, x, y, sex=self._sex)
        return (*found, view, x, y) if found else None

    def places(self) -> dict[int, QPointF]:
        """Where each lesion's dot stands, in px: at its point, or right of those that are there.

        One that ended keeps its point, beneath the others.
        """
        found: dict[int, QPointF] = {}
        for lesion in sorted(self._lesions, key=lambda each: each.ended):
            at = self.point_px(lesion.view, lesion.x, lesion.y)
            while not lesion.ended and any(_touch(at, other) for other in found.values()):
                at += QPointF(BESIDE_PX, 0)
            found[lesion.id] = at
        return found

    def _lesion_under(self, position: QPointF) -> MapLesion | None:
        places = self.places()
        for lesion in sorted(self._lesions, key=self._level, reverse=True):
            gap = places[lesion.id] - position
            if gap.x() ** 2 + gap.y() ** 2 <= (DOT_PX + 2) ** 2:
                return lesion
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        site = self._site_under(event.position())
        hover = (site[0], site[1], site[2]) if site and self._picking else None
        lesion = self._lesion_under(event.position())
        pointing = lesion is not None or hover is not None
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if pointing else Qt.CursorShape.ArrowCursor
        )
        if hover != self._hover:
            self._hover = hover
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = None
        self.update()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        lesion = self._lesion_under(event.position())
        if lesion is not None:
            self.lesion_chosen.emit(lesion.id)
            return
        site = self._site_under(event.position())
        if site is not None and self._picking:
            self.site_chosen.emit(*site)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self._lesions:
            super().keyPressEvent(event)
            return
        ids = [lesion.id for lesion in self._lesions]
        at = ids.index(self._active) if self._active in ids else -1 if step > 0 else 0
        self.lesion_chosen.emit(ids[(at + step) % len(ids)])

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            position = QPointF(event.pos())
            lesion = self._lesion_under(position)
            site = self._site_under(position)
            text = lesion.hint if lesion else place_name(site[0], site[1]) if site else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for view in BodyView:
            self._paint_view(painter, view)
        places = self.places()
        for lesion in sorted(self._lesions, key=self._level):
            self._paint_lesion(painter, lesion, places[lesion.id])
        if self._mark is not None:
            self._paint_mark(painter, self.point_px(*self._mark))
        self._paint_names(painter)
        painter.end()

    def _paint_view(self, painter: QPainter, view: BodyView) -> None:
        colours = theme.tokens()
        frame = self.frame_of(view)
        place = QTransform.fromTranslate(frame.x(), frame.y()).scale(frame.width(), frame.height())
        body = place.map(silhouette_path(view))
        fill = theme.mixed(colours.surface, colours.muted, 0.16)
        line = theme.mixed(colours.surface, colours.muted, 0.62)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(fill))
        painter.drawPath(body)
        for lit, share in self._lit(view):
            painter.save()
            painter.setClipPath(body)
            painter.setBrush(QColor(theme.mixed(fill, colours.accent, share)))
            painter.drawPolygon(place.map(QPolygonF([QPointF(*p) for p in lit.points])))
            painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.mixed(fill, line, 0.75)), 1.0))
        painter.drawPath(place.map(lines_path(view)))
        painter.setPen(QPen(QColor(line), 1.3))
        painter.drawPath(body)

    def _lit(self, view: BodyView) -> list[tuple[Region, float]]:
        lit: list[tuple[Region, float]] = []
        if self._marked is not None:
            lit += [(region, 0.55) for region in regions_at(*self._marked, view)]
        if self._hover is not None and self._hover[2] is view:
            lit += [(region, 0.35) for region in regions_at(*self._hover)]
        return lit

    def _level(self, lesion: MapLesion) -> tuple[bool, bool]:
        """What lies above what: the chosen one uppermost, beneath all what ended."""
        return lesion.id == self._active, not lesion.ended

    def _paint_lesion(self, painter: QPainter, lesion: MapLesion, centre: QPointF) -> None:
        colours = theme.tokens()
        active = lesion.id == self._active
        radius = DOT_PX + (2 if active else 0)
        colour = QColor(CLASS_COLOURS[lesion.site_class])
        painter.setPen(QPen(QColor(colours.surface), 2))
        painter.setBrush(QColor(colours.text if active else colours.surface))
        painter.drawEllipse(centre, radius + 2.5, radius + 2.5)
        hollow = lesion.closed or lesion.ended
        if lesion.ended:
            painter.setPen(QPen(QColor(colours.muted), 1.5, Qt.PenStyle.DotLine))
        else:
            painter.setPen(QPen(colour, 2))
        painter.setBrush(QColor(colours.surface) if hollow else colour)
        painter.drawEllipse(centre, radius, radius)
        painter.setFont(theme.font(bold=not lesion.ended))
        written = colours.muted if lesion.ended else colours.text
        painter.setPen(QColor(written if hollow else theme.ink_on(colour.name())))
        box = QRectF(centre.x() - 2 * radius, centre.y() - radius, 4 * radius, 2 * radius)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, lesion.label[:2])

    def _paint_mark(self, painter: QPainter, centre: QPointF) -> None:
        painter.setPen(QPen(QColor(theme.tokens().text), 2))
        for dx, dy in ((7, 0), (0, 7)):
            painter.drawLine(centre - QPointF(dx, dy), centre + QPointF(dx, dy))

    def _paint_names(self, painter: QPainter) -> None:
        colours = theme.tokens()
        painter.setFont(theme.font())
        line = self._line_px()
        for view, name in ((BodyView.FRONT, _("front view")), (BodyView.BACK, _("back view"))):
            frame = self.frame_of(view)
            painter.setPen(QColor(colours.muted))
            wide = max(frame.width(), painter.fontMetrics().horizontalAdvance(name) + 2)
            left = frame.center().x() - wide / 2
            top = QRectF(left, frame.y() - line * 1.3, wide, line * 1.2)
            painter.drawText(top, Qt.AlignmentFlag.AlignHCenter, name)
            sides = [side_name(side_of_half(view, sign)) for sign in (-1, 1)]
            # Under the body where both names fit there, else as wide as they need.
            inset = min(frame.width() * 0.14, (frame.width() - self._sides_px(view)) / 2)
            under = QRectF(frame.x() + inset, frame.bottom() + 2, frame.width() - 2 * inset,
                           line * 1.2)  # fmt: skip
            painter.drawText(under, Qt.AlignmentFlag.AlignLeft, sides[0])
            painter.drawText(under, Qt.AlignmentFlag.AlignRight, sides[1])
        if self._hover is not None:
            self._paint_hover_name(painter, self._hover)

    def _paint_hover_name(self, painter: QPainter, hover: tuple[str, Side, BodyView]) -> None:
        colours = theme.tokens()
        text = place_name(hover[0], hover[1])
        width = painter.fontMetrics().horizontalAdvance(text) + theme.grid(2)
        frame = self.frame_of(hover[2])
        left = max(0.0, min(self.width() - width, frame.center().x() - width / 2))
        box = QRectF(left, frame.y() - self._line_px() * 1.35, width, self._line_px() * 1.3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(colours.on_accent))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
