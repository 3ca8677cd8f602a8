"""Sessions are ticks beneath the band of their course, at their days, inside the plot."""

import datetime as dt
from dataclasses import replace

import pytest

from tests.histories import PATIENT, history_of, stored
from woundtrack.records import PatientHistory
from woundtrack.report.chart import chart_of
from woundtrack.report.chart_data import chart_data
from woundtrack.report.chart_strokes import Path, strokes_of
from woundtrack.report.chart_types import Chart
from woundtrack.therapy.types import TherapySession

DAYS = tuple(dt.date(2026, 3, 11) + dt.timedelta(days=7 * i) for i in range(4))


@pytest.fixture
def history() -> PatientHistory:
    """Two courses; the first has four sessions, two of them on one day."""
    days = (*DAYS, DAYS[0])
    sessions = tuple(stored(TherapySession(1, day), i) for i, day in enumerate(days, 1))
    return replace(history_of([2.0, 1.8, 1.5, 1.2, 1.0], step_days=14), sessions=sessions)


def drawn(history: PatientHistory, **options: object) -> Chart:
    return chart_of(chart_data(history), width=600, height=400, text_size=10, **options)


def test_each_day_with_a_session_is_a_tick(history: PatientHistory) -> None:
    thiosulfate, rheopheresis = drawn(history).bands
    assert len(thiosulfate.ticks) == 4
    assert rheopheresis.ticks == ()
    steps = [b - a for a, b in zip(thiosulfate.ticks, thiosulfate.ticks[1:], strict=False)]
    assert steps == pytest.approx([steps[0]] * 3)
    assert thiosulfate.rect.left < thiosulfate.ticks[0] < thiosulfate.ticks[-1]
    assert thiosulfate.ticks[-1] < thiosulfate.rect.right


def test_ticks_outside_the_period_are_not_drawn(history: PatientHistory) -> None:
    window = (DAYS[1].toordinal() - 1.0, DAYS[2].toordinal() + 1.0)
    assert len(drawn(history, window=window).bands[0].ticks) == 2


def test_ticks_are_painted_beneath_the_band_and_inside_the_chart(history: PatientHistory) -> None:
    chart = drawn(history)
    band = chart.bands[0]
    painted = [
        stroke.points
        for stroke in strokes_of(chart)
        if isinstance(stroke, Path) and {x for x, _y in stroke.points} <= set(band.ticks)
    ]
    beneath = [points for points in painted if points[0][1] == band.rect.bottom]
    assert len(beneath) == 4
    assert all(band.rect.bottom < points[1][1] <= chart.height for points in beneath)


def test_a_course_without_a_last_day_ends_with_the_patient(history: PatientHistory) -> None:
    assert drawn(history).bands[1].stops is False
    died = replace(PATIENT, died_on=dt.date(2026, 4, 10))
    shown = replace(history, patient=stored(died, 1))
    assert drawn(shown).bands[1].stops is True


def test_a_course_that_begins_after_the_patient_s_death_is_no_band(history: PatientHistory) -> None:
    died = replace(PATIENT, died_on=dt.date(2026, 3, 20))
    shown = drawn(replace(history, patient=stored(died, 1)))
    assert [band.hit.id for band in shown.bands] == [1]
