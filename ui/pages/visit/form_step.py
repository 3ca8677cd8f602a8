"""Step 4: the Bates-Jensen form by keyboard, one tab a lesion, and what the bedside adds."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from ui import icons, theme
from ui.pages.visit.bedside import BedsideForm
from ui.pages.visit.score_panel import ScorePanel
from ui.pages.visit.session import VisitSession
from ui.pages.visit.sizes import size_proposal
from ui.pages.visit.tissue_offers import NO_OFFER, TISSUE_ITEMS, tissue_offers
from ui.widgets.form import Choice as ComboChoice
from ui.widgets.score_row import Choice, ScoreRow
from woundtrack import words
from woundtrack.anatomy.sites import place_name
from woundtrack.instruments import bwat
from woundtrack.records import Assessment, BwatForm, SizeMethod
from woundtrack.words import _

SAME_KEY = "="
PANEL_WIDTH = 376
WIDEST_PANEL = 1.4
"""How much wider the panel grows with the text, so that the rows keep their room."""


class FormStep(QWidget):
    """Thirteen digits and Enter; every change is kept at once."""

    done_with_last = Signal()

    def __init__(self, session: VisitSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._lesion_ids: list[int] = []
        self._showing = False
        self.tabs = QTabBar(documentMode=True, expanding=False, drawBase=False)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.tabs.currentChanged.connect(lambda _index: self._on_tab())
        self.rows = [self._row(index) for index in range(len(bwat.BWAT.items))]
        self.shape = ComboChoice([("", ""), *((key, _(label)) for key, label in bwat.SHAPES)])
        self.shape.currentIndexChanged.connect(lambda _index: self._take_shape())
        self.same = QPushButton(icons.icon("copy"), "")
        self.same.clicked.connect(self.copy_previous)
        self.same.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        shortcut = QShortcut(QKeySequence(SAME_KEY), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.copy_previous)
        self.panel = ScorePanel()
        self.panel.chosen.connect(self._answer_current)
        self.bedside = BedsideForm()
        self.bedside.changed.connect(self._take_bedside)
        self._build()
        session.changed.connect(self.refresh)

    def _row(self, index: int) -> ScoreRow:
        item = bwat.BWAT.items[index]
        choices = [Choice(option.score, _(option.label)) for option in item.options]
        row = ScoreRow(f"{index + 1}  {_(item.label)}", choices)
        row.answered.connect(lambda value: self._take_answer(index, value))
        row.next_wanted.connect(lambda: self._go_to(index + 1))
        row.moved.connect(lambda by: self._go_to(index + by))
        row.focused.connect(lambda: self._explain(index))
        return row

    def _build(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(theme.grid(2), theme.grid(), theme.grid(2), 0)
        page.setSpacing(theme.grid())
        top = QHBoxLayout()
        top.addWidget(self.tabs, 1)
        top.addWidget(self.same)
        page.addLayout(top)
        body = QHBoxLayout()
        body.setSpacing(theme.grid(2))
        body.addWidget(_scrolled(self._rows_column()), 1)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, theme.grid(), 0)
        column.setSpacing(theme.grid(1.5))
        column.addWidget(self.panel)
        column.addWidget(theme.label(_("At the bedside"), role="heading"))
        column.addWidget(self.bedside)
        column.addStretch(1)
        scrolled = _scrolled(side)
        scrolled.setFixedWidth(
            round(PANEL_WIDTH * min(1.4, theme.zoom_in_force(theme.application())))
        )
        body.addWidget(scrolled)
        page.addLayout(body, 1)

    def _rows_column(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for row in self.rows:
            column.addWidget(row)
        line = QHBoxLayout()
        line.setContentsMargins(theme.grid(), theme.grid(), 0, 0)
        line.setSpacing(theme.grid())
        line.addWidget(theme.label(_("Shape (not scored)")))
        line.addWidget(self.shape)
        line.addStretch(1)
        column.addLayout(line)
        credit = theme.label(_(bwat.BWAT.credit), role="muted")
        credit.setWordWrap(True)
        credit.setContentsMargins(theme.grid(), theme.grid(), 0, 0)
        column.addWidget(credit)
        column.addStretch(1)
        return holder

    # -- which lesion

    @property
    def lesion_id(self) -> int | None:
        """The lesion whose form is shown."""
        index = self.tabs.currentIndex()
        return self._lesion_ids[index] if 0 <= index < len(self._lesion_ids) else None

    def show_lesion(self, lesion_id: int | None) -> None:
        """Show a lesion's form, or the first one's, and begin at its first open item."""
        self.refresh()
        if lesion_id in self._lesion_ids:
            self.tabs.setCurrentIndex(self._lesion_ids.index(lesion_id))
        elif self._lesion_ids:
            self.tabs.setCurrentIndex(0)
        self.start()

    def start(self) -> None:
        """Put the keyboard on the first item without an answer."""
        blank = next((row for row in self.rows if row.value is None), self.rows[0])
        blank.setFocus()

    def next_lesion(self) -> bool:
        """Go on to the next lesion; False after the last.

        Where there are photos, lesions of which nothing is noted today are passed over: the
        confirmation names them.
        """
        state = self._session.state
        for index in range(self.tabs.currentIndex() + 1, len(self._lesion_ids)):
            if state and (not state.photos or state.has_findings(self._lesion_ids[index])):
                self.tabs.setCurrentIndex(index)
                self.start()
                return True
        return False

    def _on_tab(self) -> None:
        self.refresh()

    # -- showing

    def refresh(self) -> None:
        """Show the state."""
        state = self._session.state
        if state is None:
            return
        self._refresh_tabs()
        if self.lesion_id is None:
            self.setEnabled(False)
            return
        self.setEnabled(True)
        self._showing = True
        assessment = state.assessment(self.lesion_id)
        for row, score in zip(self.rows, assessment.bwat.scores, strict=True):
            row.read_only = state.locked
            row.set_value(score)
        proposal = size_proposal(state, self.lesion_id)
        self.rows[0].set_proposed(proposal.score, proposal.note)
        offers = tissue_offers(self._session.tissue.bed_of_lesion(self.lesion_id))
        for index in TISSUE_ITEMS:
            offer = offers.get(index, NO_OFFER)
            self.rows[index].set_proposed(offer.score, offer.note, hint=offer.hint)
        self.shape.set_value(assessment.bwat.shape)
        self.shape.setEnabled(not state.locked)
        self.bedside.show_assessment(assessment, read_only=state.locked)
        self.panel.show_form(assessment.bwat, closed=assessment.size_method is SizeMethod.CLOSED)
        self._refresh_same()
        self._showing = False

    def _refresh_tabs(self) -> None:
        state = self._session.state
        assert state is not None
        ids = [lesion.id for lesion in state.lesions]
        if ids != self._lesion_ids:
            self._lesion_ids = ids
            blocked = self.tabs.blockSignals(True)
            while self.tabs.count():
                self.tabs.removeTab(0)
            for lesion in state.lesions:
                place = place_name(lesion.value.site, lesion.value.side)
                self.tabs.addTab(f"{lesion.value.label} · {place}")
            self.tabs.blockSignals(blocked)
        for index, lesion in enumerate(state.lesions):
            complete = bwat.total(state.assessment(lesion.id).bwat) is not None
            closed = state.assessment(lesion.id).size_method is SizeMethod.CLOSED
            icon = icons.icon("check", tone="ok") if complete or closed else icons.NONE
            self.tabs.setTabIcon(index, icon)

    def _refresh_same(self) -> None:
        state, lesion_id = self._session.state, self.lesion_id
        previous = state.previous.get(lesion_id) if state and lesion_id else None
        self.same.setVisible(previous is not None and state is not None and not state.locked)
        if previous:
            self.same.setText(
                _("Same as on {date}").format(date=words.date(previous.on)) + f"   {SAME_KEY}"
            )

    def _explain(self, index: int) -> None:
        state = self._session.state
        previous = None
        if state and self.lesion_id in state.previous:
            previous = state.previous[self.lesion_id].assessment.bwat.scores[index]
        self.panel.show_item(index, chosen=self.rows[index].value, previous=previous)

    # -- taking answers

    def _current(self) -> Assessment | None:
        state, lesion_id = self._session.state, self.lesion_id
        return state.assessment(lesion_id) if state and lesion_id is not None else None

    def _keep(self, value: Assessment) -> None:
        if self.lesion_id is not None and not self._showing:
            self._session.set_assessment(self.lesion_id, value)

    def _take_answer(self, index: int, score: int | None) -> None:
        if current := self._current():
            scores = list(current.bwat.scores)
            scores[index] = score
            self._keep(replace(current, bwat=self._form(current, tuple(scores))))
            self._explain(index)

    def _form(self, current: Assessment, scores: tuple[int | None, ...]) -> BwatForm:
        """The form with these scores; its place is the lesion's own."""
        state = self._session.state
        lesion = state.lesion(current.lesion_id) if state else None
        place = f"{lesion.value.site} {lesion.value.side}" if lesion else ""
        return replace(current.bwat, scores=scores, location=place)

    def _answer_current(self, index: int, score: int) -> None:
        self.rows[index].answer(score)
        self._go_to(index + 1)

    def _take_shape(self) -> None:
        if (current := self._current()) and not self._showing:
            self._keep(replace(current, bwat=replace(current.bwat, shape=self.shape.value())))

    def _take_bedside(self) -> None:
        if current := self._current():
            self._keep(self.bedside.taken_into(current))

    def copy_previous(self) -> None:
        """The last visit's answers, item 1 from today's size where there is one.

        Pain, signs of infection and sizes are asked anew at every visit.
        """
        state, lesion_id = self._session.state, self.lesion_id
        current = self._current()
        if state is None or current is None or lesion_id not in state.previous or state.locked:
            return
        before = state.previous[lesion_id].assessment
        proposal = size_proposal(state, lesion_id)
        scores = list(before.bwat.scores)
        if proposal.score is not None:
            scores[0] = proposal.score
        form = replace(self._form(current, tuple(scores)), shape=before.bwat.shape)
        self._keep(replace(current, bwat=form, dressing=current.dressing or before.dressing))
        self.rows[-1].setFocus()

    def _go_to(self, index: int) -> None:
        if 0 <= index < len(self.rows):
            self.rows[index].setFocus()


def _scrolled(widget: QWidget) -> QScrollArea:
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    return area
