"""The last backup, always in the status line: words, an icon, and the way to more."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from ui import icons, theme
from ui.backup.keeper import BackupKeeper
from woundtrack.words import _


class BackupStatus(QToolButton):
    """Says how old the last backup is, or what is wrong; nothing while nobody is signed in."""

    def __init__(self, keeper: BackupKeeper, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self.setAutoRaise(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        keeper.changed.connect(self.show_known)
        self.show_known()

    def show_known(self) -> None:
        """Say what the keeper knows."""
        keeper = self._keeper
        known_yet = keeper.loaded or keeper.at_work
        self.setVisible(known_yet)
        if not known_yet:
            return
        # Not above: the window starts without records.
        from ui.models.backup_words import last_text, status

        known, now = keeper.known, keeper.now()
        told = status(known.plan, known.last, now, share=keeper.share)
        side = self.fontMetrics().height()
        self.setIconSize(QSize(side, side))
        self.setIcon(icons.icon(told.icon, tone=told.tone))
        self.setText(f" {told.text}")
        theme.retone(self, "told", told.tone)
        more = last_text(known.plan, known.last, now)
        self.setToolTip(theme.tip(more, _("Click for the backups.")))
        self.setAccessibleName(told.text)
        self.setAccessibleDescription(more)
