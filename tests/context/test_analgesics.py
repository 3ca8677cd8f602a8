"""Oral morphine equivalents: a number only where every opioid of the day has one."""

import datetime as dt
import itertools
import random
from dataclasses import replace

import pytest

from tests.histories import PATIENT, stored
from woundtrack.context.analgesics import (
    DRUGS,
    OME_GAPS,
    TABLE,
    TABLE_VERSION,
    DailyOme,
    daily_ome,
    drug_name,
    ome_of,
    ome_series,
    taken_on,
    uses_until_death,
)
from woundtrack.context.types import AnalgesicUse
from woundtrack.records import PatientHistory

DAY = dt.date(2026, 3, 3)


def day(count: int) -> dt.date:
    return DAY + dt.timedelta(days=count)


def use(
    drug: str,
    dose: float | None = 10.0,
    times: float | None = 2.0,
    *,
    unit: str = "mg",
    route: str = "oral",
    start: int = 0,
    stop: int | None = None,
    name: str = "",
) -> AnalgesicUse:
    stop_on = None if stop is None else day(stop)
    return AnalgesicUse(1, drug, day(start), stop_on, name, route, dose, unit, times)


def patch(rate: float, *, unit: str = "µg/h", times: float | None = None) -> AnalgesicUse:
    return use("fentanyl_patch", rate, times, unit=unit, route="transdermal")


def test_the_published_case() -> None:
    assert daily_ome([use("oxycodone")], DAY) == DailyOme(30.0)


@pytest.mark.parametrize(
    ("drug", "factor"),
    [
        ("codeine", 0.15), ("hydrocodone", 1.0), ("hydromorphone", 5.0), ("methadone", 4.7),
        ("morphine", 1.0), ("oxycodone", 1.5), ("oxymorphone", 3.0), ("tapentadol", 0.4),
        ("tramadol", 0.2),
    ],
)  # fmt: skip
def test_every_factor_is_that_of_the_table(drug: str, factor: float) -> None:
    assert ome_of(use(drug, 100.0, 1.0)).mg == 100.0 * factor
    assert TABLE_VERSION == TABLE.version == "CDC 2022"


def test_the_table_has_no_other_factors() -> None:
    assert sum(drug.factor is not None for drug in DRUGS.values()) == 10


def test_a_patch_counts_by_the_hour() -> None:
    assert ome_of(patch(25.0)).mg == 60.0
    assert ome_of(patch(0.025, unit="mg/h")).mg == 60.0
    assert ome_of(patch(25.0, times=1.0)).reason == "patch_times"
    assert ome_of(patch(25.0, unit="µg")).reason == "unit"


def test_units_of_mass_are_converted() -> None:
    assert ome_of(use("tramadol", 0.1, 3.0, unit="g")).mg == 60.0


@pytest.mark.parametrize(
    ("taken", "reason"),
    [
        (use("alfentanil", route="subcutaneous"), "no_factor"),
        (use("buprenorphine_patch", 35.0, None, unit="µg/h", route="transdermal"), "no_factor"),
        (use("fentanyl_other", 100.0, 4.0, unit="µg", route="nasal"), "no_factor"),
        (use("morphine", route="intravenous"), "route"),
        (use("morphine", route=""), "route"),
        (use("morphine", None), "dose"),
        (use("morphine", 10.0, None), "times"),
        (use("morphine", unit="mL"), "unit"),
        (use("morphine", unit=""), "unit"),
        (use("other", name="Sufentanil"), "not_known"),
        (use("of_a_later_version"), "not_known"),
    ],
)
def test_what_has_no_equivalent_leaves_the_day_without_a_number(
    taken: AnalgesicUse, reason: str
) -> None:
    assert ome_of(taken).mg is None
    assert ome_of(taken).reason == reason
    assert reason in OME_GAPS
    total = daily_ome([use("oxycodone"), taken], DAY)
    assert total == DailyOme(None, (drug_name(taken),))


def test_what_is_no_opioid_counts_nothing_and_hides_nothing() -> None:
    others = [use(key, None, None, unit="", route="") for key in DRUGS if not DRUGS[key].opioid]
    assert daily_ome([use("oxycodone"), *others], DAY) == DailyOme(30.0)
    assert daily_ome(others, DAY) == DailyOme(0.0)


