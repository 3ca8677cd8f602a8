"""The check of a print run: how long is its 100 mm line? Stored, or the run is refused."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.background import Background
from ui.dialogs.alive import while_alive
from ui.widgets.banner import Banner
from ui.widgets.form import Choice, Form
from ui.widgets.quantity import QuantityField
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.records import CardRun, Stored
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic


class RunCheck(QFrame):
    """Chooses a run, takes the measured length, stores what follows."""

    stored = Signal()

    def __init__(self, clinic: "Clinic", background: Background) -> None:
        super().__init__()
        self._clinic, self._background = clinic, background
        self._runs: list[Stored[CardRun]] = []
        self._wanted: int | None = None
        self.setProperty("card", True)
        self.run: Choice | None = None
        self.length = QuantityField(unit="mm", decimals=1)
        self.length.setEnabled(False)
        self.store_button = QPushButton(_("Store"))
        self.store_button.setAutoDefault(False)
        self.store_button.setEnabled(False)
        self.store_button.clicked.connect(self.store)
        self.length.textChanged.connect(lambda _text: self._follow())
        self.length.returnPressed.connect(self.store)
        self.banner = Banner(tone="ok")
        self.banner.setVisible(False)
        self._form = Form(stacked=True)
        self._runs_place = QVBoxLayout()
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.length)
        line.addWidget(self.store_button)
        line.addStretch(1)
        row.setFocusProxy(self.length)
        self._form.add("length", _("The 100 mm line measures"), row)
        self.hint = theme.label(role="muted")
        self.hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.grid(1.5)] * 4)
        column.setSpacing(theme.grid())
        column.addWidget(theme.label(_("Check a print run"), role="heading"))
        column.addLayout(self._runs_place)
        column.addWidget(self._form)
        column.addWidget(self.hint)
        column.addWidget(self.banner)
        self.set_runs([])

    def want(self, number: int) -> None:
        """Offer this run first when the runs are shown next."""
        self._wanted = number

    def set_runs(self, runs: list[Stored[CardRun]]) -> None:
        """Offer these runs, the newest unchecked one first."""
        from woundtrack.report.card_run import run_text

        self._runs = list(runs)
        if self.run is not None:
            self._runs_place.removeWidget(self.run)
            self.run.setParent(None)
            self.run.deleteLater()
            self.run = None
        if runs:
            self.run = Choice([(run.id, run_text(run.value)) for run in runs])
            self.run.setAccessibleName(_("Print run"))
            unchecked = [run for run in runs if run.value.accepted is None]
            wanted = [run for run in runs if run.value.number == self._wanted]
            self.run.set_value((wanted or unchecked or runs)[0].id)
            self.run.currentIndexChanged.connect(lambda _index: self._follow())
            self._runs_place.addWidget(self.run)
        self._follow()

    def chosen(self) -> Stored[CardRun] | None:
        """The run to be checked."""
        chosen_id = self.run.value() if self.run is not None else None
        return next((run for run in self._runs if run.id == chosen_id), None)

    def store(self) -> None:
        """Store the length with the run, or say why not."""
        from woundtrack.report.card_run import checked_run

        run, measured_mm = self.chosen(), self.length.value()
        if run is None or measured_mm is None or not self.store_button.isEnabled():
            return
        self._form.clear_errors()
        self.banner.say("")
        try:
            checked = checked_run(run.value, measured_mm=measured_mm)
        except WoundtrackError as error:
            self._form.show_error("length", explain(error))
            return
        self.store_button.setEnabled(False)
        self._background.run(
            lambda: self._clinic.write(lambda w: w.revise(run, checked)),
            done=while_alive(self, self._done),
            failed=while_alive(self, self._failed),
        )

    def _done(self, run: Stored[CardRun]) -> None:
        self.length.clear()
        if run.value.accepted:
            sentence = _("Run {number} is accepted; lengths follow its measured line.")
            self.banner.say(sentence.format(number=run.value.number), tone="ok")
        else:
            sentence = _("Run {number} is refused: throw its cards away and print at 100 %.")
            self.banner.say(sentence.format(number=run.value.number), tone="danger")
        self._wanted = run.value.number
        self.stored.emit()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, WoundtrackError):
            self._form.show_error("length", explain(error))
        self._follow()

    def _follow(self) -> None:
        able = bool(self._runs) and not self._clinic.read_only
        self.length.setEnabled(able)
        self.store_button.setEnabled(able and self.length.value() is not None)
        self.hint.setText(
            _("Use a ruler you trust. Until then, each measurement with this run warns.")
            if self._runs
            else _("No card was printed yet.")
        )
