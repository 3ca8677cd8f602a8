"""How a printed report looks: one accent colour, one family of letters, an even grid."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from xml.sax.saxutils import escape

from woundtrack.errors import ReportError
from woundtrack.report import fonts
from woundtrack.units import points_from_mm
from woundtrack.words import language

INK, SOFT, RULE, PALE, ACCENT = "#1a2530", "#566372", "#d3dae1", "#f3f5f7", "#0b6b80"
MARGIN = points_from_mm(16)
GAP = points_from_mm(4)
HEADER = points_from_mm(14)
FOOTER = points_from_mm(9.5)
SMALL, BODY, HEADING, TITLE, FIGURE = 7.5, 9.0, 12.5, 15.0, 12.0
LONG = 60
"""Signs from which a value may be parted between lines."""
PLAIN_CELLS = ("FONTNAME", (0, 0), (-1, -1), fonts.REGULAR)
"""Of a table's cells without a paragraph: reportlab would name a font that is not embedded."""
PAGE_SIZES_MM: Mapping[str, tuple[float, float]] = MappingProxyType(
    {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
)


def pdf_language() -> str:
    """What a PDF is told to be written in, for readers aloud."""
    return {"en": "en-GB"}.get(language(), language())


def page_size(name: str) -> tuple[float, float]:
    """Width and height of a page in points. Raises ReportError report.page_size."""
    if name not in PAGE_SIZES_MM:
        raise ReportError("report.page_size", size=name)
    width_mm, height_mm = PAGE_SIZES_MM[name]
    return points_from_mm(width_mm), points_from_mm(height_mm)


def style(
    size: float = BODY,
    *,
    bold: bool = False,
    colour: str = INK,
    right: bool = False,
    after: float = 0.0,
) -> Any:
    """A paragraph style."""
    from reportlab.lib.colors import HexColor
    from reportlab.lib.enums import TA_LEFT, TA_RIGHT
    from reportlab.lib.styles import ParagraphStyle

    return ParagraphStyle(
        name=f"{size} {bold} {colour} {right}",
        fontName=fonts.BOLD if bold else fonts.REGULAR,
        fontSize=size,
        leading=size * 1.36,
        textColor=HexColor(colour),
        alignment=TA_RIGHT if right else TA_LEFT,
        spaceAfter=after,
        splitLongWords=1,
    )


def paragraph(text: str, made: Any) -> Any:
    """A paragraph of plain text: whatever a person typed is printed, never obeyed."""
    from reportlab.platypus import Paragraph

    return Paragraph(_marked_up(text, made.fontName == fonts.BOLD), made)


def _marked_up(text: str, bold: bool = False) -> str:
    """The text for a paragraph, each sign in a font that has it."""
    usual = fonts.BOLD if bold else fonts.REGULAR
    return "".join(
        escape(piece) if font == usual else f'<font name="{font}">{escape(piece)}</font>'
        for font, piece in fonts.runs(text, bold=bold)
    )


def rich(parts: list[tuple[str, str]], made: Any) -> Any:
    """One paragraph of pairs: soft names, then their values in ink. Short ones are not parted."""
    from reportlab.platypus import Paragraph

    space = "\N{NO-BREAK SPACE}"
    texts = [
        f'<font color="{SOFT}">{_marked_up(name.replace(" ", space))}</font>{space}'
        + _marked_up(value.replace(" ", space) if len(value) < LONG else value)
        for name, value in parts
    ]
    return Paragraph(" &nbsp;&nbsp; ".join(texts), made)
