"""Laboratory results as series, and the figures made of several."""

import datetime as dt
from collections.abc import Iterable

import pytest

from tests.histories import stored
from woundtrack.context.labs import (
    ANALYTES,
    GAPS,
    LAB_SERIES,
    ULN,
    analyte_name,
    in_unit,
    lab_gaps,
    lab_series,
    series_keys_of,
    series_named,
)
from woundtrack.context.types import Comparator, LabResult
from woundtrack.errors import RecordError
from woundtrack.records import Stored
from woundtrack.words import number

DAY = dt.date(2026, 3, 3)
NEXT = dt.date(2026, 3, 10)


def lab(
    analyte: str,
    value: float,
    unit: str,
    *,
    on: dt.date = DAY,
    low: float | None = None,
    high: float | None = None,
    comparator: Comparator = Comparator.EXACT,
    name: str = "",
) -> LabResult:
    return LabResult(1, on, analyte, value, unit, name, comparator, low, high)


def kept(*results: LabResult) -> list[Stored[LabResult]]:
    return [stored(result, place) for place, result in enumerate(results, 1)]


def gaps(labs: Iterable[Stored[LabResult]], key: str) -> list[tuple[dt.date, str]]:
    return [(gap.on, gap.reason) for gap in lab_gaps(labs, key)]


@pytest.mark.parametrize(
    ("analyte", "value", "unit", "other", "expected"),
    [
        ("calcium_total", 1.0, "mmol/L", "mg/dL", 4.008),
        ("calcium_ionised", 2.004, "mg/dL", "mmol/L", 0.5),
        ("calcium_total", 1.0, "mmol/L", "mEq/L", 2.0),
        ("phosphate", 1.0, "mmol/L", "mg/dL", 3.097),
        ("pth", 1.0, "pmol/L", "pg/mL", 9.43),
        ("pth", 65.0, "ng/L", "pg/mL", 65.0),
        ("albumin", 3.2, "g/dL", "g/L", 32.0),
        ("crp", 6.0, "mg/dL", "mg/L", 60.0),
        ("fibrinogen", 600.0, "mg/dL", "g/L", 6.0),
        ("fetuin_a", 210.0, "mg/L", "g/L", 0.21),
        ("magnesium", 1.0, "mmol/L", "mg/dL", 2.431),
        ("alkaline_phosphatase", 2.0, "µkat/L", "U/L", 120.0),
        ("vitamin_d", 20.0, "ng/mL", "nmol/L", 49.92),
        ("creatinine", 1.0, "mg/dL", "µmol/L", 88.4),
    ],
)
def test_a_result_is_told_in_another_unit(
    analyte: str, value: float, unit: str, other: str, expected: float
) -> None:
    assert in_unit(lab(analyte, value, unit), other) == expected


def test_there_and_back_is_the_same_number_in_every_unit() -> None:
    for analyte in ANALYTES.values():
        for unit in analyte.units:
            for value in (0.1, 1.23, 8.9, 147.0, 999.9):
                there = in_unit(lab(analyte.key, value, unit), analyte.unit)
                back = in_unit(lab(analyte.key, there, analyte.unit), unit)
                assert back == pytest.approx(value, rel=1e-11)


def test_a_unit_that_does_not_fit_is_refused_with_both() -> None:
    with pytest.raises(RecordError) as refused:
        in_unit(lab("calcium_total", 9.0, "g/L"), "mmol/L")
    assert refused.value.code == "record.unit_does_not_fit"
    assert refused.value.data == {"typed": "g/L", "unit": "mmol/L"}
    with pytest.raises(RecordError):
        in_unit(lab("other", 9.0, "U/L", name="LDH"), "mmol/L")
    assert in_unit(lab("other", 9.0, "U/L", name="LDH"), "U/L") == 9.0


def test_a_series_has_one_unit_its_limits_too_and_is_in_the_order_of_days() -> None:
    labs = kept(
        lab("phosphate", 5.0, "mg/dL", on=NEXT, low=2.5, high=4.5),
        lab("phosphate", 1.67, "mmol/L"),
        lab("calcium_total", 2.2, "mmol/L"),
    )
    first, second = lab_series(labs, "phosphate")
    assert (first.on, first.value, first.unit, first.low, first.lab_id) == (
        DAY, 1.67, "mmol/L", None, 2,
    )  # fmt: skip
    assert second.value == pytest.approx(5.0 / 3.097, rel=1e-11)
    assert second.low == pytest.approx(2.5 / 3.097, rel=1e-11)
    assert second.high == pytest.approx(4.5 / 3.097, rel=1e-11)


def test_results_of_one_day_are_each_a_point() -> None:
    labs = kept(lab("crp", 60.0, "mg/L"), lab("crp", 20.0, "mg/L"))
    assert [point.value for point in lab_series(labs, "crp")] == [60.0, 20.0]


def test_a_result_whose_unit_does_not_fit_is_a_gap_and_no_number() -> None:
    labs = kept(lab("crp", 60.0, "furlongs"))
    assert lab_series(labs, "crp") == ()
    assert gaps(labs, "crp") == [(DAY, "unit")]


def test_calcium_times_phosphate_in_both_units() -> None:
    labs = kept(lab("calcium_total", 2.20, "mmol/L"), lab("phosphate", 1.67, "mmol/L"))
    (si,) = lab_series(labs, "ca_p_si")
    (mass,) = lab_series(labs, "ca_p_mass")
    assert (number(si.value, decimals=3), si.unit) == ("3.674", "mmol²/L²")
    assert (number(mass.value, decimals=1), mass.unit) == ("45.6", "mg²/dL²")
    assert number(mass.value / si.value, decimals=2) == "12.41"
    assert (si.low, si.high, si.lab_id) == (None, None, 1)


