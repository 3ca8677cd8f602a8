"""The last thing on the screen: the backup at closing, and the way to close without it."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout

from ui import theme
from ui.backup.keeper import BackupKeeper
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.words import _, counted

PATIENCE_S = 20
"""A failure is shown so long; the next sign-in shows it again."""


class ClosingWindow(QDialog):
    """Finished once there is nothing more to wait for."""

    def __init__(self, keeper: BackupKeeper) -> None:
        super().__init__()
        self.setWindowTitle("woundtrack")
        self._keeper = keeper
        self._left_s = PATIENCE_S
        self._over = False
        self.text = theme.label(_("Backing up before the program closes…"))
        self.text.setWordWrap(True)
        self.progress = QProgressBar(textVisible=False)
        self.progress.setRange(0, 0)
        self.count = theme.label(role="muted")
        self.again = QPushButton(_("Try again"))
        self.again.clicked.connect(self.begin)
        self.leave = QPushButton()
        self.leave.clicked.connect(self.reject)
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self._count_down)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.again)
        buttons.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.grid(2.5)] * 4)
        column.setSpacing(theme.grid(1.5))
        column.addWidget(self.text)
        column.addWidget(self.progress)
        column.addWidget(self.count)
        column.addLayout(buttons)
        self.setFixedWidth(theme.text_grid(56))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        keeper.progressed.connect(self._advance)
        keeper.failed.connect(self._failed)
        keeper.ended.connect(self._ended)

    def begin(self) -> None:
        """Back up, or wait for the backup that is under way."""
        self._tick.stop()
        self._failure = False
        self.text.setText(_("Backing up before the program closes…"))
        self.progress.setRange(0, 0)
        self.progress.setVisible(True)
        self.count.setText("")
        self.again.setVisible(False)
        self.leave.setText(_("Close without it"))
        self._keeper.back_up_now()

    def reject(self) -> None:
        """Close without it."""
        self._over = True
        self._tick.stop()
        self._keeper.cancel()
        self.done(QDialog.DialogCode.Rejected)

    def _advance(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.count.setText(_("{done} of {total}").format(done=done, total=total))

    def _failed(self, error: Exception) -> None:
        assert isinstance(error, WoundtrackError)
        self._failure = True
        self.text.setText(explain(error))
        self.progress.setVisible(False)
        self.again.setVisible(True)
        self.leave.setText(_("Close now"))
        self.leave.setFocus()
        self._left_s = PATIENCE_S
        self._count_down()
        self._tick.start()

    def _count_down(self) -> None:
        if self._left_s <= 0:
            self.reject()
            return
        self.count.setText(
            counted(
                "Closes by itself in {count} second", "Closes by itself in {count} seconds",
                self._left_s,
            )
        )  # fmt: skip
        self._left_s -= 1

    def _ended(self) -> None:
        if not self._over and not self._failure:
            self._over = True
            self.done(QDialog.DialogCode.Accepted)
