"""A report as a document: the clinic's head, who it is about on every page, page n of m."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from woundtrack import __version__
from woundtrack.records import Letterhead
from woundtrack.report import fonts
from woundtrack.report import pdf_styles as look
from woundtrack.units import points_from_mm
from woundtrack.words import _

LOGO_MM = (70.0, 18.0)
"""The widest and the highest that a logo is printed."""
_LINE = 12.0
_LETTERHEAD_GAP = points_from_mm(4)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on every page, and what the file says of itself."""

    title: str
    """Shown in title bars and print queues: a code stands there, never a name."""
    heading: str
    """Who or what it is about."""
    identity: str
    clinic_name: str
    made: tuple[str, ...]
    """At the foot: who printed it and when, and what it was made from."""
    page_size: str
    letterhead: Letterhead = field(default_factory=Letterhead)


def document_pdf(sheet: Sheet, *, story: Callable[[float], list[Any]]) -> bytes:
    """The PDF of what `story` gives for a width in points. Raises ReportError report.page_size.

    Its language is the one in force. One document is made at a time.
    """
    width, height = look.page_size(sheet.page_size)
    file = io.BytesIO()
    with fonts.ONE_AT_A_TIME:
        fonts.register()
        document = _document(file, sheet, width, height)
        document.build(story(width - 2 * look.MARGIN), canvasmaker=_canvas_for(sheet))
    return file.getvalue()


def _document(file: io.BytesIO, sheet: Sheet, width: float, height: float) -> Any:
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    class Document(BaseDocTemplate):  # type: ignore[misc]
        """Remembers where each heading came to stand, for the viewer's list of contents."""

        def afterFlowable(self, flowable: Any) -> None:
            entry = getattr(flowable, "outline_entry", "")
            if entry:
                top = self.frame._y + flowable.height
                self.canv.entries.append((self.page, entry, top))

    def frame(less: float) -> Any:
        tall = height - 2 * look.MARGIN - look.HEADER - look.FOOTER - less
        left, bottom = look.MARGIN, look.MARGIN + look.FOOTER
        return Frame(left, bottom, width - 2 * look.MARGIN, tall, 0, 0, 0, 0)

    document = Document(
        file,
        pagesize=(width, height),
        title=sheet.title,
        subject=sheet.title,
        author="",
        creator=f"woundtrack {__version__}",
        lang=look.pdf_language(),
        displayDocTitle=1,
        initialFontName=fonts.REGULAR,
    )
    first = PageTemplate("first", [frame(letterhead_height(sheet))], autoNextPageTemplate="later")
    document.addPageTemplates([first, PageTemplate("later", [frame(0.0)])])
    return document


def _canvas_for(sheet: Sheet) -> type[Any]:
    """A canvas that knows the count of pages before it writes the first one."""
    from reportlab.pdfgen.canvas import Canvas

    class CountedCanvas(Canvas):  # type: ignore[misc]
        """Keeps each page until the last one is known."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self._kept: list[dict[str, Any]] = []
            self.entries: list[tuple[int, str, float]] = []

        def showPage(self) -> None:
            self._kept.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            kept, entries = self._kept, self.entries
            for page, state in enumerate(kept, 1):
                self.__dict__.update(state)
                _draw_frame(self, sheet, page=page, pages=len(kept))
                for place, (on_page, title, top) in enumerate(entries):
                    if on_page == page:
                        self.bookmarkHorizontal(f"part-{place}", 0, top)
                        self.addOutlineEntry(title, f"part-{place}", level=0)
                super().showPage()
            super().save()

    return CountedCanvas


def letterhead_height(sheet: Sheet) -> float:
    """How much of the first page the letterhead takes, in points; 0 without one."""
    logo, lines = sheet.letterhead.logo, sheet.letterhead.lines
    tall = max(_logo_size(logo)[1] if logo else 0.0, _LINE * len(lines))
    return tall + _LETTERHEAD_GAP if tall else 0.0


def _logo_size(logo: bytes) -> tuple[float, float]:
    """A logo's printed width and height in points."""
    from reportlab.lib.utils import ImageReader

    wide_px, high_px = ImageReader(io.BytesIO(logo)).getSize()
    most_wide, most_high = (points_from_mm(side) for side in LOGO_MM)
    factor = min(most_wide / wide_px, most_high / high_px)
    return wide_px * factor, high_px * factor


