"""A pointer finds what lies beneath it; arrow keys reach every spot there is."""

from dataclasses import replace

import pytest

from tests.histories import default_courses, history_of, stored
from tests.report.charts import day, draw, event, lab, of_lane
from woundtrack.context.types import EventKind
from woundtrack.report.chart_choice import ChartChoice
from woundtrack.report.chart_hits import CourseHit, Opens
from woundtrack.report.chart_pointing import next_spot, spot_at
from woundtrack.report.chart_types import Chart, Spot
from woundtrack.therapy.types import DoseChange, TherapySession


@pytest.fixture
def chart() -> Chart:
    """Three panes' worth of things, two events, two bands with sessions and a dose change."""
    first, second = default_courses()
    raised = replace(first, dose=12.5, dose_changes=(DoseChange(day(30), 25.0, "g"),))
    history = history_of([2.0] * 10, bwat=[40] * 10, courses=[raised, second])
    sessions = [TherapySession(1, day(10 + 14 * i), 12.5, "g", 60.0) for i in range(4)]
    history = replace(
        history,
        sessions=tuple(stored(each, i) for i, each in enumerate(sessions, 1)),
        labs=(lab(1, day(3), "crp", 60.0, "mg/L"), lab(2, day(40), "crp", 20.0, "mg/L")),
        events=(event(1, EventKind.BIOPSY, day(5)), event(2, EventKind.INFECTION, day(33))),
    )  # type: ignore[arg-type]
    return draw(history, ChartChoice(("area", "bwat", "lab:crp")), width=900, height=560)


def walked(chart: Chart) -> set[tuple[float, float]]:
    """Every place that the arrow keys come to."""
    seen: set[tuple[float, float]] = set()
    open_ = [next_spot(chart, None, "right")]
    while open_:
        spot = open_.pop()
        if spot is None or (spot.x, spot.y) in seen:
            continue
        seen.add((spot.x, spot.y))
        open_ += [next_spot(chart, spot, way) for way in ("left", "right", "up", "down")]  # type: ignore[arg-type]
    return seen


def test_arrows_reach_every_spot(chart: Chart) -> None:
    assert walked(chart) == {(spot.x, spot.y) for spot in chart.spots}


def test_every_spot_is_found_where_it_is_drawn(chart: Chart) -> None:
    for spot in chart.spots:
        found = spot_at(chart, spot.x, spot.y)
        assert found is not None
        assert (found.hit.on, found.hit.opens, found.lane) == (
            spot.hit.on,
            spot.hit.opens,
            spot.lane,
        )


def test_left_and_right_keep_to_a_lane_and_stop_at_its_ends(chart: Chart) -> None:
    spot = next_spot(chart, None, "right")
    days = []
    for _step in range(30):
        assert spot is not None
        days.append(spot.hit.on)
        spot = next_spot(chart, spot, "right")
    assert days[:10] == [day(7 * i) for i in range(10)]
    assert set(days[10:]) == {day(63)}


def test_down_goes_to_the_nearest_day_of_the_next_lane(chart: Chart) -> None:
    spot = next(s for s in of_lane(chart, 1) if s.hit.on == day(42))
    below = next_spot(chart, spot, "down")
    assert below is not None
    assert (below.lane, below.hit.on) == (2, day(40))
    last = chart.spots[-1]
    assert next_spot(chart, last, "down") == last


def test_a_session_tells_its_parameters_and_a_day_between_the_dose_then(chart: Chart) -> None:
    band = chart.bands[0]
    y = (band.rect.top + band.rect.bottom) / 2
    session = spot_at(chart, band.ticks[0] + 2, y)
    assert session is not None
    assert session.hit.opens is Opens.SESSIONS
    assert "12.5 g" in session.hit.lines[0]
    assert "60\N{NO-BREAK SPACE}min" in session.hit.lines[-1]
    later = spot_at(chart, (band.ticks[2] + band.ticks[3]) / 2, y)
    assert later is not None
    assert later.hit.lines[0].startswith("25 g")
    assert isinstance(later.hit, CourseHit)
    assert later.hit.opens is Opens.COURSE


def test_a_change_of_dose_is_drawn_in_its_band(chart: Chart) -> None:
    (change,) = chart.bands[0].changes
    assert chart.day_at(change) == day(30)
    assert chart.bands[1].changes == ()


def test_nothing_lies_between_the_lanes_or_far_from_a_day(chart: Chart) -> None:
    assert spot_at(chart, chart.plot.left, -50.0) is None
    assert spot_at(chart, chart.plot.right + 100, chart.plot.top + 5) is None
    empty: Spot | None = next_spot(draw(history_of([])), None, "right")
    assert empty is None


def test_two_visits_of_one_day_are_both_within_reach() -> None:
    history = history_of([2.0, 1.5, 1.0])
    same = replace(history.visits[1], value=replace(history.visits[1].value, on=day(0)))
    history = replace(history, visits=(history.visits[0], same, history.visits[2]))
    chart = draw(history)
    spot, found = next_spot(chart, None, "right"), []
    for _step in range(3):
        assert spot is not None
        found.append(spot.hit.id)
        spot = next_spot(chart, spot, "right")
    assert sorted(found) == [1, 2, 3]
