"""What each way of giving a scale by hand still asks for, once its points are set."""

import math
from collections.abc import Callable, Sequence
from typing import TypeAlias

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui import theme
from ui.photo_editor.tools import Tool
from ui.settings import Settings
from ui.widgets.open_choice import OpenChoice
from ui.widgets.quantity import QuantityField, parse_number
from woundtrack import words
from woundtrack.errors import ScaleError
from woundtrack.photo.types import Photo, Pixels
from woundtrack.scale.types import PointPx, Scale
from woundtrack.words import _

Make: TypeAlias = Callable[[Pixels, Photo], Scale]
"""Makes the scale, off the GUI thread; raises ScaleError."""


class WayRow(QWidget):
    """Asks for what one tool leaves open. `make` is what it comes to."""

    changed = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, theme.grid(0.5), 0, 0)
        self.column.setSpacing(theme.grid(0.5))

    @property
    def ready(self) -> bool:
        """Whether there is something in the photo to ask about."""
        return False

    def make(self) -> Make | None:
        """How to make the scale; None while something is missing. Raises ScaleError."""
        return None

    def start(self) -> None:
        """Put the keyboard into the first field."""

    def used(self) -> None:
        """What it gave was accepted."""

    def forget(self) -> None:
        """Empty what is true of these points, or of this photo, alone."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the scale and no more: what was taken is to be seen before one goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        super().keyPressEvent(event)

    def field(self, name: str) -> QuantityField:
        """A field for a length; what is too long for the photo is said when it is tried."""
        made = QuantityField(highest=math.inf, takes_enter=True)
        made.setAccessibleName(name)
        made.changed.connect(self.changed)
        made.entered.connect(self.entered)
        return made


class PointsRow(WayRow):
    """What has points set by hand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.points: tuple[PointPx, ...] = ()

    @property
    def ready(self) -> bool:
        return bool(self.points)

    def set_points(self, points: Sequence[PointPx]) -> None:
        """Where the points are now; what was typed of others does not count for new ones."""
        self.points = tuple(points)
        if not points:
            self.forget()


class TwoPointsRow(PointsRow):
    """The mm between two points."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.distance = self.field(_("mm between the two points"))
        self.column.addLayout(line(_("Between the two:"), self.distance, _("mm")))

    def forget(self) -> None:
        self.distance.clear()

    def start(self) -> None:
        self.distance.setFocus()
        self.distance.selectAll()

    def make(self) -> Make | None:
        distance_mm, points = self.distance.value(), self.points
        if len(points) != 2 or _is_open(self.distance):
            return None
        if not distance_mm:
            raise ScaleError("scale.mm_not_positive")

        def made(_pixels: Pixels, photo: Photo) -> Scale:
            from woundtrack.scale.manual import from_two_points

            return from_two_points(points[0], points[1], distance_mm, photo)

        return made


class FourPointsRow(PointsRow):
    """The sides of the rectangle that four points are the corners of."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.long_side, self.short_side = self.field(_("One side, mm")), self.field(
            _("Other side, mm")
        )  # fmt: skip
        self.long_side.entered.disconnect(self.entered)
        self.long_side.entered.connect(self.short_side.setFocus)
        self.column.addLayout(line(_("Its sides:"), self.long_side, "×", self.short_side, _("mm")))

    def forget(self) -> None:
        for side in (self.long_side, self.short_side):
            side.clear()

    def start(self) -> None:
        self.long_side.setFocus()
        self.long_side.selectAll()

    def make(self) -> Make | None:
        sides_mm, points = (self.long_side.value(), self.short_side.value()), self.points
        if len(points) != 4 or _is_open(self.long_side) or _is_open(self.short_side):
            return None
        if not sides_mm[0] or not sides_mm[1]:
            raise ScaleError("scale.mm_not_positive")
        width_mm, height_mm = sides_mm

        def made(_pixels: Pixels, photo: Photo) -> Scale:
            from woundtrack.scale.manual import from_four_points

            return from_four_points(points, width_mm, height_mm, photo)

        return made


