"""The fonts of everything printed: which sign comes from which, and how wide a text is.

Noto Sans has Latin with its accents, Greek and Cyrillic; DejaVu Sans lends it signs such as ≥
and ⚠, Armenian, Georgian and others that are written from left to right, letter by letter.
What neither can print as it is read, such as Arabic or Chinese, becomes its script's name in
square brackets (docs/adr/0021-reports.md): never a box, and never left out.
"""

import unicodedata
from functools import lru_cache
from itertools import groupby
from threading import Lock
from typing import Any

from woundtrack.paths import resources_dir
from woundtrack.report.scripts import drawn_plainly, script_name

REGULAR = "NotoSans"
BOLD = "NotoSans-Bold"
SIGNS = "DejaVuSans"
_FILES = {
    REGULAR: "NotoSans-Regular.ttf",
    BOLD: "NotoSans-Bold.ttf",
    SIGNS: "DejaVuSans.ttf",
}
ONE_AT_A_TIME = Lock()
"""Held while a document is made: reportlab keeps its fonts' state for all of them together."""
_REGISTERING = Lock()
"""Two threads that both come first would put new fonts under a document that is being made."""
_MEASURED_AT = 256
_STAND_INS = {
    ord("\N{MINUS SIGN}"): "\N{EN DASH}",
    ord("\N{RIGHTWARDS ARROW}"): "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
}
"""Noto Sans has neither: the en dash is as wide as its figures, DejaVu's minus is wider."""


def font_path(name: str) -> str:
    """The file of one of the fonts."""
    return str(resources_dir() / "fonts" / _FILES[name])


def register() -> None:
    """Make the fonts known to reportlab, to be embedded in what uses them."""
    with _REGISTERING:
        _register()


@lru_cache(maxsize=1)
def _register() -> None:
    from reportlab.lib.fonts import addMapping
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name in _FILES:
        pdfmetrics.registerFont(TTFont(name, font_path(name)))
    for bold in (0, 1):
        for italic in (0, 1):
            addMapping(REGULAR, bold, italic, BOLD if bold else REGULAR)


def printable(text: str) -> str:
    """The text as it is printed: of signs that the fonts hold and draw as they are read.

    Accents are joined to their letters; signs that show nothing are left out. A run that cannot
    be printed becomes its script's name in brackets, in the language in force.
    """
    parts = (part if known else f"[{script_name(part)}]" for known, part in _parts(text))
    return "".join(parts)


def has_unprintable(text: str) -> bool:
    """Whether `printable` writes something of the text in brackets."""
    return not all(known for known, _part in _parts(text))


def runs(text: str, *, bold: bool = False) -> tuple[tuple[str, str], ...]:
    """The printed text in pieces of one font: (font, piece)."""
    return _runs(printable(text), bold)


@lru_cache(maxsize=4096)
def _runs(shown: str, bold: bool) -> tuple[tuple[str, str], ...]:
    usual, known = BOLD if bold else REGULAR, _held()[0]
    by_font = groupby(shown, key=lambda c: usual if ord(c) in known or c.isspace() else SIGNS)
    return tuple((font, "".join(piece)) for font, piece in by_font)


@lru_cache(maxsize=4096)
def _parts(text: str) -> tuple[tuple[bool, str], ...]:
    """Runs that can be printed (True) and those that cannot, each of one script."""
    composed = unicodedata.normalize("NFC", text).translate(_STAND_INS)
    seen = (c for c in composed if c.isspace() or not _unseen(c))
    parts: list[tuple[bool, str]] = []
    for known, piece in ((_can_print(c), c) for c in seen):
        if parts and parts[-1][0] is known and (known or _same(parts[-1][1], piece)):
            parts[-1] = (known, parts[-1][1] + piece)
        elif not known and len(parts) > 1 and _only_parted(parts, piece):
            # The words of one script, parted by blanks, are one thing that cannot be printed.
            parts[-2:] = [(False, parts[-2][1] + parts[-1][1] + piece)]
        else:
            parts.append((known, piece))
    return tuple(parts)


def _unseen(sign: str) -> bool:
    """Signs that show nothing, such as the joiners and variation selectors of an emoji."""
    return unicodedata.category(sign) in ("Cc", "Cf") or "\ufe00" <= sign <= "\ufe0f"


def _only_parted(parts: list[tuple[bool, str]], piece: str) -> bool:
    (before_known, before), (known, between) = parts[-2:]
    return known and not before_known and between.isspace() and _same(before, piece)


def _same(before: str, piece: str) -> bool:
    return script_name(before) == script_name(piece)


def _can_print(sign: str) -> bool:
    usual, signs = _held()
    code = ord(sign)
    return sign.isspace() or code in usual or (code in signs and drawn_plainly(sign))


@lru_cache(maxsize=1)
def _held() -> tuple[frozenset[int], frozenset[int]]:
    """The codes that Noto Sans and DejaVu Sans have glyphs for."""
    register()
    from reportlab.pdfbase import pdfmetrics

    usual, signs = (
        frozenset(pdfmetrics.getFont(name).face.charToGlyph) for name in (REGULAR, SIGNS)
    )
    return usual, signs


def text_width(text: str, *, size: float, bold: bool = False) -> float:
    """The width of a text as printed, in the units of its size."""
    return _width(printable(text), bold) * size / _MEASURED_AT


@lru_cache(maxsize=4096)
def _width(shown: str, bold: bool) -> float:
    return sum(float(_font(name).getlength(piece)) for name, piece in _runs(shown, bold))


@lru_cache(maxsize=3)
def _font(name: str) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(font_path(name), _MEASURED_AT)


def shortened(text: str, *, width: float, size: float, bold: bool = False) -> str:
    """The text, ended by an ellipsis where it is wider than `width`."""
    if text_width(text, size=size, bold=bold) <= width:
        return text
    kept = text
    while kept and text_width(kept + "…", size=size, bold=bold) > width:
        kept = kept[:-1]
    return kept.rstrip(" ,") + "…" if kept else ""


def draw(
    canvas: Any,
    at: tuple[float, float],
    text: str,
    *,
    size: float,
    bold: bool = False,
    anchor: str = "start",
) -> None:
    """Write a text on a reportlab canvas, `at` its baseline's start, middle or end, in points."""
    pieces = runs(text, bold=bold)
    widths = [canvas.stringWidth(piece, font, size) for font, piece in pieces]
    x = at[0] - {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * sum(widths)
    for (font, piece), wide in zip(pieces, widths, strict=True):
        canvas.setFont(font, size)
        canvas.drawString(x, at[1], piece)
        x += wide
