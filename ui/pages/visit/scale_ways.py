"""The ways to a scale where the program found none, those that fit its reason first."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui import icons, theme
from ui.photo_editor.tools import Tool
from ui.widgets.flow import FlowLayout
from woundtrack.words import N_, _


class Way(StrEnum):
    """What a person can do about a missing or wrong scale."""

    RULER = "ruler"
    TWO_POINTS = "two_points"
    FOUR_POINTS = "four_points"
    DOT = "dot"
    SQUARE = "square"
    RETAKE = "retake"
    AGAIN = "again"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class WaySpec:
    """A way as data; `tool` is what it puts into the hand."""

    text: str
    icon: str
    tip: str
    tool: Tool | None = None


WAYS: dict[Way, WaySpec] = {
    Way.RULER: WaySpec(
        N_("Ruler…"), "ruler-dimension-line",
        N_("See the marks found, draw a line along a ruler, say what one step is"), Tool.RULER,
    ),
    Way.TWO_POINTS: WaySpec(
        N_("Two points"), "ruler", N_("Click two marks of a ruler and type the mm between them"),
        Tool.TWO_POINTS,
    ),
    Way.FOUR_POINTS: WaySpec(
        N_("Four corners"), "vector-square", N_("Click the corners of a rectangle of known size"),
        Tool.FOUR_POINTS,
    ),
    Way.DOT: WaySpec(
        N_("Coin or dot"), "circle-dot", N_("Click a coin or a round dot of known width"), Tool.DOT,
    ),
    Way.SQUARE: WaySpec(
        N_("Square"), "square", N_("Click a coloured square of known side"), Tool.SQUARE,
    ),
    Way.RETAKE: WaySpec(
        N_("Retake"), "camera", N_("Go back to the photos and bring in a better one"),
    ),
    Way.AGAIN: WaySpec(
        N_("Look again"), "refresh-cw", N_("Let the program look for card and ruler again"),
    ),
    Way.NONE: WaySpec(
        N_("No scale"), "circle-slash", N_("Keep and show this photo, without measuring in it"),
    ),
}  # fmt: skip

BY_HAND = (Way.RULER, Way.TWO_POINTS)
FITTING: dict[str, tuple[Way, ...]] = {
    "scale.none_found": (*BY_HAND, Way.DOT, Way.RETAKE, Way.NONE),
    "scale.no_ruler": (*BY_HAND, Way.DOT, Way.RETAKE, Way.NONE),
    "scale.no_card": (*BY_HAND, Way.DOT, Way.RETAKE, Way.NONE),
    "scale.blurred": (Way.RETAKE, Way.TWO_POINTS, Way.NONE),
    "scale.too_few_ticks": (*BY_HAND, Way.RETAKE),
    "scale.ambiguous_unit": BY_HAND,
    "scale.even_marks": (*BY_HAND, Way.DOT, Way.RETAKE, Way.NONE),
    "scale.tilt_beyond": (Way.RETAKE, Way.NONE),
    "scale.on_flank": (Way.RETAKE, Way.NONE),
    "scale.limb_cut": (Way.RETAKE, Way.NONE),
    "scale.bent": (Way.RETAKE, Way.TWO_POINTS, Way.NONE),
    "scale.card_bent": (Way.RETAKE, Way.NONE),
    "scale.card_partial": (Way.TWO_POINTS, Way.RETAKE),
    "scale.rulers_disagree": (*BY_HAND, Way.RETAKE),
    "scale.too_uncertain": (Way.RETAKE, Way.FOUR_POINTS, Way.NONE),
    "scale.run_refused": (*BY_HAND, Way.RETAKE),
}
"""By why the program gave no scale: the ways that lead out of just that."""
SEEN = ("scale.ambiguous_unit", "scale.too_few_ticks", "scale.rulers_disagree")
"""Refusals of rulers that were found: a person may say what the program could not."""
OTHERWISE = (Way.TWO_POINTS, Way.RETAKE, Way.NONE)


class WayButtons(QWidget):
    """A button for each way: those that fit on top, the others under a heading."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = {way: self._button(way) for way in Way}
        gap = theme.grid(0.5)
        self._fitting, self._rest = FlowLayout(gap=gap, even=True), FlowLayout(gap=gap, even=True)
        self._arranged: tuple[Way, ...] | None = None
        self._heading = theme.label(role="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(0.5))
        column.addLayout(self._fitting)
        column.addWidget(self._heading)
        column.addLayout(self._rest)
        self.arrange(())

    def arrange(self, fitting: Sequence[Way]) -> None:
        """Put these first; none where the photo has a scale already."""
        self._heading.setText(_("Other ways:") if fitting else _("Give another scale:"))
        if tuple(fitting) == self._arranged:
            return
        self._arranged = tuple(fitting)
        for flow in (self._fitting, self._rest):
            while flow.count():
                flow.takeAt(0)
        for way in fitting:
            self._fitting.addWidget(self.buttons[way])
        for way in Way:
            if way not in fitting:
                self._rest.addWidget(self.buttons[way])

    def show_tool(self, tool: Tool) -> None:
        """Mark the way whose tool is in hand."""
        for way, button in self.buttons.items():
            if button.isCheckable():
                button.setChecked(WAYS[way].tool is tool)

    def _button(self, way: Way) -> QPushButton:
        spec = WAYS[way]
        button = theme.button(_(spec.text), icon=icons.icon(spec.icon))
        button.setParent(self)
        button.setStyleSheet("text-align: left; padding: 5px 8px;")
        button.setToolTip(_(spec.tip))
        button.setCheckable(spec.tool is not None)
        button.clicked.connect(lambda _checked=False: self.chosen.emit(way))
        return button
