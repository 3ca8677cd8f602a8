"""The class of a site by the published rule, with its version and sources.

Ureña Torres 2025 (Bull Dial Domic 8(2), doi 10.25796/bdd.v8i2.87068): peripheral is distal to
knees and elbows; central is where fat is rich (abdomen, chest, buttocks, hips, thighs);
fingers are told apart; penis and breast are rarer forms. No source places the knee and elbow
themselves, the upper arm, neck, face and head: these stay unclassified, for the clinician.
Back, flank and groin are central as parts of the trunk (PMC3601884: truncal and genital
lesions do worse).
"""

from woundtrack.anatomy.sites import site_of
from woundtrack.records import SiteClass
from woundtrack.words import N_, _

RULE_VERSION = "site-1"
"""Stored with every class; a new version never changes a class already confirmed."""

SOURCES = (
    "Ureña Torres 2025, doi 10.25796/bdd.v8i2.87068",
    "PMC3601884",
    "HL7 woundAnatomicLocationVS; DICOM CID 4029",
)

CLASS_NAMES: dict[SiteClass, str] = {
    SiteClass.CENTRAL: N_("central"),
    SiteClass.PERIPHERAL: N_("peripheral"),
    SiteClass.ACRAL: N_("acral"),
    SiteClass.GENITAL: N_("genital"),
    SiteClass.BREAST: N_("breast"),
    SiteClass.UNCLASSIFIED: N_("unclassified"),
}

_MEMBERS: dict[SiteClass, tuple[str, ...]] = {
    SiteClass.CENTRAL: (
        "abdomen", "lower_abdomen", "flank", "chest", "back", "sacral", "buttock",
        "gluteal_fold", "hip", "trochanter", "thigh", "thigh_anterior", "thigh_posterior",
        "thigh_medial", "inguinal",
    ),
    SiteClass.PERIPHERAL: (
        "lower_leg", "lower_leg_anterior", "lower_leg_posterior", "lower_leg_medial", "calf",
        "ankle", "ankle_medial", "ankle_lateral", "malleolus", "heel", "foot", "forearm",
        "wrist", "hand",
    ),
    SiteClass.ACRAL: ("finger", "toe"),
    SiteClass.GENITAL: ("penis", "glans", "penile_shaft", "scrotum", "labium", "perineum"),
    SiteClass.BREAST: ("breast",),
}  # fmt: skip
_CLASS_OF = {site: class_ for class_, sites in _MEMBERS.items() for site in sites}


def classify(site: str) -> SiteClass:
    """The class of a site key by the rule. Raises RecordError record.unknown_site."""
    return _CLASS_OF.get(site_of(site).key, SiteClass.UNCLASSIFIED)


def class_name(site_class: SiteClass) -> str:
    """The class in the language in force."""
    return _(CLASS_NAMES[site_class])
