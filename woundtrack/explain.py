"""The sentence, with the way out, for every `WoundtrackError` code.

The sentences themselves are in `woundtrack.sentences`, one file a room.
"""

import datetime as dt

from woundtrack.errors import WoundtrackError
from woundtrack.sentences import SENTENCES
from woundtrack.words import N_, _, date, number, time_of_day

UNKNOWN = N_("Something went wrong ({code}). Nothing was changed; please try again.")


def explain(error: WoundtrackError) -> str:
    """One translated sentence with the way out for this error."""
    sentence = SENTENCES.get(error.code, UNKNOWN)
    data = {name: _shown(value) for name, value in error.data.items()}
    return _(sentence).format_map({"code": error.code, **data})


def _shown(value: object) -> object:
    """A moment, a date and a number with decimals as the language in force writes them."""
    if isinstance(value, float):
        return number(value, decimals=len(f"{value:g}".partition(".")[2]))
    if isinstance(value, dt.datetime):
        return f"{date(value.date())} {time_of_day(value)}"
    return date(value) if isinstance(value, dt.date) else value
