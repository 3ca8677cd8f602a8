"""Which writing a sign belongs to, and whether it can be drawn sign by sign, left to right."""

import unicodedata
from types import MappingProxyType

from woundtrack.words import N_, _

_NAMES = MappingProxyType(
    {
        "ARABIC": N_("Arabic letters"),
        "HEBREW": N_("Hebrew letters"),
        "CJK": N_("Chinese characters"),
        "HIRAGANA": N_("Japanese letters"),
        "KATAKANA": N_("Japanese letters"),
        "HANGUL": N_("Korean letters"),
        "THAI": N_("Thai letters"),
        "LAO": N_("Lao letters"),
        "KHMER": N_("Khmer letters"),
        "DEVANAGARI": N_("Devanagari letters"),
        "BENGALI": N_("Bengali letters"),
        "TAMIL": N_("Tamil letters"),
        "SINHALA": N_("Sinhala letters"),
        "ETHIOPIC": N_("Ethiopic letters"),
    }
)
"""By the first word of a sign's name in Unicode."""
_RIGHT_TO_LEFT = frozenset(("R", "AL", "AN"))
_SHAPED = frozenset(("LAO", "NKO", "ARABIC", "SYRIAC", "THAANA", "MONGOLIAN"))
"""Writings whose signs change or move beside others."""


def script_name(text: str) -> str:
    """What the first sign of a text is written in: "Arabic letters", "symbol"."""
    first = text[:1]
    name = unicodedata.name(first, "").partition(" ")[0]
    if name in _NAMES:
        return _(_NAMES[name])
    letter = unicodedata.category(first).startswith(("L", "M"))
    return _("letters of another script") if letter else _("symbol")


def drawn_plainly(sign: str) -> bool:
    """Whether a sign is read from left to right and looks the same beside any other."""
    if unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT:
        return False
    return unicodedata.name(sign, "").partition(" ")[0] not in _SHAPED