class DotRow(PointsRow):
    """Which coin it is, or how wide."""

    def __init__(self, settings: Settings | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.choice = OpenChoice({}, value=settings.last("dot") if settings else "")
        self.choice.setAccessibleName(_("Coin, or diameter in mm"))
        self.choice.setMaxVisibleItems(16)
        line_edit = self.choice.lineEdit()
        assert isinstance(line_edit, QLineEdit)
        line_edit.setPlaceholderText(_("coin, or mm"))
        line_edit.returnPressed.connect(self.entered)  # all that is heard beneath the open list
        self.choice.currentTextChanged.connect(lambda _text: self.changed.emit())
        self.column.addLayout(line(_("It is"), self.choice))

    def showEvent(self, event: QShowEvent) -> None:
        """Offer the coins, whose list is not loaded before somebody wants it."""
        if not self.choice.count():
            with QSignalBlocker(self.choice):
                self.choice.offer(_dot_names())
        super().showEvent(event)

    def start(self) -> None:
        self.choice.setFocus()
        self.choice.lineEdit().selectAll()

    def used(self) -> None:
        if self._settings is not None:
            self._settings.keep_last("dot", self.choice.value())

    def make(self) -> Make | None:
        from woundtrack.scale.dot import COINS

        chosen, points = self.choice.value(), self.points
        if len(points) != 1 or not chosen:
            return None
        coin = next((each for each in COINS if each.name == chosen), None)
        typed_mm = parse_number(chosen.casefold().removesuffix("mm"))
        diameter_mm = coin.diameter_mm if coin else typed_mm
        if not diameter_mm:
            raise ScaleError("scale.mm_not_positive")
        thickness_mm = coin.thickness_mm if coin else None

        def made(pixels: Pixels, photo: Photo) -> Scale:
            from woundtrack.scale.dot import from_dot

            return from_dot(
                pixels, photo, at_px=points[0], diameter_mm=diameter_mm, thickness_mm=thickness_mm
            )

        return made


class SquareRow(PointsRow):
    """How long the square's side is."""

    def __init__(self, settings: Settings | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.side = self.field(_("Side of the square, mm"))
        if settings is not None:
            self.side.setText(settings.last("square"))
        self.column.addLayout(line(_("Its side:"), self.side, _("mm")))

    def start(self) -> None:
        self.side.setFocus()
        self.side.selectAll()

    def used(self) -> None:
        if self._settings is not None:
            self._settings.keep_last("square", f"{self.side.value() or 0.0:g}")

    def make(self) -> Make | None:
        side_mm, points = self.side.value(), self.points
        if len(points) != 1 or _is_open(self.side):
            return None
        if not side_mm:
            raise ScaleError("scale.mm_not_positive")

        def made(pixels: Pixels, photo: Photo) -> Scale:
            from woundtrack.scale.square import from_square

            return from_square(pixels, photo, at_px=points[0], side_mm=side_mm)

        return made


def line(*parts: str | QWidget) -> QHBoxLayout:
    """One line of words and fields."""
    row = QHBoxLayout()
    for part in parts:
        row.addWidget(theme.label(part) if isinstance(part, str) else part)
    row.addStretch(1)
    return row


def points_rows(settings: Settings | None) -> dict[Tool, PointsRow]:
    """The rows of the tools that set points."""
    return {
        Tool.TWO_POINTS: TwoPointsRow(),
        Tool.FOUR_POINTS: FourPointsRow(),
        Tool.DOT: DotRow(settings),
        Tool.SQUARE: SquareRow(settings),
    }


def _is_open(field: QuantityField) -> bool:
    """Whether nothing was typed yet."""
    return not field.text().strip()


def _dot_names() -> dict[str, str]:
    """Coins by the name the mint gives them, then adhesive dots, with their diameters."""
    from woundtrack.scale.dot import COINS, DOTS_MM

    named = _("{coin}, {millimetres} mm")
    coins = {
        coin.name: named.format(
            coin=coin.name, millimetres=words.number(coin.diameter_mm, decimals=2)
        )
        for coin in COINS
    }
    dots = {
        f"{mm:g}": _("round dot, {millimetres} mm").format(millimetres=words.number(mm, decimals=0))
        for mm in DOTS_MM
    }
    return {"": "", **coins, **dots}
