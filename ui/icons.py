"""The one icon set (Lucide, ISC), tinted with the palette in force at the moment of painting."""

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache

from ui import theme
from woundtrack.paths import resources_dir

NONE = QIcon()
PROGRAM = "woundtrack"
"""The program's own mark, in colours of its own."""


class _TintedEngine(QIconEngine):
    """Draws one SVG in the colour its mode asks for, so a change of theme recolours it."""

    def __init__(self, name: str, tone: str) -> None:
        super().__init__()
        self._name = name
        self._tone = tone

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        _draw(painter, QRectF(rect), self._name, self._colour(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        key = f"icon {self._name} {self._colour(mode)} {size.width()} {size.height()}"
        made = QPixmap()
        if QPixmapCache.find(key, made):
            return made
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        side = min(size.width(), size.height())
        left, top = (size.width() - side) // 2, (size.height() - side) // 2
        self.paint(painter, QRect(left, top, side, side), mode, state)
        painter.end()
        QPixmapCache.insert(key, made)
        return made

    def clone(self) -> QIconEngine:
        return _TintedEngine(self._name, self._tone)

    def _colour(self, mode: QIcon.Mode) -> str:
        colours = theme.tokens()
        if mode == QIcon.Mode.Disabled:
            return theme.mixed(colours.window, colours.muted, 0.55)
        if mode == QIcon.Mode.Selected:
            return colours.on_accent
        if mode == QIcon.Mode.Active and self._tone == "text":
            return colours.accent
        return str(getattr(colours, self._tone))


@lru_cache(maxsize=256)
def icon(name: str, *, tone: str = "text") -> QIcon:
    """The icon `name` of `resources/icons`, in the colour of a `theme.Tokens` field.

    Crisp at every device pixel ratio; recoloured when the theme changes. An unknown name is
    a mistake of the program: KeyError.
    """
    if not _file(name).is_file():
        raise KeyError(name)
    return QIcon(_TintedEngine(name, tone))


def pixmap(name: str, *, size_px: int, tone: str = "text", ratio: float = 1.0) -> QPixmap:
    """The icon as a square pixmap of `size_px` device-independent px."""
    made = QPixmap(round(size_px * ratio), round(size_px * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    colour = str(getattr(theme.tokens(), tone))
    _draw(painter, QRectF(made.rect()), name, colour)
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def _draw(painter: QPainter, rect: QRectF, name: str, colour: str) -> None:
    # Loaded with the first icon drawn, not with the first window opened.
    from PySide6.QtSvg import QSvgRenderer

    QSvgRenderer(QByteArray(tinted(name, colour))).render(painter, rect)


@lru_cache(maxsize=256)
def source(name: str) -> str:
    """The SVG text of an icon. Raises KeyError where the set has no such icon."""
    try:
        return _file(name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise KeyError(name) from None


def _file(name: str) -> Path:
    return resources_dir() / ("program" if name == PROGRAM else "icons") / f"{name}.svg"


@lru_cache(maxsize=1024)
def tinted(name: str, colour: str) -> bytes:
    """The SVG of an icon drawn in `colour` ("#rrggbb")."""
    return source(name).replace("currentColor", colour).encode()
