"""One visit laid out: photos beside figures, forms beside each other, one page where it can."""

from collections.abc import Sequence
from typing import Any

from woundtrack.report import pdf_parts as parts
from woundtrack.report import pdf_styles as look
from woundtrack.report import pdf_tables as tables
from woundtrack.report.content_types import Fact, PhotoChoice, ReportContent
from woundtrack.report.content_visit import VisitLesion
from woundtrack.report.form_text import FormText
from woundtrack.report.pdf_parts import Pictures
from woundtrack.report.pdf_styles import paragraph, rich, style
from woundtrack.words import _, labelled

_FORM_TEXT = 7.5
_FORM_SHARES = (0.42, 0.07, 0.51)


def visit_parts(content: ReportContent, width: float, pictures: Pictures) -> list[Any]:
    """Every lesion of the day, then therapies, answers and the other photos."""
    from reportlab.platypus import CondPageBreak, Spacer

    visit = content.visit
    if visit is None:
        return []
    story: list[Any] = []
    # Where photos were left out by choice, nothing is said of there being none.
    asked = content.options.photos is not PhotoChoice.NONE
    for lesion in visit.lesions:
        laid_out = _lesion(lesion, width, pictures, photos=asked)
        story += [CondPageBreak(200), *laid_out, Spacer(1, look.GAP)]
    if visit.therapies:
        table = tables.text_table(visit.therapies, width=width)
        story += [CondPageBreak(70), parts.heading(_("Therapies running that day")), table]
        story.append(Spacer(1, look.GAP))
    if visit.facts:
        facts = [(fact.label, fact.value) for fact in visit.facts]
        story.append(rich(facts, style(look.BODY, after=3)))
    story += [paragraph(line, style(look.BODY, after=3)) for line in visit.lines]
    if visit.others:
        rows = parts.plate_rows(visit.others, width=width, pictures=pictures)
        story += [CondPageBreak(190), parts.heading(_("Other photos of the visit")), *rows]
    return story


def _lesion(lesion: VisitLesion, width: float, pictures: Pictures, *, photos: bool) -> list[Any]:
    from reportlab.platypus import KeepTogether, Spacer

    each = (width - look.GAP) / 2
    figures, beside = [_figures(lesion.figures, each), Spacer(1, 4)], _beside_figures(lesion)
    if lesion.plates:
        photo = parts.plate_cell(lesion.plates[0], pictures, width=each)
        top = _two_columns([photo, [*figures, *beside]], width)
    else:
        if photos:
            beside.append(paragraph(_("No photo."), style(8.2, colour=look.SOFT)))
        top = _two_columns([figures, beside], width)
    more = parts.plate_rows(lesion.plates[1:], width=width, pictures=pictures)
    return [
        KeepTogether([parts.heading(lesion.title), top]),
        *more,
        # A note may be as long as it likes: it stands across the page, where it can be parted.
        *(paragraph(line, style(8.5, after=2)) for line in lesion.lines),
        *_forms(lesion.forms, width),
        Spacer(1, 3),
        paragraph(lesion.confirmed, style(look.SMALL, colour=look.SOFT)),
    ]


def _beside_figures(lesion: VisitLesion) -> list[Any]:
    """How the figures were come by, and what to beware of."""
    soft = style(look.SMALL, colour=look.SOFT)
    facts = [labelled(fact.label, fact.value) for fact in lesion.facts]
    warnings = [labelled(_("Beware"), text) for text in lesion.warnings]
    return [
        *(paragraph(text, style(8.2, after=1)) for text in facts),
        *(paragraph(text, soft) for text in warnings),
    ]


def _figures(figures: Sequence[Fact], width: float) -> Any:
    """The size large, its changes smaller, each beside what it is against."""
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Table, TableStyle

    cells = []
    for place, fact in enumerate(figures):
        value, _parted, verdict = fact.value.partition("\n")
        size = look.FIGURE if place == 0 else look.BODY + 1
        shown = [paragraph(value, style(size, bold=True))]
        shown += [paragraph(verdict, style(look.SMALL))] if verdict else []
        cells.append([paragraph(fact.label, style(look.SMALL, colour=look.SOFT)), shown])
    table = Table(cells, [0.42 * width, 0.58 * width])
    table.setStyle(
        TableStyle(
            [
                look.PLAIN_CELLS,
                ("BACKGROUND", (0, 0), (-1, -1), HexColor(look.PALE)),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("TOPPADDING", (0, 0), (-1, -1), 2.5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
                ("LEFTPADDING", (0, 0), (-1, -1), 6),
            ]
        )
    )
    return table


def _forms(forms: Sequence[FormText], width: float) -> list[Any]:
    """The first and longest form on the left, the others one below the other beside it."""
    if not forms:
        return [paragraph(_("No form was filled in."), style(look.BODY, colour=look.SOFT))]
    each = (width - look.GAP) / 2
    if len(forms) == 1:
        rows = forms[0].rows
        half = (len(rows) + 1) // 2
        total = paragraph(forms[0].total, style(8.5, bold=True, after=2))
        columns = [[_form_rows(part, each)] for part in (rows[:half], rows[half:])]
        return [total, _two_columns(columns, width)]
    columns = [_form(forms[0], each), [one for form in forms[1:] for one in _form(form, each)]]
    return [_two_columns(columns, width)]


def _form(form: FormText, width: float) -> list[Any]:
    from reportlab.platypus import Spacer

    total = paragraph(form.total, style(8.5, bold=True, after=2))
    return [total, _form_rows(form.rows, width), Spacer(1, 5)]


def _form_rows(rows: Sequence[tuple[str, str, str]], width: float) -> Any:
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Table, TableStyle

    small, bold = style(_FORM_TEXT), style(_FORM_TEXT, bold=True)
    cells = [
        [paragraph(item, small), paragraph(score, bold), paragraph(answer, small)]
        for item, score, answer in rows
    ]
    table = Table(cells, [share * width for share in _FORM_SHARES])
    table.setStyle(
        TableStyle(
            [
                look.PLAIN_CELLS,
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 2),
                ("RIGHTPADDING", (0, 0), (-1, -1), 2),
                ("TOPPADDING", (0, 0), (-1, -1), 0.8),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 1.2),
                ("LINEBELOW", (0, 0), (-1, -1), 0.3, HexColor(look.RULE)),
            ]
        )
    )
    return table


def _two_columns(columns: Sequence[list[Any]], width: float) -> Any:
    return parts.two_columns(columns, width=width, above=2, below=4)
