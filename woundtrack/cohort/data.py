"""What a cohort is computed from: numbers in columns, no object for a visit.

Days are ordinal days as float64, NaN where there is none. `patient`, `lesion` and `therapy` columns
hold places in the columns or tuples of these, not ids.
"""

import datetime as dt
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from woundtrack.cohort.types import TherapyChoice
from woundtrack.context.types import AnalgesicUse, CalcinosisSubtype
from woundtrack.records import Aetiology, SiteClass, SizeMethod
from woundtrack.therapy.types import StopCause

Days: TypeAlias = NDArray[np.float64]
Places: TypeAlias = NDArray[np.int64]
Which: TypeAlias = NDArray[np.bool_]

AETIOLOGIES = tuple(Aetiology)
SITE_CLASSES = tuple(SiteClass)
SUBTYPES = tuple(CalcinosisSubtype)
METHODS = tuple(SizeMethod)
STOP_CAUSES = tuple(StopCause)
UNKNOWN = -1
"""In a column of places: nobody said."""

TRACED = METHODS.index(SizeMethod.TRACED)
BEDSIDE = METHODS.index(SizeMethod.BEDSIDE)
CLOSED = METHODS.index(SizeMethod.CLOSED)


@dataclass(frozen=True, slots=True)
class Patients:
    """Patients, shape (p,) each."""

    ids: Places
    died: Days
    died_undated: Which
    """Known to be dead, but not since when."""
    contact: Days
    """Last contact, as `woundtrack.context.contact` has it."""


@dataclass(frozen=True, slots=True)
class Lesions:
    """Lesions, shape (l,) each."""

    ids: Places
    patient: Places
    aetiology: Places
    site_class: Places
    uraemic: Places
    """1, 0, or `UNKNOWN`."""
    subtype: Places
    became: Days
    """The first day on which it was no lesion of its own any more."""


@dataclass(frozen=True, slots=True)
class Points:
    """Confirmed assessments in the order of lesion and day, shape (v,) each.

    As `healing.series.Point`: `size` is traced cm² or bedside length x width, 0 where closed, NaN
    where nothing was measured.
    """

    lesion: Places
    day: Days
    method: Places
    size: Days

    def only(self, which: Which) -> "Points":
        """These alone."""
        return Points(self.lesion[which], self.day[which], self.method[which], self.size[which])


@dataclass(frozen=True, slots=True)
class Courses:
    """Therapy courses, shape (c,) each."""

    patient: Places
    therapy: Places
    """Places in `CohortData.therapies`."""
    start: Days
    stop: Days
    cause: Places
    """Why it stopped, or `UNKNOWN`."""


@dataclass(frozen=True, slots=True)
class Analgesics:
    """Who took what from when to when, shape (a,) each; NaN where a use goes on."""

    patient: Places
    way: Places
    """Places in `ways`."""
    start: Days
    stop: Days
    ways: tuple[AnalgesicUse, ...]
    """Each drug, route, dose and frequency that anyone took; of nobody and no day."""


@dataclass(frozen=True, slots=True, eq=False)
class CohortData:
    """Everything of a clinic that any cohort needs, without what lies in the bin."""

    today: dt.date
    """When it was read: what lies later has not happened."""
    patients: Patients
    lesions: Lesions
    points: Points
    courses: Courses
    analgesics: Analgesics
    therapies: tuple[TherapyChoice, ...] = ()
    """Every therapy that any patient had, in the catalogue's order, those named last."""


def therapies_of(data: CohortData) -> tuple[tuple[TherapyChoice, int], ...]:
    """Every therapy that may be chosen, and how many patients had it."""
    pairs = np.unique(np.stack([data.courses.therapy, data.courses.patient]), axis=1)
    counts = np.bincount(pairs[0], minlength=len(data.therapies))
    return tuple(zip(data.therapies, counts.tolist(), strict=True))
