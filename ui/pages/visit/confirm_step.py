"""Step 5: everything at a glance, what lacks, what warns, and one button to make it the record."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui import icons, theme
from ui.pages.visit import checks, pictures
from ui.pages.visit.checks import STEP_NAMES, Step
from ui.pages.visit.findings import lesion_lines, patient_lines
from ui.pages.visit.photo_card import Picture
from ui.pages.visit.session import VisitSession
from ui.pages.visit.state import Cell, VisitState, counting_cell
from ui.pages.visit.thumbs import Thumbnails
from ui.photo_editor.scene import lesion_colour
from ui.widgets.banner import Banner
from ui.widgets.form import card, clear_layout
from woundtrack import words
from woundtrack.anatomy.sites import place_name
from woundtrack.records import Stored, User
from woundtrack.words import _

PICTURE = QSize(208, 156)
PAGE_WIDTH = 880


class ConfirmStep(QWidget):
    """The page read before confirming, and printed afterwards; `step_wanted` goes back to what
    lacks."""

    step_wanted = Signal(int)
    print_wanted = Signal()
    confirm_wanted = Signal(str)

    def __init__(
        self,
        session: VisitSession,
        thumbnails: Thumbnails,
        user: Stored[User],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._thumbnails = thumbnails
        self._user = user
        self.waiting = 0
        holder = QWidget()
        outer = QHBoxLayout(holder)
        outer.setContentsMargins(theme.grid(2), theme.grid(2), theme.grid(2), theme.grid(2))
        self._page = QWidget()
        self._page.setMaximumWidth(PAGE_WIDTH)
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.grid(1.5))
        outer.addStretch(1)
        outer.addWidget(self._page, 20)
        outer.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(holder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(area, 1)
        self.button = theme.primary(QPushButton())
        self.button.clicked.connect(self.confirm)
        self.print_button = theme.button(_("Print this visit…"), icon=icons.icon("printer"))
        self.print_button.clicked.connect(self.print_wanted)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("Why is this corrected?"))
        self.reason.textChanged.connect(lambda _text: self._refresh_button())
        layout.addWidget(self._make_foot())
        session.changed.connect(self.refresh)
        thumbnails.ready.connect(lambda _name: self.refresh())

    def _make_foot(self) -> QWidget:
        foot = QWidget(self)
        row = QHBoxLayout(foot)
        row.setContentsMargins(theme.grid(2), theme.grid(), theme.grid(2), theme.grid())
        self.who = theme.label(role="muted")
        self.who.setWordWrap(True)
        row.addWidget(self.who, 1)
        row.addWidget(self.reason, 1)
        row.addWidget(self.print_button)
        row.addWidget(self.button)
        return foot

    # -- acting

    @property
    def can_confirm(self) -> bool:
        """Whether the button may be pressed: nothing contradicts, and a correction has a reason."""
        state = self._session.state
        if state is None or state.locked or self._session.clinic.read_only:
            return False
        if state.visit is None:  # nothing noted yet, or its record is just being made
            return False
        if state.correcting and not self.reason.text().strip():
            return False
        return not checks.contradictions(state)

    def confirm(self) -> None:
        """Ask for the confirmation, or point to what stands in its way."""
        if self.can_confirm:
            self.confirm_wanted.emit(self.reason.text().strip())
        elif not self.reason.isHidden():
            self.reason.setFocus()

    def start(self) -> None:
        """The step is shown: the keyboard stands on the reason or the button, where they are."""
        self.refresh()
        ready = [
            each for each in (self.reason, self.button) if not each.isHidden() and each.isEnabled()
        ]
        (ready[0] if ready else self).setFocus()  # Enter confirms from anywhere on the page

    # -- showing

    def refresh(self) -> None:
        """Show the state anew."""
        state = self._session.state
        if state is None or not self.isVisible():
            return
        clear_layout(self._column)
        for text in checks.contradictions(state) if not state.locked else []:
            self._column.addWidget(Banner(text, tone="danger"))
        self._add_missing(state)
        for lesion in state.lesions:
            if state.has_findings(lesion.id):
                self._column.addWidget(self._lesion_card(state, lesion.id))
        self._add_answers(state)
        if unseen := checks.not_seen_today(state):
            text = _("Not noted at this visit: {lesions}.").format(lesions=", ".join(unseen))
            self._column.addWidget(theme.label(text, role="muted"))
        warnings = checks.warnings(state)
        if warnings and not state.locked:
            self._column.addWidget(Banner("\n".join(warnings), tone="warning"))
        self._column.addStretch(1)
        self._refresh_button()

    def _refresh_button(self) -> None:
        state = self._session.state
        if state is None:
            return
        name = self._user.value.name
        correcting = state.correcting
        label = _("Confirm the correction") if correcting else _("Confirm as {name}")
        self.button.setText(label.format(name=name))
        self.button.setEnabled(self.can_confirm)
        self.button.setVisible(not state.locked)
        self.print_button.setVisible(state.confirmed and not correcting)
        self.reason.setVisible(correcting)
        if state.locked:
            self.who.setText(_("This visit is confirmed.") if state.confirmed else "")
        else:
            self.who.setText(
                _("Confirmed findings become the record; later corrections keep this version.")
            )

    def _add_missing(self, state: VisitState) -> None:
        if state.locked:
            return
        for step in (Step.PHOTOS, Step.SCALE, Step.OUTLINE, Step.FORM):
            lacking = checks.report(state, step, waiting=self.waiting).missing
            if not lacking:
                continue
            text = _("{step}: {missing}").format(
                step=_(STEP_NAMES[step]), missing=_("still missing") + " " + words.apart(lacking)
            )
            go = (_("Go there"), lambda step=step: self.step_wanted.emit(int(step)))
            self._column.addWidget(Banner(text, tone="neutral", actions=[go]))

    def _add_answers(self, state: VisitState) -> None:
        """What the patient answered, in a card like those of the lesions."""
        if not (lines := patient_lines(state)):
            return
        frame, column = card(margins=1.5)
        column.addWidget(theme.label(_("The patient"), role="heading"))
        column.addWidget(QLabel("\n".join(lines), wordWrap=True))
        self._column.addWidget(frame)

    def _lesion_card(self, state: VisitState, lesion_id: int) -> QWidget:
        frame, column = card(margins=1.5)
        row = QHBoxLayout()
        row.setSpacing(theme.grid(2))
        cell = counting_cell(state, lesion_id) or next(
            (cell for cell in state.cells() if cell[1] == lesion_id), None
        )
        if cell is not None:
            picture = Picture(PICTURE)
            picture.set_pixmap(self._picture(state, cell))
            row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._words(state, lesion_id), 1)
        column.addLayout(row)
        return frame

    def _words(self, state: VisitState, lesion_id: int) -> QVBoxLayout:
        lesion = state.lesion(lesion_id)
        assert lesion is not None
        text = QVBoxLayout()
        text.setSpacing(theme.grid(0.5))
        place = place_name(lesion.value.site, lesion.value.side)
        text.addWidget(theme.label(f"{lesion.value.label} · {place}", role="heading"))
        for line, role in lesion_lines(state, lesion_id):
            label = QLabel(line, wordWrap=True)
            label.setProperty("role", role)
            text.addWidget(label)
        text.addStretch(1)
        return text

    def _picture(self, state: VisitState, cell: Cell) -> QPixmap | None:
        """The wound with its outline: near, where the pixels are at hand, else the thumbnail."""
        stored, outline = state.photo(cell[0]), state.outline(cell)
        if stored is None:
            return None
        position = [lesion.id for lesion in state.lesions].index(cell[1])
        pixels = self._session.pixels.get(cell[0])
        if pixels is not None and outline is not None:
            return pictures.near(pixels, outline, lesion_colour(position), size=PICTURE)
        pixmap = self._thumbnails.get(stored.value.vault_name)
        if pixmap is None or outline is None:
            return pixmap
        factor = pixmap.width() / stored.value.photo.width_px
        return pictures.outlined(pixmap, outline, lesion_colour(position), factor=factor)
