"""A made cohort for tests of what is told of one: eight central patients, eight peripheral ones."""

from tests.cohort.made import RHEO, STS, MadeClinic
from woundtrack.cohort.cohort import cohort_of
from woundtrack.cohort.data import CohortData
from woundtrack.cohort.types import Cohort, Filter
from woundtrack.records import SiteClass
from woundtrack.therapy.types import StopCause


def made_data(central: int = 8, peripheral: int = 8) -> CohortData:
    """Patients with one lesion, thiosulfate from day 0, a year of visits; every other central
    patient dies on day 100, and every second peripheral lesion closes."""
    clinic = MadeClinic()
    for number in range(central):
        dies = number % 2 == 0
        patient = clinic.patient(died=100 + number if dies else None, contact=400)
        lesion = clinic.lesion(patient, site=SiteClass.CENTRAL)
        last = 84 if dies else 364
        days = [day for day in (0, 84, 168, 364) if day <= last]
        clinic.visits(lesion, *((day, 10.0 + number - day / 100) for day in days))
        clinic.course(patient, 0, 60, cause=StopCause.ADVERSE_EVENT if number == 1 else None)
    for number in range(peripheral):
        patient = clinic.patient(contact=400)
        lesion = clinic.lesion(patient)
        end = 0.0 if number % 2 == 0 else 4.0
        clinic.visits(lesion, (0, 8.0), (84, 5.0), (168, end), (196, end), (364, end))
        clinic.course(patient, 0)
        clinic.course(patient, 10, therapy=RHEO)
    return clinic.data


def made_cohort(central: int = 8, peripheral: int = 8) -> Cohort:
    """Its endpoints from the first dose of thiosulfate."""
    return cohort_of(made_data(central, peripheral), Filter(therapy=STS))


def refused_cohort() -> Cohort:
    """Six peripheral patients: one dies on day 50, before the others were first seen here."""
    clinic = MadeClinic()
    for number in range(6):
        patient = clinic.patient(died=None if number else 50, contact=400)
        clinic.visits(clinic.lesion(patient), (100 if number else 0, 8.0), (300, 7.0))
        clinic.course(patient, 0)
    return cohort_of(clinic.data, Filter(therapy=STS))
