"""Opens the comparison of a lesion's photos, from the menu or from the marks in the strip."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.models.compare import lesions_to_compare
from ui.pages.workspace import Workspace
from woundtrack.errors import RecordError

if TYPE_CHECKING:
    from ui.compare.desk import Shelf


class CompareActs:
    """Remembers while someone is signed in how photos were found to lie on each other."""

    def __init__(self, workspace: Workspace, *, window: QWidget) -> None:
        self._space, self._window = workspace, window
        self._shelf: Shelf | None = None
        self.table: dict[str, Callable[[], None]] = {"compare": self.compare}
        workspace.patient_page.timeline.compare_requested.connect(self.compare)

    def compare(self) -> None:
        """The marked photos of the lesion in view, or the usual ones."""
        from ui.compare.desk import Shelf
        from ui.compare.window import CompareWindow

        view, page = self._space.view, self._space.patient_page
        if view is None:
            return
        offered = [lesion.id for lesion in lesions_to_compare(view.history, view.photos)]
        lesion_id = page.lesion_id
        if lesion_id is None and offered:  # all are in view: the one that the marked photos show
            marked = [photo for photo in view.photos if photo.id in page.strip.marks.ids()]
            lesion_id = max(offered, key=lambda each: sum(bool(p.under(each)) for p in marked))
        if lesion_id not in offered:
            self._space.say_error(RecordError("ui.nothing_to_compare"))
            return
        self._shelf = self._shelf or Shelf()
        window = CompareWindow(
            self._space.clinic, self._space.background, view=view, lesion_id=lesion_id,
            marked=page.strip.marks.ids(), shelf=self._shelf, settings=self._space.settings,
            parent=self._window,
        )  # fmt: skip
        window.visit_requested.connect(self._space.open_visit)
        window.open()
