"""What the menus do to the program itself: each opens its dialog."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from ui.background import Background
    from ui.settings import Settings
    from woundtrack.store.clinic import Clinic


class ProgramActs:
    """Carries out the acts of `ui.actions` that need no clinic and open a dialog, by key."""

    def __init__(
        self,
        window: QWidget,
        *,
        background: "Background",
        settings: "Settings",
        restart_idle: Callable[[], None],
        clinic: Callable[[], "Clinic | None"],
    ) -> None:
        self._window, self._background, self._settings = window, background, settings
        self._restart_idle, self._clinic = restart_idle, clinic
        self.table: dict[str, Callable[[], None]] = {
            "about": self.about, "guide": self.guide, "lock_after": self.lock_after,
        }  # fmt: skip

    def about(self) -> None:
        """What the program is and is not, its version and licences."""
        from ui.dialogs.about_dialog import AboutDialog

        AboutDialog(self._background, parent=self._window).open()

    def guide(self) -> None:
        """The user guide."""
        from ui.dialogs.about_dialog import GuideDialog

        GuideDialog(parent=self._window).open()

    def lock_after(self) -> None:
        """After how many idle minutes the window locks."""
        from ui.dialogs.lock_dialog import LockDialog

        dialog = LockDialog(
            self._settings, self._background, clinic=self._clinic(), parent=self._window
        )
        dialog.accepted.connect(self._restart_idle)
        dialog.open()
