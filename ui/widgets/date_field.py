"""A date typed as people write it, or picked from a calendar; it may be empty."""

import datetime as dt
import re

from PySide6.QtCore import QDate, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QMenu, QWidget, QWidgetAction

from ui import icons, theme
from woundtrack import words
from woundtrack.words import _

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[ ./-](\d{1,2})[ ./-](\d{4})")
_SOLID = re.compile(r"(\d{2})(\d{2})(\d{4})")


def parse_date(text: str) -> dt.date | None:
    """A date from "1958-04-03", "3/4/1958", "03.04.1958" or "03041958" (day first), or None."""
    text = text.strip()
    iso = _ISO.fullmatch(text)
    day_first = _DAY_FIRST.fullmatch(text) or _SOLID.fullmatch(text)
    if iso:
        year, month, day = (int(part) for part in iso.groups())
    elif day_first:
        day, month, year = (int(part) for part in day_first.groups())
    else:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def today() -> dt.date:
    """The local calendar day."""
    return dt.date.today()  # noqa: DTZ011 (visits are local calendar days)


def typed(day: dt.date) -> str:
    """A date as the field shows it: day first, with slashes."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


class DateField(QLineEdit):
    """A line for one date. `date()` is None when empty or not a date; see `is_valid`."""

    date_changed = Signal()

    def __init__(self, day: dt.date | None = None, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(_("dd/mm/yyyy"))
        self.setMaxLength(10)
        self._button = QAction(icons.icon("calendar"), _("Choose a day"), self)
        self._button.setShortcut("Alt+Down")
        self._button.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._button.triggered.connect(self._open_calendar)
        self.addAction(self._button, QLineEdit.ActionPosition.TrailingPosition)
        self.set_date(day)
        self.editingFinished.connect(self._tidy)
        self.textChanged.connect(lambda _text: self.date_changed.emit())

    def date(self) -> dt.date | None:
        """The date typed, or None."""
        return parse_date(self.text())

    def set_date(self, day: dt.date | None) -> None:
        """Show this date, or nothing."""
        self.setText(typed(day) if day else "")
        self.setToolTip(words.date(day, form="full") if day else "")

    def whole_width_px(self) -> int:
        """How wide a whole date with the calendar's icon is in the font in force."""
        return self.fontMetrics().horizontalAdvance("00/00/00000") + theme.grid(6)

    def is_valid(self) -> bool:
        """Whether the line is empty or a real day."""
        return not self.text().strip() or self.date() is not None

    def _tidy(self) -> None:
        day = self.date()
        if day is not None:
            self.set_date(day)

    def _open_calendar(self) -> None:
        menu = QMenu(self)
        calendar = QCalendarWidget(menu)
        day = self.date() or today()
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))

        def pick(chosen: QDate) -> None:
            self.set_date(dt.date(chosen.year(), chosen.month(), chosen.day()))
            menu.close()

        calendar.clicked.connect(pick)
        calendar.activated.connect(pick)
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(calendar)
        menu.addAction(holder)
        QTimer.singleShot(0, calendar, calendar.setFocus)
        menu.exec(self.mapToGlobal(self.rect().bottomLeft()))
