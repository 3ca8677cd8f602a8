"""Curves against printed figures, by hand, and against brute force."""

import numpy as np
import pytest

from woundtrack.cohort import curves
from woundtrack.cohort.curves import Times

# Freireich et al., Blood 1963;21:699-716: weeks in remission; + is censored.
SIX_MP = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"

# Printed by the NAG library's example of G12AAF, and to four digits by R's survfit of KMsurv's
# drug6mp (Klein & Moeschberger): week, survival, standard error.
PRINTED = (
    (6, 0.857, 0.0764),
    (7, 0.807, 0.0869),
    (10, 0.753, 0.0963),
    (13, 0.690, 0.1068),
    (16, 0.627, 0.1141),
    (22, 0.538, 0.1282),
    (23, 0.448, 0.1346),
)


def times_of(text: str) -> Times:
    words = text.split()
    exits = np.array([float(word.rstrip("+")) for word in words])
    return Times(np.zeros(len(words)), exits, np.array([int("+" not in word) for word in words]))


def test_kaplan_meier_is_the_published_one_to_three_digits() -> None:
    curve = curves.survival_curve(times_of(SIX_MP))
    steps = list(zip(curve.days, curve.shares, strict=True))[1:]
    assert [(day, round(share, 3)) for day, share in steps] == [
        (day, pytest.approx(share)) for day, share, _error in PRINTED
    ]


def test_limits_are_log_log_of_the_published_errors() -> None:
    curve = curves.survival_curve(times_of(SIX_MP))
    for (_day, share, error), low, high in zip(
        PRINTED, curve.lows[1:], curve.highs[1:], strict=True
    ):
        power = np.exp(1.96 * error / abs(share * np.log(share)))
        assert low == pytest.approx(share**power, abs=0.002)
        assert high == pytest.approx(share ** (1 / power), abs=0.002)


def test_median_and_log_rank_are_the_published_ones() -> None:
    treated, control = times_of(SIX_MP), times_of(PLACEBO)
    median = curves.median_day(curves.survival_curve(treated))
    assert median is not None
    assert (median.value, median.low, median.high) == (23, 13, None)
    other = curves.median_day(curves.survival_curve(control))
    assert other is not None
    assert (other.value, other.low, other.high) == (8, 4, 11)
    # R's survdiff prints χ² 16.8 on one degree of freedom, p = 4.17e-05.
    assert curves.log_rank_p(treated, control) == pytest.approx(4.17e-5, rel=0.002)


def test_deaths_that_fell_when_one_group_was_gone_compare_nobody() -> None:
    gone = Times(np.zeros(5), np.full(5, 100.0), np.zeros(5, int))
    died = Times(np.zeros(5), np.full(5, 300.0), np.array([1, 0, 0, 0, 0]))
    assert curves.log_rank_p(gone, died) is None
    assert curves.log_rank_p(died, gone) is None


def test_numbers_at_risk_count_who_leaves_that_very_day() -> None:
    curve = curves.survival_curve(times_of(SIX_MP))
    assert [curve.at_risk(day) for day in (0, 6, 7, 10, 13, 23, 35, 36)] == [
        21, 21, 17, 15, 12, 6, 1, 0,
    ]  # fmt: skip


def test_beyond_the_last_follow_up_nothing_is_told() -> None:
    curve = curves.survival_curve(times_of(SIX_MP))
    assert curves.at_day(curve, 35).share is not None
    assert curves.at_day(curve, 36).share is None


@pytest.mark.parametrize(("last", "day"), [(363, None), (364, 364), (365, 365), (500, 365)])
def test_a_year_is_day_365_or_52_weeks_where_nobody_was_followed_longer(
    last: float, day: int | None
) -> None:
    times = Times(
        np.zeros(6), np.array([100.0, last, last, last, last, last]), np.eye(6, dtype=int)[0]
    )
    point = curves.at_year(curves.survival_curve(times))
    assert (point.share is None) == (day is None)
    if day is not None:
        assert point.share == curves.at_day(curves.survival_curve(times), day).share
        assert (point.day, point.at_risk) == (day, 5)


