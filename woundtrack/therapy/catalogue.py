"""The therapies a clinic may record, as data: record fields, never recommendations.

No dose is ever filled in; units, routes and frequencies are only offered to save typing, and
any other text may be written. `source` names the published paper or registry entry that
mentions the therapy; it is shown beside the name so that a clinician can check it.
"""

from dataclasses import dataclass
from types import MappingProxyType

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
        "weekly": N_("once a week"),
        "fortnightly": N_("every two weeks"),
        "monthly": N_("once a month"),
        "continuous": N_("continuously"),
        "as_needed": N_("when needed"),
    }
)
"""Frequencies by key, with their English names."""

UNITS = ("g", "mg", "mg/kg", "mL", "IU", "mmol/L", "ATA", "sessions", "%")
"""Units offered for a dose; any other may be written."""

_IV = ("intravenous",)
_ORAL = ("oral",)
_SURGICAL = ("surgical",)
_LOCAL = ("local",)
_APHERESIS = ("extracorporeal",)
_DIALYSIS = ("each_dialysis", "three_times_weekly", "daily")
_WEEKLY = ("weekly", "twice_weekly", "three_times_weekly")
_DAILY = ("daily", "twice_daily", "three_times_daily")
_DRESSING = ("daily", "every_other_day", "twice_weekly", "three_times_weekly", "weekly")
_ONCE = ("once",)

THIOSULFATE = N_("Sodium thiosulfate")
CALCIPHYLAXIS = N_("Calciphylaxis: other medicines")
EXTRACORPOREAL = N_("Dialysis and apheresis")
MINERAL = N_("Mineral metabolism")
ANTICOAGULATION = N_("Anticoagulation")
WOUND_CARE = N_("Wound care")
CALCINOSIS = N_("Calcinosis")
OTHER_GROUP = N_("Other")


@dataclass(frozen=True, slots=True)
class Therapy:
    """One therapy of the catalogue; `name` and `group` are English, shown through `_`."""

    key: str
    name: str
    group: str
    routes: tuple[str, ...] = ()
    unit: str = ""
    frequencies: tuple[str, ...] = ()
    source: str = ""


_REVIEW = "Ureña Torres 2025"
_FABREGUET = "Fabreguet 2015"