def test_a_product_of_mg_per_dl_is_the_product_of_what_was_printed() -> None:
    labs = kept(lab("calcium_total", 10.0, "mg/dL"), lab("phosphate", 5.5, "mg/dL"))
    (mass,) = lab_series(labs, "ca_p_mass")
    assert mass.value == 55.0
    (si,) = lab_series(labs, "ca_p_si")
    assert number(si.value, decimals=2) == "4.43"


def test_total_and_corrected_calcium_never_share_a_series() -> None:
    labs = kept(lab("calcium_corrected", 2.4, "mmol/L"), lab("phosphate", 2.0, "mmol/L"))
    assert lab_series(labs, "ca_p_si") == ()
    assert gaps(labs, "ca_p_si") == [(DAY, "calcium")]
    assert [point.value for point in lab_series(labs, "ca_p_corrected_si")] == [4.8]
    assert LAB_SERIES["ca_p_corrected_si"].title != LAB_SERIES["ca_p_si"].title


def test_a_product_needs_both_of_the_same_day() -> None:
    labs = kept(lab("calcium_total", 2.2, "mmol/L"), lab("phosphate", 1.67, "mmol/L", on=NEXT))
    assert lab_series(labs, "ca_p_si") == ()
    assert gaps(labs, "ca_p_si") == [(DAY, "phosphate"), (NEXT, "calcium")]


def test_of_several_results_of_one_day_no_product_is_made() -> None:
    labs = kept(
        lab("calcium_total", 2.2, "mmol/L"),
        lab("calcium_total", 2.5, "mmol/L"),
        lab("phosphate", 1.67, "mmol/L"),
    )
    assert lab_series(labs, "ca_p_mass") == ()
    assert gaps(labs, "ca_p_mass") == [(DAY, "several")]


def test_a_product_of_a_bound_is_a_bound_and_of_two_opposite_ones_nothing() -> None:
    below, above = Comparator.BELOW, Comparator.ABOVE
    labs = kept(
        lab("calcium_total", 2.0, "mmol/L"),
        lab("phosphate", 0.3, "mmol/L", comparator=below),
        lab("calcium_total", 3.5, "mmol/L", on=NEXT, comparator=above),
        lab("phosphate", 0.3, "mmol/L", on=NEXT, comparator=below),
    )
    (point,) = lab_series(labs, "ca_p_si")
    assert (point.value, point.comparator) == (0.6, below)
    assert gaps(labs, "ca_p_si") == [(NEXT, "bounds")]


def test_parathyroid_hormone_is_counted_in_its_laboratorys_own_limit() -> None:
    labs = kept(
        lab("pth", 585.0, "pg/mL", low=13.0, high=65.0),
        lab("pth", 13.8, "pmol/L", on=NEXT, high=6.9, comparator=Comparator.ABOVE),
        lab("pth", 147.0, "pg/mL", on=dt.date(2026, 4, 1)),
    )
    first, second = lab_series(labs, "pth_uln")
    assert (first.value, first.unit, first.low, first.high) == (9.0, ULN, 0.2, 1.0)
    assert (second.value, second.comparator) == (2.0, Comparator.ABOVE)
    assert gaps(labs, "pth_uln") == [(dt.date(2026, 4, 1), "upper_limit")]
    assert len(lab_series(labs, "pth")) == 3


def test_a_limit_of_0_gives_no_number() -> None:
    labs = kept(lab("pth", 147.0, "pg/mL", high=0.0))
    assert lab_series(labs, "pth_uln") == ()
    assert gaps(labs, "pth_uln") == [(DAY, "upper_limit")]


def test_values_that_the_clinic_named_have_a_series_for_each_name_and_unit() -> None:
    labs = kept(
        lab("other", 200.0, "U/L", name="LDH"),
        lab("other", 220.0, "U/L", name=" ldh ", on=NEXT),
        lab("other", 3.3, "µkat/L", name="LDH"),
        lab("crp", 60.0, "mg/L"),
    )
    keys = series_keys_of(labs)
    assert len(keys) == 3
    assert keys[0] == "crp"
    assert [point.value for point in lab_series(labs, keys[1])] == [200.0, 220.0]
    named = series_named(labs, keys[1])
    assert named is not None
    assert (named.title, named.unit) == ("LDH", "U/L")
    assert series_named(labs, "other:U/L:unheard of") is None
    assert lab_series(labs, "unheard of") == ()


def test_the_keys_are_those_with_points_in_the_order_of_the_list() -> None:
    labs = kept(
        lab("pth", 130.0, "pg/mL", high=65.0),
        lab("phosphate", 1.67, "mmol/L"),
        lab("calcium_total", 2.2, "mmol/L"),
    )
    expected = ("calcium_total", "phosphate", "pth", "ca_p_si", "ca_p_mass", "pth_uln")
    assert series_keys_of(labs) == expected
    assert series_keys_of(kept(lab("pth", 130.0, "pg/mL"))) == ("pth",)
    assert series_keys_of([]) == ()


def test_a_result_is_named_by_the_table_or_by_the_clinic() -> None:
    assert analyte_name(lab("crp", 1.0, "mg/L")) == "C-reactive protein"
    assert analyte_name(lab("other", 1.0, "", name=" Zinc ")) == "Zinc"
    assert analyte_name(lab("from_a_later_version", 1.0, "")) == "from_a_later_version"


def test_every_reason_has_words() -> None:
    reasons = {"unit", "upper_limit", "calcium", "phosphate", "several", "bounds"}
    assert set(GAPS) == reasons
