"""Laboratory results in print: as reported, with their laboratory's limits and how they lie."""

import datetime as dt
from dataclasses import replace

import pytest

from tests.histories import FIRST_ON, history_of, stored
from woundtrack import words
from woundtrack.context.labs import LabPoint
from woundtrack.context.types import Comparator, LabResult
from woundtrack.records import PatientHistory
from woundtrack.report.content_labs import flag_text, lab_part, limits_text, value_text
from woundtrack.report.content_types import ReportOptions


def lab(analyte: str, value: float, unit: str, *, day: int = 0, **more: object) -> LabResult:
    on = FIRST_ON + dt.timedelta(days=day)
    return LabResult(1, on, analyte, value, unit, **more)  # type: ignore[arg-type]


def with_labs(*labs: LabResult) -> PatientHistory:
    results = tuple(stored(result, number) for number, result in enumerate(labs, 1))
    return replace(history_of([2.0]), labs=results)


def rows(*labs: LabResult, **options: object) -> dict[str, tuple[str, ...]]:
    part = lab_part(with_labs(*labs), ReportOptions(**options))  # type: ignore[arg-type]
    assert part is not None
    assert part.table is not None
    return {row[0]: row[1:] for row in part.table.rows}


def test_the_latest_value_stands_with_its_day_limits_flag_and_the_one_before() -> None:
    told = rows(
        lab("crp", 64, "mg/L", upper_limit=5.0),
        lab("crp", 19, "mg/L", day=14, upper_limit=5.0),
    )
    assert told == {"C-reactive protein": ("19 mg/L", "17 Mar 2026", "up to 5", "high", "64 mg/L")}


def test_a_result_is_printed_in_the_unit_in_which_it_was_reported() -> None:
    told = rows(lab("albumin", 2.9, "g/dL", lower_limit=3.5, upper_limit=5.0))
    assert told["Albumin"] == ("2.9 g/dL", "3 Mar 2026", "3.5 to 5", "low", "–")


def test_calcium_times_phosphate_stands_in_both_units() -> None:
    """CLINICAL §4, vector 10."""
    told = rows(lab("calcium_total", 2.20, "mmol/L"), lab("phosphate", 1.67, "mmol/L"))
    shown = told["Calcium × phosphate"][0].replace("\N{NO-BREAK SPACE}", " ")
    assert shown == "3.67 mmol²/L² (45.6 mg²/dL²)"
    assert list(told) == ["Calcium, total", "Phosphate", "Calcium × phosphate"]


def test_parathyroid_hormone_is_also_counted_in_its_laboratorys_upper_limits() -> None:
    told = rows(lab("pth", 371, "pg/mL", upper_limit=65.0))
    assert told["Parathyroid hormone"][0].replace("\N{NO-BREAK SPACE}", " ") == (
        "371 pg/mL (5.7 × upper limit)"
    )
    without = rows(lab("pth", 371, "pg/mL"))
    assert without["Parathyroid hormone"][0] == "371 pg/mL"


def test_a_bound_keeps_its_sign_and_a_free_analyte_its_name() -> None:
    told = rows(
        lab("crp", 3, "mg/L", comparator=Comparator.BELOW, upper_limit=5.0),
        lab("other", 1.1, "", name="INR"),
    )
    assert told["C-reactive protein"][0] == "<\N{NO-BREAK SPACE}3 mg/L"
    assert told["C-reactive protein"][3] == ""
    assert told["INR"] == ("1.1", "3 Mar 2026", "–", "", "–")


def test_several_results_of_a_day_all_stand_there() -> None:
    told = rows(
        lab("calcium_total", 2.2, "mmol/L"),
        lab("calcium_total", 2.4, "mmol/L", day=7),
        lab("calcium_total", 2.6, "mmol/L", day=7, upper_limit=2.55),
        lab("phosphate", 1.6, "mmol/L", day=7),
    )
    assert told["Calcium, total"] == (
        "2.4 mmol/L · 2.6 mmol/L", "10 Mar 2026", "up to 2.55", "high", "2.2 mmol/L",
    )  # fmt: skip
    assert "Calcium × phosphate" not in told, "which belong together is not known"


def test_a_unit_that_does_not_convert_is_still_printed() -> None:
    told = rows(lab("crp", 12, "arb. units", upper_limit=10.0))
    assert told["C-reactive protein"] == ("12 arb. units", "3 Mar 2026", "up to 10", "high", "–")


def test_only_results_of_the_period_are_printed() -> None:
    later = FIRST_ON + dt.timedelta(days=7)
    told = rows(
        lab("crp", 64, "mg/L"),
        lab("crp", 30, "mg/L", day=7),
        lab("crp", 19, "mg/L", day=14),
        from_on=later,
        to_on=later,
    )
    assert told["C-reactive protein"][0] == "30 mg/L"
    assert told["C-reactive protein"][4] == "–"
    assert lab_part(with_labs(lab("crp", 64, "mg/L")), ReportOptions(from_on=later)) is None


@pytest.mark.parametrize(
    ("value", "comparator", "flag"),
    [
        (5.0, Comparator.EXACT, ""),
        (5.1, Comparator.EXACT, "high"),
        (5.0, Comparator.ABOVE, "high"),
        (4.0, Comparator.ABOVE, ""),
        (9.0, Comparator.BELOW, ""),
        (2.0, Comparator.EXACT, ""),
        (1.9, Comparator.EXACT, "low"),
        (2.0, Comparator.BELOW, "low"),
        (3.0, Comparator.BELOW, ""),
    ],
)
def test_a_flag_says_only_what_is_known(value: float, comparator: Comparator, flag: str) -> None:
    point = LabPoint(FIRST_ON, value, "g/L", low=2.0, high=5.0, comparator=comparator)
    assert flag_text(point) == flag


def test_french() -> None:
    words.set_language("fr")
    result = lab("calcium_total", 2.27, "mmol/L", lower_limit=2.15, upper_limit=2.55)
    assert value_text(result) == "2,27\N{NO-BREAK SPACE}mmol/L"
    assert "2,15" in limits_text(result)
    words.set_language("en")
