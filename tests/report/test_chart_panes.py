"""Panes beneath each other: one axis each, one period for all, nothing that was not measured."""

import itertools
from dataclasses import replace

import pytest

from tests.histories import PATIENT, history_of, second_lesion, stored, with_bwat
from tests.report.charts import (
    BWAT,
    RADII,
    data_of,
    day,
    draw,
    every_kind,
    lab,
    left_axes,
    marks,
    of_lane,
    texts,
    use,
    value_at,
)
from woundtrack.context.types import Comparator
from woundtrack.records import PatientHistory, WoundQol
from woundtrack.report.chart_choice import MOST_PANES, ChartChoice, is_full, shown_of
from woundtrack.report.chart_hits import Opens
from woundtrack.report.chart_types import Shape


def keys(history: PatientHistory) -> list[str]:
    return [offer.key for offer in data_of(history).offers]


def with_labs(history: PatientHistory, *labs: object) -> PatientHistory:
    return replace(history, labs=labs)  # type: ignore[arg-type]


def crp(*values: float, **more: object) -> PatientHistory:
    labs = [lab(i, day(7 * i), "crp", value, "mg/L", **more) for i, value in enumerate(values)]
    return with_labs(history_of([2.0, 1.5, 1.0]), *labs)


def test_only_what_was_measured_is_offered() -> None:
    assert keys(every_kind()) == ["area", "bwat", "bwat_cua", "pain_nrs"]
    assert keys(history_of(["none"] * 3, bwat=[40, 38, 30])) == ["bwat", "bwat_cua", "pain_nrs"]
    assert "lab:crp" in keys(crp(20.0))
    assert keys(history_of([2.0], confirmed=False)) == []


def test_panes_stand_beneath_each_other_over_one_period() -> None:
    chart = draw(every_kind(), ChartChoice(("area", "bwat", "pain_nrs")))
    plots = [axis.plot for axis in left_axes(chart)]
    assert len(plots) == 3
    for above, below in itertools.pairwise(plots):
        assert above is not None
        assert below is not None
        assert above.bottom + chart.text_size < below.top
        assert (above.left, above.right) == (below.left, below.right)
    written = [tick.text for axis in chart.axes if axis.side == "bottom" for tick in axis.ticks]
    assert len([text for text in written if text]) == len(written) / 3
    assert (chart.plot.top, chart.plot.bottom) == (plots[0].top, plots[-1].bottom)  # type: ignore[union-attr]


@pytest.mark.parametrize("height", [300, 420, 560, 800])
def test_the_marks_of_an_axis_do_not_run_into_each_other(height: float) -> None:
    chart = draw(every_kind(), ChartChoice(("area", "bwat", "pain_nrs")), height=height)
    for axis in left_axes(chart):
        places = sorted(tick.at for tick in axis.ticks)
        assert len(places) >= 2
        assert all(b - a >= 0.9 * chart.text_size for a, b in itertools.pairwise(places))


def test_scores_lie_where_their_axis_says_and_incomplete_forms_have_none() -> None:
    chart = draw(every_kind(), ChartChoice(("area", "bwat")))
    assert [spot.hit.id for spot in of_lane(chart, 1)] == [1, 2, 3, 5, 6, 7, 8]
    totals = [total for total in BWAT if total is not None]
    for mark, total in zip(marks(chart, lane=1), totals, strict=True):
        assert value_at(chart, mark.y, pane=1) == pytest.approx(total)


def test_scores_of_one_pane_differ_in_colour_form_and_dash() -> None:
    chart = draw(every_kind(), ChartChoice(("bwat", "bwat_cua")))
    assert len(left_axes(chart)) == 1
    assert {"BWAT, 9 to 65", "BWAT-CUA, 8 to 40"} <= set(texts(chart))
    both = {(mark.colour, mark.shape) for mark in marks(chart)}
    assert len(both) == len({colour for colour, _form in both}) == 2
    assert len({form for _colour, form in both}) == 2
    assert len({line.dash for line in chart.lines}) == 2


def test_a_score_keeps_its_form_whatever_stands_beside_it() -> None:
    alone = draw(every_kind(), ChartChoice(("bwat_cua",)))
    beside = draw(every_kind(), ChartChoice(("bwat", "bwat_cua")))
    form = marks(alone)[0].shape
    assert form in {mark.shape for mark in marks(beside)} - {Shape.TRIANGLE}


