"""Therapies of calciphylaxis itself: thiosulfate, other medicines, apheresis, pressure."""

from woundtrack.therapy.types import Per, PublishedDose, Standing, Therapy
from woundtrack.words import N_

REVIEW = "Ureña Torres 2025"
THIOSULFATE = N_("Sodium thiosulfate")
MEDICINES = N_("Calciphylaxis: other medicines")
EXTRACORPOREAL = N_("Dialysis and apheresis")

_IV = ("intravenous",)
_ORAL = ("oral",)
_APHERESIS = ("extracorporeal",)
_WEEKLY = ("weekly", "twice_weekly", "three_times_weekly")
_DAILY = ("daily", "twice_daily", "three_times_daily")
_DRESSING = ("daily", "every_other_day", "twice_weekly", "three_times_weekly", "weekly")
_INFUSED = ("dose", "duration_min")
_SEPARATED = (
    "duration_min", "blood_flow_ml_min", "plasma_percent", "plasma_volume_ml",
    "effluent_percent", "albumin_ml",
)  # fmt: skip
_OURS = Standing.INFERRED

THERAPIES = (
    Therapy(
        "sts_iv", N_("Sodium thiosulfate, intravenous"), THIOSULFATE, _IV, "g",
        ("each_dialysis", "three_times_weekly", "daily"),
        f"{REVIEW}; edren.org; ISRCTN73380053",
        # Printed in mg in the review; grams in the others.
        doses=(PublishedDose(12.5, 25.0, "g", Per.SESSION, Standing.CORRECTED),),
        described=N_(
            "12.5 g at first, then 25 g at each dialysis, usually 3 times a week, over the last "
            "30 to 120 minutes; 24 to 48 weeks in one protocol. A meta-analysis found no gain in "
            "survival or healing."
        ),
        cautions=N_(
            "Nausea, volume, low calcium, long QT, low blood pressure, acidosis with an anion "
            "gap; lower dialysate sodium."
        ),
        session_fields=_INFUSED,
    ),
    Therapy(
        "sts_ip", N_("Sodium thiosulfate, intraperitoneal"), THIOSULFATE, ("intraperitoneal",),
        "g", ("daily", *_WEEKLY), f"{REVIEW}; PMC10386543; Medscape", _OURS,
        doses=(PublishedDose(25.0, 25.0, "g", Per.SESSION),),
        described=N_(
            "25 g in the longest dwell. Of 5 patients 4 healed, 4 stopped for adverse effects "
            "and 1 died."
        ),
        cautions=N_("Chemical peritonitis, once fatal; Medscape advises against it."),
        session_fields=_INFUSED,
    ),
    Therapy(
        "sts_oral", N_("Sodium thiosulfate, oral"), THIOSULFATE, _ORAL, "g", _DAILY, REVIEW,
        _OURS,
        doses=(PublishedDose(1.2, 2.6, "g", Per.DAY),),
        described=N_("1.2 to 2.6 g a day; 2 of 4 patients improved."),
        cautions=N_("Stomach and bowel."),
    ),
    Therapy(
        "sts_lesion", N_("Sodium thiosulfate, intralesional"), THIOSULFATE, ("intralesional",),
        "mg", ("weekly", "monthly"), f"{REVIEW}; PMID 33244722; AAD 2019 F024",
        doses=(
            PublishedDose(250.0, 750.0, "mg", Per.SESSION),
            PublishedDose(1.0, 3.0, "mL", Per.SESSION),
        ),
        described=N_(
            "1 to 3 mL of 250 mg/mL, weekly; in calcinosis monthly, 3 times, for nodules above "
            "5 mm."
        ),
        cautions=N_("Burning."),
        session_fields=("dose",),
    ),
    Therapy(
        "sts_topical", N_("Sodium thiosulfate, topical"), THIOSULFATE, ("topical",), "%",
        _DRESSING, "J Drugs Dermatol 2011; AAD 2019 F024", _OURS,
        doses=(PublishedDose(25.0, 25.0, "%", Per.DOSE),),
        described=N_(
            "25 % in zinc oxide, 2 patients, small lesions; in calcinosis for nodules under 2 mm."
        ),
    ),
    Therapy(
        "snf472", N_("Hexasodium fytate (SNF472)"), MEDICINES, _IV, "mg/kg",
        ("each_dialysis", "three_times_weekly"), f"{REVIEW}; NCT04195906; PMID 39252867",
        doses=(PublishedDose(7.0, 7.0, "mg/kg", Per.SESSION),),
        described=N_(
            "7 mg/kg 3 times a week during dialysis, over 2 to 3 hours, for 12 weeks. The trial "
            "missed its primary endpoint: the placebo arm improved as much."
        ),
        session_fields=_INFUSED,
    ),
    # Route and dose of INZ-701 were not found: nothing is offered.
    Therapy(
        "inz701", N_("INZ-701"), MEDICINES, source=REVIEW,
        described=N_("Investigational ENPP1; no route or dose was found."),
        session_fields=_INFUSED,
    ),
    Therapy(
        "vitamin_k1", N_("Vitamin K1"), MEDICINES, _ORAL, "mg", ("three_times_weekly", "daily"),
        f"{REVIEW}; renalandurologynews 2019",
        doses=(PublishedDose(10.0, 10.0, "mg", Per.DOSE, Standing.MEMORY),),
        described=N_("Oral phytonadione for 12 weeks, 26 patients."),
        cautions=N_("Thrombosis (one hepatic)."),
    ),
    Therapy(
        "bisphosphonate", N_("Bisphosphonate"), MEDICINES, ("intravenous", "oral"), "mg",
        ("once", "weekly", "fortnightly", "monthly"), REVIEW, _OURS,
        described=N_("Pamidronate for 2 to 4 weeks; the dose was not given."),
        cautions=N_("Exclude low bone turnover."),
    ),
    Therapy(
        "denosumab", N_("Denosumab"), MEDICINES, ("subcutaneous",), "mg", ("once", "monthly"),
        REVIEW, _OURS,
        described=N_("The source contradicts itself and gives no dose."),
    ),
    Therapy("bosentan", N_("Bosentan"), MEDICINES, _ORAL, "mg", _DAILY, REVIEW, _OURS),
    Therapy(
        "tpa", N_("Tissue plasminogen activator"), MEDICINES, _IV, "mg", ("daily", "once"),
        REVIEW, _OURS, session_fields=_INFUSED,
    ),
    Therapy(
        "steroid", N_("Corticosteroid"), MEDICINES, ("oral", "intravenous"), "mg", _DAILY,
        REVIEW, _OURS, cautions=N_("Only where lesions are not ulcerated."),
    ),
    Therapy(
        "hyperbaric", N_("Hyperbaric oxygen"), MEDICINES, ("inhaled",), "ATA",
        ("daily", *_WEEKLY), f"{REVIEW}; Podymow 2001; PMID 25707425", _OURS,
        doses=(PublishedDose(2.5, 2.5, "ATA", Per.SESSION),),
        described=N_(
            "100 % oxygen at 2.5 ATA for 90 minutes; 20 to 108 sessions (8 of 11 healed), 25 to "
            "35 sessions (2 of 5); 58 % of 34 improved."
        ),
        cautions=N_(
            "Claustrophobia (22 %); contraindications of heart, nerves and lungs; cost."
        ),
        session_fields=("pressure_ata", "duration_min"),
    ),
    Therapy(
        "sympathetic_block", N_("Lumbar sympathetic block"), MEDICINES, ("local",), "",
        ("once",), REVIEW, _OURS,
    ),
    Therapy(
        "rheopheresis", N_("Rheopheresis"), EXTRACORPOREAL, _APHERESIS, "mL/kg", _WEEKLY,
        f"{REVIEW}; PMID 31576630; NCT04654000",
        doses=(PublishedDose(40.0, 40.0, "mL/kg", Per.SESSION),),
        described=N_(
            "2 hours twice a week for 2 weeks, 40 mL/kg, then weekly 8 times. A case: twice a "
            "week for 15 weeks, 1 h 30, blood 100 to 150 mL/min, plasma 20 to 30 %, 10 to 30 % "
            "discarded, albumin up to 500 mL. A series: 2 to 3 a week with dialysis, complete "
            "remission after 25 (19 to 39) sessions. A trial against sham is registered."
        ),
        cautions=N_("Low blood pressure, infection."),
        session_fields=_SEPARATED,
    ),
    Therapy(
        "plasma_exchange", N_("Plasma exchange"), EXTRACORPOREAL, _APHERESIS, "mL/kg", _WEEKLY,
        REVIEW, _OURS, session_fields=_SEPARATED,
    ),
    Therapy(
        "cryofiltration", N_("Cryofiltration"), EXTRACORPOREAL, _APHERESIS, "mL/kg", _WEEKLY,
        REVIEW, _OURS, session_fields=_SEPARATED,
    ),
    Therapy(
        "dialysis", N_("Intensified dialysis"), EXTRACORPOREAL, _APHERESIS, "",
        ("six_times_weekly", "four_times_weekly", "daily"), REVIEW,
        described=N_("Short daily dialysis, 6 times 2.5 to 3 hours a week, or 4 times 4 hours."),
        session_fields=("duration_min", "blood_flow_ml_min"),
    ),
    Therapy(
        "low_calcium_bath", N_("Low-calcium dialysate"), EXTRACORPOREAL, _APHERESIS, "mmol/L",
        ("each_dialysis",), REVIEW,
        doses=(PublishedDose(1.25, 1.25, "mmol/L", Per.SESSION),),
        described=N_("1.25 mmol/L in the table of the source, below 1.25 in its text."),
        cautions=N_("Low calcium together with thiosulfate."),
    ),
    Therapy(
        "transplant", N_("Kidney transplant"), EXTRACORPOREAL, ("surgical",), "", ("once",),
        REVIEW,
    ),
)  # fmt: skip
"""In the order in which they are offered."""
