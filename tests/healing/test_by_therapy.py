"""Rates before, during and after therapies: which days, which visits, which differences."""

from collections.abc import Sequence

import numpy as np
import pytest

from benchmarks.healing import ISSUE, trial
from tests.healing.lesions import CLOSED, course, day, series
from woundtrack.healing.by_therapy import Phase, PhaseRate, by_therapy
from woundtrack.healing.series import Point, Series
from woundtrack.records import SizeMethod

WEEKLY = range(0, 127, 7)


def lesion(*changes: tuple[int, float], days: Sequence[int] = WEEKLY) -> Series:
    """Visits without noise; from each day on, ln area changes by so much a week."""
    logs = np.log(20.0) + np.zeros(len(days))
    for number, (start, slope) in enumerate(changes):
        stop = changes[number + 1][0] if number + 1 < len(changes) else days[-1]
        logs += slope * (np.clip(days, start, stop) - start) / 7
    return series(dict(zip(days, np.exp(logs).tolist(), strict=True)))


def told(rates: Sequence[PhaseRate], *therapies: str) -> dict[Phase, PhaseRate]:
    """The phases of these therapies."""
    return {rate.phase: rate for rate in rates if rate.therapies == therapies}


def slopes(found: dict[Phase, PhaseRate]) -> list[float | None]:
    """The slope of each phase, None where refused."""
    return [
        None if rate.log_slope_per_week is None else round(rate.log_slope_per_week.value, 6)
        for rate in found.values()
    ]


def test_one_course_has_its_rates_and_their_differences() -> None:
    record = lesion((0, -0.02), (40, -0.2), (85, -0.05))
    rates = by_therapy(record, courses=[course("sts", 40, 85)])
    found = told(rates, "sts")
    assert list(found) == [Phase.BEFORE, Phase.DURING, Phase.AFTER]
    assert slopes(found) == [-0.02, -0.2, -0.05]
    assert [rate.exposure_days for rate in rates] == [40, 45, 41]
    assert [rate.n_visits for rate in rates] == [6, 7, 6]
    assert found[Phase.BEFORE].delta_vs_before is None
    during, after = found[Phase.DURING].delta_vs_before, found[Phase.AFTER].delta_vs_before
    assert during is not None
    assert after is not None
    assert (during.value, during.low, during.high) == pytest.approx((-0.18, -0.18, -0.18))
    assert after.value == pytest.approx(-0.03)


def test_a_visit_on_the_day_a_course_starts_ends_one_phase_and_begins_the_other() -> None:
    rates = by_therapy(lesion((0, 0.0), (14, -0.2), days=(0, 7, 14, 21, 28)),
                       courses=[course("sts", 14)])  # fmt: skip
    assert [rate.n_visits for rate in rates] == [3, 3, 0]
    assert slopes(told(rates, "sts")) == [0.0, -0.2, None]


def test_a_course_without_an_end_runs_to_the_last_visit() -> None:
    found = told(by_therapy(lesion((0, 0.0), (63, -0.1)), courses=[course("sts", 63)]), "sts")
    assert found[Phase.DURING].exposure_days == 126 - 63
    assert found[Phase.AFTER].n_visits == 0
    refused = found[Phase.AFTER].refused
    assert refused is not None
    assert (refused.code, refused.data["count"]) == ("healing.too_few_visits", 0)


def test_fewer_than_three_visits_in_a_phase_refuse_it_and_its_difference() -> None:
    rates = by_therapy(lesion((0, 0.0), (10, -0.1)), courses=[course("sts", 10)])
    assert rates[0].refused is not None
    assert rates[0].log_slope_per_week is None
    assert slopes(told(rates, "sts"))[1] == -0.1
    assert rates[1].delta_vs_before is None
    assert rates[1].refused is None


def test_a_course_after_the_last_visit_leaves_only_a_before() -> None:
    rates = by_therapy(lesion((0, -0.1)), courses=[course("sts", 200)])
    assert slopes(told(rates, "sts")) == [-0.1, None, None]
    assert [rate.exposure_days for rate in rates] == [126, 0, 0]
    assert [rate.n_visits for rate in rates] == [19, 0, 0]


def test_a_course_before_the_first_visit_leaves_only_an_after() -> None:
    rates = by_therapy(lesion((0, -0.1)), courses=[course("sts", -60, -20)])
    assert slopes(told(rates, "sts")) == [None, None, -0.1]
    assert rates[2].delta_vs_before is None


def test_overlapping_courses_have_their_combination_beside_them() -> None:
    record = lesion((0, 0.0), (35, -0.1), (77, -0.25), (105, -0.02))
    rates = by_therapy(record, courses=[course("hbo", 77, 105), course("sts", 35, 105)])
    assert [rate.therapies for rate in rates[::3]] == [("sts",), ("hbo",), ("sts", "hbo")]
    together, added = told(rates, "sts", "hbo"), told(rates, "hbo")
    assert slopes(together) == [-0.1, -0.25, -0.02]
    assert together[Phase.DURING].exposure_days == 28
    # Before hyperbaric oxygen is what ran then, thiosulfate, and not the time before either.
    assert slopes(added) == [-0.1, -0.25, -0.02]
    assert added[Phase.BEFORE].exposure_days == 77 - 35
    assert told(rates, "sts")[Phase.DURING].exposure_days == 105 - 35


def test_three_at_once_make_a_combination_for_each_time_in_which_exactly_these_ran() -> None:
    rates = by_therapy(
        lesion((0, -0.1)), courses=[course("a", 20), course("b", 50), course("c", 80, 100)]
    )
    combined = [rate for rate in rates if len(rate.therapies) > 1 and rate.phase is Phase.DURING]
    assert [(rate.therapies, rate.exposure_days) for rate in combined] == [
        (("a", "b"), 30), (("a", "b", "c"), 20), (("a", "b"), 26)
    ]  # fmt: skip


