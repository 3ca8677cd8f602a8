"""Paints one photo of the strip: picture, day, size, change, and the keys of its therapies."""

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QIcon,
    QImage,
    QPainter,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import chart_painting, icons, theme
from ui.models.timeline import Moved, StripPhoto, Under
from ui.photo_view import BADGE_PX, view_badge
from woundtrack import words
from woundtrack.records import PhotoView
from woundtrack.report.chart_strokes import Path, Stroke, hatch_lines
from woundtrack.report.chart_types import HATCHES, OKABE_ITO, Hatch, Rect
from woundtrack.words import _

PHOTO_ROLE = Qt.ItemDataRole.UserRole + 1
PICTURE_ROLE = Qt.ItemDataRole.UserRole + 2
MARK_ROLE = Qt.ItemDataRole.UserRole + 3
THUMBNAIL_PX = QSize(132, 99)
COMPACT_PX = QSize(88, 66)
LINES = 3
_KEY_IN_LINES = (1.15, 0.52)
"""Width and height of a therapy's key, in heights of a line of text."""


class StripDelegate(QStyledItemDelegate):
    """Knows which lesion is in view and since when changes are told."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lesion_id: int | None = None
        self.since_first = True
        self.picture_px = THUMBNAIL_PX

    def item_size(self, font: QFont) -> QSize:
        """The room of one photo, at a font."""
        metrics, half = QFontMetrics(font), theme.grid(0.5)
        text = metrics.horizontalAdvance(f"A {words.area(128.8, 4.0)} ")  # no ± is cut off
        wide = max(self.picture_px.width(), text)
        high = self.picture_px.height() + LINES * metrics.height() + _key_size(metrics).height()
        return QSize(wide + 2 * theme.grid(), high + 2 * theme.grid() + 2 * half)

    def sizeHint(
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return self.item_size(option.font)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        photo: StripPhoto = index.data(PHOTO_ROLE)
        picture: QImage | None = index.data(PICTURE_ROLE)
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = current and bool(option.state & QStyle.StateFlag.State_HasFocus)
        pad = theme.grid()
        painter.save()
        _paint_ground(painter, option.rect, current=current, focused=focused)
        inside = option.rect.adjusted(pad, pad, -pad, -pad)
        box = QRect(inside.topLeft(), self.picture_px)
        _paint_picture(painter, box, picture)
        if photo.view is not None:
            _paint_view(painter, box, photo.view, told=photo.view_told)
        if index.data(MARK_ROLE):
            _paint_mark(painter, box)
        line = option.fontMetrics.height()
        row = QRect(inside.left(), box.bottom() + 1 + theme.grid(0.5), inside.width(), line)
        self._paint_lines(painter, row, photo, option.font, current=current)
        keys = row.translated(0, LINES * line + theme.grid(0.5))
        keys.setHeight(_key_size(option.fontMetrics).height())
        _paint_keys(painter, keys, _key_size(option.fontMetrics), photo)
        painter.restore()

    def _paint_lines(
        self, painter: QPainter, row: QRect, photo: StripPhoto, font: QFont, *, current: bool
    ) -> None:
        tokens, unders = theme.tokens(), photo.under(self.lesion_id)
        alone = len(unders) == 1 and self.lesion_id is not None
        _line(painter, row, photo.day, font=font, bold=current, colour=tokens.text)
        row = row.translated(0, row.height())
        sized = any(under.sized for under in unders)
        size = " · ".join(_named(under, under.size, alone) for under in unders)
        colour = tokens.text if sized else tokens.muted
        _line(painter, row, size or _("no lesion named"), font=font, bold=False, colour=colour)
        row = row.translated(0, row.height())
        moved = [(under, self._moved(under)) for under in unders]
        told = [(under, change) for under, change in moved if change is not None]
        text = " · ".join(_named(under, change.arrowed, alone) for under, change in told)
        sure = any(change.change.beyond_error for _under, change in told)
        colour = tokens.text if sure else tokens.muted
        _line(painter, row, text, font=font, bold=sure, colour=colour)

    def _moved(self, under: Under) -> Moved | None:
        return under.first if self.since_first else under.last


def _named(under: Under, text: str, alone: bool) -> str:
    return text if alone else f"{under.label} {text}"


def _line(
    painter: QPainter, row: QRect, text: str, *, font: QFont, bold: bool, colour: str
) -> None:
    if not text:
        return
    shown = QFont(font)
    shown.setBold(bold)
    painter.setFont(shown)
    painter.setPen(QColor(colour))
    fitted = QFontMetrics(shown).elidedText(text, Qt.TextElideMode.ElideRight, row.width())
    painter.drawText(row, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, fitted)


def _paint_ground(painter: QPainter, rect: QRect, *, current: bool, focused: bool) -> None:
    if not current:
        return
    tokens = theme.tokens()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(tokens.accent_soft))
    pen = QPen(QColor(tokens.accent), 2) if focused else QPen(Qt.PenStyle.NoPen)
    painter.setPen(pen)
    painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), 6, 6)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _paint_picture(painter: QPainter, box: QRect, picture: QImage | None) -> None:
    """The whole photo in its frame, upright as it is stored; a sign where it cannot be read."""
    tokens = theme.tokens()
    painter.fillRect(box, QColor(tokens.hover))
    if picture is not None and picture.isNull():
        side = box.height() // 3
        sign = QRect(0, 0, side, side)
        sign.moveCenter(box.center())
        icons.icon("image", tone="muted").paint(painter, sign, mode=QIcon.Mode.Disabled)
    elif picture is not None:
        size = picture.size() / painter.device().devicePixelRatio()
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(box.center())
        painter.drawImage(place, picture)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QColor(tokens.border))
    painter.drawRect(box.adjusted(0, 0, -1, -1))


def _paint_view(painter: QPainter, box: QRect, view: PhotoView, *, told: bool) -> None:
    badge = view_badge(view, told=told, ratio=painter.device().devicePixelRatio())
    painter.drawPixmap(box.right() - BADGE_PX - 2, box.top() + 4, badge)


def _paint_mark(painter: QPainter, box: QRect) -> None:
    """A frame in the accent's colour, and a tick in its corner."""
    tokens = theme.tokens()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(tokens.accent), 3))
    painter.drawRect(box.adjusted(1, 1, -2, -2))
    corner = QRect(box.left(), box.top(), BADGE_PX + 2, BADGE_PX + 2)
    painter.fillRect(corner, QColor(tokens.accent))
    icons.icon("check", tone="on_accent").paint(painter, corner.adjusted(3, 3, -3, -3))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _key_size(metrics: QFontMetrics) -> QSize:
    wide, high = _KEY_IN_LINES
    return QSize(round(wide * metrics.height()), round(high * metrics.height()))


