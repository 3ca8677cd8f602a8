"""The photos of a lesion, laid on each other, on one sheet: PNG for a slide, PDF to print."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from woundtrack import __version__
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
from woundtrack.report import pdf_styles as look
from woundtrack.report.overlay import jpeg
from woundtrack.report.pdf_styles import paragraph, style
from woundtrack.units import points_from_mm
from woundtrack.words import _, labelled, language, number, together

LETTERS = 1.7
"""What stands on the small pictures of a PNG is so much larger than on those of a film."""
PAPER, INK, SOFT, BESIDE = (255, 255, 255), (26, 37, 48), (86, 99, 114), (226, 230, 234)
"""Ground, words, lesser words, and where a photo does not reach."""
GAP, RIM = 0.05, 0.07
"""Between the pictures of a PNG and around them, in the longer side of one."""
CAPTION = 0.085
"""A line of words below a picture, in the same."""
MOST_LONG_PX = 4800
"""No PNG is longer: its pictures are made smaller."""
GRIDS = ((2, 1), (3, 1), (2, 2), (3, 2), (3, 3), (4, 3))
"""Columns and rows of a printed page: the one that holds all and has the largest pictures, else
the last on each page."""
LETTERS_PT = 7.0
DPI, POINTS_PER_INCH = 300, 72
PAGE_GAP, PAGE_RIM = points_from_mm(6), points_from_mm(14)
TITLE_PT, WORDS_PT, FOOT_PT = points_from_mm(11), points_from_mm(11), points_from_mm(9)


def contact_png(
    showing: Showing,
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
        _write(draw, (rim, rim), options.title, 0.9 * line, bold=True)
    lights = []
    for place, (shown, picture, light) in enumerate(_pictures(showing, progress, watch)):
        row, column = divmod(place, columns)
        x, y = rim + column * (width + gap), top + row * pitch
        image.paste(Image.fromarray(picture), (x, y))
        _caption(draw, (x, y + height + 0.3 * line), shown, size=0.8 * line)
        lights.append(light)
    image = _with_notes(image, notes_of(showing, lights), rim=rim, size=0.55 * line)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue(), tuple(lights)


def columns_of(count: int) -> int:
    """Columns of a PNG: a sheet about as wide as a slide."""
    return next(
        columns for columns in range(1, 99) if columns * max(1, round(columns * 0.6)) >= count
    )


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
    if showing.style.matched and len(taken) < len(lights):
        notes.append(_("Colours and brightness are matched by card or ruler."))
        if taken:
            notes.append(labelled(_("Colours as taken"), together(taken)))
    return notes


def contact_pdf(
    showing: Showing,
    options: SeriesOptions,
    progress: Counted = lambda _done, _total: None,
    watch: Watch = lambda: None,
) -> tuple[bytes, tuple[Light, ...]]:
    """All pictures on lying pages of A4 at 300 dpi, as PDF bytes, and what told the light of each.

    One photo is read at a time. What `watch` raises between two photos ends the work.
    """
    from reportlab.pdfgen.canvas import Canvas

    sheet = _page(len(showing.shown), showing.style.field.size_px, titled=bool(options.title))
    px_per_pt = DPI / POINTS_PER_INCH
    longest_px = max(sheet.cell) * px_per_pt
    letters = LETTERS_PT * px_per_pt / WORDS_PX * USUAL_PX / longest_px
    showing = _sized(showing, longest_px / max(showing.style.field.size_px), letters)
    pictures = [
        (shown, jpeg(np.ascontiguousarray(picture[..., ::-1]), quality=92), light)
        for shown, picture, light in _pictures(showing, progress, watch)
    ]
    lights = [light for _shown, _data, light in pictures]
    pages = -(-len(pictures) // sheet.places)
    file = io.BytesIO()
    with fonts.ONE_AT_A_TIME:
        fonts.register()
        canvas = Canvas(file, pagesize=sheet.size, lang=language())
        canvas.setTitle(options.title or _("Photos of a wound"))
        canvas.setCreator(f"woundtrack {__version__}")
        canvas.setAuthor("")
        canvas.setSubject("")
        for page in range(pages):
            first = page * sheet.places
            for place, (shown, data, _light) in enumerate(pictures[first : first + sheet.places]):
                _paste(canvas, sheet, place, shown, data)
            notes = notes_of(showing, lights) if page == pages - 1 else []
            _frame(canvas, sheet, options.title, notes, _page_text(page + 1, pages))
            canvas.showPage()
        canvas.save()
    return file.getvalue(), tuple(lights)


@dataclass(frozen=True, slots=True)
class _Page:
    """How pictures lie on a page, in points."""

    size: tuple[float, float]
    columns: int
    rows: int
    cell: tuple[float, float]
    head: float
    """Room for a title."""

    @property
    def places(self) -> int:
        """How many pictures a page has."""
        return self.columns * self.rows

    @property
    def left(self) -> float:
        """Where the pictures begin: they stand in the middle of the page."""
        across = self.columns * (self.cell[0] + PAGE_GAP) - PAGE_GAP
        return (self.size[0] - across) / 2

    def corner(self, place: int) -> tuple[float, float]:
        """The upper left corner of a picture, from the page's lower left."""
        row, column = divmod(place, self.columns)
        x = self.left + column * (self.cell[0] + PAGE_GAP)
        return x, self.size[1] - PAGE_RIM - self.head - row * (self.cell[1] + WORDS_PT + PAGE_GAP)


