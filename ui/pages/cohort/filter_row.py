"""What narrows the cohort: cause, class of the site, therapy, days; a row with its reset."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.settings import Settings
from ui.widgets.date_field import DateField
from ui.widgets.flow import FlowLayout
from ui.widgets.form import Choice, under
from woundtrack.anatomy.rule import class_name
from woundtrack.cohort.types import Filter, TherapyChoice
from woundtrack.errors import ReportError
from woundtrack.explain import explain
from woundtrack.records import SiteClass
from woundtrack.report.cohort_filter import (
    CAUSES,
    cause_name,
    cause_of,
    choice_name,
    class_of,
    filter_of,
    from_text,
    to_text,
)
from woundtrack.words import _, number

KEPT = "cohort"
"""Under this name the settings keep the filter."""
_LETTERS = {"cause": 17, "site": 11, "therapy": 21}
"""How many letters each choice shows at the least; its list shows every name whole."""


class FilterRow(QWidget):
    """Announces each change at once, and has the settings remember it."""

    changed = Signal()

    def __init__(self, settings: Settings, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._filling = False
        self._therapies: tuple[tuple[TherapyChoice, int], ...] = ()
        self.cause = _ShortChoice(
            [(None, _("any cause")), *((c, cause_name(c)) for c in CAUSES)],
            letters=_LETTERS["cause"],
        )
        classes = [(c, class_name(c)) for c in SiteClass]
        self.site = _ShortChoice([(None, _("any class")), *classes], letters=_LETTERS["site"])
        self.therapy = _ShortChoice([(None, _("any therapy"))], letters=_LETTERS["therapy"])
        self.from_on, self.to_on = DateField(), DateField()
        self.reset_button = theme.button(_("Reset"))
        self.error = theme.label(role="error")
        self.error.setVisible(False)
        self._lay_out()
        self.set_value(from_text(settings.last(KEPT)))
        self._show_state()
        for choice in (self.cause, self.site, self.therapy):
            choice.currentIndexChanged.connect(lambda _index: self._announce())
        for field in (self.from_on, self.to_on):
            field.date_changed.connect(self._announce)
            field.editingFinished.connect(lambda: self._say_what_is_wrong(written=True))
        self.reset_button.clicked.connect(self.reset)

    def _lay_out(self) -> None:
        line = QWidget()
        flow = FlowLayout(line, gap=theme.grid())
        zero = _(
            "A patient counts where the first dose of the chosen therapy, else the first visit, "
            "lies between these days."
        )
        for name, field, tip in (
            (_("Cause"), self.cause, ""),
            (_("Class of the site"), self.site, ""),
            (_("Therapy"), self.therapy, ""),
            (_("From"), self.from_on, zero),
            (_("To"), self.to_on, zero),
            ("", self.reset_button, ""),
        ):
            flow.addWidget(under(name, field, tip))
        for date_field in (self.from_on, self.to_on):
            date_field.setFixedWidth(date_field.whole_width_px())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(0.5))
        column.addWidget(line)
        column.addWidget(self.error)

    def value(self) -> Filter | None:
        """What is asked; None where a day is none or the period ends before it begins."""
        from_on, to_on = self.from_on.date(), self.to_on.date()
        if not (self.from_on.is_valid() and self.to_on.is_valid()):
            return None
        if from_on and to_on and from_on > to_on:
            return None
        return filter_of(
            cause=self.cause.value(),
            site_class=self.site.value(),
            therapy=self.therapy.value(),
            from_on=from_on,
            to_on=to_on,
        )

    def set_value(self, asked: Filter) -> None:
        """Show this filter, and ask for it where it is another."""
        before, self._filling = self.value(), True
        self._offer(asked.therapy)
        self.cause.set_value(cause_of(asked))
        self.site.set_value(class_of(asked))
        self.from_on.set_date(asked.from_on)
        self.to_on.set_date(asked.to_on)
        self._filling = False
        if asked != before:
            self._announce()

    def offer_therapies(self, therapies: Sequence[tuple[TherapyChoice, int]]) -> None:
        """Offer these, each with how many patients had it; what is chosen stays chosen."""
        if tuple(therapies) != self._therapies:
            self._therapies = tuple(therapies)
            self._filling = True
            self._offer(self.therapy.value())
            self._filling = False

    def reset(self) -> None:
        """Ask for everyone."""
        self.set_value(Filter())

    def _offer(self, chosen: TherapyChoice | None) -> None:
        known = list(self._therapies)
        if chosen is not None and chosen not in (one for one, _count in known):
            known.append((chosen, 0))
        pairs = [(one, f"{choice_name(one)} ({number(n, decimals=0)})") for one, n in known]
        self.therapy.offer([(None, _("any therapy")), *pairs], chosen=chosen)

    def _announce(self) -> None:
        if self._filling:
            return
        asked = self.value()
        self._show_state()
        if asked is not None:
            self._settings.keep_last(KEPT, to_text(asked))
            self.changed.emit()

    def _show_state(self) -> None:
        self._say_what_is_wrong()
        self.reset_button.setEnabled(self.value() != Filter())
        for choice in (self.cause, self.site, self.therapy):
            choice.setToolTip(choice.currentText())  # a long name is cut

    def _say_what_is_wrong(self, *, written: bool = False) -> None:
        wrong = [field for field in (self.from_on, self.to_on) if not field.is_valid()]
        text = _("This is not a day. Write it like 31/12/2026.") if wrong else ""
        if not wrong and self.value() is None:
            wrong, text = [self.to_on], explain(ReportError("report.period"))
        # What is being typed is no slip yet.
        typing = not written and any(one.hasFocus() and not one.is_valid() for one in wrong)
        for field in (self.from_on, self.to_on):
            theme.retone(field, "invalid", field in wrong and not typing)
        self.error.setText(text)
        self.error.setVisible(bool(text) and not typing)


class _ShortChoice(Choice):
    """No wider than so many letters, however long its names are; what is cut ends in dots."""

    def __init__(self, pairs: Sequence[tuple[Any, str]], *, letters: int) -> None:
        super().__init__(pairs)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(letters)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        control = QStyle.ComplexControl.CC_ComboBox
        painter.drawComplexControl(control, option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(control, option, part, self).width() - theme.grid(0.5)
        dots = Qt.TextElideMode.ElideRight
        option.currentText = self.fontMetrics().elidedText(self.currentText(), dots, room)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
