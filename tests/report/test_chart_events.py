"""Events, closures, partings and death stand in a lane beneath the panes, on their days."""

from dataclasses import replace

import pytest

from tests.histories import PATIENT, history_of, second_lesion, stored
from tests.report.charts import AREAS, data_of, day, draw, event, of_lane, texts
from woundtrack.context.types import EventKind
from woundtrack.records import PatientHistory
from woundtrack.report.chart import whole_window
from woundtrack.report.chart_events import MOST_ROWS, entries_of, happenings
from woundtrack.report.chart_hits import Opens
from woundtrack.report.chart_types import Chart, Shape, Spot
from woundtrack.report.fonts import text_width

KINDS = list(EventKind)


def with_events(*events: object, radii: tuple[float, ...] = (2.0, 1.5, 1.0)) -> PatientHistory:
    return replace(history_of(list(radii)), events=events)  # type: ignore[arg-type]


def lane(chart: Chart) -> list[Spot]:
    found = [spot for spot in of_lane(chart, 1) if spot.hit.opens is not Opens.COURSE]
    return sorted(found, key=lambda spot: spot.hit.on)


def test_every_kind_has_a_mark_of_its_own_on_its_day() -> None:
    events = [event(i, kind, day(2 * i), text="x") for i, kind in enumerate(KINDS)]
    chart = draw(with_events(*events), width=1400)
    found = lane(chart)
    assert [spot.hit.on for spot in found] == [day(2 * i) for i in range(len(KINDS))]
    assert all(spot.hit.opens is Opens.EVENT for spot in found)
    looks = {(m.shape, m.filled) for s in found for m in chart.marks if (m.x, m.y) == (s.x, s.y)}
    assert len(looks) == len(KINDS)
    assert all(chart.plot.bottom < spot.y < chart.bands[0].rect.top for spot in found)
    for name in ("Biopsy", "Infection", "Adverse event", "Amputation", "Hospital stay"):
        assert name in texts(chart)


def test_few_events_have_their_names_beside_them_and_many_a_legend() -> None:
    few = draw(with_events(event(1, EventKind.BIOPSY, day(2)), event(2, EventKind.BIOPSY, day(13))))
    assert texts(few).count("Biopsy") == 2
    many = [event(i, EventKind.BIOPSY, day(i)) for i in range(12)]
    assert texts(draw(with_events(*many), width=300)).count("Biopsy") == 1


def test_a_name_at_the_right_edge_stands_before_its_mark() -> None:
    chart = draw(with_events(event(1, EventKind.HOSPITAL_STAY, day(40))))
    (spot,) = lane(chart)
    name = next(label for label in chart.labels if label.text == "Hospital stay")
    assert name.x < spot.x
    assert name.x + text_width(name.text, size=chart.text_size) < spot.x


def test_what_lasted_is_a_line_to_its_last_day() -> None:
    chart = draw(with_events(event(1, EventKind.HOSPITAL_STAY, day(2), until_on=day(9))))
    (spot,) = lane(chart)
    (line,) = [line for line in chart.lines if line.points[0] == (spot.x, spot.y)]
    assert chart.day_at(line.points[1][0]) == day(9)
    assert spot.hit.lines[0] == "5 Mar 2026 to 12 Mar 2026"


def test_events_of_other_lesions_are_not_this_one_s() -> None:
    history = second_lesion(history_of([2.0, 1.5]), [1.0])
    history = replace(history, events=(
        event(1, EventKind.BIOPSY, day(1), lesion_id=1),
        event(2, EventKind.BIOPSY, day(2), lesion_id=2),
        event(3, EventKind.INFECTION, day(3)),
    ))  # type: ignore[arg-type]  # fmt: skip
    chart = draw(history, lesion_ids=(1,))
    assert [spot.hit.id for spot in lane(chart)] == [1, 3]
    assert lane(chart)[0].hit.lines[-1] == "Lesion A"
    assert [spot.hit.id for spot in lane(draw(history))] == [1, 2, 3]


def test_an_event_stays_on_the_patient_s_chart_when_its_lesion_goes_to_the_bin() -> None:
    history = second_lesion(history_of([2.0, 1.5]), [1.0])
    gone = event(1, EventKind.AMPUTATION, day(1), lesion_id=9)
    history = replace(history, events=(gone,))  # type: ignore[arg-type]
    assert [spot.hit.id for spot in lane(draw(history))] == [1]
    one = draw(history, lesion_ids=(1,))
    assert all(spot.hit.opens is not Opens.EVENT for spot in one.spots)


