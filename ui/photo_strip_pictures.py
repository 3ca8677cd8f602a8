"""Small pictures of stored photos: read, decrypted and decoded on workers, bounded in memory."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage

from ui.background import Background

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic

KEPT_BYTES = 32 << 20
"""Of decoded pictures; the one not seen for longest goes first. Some 600 at the usual size."""
AT_ONCE = 2
"""Pictures made at one time: the other workers stay free for what a person waits for."""


class Pictures(QObject):
    """Gives pictures by vault name, upright and whole; `ready` tells when one is there."""

    ready = Signal(str)

    def __init__(
        self, clinic: "Clinic", background: Background, *, kept_bytes: int = KEPT_BYTES
    ) -> None:
        super().__init__()
        self._clinic, self._background = clinic, background
        self._kept_bytes, self._bytes = kept_bytes, 0
        self._images: OrderedDict[str, QImage] = OrderedDict()
        self._wanted: list[str] = []
        self._running: set[tuple[str, QSize]] = set()
        """Names, and the size each is made in: in another size it is made again."""
        self._size = QSize(1, 1)

    @property
    def byte_count(self) -> int:
        """How many bytes the pictures kept take."""
        return self._bytes

    def set_size(self, size_px: QSize) -> None:
        """The box of device px that a picture fits; another size forgets what was made."""
        if size_px != self._size:
            self._size = size_px
            self.forget()

    def forget(self) -> None:
        """Let go of all pictures; those that could not be read are tried again."""
        self._images.clear()
        self._bytes = 0

    def get(self, name: str) -> QImage | None:
        """The picture, null where it cannot be read; None while it is not there."""
        image = self._images.get(name)
        if image is not None:
            self._images.move_to_end(name)
        return image

    def want(self, names: Sequence[str]) -> None:
        """Make these, the first ones first; what was wanted before and is not now is not begun."""
        self._wanted = [name for name in names if name not in self._images]
        self._begin()

    def _begin(self) -> None:
        while self._wanted and len(self._running) < AT_ONCE:
            name = self._wanted.pop(0)
            if (name, self._size) not in self._running and name not in self._images:
                self._make(name)

    def _make(self, name: str) -> None:
        clinic, size = self._clinic, self._size
        self._running.add((name, size))
        self._background.run(
            lambda: _decoded(clinic.read(lambda reader: reader.thumbnail(name)), size),
            done=lambda image: self._arrived(name, image, size),
            # The place of one that cannot be read says so; the visit page says why.
            failed=lambda _error: self._arrived(name, QImage(), size),
        )

    def _arrived(self, name: str, image: QImage, size: QSize) -> None:
        self._running.discard((name, size))
        if size == self._size:
            self._images[name] = image
            self._bytes += image.sizeInBytes()
            while self._bytes > self._kept_bytes and len(self._images) > 1:
                _name, oldest = self._images.popitem(last=False)
                self._bytes -= oldest.sizeInBytes()
            self.ready.emit(name)
        self._begin()


def _decoded(data: bytes, size: QSize) -> QImage:
    """The picture as it is painted: scaled into the box, in the painter's own format."""
    image = QImage.fromData(data)
    if image.isNull():
        return image
    fitted = image.scaled(
        size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    return fitted.convertToFormat(QImage.Format.Format_RGB32)
