"""A lesion's visits as points in time, each with the one size that counts.

Only confirmed values enter. Traced area, bedside length x width, not measured and closed are
different methods; they stay apart here and in everything made from the series.
"""

import datetime as dt
from dataclasses import dataclass

from woundtrack.errors import RecordError
from woundtrack.measure.types import Measurement
from woundtrack.records import (
    Assessment,
    LesionMeasurement,
    PatientHistory,
    SizeMethod,
    Stored,
)


@dataclass(frozen=True, slots=True)
class Point:
    """One visit of one lesion. `area_cm2` is None unless traced, or closed (exactly 0)."""

    visit_id: int
    on: dt.date
    method: SizeMethod
    area_cm2: float | None = None
    area_cm2_sd: float = 0.0
    retrace_relative_sd: float | None = None
    """What was known of retracing when this area was confirmed; None where nothing was traced."""
    measurement: Measurement | None = None
    perimeter_cm: float | None = None
    photo_id: int | None = None
    length_cm: float | None = None
    """Longest length: the measurement's, else the bedside one."""
    width_cm: float | None = None
    product_cm2: float | None = None
    """Bedside length x width; None unless the method is bedside."""
    bwat: int | None = None
    """Total of the 13 items; None while incomplete."""
    bwat_cua: int | None = None
    """Total of items 5 to 12, for calciphylaxis; None while one of them is missing."""
    push: int | None = None
    revpwat: int | None = None
    pain_nrs: int | None = None
    pain_vas_mm: int | None = None
    assessment_id: int = 0
    revision: int = 1

    @property
    def size_cm2(self) -> float | None:
        """The figure of this point's own method, None where it was not measured."""
        return self.product_cm2 if self.method is SizeMethod.BEDSIDE else self.area_cm2


@dataclass(frozen=True, slots=True)
class Series:
    """A lesion's points in the order of their days."""

    lesion_id: int
    label: str
    points: tuple[Point, ...] = ()

    def between(self, from_on: dt.date | None, to_on: dt.date | None) -> "Series":
        """The points of a period, both ends counted; None leaves an end open."""
        inside = tuple(
            point
            for point in self.points
            if (from_on is None or point.on >= from_on) and (to_on is None or point.on <= to_on)
        )
        return Series(self.lesion_id, self.label, inside)


def series_of(history: PatientHistory, *, lesion_id: int) -> Series:
    """The confirmed series of a lesion. Raises RecordError record.missing."""
    label = next((les.value.label for les in history.lesions if les.id == lesion_id), None)
    if label is None:
        raise RecordError("record.missing", kind="lesion", id=lesion_id)
    visits = {visit.id: visit.value for visit in history.visits}
    measurements = {m.id: m for m in history.measurements if m.value.confirmed}
    points = [
        _point(assessment, visits[assessment.value.visit_id].on, measurements)
        for assessment in history.assessments
        if assessment.value.lesion_id == lesion_id
        and assessment.value.confirmed
        and assessment.value.visit_id in visits
    ]
    return Series(lesion_id, label, tuple(sorted(points, key=lambda p: (p.on, p.visit_id))))


def _point(
    assessment: Stored[Assessment],
    on: dt.date,
    measurements: dict[int, Stored[LesionMeasurement]],
) -> Point:
    value = assessment.value
    counts = measurements.get(value.measurement_id or 0)
    method = value.size_method
    if method is SizeMethod.TRACED and counts is None:
        method = SizeMethod.NOT_MEASURED
    traced = counts.value if counts and method is SizeMethod.TRACED else None
    sized = traced.measurement if traced else None
    length_cm = sized.length_cm if sized else value.length_cm
    width_cm = sized.width_cm if sized else value.width_cm
    if method is SizeMethod.BEDSIDE and (length_cm is None or width_cm is None):
        method = SizeMethod.NOT_MEASURED
    both = length_cm is not None and width_cm is not None
    totals = _totals(value)
    return Point(
        visit_id=value.visit_id,
        on=on,
        method=method,
        area_cm2=sized.area_cm2 if sized else 0.0 if method is SizeMethod.CLOSED else None,
        area_cm2_sd=sized.area_cm2_sd if sized else 0.0,
        retrace_relative_sd=traced.retrace_relative_sd if traced else None,
        measurement=sized,
        perimeter_cm=sized.perimeter_cm if sized else None,
        photo_id=traced.photo_id if traced else None,
        length_cm=length_cm,
        width_cm=width_cm,
        product_cm2=(length_cm or 0.0) * (width_cm or 0.0)
        if both and method is SizeMethod.BEDSIDE
        else None,
        bwat=totals.get("bwat"),
        bwat_cua=totals.get("bwat_cua"),
        push=totals.get("push"),
        revpwat=totals.get("revpwat"),
        pain_nrs=value.pain_nrs,
        pain_vas_mm=value.pain_vas_mm,
        assessment_id=assessment.id,
        revision=assessment.revision,
    )


def _totals(value: Assessment) -> dict[str, int | None]:
    if not value.forms:
        return {}
    from woundtrack.instruments.forms import INSTRUMENTS, PARTS, total_of

    return {each.key: total_of(value, each) for each in (*INSTRUMENTS, *PARTS)}