@pytest.mark.parametrize("again", [(60, 100), (61, 100), (30, 100)])
def test_courses_of_one_therapy_without_a_day_between_are_one(again: tuple[int, int]) -> None:
    rates = by_therapy(lesion((0, -0.1)), courses=[course("sts", 20, 60), course("sts", *again)])
    assert len(rates) == 3
    assert rates[1].exposure_days == 80


def test_courses_of_one_therapy_with_a_pause_are_two() -> None:
    rates = by_therapy(lesion((0, -0.1)), courses=[course("sts", 20, 50), course("sts", 80, 100)])
    assert [rate.exposure_days for rate in rates] == [20, 30, 30, 30, 20, 26]


@pytest.mark.parametrize("start", [63, 64])
def test_a_therapy_that_takes_over_from_another_has_it_as_its_before(start: int) -> None:
    record = lesion((0, 0.0), (28, -0.1), (start, -0.3))
    rates = by_therapy(record, courses=[course("a", 28, 63), course("b", start)])
    assert {rate.therapies for rate in rates} == {("a",), ("b",)}
    assert slopes(told(rates, "b"))[:2] == [-0.1, -0.3]


def test_a_single_day_has_no_rate_but_parts_before_from_after() -> None:
    rates = by_therapy(lesion((0, 0.02), (60, -0.1)), courses=[course("graft", 60, 60)])
    assert slopes(told(rates, "graft")) == [0.02, None, -0.1]
    assert rates[2].delta_vs_before is not None
    assert rates[2].delta_vs_before.value == pytest.approx(-0.12)


def test_closed_visits_count_and_steepen_the_slope_but_cannot_be_all_there_is() -> None:
    open_days = {number: 6 * np.exp(-0.02 * number) for number in range(0, 64, 7)}
    closing = {**open_days, 70: 0.9, 77: CLOSED, 84: CLOSED, 91: CLOSED}
    rates = by_therapy(series(closing), courses=[course("sts", 42, 75)])
    assert rates[1].refused is None
    refused = rates[2].refused
    assert refused is not None
    assert (refused.code, refused.data["count"]) == ("healing.too_few_open", 0)
    ongoing = by_therapy(series(closing), courses=[course("sts", 42)])
    assert ongoing[1].n_visits == 8
    assert ongoing[1].log_slope_per_week is not None
    assert rates[1].log_slope_per_week is not None
    assert ongoing[1].log_slope_per_week.value < rates[1].log_slope_per_week.value


def test_a_wound_that_closes_faster_than_its_line_does_not_blur_the_rates_before() -> None:
    steps = {0: 12.6, 7: 12.9, 14: 13.4, 21: 13.1, 28: 11.0, 42: 7.9, 49: 6.1, 56: 5.2, 70: 3.0}
    seen, closed = (
        by_therapy(series(visits), courses=[course("sts", 21)])
        for visits in (steps, {**steps, 84: CLOSED})
    )
    for open_rate, rate in zip(seen[:2], closed[:2], strict=True):
        was, found = open_rate.log_slope_per_week, rate.log_slope_per_week
        assert was is not None
        assert found is not None
        assert found.value == pytest.approx(was.value, abs=0.02)
    difference = closed[1].delta_vs_before
    assert difference is not None
    assert difference.high is not None
    assert difference.high < -0.05


def test_a_lesion_without_a_size_has_no_rows_and_methods_do_not_mix() -> None:
    assert by_therapy(Series(1, "A", ()), courses=[course("sts", 3)]) == ()
    traced = lesion((0, -0.1))
    bedside = tuple(
        Point(900 + i, day(i), SizeMethod.BEDSIDE, length_cm=9.0, width_cm=9.0, product_cm2=81.0)
        for i in range(3, 120, 14)
    )
    mixed = Series(1, "A", tuple(sorted((*traced.points, *bedside), key=lambda p: p.on)))
    courses = [course("sts", 60)]
    assert by_therapy(mixed, courses=courses)[:2] == by_therapy(traced, courses=courses)[:2]


def test_the_interval_of_the_difference_holds_the_truth_that_was_put_in() -> None:
    rng = np.random.default_rng(11)
    trials = [one for _ in range(150) if (one := trial(ISSUE, rng)) is not None]
    assert len(trials) >= 148
    assert 0.90 <= np.mean([one.held for one in trials]) <= 0.99


def test_two_visits_of_one_day_count_once() -> None:
    once = lesion((0, -0.1), days=range(0, 43, 7))
    again = Series(1, "A", tuple(sorted((*once.points, once.points[2]), key=lambda p: p.on)))
    assert slopes(told(by_therapy(again, courses=[course("sts", 21)]), "sts")) == [
        pytest.approx(-0.1),
        pytest.approx(-0.1),
        None,
    ]
    thrice = Series(1, "A", (*once.points[:1] * 2, once.points[1], *once.points[3:]))
    rates = by_therapy(thrice, courses=[course("sts", 14)])
    assert rates[0].n_visits == 3
    assert rates[0].refused is not None
    assert rates[0].refused.data["count"] == 2


def test_visits_all_on_one_day_have_no_rate() -> None:
    first = lesion((0, -0.1)).points[0]
    rates = by_therapy(Series(1, "A", (first,) * 6), courses=[course("sts", 0)])
    assert all(rate.log_slope_per_week is None for rate in rates)


def test_a_phase_says_its_days_as_far_as_the_visits_reach() -> None:
    rates = by_therapy(lesion((0, -0.1)), courses=[course("sts", 40, 200)])
    assert [rate.days for rate in rates] == [(day(0), day(40)), (day(40), day(126)), None]