def _draw_frame(canvas: Any, sheet: Sheet, *, page: int, pages: int) -> None:
    width, height = look.page_size(sheet.page_size)
    left, right = look.MARGIN, width - look.MARGIN
    top = height - look.MARGIN
    if page == 1 and letterhead_height(sheet):
        _draw_letterhead(canvas, sheet.letterhead, left=left, right=right, top=top)
        top -= letterhead_height(sheet)
    _draw_head(canvas, sheet, left=left, right=right, top=top, named=page > 1)
    _draw_foot(canvas, sheet, left=left, right=right, counted=(page, pages))


def _draw_letterhead(
    canvas: Any, letterhead: Letterhead, *, left: float, right: float, top: float
) -> None:
    from reportlab.lib.colors import HexColor
    from reportlab.lib.utils import ImageReader

    if letterhead.logo:
        wide, high = _logo_size(letterhead.logo)
        picture = ImageReader(io.BytesIO(letterhead.logo))
        canvas.drawImage(picture, left, top - high, wide, high, mask="auto")
    for place, line in enumerate(letterhead.lines):
        canvas.setFillColor(HexColor(look.SOFT if place else look.INK))
        at = (right, top - 9.0 - _LINE * place)
        text = fonts.shortened(line, width=(right - left) * 0.58, size=look.BODY, bold=not place)
        fonts.draw(canvas, at, text, size=look.BODY, bold=not place, anchor="end")


def _draw_head(
    canvas: Any, sheet: Sheet, *, left: float, right: float, top: float, named: bool
) -> None:
    """Who it is about; the clinic's name on the right unless its letterhead stands above."""
    from reportlab.lib.colors import HexColor

    clinic = sheet.clinic_name if named or not sheet.letterhead.lines else ""
    clinic = fonts.shortened(clinic, width=(right - left) * 0.36, size=look.BODY)
    room = (right - left) - fonts.text_width(clinic, size=look.BODY) - (12 if clinic else 0)
    canvas.setFillColor(HexColor(look.INK))
    heading = fonts.shortened(sheet.heading, width=room, size=11.5, bold=True)
    fonts.draw(canvas, (left, top - 10), heading, size=11.5, bold=True)
    identity = fonts.shortened(sheet.identity, width=right - left, size=look.BODY)
    fonts.draw(canvas, (left, top - 24), identity, size=look.BODY)
    canvas.setFillColor(HexColor(look.SOFT))
    fonts.draw(canvas, (right, top - 10), clinic, size=look.BODY, anchor="end")
    canvas.setStrokeColor(HexColor(look.ACCENT))
    canvas.setLineWidth(1.1)
    canvas.line(left, top - 31, right, top - 31)


def _draw_foot(
    canvas: Any, sheet: Sheet, *, left: float, right: float, counted: tuple[int, int]
) -> None:
    from reportlab.lib.colors import HexColor

    foot = look.MARGIN + 2
    canvas.setFillColor(HexColor(look.SOFT))
    page, pages = counted
    text = _("Page {page} of {pages}").format(page=page, pages=pages)
    fonts.draw(canvas, (right, foot), text, size=look.SMALL, anchor="end")
    room = right - left - fonts.text_width(text, size=look.SMALL) - 12
    for place, line in enumerate(reversed(sheet.made)):
        line = fonts.shortened(line, width=room, size=look.SMALL)
        fonts.draw(canvas, (left, foot + place * look.SMALL * 1.3), line, size=look.SMALL)
    canvas.setStrokeColor(HexColor(look.RULE))
    canvas.setLineWidth(0.5)
    line_at = foot + 11 + (len(sheet.made) - 1) * look.SMALL * 1.3
    canvas.line(left, line_at, right, line_at)
