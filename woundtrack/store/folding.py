"""Text folded so that a search need not match accents, case, hyphens or apostrophes."""

import datetime as dt
import unicodedata

from woundtrack.records import Patient

_LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe",
        "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n", "ĸ": "k",
    }
)  # fmt: skip
"""Letters that Unicode does not decompose into a base letter and an accent."""


def folded(text: str) -> str:
    """Lower case, without accents, single spaces."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(bare.translate(_LETTERS).split())


def squeezed(text: str) -> str:
    """Folded, and letters and digits alone: "O'Brien-Lévy" is "obrienlevy"."""
    return "".join(sign for sign in folded(text) if sign.isalnum())


def date_spellings(day: dt.date) -> tuple[str, ...]:
    """A date as people type it, day first: with ., / or -, with and without zeros, in one."""
    short_year = f"{day.year % 100:02d}"
    spellings = [day.isoformat(), f"{day:%Y%m%d}"]
    for separator in ("/", ".", "-"):
        for date_part, month in (
            (f"{day.day:02d}", f"{day.month:02d}"),
            (str(day.day), str(day.month)),
        ):
            spellings.append(separator.join((date_part, month, str(day.year))))
            spellings.append(separator.join((date_part, month, short_year)))
    spellings.append(f"{day.day:02d}{day.month:02d}{day.year}")
    spellings.append(f"{day.day:02d}{day.month:02d}{short_year}")
    return tuple(dict.fromkeys(spellings))


def search_text(patient: Patient) -> str:
    """All that a patient is found by, one spelling a line."""
    words = (
        patient.birth_name,
        patient.used_name,
        patient.first_names,
        patient.hospital_number,
        patient.national_number,
        patient.code,
    )
    lines = [folded(word) for word in words if word]
    lines += [squeezed(word) for word in words if word]
    return "\n".join(dict.fromkeys((*lines, *date_spellings(patient.birth_date))))


def sort_key(patient: Patient) -> str:
    """Where a patient stands in an alphabetical list: family name in use, first names."""
    return f"{folded(patient.family_name)}\n{folded(patient.first_names)}"
