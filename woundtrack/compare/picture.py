"""One picture of a series: the photo on the plane, its outline, a scale bar, the head's mark."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from woundtrack.compare.field import Field, bar_mm
from woundtrack.compare.light import matched_light
from woundtrack.compare.place import Floats, rings_mm
from woundtrack.compare.series import Laid
from woundtrack.compare.sheet import cropped_sheet
from woundtrack.photo.colour_cast import Correction, Light
from woundtrack.report.fonts import BOLD, REGULAR, font_path, printable
from woundtrack.words import _, number, with_unit

Picture: TypeAlias = NDArray[np.uint8]
"""(height, width, 3), RGB."""
Colour: TypeAlias = tuple[int, int, int]

USUAL_PX, WORDS_PX = 1200, 27
"""Lines and letters have their size in a picture this long; how high its letters are."""
OUTLINE, FIRST_OUTLINE, DARK = (86, 180, 233), (255, 255, 255), (16, 20, 24)
"""Sky of Okabe and Ito, which stands out from skin and wound; white, and dashed, for the first."""
MARKED = (213, 94, 0)
"""Vermilion of the same: behind what is said of a photo that is not laid on the first."""
DASH, GAP = 16.0, 11.0
BAR_SHARE = 0.24
_PLATE, SMALLEST_LETTERS = 185, 11
_SHIFT = 4
"""OpenCV draws at 1/16 px."""


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """What is drawn over every picture of a series."""

    field: Field
    first_rings_mm: tuple[Floats, ...] = ()
    """Drawn dashed where any are given, named by `first_name`."""
    first_name: str = ""
    outlines: bool = True
    matched: bool = True
    head: bool = False
    background: Colour = DARK
    letters: float = 1.0
    """How much larger lines and letters are than usual."""

    @property
    def unit(self) -> float:
        """Size of lines and letters: 1 in a picture of the usual size."""
        return self.letters * max(self.field.size_px) / USUAL_PX


def picture_of(photo: Laid, style: Style, *, note: str = "") -> tuple[Picture, Light]:
    """The picture, and what told the light that its colours were matched by.

    `note` stands on the picture, marked. Raises what reading the photo does.
    """
    place = photo.place
    assert place is not None
    shot, field = photo.shot, style.field
    pixels = shot.load()
    light = matched_light(pixels, shot.scale) if style.matched else Correction()
    pixels = shot.masked(pixels)
    sheet = cropped_sheet(pixels, place, field.box_mm, field.mm_per_px, light=light, crop=shot.crop)
    picture = _over(sheet.pixels, style.background)
    if photo.refused is not None:  # nothing of the first lies where it lies here
        head = style.head and shot.head_angle_deg is not None
        style = replace(style, first_rings_mm=(), head=head)
    if style.first_rings_mm:
        _draw(picture, style, style.first_rings_mm, FIRST_OUTLINE, dashed=True)
    if style.outlines and shot.wound is not None:
        _draw(picture, style, rings_mm(shot.wound, place), OUTLINE, dashed=False)
    return _with_marks(picture, style, in_mm=place.in_mm, note=note), light.light


def font_of(size: float, name: str = REGULAR) -> Any:
    """A font of the program's own, for Pillow."""
    from PIL import ImageFont

    return ImageFont.truetype(font_path(name), max(SMALLEST_LETTERS, round(size)))


def bar_text(length_mm: float) -> str:
    """The length of a scale bar: "2 cm", "5 mm"."""
    if length_mm >= 10:
        return with_unit(number(length_mm / 10, decimals=0), "cm")
    decimals = 0 if length_mm >= 1 else 1 if length_mm >= 0.1 else 2
    return with_unit(number(length_mm, decimals=decimals), "mm")


def _over(pixels: NDArray[np.uint8], background: Colour) -> Picture:
    """A sheet's pixels (BGRA, premultiplied) on a ground."""
    left = (255 - pixels[..., 3:].astype(np.uint16)) * np.array(background, np.uint16)
    return np.asarray(pixels[..., 2::-1] + ((left + 127) // 255).astype(np.uint8), np.uint8)


def _draw(
    picture: Picture, style: Style, rings: Sequence[Floats], colour: Colour, *, dashed: bool
) -> None:
    import cv2

    unit = style.unit
    lines = [style.field.to_px(ring) for ring in rings]
    if dashed:
        lines = [dash for ring in lines for dash in dashes(ring, DASH * unit, GAP * unit)]
    fixed = [np.round(line * 2**_SHIFT).astype(np.int32) for line in lines]
    thick = max(2, round((2.4 if dashed else 3) * unit))
    for ink, width in ((DARK, thick + max(1, round(2 * unit))), (colour, thick)):
        cv2.polylines(picture, fixed, not dashed, ink, width, cv2.LINE_AA, _SHIFT)


def dashes(ring: Floats, dash_px: float, gap_px: float) -> list[Floats]:
    """A closed ring (N, 2) in dashes of even length with even gaps."""
    closed = np.concatenate([ring, ring[:1]])
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(closed, axis=0), axis=1))])
    count = max(3, round(along[-1] / (dash_px + gap_px)))
    step = along[-1] / count
    share = dash_px / (dash_px + gap_px)
    parts = []
    for start in np.arange(count) * step:
        stop = start + share * step
        inner = along[(along > start) & (along < stop)]
        at = np.concatenate([[start], inner, [stop]])
        parts.append(np.column_stack([np.interp(at, along, closed[:, axis]) for axis in (0, 1)]))
    return parts


