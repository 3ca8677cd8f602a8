"""A report laid out as a PDF: the patient on every page, tables that go on, page n of m."""

import io
from collections.abc import Callable
from typing import Any

from woundtrack import __version__
from woundtrack.report import pdf_parts as parts
from woundtrack.report import pdf_styles as look
from woundtrack.report import pdf_tables as tables
from woundtrack.report.content_types import ContextPart, LesionSection, Plate, ReportContent
from woundtrack.report.fonts import BOLD, ONE_AT_A_TIME, REGULAR, UNKNOWN_SIGN, printable, shortened
from woundtrack.report.pdf_healing import healing_parts
from woundtrack.report.pdf_styles import paragraph, rich, style
from woundtrack.words import _

Picture = Callable[[Plate], tuple[bytes, str]]


def report_pdf(content: ReportContent, *, picture: Picture) -> bytes:
    """The report as PDF bytes.

    `picture` gives each plate's JPEG, or empty bytes and a sentence that says why there is
    none. Raises ReportError report.page_size.
    """
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    parts.fonts_ready()
    width, height = look.page_size(content.options.page_size)
    file = io.BytesIO()
    document = BaseDocTemplate(
        file,
        pagesize=(width, height),
        # Titles show in title bars and print queues: the code stands there, never the name.
        title=_("Wound report {code}").format(code=content.code),
        creator=f"woundtrack {__version__}",
        author="",
    )
    inner = width - 2 * look.MARGIN
    frame = Frame(
        look.MARGIN,
        look.MARGIN + look.FOOTER,
        inner,
        height - 2 * look.MARGIN - look.HEADER - look.FOOTER,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    document.addPageTemplates([PageTemplate(frames=[frame])])
    with ONE_AT_A_TIME:
        document.build(_story(content, inner, picture), canvasmaker=_canvas_for(content))
    return file.getvalue()


def _story(content: ReportContent, width: float, picture: Picture) -> list[Any]:
    from reportlab.platypus import CondPageBreak, KeepTogether, Spacer

    facts = [(fact.label, fact.value) for fact in content.facts]
    story: list[Any] = [
        paragraph(_("Wound report"), style(look.TITLE, bold=True)),
        paragraph(content.period, style(look.BODY, colour=look.SOFT, after=3)),
        rich(facts, style(look.BODY)),
        Spacer(1, look.GAP),
    ]
    for section in content.sections:
        story += [CondPageBreak(180), *_section(content, section, width, picture)]
    if content.therapies:
        table = tables.therapy_table(content.therapies, width=width)
        story += [CondPageBreak(90), parts.heading(_("Therapies")), table, Spacer(1, look.GAP)]
    if content.scores:
        scores = tables.text_table(content.scores, width=width)
        story += [CondPageBreak(90), parts.heading(_("The patient at each visit")), scores]
        story.append(Spacer(1, look.GAP))
    for part in content.context:
        story += _context(part, width)
    texts = list(content.notes)
    if UNKNOWN_SIGN in printable(_typed(content)):
        texts.append(
            _("{sign} stands for a letter that the printed font does not have.").format(
                sign=UNKNOWN_SIGN
            )
        )
    notes = [paragraph(text, style(look.SMALL, colour=look.SOFT, after=1.5)) for text in texts]
    title = paragraph(_("Methods and uncertainty"), style(look.BODY, bold=True, after=2))
    story.append(KeepTogether([title, *notes]))
    return story


def _typed(content: ReportContent) -> str:
    """All that people typed and the report prints."""
    facts = [*content.identity, *content.facts]
    facts += [fact for section in content.sections for fact in section.facts]
    rows = [therapy.cells() for therapy in content.therapies]
    rows += [row for part in content.context if part.table for row in part.table.rows]
    cells = [cell for row in rows for cell in row]
    return "".join([content.patient_name, content.clinic_name, *(f.value for f in facts), *cells])


def _context(part: ContextPart, width: float) -> list[Any]:
    from reportlab.platypus import CondPageBreak, KeepTogether, Spacer

    lines = [paragraph(text, style(look.BODY, after=2)) for text in part.lines]
    top = parts.heading(part.title)
    if part.table is None:
        return [KeepTogether([top, *lines]), Spacer(1, look.GAP)]
    notes = [paragraph(text, style(look.SMALL, colour=look.SOFT, after=1.5)) for text in part.lines]
    table = tables.text_table(part.table, width=width)
    return [
        CondPageBreak(90),
        top,
        table,
        KeepTogether([Spacer(1, 3), *notes]),
        Spacer(1, look.GAP),
    ]


def _section(
    content: ReportContent, section: LesionSection, width: float, picture: Picture
) -> list[Any]:
    from reportlab.platypus import KeepTogether, Spacer

    facts = rich([(fact.label, fact.value) for fact in section.facts], style(look.BODY, after=5))
    top: list[Any] = [parts.heading(section.title), facts]
    if not section.rows:
        return [*top, parts.no_visits(), Spacer(1, look.GAP)]
    if section.figures:
        top += [parts.figure_row(section.figures, width=width), Spacer(1, look.GAP)]
    photos = parts.plate_rows(section.plates, width=width, picture=picture)
    few = len(photos) == 1
    # One visit is a point, not a curve.
    curve = [parts.chart_flowable(content, section, width=width)] if len(section.rows) > 1 else []
    story: list[Any] = [KeepTogether([*top, *(photos if few else [])]), *curve]
    story.append(Spacer(1, look.GAP))
    story += [tables.visit_table(section.rows, width=width), Spacer(1, look.GAP)]
    if section.scores:
        story += [tables.text_table(section.scores, width=width), Spacer(1, look.GAP)]
    if section.healing:
        story += [*healing_parts(section.healing, width=width), Spacer(1, look.GAP)]
    return [*story, *([] if few else photos), Spacer(1, look.GAP)]


def _canvas_for(content: ReportContent) -> type[Any]:
    """A canvas that knows the count of pages before it writes the first one."""
    from reportlab.pdfgen.canvas import Canvas

    class CountedCanvas(Canvas):  # type: ignore[misc]
        """Keeps each page until the last one is known."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self._kept: list[dict[str, Any]] = []

        def showPage(self) -> None:
            self._kept.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for i, state in enumerate(self._kept, 1):
                self.__dict__.update(state)
                _frame_page(self, content, page=i, pages=len(self._kept))
                super().showPage()
            super().save()

    return CountedCanvas


def _frame_page(canvas: Any, content: ReportContent, *, page: int, pages: int) -> None:
    """The header and footer of one page."""
    from reportlab.lib.colors import HexColor

    width, height = look.page_size(content.options.page_size)
    left, right = look.MARGIN, width - look.MARGIN
    top = height - look.MARGIN
    half = (right - left) * 0.62
    canvas.setFillColor(HexColor(look.INK))
    canvas.setFont(BOLD, 11.5)
    canvas.drawString(
        left, top - 10, shortened(printable(content.patient_name), width=half, size=12.2)
    )
    canvas.setFont(REGULAR, look.BODY)
    identity = "   ".join(f"{fact.label} {fact.value}" for fact in content.identity)
    canvas.drawString(
        left, top - 24, shortened(printable(identity), width=right - left, size=look.BODY)
    )
    canvas.setFillColor(HexColor(look.SOFT))
    clinic = shortened(printable(content.clinic_name), width=(right - left) * 0.36, size=look.BODY)
    canvas.drawRightString(right, top - 10, clinic)
    canvas.setStrokeColor(HexColor(look.ACCENT))
    canvas.setLineWidth(1.1)
    canvas.line(left, top - 31, right, top - 31)
    foot = look.MARGIN + 2
    canvas.setFont(REGULAR, look.SMALL)
    counted = _("Page {page} of {pages}").format(page=page, pages=pages)
    canvas.drawRightString(right, foot, printable(counted))
    canvas.drawString(
        left, foot, shortened(printable(content.printed), width=half, size=look.SMALL)
    )
    canvas.setStrokeColor(HexColor(look.RULE))
    canvas.setLineWidth(0.5)
    canvas.line(left, foot + 11, right, foot + 11)
