"""The five steps in one line: where one is, what is done, what lacks."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from ui import icons, theme
from ui.pages.visit.checks import STEP_NAMES, Step, StepReport
from woundtrack.words import _


class StepBar(QWidget):
    """Buttons in any order; the window's Visit menu has Alt+1 to Alt+5."""

    step_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.grid(0.5))
        self.buttons: dict[Step, QToolButton] = {}
        for step in Step:
            if step is not Step.PHOTOS:
                rule = theme.label("─", role="muted")
                row.addWidget(rule)
            button = QToolButton()
            button.setText(f" {int(step)}  {_(STEP_NAMES[step])}")
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setAutoRaise(True)
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setProperty("step", True)
            wide = QFontMetrics(theme.font(bold=True)).horizontalAdvance(button.text())
            button.setFixedWidth(wide + theme.grid(5.5))
            button.clicked.connect(lambda _on=False, step=step: self.step_chosen.emit(int(step)))
            self.buttons[step] = button
            row.addWidget(button)
        row.addStretch(1)

    def show_step(self, current: Step, reports: dict[Step, StepReport]) -> None:
        """Mark the current step, tick the done ones, and name what lacks in the tips."""
        for step, button in self.buttons.items():
            report = reports[step]
            button.setChecked(step is current)
            if report.done:
                button.setIcon(icons.icon("check", tone="ok"))
            elif report.begun and report.missing:
                button.setIcon(icons.icon("circle-dot", tone="warning"))
            else:
                button.setIcon(icons.icon("circle", tone="muted"))
            tip = "\n".join(report.missing)
            missing = _("Missing: {what}").format(what=tip) if tip else ""
            button.setToolTip("\n".join(part for part in (f"Alt+{int(step)}", missing) if part))
