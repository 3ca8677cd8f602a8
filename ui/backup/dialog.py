"""The clinic's backups: where and when, one now, which there are, whether they are sound."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import icons, theme
from ui.background import Background, Job
from ui.backup.keeper import BackupKeeper
from ui.backup.plan_form import PlanForm
from ui.backup.table import BackupTable
from ui.dialogs.alive import while_alive
from ui.models import backup_words
from ui.widgets.banner import Banner
from ui.widgets.down_scroll import DownScroll
from ui.widgets.form import card
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.backup.types import BackedUp, Backup, Verified
    from woundtrack.store.clinic import Clinic


class BackupDialog(QDialog):
    """Administrators settle the plan; everyone may back up, verify and see."""

    restore_requested = Signal(object, object)
    """The place for backups, and the one chosen in the list, or None."""

    def __init__(
        self,
        clinic: "Clinic",
        background: Background,
        *,
        keeper: BackupKeeper,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Backups"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._clinic, self._background, self._keeper = clinic, background, keeper
        self._verifying: Job | None = None
        self.banner = Banner(tone="danger")
        self.banner.setVisible(False)
        self.findings = QListWidget()
        self.findings.setWordWrap(True)
        self.findings.setAccessibleName(_("What was found"))
        self.findings.setVisible(False)
        self._build_now()
        self.plan = PlanForm(clinic, background)
        self.plan.saved.connect(self._plan_saved)
        self.table = BackupTable(last_column=_("Sound"))
        self.table.setMinimumHeight(theme.text_grid(20))
        self.table.itemSelectionChanged.connect(self._follow)
        self._lay_out()
        keeper.changed.connect(self._follow_keeper)
        keeper.progressed.connect(self._advance)
        keeper.made.connect(self._made)
        keeper.failed.connect(self._failed)
        self._shown: object = None
        self._follow_keeper()
        keeper.refresh()
        self.resize(theme.text_grid(94), theme.text_grid(84))

    def _build_now(self) -> None:
        self.mark = QLabel()
        self.state = theme.label()
        self.state.setWordWrap(True)
        self.progress = QProgressBar()
        self.now_button = theme.primary(QPushButton(_("Back up now")))
        self.now_button.clicked.connect(self.back_up)
        self.verify_button = QPushButton(_("Verify all"))
        self.verify_button.clicked.connect(self.verify)
        self.stop_button = QPushButton(_("Cancel"))
        self.stop_button.clicked.connect(self.stop)
        self.restore_button = QPushButton(_("Restore…"))
        self.restore_button.clicked.connect(self.restore)
        for button in (self.now_button, self.verify_button, self.stop_button, self.restore_button):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.grid())
        top.addWidget(self.mark)
        top.addWidget(self.state, 1)
        top.addWidget(self.progress, 1)
        top.addWidget(self.stop_button)
        top.addWidget(self.now_button)
        frame, inside = card()
        inside.addWidget(theme.label(_("Where and when"), role="heading"))
        inside.addWidget(self.plan)
        acts = QHBoxLayout()
        acts.addWidget(theme.label(_("Backups there"), role="heading"), 1)
        acts.addWidget(self.verify_button)
        acts.addWidget(self.restore_button)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self._inside = QWidget()
        body = QVBoxLayout(self._inside)
        body.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.grid(2.5)] * 4)
        for each in (body, column):
            each.setSpacing(theme.grid(1.5))
        for widget in (self.banner, self.findings, frame):
            body.addWidget(widget)
        body.addLayout(acts)
        body.addWidget(self.table, 1)
        self._scroll = DownScroll(self._inside)
        column.addLayout(top)
        column.addWidget(self._scroll, 1)
        column.addWidget(buttons)

    # -- what the keeper says

    def _follow_keeper(self) -> None:
        keeper = self._keeper
        if keeper.clinic is None:
            return
        known = keeper.known
        told = backup_words.status(known.plan, known.last, keeper.now(), share=keeper.share)
        side = self.fontMetrics().height()
        self.mark.setPixmap(
            icons.icon(told.icon, tone=told.tone).pixmap(QSize(side, side), self.devicePixelRatio())
        )
        self.state.setText(backup_words.last_text(known.plan, known.last, keeper.now()))
        if keeper.loaded and self._shown != (known.plan, known.there):
            self._shown = (known.plan, known.there)
            if not self.plan.is_changed:
                self.plan.show_plan(known.plan)
            if known.plan is not None:
                self.now_button.setFocus()
            self.load()
        self._follow()

    def _follow(self) -> None:
        working = self._keeper.at_work or self._verifying is not None
        planned = self._keeper.known.plan is not None
        self.state.setVisible(not working)
        self.progress.setVisible(working)
        self.stop_button.setVisible(working)
        self.now_button.setVisible(not working)
        self.now_button.setEnabled(planned)
        self.verify_button.setEnabled(not working and bool(self.table.backups))
        self.restore_button.setEnabled(not working)

    def _advance(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _made(self, result: "BackedUp") -> None:
        said = [backup_words.made(result), backup_words.damaged(result)]
        self._say(" ".join(filter(None, said)), tone="warning" if result.damaged else "ok")
        self.load()

    def _failed(self, error: Exception) -> None:
        assert isinstance(error, WoundtrackError)
        self._say(explain(error), tone="danger")

    def _say(self, text: str, *, tone: str) -> None:
        self.banner.say(text, tone=tone)
        self.findings.setVisible(False)
        self._fit()

    def _fit(self) -> None:
        """Grow where what is said needs more room, as far as the screen has it."""
        lacking = self._inside.heightForWidth(self._scroll.viewport().width())
        lacking -= self._scroll.viewport().height()
        if lacking > 0:
            most = self.screen().availableSize().height()
            self.resize(self.width(), min(self.height() + lacking, max(most, self.height())))

    def _plan_saved(self) -> None:
        self._say(_("Kept. The first backup there follows by itself, or make it now."), tone="ok")
        self._keeper.refresh()

    # -- what there is

    def load(self) -> None:
        """List the backups in the place for them."""
        target, clinic, reach = self._target(), self._clinic, self._keeper.reach
        if target is None:
            return

        def work() -> "tuple[Backup, ...]":
            from woundtrack.backup.folder import backups_in
            from woundtrack.store.names import clinic_uuid_of

            if not reach.answers(target):
                return ()
            return backups_in(target, clinic_uuid=clinic_uuid_of(clinic.folder))

        self._background.run(
            work,
            done=while_alive(self, self._list),
            failed=while_alive(self, self._failed),
            key="backups there",
        )

    def _list(self, backups: "tuple[Backup, ...]") -> None:
        texts = {True: _("sound"), False: _("damaged"), None: _("not verified")}
        marks = {True: "circle-check", False: "octagon-alert"}
        self.table.show_backups(
            backups,
            {one.id: texts[self._keeper.sound.get(one.id)] for one in backups},
            icons_of={name: marks[sound] for name, sound in self._keeper.sound.items()},
        )
        self._follow()

    def _target(self) -> Path | None:
        plan = self._keeper.known.plan
        return None if plan is None else plan.target

    # -- acts

    def back_up(self) -> None:
        """Make a backup now."""
        self.banner.say("")
        self.progress.setRange(0, 0)
        self._keeper.back_up_now()

    def stop(self) -> None:
        """Stop what is under way; nothing counts of it."""
        if self._verifying is not None:
            self._verifying.cancel()
        else:
            self._keeper.cancel()

    def verify(self) -> None:
        """Read every byte of every backup there."""
        target, clinic = self._target(), self._clinic
        if target is None:
            return
        self._say("", tone="ok")
        self.progress.setRange(0, 0)

        def work(job: Job) -> "Verified":
            from woundtrack.backup.making import folder_of
            from woundtrack.backup.verifying import verify

            return verify(folder_of(clinic, target), progress=job.goes_on)

        self._verifying = self._background.run(
            work,
            done=while_alive(self, self._verified),
            failed=while_alive(self, self._not_verified),
            progress=while_alive(self, self._advance),
            with_job=True,
        )
        self._follow()

    def _verified(self, result: "Verified") -> None:
        self._verifying = None
        told = backup_words.verified(result)
        self._say(told.text, tone=told.tone)
        self.findings.clear()
        self.findings.addItems([str(finding) for finding in result.findings])
        self.findings.setVisible(bool(result.findings))
        rows = min(max(len(result.findings), 2), 5)
        self.findings.setFixedHeight(rows * (self.fontMetrics().height() * 2 + theme.grid()))
        self._fit()
        named = {value for one in result.findings if one.serious for _name, value in one.data}
        for backup in result.backups:
            if result.sound or backup.id in named:
                self._keeper.sound[backup.id] = result.sound
            else:  # which of them a damaged file belongs to is not told
                self._keeper.sound.pop(backup.id, None)
        self.load()
        self._follow()

    def _not_verified(self, error: Exception) -> None:
        self._verifying = None
        self._failed(error)
        self._follow()

    def restore(self) -> None:
        """Bring one back: the clinic is closed for it, and everyone signs in again."""
        self.restore_requested.emit(self._target(), self.table.chosen())

    def reject(self) -> None:
        """Close; a backup under way goes on, a check stops."""
        if self._verifying is not None:
            self._verifying.cancel()
        super().reject()
