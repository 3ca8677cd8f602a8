"""The pixels of the photos last looked at, decoded on workers."""

from collections import OrderedDict

from PySide6.QtCore import QObject, Signal

from ui.background import Background
from ui.pages.visit.analysis import pixels_of
from woundtrack.photo.types import Pixels
from woundtrack.records import Stored, VisitPhoto
from woundtrack.store.clinic import Clinic

KEPT_BYTES = 256 << 20
"""Some seven photos of 12 MP; the newest is always kept, however large."""


class PixelStore(QObject):
    """Asks for the pixels of a photo, and remembers a few."""

    ready = Signal(int, object)
    failed = Signal(int, object)

    def __init__(self, clinic: Clinic, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._clinic = clinic
        self._background = background
        self._kept: OrderedDict[int, Pixels] = OrderedDict()
        self._asked: set[int] = set()

    def get(self, photo_id: int) -> Pixels | None:
        """The pixels, if they are at hand."""
        if photo_id in self._kept:
            self._kept.move_to_end(photo_id)
        return self._kept.get(photo_id)

    def ask(self, photo: Stored[VisitPhoto]) -> None:
        """Have `ready` told once the pixels of a photo are at hand."""
        if (pixels := self.get(photo.id)) is not None:
            self.ready.emit(photo.id, pixels)
            return
        if photo.id in self._asked:
            return
        self._asked.add(photo.id)
        self._background.run(
            lambda: pixels_of(self._clinic, photo.value)[1],
            done=lambda pixels: self._keep(photo.id, pixels),
            failed=lambda error: self._fail(photo.id, error),
        )

    def clear(self) -> None:
        """Forget all pixels."""
        self._kept.clear()

    def _keep(self, photo_id: int, pixels: Pixels) -> None:
        self._asked.discard(photo_id)
        self._kept[photo_id] = pixels
        while len(self._kept) > 1 and sum(p.nbytes for p in self._kept.values()) > KEPT_BYTES:
            self._kept.popitem(last=False)
        self.ready.emit(photo_id, pixels)

    def _fail(self, photo_id: int, error: Exception) -> None:
        self._asked.discard(photo_id)
        self.failed.emit(photo_id, error)
