"""The program's icon in every form that a system asks for, drawn from its one SVG.

`python packaging/program_icon.py FOLDER` writes woundtrack.ico, woundtrack.icns and a PNG a size.
"""

import io
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SOURCE = Path(__file__).resolve().parent.parent / "resources" / "program" / "woundtrack.svg"
SIZES_PX = (16, 22, 24, 32, 48, 64, 128, 256, 512, 1024)
WINDOWS_PX = (16, 20, 24, 32, 40, 48, 64, 128, 256)
MACOS_PX = (16, 32, 64, 128, 256, 512, 1024)


def drawn(side_px: int) -> Image.Image:
    """The mark as an RGBA image, drawn at that size and not scaled to it."""
    image = QImage(side_px, side_px, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(SOURCE)).render(painter)
    painter.end()
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return Image.open(io.BytesIO(held.data())).convert("RGBA")


def write(folder: Path) -> None:
    """Write every form of the icon to the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {side: drawn(side) for side in sorted({*SIZES_PX, *WINDOWS_PX, *MACOS_PX})}
    for side in SIZES_PX:
        made[side].save(folder / f"woundtrack-{side}.png", optimize=True)
    made[256].save(
        folder / "woundtrack.ico",
        sizes=[(side, side) for side in WINDOWS_PX],
        append_images=[made[side] for side in WINDOWS_PX],
    )
    made[1024].save(folder / "woundtrack.icns", append_images=[made[side] for side in MACOS_PX])


if __name__ == "__main__":
    application = QGuiApplication(sys.argv[:1])
    write(Path(sys.argv[1]))
