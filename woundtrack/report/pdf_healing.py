"""How a lesion healed by therapy, as a part of the printed report."""

from typing import Any

from woundtrack.report import pdf_styles as look
from woundtrack.report.healing_text import HealingView, PhaseRow
from woundtrack.report.pdf_styles import paragraph, style
from woundtrack.report.pdf_tables import table_of
from woundtrack.words import _, labelled

_SHARES = (0.085, 0.425, 0.245, 0.245)
_RATE = 2
_TEXT = 8.0
"""Points: two days with their years are a line, in French too."""


def healing_parts(view: HealingView, *, width: float) -> list[Any]:
    """The heading, the reminder that sequence is not cause, and the table by therapy."""
    from reportlab.platypus import CondPageBreak

    soft = style(look.SMALL, colour=look.SOFT, after=3)
    title = paragraph(_("Healing by therapy"), style(look.BODY, bold=True, after=1))
    rate = labelled(view.figures[0].name, _one_line(view.figures[0].text))
    sentences = [paragraph(text, soft) for text in (view.caution, *view.note.splitlines()) if text]
    return [
        CondPageBreak(110),
        title,
        paragraph(rate, style(look.BODY, after=2)),
        *sentences,
        _table(view, width),
    ]


def _table(view: HealingView, width: float) -> Any:
    from reportlab.lib.colors import HexColor

    rows: list[list[Any]] = []
    look_of: list[tuple[Any, ...]] = []
    for block in view.blocks:
        at = len(rows) + 1
        rows.append([_cell(block.title, bold=True), "", "", ""])
        look_of += [
            ("SPAN", (0, at), (-1, at)),
            ("BACKGROUND", (0, at), (-1, at), HexColor(look.PALE)),
        ]
        # Of a phase that no time was spent in there is nothing to read.
        for phase in (row for row in block.rows if row.lasts):
            rows.append(_cells(phase))
            if phase.refused:
                look_of.append(("SPAN", (_RATE, len(rows)), (-1, len(rows))))
        # A therapy's name is never parted from its phases.
        look_of.append(("NOSPLIT", (0, at), (-1, len(rows))))
    heads = (
        _("Phase"), _("Days and visits"), _("Area per week (95 % interval)"),
        _("Against before (95 % interval)"),
    )  # fmt: skip
    table = table_of(heads, rows, _SHARES, width)
    table.setStyle(look_of)
    return table


def _cells(row: PhaseRow) -> list[Any]:
    time = ", ".join(row.time.splitlines())
    if row.refused:
        return [_cell(row.phase), _cell(time), _cell(row.rate, soft=True), ""]
    return [
        _cell(row.phase),
        _cell(time),
        _cell(_one_line(row.rate)),
        _cell(_one_line(row.difference)),
    ]


def _one_line(text: str) -> str:
    value, _between, interval = text.partition("\n")
    return f"{value} ({interval})" if interval else value


def _cell(text: str, *, soft: bool = False, bold: bool = False) -> Any:
    return paragraph(text, style(_TEXT, bold=bold, colour=look.SOFT if soft else look.INK))
