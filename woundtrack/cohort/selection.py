"""Which patients and lesions a filter finds, and each one's time zero."""

from dataclasses import dataclass

import numpy as np

from woundtrack.cohort.data import (
    AETIOLOGIES,
    SITE_CLASSES,
    SUBTYPES,
    CohortData,
    Days,
    Points,
    Which,
)
from woundtrack.cohort.summaries import counted
from woundtrack.cohort.types import Filter, Missing, Reason
from woundtrack.context.types import CalcinosisSubtype
from woundtrack.records import Aetiology, SiteClass


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """What a filter finds; columns of all patients, shape (p,), and all lesions, shape (l,)."""

    data: CohortData
    filter: Filter
    patients: Which
    lesions: Which
    zero: Days
    """A patient's time zero."""
    seen: Days
    """When a lesion of the selection was first seen in a patient."""
    lesion_seen: Days
    """When a lesion was first seen."""
    lesion_zero: Days
    """A lesion's time zero: its patient's where a therapy was chosen, else its own first visit."""
    points: Points
    """Of the lesions of the selection alone, and while they are lesions of their own."""
    left_out: tuple[Missing, ...]

    @property
    def watched_from(self) -> Days:
        """From when a patient is under watch: not before one of these lesions was seen."""
        return np.fmax(self.zero, self.seen)

    def of(self, patients: Which) -> "Selection":
        """These patients of it alone, with their lesions."""
        lesions = self.lesions & patients[self.data.lesions.patient]
        points = self.points.only(lesions[self.points.lesion])
        return Selection(
            self.data,
            self.filter,
            self.patients & patients,
            lesions,
            self.zero,
            self.seen,
            self.lesion_seen,
            self.lesion_zero,
            points,
            (),
        )


def select(data: CohortData, asked: Filter) -> Selection:
    """The patients with a lesion that fits, who had the therapy, whose time zero lies in time."""
    patient, count = data.lesions.patient, len(data.patients.ids)
    fits = _fitting(data, asked)
    became = data.lesions.became[data.points.lesion]
    own = fits[data.points.lesion] & ~(data.points.day >= became)
    points = data.points.only(own)
    lesion_seen = first_days(points.lesion, points.day, len(data.lesions.ids))
    seen = first_days(patient[fits], lesion_seen[fits], count)
    zero = seen if asked.therapy is None else first_doses(data, asked)
    has_lesion = np.bincount(patient[fits], minlength=count) > 0
    asked_for = has_lesion & (
        np.ones(count, np.bool_) if asked.therapy is None else ~np.isnan(zero)
    )
    left_out = {
        Reason.NEVER_SEEN: asked_for & np.isnan(seen),
        Reason.NOT_STARTED: asked_for & ~np.isnan(seen) & (zero > data.today.toordinal()),
        Reason.AFTER_DEATH: asked_for & ~np.isnan(seen) & (zero > data.patients.died),
    }
    in_time = np.ones(count, np.bool_)
    if asked.from_on is not None:
        in_time &= zero >= asked.from_on.toordinal()
    if asked.to_on is not None:
        in_time &= zero <= asked.to_on.toordinal()
    patients = asked_for & in_time
    for which in left_out.values():
        patients &= ~which
    lesions = fits & patients[patient]
    return Selection(
        data,
        asked,
        patients,
        lesions,
        zero,
        seen,
        lesion_seen,
        lesion_seen if asked.therapy is None else zero[patient],
        points.only(lesions[points.lesion]),
        counted(left_out),
    )


def central_and_peripheral(found: Selection) -> tuple[Which, Which]:
    """Patients with a central lesion; patients with a peripheral one and none nearer the trunk.

    By the lesions that were seen when the patient came under watch: a lesion that appears later
    says that the patient lived until then. Acral and unclassified lesions decide nothing; genital
    and breast ones are neither.
    """
    patient = found.data.lesions.patient
    early = found.lesions & (found.lesion_seen <= found.watched_from[patient])

    def with_any(*classes: SiteClass) -> Which:
        places = [SITE_CLASSES.index(each) for each in classes]
        which = early & np.isin(found.data.lesions.site_class, places)
        having: Which = np.bincount(patient[which], minlength=len(found.patients)) > 0
        return having

    central = with_any(SiteClass.CENTRAL)
    near = central | with_any(SiteClass.GENITAL, SiteClass.BREAST)
    return found.patients & central, found.patients & with_any(SiteClass.PERIPHERAL) & ~near


def first_days(of: np.ndarray, days: Days, count: int) -> Days:
    """The first of the days, shape (n,), of each of `count` owners; NaN where there is none."""
    found = np.full(count, np.inf)
    np.fmin.at(found, of, days)
    return np.where(np.isinf(found), np.nan, found)


def first_doses(data: CohortData, asked: Filter) -> Days:
    """When each patient's first course of the chosen therapy began, shape (p,); NaN for none."""
    taken = chosen_courses(data, asked)
    return first_days(
        data.courses.patient[taken], data.courses.start[taken], len(data.patients.ids)
    )


def chosen_courses(data: CohortData, asked: Filter) -> Which:
    """The courses of the chosen therapy, however its name is written, shape (c,)."""
    names = [(each.key, each.name.casefold().strip()) for each in data.therapies]
    wanted = asked.therapy and (asked.therapy.key, asked.therapy.name.casefold().strip())
    chosen: Which = data.courses.therapy == (names.index(wanted) if wanted in names else -1)
    return chosen


def _fitting(data: CohortData, asked: Filter) -> Which:
    lesions = data.lesions
    fits = np.ones(len(lesions.ids), np.bool_)
    if asked.aetiologies:
        fits &= np.isin(lesions.aetiology, [AETIOLOGIES.index(each) for each in asked.aetiologies])
    if asked.site_classes:
        places = [SITE_CLASSES.index(each) for each in asked.site_classes]
        fits &= np.isin(lesions.site_class, places)
    if asked.uraemic is not None:
        other = lesions.aetiology != AETIOLOGIES.index(Aetiology.CALCIPHYLAXIS)
        fits &= other | (lesions.uraemic == int(asked.uraemic))
    if asked.subtypes:
        subtypes: frozenset[CalcinosisSubtype] = asked.subtypes
        other = lesions.aetiology != AETIOLOGIES.index(Aetiology.CALCINOSIS)
        fits &= other | np.isin(lesions.subtype, [SUBTYPES.index(each) for each in subtypes])
    return fits
