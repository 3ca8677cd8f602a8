"""The printed card's design in mm: the one source for printing it and for finding it.

A card's frame has its origin at the card's upper left corner, x to the right and y down,
the graduated edge at the bottom. A page's frame has its origin at the page's upper left corner.
Why the card looks like this: docs/adr/0004-the-card.md.
"""

from dataclasses import dataclass
from typing import TypeAlias

LAYOUT_VERSION = "1"
WIDTH_MM = 90.0
HEIGHT_MM = 50.0

DOT_MM = 25.4 / 300
"""Tags lie on this grid from the page's lower left corner, so that a printer or renderer of 300,
600 or 1200 dots an inch draws their borders where they are and not to the nearest dot."""
TAG_CELLS = 8
"""Cells along a tag's side: 6 of data and a black one at each end."""
TAG_MM = TAG_CELLS * 18 * DOT_MM
"""12.19 mm."""
QUIET_MM = 1.5
FIRST_TAG_ID = 560
"""The tags 560 to 563 of the family AprilTag 36h11 are the card's own."""

CellGrid: TypeAlias = tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle in a card's or a page's frame, in mm."""

    left_mm: float
    top_mm: float
    width_mm: float
    height_mm: float

    @property
    def right_mm(self) -> float:
        """Its right side."""
        return self.left_mm + self.width_mm

    @property
    def bottom_mm(self) -> float:
        """Its lower side."""
        return self.top_mm + self.height_mm

    @property
    def corners_mm(self) -> tuple[tuple[float, float], ...]:
        """Upper left, upper right, lower right, lower left."""
        return (
            (self.left_mm, self.top_mm),
            (self.right_mm, self.top_mm),
            (self.right_mm, self.bottom_mm),
            (self.left_mm, self.bottom_mm),
        )

    @property
    def centre_mm(self) -> tuple[float, float]:
        """Its centre."""
        return (self.left_mm + self.width_mm / 2, self.top_mm + self.height_mm / 2)


@dataclass(frozen=True, slots=True)
class Tag:
    """One fiducial: its id in the family, and its black square."""

    id: int
    box: Box


@dataclass(frozen=True, slots=True)
class Patch:
    """One printed patch: its key, its square, and its sRGB as sent to the printer (0 to 1)."""

    key: str
    box: Box
    rgb: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Tick:
    """One graduation: where along the edge, how long, and the cm it names, if any."""

    x_mm: float
    length_mm: float
    cm: int | None = None


def _tag(place: int, left_dots: int, top_dots: int) -> Tag:
    box = Box(left_dots * DOT_MM, top_dots * DOT_MM, TAG_MM, TAG_MM)
    return Tag(FIRST_TAG_ID + place, box)


TAGS = (_tag(0, 30, 30), _tag(1, 889, 30), _tag(2, 889, 325), _tag(3, 30, 325))
"""Upper left, upper right, lower right, lower left."""

_COLOURS: tuple[tuple[str, tuple[float, float, float]], ...] = (
    ("white", (1.0, 1.0, 1.0)),
    ("light_grey", (0.78, 0.78, 0.78)),
    ("grey", (0.5, 0.5, 0.5)),
    ("dark_grey", (0.27, 0.27, 0.27)),
    ("black", (0.0, 0.0, 0.0)),
    ("red", (0.70, 0.13, 0.16)),
    ("yellow", (0.93, 0.78, 0.10)),
    ("green", (0.23, 0.55, 0.25)),
    ("cyan", (0.10, 0.55, 0.66)),
    ("blue", (0.17, 0.23, 0.58)),
    ("skin", (0.80, 0.58, 0.47)),
)
PATCH_MM = 5.0
PATCHES = tuple(
    Patch(key, Box(17.5 + PATCH_MM * place, 32.0, PATCH_MM, PATCH_MM), rgb)
    for place, (key, rgb) in enumerate(_COLOURS)
)
NEUTRALS = ("white", "light_grey", "grey", "dark_grey", "black")
"""Keys of the patches without colour, light to dark."""

GRADUATION_LEFT_MM = 5.0
GRADUATION_MM = 80
TICKS = tuple(
    Tick(
        GRADUATION_LEFT_MM + mm,
        6.0 if mm % 10 == 0 else 4.5 if mm % 5 == 0 else 3.0,
        mm // 10 if mm % 10 == 0 else None,
    )
    for mm in range(GRADUATION_MM + 1)
)
TICK_WIDTH_MM = 0.2

QR = Box(56.0, 2.5, 16.5, 16.5)
"""The code's square, its own quiet zone left out."""
WRITING = Box(17.5, 8.0, 35.0, 21.0)
"""Room for date, initials and site, written by hand."""
CHECK_LINE_MM = 100.0
"""The line on every page by which a print run is checked."""


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of cards: its size, where its cards lie, and where its check line starts."""

    width_mm: float
    height_mm: float
    cards: tuple[Box, ...]
    check_line_left_mm: float
    check_line_y_mm: float


HEADING_MM = 38.0
"""Above the cards: title, the four steps, the check line."""
_GAP_MM = 4.0
_COLUMNS, _ROWS = 2, 4


def _on_grid(length_mm: float) -> float:
    return round(length_mm / DOT_MM) * DOT_MM


def _page(width_mm: float, height_mm: float) -> Page:
    block_mm = _COLUMNS * WIDTH_MM + (_COLUMNS - 1) * _GAP_MM
    left_mm = (width_mm - block_mm) / 2
    cards_mm = _ROWS * HEIGHT_MM + (_ROWS - 1) * _GAP_MM
    top_mm = (height_mm - HEADING_MM - cards_mm) / 2 + HEADING_MM
    cards = tuple(
        Box(
            _on_grid(left_mm + column * (WIDTH_MM + _GAP_MM)),
            height_mm - _on_grid(height_mm - top_mm - row * (HEIGHT_MM + _GAP_MM)),
            WIDTH_MM,
            HEIGHT_MM,
        )
        for row in range(_ROWS)
        for column in range(_COLUMNS)
    )
    return Page(width_mm, height_mm, cards, left_mm, top_mm - 9.0)


PAGES = {"a4": _page(210.0, 297.0), "letter": _page(215.9, 279.4)}
"""By the name of the paper size."""


def tag_cells(tag_id: int) -> CellGrid:
    """The 8 × 8 cells of a tag, rows from the top; True is white.

    From the dictionary of `cv2.aruco`, so that what is printed is what is looked for.
    """
    import cv2

    family = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_APRILTAG_36h11)
    image = cv2.aruco.generateImageMarker(family, tag_id, TAG_CELLS)
    return tuple(tuple(bool(value > 127) for value in row) for row in image)
