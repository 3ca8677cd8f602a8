"""Which photos of a strip are marked to be compared: at most four."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from ui.models.compare import MOST


class Marks(QObject):
    """The ids of marked photos, in the order in which they were marked."""

    changed = Signal()
    refused = Signal()
    """One more than can be compared was to be marked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: tuple[int, ...] = ()

    def ids(self) -> tuple[int, ...]:
        """The photos marked."""
        return self._ids

    def set(self, ids: Iterable[int]) -> None:
        """Mark these and no others."""
        wanted = tuple(dict.fromkeys(ids))
        if len(wanted) > MOST:
            self.refused.emit()
        elif wanted != self._ids:
            self._ids = wanted
            self.changed.emit()

    def toggle(self, photo_id: int) -> None:
        """Mark a photo, or no longer."""
        if photo_id in self._ids:
            self.set(each for each in self._ids if each != photo_id)
        else:
            self.set((*self._ids, photo_id))

    def add(self, *ids: int) -> None:
        """Mark these too."""
        self.set((*self._ids, *ids))

    def keep(self, ids: Iterable[int]) -> None:
        """Forget those that are not among these."""
        known = set(ids)
        self.set(each for each in self._ids if each in known)
