"""What was kept beside the wounds of the invented patients: laboratory, analgesics, events."""

import datetime as dt
from dataclasses import replace

from woundtrack.context.types import (
    AnalgesicUse,
    ClinicalEvent,
    Comparator,
    EventKind,
    LabResult,
)
from woundtrack.demo.types import Context, Happened
from woundtrack.words import _

NOBODY = 0
"""The patient is known when a record is stored."""


def calciphylaxis(first: dt.date) -> Context:
    """Uraemic calciphylaxis: minerals fall slowly, inflammation under rheopheresis."""
    return Context(
        labs=(
            *results(first, "calcium_total", "mmol/L", {0: 2.46, 4: 2.39, 8: 2.31, 12: 2.27},
                   limits=(2.15, 2.55)),
            *results(first, "phosphate", "mmol/L", {0: 2.12, 4: 1.94, 8: 1.72, 12: 1.58},
                   limits=(0.81, 1.45)),
            *results(first, "pth", "pg/mL", {0: 612, 4: 548, 8: 437, 12: 371}, limits=(15, 65)),
            *results(first, "albumin", "g/L", {0: 28, 4: 30, 8: 33, 12: 35}, limits=(35, 50)),
            *results(first, "crp", "mg/L", {0: 64, 3: 88, 4: 61, 6: 42, 8: 27, 10: 21, 12: 19},
                   limits=(None, 5)),
            *results(first, "fibrinogen", "g/L", {0: 6.1, 4: 5.8, 6: 3.9, 8: 2.9, 10: 2.4, 12: 2.8},
                   limits=(2, 4)),
            *results(first, "fetuin_a", "g/L", {0: 0.21, 12: 0.27}, limits=(0.35, 0.95)),
            *_named(first, _("INR"), {-1: 2.7, 0: 2.1, 2: 1.1}),
        ),
        analgesics=(
            taken(first, "fentanyl_patch", -3, 6, 25, "µg/h", "transdermal"),
            taken(first, "fentanyl_patch", 6, None, 12, "µg/h", "transdermal"),
            # Before dressings, as often as needed: the total of those weeks is incomplete.
            taken(first, "fentanyl_other", -1, 4, 100, "µg", "nasal"),
            taken(first, "paracetamol", -3, None, 1, "g", "oral", times_a_day=3),
        ),
        events=(
            Happened(
                event(first, EventKind.HOSPITAL_STAY, (-2, 0), "wound"),
            ),
            Happened(
                event(first, EventKind.BIOPSY, (-1,), "confirmed",
                       _("calcium and clots in small vessels of the fat")), "B",
            ),
            Happened(
                event(first, EventKind.INFECTION, (3, 5), "local", "Staphylococcus aureus"), "A"
            ),
            Happened(
                event(first, EventKind.ADVERSE_EVENT, (6,), "grade_2",
                       _("nausea and vomiting during the infusion")), therapy="sts_iv",
            ),
        ),
    )  # fmt: skip


def venous(first: dt.date) -> Context:
    """A venous ulcer: little else is looked at."""
    return Context(
        labs=(
            *results(first, "albumin", "g/dL", {0: 3.7, 12: 3.9}, limits=(3.5, 5.0)),
            *results(first, "crp", "mg/L", {0: 14, 12: 6}, limits=(None, 5)),
        ),
        analgesics=(
            taken(first, "tramadol", -2, 6, 50, "mg", "oral", times_a_day=3),
            taken(first, "paracetamol", 6, None, 1, "g", "oral", times_a_day=2),
        ),
    )


def calcinosis(first: dt.date) -> Context:
    """Dystrophic calcinosis: calcium and phosphate are normal, in mg/dL."""
    crp = LabResult(NOBODY, first, "crp", 3.0, "mg/L", comparator=Comparator.BELOW, upper_limit=5.0)
    return Context(
        labs=(
            *results(first, "calcium_total", "mg/dL", {0: 9.4, 8: 9.3}, limits=(8.6, 10.2)),
            *results(first, "phosphate", "mg/dL", {0: 3.6, 8: 3.4}, limits=(2.5, 4.5)),
            *results(first, "pth", "ng/L", {0: 41}, limits=(15, 65)),
            crp,
        ),
        analgesics=(taken(first, "paracetamol", 0, 8, 1, "g", "oral", times_a_day=2),),
        events=(
            Happened(
                event(
                    first, EventKind.ADVERSE_EVENT, (2,), "grade_1", _("burning at the injection")
                ),
                therapy="sts_lesion",
            ),
        ),
    )


def results(
    first: dt.date,
    analyte: str,
    unit: str,
    values: dict[int, float],
    *,
    limits: tuple[float | None, float | None],
) -> tuple[LabResult, ...]:
    """Results by week, with the laboratory's limits."""
    low, high = limits
    return tuple(
        LabResult(
            NOBODY,
            first + dt.timedelta(weeks=week),
            analyte,
            float(value),
            unit,
            lower_limit=low,
            upper_limit=high,
        )
        for week, value in values.items()
    )


def _named(first: dt.date, name: str, values: dict[int, float]) -> tuple[LabResult, ...]:
    """Results that the clinic named itself, without a unit and without limits."""
    made = results(first, "other", "", values, limits=(None, None))
    return tuple(replace(each, name=name) for each in made)


def taken(
    first: dt.date,
    drug: str,
    start_week: int,
    stop_week: int | None,
    dose: float,
    unit: str,
    route: str,
    *,
    times_a_day: float | None = None,
) -> AnalgesicUse:
    """An analgesic up to the eve of its last week."""
    eve = None if stop_week is None else dt.timedelta(weeks=stop_week, days=-1)
    return AnalgesicUse(
        NOBODY,
        drug,
        first + dt.timedelta(weeks=start_week),
        None if eve is None else first + eve,
        route=route,
        dose=dose,
        unit=unit,
        times_a_day=times_a_day,
    )


def event(
    first: dt.date, kind: EventKind, weeks: tuple[int, ...], finding: str, text: str = ""
) -> ClinicalEvent:
    """An event in a week, or from one to another."""
    days = [first + dt.timedelta(weeks=week) for week in weeks]
    until = days[1] if len(days) > 1 else None
    return ClinicalEvent(NOBODY, kind, days[0], until, finding=finding, text=text)
