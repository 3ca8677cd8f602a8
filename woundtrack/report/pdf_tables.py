"""The tables of a printed report: their heads are repeated on each page."""

from collections.abc import Sequence
from typing import Any

from woundtrack.report import pdf_styles as look
from woundtrack.report.content import table_heads, therapy_heads
from woundtrack.report.content_types import TextTable, TherapyRow, VisitRow
from woundtrack.report.pdf_styles import paragraph, style

_VISIT_SHARES = (0.13, 0.19, 0.115, 0.115, 0.17, 0.12, 0.08, 0.08)
_THERAPY_SHARES = (0.27, 0.10, 0.14, 0.15, 0.18, 0.16)


def visit_table(rows: Sequence[VisitRow], *, width: float) -> Any:
    """The table of visits; its head is repeated on each page."""
    cells = [[_cell(text, soft=not row.measured) for text in row.cells()] for row in rows]
    return table_of(table_heads(), cells, _VISIT_SHARES, width)


def therapy_table(rows: Sequence[TherapyRow], *, width: float) -> Any:
    """The table of therapies; its head is repeated on each page."""
    cells = [[_cell(text) for text in row.cells()] for row in rows]
    return table_of(therapy_heads(), cells, _THERAPY_SHARES, width)


def text_table(table: TextTable, *, width: float) -> Any:
    """Any other table; its head is repeated on each page."""
    cells = [[_cell(text) for text in row] for row in table.rows]
    shares = table.shares or [1 / len(table.heads)] * len(table.heads)
    return table_of(table.heads, cells, shares, width)


def _cell(text: str, *, soft: bool = False) -> list[Any]:
    """A text, and smaller below it what follows a line break, such as its interval."""
    value, _between, interval = text.partition("\n")
    shown = [paragraph(value, style(8.5, colour=look.SOFT if soft else look.INK))]
    return shown + ([paragraph(interval, style(7.0, colour=look.SOFT))] if interval else [])


def table_of(
    heads: Sequence[str], cells: list[list[Any]], shares: Sequence[float], width: float
) -> Any:
    """A table of cells; `shares` are its columns' widths as parts of the whole."""
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Table, TableStyle

    head = [paragraph(text, style(look.SMALL, bold=True, colour=look.SOFT)) for text in heads]
    widths = [share * width for share in shares]
    table = Table([head, *cells], widths, repeatRows=1, hAlign="LEFT")
    table.setStyle(
        TableStyle(
            [
                look.PLAIN_CELLS,
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
                ("LEFTPADDING", (0, 0), (-1, -1), 3),
                ("RIGHTPADDING", (0, 0), (-1, -1), 3),
                ("TOPPADDING", (0, 0), (-1, -1), 2.5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
                ("LINEBELOW", (0, 0), (-1, 0), 0.9, HexColor(look.ACCENT)),
                ("LINEBELOW", (0, 1), (-1, -1), 0.4, HexColor(look.RULE)),
                # No head, and no row at either end, stands alone on a page.
                ("NOSPLIT", (0, 0), (-1, min(2, len(cells)))),
                ("NOSPLIT", (0, max(-2, -len(cells))), (-1, -1)),
            ]
        )
    )
    return table
