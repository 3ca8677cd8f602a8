"""The follow-up of patients without photos: visits, sizes, forms and the rest, from a seed."""

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from woundtrack.anatomy.places import point_of
from woundtrack.context.types import AnalgesicUse, EventKind, LabResult, RiskFactor
from woundtrack.demo.context import event, results, taken
from woundtrack.demo.followed import EVERYONE, Fate, Followed, Wounded
from woundtrack.demo.types import Context, DemoCourse, DemoLesion, DemoPatient, Happened
from woundtrack.demo.wound import Tissue, Wound
from woundtrack.records import (
    Aetiology,
    BodyView,
    Consent,
    ConsentPurpose,
    DialysisMode,
    Patient,
    PatientStatus,
)
from woundtrack.therapy.types import StopCause
from woundtrack.words import _

SEED = 2608
WEEKS = (0, 2, 4, 8, 12, 16, 20, 24, 32, 40, 52, 65, 78, 91)
CONFIRMED_WEEKS = 3
"""After a visit that found a wound closed, the one that confirms it."""
OPEN_AGAIN_WEEKS = (14, 36)
"""After it closed: when such a wound is seen open again, and closed for good."""
_LAB_WEEKS = (0, 12, 24, 52)
_MINERALS = ("calcium_total", "phosphate", "pth")
_FIRST_BWAT = (
    (3, 4, 3, 2, 5, 4, 3, 3, 4, 2, 3, 5, 5),
    (2, 3, 3, 1, 4, 3, 4, 4, 4, 2, 3, 4, 5),
)
_LAST_BWAT = {
    Fate.HEALS: (2, 2, 2, 1, 1, 1, 2, 2, 2, 1, 1, 2, 2),
    Fate.REOPENS: (2, 2, 2, 1, 2, 2, 3, 2, 2, 1, 1, 2, 3),
    Fate.SHRINKS: (2, 3, 2, 1, 2, 2, 3, 3, 3, 1, 2, 3, 4),
    Fate.GROWS: (4, 4, 4, 3, 5, 5, 5, 4, 5, 3, 4, 5, 5),
}
_LAST_PAIN = {Fate.HEALS: 0, Fate.REOPENS: 1, Fate.SHRINKS: 3, Fate.GROWS: 9}
_FENTANYL: dict[Fate, dict[int, tuple[int | None, ...]]] = {
    Fate.HEALS: {-2: (25, 50), 10: (12, 25), 22: (None, None, 12)},
    Fate.REOPENS: {-2: (25, 50), 14: (12, 25), 40: (None, 12)},
    Fate.SHRINKS: {-3: (37, 50, 75), 12: (25, 37), 34: (12, 25)},
    Fate.GROWS: {-3: (25, 37), 3: (50,), 9: (75, 100)},
}
"""Patches by week, µg/h, one of which is taken; None is none."""
_HYDROMORPHONE_MG = (1.3, 2.6)
_RISKS = ("diabetes", "obesity", "low_albumin", "vitamin_k_antagonist", "calcium_binders",
          "hyperparathyroidism", "inflammation", "intravenous_iron")  # fmt: skip


def follow_up(last_day: dt.date) -> tuple[tuple[dt.date, DemoPatient], ...]:
    """Every such patient with the day of the first visit; no day lies after `last_day`."""
    return tuple(
        (last_day - dt.timedelta(days=one.days), _patient(one, number, last_day))
        for number, one in enumerate(EVERYONE)
    )


def _patient(one: Followed, number: int, last_day: dt.date) -> DemoPatient:
    random = np.random.default_rng(SEED + number)
    first = last_day - dt.timedelta(days=one.days)
    ends = [day for day in (one.died_day, one.moved_day) if day is not None]
    last_week = (min([one.days, *ends]) - (0 if not ends else 3)) // 7
    weeks = _weeks(one, last_week)
    return DemoPatient(
        _identity(one, number, first, last_day, random),
        weeks=weeks,
        lesions=tuple(_lesion(one, place, weeks, random) for place in range(len(one.wounds))),
        courses=tuple(_until_death(course, one) for course in one.courses),
        bedside=weeks,
        vas=bool(random.integers(2)),
        context=_context(one, first, last_week, random),
    )