def _paint_keys(painter: QPainter, row: QRect, key_px: QSize, photo: StripPhoto) -> None:
    """The bands' colours and patterns; where there is no room for all, how many more."""
    step, ratio = key_px.width() + theme.grid(0.5), painter.device().devicePixelRatio()
    room = max(1, (row.width() + theme.grid(0.5)) // step)
    count = len(photo.therapies)
    shown = count if count <= room else room - 1
    for number, key in enumerate(photo.therapies[:shown]):
        swatch = _swatch(key.place, theme.is_dark(), ratio, key_px.width(), key_px.height())
        painter.drawPixmap(row.left() + number * step, row.top(), swatch)
    if shown < count:
        font = QFont(painter.font())
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(QColor(theme.tokens().muted))
        rest = row.adjusted(shown * step, -theme.grid(0.5), 0, theme.grid(0.5))
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, f"+{count - shown}")


@lru_cache(maxsize=64)
def _swatch(place: int, _dark: bool, ratio: float, wide: int, high: int) -> QPixmap:
    """A piece of the chart's band."""
    made = QPixmap(round(wide * ratio), round(high * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(QColor(theme.tokens().surface))
    rect = Rect(0.5, 0.5, wide - 0.5, high - 0.5)
    colour, hatch = OKABE_ITO[place], HATCHES[place]
    corners = (
        (rect.left, rect.top), (rect.right, rect.top),
        (rect.right, rect.bottom), (rect.left, rect.bottom),
    )  # fmt: skip
    step = high * (0.3 if hatch is Hatch.DENSE else 0.5)
    strokes: list[Stroke] = [Path(corners, colour, 1.0, colour, 0.45, closed=True)]
    strokes += [Path(line, colour, 1.2) for line in hatch_lines(rect, hatch, step=step)]
    painter = QPainter(made)
    chart_painting.paint_strokes(painter, strokes, colours=chart_painting.palette())
    painter.end()
    return made
