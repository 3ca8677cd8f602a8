"""Tracings made up for tests: squares of known areas."""

from collections.abc import Sequence

from woundtrack.measure.types import Measurement
from woundtrack.outline.types import Outline
from woundtrack.raters.types import RaterTrace


def square(side_px: float, *, left: float = 10.0) -> Outline:
    right, bottom = left + side_px, 10.0 + side_px
    return Outline(rings=(((left, 10.0), (right, 10.0), (right, bottom), (left, bottom)),))


def measured(area_cm2: float) -> Measurement:
    return Measurement(
        area_cm2=area_cm2,
        area_cm2_sd=0.02 * area_cm2,
        perimeter_cm=4 * area_cm2**0.5,
        length_cm=area_cm2**0.5,
        width_cm=area_cm2**0.5,
        length_px=((0.0, 0.0), (1.0, 1.0)),
        width_px=((0.0, 1.0), (1.0, 0.0)),
    )


def trace(photo_id: int, rater_id: int, area_cm2: float, *, round_: int = 1) -> RaterTrace:
    """A square under 10 px a cm."""
    outline = square(10 * area_cm2**0.5)
    return RaterTrace(photo_id, rater_id, round_, outline, measured(area_cm2))


def traces(table: Sequence[Sequence[float]], *, round_: int = 1) -> list[RaterTrace]:
    """One row a photo (ids from 1), one column a rater (ids from 1); 0 is not traced."""
    return [
        trace(photo, rater, area_cm2, round_=round_)
        for photo, row in enumerate(table, start=1)
        for rater, area_cm2 in enumerate(row, start=1)
        if area_cm2 > 0
    ]
