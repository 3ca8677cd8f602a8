"""A laboratory value as typed, and values that are asked about."""

import pytest

from woundtrack import words
from woundtrack.context.analytes import ANALYTES, OTHER, Usual
from woundtrack.context.lab_reading import (
    LabReading,
    far_from_usual,
    read_lab,
    unit_typed,
    units_that_fit,
)
from woundtrack.context.types import Comparator
from woundtrack.errors import RecordError
from woundtrack.therapy.types import Standing


@pytest.mark.parametrize(
    ("text", "analyte", "read"),
    [
        ("8.9", "phosphate", LabReading(8.9)),
        ("1,23 mmol/l", "phosphate", LabReading(1.23, "mmol/L")),
        ("< 0,1 mmol/L", "phosphate", LabReading(0.1, "mmol/L", Comparator.BELOW)),
        (">5000pg/ml", "pth", LabReading(5000.0, "pg/mL", Comparator.ABOVE)),
        ("1 200", "pth", LabReading(1200.0)),
        ("0", "crp", LabReading(0.0)),
        ("120 UI/L", "alkaline_phosphatase", LabReading(120.0, "U/L")),
        ("3 ukat/l", "alkaline_phosphatase", LabReading(3.0, "µkat/L")),
        ("12 mcg/mL", "fetuin_a", LabReading(12.0, "µg/mL")),
        ("300 \N{GREEK SMALL LETTER MU}mol/L", "creatinine", LabReading(300.0, "µmol/L")),
        ("250 ×10^9/L", "other", LabReading(250.0, "×10^9/L")),
        ("250 G/L", "other", LabReading(250.0, "G/L")),
        ("7", "of_a_later_version", LabReading(7.0)),
        ("", "pth", None),
        ("   ", "pth", None),
    ],
)
def test_a_value_is_read_as_it_is_typed(text: str, analyte: str, read: LabReading | None) -> None:
    assert read_lab(text, analyte) == read


@pytest.mark.parametrize(
    "text",
    [
        "1,200", "-1", "<", "≤5", "high", "8 9", "8.9 9.1", "5-6", "5 – 6", "250 10^9/L",
        "250 10⁹/L", "250 109/L", "1e3", "nan", "inf", "062", "4×8", "4 * 8", "4x8", "5×",
    ],
)  # fmt: skip
@pytest.mark.parametrize("analyte", ["pth", "other"])
def test_what_is_no_single_number_is_refused_rather_than_guessed(text: str, analyte: str) -> None:
    with pytest.raises(RecordError) as refused:
        read_lab(text, analyte)
    assert refused.value.code == "record.not_a_quantity"


def test_a_thousand_is_told_from_a_decimal_by_the_language() -> None:
    words.set_language("fr")
    assert read_lab("1,200", "pth") == LabReading(1.2)
    with pytest.raises(RecordError):
        read_lab("1.200", "pth")


def test_a_unit_of_another_analyte_is_refused_with_its_own() -> None:
    with pytest.raises(RecordError) as refused:
        read_lab("2.5 U/L", "phosphate")
    assert refused.value.code == "record.unit_does_not_fit"
    assert refused.value.data == {"typed": "U/L", "unit": "mmol/L"}


def test_every_unit_is_read_back_as_it_is_offered_in_any_case() -> None:
    for analyte in ANALYTES.values():
        for unit in analyte.units:
            if unit:
                for text in (unit, unit.lower(), unit.upper(), unit.replace("µ", "u")):
                    assert unit_typed(text, analyte.key) == unit


def test_no_two_units_of_one_analyte_are_the_same_but_for_their_case() -> None:
    for analyte in ANALYTES.values():
        assert len({unit.casefold() for unit in analyte.units}) == len(analyte.units)


@pytest.mark.parametrize(
    ("analyte", "value", "unit", "fits"),
    [
        ("calcium_total", 9.0, "mmol/L", "mg/dL"),
        ("calcium_total", 2.2, "mg/dL", "mmol/L"),
        ("calcium_ionised", 1.2, "mg/dL", "mmol/L"),
        ("albumin", 3.2, "g/L", "g/dL"),
        ("albumin", 32.0, "g/dL", "g/L"),
        ("fibrinogen", 600.0, "g/L", "mg/dL"),
        ("fetuin_a", 0.21, "mg/L", "g/L"),
        ("creatinine", 7.5, "µmol/L", "mg/dL"),
    ],
)
def test_a_slip_of_the_unit_is_asked_about(
    analyte: str, value: float, unit: str, fits: str
) -> None:
    far = far_from_usual(analyte, value, unit)
    assert far is not None
    assert far.unit == unit
    assert far.standing is Standing.INFERRED
    assert fits in units_that_fit(analyte, value)
    assert unit not in units_that_fit(analyte, value)
    assert far_from_usual(analyte, value, fits) is None


def test_both_ends_of_what_occurs_are_not_asked_about_and_just_beyond_is() -> None:
    for analyte in ANALYTES.values():
        for unit in analyte.units if analyte.usual else ():
            huge = far_from_usual(analyte.key, 1e9, unit)
            assert huge is not None
            for end, beyond in ((huge.low, -1e-6), (huge.high, 1e-6)):
                assert far_from_usual(analyte.key, end, unit) is None
                assert far_from_usual(analyte.key, end + beyond, unit) == huge


def test_what_the_sources_print_is_never_asked_about() -> None:
    printed = (
        ("calcium_total", 2.20, "mmol/L"), ("phosphate", 1.67, "mmol/L"),
        ("pth", 147.0, "pg/mL"), ("pth", 130.0, "pg/mL"), ("crp", 60.0, "mg/L"),
        ("fibrinogen", 6.0, "g/L"), ("fibrinogen", 2.3, "g/L"), ("fetuin_a", 0.09, "g/L"),
        ("fetuin_a", 1.0, "g/L"),
    )  # fmt: skip
    assert all(far_from_usual(*each) is None for each in printed)


def test_a_range_is_told_in_the_unit_that_was_used() -> None:
    assert far_from_usual("albumin", 32.0, "g/dL") == Usual(0.8, 6.5, "g/dL")


def test_of_what_is_not_known_nothing_is_asked() -> None:
    assert far_from_usual(OTHER, 1e9, "U/L") is None
    assert far_from_usual("crp", 1e9, "furlongs") is None
    assert far_from_usual("of_a_later_version", 1e9, "mg/L") is None
    assert units_that_fit(OTHER, 1.0) == ()


def test_only_what_the_sources_name_says_so_and_codes_from_memory_are_marked() -> None:
    named = {key for key, each in ANALYTES.items() if each.offers is Standing.PUBLISHED}
    assert named == {
        "calcium_total", "calcium_corrected", "phosphate", "pth", "albumin", "crp", "fibrinogen",
        "fetuin_a",
    }  # fmt: skip
    memory = {
        code.code
        for each in ANALYTES.values()
        for code in each.loinc
        if code.standing is Standing.MEMORY
    }
    assert memory == {"2731-8", "1988-5", "3255-7"}
    for each in ANALYTES.values():
        assert bool(each.seen) == bool(each.source)
