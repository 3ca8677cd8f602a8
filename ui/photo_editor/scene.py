"""What is drawn over a photo, as frozen values: the render context of `painting`."""

from dataclasses import dataclass
from enum import Enum

from ui import theme
from ui.photo_editor.geometry import View
from ui.photo_editor.ticks import Ticks, ticks_of_scale
from woundtrack.measure.types import Measurement
from woundtrack.outline.tissue.types import TissueMap
from woundtrack.outline.types import Outline, PointPx
from woundtrack.scale.types import Scale, ScaleMethod

# Light colours first: they stand out on skin, on red granulation and on black eschar alike.
LESION_COLOURS = tuple(theme.OKABE_ITO[i] for i in (4, 6, 2, 3, 1, 5, 0, 7))


class Fill(Enum):
    """How much of the active outline's inside is tinted."""

    NONE = 0
    FAINT = 24
    STRONG = 40


@dataclass(frozen=True, slots=True)
class LesionMark:
    """One lesion's outline as it is to be drawn."""

    key: int
    label: str
    colour: str
    outline: Outline
    active: bool
    measurement: Measurement | None = None


@dataclass(frozen=True, slots=True)
class TissueMark:
    """One lesion's tissue map, and the outline that it is seen in."""

    tissue_map: TissueMap
    outline: Outline


@dataclass(frozen=True, slots=True)
class ScaleMark:
    """What gave the scale, and the 1 cm grid of the wound's plane, in px of the photo."""

    method: ScaleMethod
    marks_px: tuple[PointPx, ...] = ()
    grid_px: tuple[tuple[PointPx, ...], ...] = ()
    ticks: Ticks = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a paint function needs to know; the photo itself travels beside it."""

    view: View
    size: tuple[float, float]
    """Of the view, in its own px."""
    photo_px: tuple[int, int]
    lesions: tuple[LesionMark, ...] = ()
    tissues: tuple[TissueMark, ...] = ()
    scale: ScaleMark | None = None
    head_angle_deg: float | None = None
    head_proposed: bool = False
    crossings_px: tuple[PointPx, ...] = ()
    fill: Fill = Fill.NONE
    show_grid: bool = True
    show_axes: bool = True
    show_outlines: bool = True


def scale_mark(scale: Scale, photo_px: tuple[int, int]) -> ScaleMark:
    """What is to be drawn of a scale over a photo of this width and height."""
    from woundtrack.scale.grid import grid_lines

    lines = grid_lines(scale, width_px=photo_px[0], height_px=photo_px[1])
    marks = tuple(scale.marks_px)
    return ScaleMark(scale.method, marks, tuple(lines), ticks_of_scale(scale))


def lesion_colour(position: int) -> str:
    """The colour of the lesion at this place in the list, as "#rrggbb"."""
    return LESION_COLOURS[position % len(LESION_COLOURS)]
