"""Therapies of calcinosis cutis."""

from woundtrack.therapy.types import Per, PublishedDose, Standing, Therapy
from woundtrack.words import N_

FABREGUET = "Fabreguet 2015"
AAD = "AAD 2019 F024"
CALCINOSIS = N_("Calcinosis")

_ORAL = ("oral",)
_IV = ("intravenous",)
_LOCAL = ("local",)
_SURGICAL = ("surgical",)
_DAILY = ("daily", "twice_daily", "three_times_daily")
_INFUSED = ("dose", "duration_min")
_OURS = Standing.INFERRED

THERAPIES = (
    Therapy(
        "diltiazem", N_("Diltiazem"), CALCINOSIS, _ORAL, "mg", _DAILY, FABREGUET,
        doses=(PublishedDose(180.0, 480.0, "mg", Per.DAY),),
        described=N_("240 to 480 mg a day; 180 mg was weak."),
    ),
    Therapy(
        "minocycline", N_("Minocycline"), CALCINOSIS, _ORAL, "mg", ("daily",), FABREGUET,
        doses=(PublishedDose(50.0, 100.0, "mg", Per.DAY),),
        described=N_("50 to 100 mg a day; 8 of 9 improved."),
        cautions=N_("Blue-black colouring."),
    ),
    Therapy(
        "colchicine", N_("Colchicine"), CALCINOSIS, _ORAL, "mg", ("daily",), FABREGUET,
        doses=(PublishedDose(1.0, 1.0, "mg", Per.DAY),),
        described=N_("1 mg a day."),
    ),
    Therapy(
        "warfarin", N_("Warfarin"), CALCINOSIS, _ORAL, "mg", ("daily",), FABREGUET, _OURS,
        described=N_("Contradictory reports."),
        cautions=N_("In calciphylaxis vitamin K antagonists are stopped."),
    ),
    Therapy(
        "bisphosphonate_calcinosis", N_("Bisphosphonate in calcinosis"), CALCINOSIS,
        ("intravenous", "oral"), "mg", ("once", "weekly", "monthly"), FABREGUET, _OURS,
        described=N_("Mixed results; the dose was not given."),
    ),
    Therapy(
        "ivig", N_("Intravenous immunoglobulin"), CALCINOSIS, _IV, "g", ("monthly", "once"),
        FABREGUET, _OURS, described=N_("The dose was not given."), session_fields=_INFUSED,
    ),
    Therapy(
        "infliximab", N_("Infliximab"), CALCINOSIS, _IV, "mg/kg", ("once", "monthly"),
        FABREGUET, _OURS, described=N_("The dose was not given."), session_fields=_INFUSED,
    ),
    Therapy(
        "rituximab", N_("Rituximab"), CALCINOSIS, _IV, "mg/m²", ("weekly",), FABREGUET,
        doses=(PublishedDose(375.0, 375.0, "mg/m²", Per.SESSION),),
        described=N_("375 mg/m² weekly, 4 times, in 2 courses."),
        session_fields=_INFUSED,
    ),
    Therapy(
        "shock_wave", N_("Shock-wave lithotripsy"), CALCINOSIS, _LOCAL, "", ("three_weekly",),
        FABREGUET,
        described=N_("3 sessions, one every 3 weeks; pain 7 to 2 of 10 at 6 months."),
        session_fields=("duration_min",),
    ),
    Therapy(
        "excision", N_("Excision"), CALCINOSIS, _SURGICAL, "", ("once",), f"{FABREGUET}; {AAD}",
        described=N_("8 of 11 complete; for tumoral lesions with or without thiosulfate."),
    ),
    Therapy(
        "laser", N_("Carbon dioxide laser"), CALCINOSIS, _LOCAL, "", ("once", "monthly"),
        FABREGUET, _OURS, session_fields=("duration_min",),
    ),
    Therapy("burr", N_("Burr"), CALCINOSIS, _SURGICAL, "", ("once",), FABREGUET, _OURS),
)  # fmt: skip
"""In the order in which they are offered."""
