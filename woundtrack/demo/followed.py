"""The invented patients who were followed for a year or two, as the cohort wants them.

They have no photos: their wounds were measured by ruler. Names, courses and deaths are invented,
one by one, so that about a third with calciphylaxis die within a year, more where lesions are
central, as published series have it (JAAD 2025: 28.9 %). Any likeness to a person is chance.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from woundtrack.context.types import CalcinosisSubtype, CauseFacts
from woundtrack.demo.types import DemoCourse
from woundtrack.records import Aetiology, DialysisMode, Sex, Side
from woundtrack.therapy.types import StopCause, TherapySession
from woundtrack.words import N_

LEFT, RIGHT, MIDLINE = Side.LEFT, Side.RIGHT, Side.MIDLINE
SICK = N_("nausea and vomiting during the infusion")
FAINT = N_("low blood pressure during the infusion")


_URAEMIC = CauseFacts(uraemic=True)
_NOT_URAEMIC = CauseFacts(uraemic=False)
_DYSTROPHIC = CauseFacts(subtype=CalcinosisSubtype.DYSTROPHIC, tissue_damaged=True)
_IDIOPATHIC = CauseFacts(
    subtype=CalcinosisSubtype.IDIOPATHIC, calcium_or_phosphate_raised=False, tissue_damaged=False
)


class Fate(StrEnum):
    """What becomes of a wound."""

    HEALS = "heals"
    REOPENS = "reopens"
    SHRINKS = "shrinks"
    GROWS = "grows"


@dataclass(frozen=True, slots=True)
class Wounded:
    """One wound: where, how large at first, and what becomes of it."""

    site: str
    side: Side
    radius_mm: float
    fate: Fate
    closes_week: int | None = None
    """The first visit that finds it closed, of one that heals or opens again."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A patient with calciphylaxis of failing kidneys, unless said otherwise.

    Names after those of the photographed patients, so that these come first in the list.
    """

    name: str
    first_names: str
    birth_date: dt.date
    sex: Sex
    wounds: tuple[Wounded, ...]
    days: int
    """The first visit lies so many days before the clinic's last day."""
    died_day: int | None = None
    """Days after the first visit."""
    moved_day: int | None = None
    aetiology: Aetiology = Aetiology.CALCIPHYLAXIS
    cause: CauseFacts = _URAEMIC
    dialysis: DialysisMode = DialysisMode.HAEMODIALYSIS
    courses: tuple[DemoCourse, ...] = ()
    """Those without a stop go on until death."""
    adverse_grade: str = ""
    """How severe was what a course was stopped for."""


_NO_VKA = DemoCourse("stop_vka", 0, None, None, "", "", "")
_RHEO_SESSION = TherapySession(
    0, dt.date.min, duration_min=90.0, blood_flow_ml_min=125.0, plasma_percent=25.0
)


def _sts(
    stop_week: int | None = None,
    cause: StopCause | None = None,
    *,
    start: int = 0,
    reason: str = "",
) -> DemoCourse:
    often = ("g", "intravenous", "three_times_weekly")
    return DemoCourse("sts_iv", start, stop_week, 25.0, *often, cause, stop_reason=reason)


def _rheopheresis(start: int, stop: int) -> DemoCourse:
    return DemoCourse(
        "rheopheresis", start, stop, None, "", "extracorporeal", "weekly", StopCause.COMPLETED,
        weekdays=(2,), session=_RHEO_SESSION,
    )  # fmt: skip


def _tablets(therapy: str, dose: float, stop: int | None = None) -> DemoCourse:
    cause = None if stop is None else StopCause.HEALED
    return DemoCourse(therapy, 0, stop, dose, "mg", "oral", "daily", cause)


def _hyperbaric(start: int, stop: int) -> DemoCourse:
    cause = StopCause.COMPLETED
    return DemoCourse("hyperbaric", start, stop, 2.5, "ATA", "inhaled", "daily", cause)


def central() -> tuple[Followed, ...]:
    """Calciphylaxis with a central lesion."""
    woman, man = Sex.FEMALE, Sex.MALE
    return (
        Followed(
            "Oakmarrow", "Edith", dt.date(1951, 2, 9), woman,
            (Wounded("abdomen", MIDLINE, 24, Fate.GROWS),), 655, died_day=48,
            courses=(_sts(), _NO_VKA),
        ),
        Followed(
            "Orvannes", "Hélène", dt.date(1949, 6, 21), woman,
            (Wounded("thigh", RIGHT, 27, Fate.GROWS), Wounded("thigh", LEFT, 15, Fate.SHRINKS)),
            588, died_day=95, courses=(_sts(), _rheopheresis(3, 11)),
        ),
        Followed(
            "Pellworthy", "George", dt.date(1955, 11, 3), man,
            (Wounded("buttock", LEFT, 22, Fate.GROWS),), 712, died_day=141,
            courses=(_sts(), _tablets("calcimimetic", 60)),
        ),
        Followed(
            "Quatrevents", "Simone", dt.date(1946, 3, 30), woman,
            (Wounded("hip", RIGHT, 19, Fate.SHRINKS),), 533, died_day=236,
            courses=(_sts(26, StopCause.COMPLETED), _NO_VKA),
        ),
        Followed(
            "Quillmere", "Harriet", dt.date(1962, 8, 14), woman,
            (Wounded("thigh", LEFT, 16, Fate.HEALS, 41),), 561, cause=_NOT_URAEMIC,
            dialysis=DialysisMode.NONE, courses=(_sts(44, StopCause.HEALED, start=-1),),
        ),
        Followed(
            "Ravenbrook", "Thomas", dt.date(1960, 1, 25), man,
            (Wounded("flank", RIGHT, 18, Fate.SHRINKS),), 634, died_day=430,
            courses=(_sts(36, StopCause.COMPLETED), _hyperbaric(8, 14)),
        ),
        Followed(
            "Rochefleur", "Lucie", dt.date(1959, 5, 6), woman,
            (Wounded("thigh_medial", LEFT, 14, Fate.HEALS, 33),
             Wounded("abdomen", RIGHT, 17, Fate.HEALS, 49)), 641, moved_day=498,
            courses=(_sts(52, StopCause.HEALED), _rheopheresis(2, 12), _NO_VKA),
        ),
        Followed(
            "Sansregret", "Odette", dt.date(1953, 10, 18), woman,
            (Wounded("lower_abdomen", MIDLINE, 20, Fate.SHRINKS),), 482,
            courses=(_sts(14, StopCause.ADVERSE_EVENT, reason=SICK),
                     _tablets("vitamin_k1", 10)),
            adverse_grade="grade_3",
        ),
        Followed(
            "Silverdyke", "Maud", dt.date(1958, 7, 2), woman,
            (Wounded("thigh", RIGHT, 13, Fate.REOPENS, 27),), 590, cause=_NOT_URAEMIC,
            dialysis=DialysisMode.NONE, courses=(_sts(30, StopCause.HEALED),),
        ),
    )  # fmt: skip


