"""A report laid out as a PDF: the patient on every page, tables that go on, page n of m."""

from collections.abc import Callable
from typing import Any

from woundtrack.report import pdf_parts as parts
from woundtrack.report import pdf_styles as look
from woundtrack.report import pdf_tables as tables
from woundtrack.report.content_types import (
    ContextPart,
    LesionSection,
    Plate,
    ReportContent,
    ReportPart,
)
from woundtrack.report.fonts import has_unprintable
from woundtrack.report.pdf_document import Sheet, document_pdf
from woundtrack.report.pdf_healing import healing_parts
from woundtrack.report.pdf_styles import paragraph, rich, style
from woundtrack.words import _

Picture = Callable[[Plate], tuple[bytes, str]]


def report_pdf(content: ReportContent, *, picture: Picture) -> bytes:
    """The report as PDF bytes.

    `picture` gives each plate's JPEG, or empty bytes and a sentence that says why there is
    none. Raises ReportError report.page_size.
    """
    sheet = Sheet(
        title=f"{content.title} {content.code}",
        heading=content.patient_name,
        identity="   ".join(f"{fact.label} {fact.value}" for fact in content.identity),
        clinic_name=content.clinic_name,
        made=content.made,
        page_size=content.options.page_size,
        letterhead=content.letterhead,
    )
    return document_pdf(sheet, story=lambda width: _story(content, width, picture))


def _story(content: ReportContent, width: float, picture: Picture) -> list[Any]:
    from reportlab.platypus import CondPageBreak, KeepTogether, Spacer

    facts = [(fact.label, fact.value) for fact in content.facts]
    story: list[Any] = [
        paragraph(content.title, style(look.TITLE, bold=True)),
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
    if has_unprintable(_typed(content)):
        texts.append(
            _(
                "Words in square brackets stand for what the printed letters cannot show; the "
                "record has it. Birth date, hospital number and code tell whose report it is."
            )
        )
    notes = [paragraph(text, style(look.SMALL, colour=look.SOFT, after=1.5)) for text in texts]
    title = paragraph(_("Methods and uncertainty"), style(look.BODY, bold=True, after=2))
    story.append(KeepTogether([title, *notes]))
    return [*story, *(parts.signature(width) if content.options.signature else [])]


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
    drawn = len(section.rows) > 1 and ReportPart.CHART in content.options.parts
    curve = [parts.chart_flowable(content, section, width=width)] if drawn else []
    story: list[Any] = [KeepTogether([*top, *(photos if few else [])]), *curve]
    story.append(Spacer(1, look.GAP))
    story += [tables.visit_table(section.rows, width=width), Spacer(1, look.GAP)]
    if section.scores:
        story += [tables.text_table(section.scores, width=width), Spacer(1, look.GAP)]
    if section.healing:
        story += [*healing_parts(section.healing, width=width), Spacer(1, look.GAP)]
    return [*story, *([] if few else photos), Spacer(1, look.GAP)]
