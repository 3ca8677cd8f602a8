"""Step 4: the chosen instruments by keyboard, one tab a lesion, and what the bedside adds."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from ui import icons, theme
from ui.pages.visit.answers import answered, rest_as_before
from ui.pages.visit.bedside import BedsideForm
from ui.pages.visit.form_column import FormColumn
from ui.pages.visit.instrument_choice import InstrumentChoice
from ui.pages.visit.offers import Offers, offers_of
from ui.pages.visit.patient_scores import PatientScores, VisitKeeper
from ui.pages.visit.score_panel import ScorePanel
from ui.pages.visit.session import VisitSession
from ui.settings import Settings
from ui.widgets.down_scroll import DownScroll
from ui.widgets.form import Choice as ComboChoice
from ui.widgets.score_line import SAME_KEY
from ui.widgets.score_row import ScoreRow
from woundtrack import words
from woundtrack.anatomy.sites import place_name
from woundtrack.instruments.bwat import BWAT, SHAPES
from woundtrack.instruments.forms import missing_of, scores_of
from woundtrack.instruments.types import Instrument
from woundtrack.records import Assessment, SizeMethod
from woundtrack.words import _

PANEL_WIDTH = 376
WIDEST_PANEL = 1.4
"""How much wider the panel grows with the text, so that the rows keep their room."""


class FormStep(QWidget):
    """A digit an item and Enter; every change is kept at once."""

    def __init__(self, session: VisitSession, *, settings: Settings | None = None) -> None:
        super().__init__()
        self._session = session
        self._lesion_ids: list[int] = []
        self._showing = False
        self._offers: Offers = {}
        self.tabs = QTabBar(documentMode=True, expanding=False, drawBase=False)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.tabs.currentChanged.connect(lambda _index: self._on_tab())
        self.choice = InstrumentChoice(settings)
        self.choice.changed.connect(self.refresh)
        self.column = FormColumn()
        self.column.answered.connect(self._take_answer)
        self.column.focused.connect(self._explain)
        self.shape = ComboChoice([("", ""), *((key, _(label)) for key, label in SHAPES)])
        self.shape.currentIndexChanged.connect(lambda _index: self._take_shape())
        self.column.forms[BWAT.key].add_line(QLabel(_("Shape (not scored)")), self.shape)
        self.same = QPushButton(icons.icon("copy"), "")
        self.same.clicked.connect(self.copy_previous)
        self.same.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.panel = ScorePanel()
        self.panel.chosen.connect(self._answer_current)
        self._current_item = (BWAT, 0)
        self.bedside = BedsideForm()
        self.bedside.changed.connect(self._take_bedside)
        self.patient = PatientScores()
        self._keeper = VisitKeeper(session, self.patient)
        self._build()
        session.changed.connect(self.refresh)

    def _build(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(theme.grid(2), theme.grid(), theme.grid(2), 0)
        page.setSpacing(theme.grid())
        top = QHBoxLayout()
        top.addWidget(self.tabs, 1)
        top.addWidget(self.same)
        top.addWidget(self.choice)
        page.addLayout(top)
        body = QHBoxLayout()
        body.setSpacing(theme.grid(2))
        body.addWidget(self.column, 1)
        widest = min(WIDEST_PANEL, theme.zoom_in_force(theme.application()))
        side = QWidget()
        body.addWidget(DownScroll(side, width_px=round(PANEL_WIDTH * widest)))
        page.addLayout(body, 1)
        self._fill(side)  # in its place: all below is styled anew with each parent

    def _fill(self, side: QWidget) -> None:
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, theme.grid(), 0)
        column.setSpacing(theme.grid(1.5))
        column.addWidget(self.panel)
        parts = ((_("At the bedside"), self.bedside), (_("The patient"), self.patient))
        for heading, part in parts:
            column.addWidget(theme.label(heading, role="heading"))
            column.addWidget(part)
        column.addStretch(1)

    # -- which lesion

    @property
    def rows(self) -> list[ScoreRow]:
        """The rows of the forms that are asked for."""
        return self.column.rows

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
        rows = self.rows
        if rows:
            self.column.show_row(next((row for row in rows if row.value is None), rows[0]))
        else:
            self.bedside.pain.setFocus()

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
        self.setFocus()  # leave the field being typed in: it is another lesion's from here on
        self.refresh()
        self.start()

    # -- showing

    def refresh(self) -> None:
        """Show the state."""
        state = self._session.state
        if state is None:
            return
        state.instruments = self.choice.chosen
        self._keeper.show(state)
        self._refresh_tabs()
        self.setEnabled(self.lesion_id is not None)
        if self.lesion_id is None:
            return
        self._showing = True
        assessment = state.assessment(self.lesion_id)
        self._ask(state.instruments_of(self.lesion_id))
        self._show_scores(assessment)
        self.shape.set_value(assessment.shape)
        self.shape.setEnabled(not state.locked)
        self.bedside.ask(state.instruments, assessment)
        self.bedside.show_assessment(assessment, read_only=state.locked)
        self._refresh_same()
        self._showing = False

    def _ask(self, instruments: tuple[Instrument, ...]) -> None:
        self.column.ask(instruments)
        self.panel.make_room(instruments)
        if instruments and self._current_item[0] not in instruments:
            self._current_item = (instruments[0], 0)

    def _show_scores(self, assessment: Assessment) -> None:
        state = self._session.state
        assert state is not None
        before = state.previous.get(assessment.lesion_id)
        blank = Assessment(0, assessment.lesion_id)
        bed = self._session.tissue.bed_of_lesion(assessment.lesion_id)
        self._offers = offers_of(state, assessment.lesion_id, bed)
        for form in self.column.shown:
            form.show_scores(
                scores_of(assessment, form.instrument),
                previous=scores_of(before.assessment if before else blank, form.instrument),
                previous_on=before.on if before else None,
                offers=self._offers,
                read_only=state.locked,
            )
        self._explain(*self._current_item)

    def _show_totals(self, assessment: Assessment) -> None:
        asked = [form.instrument for form in self.column.shown]
        if asked:
            closed = assessment.size_method is SizeMethod.CLOSED
            self.panel.show_totals(assessment, of=asked, first=self._current_item[0], closed=closed)
        self.panel.setVisible(bool(asked))

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
            noted = state.assessment(lesion.id)
            asked = state.instruments_of(lesion.id)
            complete = bool(asked) and not any(missing_of(noted, each) for each in asked)
            closed = noted.size_method is SizeMethod.CLOSED
            icon = icons.icon("check", tone="ok") if complete or closed else icons.NONE
            self.tabs.setTabIcon(index, icon)

    def _refresh_same(self) -> None:
        state, lesion_id = self._session.state, self.lesion_id
        previous = state.previous.get(lesion_id) if state and lesion_id else None
        self.same.setVisible(previous is not None and state is not None and not state.locked)
        if previous:
            self.same.setText(_("The rest as on {date}").format(date=words.date(previous.on)))
            self.same.setToolTip(
                _(
                    "Answers what is open as then, but for sizes and what is proposed today. "
                    "{key} does so for one item."
                ).format(key=SAME_KEY)
            )

    def _explain(self, instrument: Instrument, index: int) -> None:
        self._current_item = (instrument, index)
        state, current = self._session.state, self._current()
        if state is None or current is None:
            return
        before = state.previous.get(current.lesion_id)
        last = scores_of(before.assessment, instrument)[index] if before else None
        chosen = scores_of(current, instrument)[index]
        self.panel.show_item(instrument, index, chosen=chosen, previous=last)
        self._show_totals(current)

    # -- taking answers

    def hideEvent(self, event: QHideEvent) -> None:
        self._keeper.flush()
        super().hideEvent(event)

    def _current(self) -> Assessment | None:
        state, lesion_id = self._session.state, self.lesion_id
        return state.assessment(lesion_id) if state and lesion_id is not None else None

    def _keep(self, value: Assessment) -> None:
        if self.lesion_id is not None and not self._showing:
            self._session.set_assessment(self.lesion_id, value)

    def _take_answer(self, instrument: Instrument, index: int, score: int | None) -> None:
        if current := self._current():
            self._keep(answered(current, instrument, index, score, offers=self._offers))
            self._explain(instrument, index)

    def _answer_current(self, score: int) -> None:
        instrument, index = self._current_item
        self.column.forms[instrument.key].rows[index].answer(score)
        self.column.go_to(instrument, index + 1)

    def _take_shape(self) -> None:
        if (current := self._current()) and not self._showing:
            self._keep(replace(current, shape=self.shape.value()))

    def _take_bedside(self) -> None:
        if current := self._current():
            self._keep(self.bedside.taken_into(current))

    def copy_previous(self) -> None:
        """Answer what is open as at the last visit, but for what is asked anew."""
        state, current = self._session.state, self._current()
        before = state.previous.get(current.lesion_id) if state and current else None
        if state is None or current is None or before is None or state.locked:
            return
        asked = [form.instrument for form in self.column.shown]
        self._keep(rest_as_before(current, before.assessment, asked, offers=self._offers))
        self.refresh()
        self.start()
