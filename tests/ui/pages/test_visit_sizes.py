"""What is said of a size: item 1's proposal, and the change since the last visit."""

import datetime as dt
from dataclasses import replace

import pytest

from ui.pages.visit import checks
from ui.pages.visit.sizes import change_since_last, size_proposal
from ui.pages.visit.state import (
    Previous,
    VisitState,
    assessment_key,
    measurement_key,
    outline_key,
)
from woundtrack.instruments.bwat import BWAT
from woundtrack.instruments.forms import filled
from woundtrack.instruments.push import PUSH
from woundtrack.instruments.types import Instrument
from woundtrack.measure.types import Measurement
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Photo
from woundtrack.records import (
    Assessment,
    Lesion,
    LesionMeasurement,
    Patient,
    PhotoOutline,
    Side,
    SizeMethod,
    Stored,
    Visit,
    VisitPhoto,
)

TODAY, BEFORE = dt.date(2026, 3, 17), dt.date(2026, 3, 10)
SEGMENT = ((0.0, 0.0), (1.0, 0.0))
CELL = (1, 1)


def stored(value: object) -> Stored[object]:
    at = dt.datetime(2026, 3, 17, tzinfo=dt.UTC)
    return Stored(1, "u", 1, value, at, 1)


def measured(area_cm2: float, *, sd: float = 0.1, length_cm: float = 4.0) -> LesionMeasurement:
    taken = Measurement(area_cm2, sd, 10.0, length_cm, 3.0, SEGMENT, SEGMENT)
    return LesionMeasurement(1, 1, 1, 1, 1, 1, 1, taken, confirmed=True)


def state(area_cm2: float | None, before: LesionMeasurement | None) -> VisitState:
    photo = Photo(width_px=9, height_px=9, media_type="image/jpeg", byte_count=1)
    made = VisitState(
        patient=stored(Patient("1", "B", "C", dt.date(1950, 1, 1))),  # type: ignore[arg-type]
        lesions=(stored(Lesion(1, "A", "calf", Side.LEFT)),),  # type: ignore[arg-type]
        visit=stored(Visit(1, TODAY)),  # type: ignore[arg-type]
        on=TODAY,
        photos=[stored(VisitPhoto(1, "v", photo))],  # type: ignore[list-item]
    )
    ring = ((0.0, 0.0), (5.0, 0.0), (5.0, 5.0))
    made.values[outline_key(CELL)] = PhotoOutline(1, 1, Outline((ring,)))
    if area_cm2 is not None:
        made.values[measurement_key(CELL)] = measured(area_cm2)
    method = SizeMethod.TRACED if before else SizeMethod.BEDSIDE
    assessment = Assessment(1, 1, size_method=method, confirmed=True)
    made.previous[1] = Previous(BEFORE, assessment, before)
    return made


def test_a_large_change_is_beyond_error_and_a_small_one_is_not() -> None:
    large = change_since_last(state(8.0, measured(12.0)), 1)
    assert large is not None
    assert large.beyond_error is True
    assert "−4.0 cm²" in large.text
    assert "−33 %" in large.text
    assert "10 Mar 2026" in large.text
    small = change_since_last(state(11.8, measured(12.0)), 1)
    assert small is not None
    assert small.beyond_error is False


def test_no_figure_is_taken_across_methods() -> None:
    change = change_since_last(state(8.0, None), 1)
    assert change is not None
    assert change.beyond_error is None
    assert "%" not in change.text


def test_without_a_measurement_there_is_no_change() -> None:
    assert change_since_last(state(None, measured(12.0)), 1) is None


def test_item_1_comes_from_length_and_width_not_from_the_area() -> None:
    proposal = size_proposal(state(3.0, None), 1)
    assert proposal.score == 2, "4.0 × 3.0 = 12 cm², though the traced area is 3 cm²"


def test_the_bedside_ruler_serves_where_nothing_was_traced() -> None:
    made = state(None, None)
    assert size_proposal(made, 1).score is None
    made.values[assessment_key(1)] = Assessment(1, 1, length_cm=7.0, width_cm=6.0)
    assert size_proposal(made, 1).score == 4


@pytest.mark.parametrize("length_cm", [0.0, None])
def test_no_extent_proposes_nothing(length_cm: float | None) -> None:
    made = state(None, None)
    made.values[assessment_key(1)] = Assessment(1, 1, length_cm=length_cm, width_cm=6.0)
    assert size_proposal(made, 1).score is None


def test_a_confirmed_area_is_judged_by_its_own_figure_of_retracing_a_new_one_by_the_clinic_s() -> (
    None
):
    shown = state(10.5, measured(12.0))
    assert change_since_last(shown, 1).beyond_error is True
    shown.retrace_relative_sd = 0.2
    change = change_since_last(shown, 1)
    assert change.beyond_error is False
    assert "20.0 %" in change.hint
    shown.values[measurement_key(CELL)] = replace(measured(10.5), retrace_relative_sd=0.032)
    assert change_since_last(shown, 1).beyond_error is True


SIDES_CM = {"length_cm": 6.0, "width_cm": 4.0, "head_to_toe_cm": 6.0, "left_right_cm": 4.0}


@pytest.mark.parametrize(
    ("instrument", "answer", "noted", "told"),
    [
        (BWAT, 5, SIDES_CM, "5 (3 proposed, from 6.0 × 4.0 cm)"),
        (BWAT, 3, SIDES_CM, None),
        (BWAT, None, SIDES_CM, None),
        (BWAT, 5, {}, None),
        (PUSH, 10, SIDES_CM, "10 (9 proposed, from 6.0 × 4.0 cm)"),
        (BWAT, 2, {"size_method": SizeMethod.CLOSED}, "2 (0 proposed, as it is closed)"),
        (PUSH, 2, {"size_method": SizeMethod.CLOSED}, "2 (0 proposed, as it is closed)"),
        (BWAT, 0, {"size_method": SizeMethod.CLOSED}, None),
    ],
)
def test_a_size_answered_otherwise_than_measured_or_on_a_closed_wound_is_warned_of(
    instrument: Instrument, answer: int | None, noted: dict[str, object], told: str | None
) -> None:
    shown = state(None, None)
    del shown.values[outline_key(CELL)]
    scores = (answer, *[1] * (len(instrument.items) - 1))
    found = filled(replace(Assessment(1, 1), **noted), instrument, scores)  # type: ignore[arg-type]
    shown.values[assessment_key(1)] = found
    said = f"{instrument.short} of A: the size is answered {told}. Check it."
    assert checks.warnings(shown) == ([said] if told else [])