def _with_marks(picture: Picture, style: Style, *, in_mm: bool, note: str) -> Picture:
    from PIL import Image, ImageDraw

    image = Image.fromarray(picture)
    draw = ImageDraw.Draw(image, "RGBA")
    width, height = image.size
    unit, font = style.unit, font_of(WORDS_PX * style.unit, BOLD)
    rim = 18 * unit
    if in_mm:
        _bar(draw, style, (rim, height - rim), font)
    else:
        plate(draw, (rim, height - rim), "lb", _("No scale"), font, unit)
    if style.first_rings_mm:
        _legend(draw, style, (width - rim, height - rim), font)
    if style.head:
        _head(draw, (rim, rim), font, unit)
    if note:
        plate(draw, (width - rim, rim), "rt", note, font, unit, colour=MARKED)
    return np.asarray(image, dtype=np.uint8)


def plate(
    draw: Any, corner: tuple[float, float], anchor: str, text: str, font: Any, unit: float,
    *, more_left: float = 0.0, colour: Colour = DARK,
) -> tuple[float, float, float, float]:  # fmt: skip
    """White text on a plate whose corner ("lt", "rt", "lb", "rb") is given; the plate's box."""
    shown = printable(text)
    text_width = draw.textlength(shown, font=font)
    ascent, descent = font.getmetrics()
    pad = 10 * unit
    wide, high = text_width + 2 * pad + more_left, ascent + descent + 0.8 * pad
    x = corner[0] - (wide if anchor[0] == "r" else 0.0)
    y = corner[1] - (high if anchor[1] == "b" else 0.0)
    box = (x, y, x + wide, y + high)
    _ground(draw, box, unit, (*colour, 255 if colour != DARK else _PLATE))
    at = (x + pad + more_left, y + 0.4 * pad)
    draw.text(at, shown, font=font, fill=(255, 255, 255, 255), anchor="la")
    return box


def _ground(
    draw: Any, box: tuple[float, float, float, float], unit: float, ink: tuple[int, ...]
) -> None:
    """A plate of whole px: Pillow paints seams twice between parts of one."""
    whole = [round(side) for side in box]
    draw.rounded_rectangle(whole, radius=round(8 * unit), fill=ink)


def _bar(draw: Any, style: Style, corner: tuple[float, float], font: Any) -> None:
    """A bar of a whole length under its name."""
    unit, field = style.unit, style.field
    length_mm = bar_mm(BAR_SHARE * (field.box_mm[2] - field.box_mm[0]))
    long = length_mm / field.mm_per_px
    text = printable(bar_text(length_mm))
    ascent, descent = font.getmetrics()
    pad, thick = 10 * unit, max(3.0, 7 * unit)
    high = ascent + descent + thick + 1.8 * pad
    left, bottom = corner
    box = (
        left,
        bottom - high,
        left + max(long, draw.textlength(text, font=font)) + 2 * pad,
        bottom,
    )
    _ground(draw, box, unit, (*DARK, _PLATE))
    middle = (box[0] + box[2]) / 2
    draw.text((middle, box[1] + 0.4 * pad), text, font=font, fill=(255, 255, 255), anchor="ma")
    start, y = round(middle - long / 2), round(bottom - pad)
    draw.rectangle((start, y - round(thick), start + round(long) - 1, y - 1), fill=(255, 255, 255))


def _legend(draw: Any, style: Style, corner: tuple[float, float], font: Any) -> None:
    """What the dashed line is."""
    unit = style.unit
    sample = 2 * DASH + GAP
    box = plate(draw, corner, "rb", style.first_name, font, unit, more_left=(sample + 12) * unit)
    y, x = (box[1] + box[3]) / 2, box[0] + 10 * unit
    for start in (0.0, DASH + GAP):
        ends = (x + start * unit, y, x + (start + DASH) * unit, y)
        draw.line(ends, fill=(255, 255, 255, 255), width=max(2, round(3 * unit)))


def _head(draw: Any, corner: tuple[float, float], font: Any, unit: float) -> None:
    """An arrow that points up, towards the head."""
    box = plate(draw, corner, "lt", _("head"), font, unit, more_left=30 * unit)
    x, y = box[0] + 24 * unit, (box[1] + box[3]) / 2
    tip, half = 13 * unit, 10 * unit
    draw.polygon([(x, y - tip), (x - half, y + 1), (x + half, y + 1)], fill=(255, 255, 255, 255))
    draw.line((x, y, x, y + tip), fill=(255, 255, 255, 255), width=max(2, round(5 * unit)))
