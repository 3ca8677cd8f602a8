"""A photo as the comparison's canvas shows it: its image on the plane, and what is said of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from ui import theme
from ui.photo_editor.levels import PhotoLevels
from woundtrack import words
from woundtrack.compare.sheet import BoxMm, Sheet
from woundtrack.words import N_, _


class Mode(StrEnum):
    """How photos are compared."""

    SIDE_BY_SIDE = "side_by_side"
    SWIPE = "swipe"
    BLINK = "blink"
    FADE = "fade"
    OUTLINES = "outlines"


MODE_NAMES = {
    Mode.SIDE_BY_SIDE: N_("Side by side"),
    Mode.SWIPE: N_("Swipe"),
    Mode.BLINK: N_("Blink"),
    Mode.FADE: N_("Fade"),
    Mode.OUTLINES: N_("Outlines"),
}

DATE_COLOURS = (*(theme.OKABE_ITO[number] for number in (6, 4, 3)), "#ffffff")
"""Yellow, sky blue, pink and white: seen on skin and wounds, and not those of gained and lost."""


@dataclass(frozen=True, slots=True, eq=False)
class PlaneImage:
    """A photo on the comparison's plane, ready to be painted at any zoom."""

    levels: PhotoLevels
    left_mm: float
    top_mm: float
    """The upper left corner of the first pixel."""
    mm_per_px: float
    in_mm: bool
    """Whether a unit of the plane is a mm."""

    @property
    def box_mm(self) -> BoxMm:
        """Left, top, right and bottom on the plane."""
        width, height = self.levels.size_px
        right = self.left_mm + width * self.mm_per_px
        return self.left_mm, self.top_mm, right, self.top_mm + height * self.mm_per_px


def image_of(sheet: Sheet) -> PlaneImage:
    """A sheet's image with all its levels, for a worker to make."""
    levels = PhotoLevels(sheet.pixels).ready()
    return PlaneImage(levels, sheet.left_mm, sheet.top_mm, sheet.mm_per_px, sheet.in_mm)


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """One photo of a comparison, and what is said of it."""

    title: str
    """Its day."""
    image: PlaneImage | None = None
    """None while it is read, and where it cannot be: then `note` says why."""
    subtitle: str = ""
    """Its area and change."""
    rings_mm: tuple[NDArray[np.float64], ...] = ()
    """The outline's closed rings (N, 2) on the plane."""
    colour: str = DATE_COLOURS[0]
    """The day's, "#rrggbb"; a pattern of its own tells it again."""
    note: str = ""
    """What must be known before it is believed: "not aligned: …"."""
    head_up: bool = False
    """Whether the head's direction is known, and so up."""


def described(mode: Mode, pictures: Sequence[Picture]) -> tuple[str, str]:
    """A name and a description of what is shown, for those who hear it."""
    if not pictures:
        return _("Photos compared"), _("Choose two to four photos to compare.")
    each = (
        ". ".join(part for part in (picture.title, picture.subtitle, picture.note) if part)
        for picture in pictures
    )
    return _("Photos compared"), words.labelled(_(MODE_NAMES[mode]), words.apart(each))