def _page(count: int, picture_px: tuple[int, int], *, titled: bool) -> _Page:
    """The page on which so many pictures of a shape are largest."""
    grids = [grid for grid in GRIDS if grid[0] * grid[1] >= count] or [GRIDS[-1]]
    return max((_laid_out(grid, picture_px, titled) for grid in grids), key=lambda page: page.cell)


def _laid_out(grid: tuple[int, int], picture_px: tuple[int, int], titled: bool) -> _Page:
    columns, rows = grid
    high, wide = look.page_size("a4")
    head = TITLE_PT if titled else 0.0
    room = (
        (wide - 2 * PAGE_RIM - (columns - 1) * PAGE_GAP) / columns,
        (high - 2 * PAGE_RIM - head - FOOT_PT + PAGE_GAP) / rows - WORDS_PT - PAGE_GAP,
    )
    factor = min(room[0] / picture_px[0], room[1] / picture_px[1])
    cell = picture_px[0] * factor, picture_px[1] * factor
    return _Page((wide, high), columns, rows, cell, head)


def _paste(canvas: Any, sheet: _Page, place: int, shown: Shown, data: bytes) -> None:
    from reportlab.lib.utils import ImageReader

    x, top = sheet.corner(place)
    wide, high = sheet.cell
    canvas.drawImage(ImageReader(io.BytesIO(data)), x, top - high, wide, high)
    below = top - high - 2
    for text, made in (
        (shown.day, style(look.HEADING, bold=True)),
        (" · ".join(filter(None, (shown.size, shown.note))), style(look.BODY, colour=look.SOFT)),
    ):
        if text:
            words = paragraph(text, made)
            _wide, tall = words.wrap(wide, WORDS_PT * 2)
            words.drawOn(canvas, x, below - tall)
            below -= tall


def _frame(canvas: Any, sheet: _Page, title: str, notes: Sequence[str], page: str) -> None:
    """The title above, the notes and the page's number below."""
    wide = sheet.size[0] - 2 * PAGE_RIM
    if title:
        words = paragraph(title, style(look.TITLE, bold=True))
        words.wrap(wide, TITLE_PT)
        words.drawOn(canvas, sheet.left, sheet.size[1] - PAGE_RIM - look.TITLE)
    number_of = paragraph(page, style(look.SMALL, colour=look.SOFT, right=True))
    number_of.wrap(wide, FOOT_PT)
    number_of.drawOn(canvas, PAGE_RIM, PAGE_RIM / 2)
    if notes:
        words = paragraph(" ".join(notes), style(look.SMALL, colour=look.SOFT))
        words.wrap(wide - points_from_mm(25), FOOT_PT * 2)
        words.drawOn(canvas, PAGE_RIM, PAGE_RIM / 2)


def _page_text(page: int, pages: int) -> str:
    return _("Page {page} of {pages}").format(page=page, pages=pages)


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
    """About how long a PNG would be."""
    width, height = showing.style.field.size_px
    return max(columns * width, rows * height) * (1 + 2 * GAP)


def _caption(draw: Any, at: tuple[float, float], shown: Shown, *, size: float) -> None:
    _write(draw, at, shown.day, size, bold=True)
    below = " · ".join(filter(None, (shown.size, shown.note)))
    _write(draw, (at[0], at[1] + 1.3 * size), below, 0.85 * size, colour=SOFT)


def _write(
    draw: Any, at: tuple[float, float], text: str, size: float, *, bold: bool = False,
    colour: Colour = INK,
) -> None:  # fmt: skip
    """Text from its upper left, each sign in a font that has it."""
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
        _write(draw, at, note, _fitting(note, size, image.width - 2 * rim), colour=SOFT)
    return whole


def _fitting(text: str, size: float, room: float) -> float:
    """The size at which a line of text is no longer than the room."""
    return size * min(1.0, room / max(fonts.text_width(text, size=size), 1.0))
