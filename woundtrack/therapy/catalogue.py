"""The therapies a clinic may record, as data: record fields, never recommendations.

No dose is ever filled in; units, routes and frequencies are only offered to save typing, and
any other text may be written. `source` names the published paper or registry entry that
mentions the therapy; it is shown beside the name so that a clinician can check it.
"""

from types import MappingProxyType

from woundtrack.therapy import calcinosis, calciphylaxis, supportive
from woundtrack.therapy.types import Therapy
from woundtrack.words import N_, _

OTHER = "other"
"""The key of a therapy that is named by the clinic and is not in the catalogue."""

ROUTES = MappingProxyType(
    {
        "intravenous": N_("intravenous"),
        "intraperitoneal": N_("intraperitoneal"),
        "oral": N_("oral"),
        "intralesional": N_("intralesional"),
        "topical": N_("topical"),
        "subcutaneous": N_("subcutaneous"),
        "transdermal": N_("transdermal"),
        "inhaled": N_("inhaled"),
        "extracorporeal": N_("extracorporeal"),
        "surgical": N_("surgical"),
        "local": N_("local"),
    }
)
"""Routes by key, with their English names."""

FREQUENCIES = MappingProxyType(
    {
        "once": N_("once"),
        "each_dialysis": N_("at each dialysis"),
        "twice_daily": N_("twice a day"),
        "three_times_daily": N_("three times a day"),
        "daily": N_("every day"),
        "every_other_day": N_("every other day"),
        "twice_weekly": N_("twice a week"),
        "three_times_weekly": N_("three times a week"),
        "four_times_weekly": N_("four times a week"),
        "six_times_weekly": N_("six times a week"),
        "weekly": N_("once a week"),
        "fortnightly": N_("every two weeks"),
        "three_weekly": N_("every three weeks"),
        "monthly": N_("once a month"),
        "continuous": N_("continuously"),
        "as_needed": N_("when needed"),
    }
)
"""Frequencies by key, with their English names."""

UNITS = ("g", "mg", "mg/kg", "mg/m²", "mL", "mL/kg", "IU", "mmol/L", "ATA", "sessions", "%")
"""Units offered for a dose; any other may be written."""

_OTHER_GROUP = N_("Other")
_ALL = (
    *calciphylaxis.THERAPIES,
    *supportive.THERAPIES,
    *calcinosis.THERAPIES,
    Therapy(OTHER, N_("Other therapy"), _OTHER_GROUP, session_fields=("dose", "duration_min")),
)

THERAPIES = MappingProxyType({therapy.key: therapy for therapy in _ALL})
"""Every therapy by its key, in the order in which groups and names are offered."""


def route_name(route: str) -> str:
    """A route's name in the language in force; text that is no key stays as written."""
    return _(ROUTES[route]) if route in ROUTES else route


def frequency_name(frequency: str) -> str:
    """A frequency's name in the language in force; text that is no key stays as written."""
    return _(FREQUENCIES[frequency]) if frequency in FREQUENCIES else frequency


def unit_name(unit: str) -> str:
    """A unit as shown: only "sessions" is a word of a language."""
    return _("sessions") if unit == "sessions" else unit
