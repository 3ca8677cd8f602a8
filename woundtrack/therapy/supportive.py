"""What goes with the therapy of calciphylaxis: minerals, clotting, and the care of the wound."""

from woundtrack.therapy.calciphylaxis import REVIEW
from woundtrack.therapy.types import Per, PublishedDose, Standing, Therapy
from woundtrack.words import N_

MINERAL = N_("Mineral metabolism")
ANTICOAGULATION = N_("Anticoagulation")
WOUND_CARE = N_("Wound care")

_ORAL = ("oral",)
_SURGICAL = ("surgical",)
_LOCAL = ("local",)
_TOPICAL = ("topical",)
_WEEKLY = ("weekly", "twice_weekly", "three_times_weekly")
_DAILY = ("daily", "twice_daily", "three_times_daily")
_DRESSING = ("daily", "every_other_day", "twice_weekly", "three_times_weekly", "weekly")
_OURS = Standing.INFERRED

THERAPIES = (
    Therapy(
        "calcimimetic", N_("Calcimimetic"), MINERAL, ("oral", "intravenous"), "mg",
        ("daily", "each_dialysis"), REVIEW, _OURS,
        described=N_("Titrated to a PTH of 2 to 9 times the upper limit of normal."),
        cautions=N_("Avoid a PTH under twice the upper limit, or under 130 pg/mL."),
    ),
    Therapy(
        "parathyroidectomy", N_("Parathyroidectomy"), MINERAL, _SURGICAL, "", ("once",),
        f"{REVIEW}; Weenig 2007",
        described=N_(
            "Subtotal, 3.5 glands, in severe hyperparathyroidism: 6 of 6 alive against 2 of 7; "
            "no difference in survival among 64 others."
        ),
    ),
    Therapy("stop_vitamin_d", N_("Vitamin D stopped"), MINERAL, source=REVIEW),
    Therapy(
        "stop_calcium", N_("Calcium supplements and binders stopped"), MINERAL, source=REVIEW
    ),
    Therapy(
        "binder", N_("Calcium-free phosphate binder"), MINERAL, _ORAL, "mg", _DAILY,
        f"{REVIEW}; NCT03146793", _OURS, cautions=N_("Stomach and bowel."),
    ),
    Therapy(
        "lanthanum", N_("Lanthanum carbonate"), MINERAL, _ORAL, "mg", ("three_times_daily",),
        f"{REVIEW}; NCT03146793",
        doses=(PublishedDose(None, 3750.0, "mg", Per.DAY),),
        described=N_("Up to 3750 mg a day in 3 doses; 4 of 4 healed."),
        cautions=N_("Stomach and bowel."),
    ),
    Therapy(
        "stop_vka", N_("Vitamin K antagonist stopped"), ANTICOAGULATION, source=REVIEW,
        described=N_("Heparin, apixaban or rivaroxaban instead; no randomised trial."),
        cautions=N_("Bleeding."),
    ),
    Therapy(
        "heparin", N_("Heparin"), ANTICOAGULATION, ("subcutaneous", "intravenous"), "IU",
        ("daily", "twice_daily", "each_dialysis"), REVIEW, _OURS, cautions=N_("Bleeding."),
    ),
    Therapy(
        "apixaban", N_("Apixaban"), ANTICOAGULATION, _ORAL, "mg", _DAILY, REVIEW, _OURS,
        cautions=N_("Bleeding."),
    ),
    Therapy(
        "rivaroxaban", N_("Rivaroxaban"), ANTICOAGULATION, _ORAL, "mg", _DAILY, REVIEW, _OURS,
        cautions=N_("Bleeding."),
    ),
    Therapy(
        "debridement", N_("Debridement"), WOUND_CARE, _LOCAL, "", ("once", *_WEEKLY),
        f"{REVIEW}; Weenig 2007", _OURS,
        described=N_(
            "Where infected, or necrotic without granulation. Survival at one year 61.6 % with, "
            "27.4 % without, in retrospect."
        ),
        session_fields=("duration_min",),
    ),
    Therapy(
        "npwt", N_("Negative-pressure wound therapy"), WOUND_CARE, _LOCAL, "",
        ("continuous", *_WEEKLY), REVIEW, _OURS,
    ),
    Therapy("skin_graft", N_("Skin graft"), WOUND_CARE, _SURGICAL, "", ("once",), REVIEW, _OURS),
    Therapy("dressing", N_("Dressing"), WOUND_CARE, _TOPICAL, "", _DRESSING, REVIEW, _OURS),
    Therapy(
        "antibiotic", N_("Antibiotic"), WOUND_CARE, ("oral", "intravenous", "topical"), "mg",
        (*_DAILY, "each_dialysis"), REVIEW, _OURS,
    ),
    Therapy(
        "larvae", N_("Larval therapy"), WOUND_CARE, _LOCAL, "", ("once", *_WEEKLY), REVIEW, _OURS,
        described=N_("Lucilia, together with pentoxifylline."),
    ),
    Therapy(
        "pentoxifylline", N_("Pentoxifylline"), WOUND_CARE, _ORAL, "mg", _DAILY, REVIEW, _OURS,
        described=N_("Together with larvae."),
    ),
    Therapy(
        "cerium_nitrate", N_("Cerium nitrate"), WOUND_CARE, _TOPICAL, "", _DRESSING, REVIEW,
        _OURS,
    ),
    Therapy(
        "amniotic_membrane", N_("Amniotic membrane"), WOUND_CARE, _LOCAL, "",
        ("once", "weekly", "fortnightly"), REVIEW, _OURS,
    ),
    Therapy(
        "nitrous_oxide", N_("Nitrous oxide for dressing changes"), WOUND_CARE, ("inhaled",), "%",
        ("as_needed", *_DRESSING), REVIEW, _OURS, session_fields=("dose", "duration_min"),
    ),
)  # fmt: skip
"""In the order in which they are offered."""
