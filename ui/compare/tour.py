"""Pictures of the comparison in every mode, for the tour of all pages."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QDialog

if TYPE_CHECKING:
    from ui.screenshots import Camera


def compare_tour(camera: "Camera") -> None:
    """The first and the latest photo of the chosen lesion, in every way; nothing is laid anew."""
    from ui.compare.window import CompareWindow

    camera.window.run("compare")
    opened = (w for w in QApplication.topLevelWidgets() if isinstance(w, CompareWindow))
    shown = next((w for w in opened if w.isVisible()), None)
    if shown is None:
        return
    shown.resize(camera.window.size())
    camera.settle(lambda: not shown.desk.working)
    for mode, button in shown.tools.modes.items():
        button.click()
        camera.settle()
        camera.shoot(f"compare-{mode.value}", shown)
    shown.tools.points.click()
    camera.settle()
    camera.shoot("compare-points", shown)
    shown.tools.film.click()
    camera.settle()
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible() and widget is not shown:
            camera.shoot("compare-film", widget)
            widget.reject()
    next(iter(shown.tools.modes.values())).click()
    shown.reject()
    camera.settle()
