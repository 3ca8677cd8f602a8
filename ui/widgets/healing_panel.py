"""How the chosen lesion heals, by therapy: worked out in the background once it is looked at."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFocusEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QToolTip, QVBoxLayout, QWidget

from ui import theme
from ui.background import Background
from ui.dialogs.alive import while_alive
from ui.widgets.banner import Banner
from ui.widgets.flow import FlowLayout
from ui.widgets.form import clear_layout
from ui.widgets.phase_table import PhaseTable
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.records import PatientHistory
from woundtrack.words import _, labelled

WIDEST_CELL = 30
"""In steps of the grid."""

if TYPE_CHECKING:
    from woundtrack.report.healing_text import Figure, HealingView


class _FigureCell(QFrame):
    """One figure with its name; it can have the focus, so that its tip is within reach of keys."""

    def __init__(self, figure: "Figure") -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(figure.tip)
        self.setAccessibleName(labelled(figure.name, figure.text))
        self.setAccessibleDescription(figure.tip)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.grid()] * 4)
        column.setSpacing(theme.grid(0.25))
        for text, role in ((figure.name, "muted"), (figure.text, "heading")):
            line = _wrapped(role)
            line.setText(text)
            column.addWidget(line)

    def sizeHint(self) -> QSize:
        """Long words wrap, so that cells still stand beside each other."""
        width = min(super().sizeHint().width(), theme.text_grid(WIDEST_CELL))
        return QSize(width, self.heightForWidth(width))

    def focusInEvent(self, event: QFocusEvent) -> None:
        theme.retone(self, "card", "chosen")
        QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), self.toolTip(), self)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        theme.retone(self, "card", "true")
        QToolTip.hideText()
        super().focusOutEvent(event)


class HealingPanel(QWidget):
    """Figures of the lesion, then each therapy's rates before, during and after.

    It asks only while it is looked at: the first answer loads the statistics. `caution` is for
    the page to place where it never scrolls away; it shows while rates by therapy are looked at.
    """

    def __init__(self, background: Background, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._history: PatientHistory | None = None
        self._lesion_id: int | None = None
        self._asked_for: tuple[int, int] | None = None
        self._outdated = False
        self.shown: HealingView | None = None
        self.say = _wrapped("muted")
        self.note = _wrapped("muted")
        self.caution = Banner(tone="neutral")
        self.caution.setVisible(False)
        figures = QWidget()
        self.figures = FlowLayout(figures)
        self.table = PhaseTable()
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.grid()] * 4)
        column.setSpacing(theme.grid())
        for part in (self.say, figures, self.table, self.note):
            column.addWidget(part)
        column.addStretch(1)
        self._clear()

    def set_history(self, history: PatientHistory | None, lesion_id: int | None) -> None:
        """What is to be told: at once where this is looked at, else when it is."""
        self._history, self._lesion_id = history, lesion_id
        self._outdated = True
        if self.isVisible():
            self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._caution()
        if self._outdated:
            self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.caution.setVisible(False)

    def _caution(self) -> None:
        self.caution.say(self.shown.caution if self.shown and self.isVisible() else "")

    def _ask(self) -> None:
        history, lesion_id = self._history, self._lesion_id
        self._outdated = False
        wanted = (history.patient.id, lesion_id) if history and lesion_id is not None else None
        if wanted != self._asked_for:
            self._clear()  # nothing of one lesion stands under the name of another
        self._asked_for = wanted
        if wanted is None or history is None or lesion_id is None:
            self._say(_("Choose a lesion to see how it heals."))
            # Answers that are still on their way are nobody's.
            self._background.run(lambda: None, key="healing")
            return
        self._say(_("Working it out…"))

        def work() -> "HealingView":
            from woundtrack.report.healing_text import healing_view

            return healing_view(history, lesion_id=lesion_id)

        # The clinic may be locked, or the language changed, before the answer is there.
        done, failed = while_alive(self, self._show), while_alive(self, self._fail)
        self._background.run(work, done=done, failed=failed, key="healing")

    def _fail(self, error: Exception) -> None:
        assert isinstance(error, WoundtrackError)
        self._clear()
        self._say(explain(error))

    def _clear(self) -> None:
        self.shown = None
        clear_layout(self.figures)
        self.table.set_blocks(())
        self._caution()
        for part in (self.table, self.note):
            part.setVisible(False)

    def _say(self, text: str) -> None:
        self.say.setText(text)
        self.say.setVisible(bool(text))

    def _show(self, view: "HealingView") -> None:
        self._say(view.empty)
        if view == self.shown:
            return  # the focus stays where it is
        self._clear()
        self.shown = view
        for figure in view.figures:
            self.figures.addWidget(_FigureCell(figure))
        self._caution()
        self.note.setText(view.note)
        self.note.setVisible(bool(view.note))
        self.table.set_blocks(view.blocks)
        self.table.setVisible(bool(view.blocks))


def _wrapped(role: str = "") -> QLabel:
    made = theme.label(role=role)
    made.setWordWrap(True)
    return made
