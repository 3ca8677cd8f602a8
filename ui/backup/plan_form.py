"""Where and when backups are made, as an administrator settles it and everyone sees it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.background import Background
from ui.backup.target_field import TargetField
from ui.dialogs.alive import while_alive
from ui.models.backup_words import keep_text
from ui.widgets.form import Choice, Form
from woundtrack.backup.types import Keep, Plan
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.records import Role
from woundtrack.words import _, counted

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic

USUAL_DAYS = (1, 2, 3, 7)


class PlanForm(QWidget):
    """`saved` once the clinic keeps it."""

    saved = Signal()

    def __init__(self, clinic: "Clinic", background: Background) -> None:
        super().__init__()
        self._clinic, self._background = clinic, background
        self._keep = Keep()
        self.target = TargetField(background)
        self.target.clinic_folder = clinic.folder
        self.days = Choice([(days, _days_text(days)) for days in (*USUAL_DAYS, 0)])
        self.at_closing = QCheckBox(_("When the program closes, where something changed"))
        self.kept = theme.label(role="muted")
        self.kept.setWordWrap(True)
        self.form = Form()
        self.form.add("target", _("Folder"), self.target)
        self.form.add("days", _("By itself"), self.days)
        self.form.add("closing", _("And"), self.at_closing)
        self.form.add_wide(self.kept)
        self.reason = theme.label(self._why_not(), role="muted")
        self.reason.setWordWrap(True)
        self.save_button = QPushButton(_("Save"))
        self.save_button.setAutoDefault(False)
        self.save_button.clicked.connect(self.save)
        foot = QHBoxLayout()
        foot.addWidget(self.reason, 1)
        foot.addStretch()
        foot.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addLayout(foot)
        may = not self.reason.text()
        self.reason.setVisible(not may)
        self.save_button.setVisible(may)
        for field in (self.target, self.days, self.at_closing):
            field.setEnabled(may)
        self.target.chosen.connect(self._follow)
        self.days.currentIndexChanged.connect(self._follow)
        self.at_closing.toggled.connect(self._follow)
        self._shown: Plan | None = None
        self.show_plan(None)

    def _why_not(self) -> str:
        if self._clinic.user.value.role is not Role.ADMINISTRATOR:
            return _("Only an administrator changes where and when.")
        if self._clinic.read_only:
            return _("Here the clinic can only be read, so this cannot be changed now.")
        return ""

    def show_plan(self, plan: Plan | None) -> None:
        """Show what is settled; the usual where nothing is."""
        self._shown = plan
        self._keep = Keep() if plan is None else plan.keep
        days = 1 if plan is None else plan.every_days
        if days not in (*USUAL_DAYS, 0):
            self.days.offer([(each, _days_text(each)) for each in sorted({*USUAL_DAYS, days})]
                            + [(0, _days_text(0))])  # fmt: skip
        self.days.set_value(days)
        self.at_closing.setChecked(plan is None or plan.at_closing)
        self.target.set_folder(None if plan is None else plan.target, settled=True)
        self.kept.setText(keep_text(self._keep))
        self._follow()

    def plan(self) -> Plan | None:
        """What the fields say; None where no folder is chosen."""
        target = self.target.folder()
        if target is None:
            return None
        return Plan(
            target=target,
            every_days=self.days.value(),
            at_closing=self.at_closing.isChecked(),
            keep=self._keep,
        )

    @property
    def is_changed(self) -> bool:
        """Whether the fields say something else than what is settled."""
        return self.plan() != self._shown

    def _follow(self) -> None:
        self.save_button.setEnabled(self.is_changed and self.plan() is not None)

    def save(self) -> None:
        """Keep it, where the place is one that backups may go to."""
        plan, clinic = self.plan(), self._clinic
        self.form.clear_errors()
        if plan is None:
            self.form.show_error("target", _("Choose a folder."))
            return
        self.save_button.setEnabled(False)

        def work() -> None:
            from woundtrack.backup.place import check_place
            from woundtrack.backup.plan import set_plan

            check_place(plan.target, clinic.folder)
            set_plan(clinic, plan)

        self._background.run(
            work, done=while_alive(self, self._kept), failed=while_alive(self, self._refused)
        )

    def _kept(self, _none: object) -> None:
        self._shown = self.plan()
        self._follow()
        self.saved.emit()

    def _refused(self, error: Exception) -> None:
        self._follow()
        assert isinstance(error, WoundtrackError)
        self.target.hush()
        self.form.show_error("target", explain(error))


def _days_text(days: int) -> str:
    if days == 0:
        return _("Only when asked")
    return _("Every day") if days == 1 else counted("Every {count} day", "Every {count} days", days)
