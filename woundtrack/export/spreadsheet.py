"""A value as a cell of a CSV file, as spreadsheets of the language in force read it."""

import datetime as dt
import re

from woundtrack.words import language

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What spreadsheets take for a formula at the start of a text (OWASP, CSV injection)."""
_INSIDE = re.compile(r"(?<=[;,\t])(?=[=+@＝＋－＠-])|(?<=[\r\n])(?=[=@＝＠])")
"""Where a formula would start if the file is parted by another sign than it was made with."""


def has_decimal_comma() -> bool:
    """Whether columns are parted by semicolons and numbers have commas: French spreadsheets."""
    return language() == "fr"


def delimiter() -> str:
    """What parts the columns."""
    return ";" if has_decimal_comma() else ","


def plain(value: object) -> str:
    """A number, a day or a text; a text that would be a formula gets an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, float):
        text = str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        return text.replace(".", ",") if has_decimal_comma() else text
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, int | dt.date):
        return str(value)
    text = _INSIDE.sub("'", str(value).replace("\0", ""))
    return f"'{text}" if is_formula(text) else text


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would take the text for a formula."""
    return text.lstrip(" ").startswith(FORMULA)
