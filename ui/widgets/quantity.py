"""A short field for one number: typed with a point or a comma, empty where not known."""

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui import theme
from woundtrack import words
from woundtrack.errors import RecordError
from woundtrack.therapy.quantity import read_as, read_quantity
from woundtrack.therapy.session import plain_number
from woundtrack.words import _

_THOUSAND_OR_DECIMAL = re.compile(r"(\d{1,3})[.,](\d{3})\D*")


def parse_number(text: str) -> float | None:
    """A number from "3.2" or "3,2"; None where the text is not one."""
    plain = text.strip().replace(",", ".").replace("\N{MINUS SIGN}", "-")
    try:
        value = float(plain)
    except ValueError:
        return None
    return value if abs(value) < 1e9 and value == value else None


def written(value: float) -> str:
    """A number with the decimals it has, and no grouping, so that it can be read back."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return text.replace(".", words.number(0.5)[1])


def doubt_about(text: str) -> str:
    """What to ask of digits that may be a thousand or a decimal; empty where they are read."""
    plain = text.strip().lstrip("<> ")
    found = _THOUSAND_OR_DECIMAL.fullmatch(plain)
    if found is None or read_quantity(plain) is not None:
        return ""
    large, small = f"{found[1]}{found[2]}", plain_number(float(f"{found[1]}.{found[2]}"))
    return _("Is it {large} or {small}? Write the one that is meant.").format(
        large=large, small=small
    )


class QuantityField(QLineEdit):
    """One number in a unit. `value()` is None when empty; `is_valid()` tells a slip apart."""

    changed = Signal()
    entered = Signal()

    def __init__(
        self,
        *,
        unit: str = "",
        kept_in: str = "",
        decimals: int = 1,
        highest: float = 1000.0,
        takes_enter: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`unit` stands in the empty field. With `kept_in` another unit may be written behind the
        number, and is converted."""
        super().__init__(parent)
        self._kept_in = kept_in
        self._decimals = decimals
        self._highest = highest
        self._takes_enter = takes_enter
        self.setPlaceholderText(unit)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setMaxLength(12 if kept_in else 8)
        widest = "00000.0 mm" if kept_in else "00000.0"
        self.setFixedWidth(self.fontMetrics().horizontalAdvance(widest) + theme.grid(2))
        self.textEdited.connect(lambda _text: self._check())
        self.editingFinished.connect(self._tidy)

    def value(self) -> float | None:
        """The number typed, None where there is none or it cannot be."""
        number = self._typed()
        if number is None or not 0 <= number <= self._highest:
            return None
        return number if self._decimals or number == round(number) else None

    def is_valid(self) -> bool:
        """Whether the field is empty or holds a possible number."""
        return not self.text().strip() or self.value() is not None

    def set_value(self, value: float | None) -> None:
        """Show a number, or nothing; tells nobody. A slip being typed stays to be mended."""
        if value is None and self.hasFocus() and not self.is_valid():
            return
        if value != self.value() or not self.is_valid():
            self.setText("" if value is None else self._shown(value))
        theme.retone(self, "invalid", False)

    def _typed(self) -> float | None:
        if not self._kept_in:
            return parse_number(self.text())
        try:
            return read_as(self.text(), unit=self._kept_in)
        except RecordError:
            return None

    def _check(self) -> None:
        theme.retone(self, "invalid", not self.is_valid())
        self.changed.emit()  # of a slip too: its first digits said another number

    def _tidy(self) -> None:
        value = self.value()
        if value is not None:
            self.setText(self._shown(value))

    def _shown(self, value: float) -> str:
        """A number as numbers are written here where no digit is lost by it, else all of it."""
        shown = words.number(value, decimals=self._decimals)
        return shown if parse_number(shown) == value else written(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self._takes_enter and is_enter:
            self._tidy()
            self.entered.emit()
            event.accept()
            return
        super().keyPressEvent(event)