_ALL = (
    Therapy("sts_iv", N_("Sodium thiosulfate, intravenous"), THIOSULFATE, _IV, "g",
            _DIALYSIS, f"{_REVIEW}; ISRCTN73380053"),
    Therapy("sts_ip", N_("Sodium thiosulfate, intraperitoneal"), THIOSULFATE,
            ("intraperitoneal",), "g", ("daily", *_WEEKLY), f"{_REVIEW}; PMC10386543"),
    Therapy("sts_oral", N_("Sodium thiosulfate, oral"), THIOSULFATE, _ORAL, "g",
            _DAILY, _REVIEW),
    Therapy("sts_lesion", N_("Sodium thiosulfate, intralesional"), THIOSULFATE,
            ("intralesional",), "mg", ("weekly", "monthly"), f"{_REVIEW}; PMID 33244722"),
    Therapy("sts_topical", N_("Sodium thiosulfate, topical"), THIOSULFATE, ("topical",), "%",
            _DRESSING, "J Drugs Dermatol 2011"),
    Therapy("snf472", N_("Hexasodium fytate (SNF472)"), CALCIPHYLAXIS, _IV, "mg/kg",
            ("each_dialysis", "three_times_weekly"), "NCT04195906"),
    Therapy("inz701", N_("INZ-701"), CALCIPHYLAXIS, ("subcutaneous",), "mg/kg",
            _WEEKLY, _REVIEW),
    Therapy("vitamin_k1", N_("Vitamin K1"), CALCIPHYLAXIS, ("oral", "intravenous"), "mg",
            ("three_times_weekly", "daily"), _REVIEW),
    Therapy("bisphosphonate", N_("Bisphosphonate"), CALCIPHYLAXIS, ("intravenous", "oral"),
            "mg", ("once", "weekly", "fortnightly", "monthly"), _REVIEW),
    Therapy("denosumab", N_("Denosumab"), CALCIPHYLAXIS, ("subcutaneous",), "mg",
            ("once", "monthly"), _REVIEW),
    Therapy("bosentan", N_("Bosentan"), CALCIPHYLAXIS, _ORAL, "mg", _DAILY, _REVIEW),
    Therapy("tpa", N_("Tissue plasminogen activator"), CALCIPHYLAXIS, _IV, "mg",
            ("daily", "once"), _REVIEW),
    Therapy("steroid", N_("Corticosteroid"), CALCIPHYLAXIS, ("oral", "intravenous"), "mg",
            _DAILY, _REVIEW),
    Therapy("hyperbaric", N_("Hyperbaric oxygen"), CALCIPHYLAXIS, ("inhaled",), "ATA",
            ("daily", *_WEEKLY), f"{_REVIEW}; Podymow 2001; PMID 25707425"),
    Therapy("sympathetic_block", N_("Lumbar sympathetic block"), CALCIPHYLAXIS, _LOCAL, "",
            _ONCE, _REVIEW),
    Therapy("rheopheresis", N_("Rheopheresis"), EXTRACORPOREAL, _APHERESIS, "sessions",
            _WEEKLY, "NCT04654000; PMID 31576630"),
    Therapy("plasma_exchange", N_("Plasma exchange"), EXTRACORPOREAL, _APHERESIS, "sessions",
            _WEEKLY, _REVIEW),
    Therapy("cryofiltration", N_("Cryofiltration"), EXTRACORPOREAL, _APHERESIS, "sessions",
            _WEEKLY, _REVIEW),
    Therapy("dialysis", N_("Intensified dialysis"), EXTRACORPOREAL, _APHERESIS, "",
            ("daily", "three_times_weekly"), _REVIEW),
    Therapy("low_calcium_bath", N_("Low-calcium dialysate"), EXTRACORPOREAL, _APHERESIS,
            "mmol/L", ("each_dialysis",), _REVIEW),
    Therapy("transplant", N_("Kidney transplant"), EXTRACORPOREAL, _SURGICAL, "", _ONCE,
            _REVIEW),
    Therapy("calcimimetic", N_("Calcimimetic"), MINERAL, ("oral", "intravenous"), "mg",
            ("daily", "each_dialysis"), _REVIEW),
    Therapy("parathyroidectomy", N_("Parathyroidectomy"), MINERAL, _SURGICAL, "", _ONCE,
            _REVIEW),
    Therapy("stop_vitamin_d", N_("Vitamin D stopped"), MINERAL, (), "", (), _REVIEW),
    Therapy("stop_calcium", N_("Calcium supplements and binders stopped"), MINERAL, (), "",
            (), _REVIEW),
    Therapy("binder", N_("Calcium-free phosphate binder"), MINERAL, _ORAL, "mg", _DAILY,
            f"{_REVIEW}; NCT03146793"),
    Therapy("stop_vka", N_("Vitamin K antagonist stopped"), ANTICOAGULATION, (), "", (),
            _REVIEW),
    Therapy("heparin", N_("Heparin"), ANTICOAGULATION, ("subcutaneous", "intravenous"), "IU",
            ("daily", "twice_daily", "each_dialysis"), _REVIEW),
    Therapy("apixaban", N_("Apixaban"), ANTICOAGULATION, _ORAL, "mg", _DAILY, _REVIEW),
    Therapy("rivaroxaban", N_("Rivaroxaban"), ANTICOAGULATION, _ORAL, "mg", _DAILY, _REVIEW),
    Therapy("debridement", N_("Debridement"), WOUND_CARE, _LOCAL, "",
            ("once", *_WEEKLY), f"{_REVIEW}; Weenig 2007"),
    Therapy("npwt", N_("Negative-pressure wound therapy"), WOUND_CARE, _LOCAL, "",
            ("continuous", *_WEEKLY), _REVIEW),
    Therapy("skin_graft", N_("Skin graft"), WOUND_CARE, _SURGICAL, "", _ONCE, _REVIEW),
    Therapy("dressing", N_("Dressing"), WOUND_CARE, ("topical",), "", _DRESSING, _REVIEW),
    Therapy("antibiotic", N_("Antibiotic"), WOUND_CARE, ("oral", "intravenous", "topical"),
            "mg", (*_DAILY, "each_dialysis"), _REVIEW),
    Therapy("larvae", N_("Larval therapy"), WOUND_CARE, _LOCAL, "", ("once", *_WEEKLY),
            _REVIEW),
    Therapy("pentoxifylline", N_("Pentoxifylline"), WOUND_CARE, _ORAL, "mg", _DAILY, _REVIEW),
    Therapy("cerium_nitrate", N_("Cerium nitrate"), WOUND_CARE, ("topical",), "", _DRESSING,
            _REVIEW),
    Therapy("amniotic_membrane", N_("Amniotic membrane"), WOUND_CARE, _LOCAL, "",
            ("once", "weekly", "fortnightly"), _REVIEW),
    Therapy("nitrous_oxide", N_("Nitrous oxide for dressing changes"), WOUND_CARE,
            ("inhaled",), "%", ("as_needed", *_DRESSING), _REVIEW),
    Therapy("diltiazem", N_("Diltiazem"), CALCINOSIS, _ORAL, "mg", _DAILY, _FABREGUET),
    Therapy("minocycline", N_("Minocycline"), CALCINOSIS, _ORAL, "mg", _DAILY, _FABREGUET),
    Therapy("colchicine", N_("Colchicine"), CALCINOSIS, _ORAL, "mg", _DAILY, _FABREGUET),
    Therapy("warfarin", N_("Warfarin"), CALCINOSIS, _ORAL, "mg", ("daily",), _FABREGUET),
    Therapy("ivig", N_("Intravenous immunoglobulin"), CALCINOSIS, _IV, "g",
            ("monthly", "once"), _FABREGUET),
    Therapy("infliximab", N_("Infliximab"), CALCINOSIS, _IV, "mg/kg", ("once", "monthly"),
            _FABREGUET),
    Therapy("rituximab", N_("Rituximab"), CALCINOSIS, _IV, "mg", ("weekly", "once"),
            _FABREGUET),
    Therapy("shock_wave", N_("Shock-wave lithotripsy"), CALCINOSIS, _LOCAL, "sessions",
            ("once", "weekly", "monthly"), _FABREGUET),
    Therapy("excision", N_("Excision"), CALCINOSIS, _SURGICAL, "", _ONCE, _FABREGUET),
    Therapy("laser", N_("Carbon dioxide laser"), CALCINOSIS, _LOCAL, "", ("once", "monthly"),
            _FABREGUET),
    Therapy(OTHER, N_("Other therapy"), OTHER_GROUP),
)  # fmt: skip

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