def test_where_all_have_died_survival_stays_zero_and_its_limit_is_the_last_known() -> None:
    curve = curves.survival_curve(times_of(PLACEBO))
    found = curves.at_day(curve, 52).share
    assert found is not None
    assert (found.value, found.low) == (0.0, 0.0)
    assert found.high == pytest.approx(curve.highs[-2])


ALL_CLOSED = Times(np.zeros(7), np.array([50.0, 60, 70, 80, 90, 200, 200]), np.ones(7, int))


def test_where_every_lesion_closed_the_share_is_1_and_lies_in_its_interval() -> None:
    curve = curves.incidence_curve(ALL_CLOSED, np.arange(7))
    for share, low, high in list(zip(curve.shares, curve.lows, curve.highs, strict=True))[1:]:
        assert low is not None
        assert high is not None
        assert low <= share <= high <= 1
    assert (curve.shares[-1], curve.highs[-1]) == (1.0, 1.0)
    assert curve.lows[-1] == curve.lows[-2]


def test_where_nobody_is_left_to_close_the_share_is_known_for_good() -> None:
    healed = curves.at_day(curves.incidence_curve(ALL_CLOSED, np.arange(7)), 365).share
    assert healed is not None
    assert healed.value == 1.0
    ended = Times(ALL_CLOSED.entry, ALL_CLOSED.exit, np.array([1, 1, 2, 1, 2, 1, 1]))
    found = curves.at_day(curves.incidence_curve(ended, np.arange(7)), 365).share
    assert found is not None
    assert found.value == pytest.approx(5 / 7)
    died = Times(ALL_CLOSED.entry, ALL_CLOSED.exit, np.full(7, 2))
    none = curves.at_day(curves.incidence_curve(died, np.arange(7)), 365).share
    assert none is not None
    assert (none.value, none.high) == (0.0, pytest.approx(1 - 0.025 ** (1 / 7)))
    lost = Times(ALL_CLOSED.entry, ALL_CLOSED.exit, np.array([1, 1, 2, 1, 2, 1, 0]))
    assert curves.at_day(curves.incidence_curve(lost, np.arange(7)), 365).share is None


def test_before_the_first_death_the_interval_is_exact() -> None:
    found = curves.at_day(curves.survival_curve(times_of(SIX_MP)), 5).share
    assert found is not None
    assert found.value == 1.0
    assert found.low == pytest.approx(0.025 ** (1 / 21))
    assert found.high == 1.0


def test_who_came_late_is_at_risk_from_then_on() -> None:
    # By hand: day 10: 1 of 2 dies; day 20: 1 of 3, for two came on day 15.
    times = Times(np.array([0.0, 0, 15, 15]), np.array([10.0, 20, 30, 30]), np.array([1, 1, 0, 0]))
    curve = curves.survival_curve(times)
    assert curve.shares == pytest.approx((1.0, 0.5, 0.5 * 2 / 3))
    assert [curve.at_risk(day) for day in (0, 10, 14, 15, 20, 21)] == [2, 2, 1, 3, 3, 2]


def test_who_is_first_seen_on_the_day_of_death_was_at_risk() -> None:
    times = Times(np.array([0.0, 0, 10]), np.array([20.0, 20, 10]), np.array([0, 0, 1]))
    assert curves.survival_curve(times).shares == pytest.approx((1.0, 2 / 3))


def a_clinic(seed: int = 3, patients: int = 80) -> tuple[Times, np.ndarray]:
    """Lesions of patients who heal alike, with deaths and censoring in whole days."""
    rng = np.random.default_rng(seed)
    patient = np.repeat(np.arange(patients), rng.integers(1, 5, patients))
    alike = rng.gamma(2, 0.5, patients)[patient]
    close = np.ceil(rng.exponential(120 / alike))
    die = np.ceil(rng.exponential(300, patients))[patient]
    leave = np.ceil(rng.uniform(50, 400, patients))[patient]
    end = np.minimum(np.minimum(close, die), leave)
    event = np.where(close <= np.minimum(die, leave), 1, np.where(die <= leave, 2, 0))
    return Times(np.zeros(len(end)), end, event), patient


