"""What can be chosen above the comparison's canvas: how it compares, and what it draws."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QLabel, QPushButton, QSlider, QWidget

from ui import theme
from ui.compare.picture import MODE_NAMES, Mode
from ui.widgets.flow import FlowLayout
from ui.widgets.form import Choice
from woundtrack import words
from woundtrack.words import _

FADE_STEPS = 100


class CompareTools(QWidget):
    """Modes (1 to 5), which two photos lie over each other, and what is drawn."""

    mode_chosen = Signal(object)
    over_chosen = Signal(int, int)
    """The ids of the two photos."""
    fade_chosen = Signal(float)
    blink_chosen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lesion = Choice([])
        self.lesion.setAccessibleName(_("Lesion"))
        self._group = QButtonGroup(self)
        self.modes = {mode: self._mode_button(mode, key) for key, mode in enumerate(Mode, start=1)}
        self.outlines = self._toggle(_("Show outlines"), "O", _("Draw the outlines"))
        self.change = self._toggle(
            _("Gained and lost"), "G", _("Tint what the wound gained and what it lost")
        )
        self.colours = self._toggle(
            _("Matched colours"),
            "C",
            _("Take out the light’s colour by the card’s greys or the ruler’s white"),
        )
        self.points = self._toggle(
            _("Points…"), "P", _("Click the same places in the photos, to lay them on each other")
        )
        self.fit = self._button(_("Fit"), _("The wounds; again: the whole photos (0)"))
        self.film = self._button(_("Film…"), _("A film or a sheet of these photos, for a lecture"))
        self.photos = self._toggle(_("Photos"), "F9", _("Choose which photos are compared"))
        self._build_over()
        self._lay_out()

    def _mode_button(self, mode: Mode, key: int) -> QPushButton:
        button = self._toggle(_(MODE_NAMES[mode]), str(key), "")
        self._group.addButton(button)
        button.clicked.connect(lambda: self.mode_chosen.emit(mode))
        return button

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("toggle", True)
        button.setAutoDefault(False)
        button.setToolTip(tip)
        bold = QFontMetrics(theme.font(bold=True))  # as it is once it is checked
        button.setMinimumWidth(bold.horizontalAdvance(text) + theme.grid(2.5))
        return button

    def _toggle(self, text: str, key: str, tip: str) -> QPushButton:
        button = self._button(text, _("{what} ({key})").format(what=tip or text, key=key))
        button.setCheckable(True)
        # A shortcut of the button itself would click it with a delay that is seen.
        QShortcut(QKeySequence(key), self).activated.connect(button.click)
        return button

    def _build_over(self) -> None:
        self.first, self.second = Choice([]), Choice([])
        self.first.setAccessibleName(_("The photo beneath"))
        self.second.setAccessibleName(_("The photo above"))
        self.fade = QSlider(Qt.Orientation.Horizontal)
        self.fade.setRange(0, FADE_STEPS)
        self.fade.setFixedWidth(theme.grid(18))
        self.fade.setAccessibleName(_("How much of the photo above is seen"))
        tip = _("Space stops and starts; Ctrl and an arrow show the other photo")
        self.blink = self._button(_("Blink by itself"), tip)
        self.blink.setCheckable(True)
        self.blink.clicked.connect(self.blink_chosen)
        for choice in (self.first, self.second):
            choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
            choice.activated.connect(
                lambda _index: self.over_chosen.emit(self.first.value(), self.second.value())
            )
        self.fade.valueChanged.connect(lambda step: self.fade_chosen.emit(step / FADE_STEPS))
        self._and = QLabel(_("and"))
        for beside in (self._and, self.fade):
            beside.setFixedHeight(self.first.sizeHint().height())

    def _lay_out(self) -> None:
        row = FlowLayout(self, gap=theme.grid(0.75))
        for widget in (
            self.lesion, *self.modes.values(), self.first, self._and, self.second, self.fade,
            self.blink, self.outlines, self.change, self.colours, self.points, self.fit,
            self.film, self.photos,
        ):  # fmt: skip
            row.addWidget(widget)

    # -- showing

    def show_lesions(self, pairs: Sequence[tuple[int, str]], *, chosen: int) -> None:
        """Offer the lesions of which there are photos."""
        self.lesion.offer(pairs, chosen=chosen)
        self.lesion.setVisible(len(pairs) > 1)

    def show_mode(self, mode: Mode, *, laid: Sequence[tuple[int, str]], why_not: str) -> None:
        """Mark the mode; those over each other need two photos that lie on each other."""
        over = mode is not Mode.SIDE_BY_SIDE
        for number, (each, button) in enumerate(self.modes.items(), start=1):
            offered = each is Mode.SIDE_BY_SIDE or len(laid) > 1
            button.setEnabled(offered)
            key = _("{what} ({key})").format(what=button.text(), key=number)
            button.setToolTip(key if offered else words.labelled(button.text(), why_not))
        self.modes[mode].setChecked(True)
        for widget in (self.first, self._and, self.second):
            widget.setVisible(over and len(laid) > 2)
        self.fade.setVisible(mode is Mode.FADE)
        self.blink.setVisible(mode is Mode.BLINK)

    def show_over(self, laid: Sequence[tuple[int, str]], *, first: int, second: int) -> None:
        """Offer the photos that lie on each other; none over itself."""
        self.first.offer([pair for pair in laid if pair[0] != second], chosen=first)
        self.second.offer([pair for pair in laid if pair[0] != first], chosen=second)

    def show_fade(self, part: float) -> None:
        """Show how much of the photo above is seen."""
        self.fade.setValue(round(FADE_STEPS * part))
