"""The tissue maps over a photo, undoable with everything else, and the tissue in hand."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.photo_editor.undo import ValueChange
from woundtrack.outline.tissue.types import Tissue, TissueMap

if TYPE_CHECKING:
    from ui.photo_editor.scene import TissueMark
    from ui.photo_editor.session import Session


class TissueLayer(QObject):
    """What is shown and edited of the maps; they lie inside the session's outlines."""

    changed = Signal(int, object)
    """A lesion's key and its map or None, after each finished change, undo and redo included."""
    brush_changed = Signal(object)
    """The tissue that the brush paints now."""

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self._session = session
        self._maps: dict[int, TissueMap] = {}
        self.preview: TissueMap | None = None
        """The active lesion's map with a stroke that is not finished."""
        self.brush = Tissue.GRANULATION
        self.shown = True

    def set_maps(self, maps: Mapping[int, TissueMap]) -> None:
        """Show these maps by lesion key. No signal is sent, and undo is kept."""
        if dict(maps) != self._maps:
            self._maps, self.preview = dict(maps), None
            self._session.changed.emit()

    def map_of(self, key: int | None) -> TissueMap | None:
        """A lesion's map."""
        return None if key is None else self._maps.get(key)

    def choose(self, tissue: Tissue) -> None:
        """Take another tissue onto the brush."""
        self.brush = tissue
        self.brush_changed.emit(tissue)
        self._session.changed.emit()

    def set_preview(self, tissue_map: TissueMap | None) -> None:
        """Show a stroke that is not finished."""
        self.preview = tissue_map
        self._session.changed.emit()

    def replace(self, key: int, tissue_map: TissueMap | None, *, text: str) -> None:
        """Make this a lesion's map, undoably; None takes it off."""
        before = self._maps.get(key)
        self.preview = None
        if tissue_map == before:
            self._session.changed.emit()
            return
        self._session.clear_message()
        change = ValueChange(partial(self._put, key), before=before, after=tissue_map, text=text)
        self._session.undo_stack.push(change)

    def marks(self) -> "tuple[TissueMark, ...]":
        """The maps as they are to be drawn, a stroke under way included."""
        from ui.photo_editor.scene import TissueMark

        session, maps = self._session, dict(self._maps)
        if self.preview is not None and session.active is not None:
            maps[session.active] = self.preview
        return tuple(
            TissueMark(maps[mark.key], mark.outline)
            for mark in session.lesions()
            if self.shown and mark.key in maps
        )

    def _put(self, key: int, tissue_map: TissueMap | None) -> None:
        self.preview = None
        self._maps.pop(key, None)
        if tissue_map is not None:
            self._maps[key] = tissue_map
        self.changed.emit(key, tissue_map)
        if key != self._session.active:
            self._session.activate(key)
        self._session.changed.emit()
