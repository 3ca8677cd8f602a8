"""The two fonts of everything printed, and how wide a text is in them."""

import unicodedata
from functools import lru_cache
from threading import Lock
from typing import Any

from woundtrack.paths import resources_dir

REGULAR = "NotoSans"
BOLD = "NotoSans-Bold"
_FILES = {REGULAR: "NotoSans-Regular.ttf", BOLD: "NotoSans-Bold.ttf"}
ONE_AT_A_TIME = Lock()
"""Held while a document is made: reportlab keeps its fonts' state for all of them together."""
_MEASURED_AT = 256
UNKNOWN_SIGN = "\N{REPLACEMENT CHARACTER}"
_STAND_INS = {
    ord("\N{MINUS SIGN}"): "\N{EN DASH}",
    ord("\N{RIGHTWARDS ARROW}"): "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
}


def font_path(name: str) -> str:
    """The file of one of the two fonts."""
    return str(resources_dir() / "fonts" / _FILES[name])


@lru_cache(maxsize=1)
def register() -> None:
    """Make both fonts known to reportlab, to be embedded in what uses them."""
    from reportlab.lib.fonts import addMapping
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name in _FILES:
        pdfmetrics.registerFont(TTFont(name, font_path(name)))
    for bold in (0, 1):
        for italic in (0, 1):
            addMapping(REGULAR, bold, italic, BOLD if bold else REGULAR)


@lru_cache(maxsize=4096)
def printable(text: str) -> str:
    """The text in signs the embedded fonts hold; each other sign becomes `UNKNOWN_SIGN`.

    The fonts have no minus sign (U+2212): the en dash, as wide as a figure, stands for it, and ›
    for the arrow from one dose to the next. A sign without a glyph would be left out of a PDF
    silently, and −38 % would read 38 %.
    """
    register()
    from reportlab.pdfbase import pdfmetrics

    known = pdfmetrics.getFont(REGULAR).face.charToGlyph
    composed = unicodedata.normalize("NFC", text).translate(_STAND_INS)
    return "".join(c if ord(c) in known or c.isspace() else UNKNOWN_SIGN for c in composed)


@lru_cache(maxsize=4096)
def text_width(text: str, *, size: float, bold: bool = False) -> float:
    """The width of a text in the units of its size."""
    name = BOLD if bold else REGULAR
    return float(_font(name).getlength(text)) * size / _MEASURED_AT


@lru_cache(maxsize=2)
def _font(name: str) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(font_path(name), _MEASURED_AT)


def shortened(text: str, *, width: float, size: float) -> str:
    """The text, ended by an ellipsis where it is wider than `width`."""
    if text_width(text, size=size) <= width:
        return text
    kept = text
    while kept and text_width(kept + "…", size=size) > width:
        kept = kept[:-1]
    return kept.rstrip(" ,") + "…" if kept else ""
