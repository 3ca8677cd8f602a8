"""Thumbnails of stored photos, fetched and decoded on workers, kept while the page is open."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap

from ui.background import Background
from woundtrack.store.clinic import Clinic


class Thumbnails(QObject):
    """Gives pixmaps by vault name; `ready` tells when one asked for is there."""

    ready = Signal(str)

    def __init__(self, clinic: Clinic, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._clinic = clinic
        self._background = background
        self._kept: dict[str, QPixmap] = {}
        self._asked: set[str] = set()

    def get(self, vault_name: str) -> QPixmap | None:
        """The thumbnail (longest side 512 px), or None and it is fetched."""
        if vault_name in self._kept:
            return self._kept[vault_name]
        if vault_name not in self._asked:
            self._asked.add(vault_name)
            self._background.run(
                lambda: _image(self._clinic, vault_name),
                done=lambda image: self._keep(vault_name, image),
                failed=lambda _error: self._asked.discard(vault_name),
            )
        return None

    def clear(self) -> None:
        """Forget all of them."""
        self._kept.clear()
        self._asked.clear()

    def _keep(self, vault_name: str, image: QImage) -> None:
        self._kept[vault_name] = QPixmap.fromImage(image)
        self.ready.emit(vault_name)


def _image(clinic: Clinic, vault_name: str) -> QImage:
    return QImage.fromData(clinic.read(lambda reader: reader.thumbnail(vault_name)))


def pixmap_of(data: bytes, *, side_px: int) -> QPixmap:
    """A small picture from a thumbnail's bytes, null where there are none."""
    picture = QPixmap()
    if data:
        picture.loadFromData(data)
    if picture.isNull():
        return picture
    return picture.scaled(
        side_px, side_px, Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )  # fmt: skip


def icon_of(data: bytes, *, side_px: int) -> QIcon:
    """The same for a list: its colours stay where it is chosen, for a wound is told by them."""
    picture = pixmap_of(data, side_px=side_px)
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon
