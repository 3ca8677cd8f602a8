"""The row in which pairs of points are clicked, judged and used."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.background import Background
from ui.compare import words as told
from ui.compare.canvas_geometry import PointMm
from ui.compare.laying import Entry, Pairs, aligned_by_clicks
from ui.compare.points import Clicks
from ui.dialogs.alive import while_alive
from ui.models.compare import ComparePhoto
from ui.widgets.banner import Banner
from woundtrack.errors import WoundtrackError
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.align.types import Alignment

FEWEST_PAIRS = 2


class Picking(QWidget):
    """Holds the clicks; nothing is laid by them before a person says so."""

    changed = Signal()
    used = Signal(object)
    """Pairs by the later photo's id: those that are to be laid anew."""
    ended = Signal()

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._entries: tuple[Entry, ...] = ()
        self._before: dict[int, Pairs] = {}
        self.clicks = Clicks()
        self.banner = Banner(tone="accent")
        self.undo_button = self.banner.add_button(_("Take back"))
        self.undo_button.clicked.connect(lambda: self._turn(Clicks.undo))
        self.clear_button = self.banner.add_button(_("Clear"))
        self.clear_button.clicked.connect(lambda: self._turn(lambda _clicks: Clicks()))
        self.use_button = self.banner.add_button(_("Lay by these points"))
        self.use_button.clicked.connect(self._use)
        theme.primary(self.use_button)
        self.end_button = self.banner.add_button(_("Leave"))
        self.end_button.clicked.connect(self.ended)
        for button in (self.undo_button, self.clear_button, self.use_button, self.end_button):
            button.setAutoDefault(False)  # Enter puts a point
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.banner)
        for key, turn in (("Ctrl+Z", Clicks.undo), ("Ctrl+Shift+Z", Clicks.redo)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(lambda turn=turn: self._turn(turn))
        self.setVisible(False)

    def begin(self, entries: tuple[Entry, ...], pairs_of: dict[int, Pairs]) -> None:
        """Take clicks in these photos, beside those clicked before."""
        self._entries = tuple(replace(entry, image=None) for entry in entries)
        self._before = {key: pairs for key, pairs in pairs_of.items() if pairs}
        self.clicks = Clicks.of_pairs(entries[0].photo.id, self._before)
        # The photos must not move under the pointer because more or less is said of them.
        line_px = self.banner.label.fontMetrics().lineSpacing()
        self.banner.label.setMinimumHeight(len(entries) * line_px)
        self.setVisible(True)
        self._turned()

    def put(self, pane: int, at_mm: PointMm) -> None:
        """A click in one of the photos."""
        entry = self._entries[pane]
        if entry.place is None:
            return
        x, y = entry.place.to_px([at_mm])[0]
        size = entry.photo.value.photo
        if -0.5 <= x < size.width_px - 0.5 and -0.5 <= y < size.height_px - 0.5:
            self._turn(lambda clicks: clicks.put(entry.photo.id, (float(x), float(y))))

    def points_mm(self) -> tuple[tuple[PointMm | None, ...], ...]:
        """Each photo's points on the plane."""
        return tuple(_on_plane(entry, self.clicks) for entry in self._entries)

    def _turn(self, turn: Callable[[Clicks], Clicks]) -> None:
        self.clicks = turn(self.clicks)
        self._turned()

    def _turned(self) -> None:
        self.undo_button.setEnabled(bool(self.clicks.clicks))
        self.clear_button.setEnabled(bool(self.clicks.clicks))
        self.use_button.setEnabled(bool(self._to_use()))
        self.changed.emit()
        self._judge()

    def _pairs(self) -> dict[int, Pairs]:
        first = self._entries[0].photo.id
        return {
            entry.photo.id: self.clicks.pairs(first, entry.photo.id) for entry in self._entries[1:]
        }

    def _to_use(self) -> dict[int, Pairs]:
        """Enough pairs, or none any more where there were some."""
        return {
            key: pairs
            for key, pairs in self._pairs().items()
            if len(pairs) >= FEWEST_PAIRS or (not pairs and key in self._before)
        }

    def _use(self) -> None:
        self.used.emit(self._to_use())
        self.ended.emit()

    def _judge(self) -> None:
        """Say what the pairs clicked so far would make of each photo."""
        first = self._entries[0].photo
        clicked = [
            (entry.photo, pairs)
            for entry, pairs in zip(self._entries[1:], self._pairs().values(), strict=True)
            if pairs
        ]

        def judged() -> str:
            return "\n".join(
                told.points_told(later.title, len(pairs), _judged(first, later, pairs))
                for later, pairs in clicked
            )

        say = while_alive(self, lambda text: self.banner.say(text or told.points_asked()))
        self._background.run(judged, done=say, key="compare points")


def _judged(
    first: ComparePhoto, later: ComparePhoto, pairs: Pairs
) -> "Alignment | WoundtrackError | None":
    """How the photos would lie, or why not; None with too few pairs."""
    if len(pairs) < FEWEST_PAIRS:
        return None
    try:
        return aligned_by_clicks(first, later, pairs=pairs)
    except WoundtrackError as error:
        return error


def _on_plane(entry: Entry, clicks: Clicks) -> tuple[PointMm | None, ...]:
    points = clicks.of(entry.photo.id)
    if entry.place is None or not points:
        return ()
    return tuple((float(x), float(y)) for x, y in entry.place.to_mm(points))
