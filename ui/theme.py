"""One look for every page: Fusion with a palette of our own, light and dark, on an 8 px grid.

The palette of the application is the only state: `tokens()` reads from it whether light or
dark is in force, so a widget that paints itself asks for tokens when it paints.
"""

import textwrap

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget

from ui.style import DARK, LIGHT, PlainWords, Tokens, palette_of, style_sheet
from ui.style import mixed as mixed
from woundtrack.paths import resources_dir

GRID_PX = 8
"""Every margin, gap and size is a multiple of this (half of it inside a control)."""
BASE_POINT_SIZE = 10.5
_EVEN_CONTRAST = 0.194
"""The luminance on which white and the near black of `ink_on` are read alike."""
TIP_SIGNS = 72
CHOICES = ("system", "light", "dark")
ZOOMS = (1.0, 1.15, 1.3, 1.5)
FAMILY = "Noto Sans"
FAMILIES = (FAMILY, "DejaVu Sans")
"""The second has the signs that the first lacks (minus, arrows, ticks), on any machine."""

OKABE_ITO = (
    "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#999999",
)  # fmt: skip
"""Colours told apart by every kind of colour vision (Okabe & Ito 2008)."""
HATCHES = (
    Qt.BrushStyle.SolidPattern, Qt.BrushStyle.BDiagPattern, Qt.BrushStyle.VerPattern,
    Qt.BrushStyle.CrossPattern, Qt.BrushStyle.FDiagPattern, Qt.BrushStyle.HorPattern,
    Qt.BrushStyle.DiagCrossPattern, Qt.BrushStyle.Dense5Pattern,
)  # fmt: skip
"""One pattern for each colour of `OKABE_ITO`, for those who do not see colours."""


def application() -> QApplication:
    """The running application."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def is_dark() -> bool:
    """Whether the dark palette is in force."""
    return QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128


def tokens() -> Tokens:
    """The named colours now in force."""
    return DARK if is_dark() else LIGHT


def ink_on(ground: str) -> str:
    """White or near black, whichever is read better on a colour (contrast of WCAG 2.2)."""
    parts = QColor(ground).getRgbF()[:3]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    light = sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return "#ffffff" if light < _EVEN_CONTRAST else "#101418"


def grid(count: float = 1) -> int:
    """`count` steps of the 8 px grid, in px."""
    return round(GRID_PX * count)


def text_grid(count: float) -> int:
    """`count` steps of the grid, in px, grown with the text: for what words must fit into."""
    return round(GRID_PX * count * zoom_in_force(application()))


def apply(app: QApplication, *, choice: str = "system", zoom: float = 1.0) -> None:
    """Dress the application: style, palette, font and style sheet.

    `choice` is one of `CHOICES`; "system" follows the desktop, now and when it changes.
    """
    first = not app.property("themed")
    app.setProperty("themeChoice", choice)
    app.setProperty("themeZoom", zoom)
    if first:
        app.setProperty("themed", True)
        app.setStyle(PlainWords("Fusion"))
        for name in ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "DejaVuSans.ttf"):
            QFontDatabase.addApplicationFont(str(resources_dir() / "fonts" / name))
        app.styleHints().colorSchemeChanged.connect(lambda _scheme: _follow_system(app))
    _dress(app, choice, zoom)


def choice_in_force(app: QApplication) -> str:
    """The choice last applied: one of `CHOICES`."""
    return str(app.property("themeChoice") or "system")


def zoom_in_force(app: QApplication) -> float:
    """The text zoom last applied; 1 is the base size."""
    return float(app.property("themeZoom") or 1.0)


def font(*, scale: float = 1.0, bold: bool = False) -> QFont:
    """The base font enlarged by `scale`; never under 10 pt."""
    made = QFont(QApplication.font())
    made.setPointSizeF(max(10.0, made.pointSizeF() * scale))
    made.setBold(bold)
    return made


def primary(button: QPushButton) -> QPushButton:
    """The same button, shown as the page's main way on."""
    button.setProperty("primary", True)
    return button


def button(text: str, *, icon: QIcon | None = None, main: bool = False) -> QPushButton:
    """A button with room between icon and words; `main` makes it the page's main way on."""
    made = QPushButton(f" {text}" if icon is not None else text)
    if icon is not None:
        made.setIcon(icon)
        side = max(16, made.fontMetrics().height() * 4 // 5)
        made.setIconSize(QSize(side, side))
    return primary(made) if main else made


def icon_button(icon: QIcon, tip: str, *, parent: QWidget | None = None) -> QToolButton:
    """A flat button without words: the tip is its name for those who hear it."""
    made = QToolButton(parent)
    made.setAutoRaise(True)
    made.setIcon(icon)
    made.setToolTip(tip)
    made.setAccessibleName(tip)
    return made


def tip(*texts: str) -> str:
    """Texts as a tool tip of lines that are not too long."""
    return "\n".join(textwrap.fill(text, TIP_SIGNS) for text in texts)


def label(text: str = "", *, role: str = "", parent: QWidget | None = None) -> QLabel:
    """A label in a role: "title", "heading", "muted", "error", "warning", "ok" or plain."""
    made = QLabel(text, parent)
    if role:
        made.setProperty("role", role)
    return made


def chip(text: str, *, tone: str = "neutral", parent: QWidget | None = None) -> QLabel:
    """A small rounded tag; `tone` is neutral, accent, ok, warning or danger."""
    made = QLabel(text, parent)
    made.setProperty("chip", tone)
    return made


def retone(widget: QWidget, name: str, value: object) -> None:
    """Change a style property ("role", "chip", "primary", …) and show it at once."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _follow_system(app: QApplication) -> None:
    if choice_in_force(app) == "system":
        _dress(app, "system", zoom_in_force(app))


def _dress(app: QApplication, choice: str, zoom: float) -> None:
    dark = choice == "dark"
    if choice == "system":
        dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    colours = DARK if dark else LIGHT
    font_ = QFont(FAMILY)
    font_.setFamilies(FAMILIES)
    font_.setPointSizeF(BASE_POINT_SIZE * max(1.0, zoom))
    # Each of the three is worked through by every widget there is, even where nothing changes.
    if app.font() != font_:
        app.setFont(font_)
    if app.palette() != (palette := palette_of(colours)):
        app.setPalette(palette)
    if app.styleSheet() != (sheet := style_sheet(colours)):
        app.setStyleSheet(sheet)