def _weeks(one: Followed, last_week: int) -> tuple[int, ...]:
    """The usual weeks and those of closures; who has healed comes once more."""
    wanted, done = set(WEEKS), []
    for wound in one.wounds:
        closed = _closed_weeks(wound)
        wanted |= {week + extra for week in closed for extra in (0, CONFIRMED_WEEKS)}
        if wound.fate is Fate.REOPENS and closed:
            wanted.add(closed[0] + OPEN_AGAIN_WEEKS[0])
        done.append(closed[-1] + CONFIRMED_WEEKS if closed else last_week)
    wanted = {week for week in wanted if week <= last_week}
    after = sorted(week for week in wanted if week > max(done))
    return tuple(sorted(wanted - set(after[1:])))


def _closed_weeks(wound: Wounded) -> tuple[int, ...]:
    """When visits first find it closed."""
    if wound.closes_week is None:
        return ()
    again = (wound.closes_week + OPEN_AGAIN_WEEKS[1],) if wound.fate is Fate.REOPENS else ()
    return (wound.closes_week, *again)


def _identity(
    one: Followed, number: int, first: dt.date, last_day: dt.date, random: np.random.Generator
) -> Patient:
    status, heard_on = PatientStatus.ACTIVE, last_day - dt.timedelta(int(random.integers(2, 20)))
    died_on = None if one.died_day is None else first + dt.timedelta(days=one.died_day)
    if died_on is not None:
        status = PatientStatus.DIED
    elif one.moved_day is not None:
        status, heard_on = PatientStatus.MOVED, first + dt.timedelta(days=one.moved_day)
    years_days = int(random.integers(200, 3200))
    purposes = (ConsentPurpose.CARE, *((ConsentPurpose.RESEARCH,) if number % 4 else ()))
    return Patient(
        hospital_number=f"D-{102000 + 37 * number}",
        birth_name=one.name,
        first_names=one.first_names,
        birth_date=one.birth_date,
        sex=one.sex,
        dialysis=one.dialysis,
        dialysis_since_on=None
        if one.dialysis is DialysisMode.NONE
        else first - dt.timedelta(days=years_days),
        risk_factors=tuple(
            RiskFactor(key, present=bool(random.random() < 0.45))
            for key in (_RISKS if one.aetiology is Aetiology.CALCIPHYLAXIS else ())
        ),
        consents=tuple(Consent(purpose, first) for purpose in purposes),
        status=status,
        died_on=died_on,
        last_contact_on=None if died_on else heard_on,
    )


def _lesion(
    one: Followed, place: int, weeks: tuple[int, ...], random: np.random.Generator
) -> DemoLesion:
    wound = one.wounds[place]
    view, x, y = point_of(wound.site, wound.side) or (BodyView.FRONT, 0.5, 0.5)
    calcinosis = one.aetiology is Aetiology.CALCINOSIS
    pain = int(random.integers(3, 6) if calcinosis else random.integers(6, 10))
    return DemoLesion(
        label="ABC"[place],
        site=wound.site,
        side=wound.side,
        aetiology=one.aetiology,
        view=view,
        body=(x, y),
        wound=Wound(wound.radius_mm, aspect=float(random.uniform(1.1, 1.7))),
        last_tissue=Tissue(),
        lengths=_lengths(wound, weeks, random),
        first_bwat=_FIRST_BWAT[1 if calcinosis else int(random.integers(2))],
        last_bwat=_LAST_BWAT[wound.fate],
        pain=(pain, _LAST_PAIN[wound.fate]),
        onset_weeks=int(random.integers(3, 12)),
        cause=one.cause,
    )


def _lengths(
    wound: Wounded, weeks: tuple[int, ...], random: np.random.Generator
) -> tuple[float, ...]:
    """Its relative size at each visit, read off a ruler with some unsteadiness; 0 is closed."""
    course = _course(wound, random)
    shake = random.normal(1, 0.025, len(weeks))
    return tuple(
        round(course(week) * (float(shaken) if week else 1.0), 3)
        for week, shaken in zip(weeks, shake, strict=True)
    )


def _course(wound: Wounded, random: np.random.Generator) -> Callable[[int], float]:
    """Relative length by week."""
    left, gained = float(random.uniform(0.5, 0.75)), float(random.uniform(0.3, 0.6))
    closed = _closed_weeks(wound)

    def length(week: int) -> float:
        if wound.fate is Fate.GROWS:
            return 1 + gained * (1 - math.exp(-week / 12))
        if not closed:
            return left + (1 - left) * math.exp(-week / 20)
        if week < closed[0]:
            # Slowly at first; the last visit before closure finds a small wound, not none.
            return max(0.15, 1 - math.pow(week / closed[0], 1.4))
        opened = closed[0] + OPEN_AGAIN_WEEKS[0]
        if len(closed) > 1 and opened <= week < closed[1]:
            return max(0.15, 0.4 * (closed[1] - week) / (closed[1] - opened))
        return 0.0

    return length


