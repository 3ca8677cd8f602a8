"""A clinic made by hand, as the columns that cohorts are computed from. Days count from `DAY_0`."""

import datetime as dt
from dataclasses import dataclass, field

import numpy as np

from woundtrack.cohort.cohort import cohort_of
from woundtrack.cohort.data import (
    AETIOLOGIES,
    METHODS,
    SITE_CLASSES,
    STOP_CAUSES,
    SUBTYPES,
    Analgesics,
    CohortData,
    Courses,
    Lesions,
    Patients,
    Points,
)
from woundtrack.cohort.types import Endpoints, Filter, Reason, Sample, TherapyChoice
from woundtrack.context.types import AnalgesicUse, CalcinosisSubtype
from woundtrack.records import Aetiology, SiteClass, SizeMethod
from woundtrack.therapy.types import StopCause

DAY_0 = dt.date(2024, 1, 1)
TODAY = 2000
STS = TherapyChoice("sts_iv")
RHEO = TherapyChoice("rheopheresis")
CHOICES = (STS, RHEO)
BY_STS = Filter(therapy=STS)


def on(day: int) -> dt.date:
    """The date of a day."""
    return DAY_0 + dt.timedelta(days=day)


def _days(values: list[float | None]) -> np.ndarray:
    start = DAY_0.toordinal()
    return np.array([np.nan if v is None else v + start for v in values], np.float64)


@dataclass
class MadeClinic:
    """Add patients, lesions, visits and courses; then `data`."""

    patients: list[tuple[float | None, bool, float | None]] = field(default_factory=list)
    lesions: list[tuple[int, int, int, int, int, float | None]] = field(default_factory=list)
    points: list[tuple[int, float, int, float]] = field(default_factory=list)
    courses: list[tuple[int, int, float, float | None, int]] = field(default_factory=list)
    uses: list[AnalgesicUse] = field(default_factory=list)

    def patient(
        self, *, died: float | None = None, contact: float | None = 0, undated: bool = False
    ) -> int:
        self.patients.append((died, undated, died if died is not None else contact))
        return len(self.patients) - 1

    def lesion(
        self,
        patient: int,
        *,
        site: SiteClass = SiteClass.PERIPHERAL,
        cause: Aetiology = Aetiology.CALCIPHYLAXIS,
        uraemic: bool | None = None,
        subtype: CalcinosisSubtype | None = None,
        became: float | None = None,
    ) -> int:
        self.lesions.append(
            (
                patient,
                AETIOLOGIES.index(cause),
                SITE_CLASSES.index(site),
                -1 if uraemic is None else int(uraemic),
                -1 if subtype is None else SUBTYPES.index(subtype),
                became,
            )
        )
        return len(self.lesions) - 1

    def seen(
        self, lesion: int, day: float, size: float | None, method: SizeMethod = SizeMethod.TRACED
    ) -> None:
        """A visit with a size; 0 is closed, None not measured."""
        if size is None:
            method, size = SizeMethod.NOT_MEASURED, np.nan
        elif size == 0:
            method = SizeMethod.CLOSED
        self.points.append((lesion, day, METHODS.index(method), size))

    def visits(self, lesion: int, *sizes: tuple[float, float | None]) -> int:
        for day, size in sizes:
            self.seen(lesion, day, size)
        return lesion

    def course(
        self,
        patient: int,
        start: float,
        stop: float | None = None,
        *,
        therapy: TherapyChoice = STS,
        cause: StopCause | None = None,
    ) -> None:
        place = -1 if cause is None else STOP_CAUSES.index(cause)
        self.courses.append((patient, CHOICES.index(therapy), start, stop, place))

    @property
    def data(self) -> CohortData:
        whose, cause, site, uraemic, subtype, became = _columns(self.lesions, 6)
        lesion, day, method, size = _columns(sorted(self.points), 4)
        owner, therapy, start, stop, why = _columns(self.courses, 5)
        died, undated, contact = _columns(self.patients, 3)
        return CohortData(
            today=on(TODAY),
            patients=Patients(
                np.arange(len(self.patients)) + 1,
                _days(died),
                np.array(undated, bool),
                _days(contact),
            ),
            lesions=Lesions(
                np.arange(len(self.lesions)) + 1,
                *(np.array(each, np.int64) for each in (whose, cause, site, uraemic, subtype)),
                _days(became),
            ),
            points=Points(
                np.array(lesion, np.int64),
                _days(day),
                np.array(method, np.int64),
                np.array(size, np.float64),
            ),
            courses=Courses(
                np.array(owner, np.int64),
                np.array(therapy, np.int64),
                _days(start),
                _days(stop),
                np.array(why, np.int64),
            ),
            therapies=CHOICES,
            analgesics=Analgesics(
                np.array([use.patient_id - 1 for use in self.uses], np.int64),
                np.arange(len(self.uses)),
                _days([(use.start_on - DAY_0).days for use in self.uses]),
                _days([use.stop_on and (use.stop_on - DAY_0).days for use in self.uses]),
                tuple(self.uses),
            ),
        )


def _columns(rows: list[tuple], count: int) -> list[list]:
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[]] * count


def clinic_of(
    *lesions: tuple[tuple[float, float | None], ...], start: float | None = 0
) -> MadeClinic:
    """One patient a lesion, with these visits, followed until 400, on thiosulfate from `start`."""
    clinic = MadeClinic()
    for visits in lesions:
        patient = clinic.patient(contact=400)
        clinic.visits(clinic.lesion(patient), *visits)
        if start is not None:
            clinic.course(patient, start)
    return clinic


def everyone(clinic: MadeClinic, asked: Filter = BY_STS) -> Endpoints:
    return cohort_of(clinic.data, asked).everyone


def missing(sample: Sample) -> dict[Reason, int]:
    return {each.reason: each.count for each in sample.missing}


def survivors(clinic: MadeClinic, count: int, *, died: float | None = None, contact: float = 400):
    for _each in range(count):
        patient = clinic.patient(died=died, contact=contact)
        clinic.visits(clinic.lesion(patient), (0, 10.0))
        clinic.course(patient, 0)
