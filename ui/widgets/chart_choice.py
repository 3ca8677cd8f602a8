"""Which series a chart shows: how the area's axis runs, and a small sheet of boxes to tick."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui import icons, theme
from ui.chart_view import ChartView
from ui.settings import Settings
from ui.widgets.form import Choice, clear_layout
from woundtrack.report.chart_choice import (
    AREA,
    AREA_SCALES,
    GROUPS,
    MOST_PANES,
    ChartChoice,
    Offer,
    is_full,
    shown_of,
)
from woundtrack.words import _


class SeriesSheet(QFrame):
    """Opens under its button; what is ticked is shown at once, Esc and a click beside close it."""

    toggled = Signal(str, bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("card", "true")
        self.setAccessibleName(_("Series of the chart"))
        self.boxes: dict[str, QCheckBox] = {}
        self.full = theme.label(role="muted")
        self.full.setWordWrap(True)
        self._inside = inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.grid(0.5))
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        for widget in (self._scroll.viewport(), inside):
            widget.setAutoFillBackground(False)  # the sheet's own colour shows
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(*[theme.grid(1.5)] * 4)
        self._whole.addWidget(self._scroll)
        self._whole.addWidget(self.full)

    def set_offers(self, offers: Sequence[Offer]) -> None:
        """The boxes of what the patient has, under the names of their groups."""
        clear_layout(self._column)
        self.boxes = {}
        group = None
        for offer in sorted(offers, key=lambda each: list(GROUPS).index(each.group)):
            if offer.group is not group:
                group = offer.group
                self._column.addWidget(theme.label(_(GROUPS[group]), role="muted"))
            box = QCheckBox(offer.name)
            box.toggled.connect(lambda on, key=offer.key: self.toggled.emit(key, on))
            self.boxes[offer.key] = box
            self._column.addWidget(box)
        self._column.addStretch(1)

    def set_choice(self, offers: Sequence[Offer], choice: ChartChoice) -> None:
        """Tick what is shown; what would need one more pane than there can be is not offered."""
        shown = {offer.key for offer in shown_of(offers, choice)}
        barred = False
        for offer in offers:
            box = self.boxes[offer.key]
            box.blockSignals(True)
            box.setChecked(offer.key in shown)
            box.blockSignals(False)
            full = is_full(offers, choice, offer)
            box.setEnabled(not full)
            barred |= full
        text = _("{count} curves beneath each other at most: take one away to see another.")
        self.full.setText(text.format(count=MOST_PANES) if barred else "")
        self.full.setVisible(barred)
        if self.isVisible():
            self._fit(self.screen().availableGeometry().height())

    def open_under(self, button: QWidget) -> None:
        """Show it under a button, within the screen, with the focus on the first box."""
        screen = button.screen().availableGeometry()
        self._fit(screen.height())
        corner = button.mapToGlobal(QPoint(button.width() - self.width(), button.height() + 2))
        x = min(max(corner.x(), screen.left()), screen.right() - self.width())
        y = min(corner.y(), screen.bottom() - self.height())
        self.move(x, y)
        self.show()
        if self.boxes:
            next(iter(self.boxes.values())).setFocus(Qt.FocusReason.TabFocusReason)

    def _fit(self, screen_px: int) -> None:
        """As large as what it holds; Qt alone takes a sentence of two lines for one."""
        wanted = self._inside.sizeHint()
        wide = wanted.width() + self._scroll.verticalScrollBar().sizeHint().width()
        self._scroll.setFixedSize(wide, min(wanted.height() + 4, 3 * screen_px // 4))
        self.full.setFixedWidth(wide)
        margins = self._whole.contentsMargins()
        wide += margins.left() + margins.right()
        self.resize(wide, self._whole.totalHeightForWidth(wide))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.close()
        else:
            super().keyPressEvent(event)


class ChartChooser(QWidget):
    """How the area's axis runs, and a button that opens the series; small beside the chart."""

    choice_changed = Signal(object)
    """The new `ChartChoice`."""

    def __init__(self, *, choice: ChartChoice | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice = choice or ChartChoice()
        self._offers: tuple[Offer, ...] = ()
        self.scale = Choice([(key, _(name)) for key, name in AREA_SCALES.items()])
        self.scale.setAccessibleName(_("Axis of the area"))
        self.scale.setToolTip(_("Axis of the area"))
        self.scale.set_value(self._choice.area_scale)
        self.scale.currentIndexChanged.connect(self._scaled)
        self.button = theme.button(_("Series"), icon=icons.icon("list-checks"))
        self.button.setAutoDefault(False)
        self.button.setToolTip(_("Which series the chart shows"))
        self.button.clicked.connect(lambda: self.sheet.open_under(self.button))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.grid(0.5))
        row.addWidget(self.scale)
        row.addWidget(self.button)
        # Last: a window made before them takes both out of the way of the Tab key.
        self.sheet = SeriesSheet(self)
        self.sheet.toggled.connect(self._toggled)
        self.setFocusProxy(self.scale)
        self._show()

    def choice(self) -> ChartChoice:
        """What is chosen, series that this patient does not have included."""
        return self._choice

    def set_offers(self, offers: Sequence[Offer]) -> None:
        """What there is to choose from."""
        if tuple(offers) != self._offers:
            self._offers = tuple(offers)
            self.sheet.set_offers(self._offers)
        self._show()

    def _scaled(self) -> None:
        series = self._choice.series
        self._change(ChartChoice(series, self.scale.value()))

    def _toggled(self, key: str, shown: bool) -> None:
        before = shown_of(self._offers, self._choice)
        choice = self._choice
        if not any(offer.key in choice.series for offer in self._offers):
            # What stood in for series that this patient does not have is chosen by now.
            for offer in before:
                choice = choice.with_series(offer.key, shown=True)
        self._change(choice.with_series(key, shown=shown))

    def _change(self, choice: ChartChoice) -> None:
        self._choice = choice
        self._show()
        self.choice_changed.emit(choice)

    def _show(self) -> None:
        self.sheet.set_choice(self._offers, self._choice)
        shown = {offer.key for offer in shown_of(self._offers, self._choice)}
        self.scale.setVisible(AREA in shown)
        self.setVisible(bool(self._offers))


def add_chooser(view: ChartView, settings: Settings) -> ChartChooser:
    """A chooser in the chart's corner; what is chosen is remembered for this person's account."""
    chooser = ChartChooser(choice=settings.chart_choice)
    view.set_corner(chooser)
    view.set_choice(chooser.choice())

    def choose(choice: ChartChoice) -> None:
        settings.chart_choice = choice
        view.set_choice(choice)

    chooser.choice_changed.connect(choose)
    view.offers_changed.connect(lambda: chooser.set_offers(view.offers()))
    return chooser
