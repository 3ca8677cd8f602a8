"""What the comparison's canvas shows, as frozen values: the render context of `painting`.

Which picture lies in which pane and which of them over which, and what is under a point, are
functions of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath

from ui.compare.canvas_geometry import Box, PlaneView, PointMm, PointPx
from ui.compare.picture import Mode, Picture, PlaneImage

GRIP_PX = 9.0
"""So near to the swipe line it is taken."""


@dataclass(frozen=True, slots=True)
class Pane:
    """A part of the canvas with its pictures, and the strip beneath that tells of them."""

    box: Box
    strip: Box
    told: tuple[int, ...]
    """The pictures whose titles stand in the strip."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One picture as it is painted in a pane."""

    picture: int
    box: Box
    """The part of the pane that it is painted in."""
    opacity: float = 1.0
    outline: float = 1.0
    """The opacity of its outline."""


@dataclass(frozen=True, slots=True)
class Pick:
    """Where a point would be put."""

    pane: int
    at_mm: PointMm


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """What the wound gained and lost, on the plane."""

    gained: QPainterPath
    lost: QPainterPath


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """All that the paint functions need to know."""

    mode: Mode = Mode.SIDE_BY_SIDE
    pictures: tuple[Picture, ...] = ()
    outlines: tuple[QPainterPath, ...] = ()
    """Each picture's rings, on the plane."""
    panes: tuple[Pane, ...] = ()
    view: PlaneView = field(default_factory=PlaneView)
    over: tuple[int, int] = (0, 1)
    """Which two pictures lie over each other."""
    fade: float = 0.5
    """How much of the second is seen in FADE."""
    swipe: float = 0.5
    """Where the line stands in SWIPE, in widths of the pane."""
    second: bool = False
    """Whether BLINK shows the second."""
    outlines_shown: bool = True
    change: Change | None = None
    points: tuple[tuple[PointMm | None, ...], ...] = ()
    pick: Pick | None = None
    line_taken: bool = False
    """Whether the swipe line is under the pointer or dragged."""

    def images(self) -> tuple[PlaneImage, ...]:
        """The images that are there."""
        return tuple(each.image for each in self.pictures if each.image is not None)


@dataclass(frozen=True, slots=True)
class Hit:
    """What is under a point of the canvas."""

    pane: int | None = None
    at_mm: PointMm = (0.0, 0.0)
    line: bool = False
    """The swipe line."""


def panes_of(
    boxes: Sequence[Box], *, strip: float, told: Sequence[tuple[int, ...]]
) -> tuple[Pane, ...]:
    """The panes in these boxes, with strips of this height beneath."""
    return tuple(
        Pane(box, Box(box.left, box.bottom, box.width, strip), numbers)
        for box, numbers in zip(boxes, told, strict=True)
    )


def told_in(mode: Mode, *, count: int, over: tuple[int, int]) -> tuple[tuple[int, ...], ...]:
    """Whose titles stand beneath each pane."""
    if mode is Mode.SIDE_BY_SIDE:
        return tuple((number,) for number in range(count))
    if count < 1:
        return ()
    return (tuple(range(count)) if mode is Mode.OUTLINES else over,)


def layers(scene: Scene, pane: Pane) -> tuple[Layer, ...]:
    """What is painted in a pane, from back to front."""
    box, (first, second) = pane.box, scene.over
    if scene.mode is Mode.SIDE_BY_SIDE:
        return tuple(Layer(number, box) for number in pane.told)
    if scene.mode is Mode.SWIPE:
        left = _swiped_px(scene, pane)
        return (
            Layer(first, Box(box.left, box.top, left, box.height)),
            Layer(second, Box(box.left + left, box.top, box.width - left, box.height)),
        )
    if scene.mode is Mode.BLINK:
        return (Layer(second if scene.second else first, box),)
    if scene.mode is Mode.FADE:
        return (
            Layer(first, box, outline=min(1.0, 2 * (1 - scene.fade))),
            Layer(second, box, opacity=scene.fade, outline=min(1.0, 2 * scene.fade)),
        )
    others = tuple(number for number in pane.told if number != second)
    return (Layer(second, box), *(Layer(number, box, opacity=0.0) for number in others))


def shows_change(scene: Scene, pane: Pane) -> bool:
    """Whether gained and lost are tinted here: side by side in the later photo alone."""
    return scene.mode is not Mode.SIDE_BY_SIDE or pane.told == (scene.over[1],)


def line_x(scene: Scene, pane: Pane) -> float | None:
    """Where the swipe line stands, in view px; None without one."""
    if scene.mode is not Mode.SWIPE:
        return None
    return pane.box.left + _swiped_px(scene, pane)


def _swiped_px(scene: Scene, pane: Pane) -> float:
    """Whole px, for a picture clipped between two is painted slowly and blurs there."""
    return float(round(pane.box.width * scene.swipe))


def hit(scene: Scene, at: PointPx) -> Hit:
    """What is under a point of the canvas, in view px."""
    for number, pane in enumerate(scene.panes):
        if pane.box.has(at):
            x = line_x(scene, pane)
            taken = x is not None and abs(at[0] - x) <= GRIP_PX
            return Hit(number, scene.view.to_mm(at, pane.box), taken)
    return Hit()


def rect_of(box: Box) -> QRectF:
    """The same rectangle for Qt."""
    return QRectF(box.left, box.top, box.width, box.height)
