"""The two fonts of everything printed, and how wide a text is in them."""

from functools import lru_cache
from typing import Any

from woundtrack.paths import resources_dir

REGULAR = "NotoSans"
BOLD = "NotoSans-Bold"
_FILES = {REGULAR: "NotoSans-Regular.ttf", BOLD: "NotoSans-Bold.ttf"}
_MEASURED_AT = 256


@lru_cache(maxsize=1)
def register() -> None:
    """Make both fonts known to reportlab, to be embedded in what uses them."""
    from reportlab.lib.fonts import addMapping
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(resources_dir() / "fonts" / file)))
    for bold in (0, 1):
        for italic in (0, 1):
            addMapping(REGULAR, bold, italic, BOLD if bold else REGULAR)


@lru_cache(maxsize=4096)
def text_width(text: str, *, size: float, bold: bool = False) -> float:
    """The width of a text in the units of its size."""
    name = BOLD if bold else REGULAR
    return float(_font(name).getlength(text)) * size / _MEASURED_AT


@lru_cache(maxsize=2)
def _font(name: str) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(str(resources_dir() / "fonts" / _FILES[name]), _MEASURED_AT)


def shortened(text: str, *, width: float, size: float) -> str:
    """The text, ended by an ellipsis where it is wider than `width`."""
    if text_width(text, size=size) <= width:
        return text
    kept = text
    while kept and text_width(kept + "…", size=size) > width:
        kept = kept[:-1]
    return kept.rstrip(" ,") + "…" if kept else ""