def peripheral() -> tuple[Followed, ...]:
    """Calciphylaxis below the knees."""
    woman, man = Sex.FEMALE, Sex.MALE
    return (
        Followed(
            "Thornapple", "Agnes", dt.date(1957, 4, 11), woman,
            (Wounded("lower_leg", LEFT, 13, Fate.HEALS, 24),
             Wounded("lower_leg", RIGHT, 11, Fate.HEALS, 30)), 521, cause=_NOT_URAEMIC,
            dialysis=DialysisMode.NONE, courses=(_sts(33, StopCause.HEALED), _NO_VKA),
        ),
        Followed(
            "Tilleray", "Jeanne", dt.date(1947, 9, 27), woman,
            (Wounded("calf", RIGHT, 21, Fate.GROWS),), 603, died_day=118,
            dialysis=DialysisMode.PERITONEAL, courses=(_sts(),),
        ),
        Followed(
            "Tournepierre", "Marcel", dt.date(1950, 12, 5), man,
            (Wounded("calf", LEFT, 15, Fate.HEALS, 20),), 705,
            courses=(_sts(23, StopCause.HEALED, start=-1), _tablets("calcimimetic", 30)),
        ),
        Followed(
            "Umberfield", "Winifred", dt.date(1957, 2, 19), woman,
            (Wounded("lower_leg_anterior", RIGHT, 16, Fate.SHRINKS),), 432,
            courses=(_sts(9, StopCause.ADVERSE_EVENT, reason=FAINT), _rheopheresis(11, 21)),
            adverse_grade="grade_2",
        ),
        Followed(
            "Valmontaine", "Pauline", dt.date(1948, 6, 8), woman,
            (Wounded("heel", LEFT, 14, Fate.GROWS),), 668, died_day=287,
            courses=(_sts(24, StopCause.COMPLETED),),
        ),
        Followed(
            "Vaucanton", "René", dt.date(1959, 3, 16), man,
            (Wounded("ankle_lateral", RIGHT, 12, Fate.REOPENS, 22),), 612, moved_day=525,
            courses=(_sts(25, StopCause.HEALED), _NO_VKA),
        ),
        Followed(
            "Vellacourt", "Yvonne", dt.date(1956, 8, 23), woman,
            (Wounded("foot", LEFT, 12, Fate.SHRINKS), Wounded("calf", LEFT, 10, Fate.HEALS, 36)),
            694, died_day=520, cause=_NOT_URAEMIC, dialysis=DialysisMode.NONE,
            courses=(_sts(40, StopCause.COMPLETED), _hyperbaric(10, 17)),
        ),
        Followed(
            "Wetherlow", "Rose", dt.date(1961, 1, 31), woman,
            (Wounded("calf", RIGHT, 9, Fate.HEALS, 17),), 231, cause=_NOT_URAEMIC,
            dialysis=DialysisMode.NONE, courses=(_sts(20, StopCause.HEALED),),
        ),
        Followed(
            "Whinfell", "Arthur", dt.date(1952, 5, 20), man,
            (Wounded("calf", LEFT, 18, Fate.HEALS, 46),), 451,
            courses=(_rheopheresis(1, 16), _NO_VKA),
        ),
    )  # fmt: skip


def calcinosis() -> tuple[Followed, ...]:
    """Calcinosis: small wounds, nobody dies of them."""
    of_it, none = Aetiology.CALCINOSIS, DialysisMode.NONE
    return (
        Followed(
            "Yarrowby", "Frances", dt.date(1960, 10, 12), Sex.FEMALE,
            (Wounded("forearm", RIGHT, 6, Fate.HEALS, 20),), 402, aetiology=of_it,
            cause=_DYSTROPHIC, dialysis=none, courses=(_tablets("diltiazem", 240, 24),),
        ),
        Followed(
            "Yvelaine", "Claire", dt.date(1962, 2, 28), Sex.FEMALE,
            (Wounded("finger", LEFT, 3.5, Fate.REOPENS, 14),), 384, aetiology=of_it,
            cause=_DYSTROPHIC, dialysis=none, courses=(_tablets("colchicine", 1),),
        ),
        Followed(
            "Zéphirin", "Noël", dt.date(1961, 12, 24), Sex.MALE,
            (Wounded("hand", RIGHT, 5, Fate.HEALS, 12),), 154, aetiology=of_it,
            cause=_IDIOPATHIC, dialysis=none, courses=(_tablets("minocycline", 100, 14),),
        ),
    )  # fmt: skip


EVERYONE = (*central(), *peripheral(), *calcinosis())
