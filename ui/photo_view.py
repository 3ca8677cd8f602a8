"""Whether a photo is an overview or a close-up, as a sign and as a choice: told, or proposed."""

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from ui import icons, theme
from ui.models.names import view_name
from woundtrack.records import PhotoView
from woundtrack.words import _

KEYS = {
    Qt.Key.Key_1: PhotoView.OVERVIEW, Qt.Key.Key_2: PhotoView.CLOSE_UP, Qt.Key.Key_0: None,
}  # fmt: skip
"""What a key tells of a photo; None says that nobody knows."""
BADGE_PX = 22
_ICONS = {
    PhotoView.OVERVIEW: "person-standing", PhotoView.CLOSE_UP: "zoom-in",
    None: "circle-question-mark",
}  # fmt: skip


def view_badge(view: PhotoView | None, *, told: bool, ratio: float) -> QPixmap:
    """Filled where a person told it; pale with a dashed rim where it is only proposed."""
    return _badge(view, told, theme.is_dark(), ratio)


@lru_cache(maxsize=32)
def _badge(view: PhotoView | None, told: bool, _dark: bool, ratio: float) -> QPixmap:
    tokens, side = theme.tokens(), BADGE_PX
    made = QPixmap(round(side * ratio), round(side * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    if view is None:
        painter.drawPixmap(2, 2, icons.pixmap(_ICONS[view], size_px=side - 4, tone="muted",
                                              ratio=ratio))  # fmt: skip
        painter.end()
        return made
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rim = QPen(QColor(tokens.accent), 1.5)
    if not told:
        rim.setDashPattern([2.0, 1.5])
    painter.setPen(rim)
    painter.setBrush(QColor(tokens.accent if told else tokens.surface))
    painter.drawEllipse(QRect(1, 1, side - 2, side - 2))
    tone = "on_accent" if told else "accent"
    painter.drawPixmap(4, 4, icons.pixmap(_ICONS[view], size_px=side - 8, tone=tone, ratio=ratio))
    painter.end()
    return made


def add_views(
    menu: QMenu,
    view: PhotoView | None,
    *,
    told: bool,
    tell: Callable[[PhotoView | None], None],
    read_only: bool = False,
) -> None:
    """Add the choice to a menu: what was told is ticked, what is proposed is named as such."""
    group = QActionGroup(menu)
    for key, each in KEYS.items():
        name = _("Not told") if each is None else view_name(each, told=told or each is not view)
        action = QAction(name, menu, checkable=True)
        action.setShortcut(key)
        # Else the key would tell it from anywhere in the window, once a menu has been open.
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)
        action.setChecked(each is (view if told else None))
        action.setEnabled(not read_only)
        action.triggered.connect(lambda _on, chosen=each: tell(chosen))
        group.addAction(action)
        menu.addAction(action)


class ViewButton(QToolButton):
    """Shows what a photo takes in; a click offers to tell it."""

    view_told = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[PhotoView | None, bool] = (None, False)
        self.setAutoRaise(True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMenu(QMenu(self))
        self.menu().aboutToShow.connect(self._fill)
        self.show_view(None, told=False)

    def show_view(self, view: PhotoView | None, *, told: bool) -> None:
        """Show a view that was told, or one that is only proposed."""
        self._shown = (view, told)
        name = view_name(view, told=told)
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.setIcon(view_badge(view, told=told, ratio=self.devicePixelRatioF()))
        self.setIconSize(self.icon().availableSizes()[0])

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            view, told = self._shown
            self.show_view(view, told=told)

    def _fill(self) -> None:
        self.menu().clear()
        view, told = self._shown
        add_views(self.menu(), view, told=told, tell=self.view_told.emit)
