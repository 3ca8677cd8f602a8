"""A cohort laid out: filter, endpoints with n and missing, curves, and how each was come by."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from woundtrack.cohort.methods import DIFFERENCE, FEW_NOTE, REMINDER
from woundtrack.cohort.rows import groups_of
from woundtrack.cohort.types import Cohort
from woundtrack.report import pdf_parts as parts
from woundtrack.report import pdf_styles as look
from woundtrack.report.chart_pdf import PRINT_PALETTE, paint_strokes
from woundtrack.report.cohort_figure import Drawn, Event, cohort_figure
from woundtrack.report.cohort_filter import filter_text
from woundtrack.report.cohort_text import COLUMNS, CohortRow, reasons_text, table_of
from woundtrack.report.content_made import not_a_device
from woundtrack.report.pdf_styles import paragraph, style
from woundtrack.report.pdf_tables import table_of as printed_table
from woundtrack.units import points_from_mm
from woundtrack.words import _, apart, labelled

if TYPE_CHECKING:
    from woundtrack.report.cohort_report import CohortOptions

_SHARES = (0.23, 0.2, 0.19, 0.19, 0.19)
_CURVE_HEIGHT = points_from_mm(82)
_CURVE_TEXT = 8.0
_CELL = 8.0


def cohort_story(
    cohort: Cohort, options: "CohortOptions", *, width: float, on: dt.date
) -> list[Any]:
    """All parts of the report, for a width in points."""
    from reportlab.platypus import KeepTogether, Spacer

    rows = table_of(cohort)
    story: list[Any] = [
        paragraph(_("Cohort"), style(look.TITLE, bold=True)),
        paragraph(labelled(_("Filter"), filter_text(cohort.filter)), style(look.BODY, after=2)),
        paragraph(rows[0].method, style(look.BODY, after=2)),
    ]
    if cohort.left_out:
        left_out = labelled(_("Left out"), reasons_text(cohort.left_out))
        story.append(paragraph(left_out, style(look.BODY, after=2)))
    story += [Spacer(1, look.GAP), _endpoints(rows, width), Spacer(1, look.GAP)]
    if options.curves:
        for event in Event:
            drawn = Drawn(event, by_site=options.by_site, whole=options.whole)
            story += [_curves(cohort, drawn, width=width, on=on), Spacer(1, look.GAP)]
    methods = _methods(cohort, rows)
    signing = parts.signature(width) if options.signature else []
    return [*story, *_beside(rows, width), *methods[:-2], KeepTogether([*methods[-2:], *signing])]


def _endpoints(rows: Sequence[CohortRow], width: float) -> Any:
    cells = [
        [_cell((row.name,), bold=True), *(_cell(cell.lines) for cell in row.cells)]
        + [""] * (len(COLUMNS) - 1 - len(row.cells))
        for row in rows
    ]
    return printed_table([_(column) for column in COLUMNS], cells, _SHARES, width)


def _cell(lines: Sequence[str], *, bold: bool = False) -> list[Any]:
    """The first line in ink; n, missing and warnings soft below it."""
    return [
        paragraph(line, style(_CELL, bold=bold, colour=look.SOFT if place else look.INK))
        for place, line in enumerate(lines)
    ]


def _beside(rows: Sequence[CohortRow], width: float) -> list[Any]:
    """Why figures are missing, quartiles and counts: what the page tells at a touch."""
    from reportlab.platypus import CondPageBreak, Spacer

    told = [row for row in rows[1:] if any(cell.tip for cell in row.cells[:3])]
    if not told:
        return []
    cells = [
        [_cell((row.name,), bold=True)]
        + [[paragraph(line, style(7.5)) for line in cell.tip] for cell in row.cells[:3]]
        for row in told
    ]
    heads = [_(column) for column in COLUMNS[:4]]
    table = printed_table(heads, cells, (0.19, 0.27, 0.27, 0.27), width)
    title = parts.heading(_("What each figure rests on"))
    return [CondPageBreak(110), title, table, Spacer(1, look.GAP)]


def _curves(cohort: Cohort, drawn: Drawn, *, width: float, on: dt.date) -> Any:
    from reportlab.platypus import Flowable

    figure = cohort_figure(
        cohort, drawn, size=(width, _CURVE_HEIGHT), text_size=_CURVE_TEXT, made_on=on
    )

    class Curves(Flowable):  # type: ignore[misc]
        """The curves, as vectors."""

        def wrap(self, _available_width: float, _available_height: float) -> tuple[float, float]:
            return figure.width, figure.height

        def draw(self) -> None:
            paint_strokes(
                self.canv, figure.strokes, left=0, top=figure.height, palette=PRINT_PALETTE
            )

    return Curves()


def _methods(cohort: Cohort, rows: Sequence[CohortRow]) -> list[Any]:
    soft = style(look.SMALL, colour=look.SOFT, after=1.5)
    title = paragraph(_("Methods and uncertainty"), style(look.BODY, bold=True, after=2))
    return [title, *(paragraph(text, soft) for text in _method_texts(cohort, rows))]


def _method_texts(cohort: Cohort, rows: Sequence[CohortRow]) -> Iterator[str]:
    yield _("Figures in brackets are 95 % intervals.")
    told: dict[str, list[str]] = {}
    for row in rows[1:]:
        told.setdefault(row.method, []).append(row.name)
    for method, names in told.items():
        yield labelled(names[0] if len(names) > 4 else apart(names), method)
    yield labelled(_(COLUMNS[-1]), _(DIFFERENCE))
    if any(group.few for group in groups_of(cohort)):
        yield _(FEW_NOTE)
    yield _(REMINDER)
    yield not_a_device()
