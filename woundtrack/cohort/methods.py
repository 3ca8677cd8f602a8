"""How each figure was come by, and why some have none, in sentences for page and table."""

from types import MappingProxyType

from woundtrack.cohort.types import Reason
from woundtrack.healing.by_therapy import REMINDER
from woundtrack.words import N_

__all__ = [
    "ANALGESICS",
    "AREA_AT_YEAR",
    "AREA_REDUCTION",
    "ASSOCIATED",
    "CLOSURE",
    "DAYS_TO_HEALING",
    "DIFFERENCE",
    "EARLY_FEW",
    "FEW_NOTE",
    "REASONS",
    "REMINDER",
    "STOPS",
    "SURVIVAL",
    "ZERO_FIRST_DOSE",
    "ZERO_FIRST_VISIT",
]

ZERO_FIRST_DOSE = N_(
    "Time zero is the first dose of the therapy; what was before does not count. A lesion counts "
    "if it was seen open by then, or within the 7 days after."
)
ZERO_FIRST_VISIT = N_(
    "Time zero is the first visit: the first that saw one of these lesions for a patient’s "
    "survival, the lesion’s own first for its healing."
)
FEW_NOTE = N_("Fewer than 5 patients: only counts are given, no estimate and no interval.")
SURVIVAL = N_(
    "Kaplan–Meier, by patient, from time zero to death, censored at the last contact. Who was "
    "first seen here after time zero is under watch from that day on. 95 % interval by the "
    "log-log of Greenwood’s error; exact while nobody has died. Where deaths are heard of later "
    "than a last visit, and the living are not asked after, survival looks worse than it is."
)
EARLY_FEW = N_(
    "Most of these patients were first seen here long after time zero, and a death fell when fewer "
    "than 5 were under watch: no curve can be drawn from that."
)
AREA_REDUCTION = N_(
    "The visit nearest to 24 weeks (20 to 28) against the one nearest to time zero (28 days before "
    "to 7 after), measured in the same way. A closed lesion counts as 100 %, one whose closure was "
    "confirmed also without a later visit. The 95 % intervals know which lesions are of one "
    "patient."
)
AREA_AT_YEAR = N_(
    "Traced area at the visit nearest to 52 weeks (44 to 60); a closed lesion counts as 0 where "
    "its last size was traced. The 95 % intervals know which lesions are of one patient."
)
CLOSURE = N_(
    "Cumulative incidence (Aalen–Johansen), by lesion, of the first closure that a visit two weeks "
    "later confirmed, counted on the day of that visit. Death within 12 weeks of the lesion’s last "
    "visit rules closure out; else the lesion is censored at its last visit, or when it became "
    "part of others. The 95 % interval knows which lesions are of one patient."
)
DAYS_TO_HEALING = N_(
    "Days of the therapy from the first dose to the day on which closure was confirmed, of the "
    "lesions that closed. It tells nothing of the others."
)
ANALGESICS = N_(
    "Oral morphine equivalents a day on time zero and a year later, of patients followed until "
    "then; for tracking, never for conversion. A day with a drug that has no factor or no dose is "
    "incomplete and has no figure."
)
ASSOCIATED = N_("Other therapies of these patients on any day of the year after time zero.")
STOPS = N_(
    "Patients in whom a course of the therapy was stopped for an adverse event, of all who began "
    "it; 95 % interval by Wilson’s method."
)
DIFFERENCE = N_(
    "Central less peripheral; 95 % interval from those of both groups. A patient is central with "
    "any central lesion when first under watch, peripheral with a peripheral one and none central, "
    "genital or of the breast; all lesions go with their patient. Log-rank test for survival. "
    "The groups differ in more than the site of their lesions."
)

REASONS = MappingProxyType(
    {
        Reason.NEVER_SEEN: N_("no confirmed visit of the lesion"),
        Reason.NOT_STARTED: N_("first dose still to come"),
        Reason.AFTER_DEATH: N_("first dose after death"),
        Reason.DEATH_WITHOUT_DATE: N_("date of death not known"),
        Reason.NO_FOLLOW_UP: N_("not followed after time zero"),
        Reason.APPEARED_LATER: N_("first seen after time zero"),
        Reason.CLOSED_BEFORE: N_("closed at time zero"),
        Reason.ENDED_BEFORE: N_("became part of others before time zero"),
        Reason.NO_BASELINE: N_("not measured around time zero"),
        Reason.BECAME_OTHERS: N_("became part of others"),
        Reason.DIED: N_("patient died before"),
        Reason.OTHER_METHOD: N_("measured in another way"),
        Reason.NOT_DUE: N_("too recent"),
        Reason.NOT_SEEN: N_("no visit with a size then"),
        Reason.NOT_FOLLOWED: N_("not followed for a year"),
        Reason.NOT_CLOSED: N_("closure not confirmed"),
        Reason.NOT_RECORDED: N_("no analgesic recorded"),
        Reason.INCOMPLETE: N_("dose or factor missing"),
    }
)
"""Why a patient or lesion has no figure, in English."""
