"""Signs of infection to be ticked, as data. Own short words; a record, not a diagnosis."""

from woundtrack.words import N_

SIGNS: tuple[tuple[str, str], ...] = (
    ("redness", N_("Spreading redness")),
    ("warmth", N_("Warmth")),
    ("swelling", N_("New swelling")),
    ("pain", N_("More pain")),
    ("pus", N_("Pus")),
    ("odour", N_("Bad smell")),
    ("friable", N_("Bleeds easily")),
    ("stalled", N_("Stalled or larger")),
    ("satellite", N_("New breakdown nearby")),
    ("fever", N_("Fever or unwell")),
)
"""Key and label."""
