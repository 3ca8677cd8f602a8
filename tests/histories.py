"""Patients' histories made by hand, without a store: what charts and reports read."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from woundtrack.instruments.bwat import BWAT
from woundtrack.instruments.forms import filled
from woundtrack.measure.types import Measurement
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Photo
from woundtrack.records import (
    Aetiology,
    Assessment,
    DialysisMode,
    Lesion,
    LesionMeasurement,
    Patient,
    PatientHistory,
    PhotoOutline,
    PhotoScale,
    Sex,
    Side,
    SiteClass,
    SizeMethod,
    Stored,
    TherapyCourse,
    Visit,
    VisitPhoto,
)
from woundtrack.scale.types import Scale, ScaleMethod

T = TypeVar("T")
FIRST_ON = dt.date(2026, 3, 3)
NOW = dt.datetime(2026, 6, 1, 14, 30)  # noqa: DTZ001 (a local time, as printed)
PATIENT = Patient(
    hospital_number="H-20471",
    birth_name="Nguyễn",
    used_name="Łukasz",
    first_names="Thị Minh",
    birth_date=dt.date(1958, 2, 7),
    sex=Sex.FEMALE,
    dialysis=DialysisMode.HAEMODIALYSIS,
    code="7F3K2-C",
)
WIDTH_PX, HEIGHT_PX = 640, 480
MM_PER_PX = 0.2


def stored(value: T, record_id: int, *, revision: int = 1) -> Stored[T]:
    """The value as a store would hold it."""
    at = dt.datetime(2026, 6, 1, 12, 0, tzinfo=dt.UTC)
    return Stored(record_id, f"uuid-{record_id}", revision, value, at, 1)


def circle_px(radius_cm: float) -> Outline:
    """A circle of this radius in the middle of the photo."""
    radius_px = radius_cm * 10 / MM_PER_PX
    ring = tuple(
        (
            WIDTH_PX / 2 + radius_px * math.cos(math.tau * i / 90),
            HEIGHT_PX / 2 + radius_px * math.sin(math.tau * i / 90),
        )
        for i in range(90)
    )
    return Outline((ring,))


def measurement_of(radius_cm: float, *, relative_sd: float = 0.02) -> Measurement:
    """The exact measures of a circle."""
    area = math.pi * radius_cm**2
    x, y, r = WIDTH_PX / 2, HEIGHT_PX / 2, radius_cm * 10 / MM_PER_PX
    return Measurement(
        area_cm2=area,
        area_cm2_sd=relative_sd * area,
        perimeter_cm=2 * math.pi * radius_cm,
        length_cm=2 * radius_cm,
        width_cm=2 * radius_cm,
        length_px=((x, y - r), (x, y + r)),
        width_px=((x - r, y), (x + r, y)),
    )


def scale() -> Scale:
    """A photo taken square on: 0.2 mm a px."""
    m = MM_PER_PX
    return Scale(
        method=ScaleMethod.CARD,
        homography_px_to_mm=((m, 0.0, 0.0), (0.0, m, 0.0), (0.0, 0.0, 1.0)),
        relative_sd=0.004,
        tilt_deg=0.0,
    )


def with_bwat(assessment: Assessment, total: int | None) -> Assessment:
    """With a form whose 13 items add up to the total, between 13 and 65."""
    if total is None:
        return assessment
    base, more = divmod(total, 13)
    return filled(assessment, BWAT, [base + (i < more) for i in range(13)])


def history_of(
    radii_cm: Sequence[float | str],
    *,
    patient: Patient = PATIENT,
    step_days: int = 7,
    with_photos: bool = True,
    courses: Sequence[TherapyCourse] | None = None,
    bwat: Sequence[int | None] = (),
    confirmed: bool = True,
) -> PatientHistory:
    """One lesion, one visit for each entry.

    An entry is a traced circle's radius, "bedside" (3.0 x 2.0 cm), "none" or "closed".
    """
    lesion = Lesion(
        patient_id=1, label="A", site="calf", side=Side.LEFT, aetiology=Aetiology.CALCIPHYLAXIS,
        onset_on=dt.date(2026, 1, 15), class_by_rule=SiteClass.PERIPHERAL,
    )  # fmt: skip
    history = PatientHistory(
        patient=stored(patient, 1),
        lesions=(stored(lesion, 1),),
        courses=tuple(
            stored(course, i) for i, course in enumerate(courses or default_courses(), 1)
        ),
    )
    for i, entry in enumerate(radii_cm, 1):
        total = bwat[i - 1] if i <= len(bwat) else None
        history = _with_visit(
            history,
            i,
            FIRST_ON + dt.timedelta(days=step_days * (i - 1)),
            entry,
            with_photo=with_photos,
            bwat_total=total,
            confirmed=confirmed,
        )
    return history


def default_courses() -> tuple[TherapyCourse, ...]:
    """One course that stopped and one that runs on."""
    return (
        TherapyCourse(
            patient_id=1, therapy="sts_iv", name="", dose=25.0, unit="g", route="intravenous",
            frequency="each_dialysis", start_on=dt.date(2026, 3, 10),
            stop_on=dt.date(2026, 5, 5), stop_reason="Nausea",
        ),
        TherapyCourse(
            patient_id=1, therapy="rheopheresis", name="", start_on=dt.date(2026, 4, 7),
            frequency="twice_weekly",
        ),
    )  # fmt: skip


def second_lesion(history: PatientHistory, radii_cm: Sequence[float]) -> PatientHistory:
    """The same history with a lesion B traced at the first visits."""
    lesion = replace(history.lesions[0].value, label="B", side=Side.RIGHT, site="heel")
    changed = replace(history, lesions=(*history.lesions, stored(lesion, 2)))
    for i, radius in enumerate(radii_cm, 1):
        measured = LesionMeasurement(i, 2, i, 900 + i, 1, i, 1, measurement_of(radius), True)
        assessment = Assessment(i, 2, SizeMethod.TRACED, 900 + i, confirmed=True)
        changed = replace(
            changed,
            measurements=(*changed.measurements, stored(measured, 900 + i)),
            assessments=(*changed.assessments, stored(assessment, 900 + i)),
        )
    return changed


def _with_visit(
    history: PatientHistory,
    i: int,
    on: dt.date,
    entry: float | str,
    *,
    with_photo: bool,
    bwat_total: int | None,
    confirmed: bool,
) -> PatientHistory:
    history = replace(history, visits=(*history.visits, stored(Visit(1, on), i)))
    method = {"bedside": SizeMethod.BEDSIDE, "none": SizeMethod.NOT_MEASURED,
              "closed": SizeMethod.CLOSED}.get(str(entry), SizeMethod.TRACED)  # fmt: skip
    assessment = with_bwat(
        Assessment(visit_id=i, lesion_id=1, size_method=method, pain_nrs=4, confirmed=confirmed),
        bwat_total,
    )
    if method is SizeMethod.BEDSIDE:
        assessment = replace(assessment, length_cm=3.0, width_cm=2.0)
    if not isinstance(entry, str):
        assessment = replace(assessment, measurement_id=i)
        measured = LesionMeasurement(1, 1, i, i, 1, i, 1, measurement_of(entry), confirmed)
        history = replace(
            history,
            measurements=(*history.measurements, stored(replace(measured, visit_id=i), i)),
        )
    history = replace(history, assessments=(*history.assessments, stored(assessment, i)))
    if not with_photo:
        return history
    photo = VisitPhoto(i, f"vault-{i}", Photo(WIDTH_PX, HEIGHT_PX, "image/png", 1000))
    traced = not isinstance(entry, str)
    photo_scale = PhotoScale(i, scale() if traced else None, confirmed)
    history = replace(
        history,
        photos=(*history.photos, stored(photo, i)),
        scales=(*history.scales, stored(photo_scale, i)),
    )
    if isinstance(entry, str):
        return history
    outline = PhotoOutline(i, 1, circle_px(entry), confirmed)
    return replace(history, outlines=(*history.outlines, stored(outline, i)))
