"""What is asked of the patient and not of one lesion: pain in general, quality of life."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QWidget

from ui import theme
from ui.pages.visit import drafts
from ui.pages.visit.instrument_choice import PAIN_VAS, WOUND_QOL
from ui.pages.visit.instrument_form import note_text
from ui.pages.visit.session import VisitSession
from ui.pages.visit.state import VISIT_KEY, VisitState, with_answers
from ui.widgets.form import Choice as ComboChoice
from ui.widgets.quantity import QuantityField
from ui.widgets.score_line import Choice
from ui.widgets.score_row import ScoreRow
from woundtrack.errors import WoundtrackError
from woundtrack.instruments import wound_qol
from woundtrack.records import Assessment, Stored, Visit, WoundQol
from woundtrack.store.clinic import Writer
from woundtrack.words import _

KEEP_AFTER_MS = 600
"""A pause in answering after which the answers are kept, in one revision."""


def pain_line(tell: Callable[[], object]) -> tuple[QuantityField, QHBoxLayout]:
    """A field for pain on the line of 100 mm, and its row."""
    field = QuantityField(decimals=0, highest=100)
    field.setAccessibleName(_("Pain on the line, 0 to 100 mm"))
    field.changed.connect(tell)
    row = QHBoxLayout()
    row.setSpacing(theme.grid(0.5))
    row.addWidget(field)
    row.addWidget(QLabel(_("mm of 100")))
    row.addStretch(1)
    return field, row


def whole_mm(field: QuantityField) -> int | None:
    """What is written in a field of whole millimetres."""
    value = field.value()
    return None if value is None else int(value)


class PatientScores(QWidget):
    """Fields of the visit itself."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._showing = False
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(theme.grid())
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self.pain = ScoreRow("", [Choice(score, "") for score in range(11)])
        self.pain.setAccessibleName(_("Pain in general, 0 to 10"))
        self.pain.answered.connect(self._tell)
        self._form.addRow(_("Pain in general, 0 to 10"), self.pain)
        self.line, self._line_row = pain_line(self._tell)
        self._form.addRow(_("Pain in general, on the line"), self._line_row)
        self._add_quality()

    def _add_quality(self) -> None:
        self._quality = QWidget()
        row = QHBoxLayout(self._quality)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.grid(0.5))
        self.mean = QuantityField(unit=_("mean"), decimals=2, highest=wound_qol.HIGHEST_MEAN)
        self.mean.setAccessibleName(_("Wound-QoL, mean"))
        self.mean.changed.connect(self._tell)
        counts = [(str(count), str(count)) for count in wound_qol.ITEM_COUNTS]
        self.items = ComboChoice(counts)
        self.items.currentIndexChanged.connect(self._tell)
        for part in (self.mean, QLabel(_("0 (best) to 4, of")), self.items, QLabel(_("questions"))):
            row.addWidget(part)
        row.addStretch(1)
        self._form.addRow(wound_qol.NAME, self._quality)
        about = f"{_(wound_qol.CREDIT)} {note_text(wound_qol.NOTE)}"
        self.about = theme.label(about, role="muted")
        self.about.setWordWrap(True)
        self._form.addRow(self.about)

    def ask(self, chosen: Sequence[str], visit: Visit | None) -> None:
        """Show what was chosen, and what is answered already."""
        line = PAIN_VAS in chosen or bool(visit and visit.general_pain_vas_mm is not None)
        quality = WOUND_QOL in chosen or bool(visit and visit.wound_qol)
        self._form.setRowVisible(self._line_row, line)
        for part in (self._quality, self.about):
            self._form.setRowVisible(part, quality)

    def show_visit(self, visit: Visit | None, *, read_only: bool) -> None:
        """Show what is noted; tells nobody."""
        self._showing = True
        self.pain.set_value(visit.general_pain_nrs if visit else None)
        self.line.set_value(visit.general_pain_vas_mm if visit else None)
        quality = visit.wound_qol if visit else None
        self.mean.set_value(quality.mean if quality else None)
        if quality:
            self.items.set_value(str(quality.items))
        self.pain.read_only = read_only
        self.setEnabled(not read_only)
        self._showing = False

    def taken_into(self, visit: Visit) -> Visit:
        """The visit with what stands in these fields."""
        mean = self.mean.value()
        return replace(
            visit,
            general_pain_nrs=self.pain.value,
            general_pain_vas_mm=whole_mm(self.line),
            wound_qol=None if mean is None else WoundQol(int(self.items.value()), mean),
        )

    def _tell(self, *_args: object) -> None:
        if not self._showing:
            self.changed.emit()


