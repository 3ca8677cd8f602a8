"""Series of one lesion made by hand: areas or closures on given days, and courses beside them."""

import datetime as dt
from collections.abc import Mapping

from woundtrack.healing.series import Point, Series
from woundtrack.records import SizeMethod, TherapyCourse
from woundtrack.therapy.catalogue import OTHER

FIRST_ON = dt.date(2026, 1, 1)
CLOSED = "closed"


def day(number: int) -> dt.date:
    """This many days after the first."""
    return FIRST_ON + dt.timedelta(days=number)


def series(visits: Mapping[int, float | str], *, relative_sd: float = 0.03) -> Series:
    """A traced area in cm², or closed, by day."""
    points = [
        Point(number, day(number), SizeMethod.CLOSED, area_cm2=0.0)
        if isinstance(size, str)
        else Point(
            number,
            day(number),
            SizeMethod.TRACED,
            area_cm2=size,
            area_cm2_sd=relative_sd * size,
        )
        for number, size in sorted(visits.items())
    ]
    return Series(1, "A", tuple(points))


def course(name: str, start: int, stop: int | None = None) -> TherapyCourse:
    """A course from one day to another, or without an end."""
    return TherapyCourse(
        patient_id=0,
        therapy=OTHER,
        name=name,
        start_on=day(start),
        stop_on=None if stop is None else day(stop),
    )