def test_incidence_without_deaths_is_one_less_kaplan_meier() -> None:
    times, patient = a_clinic()
    times = Times(times.entry, times.exit, (times.event == 1).astype(int))
    survival = curves.survival_curve(times)
    incidence = curves.incidence_curve(times, patient)
    assert incidence.days == survival.days
    assert incidence.shares == pytest.approx([1 - share for share in survival.shares])


def test_death_leaves_fewer_to_close_than_censoring_it_would_say() -> None:
    times, patient = a_clinic()
    censored = Times(times.entry, times.exit, (times.event == 1).astype(int))
    honest = curves.at_day(curves.incidence_curve(times, patient), 300).share
    naive = curves.at_day(curves.incidence_curve(censored, patient), 300).share
    assert honest is not None
    assert naive is not None
    assert honest.value < naive.value - 0.05


def test_errors_are_those_of_leaving_out_one_patient_after_another() -> None:
    times, patient = a_clinic()
    days = np.array([50.0, 150, 300])
    found = curves.incidence_errors(times, patient, days=days)
    without = []
    for each in np.unique(patient):
        rest = patient != each
        part = Times(times.entry[rest], times.exit[rest], times.event[rest])
        curve = curves.incidence_curve(part, patient[rest])
        without.append([curve.shares[np.searchsorted(curve.days, d, "right") - 1] for d in days])
    count = len(without)
    spread = np.array(without) - np.mean(without, axis=0)
    jackknife = np.sqrt((count - 1) / count * (spread**2).sum(axis=0))
    assert found == pytest.approx(jackknife, rel=0.01)


def test_errors_of_single_lesions_are_the_library_s() -> None:
    from statsmodels.duration.survfunc import CumIncidenceRight

    times, _patient = a_clinic()
    alone = np.arange(len(times.exit))
    days = np.array([50.0, 150, 300])
    library = CumIncidenceRight(times.exit, times.event)
    place = np.searchsorted(library.times, days, side="right") - 1
    found = curves.incidence_errors(times, alone, days=days)
    assert found == pytest.approx(library.cinc_se[0][place], rel=0.01)


def test_lesions_of_one_patient_count_less_than_as_many_patients() -> None:
    times, patient = a_clinic()
    days = np.array([150.0])
    alone = curves.incidence_errors(times, np.arange(len(patient)), days=days)
    assert curves.incidence_errors(times, patient, days=days) > alone


def test_no_closure_at_all_is_bounded_by_the_patients_not_the_lesions() -> None:
    times = Times(np.zeros(40), np.full(40, 400.0), np.zeros(40, int))
    curve = curves.incidence_curve(times, np.repeat(np.arange(10), 4))
    found = curves.at_day(curve, 365, per_patient=4.0).share
    assert found is not None
    assert found.value == 0.0
    assert found.high == pytest.approx(1 - 0.025 ** (1 / 10))


def test_a_difference_takes_its_limits_from_both() -> None:
    from woundtrack.raters.statistics import Estimate

    first, second = Estimate(0.8, 0.7, 0.9), Estimate(0.5, 0.45, 0.6)
    found = curves.difference(first, second)
    assert found is not None
    assert found.value == pytest.approx(0.3)
    assert found.low == pytest.approx(0.3 - np.hypot(0.1, 0.1))
    assert found.high == pytest.approx(0.3 + np.hypot(0.1, 0.05))
    assert curves.difference(first, None) is None


def test_intervals_hold_the_truth() -> None:
    rng = np.random.default_rng(11)
    rate, held = -np.log(0.7) / 365, []
    for _trial in range(400):
        die = np.ceil(rng.exponential(1 / rate, 60))
        leave = np.ceil(rng.uniform(150, 900, 60))
        times = Times(np.zeros(60), np.minimum(die, leave), (die <= leave).astype(int))
        found = curves.at_day(curves.survival_curve(times), 365).share
        assert found is not None
        assert found.low is not None
        assert found.high is not None
        held.append(found.low <= 0.7 <= found.high)
    assert 0.92 <= np.mean(held) <= 0.98