def test_a_score_alone_has_the_lesions_colours_and_forms_several_their_colours() -> None:
    both = second_lesion(history_of(RADII, bwat=BWAT), [1.2, 1.0])
    scored = replace(both.assessments[-1], value=with_bwat(both.assessments[-1].value, 30))
    both = replace(both, assessments=(*both.assessments[:-1], scored))
    looks = {(mark.colour, mark.shape) for mark in marks(draw(both)) if mark.low_y is not None}
    alone = draw(both, ChartChoice(("area", "bwat")))
    assert {(mark.colour, mark.shape) for mark in marks(alone, lane=1)} == looks
    several = draw(both, ChartChoice(("area", "bwat", "bwat_cua")))
    assert {mark.colour for mark in marks(several, lane=1)} == {colour for colour, _form in looks}
    assert {mark.shape for mark in marks(several, lane=1)} == {Shape.TRIANGLE, Shape.DOWN}


def test_pain_in_general_stands_beside_the_lesions_and_opens_its_visit() -> None:
    history = every_kind()
    first = history.visits[0]
    felt = replace(first, value=replace(first.value, general_pain_nrs=7, wound_qol=WoundQol(17, 1)))
    history = replace(history, visits=(felt, *history.visits[1:]))
    choice = ChartChoice(("pain_nrs", "general_pain_nrs"))
    chart = draw(history, choice)
    general = next(spot for spot in chart.spots if "General pain" in spot.hit.title)
    assert (general.hit.opens, general.hit.id) == (Opens.VISIT, 1)
    assert value_at(chart, general.y) == pytest.approx(7)
    assert {"Pain, 0 to 10", "General pain, 0 to 10"} <= set(texts(chart))
    draft = replace(history.assessments[0].value, confirmed=False)
    waiting = (replace(history.assessments[0], value=draft), *history.assessments[1:])
    assert "general_pain_nrs" not in keys(replace(history, assessments=waiting))


def test_laboratory_values_lie_where_their_axis_says_and_open_their_day() -> None:
    chart = draw(crp(60.0, 20.0, upper_limit=5.0), ChartChoice(("area", "lab:crp")))
    first, second = of_lane(chart, 1)
    assert value_at(chart, first.y, pane=1) == pytest.approx(60)
    assert value_at(chart, second.y, pane=1) == pytest.approx(20)
    assert (second.hit.opens, second.hit.on) == (Opens.LABS, day(7))
    assert second.hit.title == "10 Mar 2026 · C-reactive protein"
    assert [line.replace("\N{NO-BREAK SPACE}", " ") for line in second.hit.lines] == [
        "20 mg/L",
        "Laboratory’s upper limit 5",
    ]


def test_a_bound_is_hollow_and_joined_to_nothing() -> None:
    below = crp(60.0, 30.0)
    labs = (*below.labs, lab(9, day(14), "crp", 5.0, "mg/L", comparator=Comparator.BELOW),
            lab(10, day(20), "crp", 8.0, "mg/L"), lab(11, day(21), "crp", 9.0, "mg/L"))  # fmt: skip
    chart = draw(with_labs(below, *labs), ChartChoice(("lab:crp",)))
    bound = of_lane(chart, 0)[2]
    mark = next(m for m in chart.marks if (m.x, m.y) == (bound.x, bound.y))
    assert (mark.shape, mark.filled) == (Shape.DOWN, False)
    assert bound.hit.lines[0].startswith("<")
    assert [len(line.points) for line in chart.lines] == [2, 2]


def test_an_axis_with_a_bound_below_begins_at_0_for_the_value_may_be_anywhere_down_to_it() -> None:
    chart = draw(crp(9.0, comparator=Comparator.BELOW), ChartChoice(("lab:crp",)))
    assert value_at(chart, chart.plot.bottom) == pytest.approx(0.0)
    exact = draw(crp(9.0, 8.0), ChartChoice(("lab:crp",)))
    assert value_at(exact, exact.plot.bottom) > 5


def test_the_laboratorys_range_is_shaded() -> None:
    chart = draw(crp(60.0, 2.0, lower_limit=1.0, upper_limit=5.0), ChartChoice(("lab:crp",)))
    (area,) = chart.areas
    heights = sorted({value_at(chart, y) for _x, y in area.points})
    assert heights == pytest.approx([1.0, 5.0])
    assert {x for x, _y in area.points} == {chart.plot.left, chart.plot.right}


def test_a_result_that_has_no_place_in_its_series_is_a_cross_that_says_why() -> None:
    history = with_labs(
        history_of([2.0, 1.0]),
        lab(1, day(0), "pth", 300.0, "pg/mL", upper_limit=60.0),
        lab(2, day(7), "pth", 240.0, "pg/mL"),
    )
    chart = draw(history, ChartChoice(("lab:pth_uln",)))
    value, gap = of_lane(chart, 0)
    assert value_at(chart, value.y) == pytest.approx(5.0)
    assert next(m for m in chart.marks if m.x == gap.x).shape is Shape.CROSS
    assert gap.hit.lines == ("The laboratory’s upper limit is missing.",)


