"""The demonstration's three invented patients. Any likeness to a person is chance."""

import datetime as dt
from dataclasses import dataclass, replace

from woundtrack.demo.wound import Tissue, Wound
from woundtrack.records import (
    Aetiology,
    BodyView,
    Consent,
    ConsentPurpose,
    DialysisMode,
    Patient,
    Sex,
    Side,
)
from woundtrack.therapy.types import StopCause, TherapySession


@dataclass(frozen=True, slots=True)
class DemoLesion:
    """A lesion and its course: `lengths` are its relative size at each visit (0: closed)."""

    label: str
    site: str
    side: Side
    aetiology: Aetiology
    view: BodyView
    body: tuple[float, float]
    """Where on the body map, 0 to 1."""
    wound: Wound
    last_tissue: Tissue
    lengths: tuple[float, ...]
    first_bwat: tuple[int, ...]
    last_bwat: tuple[int, ...]
    pain: tuple[int, int]
    """First and last, 0 to 10."""


_PLAIN = TherapySession(course_id=0, on=dt.date.min)
"""A session of which nothing was noted; its course and day are given when it is stored."""


@dataclass(frozen=True, slots=True)
class DemoCourse:
    """A therapy course, in weeks from the first visit."""

    therapy: str
    start_week: int
    stop_week: int | None
    dose: float | None
    unit: str
    route: str
    frequency: str
    stop_cause: StopCause | None = None
    weekdays: tuple[int, ...] = ()
    """On which weekdays a session was given, Monday 0."""
    session: TherapySession = _PLAIN
    """What each session was."""


@dataclass(frozen=True, slots=True)
class DemoPatient:
    """A patient, the weeks of the visits, the lesions and the therapies."""

    patient: Patient
    weeks: tuple[int, ...]
    lesions: tuple[DemoLesion, ...]
    courses: tuple[DemoCourse, ...]
    skin_bgr: tuple[float, float, float]
    without_scale: tuple[int, ...] = ()
    """Weeks whose photo shows no card: kept, and shown as not measured."""
    bedside: tuple[int, ...] = ()
    """Weeks measured by a ruler at the bedside, without a photo."""


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
                consents=_consents(first_visit, care, teaching),
            ),
            weeks=(0, 1, 2, 3, 4, 6, 8, 10, 12),
            lesions=(_calf(), _thigh()),
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
            lesions=(_ankle(),),
            courses=(DemoCourse("dressing", 0, None, None, "", "local", "twice_weekly"),),
            skin_bgr=(0.62, 0.71, 0.88),
            without_scale=(4,),
            bedside=(6,),
        ),
        DemoPatient(
            Patient(
                hospital_number="D-101335",
                birth_name="Nguyễn",
                first_names="Thị Lan",
                birth_date=dt.date(1971, 8, 29),
                sex=Sex.FEMALE,
                consents=_consents(first_visit, care),
            ),
            weeks=(0, 2, 4, 6, 8, 10),
            lesions=(_forearm(),),
            courses=(
                DemoCourse(
                    "sts_lesion", 0, 6, 250, "mg", "intralesional", "weekly", StopCause.HEALED
                ),
            ),
            skin_bgr=(0.42, 0.57, 0.78),
        ),
    )


def _calf() -> DemoLesion:
    return DemoLesion(
        label="A",
        site="calf",
        side=Side.LEFT,
        aetiology=Aetiology.CALCIPHYLAXIS,
        view=BodyView.BACK,
        body=(0.42, 0.76),
        wound=Wound(17, tissue=Tissue(0.30, 0.35), livedo=0.8),
        last_tissue=Tissue(0.10, 0.0),
        lengths=(1.0, 1.03, 1.02, 0.97, 0.92, 0.84, 0.76, 0.69, 0.62),
        first_bwat=(3, 4, 3, 2, 5, 4, 3, 3, 4, 2, 3, 5, 5),
        last_bwat=(2, 3, 2, 1, 2, 2, 3, 2, 2, 1, 1, 2, 3),
        pain=(8, 3),
    )


def _thigh() -> DemoLesion:
    return DemoLesion(
        label="B",
        site="thigh",
        side=Side.RIGHT,
        aetiology=Aetiology.CALCIPHYLAXIS,
        view=BodyView.FRONT,
        body=(0.42, 0.55),
        wound=Wound(
            21, aspect=1.6, turn_deg=-25, waves=((0.14, 1.0), (0.06, 0.5), (0.05, 3.0)),
            tissue=Tissue(0.2, 0.55), livedo=1.0,
        ),
        last_tissue=Tissue(0.35, 0.15),
        lengths=(1.0, 1.05, 1.09, 1.11, 1.10, 1.06, 1.01, 0.95, 0.90),
        first_bwat=(4, 4, 4, 3, 5, 5, 3, 3, 4, 2, 4, 5, 5),
        last_bwat=(3, 4, 3, 2, 3, 3, 3, 3, 3, 2, 2, 4, 4),
        pain=(9, 5),
    )  # fmt: skip


def _ankle() -> DemoLesion:
    return DemoLesion(
        label="A",
        site="ankle",
        side=Side.RIGHT,
        aetiology=Aetiology.VENOUS,
        view=BodyView.FRONT,
        body=(0.43, 0.89),
        wound=Wound(14, aspect=1.2, turn_deg=60, tissue=Tissue(0.35, 0.0)),
        last_tissue=Tissue(0.10, 0.0),
        lengths=(1.0, 0.96, 0.93, 0.90, 0.86, 0.80, 0.76),
        first_bwat=(3, 3, 3, 1, 3, 3, 4, 4, 4, 4, 2, 3, 4),
        last_bwat=(2, 3, 2, 1, 2, 2, 4, 3, 4, 2, 1, 2, 4),
        pain=(4, 2),
    )


def _forearm() -> DemoLesion:
    return DemoLesion(
        label="A",
        site="forearm",
        side=Side.LEFT,
        aetiology=Aetiology.CALCINOSIS,
        view=BodyView.FRONT,
        body=(0.72, 0.42),
        wound=Wound(8, aspect=1.4, tissue=Tissue(0.25, 0.0)),
        last_tissue=Tissue(0.05, 0.0),
        lengths=(1.0, 0.84, 0.62, 0.36, 0.0, 0.0),
        first_bwat=(2, 3, 3, 1, 3, 3, 3, 3, 2, 1, 2, 3, 5),
        last_bwat=(2, 2, 2, 1, 1, 1, 1, 1, 2, 1, 1, 1, 2),
        pain=(5, 1),
    )
