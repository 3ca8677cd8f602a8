"""Whether words that leave with pictures tell who the patient is."""

import re

from woundtrack.records import Patient
from woundtrack.store.folding import date_spellings, folded, squeezed

FEWEST_SIGNS = 4
"""A number this long is found inside others, too."""


def tells_who(text: str, patient: Patient) -> bool:
    """Whether a text holds a name, a number or the birth date of a patient, however it is spelled.

    Each word of a name counts, but no single letter; the patient's code tells nobody who it is.
    """
    words, whole = _words(text), squeezed(text)
    names = (patient.birth_name, patient.used_name, patient.first_names)
    numbers = (squeezed(patient.hospital_number), squeezed(patient.national_number))
    return (
        any(words & _words(name) for name in names)
        or any(number in words for number in numbers)
        or any(len(number) >= FEWEST_SIGNS and number in whole for number in numbers)
        or any(spelling in folded(text) for spelling in date_spellings(patient.birth_date))
    )


def _words(text: str) -> set[str]:
    """Jean-Luc O’Brien as jeanluc, jean, luc, obrien and brien."""
    plain = folded(text)
    parted = (plain.split(), re.split(r"[^\w'’]|_", plain), re.split(r"\W|_", plain))
    parts = (squeezed(part) for way in parted for part in way)
    return {part for part in parts if len(part) > 1}
