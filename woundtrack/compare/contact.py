"""The photos of a lesion, laid on each other, on one sheet: PNG for a slide, PDF to print."""

import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from woundtrack.compare.picture import (
    USUAL_PX,
    WORDS_PX,
    Colour,
    Picture,
    font_of,
    picture_of,
)
from woundtrack.compare.series import Counted, Watch
from woundtrack.compare.showing import SeriesOptions, Showing, Shown
from woundtrack.photo.colour_cast import Light
from woundtrack.report import fonts
from woundtrack.report.contact_sheet import Captioned, contact_page, contact_sheet_pdf
from woundtrack.report.overlay import jpeg
from woundtrack.words import _, labelled, number, together

LETTERS = 1.7
"""What stands on the small pictures of a PNG is so much larger than on those of a film."""
PAPER, INK, SOFT, BESIDE = (255, 255, 255), (26, 37, 48), (86, 99, 114), (226, 230, 234)
"""Ground, words, lesser words, and where a photo does not reach."""
GAP, RIM = 0.05, 0.07
"""Between the pictures of a PNG and around them, in the longer side of one."""
CAPTION = 0.085
"""A line of words below a picture, in the same."""
WIDE = 1.7
"""Columns to rows that a PNG should have: a slide's shape."""
MOST_LONG_PX = 4800
"""No PNG is longer: its pictures are made smaller."""
NOTES = 4
"""There are so many at most."""
LETTERS_PT = 7.0
"""What stands on a printed picture."""
PX_PER_POINT = 300 / 72
JPEG_QUALITY = 92


