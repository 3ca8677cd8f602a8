"""The way into the window, which says so where not even its library loads. Imports no Qt."""

import ctypes
import sys
import traceback
from typing import Any

from woundtrack.words import _

_ERROR_ICON = 0x10


def run(**options: Any) -> int:
    """`ui.app.run`, or a word about why it cannot even be loaded; the exit status."""
    try:
        from ui import app
    except (ImportError, OSError) as error:
        return cannot_load(error)
    return app.run(**options)


def cannot_load(error: BaseException) -> int:
    """Say that a part of the program is missing, on the terminal or in a box of Windows; 3."""
    text = _(
        "woundtrack could not start, because a part of it is missing or damaged. Install it "
        "again; the clinic's folder stays as it is."
    )
    text = f"{text}\n\n{plain_report(error)}\n"
    if sys.platform == "win32":
        ctypes.windll.user32.MessageBoxW(None, text, "woundtrack", _ERROR_ICON)
    elif sys.stderr is not None:
        sys.stderr.write(text)
    return 3


def plain_report(error: BaseException) -> str:
    """Kind and places of an error: no words of it, no folders."""
    steps = traceback.walk_tb(error.__traceback__)
    places = [f"  {frame.f_globals.get('__name__', '?')}:{line}" for frame, line in steps]
    return "\n".join([type(error).__name__, *places])
