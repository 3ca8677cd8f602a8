"""What the cohort's page asks and shows; knows nothing of Qt and imports no statistics."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from woundtrack.cohort.data import CohortData, Which, therapies_of
from woundtrack.cohort.rows import GROUPS
from woundtrack.cohort.types import Cohort, Filter, TherapyChoice
from woundtrack.report.cohort_filter import parts_of
from woundtrack.report.cohort_text import NEITHER

if TYPE_CHECKING:
    from woundtrack.cohort.selection import Selection

LAST_ORDINAL = dt.date.max.toordinal()


@dataclass(frozen=True, slots=True)
class WithoutPart:
    """One part of a filter that leaves nobody, and how many there are without it."""

    text: str
    asked: Filter
    patients: int


@dataclass(frozen=True, slots=True, eq=False)
class CohortAnswer:
    """A cohort with all that its page shows beside it."""

    cohort: Cohort
    visits: int
    people: Mapping[str, tuple[int, ...]]
    """Ids of the patients of each group: all, central, peripheral, neither."""
    therapies: tuple[tuple[TherapyChoice, int], ...]
    known: int
    """Patients of the clinic."""
    without: tuple[WithoutPart, ...] = ()
    """Where the filter leaves nobody: each part that does so alone."""


def answer_of(data: CohortData, asked: Filter) -> CohortAnswer:
    """The cohort of a filter. The first call loads the statistics."""
    from woundtrack.cohort.cohort import cohort_among, groups_among

    groups = groups_among(data, asked)
    found, central, peripheral = groups
    people = dict(zip(GROUPS, (group.patients for group in groups), strict=True))
    people[NEITHER] = found.patients & ~central.patients & ~peripheral.patients
    return CohortAnswer(
        cohort=cohort_among(*groups),
        visits=_visits(found),
        people={key: _ids(data, which) for key, which in people.items()},
        therapies=therapies_of(data),
        known=len(data.patients.ids),
        without=() if found.patients.any() else _without(data, asked),
    )


def _visits(found: "Selection") -> int:
    """Days on which a patient's lesions were seen."""
    owners = found.data.lesions.patient[found.points.lesion]
    return len(np.unique(owners * LAST_ORDINAL + found.points.day.astype(np.int64)))


def _without(data: CohortData, asked: Filter) -> tuple[WithoutPart, ...]:
    from woundtrack.cohort.selection import select

    counted = (
        WithoutPart(text, without, int(select(data, without).patients.sum()))
        for text, without in parts_of(asked)
    )
    return tuple(one for one in counted if one.patients)


def _ids(data: CohortData, which: Which) -> tuple[int, ...]:
    return tuple(int(one) for one in data.patients.ids[which])
