"""Pictures of the pages behind the choice of pictures without names, for the tour of all pages."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from ui.screenshots import Camera


def pictures_tour(camera: "Camera") -> None:
    """One picture as it would be exported, and where to; nothing is confirmed or written."""
    from ui.dialogs.pictures_dialog import PicturesDialog

    camera.window.run("export_pictures")
    camera.settle()
    opened = (w for w in QApplication.topLevelWidgets() if isinstance(w, PicturesDialog))
    shown = next((w for w in opened if w.isVisible()), None)
    if shown is None:
        return
    chosen = shown.choice.chosen()
    if chosen:
        shown.look.set_candidates(chosen[:1])
        for place, name in ((1, "pictures-look"), (2, "pictures-where")):
            shown.show_page(place)
            camera.settle()
            camera.shoot(name, shown)
    shown.reject()
    camera.settle()
