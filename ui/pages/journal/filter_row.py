"""What narrows the journal: who, what was done, to which record, whose, and when."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui import theme
from ui.models.record_words import action_name, kind_name
from ui.widgets.date_field import DateField
from ui.widgets.flow import FlowLayout
from ui.widgets.form import Choice, under
from woundtrack.errors import ReportError
from woundtrack.explain import explain
from woundtrack.store.journal_pages import JournalFilter
from woundtrack.words import _

_MOST = 2**31 - 1
_ACT_CHARACTERS = 16
"""So wide that most acts can be read; as wide as the longest, a small screen has no room."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lines a person asks for; a patient by the code on the card."""

    lines: JournalFilter = field(default_factory=JournalFilter)
    code: str = ""


@dataclass(frozen=True, slots=True)
class Offers:
    """What the journal has: users by id, actions, and kinds of record."""

    users: tuple[tuple[int, str], ...] = ()
    actions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


class JournalFilterRow(QWidget):
    """Announces each change at once, and text once it is written."""

    changed = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling = False
        self._announced = Asked()
        self.user, self.action, self.kind = Choice([]), Choice([]), Choice([])
        self.action.setMinimumContentsLength(_ACT_CHARACTERS)
        self.number, self.code = QLineEdit(), QLineEdit()
        self.number.setValidator(QIntValidator(1, _MOST, self))
        self.from_on, self.to_on = DateField(), DateField()
        self.reset_button = theme.button(_("Reset"))
        self.error = theme.label(role="error")
        self.error.setVisible(False)
        self._lay_out()
        self.offer(Offers())
        for choice in (self.user, self.action, self.kind):
            choice.currentIndexChanged.connect(lambda _index: self._announce())
        for line in (self.number, self.code):
            line.editingFinished.connect(self._announce)
            line.textEdited.connect(self._emptied)
        for day in (self.from_on, self.to_on):
            day.date_changed.connect(self._announce)
            day.editingFinished.connect(self._announce)
        self.reset_button.clicked.connect(self.reset)

    def _lay_out(self) -> None:
        line = QWidget()
        flow = FlowLayout(line, gap=theme.grid())
        for name, widget in (
            (_("Who"), self.user), (_("Did"), self.action), (_("What"), self.kind),
            (_("Number"), self.number), (_("Patient’s code"), self.code),
            (_("From"), self.from_on), (_("To"), self.to_on), ("", self.reset_button),
        ):  # fmt: skip
            flow.addWidget(under(name, widget))
        for date_field in (self.from_on, self.to_on):
            date_field.setFixedWidth(date_field.whole_width_px())
        for text_field in (self.number, self.code):
            text_field.setFixedWidth(theme.text_grid(12))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(0.5))
        column.addWidget(line)
        column.addWidget(self.error)

    def value(self) -> Asked | None:
        """What is asked; None where a day is none or the period ends before it begins."""
        from_on, to_on = self.from_on.date(), self.to_on.date()
        if not (self.from_on.is_valid() and self.to_on.is_valid()):
            return None
        if from_on and to_on and from_on > to_on:
            return None
        number = self.number.text()
        lines = JournalFilter(
            user_id=self.user.value(),
            action=self.action.value() or "",
            kind=self.kind.value() or "",
            record_id=int(number) if number.isdecimal() else None,
            from_on=from_on,
            to_on=to_on,
        )
        return Asked(lines, self.code.text().strip().upper())

    def offer(self, offers: Offers) -> None:
        """Offer what the journal has; what is chosen stays chosen."""
        self._filling = True
        self.user.offer([(None, _("anyone")), *offers.users], chosen=self.user.value())
        actions = _by_name((action, action_name(action)) for action in offers.actions)
        self.action.offer([(None, _("anything")), *actions], chosen=self.action.value())
        kinds = _by_name((kind, kind_name(kind)) for kind in offers.kinds)
        self.kind.offer([(None, _("any record")), *kinds], chosen=self.kind.value())
        self._filling = False

    def reset(self) -> None:
        """Ask for every line."""
        self._filling = True
        for choice in (self.user, self.action, self.kind):
            choice.set_value(None)
        for line in (self.number, self.code):
            line.clear()
        for day in (self.from_on, self.to_on):
            day.set_date(None)
        self._filling = False
        self._announce()

    def _emptied(self, text: str) -> None:
        if not text:
            self._announce()

    def _announce(self) -> None:
        if self._filling:
            return
        asked = self.value()
        self.reset_button.setEnabled(asked != Asked())
        self._say_what_is_wrong(asked)
        if asked is not None and asked != self._announced:
            self._announced = asked
            self.changed.emit()

    def _say_what_is_wrong(self, asked: Asked | None) -> None:
        wrong = [day for day in (self.from_on, self.to_on) if not day.is_valid()]
        text = _("This is not a day. Write it like 31/12/2026.") if wrong else ""
        if not wrong and asked is None:
            wrong, text = [self.to_on], explain(ReportError("report.period"))
        typing = any(one.hasFocus() and not one.is_valid() for one in wrong)
        for day in (self.from_on, self.to_on):
            theme.retone(day, "invalid", day in wrong and not typing)
        self.error.setText(text)
        self.error.setVisible(bool(text) and not typing)


def _by_name(pairs: Iterable[tuple[Any, str]]) -> list[tuple[Any, str]]:
    return sorted(pairs, key=lambda pair: pair[1].casefold())