def test_each_missing_drug_is_named_once() -> None:
    twice = [use("alfentanil"), use("alfentanil"), use("other", name="Sufentanil")]
    assert daily_ome(twice, DAY).incomplete == ("Alfentanil", "Sufentanil")


def test_first_and_last_days_count() -> None:
    taken = [use("oxycodone", stop=3)]
    assert daily_ome(taken, day(3)) == DailyOme(30.0)
    assert daily_ome(taken, day(4)) == DailyOme(0.0)
    assert taken_on(taken, day(4)) == ()


def test_before_the_first_record_nothing_is_known_and_that_is_no_0() -> None:
    assert daily_ome([use("oxycodone")], day(-1)) == DailyOme(None)
    assert daily_ome([], DAY) == DailyOme(None)


def test_a_period_is_told_in_steps() -> None:
    uses = [
        use("oxycodone", stop=9),
        use("morphine", 5.0, 2.0, start=5, stop=6),
        use("alfentanil", start=12, stop=12),
        use("paracetamol", start=14),
    ]
    steps = ome_series(uses, day(-2), day(20))
    told = [((s.from_on - DAY).days, (s.to_on - DAY).days, s.ome.mg) for s in steps]
    assert told == [
        (-2, -1, None), (0, 4, 30.0), (5, 6, 40.0), (7, 9, 30.0), (10, 11, 0.0), (12, 12, None),
        (13, 20, 0.0),
    ]  # fmt: skip
    assert steps[5].ome.incomplete == ("Alfentanil",)
    assert ome_series(uses, day(1), day(0)) == ()


def test_every_day_of_the_steps_is_its_days_total() -> None:
    chance = random.Random(20260303)
    for _round in range(60):
        uses = [_any_use(chance) for _use in range(chance.randint(0, 6))]
        steps = ome_series(uses, day(0), day(40))
        days = [s.from_on + dt.timedelta(days=k) for s in steps for k in range(41) if
                s.from_on + dt.timedelta(days=k) <= s.to_on]  # fmt: skip
        assert days == [day(count) for count in range(41)]
        for step in steps:
            for on in (step.from_on, step.to_on):
                assert daily_ome(uses, on) == step.ome
        assert all(a.ome != b.ome for a, b in itertools.pairwise(steps))


def test_another_drug_never_makes_the_total_smaller_and_never_makes_it_complete() -> None:
    chance = random.Random(9)
    for _round in range(500):
        uses = [_any_use(chance) for _use in range(chance.randint(1, 5))]
        on = day(chance.randint(0, 40))
        before, after = daily_ome(uses, on), daily_ome([*uses, _any_use(chance)], on)
        if before.incomplete:
            assert after.mg is None
            assert set(before.incomplete) <= set(after.incomplete)
        elif before.mg is not None:
            assert after.mg is None or after.mg >= before.mg
        assert (after.mg is None) or not after.incomplete


def test_what_is_taken_ends_with_the_patients_life() -> None:
    history = PatientHistory(
        patient=stored(PATIENT, 1),
        analgesics=(stored(use("oxycodone"), 1), stored(use("morphine", stop=2), 2)),
    )
    assert [each.stop_on for each in uses_until_death(history)] == [None, day(2)]
    died = replace(history, patient=stored(replace(PATIENT, died_on=day(30)), 1))
    assert [each.stop_on for each in uses_until_death(died)] == [day(30), day(2)]


def _any_use(chance: random.Random) -> AnalgesicUse:
    key = chance.choice(list(DRUGS))
    drug = DRUGS[key]
    start = chance.randint(0, 30)
    times = None if drug.by_the_hour else chance.choice([0.5, 1.0, 3.0])
    return use(
        key,
        chance.choice([None, 0.1, 5.0, 12.5, 100.0]),
        times,
        unit=drug.unit,
        route=drug.routes[0] if drug.routes else "",
        start=start,
        stop=chance.choice([None, start, start + 8]),
    )
