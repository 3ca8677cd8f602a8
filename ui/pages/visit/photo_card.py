"""One photo of the visit as a card: picture, time, and which wounds it shows."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui import icons, theme
from ui.photo_view import ViewButton
from ui.widgets.elided import ElidedLabel
from ui.widgets.flow import FlowLayout
from woundtrack import words
from woundtrack.photo.remarks import Remark
from woundtrack.records import Lesion, PhotoView, Stored, VisitPhoto
from woundtrack.words import _

PICTURE_PX = QSize(232, 168)


class Picture(QWidget):
    """A picture that fills its frame with rounded corners, cropped to its middle."""

    def __init__(self, size: QSize = PICTURE_PX, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixmap = QPixmap()
        self.setFixedSize(size)

    def set_pixmap(self, pixmap: QPixmap | None) -> None:
        """Show this picture, or a blank."""
        if pixmap is not None and pixmap.cacheKey() != self._pixmap.cacheKey():
            self._pixmap = pixmap
            self.update()

    def paintEvent(self, event: object) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        frame = QRectF(self.rect())
        path = QPainterPath()
        path.addRoundedRect(frame, 6, 6)
        painter.setClipPath(path)
        painter.fillRect(frame, QColor(theme.tokens().hover))
        if not self._pixmap.isNull():
            self._fill(painter, frame)
        painter.end()

    def _fill(self, painter: QPainter, frame: QRectF) -> None:
        factor = max(frame.width() / self._pixmap.width(), frame.height() / self._pixmap.height())
        width, height = self._pixmap.width() * factor, self._pixmap.height() * factor
        target = QRectF((frame.width() - width) / 2, (frame.height() - height) / 2, width, height)
        painter.drawPixmap(target, self._pixmap, QRectF(self._pixmap.rect()))


class PhotoCard(QFrame):
    """A photo with its lesions as buttons; a letter typed on it puts a lesion in or out."""

    lesion_toggled = Signal(int, int, bool)
    opened = Signal(int)
    removed = Signal(int)
    answered = Signal(int)
    view_told = Signal(int, object)
    """What the photo takes in: a PhotoView, or None."""

    def __init__(self, photo_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.photo_id = photo_id
        self.setProperty("card", "true")
        self._asks = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        edge = theme.grid()
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.grid(0.5))
        self.picture = Picture()
        column.addWidget(self.picture)
        line = QHBoxLayout()
        self.title = theme.label()
        self.remove = theme.icon_button(
            icons.icon("trash-2"), _("Take this photo out of the visit (it goes to the bin)")
        )
        self.remove.clicked.connect(lambda: self.removed.emit(photo_id))
        self.view = ViewButton()
        self.view.view_told.connect(lambda view: self.view_told.emit(photo_id, view))
        line.addWidget(self.title, 1)
        line.addWidget(self.view)
        line.addWidget(self.remove)
        column.addLayout(line)
        self.state = ElidedLabel(role="muted")
        column.addWidget(self.state)
        self.remark = ElidedLabel(role="warning")
        kept = self.remark.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # the letters below stay where they are
        self.remark.setSizePolicy(kept)
        self.remark.hide()
        column.addWidget(self.remark)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, gap=theme.grid(0.5))
        self._buttons: dict[int, QPushButton] = {}
        column.addWidget(self._chips)
        self.setFixedWidth(PICTURE_PX.width() + 2 * edge + 2)

    def show_photo(self, photo: Stored[VisitPhoto], *, number: int, status: str) -> None:
        """Show its number, time and status."""
        taken_at = photo.value.photo.taken_at
        time = words.time_of_day(taken_at) if taken_at else ""
        name = _("Photo {number}").format(number=number)
        self.title.setText(f"{name}  ·  {time}" if time else name)
        self.state.setText(status)
        self.setAccessibleName(name)

    def show_view(self, view: PhotoView | None, *, told: bool, read_only: bool) -> None:
        """Show whether it is an overview or a close-up, as it was told or as it is proposed."""
        self.view.show_view(view, told=told)
        self.view.setEnabled(not read_only)

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Show in one line what to do better, the worst first, and all of it in the tip."""
        sentences = [_(remark.sentence) for remark in remarks]
        text = _(remarks[0].short) if remarks else ""
        if len(remarks) > 1:
            text = _("{remark} (+{count})").format(remark=text, count=len(remarks) - 1)
        self.remark.setText(text)
        self.remark.setVisible(bool(remarks))
        self.picture.setToolTip("\n".join(sentences))
        self.remark.tip = "\n".join(sentences)
        self.setAccessibleDescription(" ".join(sentences))

    def show_lesions(
        self, lesions: tuple[Stored[Lesion], ...], *, present: set[int], read_only: bool
    ) -> None:
        """Show which of the patient's lesions are in the photo."""
        if list(self._buttons) != [lesion.id for lesion in lesions]:
            for button in self._buttons.values():
                self._flow.removeWidget(button)
                button.deleteLater()
            self._buttons = {lesion.id: self._chip(lesion) for lesion in lesions}
        for lesion_id, button in self._buttons.items():
            blocked = button.blockSignals(True)
            button.setChecked(lesion_id in present)
            button.blockSignals(blocked)
            button.setEnabled(not read_only)
        self.remove.setEnabled(not read_only)
        self._asks = bool(lesions) and not present
        self._frame(self.hasFocus())

    def _chip(self, lesion: Stored[Lesion]) -> QPushButton:
        button = QPushButton(lesion.value.label)
        button.setCheckable(True)
        button.setProperty("toggle", True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setFixedWidth(theme.grid(5))
        button.setToolTip(
            _("Wound {label} is in this photo (key {label})").format(label=lesion.value.label)
        )
        button.toggled.connect(
            lambda on, key=lesion.id: self.lesion_toggled.emit(self.photo_id, key, on)
        )
        self._flow.addWidget(button)
        return button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().upper()
        for button in self._buttons.values():
            if letter and button.text() == letter and button.isEnabled():
                button.toggle()
                self.answered.emit(self.photo_id)
                return
        if event.key() == Qt.Key.Key_Delete:
            self.removed.emit(self.photo_id)
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        del event
        self.opened.emit(self.photo_id)

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        self._frame(True)

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self._frame(False)

    def _frame(self, focused: bool) -> None:
        theme.retone(self, "card", "chosen" if focused else "asking" if self._asks else "true")
