"""The demonstration's three invented patients. Any likeness to a person is chance."""

import datetime as dt
from dataclasses import replace

from woundtrack.context.types import RiskFactor
from woundtrack.demo import context, lesions
from woundtrack.demo.types import DemoCourse, DemoPatient
from woundtrack.records import (
    Consent,
    ConsentPurpose,
    DialysisMode,
    Patient,
    Sex,
)
from woundtrack.therapy.types import StopCause, TherapySession

_PLAIN = TherapySession(course_id=0, on=dt.date.min)
_PRESENT = (
    "diabetes", "obesity", "low_albumin", "vitamin_k_antagonist", "calcium_binders",
    "hyperparathyroidism", "inflammation",
)  # fmt: skip
_ABSENT = ("intravenous_iron", "autoimmunity", "under_dialysis", "trauma", "bariatric_surgery")


def _risks() -> tuple[RiskFactor, ...]:
    return (
        *(RiskFactor(key, present=True) for key in _PRESENT),
        *(RiskFactor(key, present=False) for key in _ABSENT),
    )


def _consents(first: dt.date, *purposes: ConsentPurpose) -> tuple[Consent, ...]:
    return tuple(Consent(purpose, first) for purpose in purposes)


def people(first_visit: dt.date) -> tuple[DemoPatient, ...]:
    """The three patients, their first visit on this date."""
    care, teaching = ConsentPurpose.CARE, ConsentPurpose.TEACHING
    return (
        DemoPatient(
            Patient(
                hospital_number="D-100417",
                birth_name="Bernard",
                used_name="Lefèvre",
                first_names="Madeleine",
                birth_date=dt.date(1958, 4, 17),
                sex=Sex.FEMALE,
                dialysis=DialysisMode.HAEMODIALYSIS,
                dialysis_since_on=first_visit - dt.timedelta(days=1512),
                risk_factors=_risks(),
                consents=_consents(first_visit, care, teaching),
            ),
            weeks=(0, 1, 2, 3, 4, 6, 8, 10, 12),
            lesions=(lesions.calf(), lesions.thigh()),
            courses=(
                replace(
                    DemoCourse("sts_iv", 0, None, 25, "g", "intravenous", "three_times_weekly"),
                    weekdays=(0, 2, 4),
                    session=replace(_PLAIN, dose=25.0, unit="g", duration_min=60.0),
                ),
                replace(
                    DemoCourse("rheopheresis", 4, 10, None, "", "extracorporeal", "weekly"),
                    stop_cause=StopCause.COMPLETED,
                    weekdays=(1,),
                    session=replace(
                        _PLAIN, duration_min=120.0, blood_flow_ml_min=120.0, plasma_percent=25.0
                    ),
                ),
                DemoCourse("stop_vka", 0, None, None, "", "", ""),
            ),
            skin_bgr=(0.56, 0.67, 0.85),
            vas=True,
            wound_qol=((0, 3.18), (6, 2.47), (12, 1.59)),
            context=context.calciphylaxis(first_visit),
        ),
        DemoPatient(
            Patient(
                hospital_number="D-100982",
                birth_name="Moreau",
                first_names="Jean-Paul",
                birth_date=dt.date(1949, 11, 2),
                sex=Sex.MALE,
                consents=_consents(first_visit, care),
            ),
            weeks=(0, 2, 4, 6, 8, 10, 12),
            lesions=(lesions.ankle(), *lesions.ankle_parts()),
            courses=(DemoCourse("dressing", 0, None, None, "", "local", "twice_weekly"),),
            skin_bgr=(0.62, 0.71, 0.88),
            without_scale=(4,),
            bedside=(6,),
            wound_qol=((0, 1.88), (12, 1.29)),
            context=context.venous(first_visit),
        ),
        DemoPatient(
            Patient(
                hospital_number="D-101335",
                birth_name="Nguyễn",
                first_names="Thị Lan",
                birth_date=dt.date(1971, 8, 29),
                sex=Sex.FEMALE,
                consents=_consents(first_visit, care),
                # Two weeks after the last visit, by telephone.
                last_contact_on=first_visit + dt.timedelta(weeks=12),
            ),
            weeks=(0, 2, 4, 6, 8, 10),
            lesions=(lesions.forearm(), lesions.finger()),
            courses=(
                DemoCourse(
                    "sts_lesion", 0, 6, 250, "mg", "intralesional", "weekly", StopCause.HEALED
                ),
            ),
            skin_bgr=(0.42, 0.57, 0.78),
            context=context.calcinosis(first_visit),
        ),
    )