@dataclass(frozen=True, slots=True)
class _Given:
    """What was answered at a visit, and what stood there before."""

    state: VisitState
    before: Visit
    answers: Visit


class VisitKeeper:
    """Keeps the visit's own answers soon after they are given: a pause is one revision.

    Those of a confirmed visit wait with the rest of its correction. Only what was answered is
    written: the chosen day may have a visit that was not read yet, with answers of its own.
    """

    def __init__(self, session: VisitSession, scores: PatientScores) -> None:
        self._session, self._scores = session, scores
        self._busy: _Given | None = None
        self._wanted: list[_Given] = []
        """What is to be kept, the newest of each visit: a page may have gone on to another."""
        self._timer = QTimer(scores, singleShot=True, interval=KEEP_AFTER_MS)
        self._timer.timeout.connect(self.flush)
        scores.changed.connect(self._on_changed)
        session.adopted.connect(self._on_adopted)

    def show(self, state: VisitState) -> None:
        """Show what is stored of a visit, unless newer answers are on their way there."""
        if any(each.state is state for each in (*self._wanted, *filter(None, [self._busy]))):
            return
        self._scores.ask(state.instruments, state.asked)
        self._scores.show_visit(state.asked, read_only=state.locked or state.on is None)

    def _on_changed(self) -> None:
        state = self._session.state
        if state is None or state.locked or state.on is None:
            return
        before = state.asked or Visit(state.patient.id, state.on)
        if self._busy is not None and self._busy.state is state:
            before = self._busy.answers  # which an answer may take back while they are written
        self._take(_Given(state, before, self._scores.taken_into(before)))

    def _take(self, given: _Given) -> None:
        state = given.state
        if state.confirmed:
            state.values[VISIT_KEY] = given.answers
            self._session.saver.touch(VISIT_KEY)
            self._session.tell()
            return
        first = next((each for each in self._wanted if each.state is state), given)
        self._wanted = [each for each in self._wanted if each.state is not state]
        self._wanted.append(replace(given, before=first.before))
        self._timer.start()

    def _on_adopted(self) -> None:
        """The day has a visit: what was answered before it was read goes on top of it."""
        waiting, self._wanted = self._wanted, []
        left = [given for given in waiting if not self._carry(given)]
        self._wanted = [*left, *self._wanted]

    def _carry(self, given: _Given) -> bool:
        """Lay answers over the visit that was found; False where it is not the page's."""
        state, before = self._session.state, given.state
        if state is None or state is before or before.visit is not None or state.asked is None:
            return False
        if (state.patient.id, state.on) != (before.patient.id, before.on) or state.read_only:
            return False
        answers = with_answers(state.asked, given.answers, before=given.before)
        state.correcting = state.confirmed
        self._scores.ask(state.instruments, answers)
        self._scores.show_visit(answers, read_only=False)
        self._take(_Given(state, state.asked, answers))
        return True

    def flush(self) -> None:
        """Keep now what is still to be kept."""
        self._timer.stop()
        if self._busy is not None or not self._wanted:
            return
        given = self._busy = self._wanted.pop(0)

        def act(writer: Writer) -> Stored[Visit]:
            latest = drafts.visit_of_day(writer, given.answers.patient_id, given.answers.on)
            if writer.find(Assessment, visit_id=latest.id, confirmed=True):
                raise WoundtrackError("ui.visit_confirmed")
            return writer.revise(
                latest, with_answers(latest.value, given.answers, before=given.before)
            )

        self._session.background.run(
            lambda: self._session.clinic.write(act),
            done=lambda visit: self._kept(given.state, visit),
            failed=lambda error: self._failed(given, error),
        )

    def _kept(self, state: VisitState, visit: Stored[Visit]) -> None:
        self._busy = None
        shown = self._session.state
        found = shown is not None and shown.visit is not None and shown.visit.id == visit.id
        self._session.set_visit(shown if shown and found else state, visit)
        self.flush()

    def _failed(self, given: _Given, error: Exception) -> None:
        """Leave them on the page: they are kept with the next answer, or on leaving the form."""
        self._busy = None
        if self._carry(given):
            return
        others = bool(self._wanted)
        newer = [each for each in self._wanted if each.state is given.state]
        self._wanted = [each for each in self._wanted if each.state is not given.state]
        if newer:
            self._wanted.append(replace(newer[0], before=given.before))
        elif given.state is self._session.state:
            self._wanted.append(given)
        self._session.failed.emit(error)
        if others:
            self.flush()
