"""A report laid out as a PDF: what each kind of it says, and in which order."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from woundtrack.measure.types import Measurement
from woundtrack.outline.types import Outline
from woundtrack.records import PatientHistory
from woundtrack.report import pdf_parts as parts
from woundtrack.report import pdf_styles as look
from woundtrack.report import pdf_tables as tables
from woundtrack.report.content_types import (
    ContextPart,
    LesionSection,
    ReportContent,
    ReportKind,
    ReportOptions,
    ReportPart,
)
from woundtrack.report.fonts import has_unprintable
from woundtrack.report.pdf_document import Sheet, document_pdf
from woundtrack.report.pdf_healing import healing_parts
from woundtrack.report.pdf_parts import Pictures
from woundtrack.report.pdf_styles import paragraph, rich, style
from woundtrack.report.pdf_summary import summary_parts
from woundtrack.report.pdf_visit import visit_parts
from woundtrack.report.pictures import Picture
from woundtrack.scale.types import Scale
from woundtrack.words import _

_NO_TEXTS = (PatientHistory, ReportOptions, Scale, Outline, Measurement)
"""What a content holds beside what it says."""


def report_pdf(content: ReportContent, *, pictures: Sequence[Picture]) -> bytes:
    """The report as PDF bytes; one picture for each of `content.plates`, in their order.

    Raises ReportError report.page_size.
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
    shown = {id(plate): made for plate, made in zip(content.plates, pictures, strict=True)}
    return document_pdf(sheet, story=lambda width: _story(content, width, shown))


def _story(content: ReportContent, width: float, pictures: Pictures) -> list[Any]:
    body = {
        ReportKind.PROGRESS: _progress,
        ReportKind.PATIENT: _summary,
        ReportKind.VISIT: visit_parts,
    }[content.options.kind]
    return [
        *_top(content),
        *body(content, width, pictures),
        *_end(content, width),
    ]


def _top(content: ReportContent) -> list[Any]:
    from reportlab.platypus import Spacer

    facts = [(fact.label, fact.value) for fact in content.facts]
    made: list[Any] = [paragraph(content.title, style(look.TITLE, bold=True))]
    if content.period:
        made.append(paragraph(content.period, style(look.BODY, colour=look.SOFT, after=3)))
    return [*made, rich(facts, style(look.BODY)), Spacer(1, look.GAP)]


def _progress(content: ReportContent, width: float, pictures: Pictures) -> list[Any]:
    """Lesion by lesion, then what concerns all of them."""
    from reportlab.platypus import CondPageBreak

    story: list[Any] = []
    for section in content.sections:
        story += [CondPageBreak(180), *_section(content, section, width, pictures)]
    return [*story, *_beside(content, width)]


def _summary(content: ReportContent, width: float, pictures: Pictures) -> list[Any]:
    """All lesions at a glance, what concerns all of them, then their photos."""
    from reportlab.platypus import KeepTogether, Spacer

    story = [*summary_parts(content, width), *_beside(content, width)]
    for section in content.sections:
        rows = parts.plate_rows(section.plates, width=width, pictures=pictures)
        if rows:
            story += [KeepTogether([parts.heading(section.title), rows[0]]), *rows[1:]]
            story.append(Spacer(1, look.GAP))
    return story


def _beside(content: ReportContent, width: float) -> list[Any]:
    """Therapies, the patient's own scores, and what is kept beside the wounds."""
    from reportlab.platypus import CondPageBreak, Spacer

    story: list[Any] = []
    if content.therapies:
        table = tables.therapy_table(content.therapies, width=width)
        story += [CondPageBreak(90), parts.heading(_("Therapies")), table, Spacer(1, look.GAP)]
    if content.scores:
        scores = tables.text_table(content.scores, width=width)
        story += [CondPageBreak(90), parts.heading(_("The patient at each visit")), scores]
        story.append(Spacer(1, look.GAP))
    for part in content.context:
        story += _context(part, width)
    return story


def _end(content: ReportContent, width: float) -> list[Any]:
    """Methods and doubt, then the line to sign on, which never stands alone on a page."""
    from reportlab.platypus import KeepTogether

    texts = list(content.notes)
    if any(has_unprintable(text) for text in _texts(content)):
        texts.append(
            _(
                "Words in square brackets stand for what the printed letters cannot show; the "
                "record has it. Birth date, hospital number and code tell whose report it is."
            )
        )
    notes = [paragraph(text, style(look.SMALL, colour=look.SOFT, after=1.5)) for text in texts]
    title = paragraph(_("Methods and uncertainty"), style(look.BODY, bold=True, after=2))
    signing = parts.signature(width) if content.options.signature else []
    first, rest = notes[:3], notes[3:]
    return [KeepTogether([title, *first]), *rest[:-3], KeepTogether([*rest[-3:], *signing])]


def _texts(part: object) -> Iterator[str]:
    """Every text of a content or of a part of it."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from _texts(each)
    elif is_dataclass(part) and not isinstance(part, _NO_TEXTS):
        for each in fields(part):
            yield from _texts(getattr(part, each.name))


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
    content: ReportContent, section: LesionSection, width: float, pictures: Pictures
) -> list[Any]:
    from reportlab.platypus import KeepTogether, Spacer

    facts = rich([(fact.label, fact.value) for fact in section.facts], style(look.BODY, after=5))
    top: list[Any] = [parts.heading(section.title), facts]
    if not section.rows:
        return [*top, parts.no_visits(), Spacer(1, look.GAP)]
    if section.figures:
        top += [parts.figure_row(section.figures, width=width), Spacer(1, look.GAP)]
    photos = parts.plate_rows(section.plates, width=width, pictures=pictures)
    few = len(photos) == 1
    # One visit is a point, not a curve.
    drawn = len(section.rows) > 1 and ReportPart.CHART in content.options.parts
    ids = (section.lesion_id,)
    curve = [parts.chart_flowable(content, lesion_ids=ids, width=width)] if drawn else []
    story: list[Any] = [KeepTogether([*top, *(photos if few else [])]), *curve]
    story.append(Spacer(1, look.GAP))
    story += [tables.visit_table(section.rows, width=width), Spacer(1, look.GAP)]
    if section.scores:
        story += [tables.text_table(section.scores, width=width), Spacer(1, look.GAP)]
    if section.healing:
        story += [*healing_parts(section.healing, width=width), Spacer(1, look.GAP)]
    return [*story, *([] if few else photos), Spacer(1, look.GAP)]
