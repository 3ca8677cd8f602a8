"""The journal: who did what to which record, when; filtered, checked, exported."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui import icons, theme
from ui.background import Background
from ui.dialogs.alive import while_alive
from ui.models.journal_table import COLUMNS, REASON, JournalTable
from ui.pages.journal.filter_row import Asked, JournalFilterRow, Offers
from ui.pages.journal.work import JournalWork
from ui.widgets.banner import Banner
from ui.widgets.form import card
from woundtrack import words
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.records import Patient, User
from woundtrack.store.journal_pages import JournalFilter, JournalLine
from woundtrack.words import _, ngettext

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic
    from woundtrack.store.reader import Reader

KEY = "journal"
"""Of the questions in the background: only the newest is answered."""
PAGE = 200
"""How many lines are read at a time."""
_NEAR_END = 20


@dataclass(frozen=True, slots=True)
class _Answer:
    """The newest lines that were asked for, how many there are, and what can be asked."""

    wanted: JournalFilter | None
    """None where no patient has the code."""
    lines: list[JournalLine]
    count: int
    offers: Offers


class JournalPage(QWidget):
    """Newest first, read as one scrolls. Enter or a double click opens the patient or the visit."""

    closed = Signal()
    status = Signal(str)
    patient_requested = Signal(int)
    visit_requested = Signal(int, int)
    """A patient and a visit of theirs."""

    def __init__(
        self, clinic: "Clinic", background: Background, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._clinic, self._background = clinic, background
        self._wanted: JournalFilter | None = JournalFilter()
        self._count = 0
        self._reading = False
        self.filter = JournalFilterRow()
        self.banner = Banner(tone="danger")
        self.banner.setVisible(False)
        self.model = JournalTable()
        self.table = self._make_table()
        self.told = theme.label(role="muted")
        self.work = JournalWork(clinic, background, page=self)
        self.setFocusProxy(self.table)
        self._lay_out()
        self.filter.changed.connect(self._ask)
        self.work.said.connect(lambda text, tone: self.banner.say(text, tone=tone))
        self.work.asked.connect(lambda: self.banner.say(""))

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName(_("Journal"))
        table.verticalHeader().setVisible(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        header = table.horizontalHeader()
        header.setResizeContentsPrecision(PAGE)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(REASON, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        table.activated.connect(self._open)
        table.verticalScrollBar().valueChanged.connect(lambda _at: self._read_on())
        return table

    def _lay_out(self) -> None:
        back = theme.button(_("Close"), icon=icons.icon("arrow-left"))
        back.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setSpacing(theme.grid())
        head.addWidget(theme.label(_("Journal"), role="title"), 1)
        for widget in (self.work.check, self.work.export, back):
            head.addWidget(widget)
        frame, inner = card(margins=1.5)
        inner.addWidget(self.filter)
        hint = theme.label(
            _("Enter or a double click opens the patient or the visit."), role="muted"
        )
        foot = QHBoxLayout()
        foot.addWidget(self.told, 1)
        foot.addWidget(hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.grid(3), theme.grid(2), theme.grid(3), theme.grid(2))
        column.setSpacing(theme.grid(1.5))
        column.addLayout(head)
        column.addWidget(frame)
        column.addWidget(self.banner)
        column.addWidget(self.table, 1)
        column.addLayout(foot)

    # -- asking

    def refresh(self) -> None:
        """Read the newest lines again where this is looked at."""
        if self.isVisible():
            self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    def asked(self) -> JournalFilter | None:
        """Which lines are shown; None where no patient has the code that was asked for."""
        return self._wanted

    def _ask(self) -> None:
        asked = self.filter.value()
        if asked is None:
            return
        self._reading = True
        self.banner.say("")
        self._background.run(
            lambda: self._clinic.read(lambda reader: _answer(reader, asked)),
            done=while_alive(self, self._show),
            failed=while_alive(self, self._fail),
            key=KEY,
        )

    def _show(self, answer: _Answer) -> None:
        self._reading = False
        self._wanted, self._count = answer.wanted, answer.count
        self.filter.offer(answer.offers)
        self.model.show_lines(answer.lines)
        for column in range(len(COLUMNS)):
            if column != REASON:
                self.table.resizeColumnToContents(column)
        if answer.lines:
            self.table.selectRow(0)
        if answer.wanted is None:
            self.banner.say(_("No patient has this code."), tone="warning")
        self._tell()

    def _read_on(self) -> None:
        """The next page, where the end of this one is near."""
        bar = self.table.verticalScrollBar()
        shown, wanted = self.model.lines, self._wanted
        if self._reading or wanted is None or not shown or len(shown) >= self._count:
            return
        if bar.maximum() - bar.value() > _NEAR_END:
            return
        self._reading = True
        before_id = shown[-1].entry.id
        self._background.run(
            lambda: self._clinic.read(
                lambda reader: reader.journal_pages().lines(wanted, limit=PAGE, before_id=before_id)
            ),
            done=while_alive(self, self._add),
            failed=while_alive(self, self._fail),
            key=KEY,
        )

    def _add(self, lines: list[JournalLine]) -> None:
        self._reading = False
        self.model.add_lines(lines)
        if not lines:
            self._count = len(self.model.lines)
        self._tell()

    def _tell(self) -> None:
        said = ngettext("{count} entry", "{count} entries", self._count)
        self.told.setText(said.format(count=words.number(self._count, decimals=0)))

    def _fail(self, error: Exception) -> None:
        self._reading = False
        assert isinstance(error, WoundtrackError)
        self.banner.say(explain(error), tone="danger")

    def _open(self, index: QModelIndex) -> None:
        line = self.model.lines[index.row()]
        if line.patient_id is None:
            self.banner.say(_("This entry is about no patient."), tone="neutral")
        elif line.in_bin:
            self.banner.say(
                _("The record lies in the bin. Open Edit, Bin to restore it."), tone="neutral"
            )
        elif line.visit_id is not None:
            self.visit_requested.emit(line.patient_id, line.visit_id)
        else:
            self.patient_requested.emit(line.patient_id)


def _answer(reader: "Reader", asked: Asked) -> _Answer:
    pages = reader.journal_pages()
    users = tuple((user.id, user.value.name) for user in reader.find(User))
    offers = Offers(users, pages.actions(), pages.kinds())
    wanted = asked.lines
    if asked.code:
        found = [
            *reader.find(Patient, code=asked.code),
            *reader.find(Patient, deleted=True, code=asked.code),
        ]
        if not found:
            return _Answer(None, [], 0, offers)
        wanted = replace(wanted, patient_id=found[0].id)
    return _Answer(wanted, pages.lines(wanted, limit=PAGE), pages.count(wanted), offers)
