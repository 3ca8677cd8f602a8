"""Step 1: bring the photos in, and say which wounds each of them shows."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui import icons, theme
from ui.pages.visit.checks import scale_warnings, way_to_measure
from ui.pages.visit.desk import ImportDesk
from ui.pages.visit.import_panel import ImportPanel
from ui.pages.visit.photo_card import PhotoCard
from ui.pages.visit.retake import Retakes
from ui.pages.visit.session import VisitSession
from ui.pages.visit.state import VisitState
from ui.pages.visit.thumbs import Thumbnails
from ui.photo_chooser import PhotoChooser
from ui.widgets.flow import FlowLayout
from woundtrack.photo.remarks import REMARKS
from woundtrack.photo.view import proposed_view
from woundtrack.records import PhotoView, Stored, VisitPhoto
from woundtrack.words import _


class PhotosStep(QWidget):
    """The drop zone while there is no photo, else the photos as cards."""

    opened = Signal(int)

    def __init__(
        self,
        session: VisitSession,
        desk: ImportDesk,
        thumbnails: Thumbnails,
        chooser: PhotoChooser | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._chooser = chooser or PhotoChooser()
        self._session = session
        self._desk = desk
        self._thumbnails = thumbnails
        self._cards: dict[int, PhotoCard] = {}
        self._shown: dict[int, object] = {}
        self._retakes = Retakes(session.album.proposals.is_waiting)
        self.panel = ImportPanel(desk, visit_on=lambda: session.state.on if session.state else None)
        self.empty = self._empty_state()
        self._grid_holder = QWidget()
        self._grid = FlowLayout(self._grid_holder, gap=theme.grid(1.5))
        self.add_button = theme.button(_("Add photos…"), icon=icons.icon("image-plus"))
        self.add_button.clicked.connect(self.choose_files)
        self.hint = theme.label(role="muted")
        self._build()
        session.changed.connect(self.refresh)
        session.visit_known.connect(self.panel.refresh)  # its day is an answer to a question
        thumbnails.ready.connect(lambda _name: self._show_pictures())

    def _build(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.grid(2), theme.grid(2), theme.grid(2), theme.grid(2))
        column.setSpacing(theme.grid(1.5))
        column.addWidget(self.panel)
        column.addWidget(self.empty, 100)
        self._tools = QWidget()
        line = QHBoxLayout(self._tools)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.hint, 1)
        line.addWidget(self.add_button)
        column.addWidget(self._tools)
        column.addWidget(self._grid_holder)
        column.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self._area = area
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(area)

    def _empty_state(self) -> QWidget:
        zone = QFrame()
        zone.setProperty("dropzone", True)
        column = QVBoxLayout(zone)
        column.setSpacing(theme.grid(1.5))
        column.setContentsMargins(theme.grid(4), theme.grid(6), theme.grid(4), theme.grid(6))
        middle = Qt.AlignmentFlag.AlignHCenter
        picture = theme.label()
        picture.setPixmap(icons.icon("images", tone="muted").pixmap(56, 56))
        column.addStretch(1)
        column.addWidget(picture, 0, middle)
        column.addWidget(theme.label(_("Drop today’s photos here"), role="title"), 0, middle)
        words = theme.label(
            _("From the camera’s card, a folder or a phone. The originals stay where they are."),
            role="muted",
        )
        column.addWidget(words, 0, middle)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        files = theme.primary(QPushButton(_("Choose photos…")))
        files.clicked.connect(self.choose_files)
        folder = theme.button(_("Choose a folder…"), icon=icons.icon("folder-open"))
        folder.clicked.connect(self.choose_folder)
        buttons.addWidget(files)
        buttons.addWidget(folder)
        buttons.addStretch(1)
        column.addLayout(buttons)
        note = theme.label(
            _("No photo today? Give the visit its date above and go on to the form."),
            role="muted",
        )
        column.addWidget(note, 0, middle)
        column.addStretch(1)
        return zone

    # -- bringing in

    def showEvent(self, event: QShowEvent) -> None:
        """Photos are about to come."""
        super().showEvent(event)
        self._desk.run.get_ready()

    def choose_files(self) -> None:
        """Ask for photo files and import them."""
        if chosen := self._chooser.files(self):
            self._desk.import_files(chosen)

    def choose_folder(self) -> None:
        """Ask for a folder and import its photos."""
        if chosen := self._chooser.folder(self):
            self._desk.import_files(chosen)

    # -- showing

    def refresh(self) -> None:
        """Show the photos of the state."""
        state = self._session.state
        if state is None:
            return
        if list(self._cards) != [photo.id for photo in state.photos]:
            self._rebuild(state)
            if self.hasFocus():  # the keyboard waits here: the first photo may have its letter
                QTimer.singleShot(0, self, self.start)
        in_photo: dict[int, set[int]] = {}
        for photo_id, lesion_id in state.cells():
            in_photo.setdefault(photo_id, set()).add(lesion_id)
        remarks = self._retakes.remarks(self._session.history, state)
        for number, photo in enumerate(state.photos, 1):
            present = in_photo.get(photo.id, set())
            told = tuple(remarks.get(photo.id, ()))
            self._show_card(state, photo, number=number, present=present, told=told)
        busy = self._desk.run.running or bool(self._desk.lines)
        self.empty.setVisible(not state.photos and not busy)
        self._tools.setVisible(bool(state.photos) or busy)
        self.add_button.setEnabled(not state.locked)
        self.hint.setText(self._hint(state))
        self._show_pictures()

    def _show_card(
        self,
        state: VisitState,
        photo: Stored[VisitPhoto],
        *,
        number: int,
        present: set[int],
        told: tuple[str, ...],
    ) -> None:
        """Show one photo, unless its card shows just that already."""
        status = self._status(state, photo.id)
        lesions = [(lesion.id, lesion.value.label) for lesion in state.lesions]
        view = photo.value.view or self._proposed_view(state, photo)
        shown = (photo, number, status, present, lesions, state.locked, told, view)
        if self._shown.get(photo.id) == shown:
            return
        self._shown[photo.id] = shown
        card = self._cards[photo.id]
        card.show_photo(photo, number=number, status=status)
        card.state.tip = "\n".join(scale_warnings(state, photo.id))
        card.show_view(view, told=photo.value.view is not None, read_only=state.locked)
        card.show_remarks([REMARKS[code] for code in told])
        card.show_lesions(state.lesions, present=present, read_only=state.locked)

    def _proposed_view(self, state: VisitState, photo: Stored[VisitPhoto]) -> PhotoView | None:
        """By the wounds drawn in it, else by the one that the program found there."""
        drawn = [outline for cell in state.cells(photo.id) if (outline := state.outline(cell))]
        found = self._session.album.proposed.get(photo.id)
        outlines = drawn or ([found] if found else [])
        return proposed_view(photo.value.photo, outlines, scale=state.scale(photo.id))

    def _rebuild(self, state: VisitState) -> None:
        ids = [photo.id for photo in state.photos]
        for photo_id in [key for key in self._cards if key not in ids]:
            card = self._cards.pop(photo_id)
            self._shown.pop(photo_id, None)
            self._grid.removeWidget(card)
            card.hide()  # so that the keyboard is given on, not lost with the card
            card.deleteLater()
        for photo_id in ids:
            if photo_id not in self._cards:
                self._cards[photo_id] = self._card(photo_id)
        if list(self._cards) != ids:
            self._cards = {photo_id: self._cards[photo_id] for photo_id in ids}
            self._grid.sort(list(self._cards.values()))

    def _card(self, photo_id: int) -> PhotoCard:
        card = PhotoCard(photo_id)
        card.lesion_toggled.connect(self._session.set_lesion_in_photo)
        card.removed.connect(self._session.album.remove_photo)
        card.opened.connect(self.opened)
        card.answered.connect(self._focus_after)
        card.view_told.connect(lambda key, view: self._session.album.keep(key, view=view))
        self._grid.addWidget(card)
        return card

    def _status(self, state: VisitState, photo_id: int) -> str:
        if self._session.album.proposals.is_waiting(photo_id):
            return _("looking for scale and wound…")
        decided = state.photo_scale(photo_id)
        if decided is None:
            return _("no scale found yet")
        if scale_warnings(state, photo_id):
            return _("scale found, please check")
        return _("scale found") if decided.scale else _("no scale, on purpose")

    def _hint(self, state: VisitState) -> str:
        unassigned = [photo for photo in state.photos if not state.cells(photo.id)]
        if not state.lesions and state.resting and not state.locked:
            return _("All wounds of this patient are closed. Is one open again? Take it up above.")
        if not state.lesions:
            return _("This patient has no open wound yet. Add one on the patient’s page.")
        if unassigned and not state.locked:
            return _("Say which wound each photo shows: click its letter, or type it.")
        return next(filter(None, (way_to_measure(state, each.id) for each in state.photos)), "")

    def _show_pictures(self) -> None:
        state = self._session.state
        for photo in state.photos if state else ():
            if photo.id in self._cards:
                pixmap = self._thumbnails.get(photo.value.vault_name)
                self._cards[photo.id].picture.set_pixmap(pixmap)

    def card(self, photo_id: int) -> PhotoCard | None:
        """The card of a photo."""
        return self._cards.get(photo_id)

    def start(self) -> None:
        """Put the keyboard on the first photo whose wounds are not said, if any."""
        state = self._session.state
        for photo in state.photos if state else ():
            if state and not state.cells(photo.id) and photo.id in self._cards:
                self._cards[photo.id].setFocus()
                return
        self.setFocus()

    def _focus_after(self, photo_id: int) -> None:
        ids = list(self._cards)
        rest = ids[ids.index(photo_id) + 1 :]
        if rest:
            self._cards[rest[0]].setFocus()
            self._area.ensureWidgetVisible(self._cards[rest[0]])