def contact_png(
    showing: Showing,
    *,
    options: SeriesOptions,
    progress: Counted = lambda _done, _total: None,
    watch: Watch = lambda: None,
) -> tuple[bytes, tuple[Light, ...]]:
    """All pictures on white as PNG bytes, and what told the light of each.

    One photo is read at a time. What `watch` raises between two photos ends the work.
    """
    from PIL import Image, ImageDraw

    columns = columns_of(len(showing.shown))
    rows = -(-len(showing.shown) // columns)
    showing = _sized(showing, min(1.0, MOST_LONG_PX / _long_px(showing, columns, rows)), LETTERS)
    width, height = showing.style.field.size_px
    long = max(width, height)
    gap, rim, line = round(GAP * long), round(RIM * long), round(CAPTION * long)
    top = rim + (round(1.7 * line) if options.title else 0)
    pitch = height + round(2.3 * line) + gap
    wide = 2 * rim + columns * width + (columns - 1) * gap
    image = Image.new("RGB", (wide, top + rows * pitch), PAPER)
    draw = ImageDraw.Draw(image)
    if options.title:
        _write(draw, (rim, rim), options.title, 0.9 * line, room=wide - 2 * rim, bold=True)
    lights = []
    for place, (shown, picture, light) in enumerate(_pictures(showing, progress, watch)):
        row, column = divmod(place, columns)
        x, y = rim + column * (width + gap), top + row * pitch
        image.paste(Image.fromarray(picture), (x, y))
        _caption(draw, (x, y + height + 0.3 * line), shown, size=0.8 * line, room=width)
        lights.append(light)
    image = _with_notes(image, notes_of(showing, lights), rim=rim, size=0.55 * line)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue(), tuple(lights)


def columns_of(count: int) -> int:
    """Columns of a PNG: about as wide as a slide, with few places left empty."""

    def worse(columns: int) -> float:
        rows = -(-count // columns)
        return abs(math.log(columns / rows / WIDE)) + (columns * rows - count) / count

    return min(range(1, count + 1), key=worse)


def notes_of(showing: Showing, lights: Sequence[Light]) -> list[str]:
    """What a reader must know: how sure the photos lie, what ± is, whose colours are as taken."""
    notes = []
    off = showing.farthest_off_mm
    if off is not None:
        notes.append(
            _("Laid on the first photo; at the wound’s margin within {off} mm (95 %).").format(
                off=number(off)
            )
        )
    if any("±" in each.size for each in showing.shown):
        notes.append(_("± is the 95 % interval."))
    pairs = list(zip(showing.shown, lights, strict=True))
    taken = [shown.day for shown, light in pairs if light is Light.ASSUMED]
    if not showing.style.matched or len(taken) == len(lights):
        return [*notes, _("Colours as taken.")]
    notes.append(_("Colours and brightness are matched by card or ruler."))
    if taken:
        notes.append(labelled(_("Colours as taken"), together(taken)))
    return notes


def contact_pdf(
    showing: Showing,
    *,
    options: SeriesOptions,
    progress: Counted = lambda _done, _total: None,
    watch: Watch = lambda: None,
) -> tuple[bytes, tuple[Light, ...]]:
    """All pictures on lying pages of A4 at 300 dpi, as PDF bytes, and what told the light of each.

    One photo is read at a time. What `watch` raises between two photos ends the work.
    """
    now_px = showing.style.field.size_px
    page = contact_page(len(showing.shown), now_px, titled=bool(options.title))
    longest_px = max(page.cell) * PX_PER_POINT
    letters = LETTERS_PT * PX_PER_POINT / WORDS_PX * USUAL_PX / longest_px
    showing = _sized(showing, longest_px / max(now_px), letters)
    pictures, lights = [], []
    for shown, picture, light in _pictures(showing, progress, watch):
        data = jpeg(np.ascontiguousarray(picture[..., ::-1]), quality=JPEG_QUALITY)
        pictures.append(Captioned(data, shown.day, _below(shown)))
        lights.append(light)
    notes = notes_of(showing, lights)
    return contact_sheet_pdf(pictures, page, title=options.title, notes=notes), tuple(lights)


def _pictures(
    showing: Showing, progress: Counted, watch: Watch
) -> Iterator[tuple[Shown, Picture, Light]]:
    """The pictures one after the other, and what told their light."""
    total = len(showing.shown)
    for place, shown in enumerate(showing.shown):
        watch()
        progress(place, total)
        picture, light = picture_of(shown.photo, showing.style, note=shown.note)
        yield shown, picture, light
    progress(total, total)


def _sized(showing: Showing, factor: float, letters: float) -> Showing:
    """The same with pictures and letters so much larger, on white."""
    field = showing.style.field.resized(factor)
    made = replace(showing.style, field=field, letters=letters, background=BESIDE)
    return replace(showing, style=made)


def _long_px(showing: Showing, columns: int, rows: int) -> float:
    """How long a PNG would be at most."""
    width, height = showing.style.field.size_px
    long = max(width, height)
    across = columns * width + ((columns - 1) * GAP + 2 * RIM) * long
    captions = rows * (2.3 * CAPTION + GAP) + 2 * RIM + (1.7 + 0.55 * 1.5 * NOTES) * CAPTION
    return max(across, rows * height + captions * long)


def _caption(draw: Any, at: tuple[float, float], shown: Shown, *, size: float, room: float) -> None:
    below = at[0], at[1] + 1.3 * size
    _write(draw, at, shown.day, size, room=room, bold=True)
    _write(draw, below, _below(shown), 0.85 * size, room=room, colour=SOFT)


def _below(shown: Shown) -> str:
    return " · ".join(filter(None, (shown.size, shown.note)))


def _write(
    draw: Any, at: tuple[float, float], text: str, size: float, *, room: float,
    bold: bool = False, colour: Colour = INK,
) -> None:  # fmt: skip
    """Text from its upper left, no longer than the room, each sign in a font that has it."""
    size *= min(1.0, room / max(fonts.text_width(text, size=size, bold=bold), 1.0))
    x = at[0]
    for name, piece in fonts.runs(text, bold=bold):
        font = font_of(size, name)
        draw.text((x, at[1]), piece, font=font, fill=colour, anchor="la")
        x += draw.textlength(piece, font=font)


def _with_notes(image: Any, notes: Sequence[str], *, rim: int, size: float) -> Any:
    """The sheet with what a reader must know below, a line each."""
    from PIL import Image, ImageDraw

    line = round(1.5 * size)
    whole = Image.new("RGB", (image.width, image.height + len(notes) * line + rim), PAPER)
    whole.paste(image, (0, 0))
    draw = ImageDraw.Draw(whole)
    for place, note in enumerate(notes):
        at = (float(rim), float(image.height + place * line))
        _write(draw, at, note, size, room=image.width - 2 * rim, colour=SOFT)
    return whole