def test_an_adverse_event_names_the_therapy_it_was_put_down_to() -> None:
    chart = draw(with_events(event(1, EventKind.ADVERSE_EVENT, day(9), course_id=1, text="Nausea")))
    (spot,) = lane(chart)
    assert "Nausea" in spot.hit.title
    assert spot.hit.lines[-1] == "Put down to Sodium thiosulfate, intravenous"


def test_closures_and_openings_open_their_visits_and_death_the_patient() -> None:
    history = history_of([1.0, "closed", "closed", "closed", 0.5, "closed"])
    died = stored(replace(PATIENT, died_on=day(40)), 1)
    found = lane(draw(replace(history, patient=died)))
    said = [spot.hit.title.partition(" · ")[2] for spot in found]
    assert said == [
        "Lesion A seen closed",
        "Closure of lesion A confirmed",
        "Lesion A open again",
        "Lesion A seen closed",
        "Death",
    ]
    assert [(spot.hit.opens, spot.hit.id) for spot in found] == [
        *[(Opens.VISIT, visit) for visit in (2, 4, 5, 6)],
        (Opens.PATIENT, 1),
    ]
    assert [spot.hit.on for spot in found] == [day(7), day(21), day(28), day(35), day(40)]


def test_the_two_days_of_a_closure_have_names_and_marks_of_their_own() -> None:
    found = happenings(data_of(history_of([1.0, "closed", "closed", "closed", 0.5])))
    assert [each.name for each in found] == ["Seen closed", "Closure confirmed", "Open again"]
    entries = entries_of(found)
    assert len({(entry.shape, entry.filled) for entry in entries}) == 3


@pytest.mark.parametrize(("into", "said"), [((2, 3), "parted into B and C"), ((2,), "grew into B")])
def test_a_parted_or_grown_lesion_says_what_it_became(into: tuple[int, ...], said: str) -> None:
    history = second_lesion(history_of([2.0, 1.5]), [1.0])
    first, second = history.lesions
    third = stored(replace(second.value, label="C"), 3)
    parted = replace(first, value=replace(first.value, became_ids=into, became_on=day(10)))
    history = replace(history, lesions=(parted, second, third))
    chart = draw(history, lesion_ids=(1,))
    (spot,) = lane(chart)
    assert spot.hit.opens is Opens.LESION
    assert spot.hit.title.endswith(f"Lesion A {said}")
    assert any(m.shape is Shape.FORK and m.x == spot.x for m in chart.marks)


def test_events_of_one_day_stand_beneath_each_other() -> None:
    chart = draw(with_events(*[event(i, EventKind.INFECTION, day(3)) for i in range(1, 6)]))
    found = lane(chart)
    assert len(found) == 5
    assert len({spot.y for spot in found}) == MOST_ROWS


def test_what_lies_outside_the_period_is_not_drawn_but_counts_for_all_of_it() -> None:
    history = with_events(event(1, EventKind.BIOPSY, day(-60)))
    whole = draw(history)
    assert whole.day_at(whole.plot.left) < day(-60)
    zoomed = draw(history, window=(day(0).toordinal(), day(14).toordinal()))
    assert zoomed.lanes[-1].top > zoomed.plot.bottom
    assert all(spot.hit.opens is not Opens.EVENT for spot in zoomed.spots)


def test_what_began_before_the_period_and_lasted_into_it_is_drawn_from_its_edge() -> None:
    history = with_events(event(1, EventKind.HOSPITAL_STAY, day(-20), until_on=day(5)))
    chart = draw(history, window=(day(0).toordinal(), day(14).toordinal()))
    (spot,) = lane(chart)
    assert spot.x == chart.plot.left
    (line,) = [line for line in chart.lines if line.points[0] == (spot.x, spot.y)]
    assert chart.day_at(line.points[1][0]) == day(5)


def test_a_part_of_the_record_spans_what_lies_in_it() -> None:
    history = with_events(event(1, EventKind.BIOPSY, day(-60)), radii=(2.0,) * 10)
    first, last = whole_window(data_of(history), AREAS, from_on=day(14), to_on=day(49))
    assert day(0).toordinal() < first <= day(14).toordinal()
    assert day(49).toordinal() <= last < day(63).toordinal()