def _until_death(course: DemoCourse, one: Followed) -> DemoCourse:
    if one.died_day is None or course.stop_week is not None:
        return course
    return replace(course, stop_week=one.died_day // 7, stop_cause=StopCause.DEATH)


def _context(one: Followed, first: dt.date, last_week: int, random: np.random.Generator) -> Context:
    if one.aetiology is Aetiology.CALCINOSIS:
        tablets = taken(first, "paracetamol", 0, None, 1, "g", "oral", times_a_day=2)
        return Context(analgesics=(tablets,))
    worst = min((wound.fate for wound in one.wounds), key=_severity)
    end_week = None if one.died_day is None else one.died_day // 7
    return Context(
        labs=_labs(one, first, last_week, random),
        analgesics=_analgesics(first, worst, end_week, random),
        events=_events(one, first, last_week),
    )


def _severity(fate: Fate) -> int:
    return (Fate.GROWS, Fate.SHRINKS, Fate.REOPENS, Fate.HEALS).index(fate)


def _labs(
    one: Followed, first: dt.date, last_week: int, random: np.random.Generator
) -> tuple[LabResult, ...]:
    """Albumin and inflammation, where the kidneys fail minerals too: as the wound goes."""
    grows = any(wound.fate is Fate.GROWS for wound in one.wounds)
    # At first, and after a year of the one course or the other.
    courses: tuple[tuple[str, str, float, float, float, tuple[float | None, float], int], ...] = (
        ("calcium_total", "mmol/L", 2.42, 2.28, 2.38, (2.15, 2.55), 2),
        ("phosphate", "mmol/L", 1.95, 1.50, 1.90, (0.81, 1.45), 2),
        ("pth", "pg/mL", 480, 330, 520, (15, 65), 0),
        ("albumin", "g/L", 31, 37, 27, (35, 50), 0),
        ("crp", "mg/L", 58, 9, 85, (None, 5), 0),
    )
    weeks = [week for week in _LAB_WEEKS if week <= last_week]
    found: list[LabResult] = []
    for analyte, unit, start, better, worse, limits, digits in courses:
        if analyte in _MINERALS and not one.cause.uraemic:
            continue
        own = float(random.normal(1, 0.08))
        end = worse if grows else better
        values = {
            week: round((start + (end - start) * (week / 52) ** 0.5) * own, digits)
            for week in weeks
        }
        found += results(first, analyte, unit, values, limits=limits)
    return tuple(found)


def _analgesics(
    first: dt.date, worst: Fate, end_week: int | None, random: np.random.Generator
) -> tuple[AnalgesicUse, ...]:
    """A patch whose dose follows the wound, more in the first weeks, and tablets."""
    steps: list[tuple[int, int | None]] = []
    for week, doses in _FENTANYL[worst].items():
        dose = doses[int(random.integers(len(doses)))]
        if week < (end_week or math.inf) and (not steps or steps[-1][1] != dose):
            steps.append((week, dose))
    stops = [*(week for week, _dose in steps[1:]), end_week]
    patches = tuple(
        taken(first, "fentanyl_patch", week, stop, dose, "µg/h", "transdermal")
        for (week, dose), stop in zip(steps, stops, strict=True)
        if dose is not None
    )
    more_mg, times = random.choice(_HYDROMORPHONE_MG), float(random.integers(1, 4))
    last_week = min(16, end_week or 16)
    return (
        *patches,
        taken(
            first, "hydromorphone", -1, last_week, float(more_mg), "mg", "oral", times_a_day=times
        ),
        taken(first, "paracetamol", -4, end_week, 1, "g", "oral", times_a_day=3),
    )


def _events(one: Followed, first: dt.date, last_week: int) -> tuple[Happened, ...]:
    happened = [Happened(event(first, EventKind.BIOPSY, (0,), "compatible"), "A")]
    if one.died_day is not None and one.died_day < 365:
        weeks = (max(0, last_week - 3), last_week)
        happened.append(Happened(event(first, EventKind.INFECTION, weeks, "sepsis"), "A"))
        happened.append(Happened(event(first, EventKind.HOSPITAL_STAY, weeks, "wound")))
    for course in one.courses:
        if course.stop_cause is StopCause.ADVERSE_EVENT and course.stop_week is not None:
            week, reason = course.stop_week, _(course.stop_reason)
            adverse = event(first, EventKind.ADVERSE_EVENT, (week,), one.adverse_grade, reason)
            happened.append(Happened(adverse, therapy=course.therapy))
    return tuple(happened)
