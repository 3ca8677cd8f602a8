"""Asks for the 100 mm line of a card whose print run nobody has checked, where it is used."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.quantity import QuantityField
from woundtrack.explain import explain
from woundtrack.records import CardRun
from woundtrack.scale.types import Scale
from woundtrack.scale.warnings import RUN_UNCHECKED
from woundtrack.words import _


def run_to_check(scale: Scale | None) -> int | None:
    """The print run that a scale waits for, None where it waits for none that is known."""
    return scale.card_run if scale and RUN_UNCHECKED in scale.warnings else None


class RunRow(QWidget):
    """One field for the measured length of one run's line; hidden where nothing is to be asked."""

    measured = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: int | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(0.5))
        self.question = theme.label()
        self.question.setWordWrap(True)
        column.addWidget(self.question)
        row = QHBoxLayout()
        self.length = QuantityField(takes_enter=True)
        self.length.setAccessibleName(_("mm of the 100 mm line"))
        self.length.entered.connect(self.store)
        self.store_button = QPushButton(_("Store"))
        self.store_button.clicked.connect(self.store)
        for widget in (self.length, theme.label(_("mm")), self.store_button):
            row.addWidget(widget)
        row.addStretch(1)
        column.addLayout(row)
        self.error = theme.label(role="error")
        self.error.setWordWrap(True)
        self.error.hide()
        column.addWidget(self.error)
        self.hide()

    def ask(self, run: int | None) -> None:
        """Ask for this run's line; None asks nothing."""
        if run != self._run:
            self._run = run
            self.length.clear()
            self.error.hide()
        if run is not None:
            text = _("How long is the 100 mm line on the sheet of run {run}?")
            self.question.setText(text.format(run=run))
        self.setVisible(run is not None)

    def store(self) -> None:
        """Hand on what was measured, or say why it cannot be."""
        from woundtrack.errors import ReportError
        from woundtrack.report.card_run import checked_run

        if self._run is None:
            return
        try:
            checked = checked_run(CardRun(self._run, ""), measured_mm=self.length.value() or 0.0)
        except ReportError as error:
            self.error.setText(explain(error))
            self.error.show()
            return
        self.error.hide()
        self.measured.emit(checked)