def morphine(*uses: object) -> PatientHistory:
    return replace(history_of([2.0, 1.5, 1.0]), analgesics=uses)  # type: ignore[arg-type]


OXYCODONE = {"route": "oral", "dose": 10.0, "unit": "mg", "times_a_day": 2.0}


def test_analgesics_are_steps_that_end_and_begin_on_their_days() -> None:
    history = morphine(
        use(1, "oxycodone", day(0), day(6), **OXYCODONE),
        use(2, "oxycodone", day(7), None, **(OXYCODONE | {"dose": 20.0})),
    )
    chart = draw(history, ChartChoice(("ome",)))
    first, second = of_lane(chart, 0)
    assert "CDC 2022, for tracking only" in texts(chart)
    assert [value_at(chart, spot.y) for spot in (first, second)] == pytest.approx([30.0, 60.0])
    (line,) = chart.lines
    assert line.points[0] == (first.x, first.y)
    assert line.points[-1] == (chart.plot.right, second.y)
    assert (second.hit.opens, second.hit.on) == (Opens.ANALGESICS, day(7))


def test_analgesics_noted_after_death_are_no_steps_and_those_before_end_with_it() -> None:
    died = stored(replace(PATIENT, died_on=day(10)), 1)
    late = morphine(use(1, "oxycodone", day(20), None, **OXYCODONE))
    assert draw(replace(late, patient=died), ChartChoice(("ome",))).lines == ()
    before = morphine(use(1, "oxycodone", day(0), None, **OXYCODONE))
    (line,) = draw(replace(before, patient=died), ChartChoice(("ome",))).lines
    assert draw(replace(before, patient=died)).day_at(line.points[-1][0]) == day(10)


def test_what_was_taken_before_the_period_is_told_at_its_edge() -> None:
    history = morphine(use(1, "oxycodone", day(-90), None, **OXYCODONE))
    chart = draw(history, ChartChoice(("area", "ome")))
    (spot,) = of_lane(chart, 1)
    assert chart.day_at(chart.plot.left) > day(-90)
    assert spot.x == chart.plot.left
    assert value_at(chart, spot.y, pane=1) == pytest.approx(30.0)


def test_a_day_without_an_equivalent_breaks_the_steps_and_is_never_0() -> None:
    history = morphine(
        use(1, "oxycodone", day(0), None, **OXYCODONE),
        use(2, "other", day(4), day(8), name="Nefopam"),
    )
    chart = draw(history, ChartChoice(("ome",)))
    assert len(chart.lines) == 2
    _first, gap, _last = of_lane(chart, 0)
    assert next(m for m in chart.marks if m.x == gap.x).shape is Shape.CROSS
    assert "incomplete" in gap.hit.lines[0]
    assert any("Nefopam" in line for line in gap.hit.lines)


def test_what_was_not_measured_of_the_choice_is_left_out_and_never_all_of_it() -> None:
    offers = data_of(every_kind()).offers
    assert [o.key for o in shown_of(offers, ChartChoice(("bwat", "lab:crp")))] == ["bwat"]
    assert [o.key for o in shown_of(offers, ChartChoice(("ome",)))] == ["area"]


def test_there_are_only_so_many_panes() -> None:
    labs = [lab(i, day(i), key, 30.0, unit) for i, (key, unit) in enumerate(
        [("crp", "mg/L"), ("albumin", "g/L"), ("fibrinogen", "g/L"), ("pth", "pg/mL"),
         ("calcium_total", "mmol/L"), ("phosphate", "mmol/L")], 1,
    )]  # fmt: skip
    offers = data_of(with_labs(every_kind(), *labs)).offers
    choice = ChartChoice(tuple(offer.key for offer in offers))
    shown = shown_of(offers, choice)
    assert len({offer.pane for offer in shown}) == MOST_PANES
    unshown = next(offer for offer in offers if offer not in shown)
    assert is_full(offers, choice, unshown)
    calcium, phosphate = (next(o for o in offers if o.key == k) for k in
                          ("lab:calcium_total", "lab:phosphate"))  # fmt: skip
    assert calcium.pane == phosphate.pane


def test_a_choice_adds_and_takes_away() -> None:
    choice = ChartChoice(("area",)).with_series("bwat", shown=True)
    assert choice.series == ("area", "bwat")
    assert choice.with_series("bwat", shown=True).series == ("area", "bwat")
    assert choice.with_series("area", shown=False).series == ("bwat",)


def test_one_days_results_alone_make_a_chart() -> None:
    history = replace(history_of([]), labs=(stored(crp(60.0).labs[0].value, 1),))
    chart = draw(history, ChartChoice(("lab:crp",)))
    assert not chart.empty
    assert len(of_lane(chart, 0)) == 1
