"""Pictures with their words on lying pages of A4, as large as they can be, as a PDF."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from woundtrack import __version__
from woundtrack.report import fonts
from woundtrack.report import pdf_styles as look
from woundtrack.report.pdf_styles import paragraph, style
from woundtrack.units import points_from_mm
from woundtrack.words import _, language

GRIDS = ((2, 1), (3, 1), (2, 2), (3, 2), (3, 3), (4, 3))
"""Columns and rows of a page: the one that holds all and has the largest pictures, else the last
on each page."""
PAGE_GAP, PAGE_RIM = points_from_mm(6), points_from_mm(14)
TITLE_PT, WORDS_PT, FOOT_PT = points_from_mm(11), points_from_mm(11), points_from_mm(9)


@dataclass(frozen=True, slots=True)
class Captioned:
    """A picture, and the words below it."""

    jpeg: bytes
    name: str
    below: str = ""


@dataclass(frozen=True, slots=True)
class ContactPage:
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


def contact_page(count: int, picture_px: tuple[int, int], *, titled: bool) -> ContactPage:
    """The page on which so many pictures of a shape (width, height) are largest."""
    grids = [grid for grid in GRIDS if grid[0] * grid[1] >= count] or [GRIDS[-1]]
    return max((_laid_out(grid, picture_px, titled) for grid in grids), key=lambda page: page.cell)


def _laid_out(grid: tuple[int, int], picture_px: tuple[int, int], titled: bool) -> ContactPage:
    columns, rows = grid
    high, wide = look.page_size("a4")
    head = TITLE_PT if titled else 0.0
    room = (
        (wide - 2 * PAGE_RIM - (columns - 1) * PAGE_GAP) / columns,
        (high - 2 * PAGE_RIM - head - FOOT_PT + PAGE_GAP) / rows - WORDS_PT - PAGE_GAP,
    )
    factor = min(room[0] / picture_px[0], room[1] / picture_px[1])
    cell = picture_px[0] * factor, picture_px[1] * factor
    return ContactPage((wide, high), columns, rows, cell, head)


def _paste(canvas: Any, sheet: ContactPage, place: int, picture: Captioned) -> None:
    from reportlab.lib.utils import ImageReader

    x, top = sheet.corner(place)
    wide, high = sheet.cell
    canvas.drawImage(ImageReader(io.BytesIO(picture.jpeg)), x, top - high, wide, high)
    below = top - high - 2
    for text, made in (
        (picture.name, style(look.HEADING, bold=True)),
        (picture.below, style(look.BODY, colour=look.SOFT)),
    ):
        if text:
            words = paragraph(text, made)
            _wide, tall = words.wrap(wide, WORDS_PT * 2)
            words.drawOn(canvas, x, below - tall)
            below -= tall


def _frame(canvas: Any, sheet: ContactPage, title: str, notes: Sequence[str], page: str) -> None:
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


def contact_sheet_pdf(
    pictures: Sequence[Captioned], page: ContactPage, *, title: str, notes: Sequence[str]
) -> bytes:
    """The pages as PDF bytes; the notes stand at the foot of the last."""
    from reportlab.pdfgen.canvas import Canvas

    pages = -(-len(pictures) // page.places)
    file = io.BytesIO()
    with fonts.ONE_AT_A_TIME:
        fonts.register()
        canvas = Canvas(file, pagesize=page.size, lang=language())
        canvas.setTitle(title or _("Photos of a wound"))
        canvas.setCreator(f"woundtrack {__version__}")
        canvas.setAuthor("")
        canvas.setSubject("")
        canvas.setDateFormatter(lambda y, m, d, *_time: f"D:{y:04d}{m:02d}{d:02d}120000Z")
        for number in range(pages):
            first = number * page.places
            for place, picture in enumerate(pictures[first : first + page.places]):
                _paste(canvas, page, place, picture)
            last = notes if number == pages - 1 else []
            _frame(canvas, page, title, last, _page_text(number + 1, pages))
            canvas.showPage()
        canvas.save()
    return file.getvalue()


def _page_text(page: int, pages: int) -> str:
    return _("Page {page} of {pages}").format(page=page, pages=pages)
