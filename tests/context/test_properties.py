"""What holds of any laboratory results and of anything that may be typed."""

import datetime as dt
import math
import random
from collections import Counter
from dataclasses import replace

import pytest

from tests.histories import stored
from woundtrack.context.lab_reading import read_lab
from woundtrack.context.labs import (
    ANALYTES,
    GAPS,
    LAB_SERIES,
    OTHER,
    in_unit,
    lab_gaps,
    lab_series,
    series_keys_of,
    series_named,
)
from woundtrack.context.types import Comparator, LabResult
from woundtrack.errors import RecordError
from woundtrack.records import Stored

DAY = dt.date(2026, 3, 3)
ROUNDS = 150


def _any_labs(chance: random.Random) -> list[Stored[LabResult]]:
    return [stored(_any_result(chance), place) for place in range(1, chance.randint(2, 25))]


def _any_result(chance: random.Random) -> LabResult:
    keys = ("calcium_total", "calcium_corrected", "phosphate", "pth", "crp", OTHER)
    analyte = ANALYTES[chance.choice(keys)]
    return LabResult(
        1,
        DAY + dt.timedelta(days=chance.randint(0, 6)),
        analyte.key,
        round(chance.uniform(0.1, 900), chance.randint(0, 2)) or 0.1,
        chance.choice([*analyte.units, "furlongs"]),
        chance.choice(["LDH", "Zinc"]) if analyte.key == OTHER else "",
        chance.choice([Comparator.EXACT, Comparator.EXACT, *Comparator]),
        None,
        chance.choice([None, 65.0]),
    )


def test_every_result_is_a_point_or_a_gap_of_its_series() -> None:
    chance = random.Random(1)
    for _round in range(ROUNDS):
        labs = _any_labs(chance)
        for key in ("calcium_total", "phosphate", "crp", "pth_uln"):
            analyte = "pth" if key == "pth_uln" else key
            mine = sorted(lab.id for lab in labs if lab.value.analyte == analyte)
            told = (*lab_series(labs, key), *lab_gaps(labs, key))
            assert sorted(each.lab_id for each in told) == mine


def test_every_day_with_a_factor_has_one_product_or_one_reason() -> None:
    chance = random.Random(2)
    for _round in range(ROUNDS):
        labs = _any_labs(chance)
        for key, calcium in (("ca_p_si", "calcium_total"), ("ca_p_mass", "calcium_total"),
                             ("ca_p_corrected_si", "calcium_corrected")):  # fmt: skip
            of = {calcium, "phosphate"}
            days = {lab.value.on for lab in labs if lab.value.analyte in of}
            told = Counter(each.on for each in (*lab_series(labs, key), *lab_gaps(labs, key)))
            assert told == Counter(days)
            assert all(gap.reason in GAPS for gap in lab_gaps(labs, key))


def test_a_product_is_that_of_its_days_only_results_in_either_unit() -> None:
    chance = random.Random(3)
    made = 0
    for _round in range(ROUNDS):
        labs = _any_labs(chance)
        both = zip(lab_series(labs, "ca_p_si"), lab_series(labs, "ca_p_mass"), strict=True)
        for si, mass in both:
            of_day = [lab.value for lab in labs if lab.value.on == si.on]
            (calcium,) = (each for each in of_day if each.analyte == "calcium_total")
            (phosphate,) = (each for each in of_day if each.analyte == "phosphate")
            assert si.value == in_unit(calcium, "mmol/L") * in_unit(phosphate, "mmol/L")
            assert mass.value == in_unit(calcium, "mg/dL") * in_unit(phosphate, "mg/dL")
            assert mass.value / si.value == pytest.approx(4.008 * 3.097, rel=1e-10)
            kinds = {calcium.comparator, phosphate.comparator} - {Comparator.EXACT}
            assert {si.comparator} == (kinds or {Comparator.EXACT})
            made += 1
    assert made > 20


def test_the_order_of_results_changes_nothing() -> None:
    chance = random.Random(4)
    for _round in range(ROUNDS):
        labs = _any_labs(chance)
        mixed = chance.sample(labs, len(labs))
        assert set(series_keys_of(labs)) == set(series_keys_of(mixed))
        for key in (*LAB_SERIES, *series_keys_of(labs)):
            assert lab_series(labs, key) == lab_series(mixed, key)
            assert lab_gaps(labs, key) == lab_gaps(mixed, key)


def test_every_key_with_points_has_a_name_and_its_points_one_unit() -> None:
    chance = random.Random(5)
    for _round in range(ROUNDS):
        labs = _any_labs(chance)
        for key in series_keys_of(labs):
            named = series_named(labs, key)
            assert named is not None
            assert {point.unit for point in lab_series(labs, key)} == {named.unit}


def test_a_multiple_of_the_limit_is_the_same_in_every_unit() -> None:
    chance = random.Random(6)
    for _round in range(ROUNDS):
        value, limit = chance.uniform(1, 3000), chance.uniform(30, 90)
        multiples = set()
        for unit in ANALYTES["pth"].units:
            one = LabResult(1, DAY, "pth", value, "pg/mL")
            other = replace(one, value=limit)
            told = replace(
                one, value=in_unit(one, unit), unit=unit, upper_limit=in_unit(other, unit)
            )
            (point,) = lab_series([stored(told, 1)], "pth_uln")
            multiples.add(f"{point.value:.9g}")
        assert len(multiples) == 1


def test_whatever_is_typed_is_read_as_one_finite_number_or_refused() -> None:
    chance = random.Random(7)
    letters = "0123456789.,  <>≤-+^/eEµgmolLdhx×()%\t\N{NO-BREAK SPACE}²⁹é"
    read, codes = 0, set()
    for _round in range(20_000):
        text = "".join(chance.choices(letters, k=chance.randint(0, 9)))
        try:
            reading = read_lab(text, chance.choice(["pth", "calcium_total", OTHER]))
        except RecordError as refused:
            codes.add(refused.code)
            continue
        if reading is None:
            assert not text.strip()
            continue
        assert math.isfinite(reading.value)
        assert reading.value >= 0
        read += 1
    assert read > 500
    assert codes == {"record.not_a_quantity", "record.unit_does_not_fit"}
