"""Pictures of the backups' pages that come before a sign-in."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ui.screenshots import Camera


def backups_before_sign_in(camera: "Camera") -> None:
    """The last step of set-up, and the first of bringing a clinic back; nothing is made."""
    camera.window.show_set_up()
    page: Any = camera.window.centralWidget()
    page.show_where_backups_go(Path.home())
    camera.settle()
    camera.shoot("set-up-backups")
    camera.dialog_of("restore", lambda: camera.window.backups.restore(None))
