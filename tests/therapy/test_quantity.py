"""Quantities as typed, their conversion, and which doses are asked about."""

import pytest

from woundtrack import words
from woundtrack.errors import RecordError
from woundtrack.therapy.catalogue import THERAPIES
from woundtrack.therapy.quantity import (
    FAR_FACTOR,
    Quantity,
    far_from_published,
    read_as,
    read_quantity,
)
from woundtrack.units import converted, is_convertible, unit_of


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("25", Quantity(25.0)),
        ("12,5 g", Quantity(12.5, "g")),
        ("25000mg", Quantity(25000.0, "mg")),
        ("1 200,5 MG", Quantity(1200.5, "mg")),
        ("3 ml", Quantity(3.0, "mL")),
        ("5 mcg", Quantity(5.0, "µg")),
        ("375 mg/m2", Quantity(375.0, "mg/m²")),
        ("2 tablets", Quantity(2.0, "tablets")),
        ("1h30", Quantity(90.0, "min")),
        ("1 h 30 min", Quantity(90.0, "min")),
        ("2h", Quantity(120.0, "min")),
        ("1.200,5", None),
        ("12 34 g", None),
        ("8 9", None),
        ("05 g", None),
        ("0.5 g", Quantity(0.5, "g")),
        (".5 g", Quantity(0.5, "g")),
        ("0", Quantity(0.0)),
        ("250 10^9", None),
        ("much", None),
        ("", None),
    ],
)
def test_a_quantity_is_read_as_it_is_typed(text: str, quantity: Quantity | None) -> None:
    assert read_quantity(text) == quantity


@pytest.mark.parametrize(
    ("value", "unit", "other", "result"),
    [
        (25000.0, "mg", "g", 25.0),
        (25.0, "g", "mg", 25000.0),
        (0.5, "L", "mL", 500.0),
        (6.0, "L/h", "mL/min", 100.0),
        (1.5, "h", "min", 90.0),
        (1.01325, "bar", "ATA", 1.0),
        (7.0, "mg/kg", "mg/kg", 7.0),
    ],
)
def test_units_of_one_quantity_convert(value: float, unit: str, other: str, result: float) -> None:
    assert converted(value, from_unit=unit, to_unit=other) == pytest.approx(result, rel=1e-12)


@pytest.mark.parametrize(
    ("unit", "other"), [("mg", "mL"), ("mg", "mg/kg"), ("mg/kg", "mg/m²"), ("g", "drops")]
)
def test_other_units_do_not(unit: str, other: str) -> None:
    assert not is_convertible(unit, other)
    with pytest.raises(ValueError, match="is not"):
        converted(1.0, from_unit=unit, to_unit=other)


def test_a_field_takes_its_own_unit_or_one_that_converts() -> None:
    assert read_as("0.5 L", unit="mL") == 500.0
    assert read_as("90", unit="min") == 90.0
    assert read_as(" ", unit="min") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("90 mg", "record.unit_does_not_fit"),
        ("soon", "record.not_a_quantity"),
        ("-5 min", "record.not_a_quantity"),
    ],
)
def test_what_does_not_fit_a_field_is_refused(text: str, code: str) -> None:
    with pytest.raises(RecordError) as caught:
        read_as(text, unit="min")
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("therapy", "dose", "unit", "frequency", "asked"),
    [
        ("sts_iv", 25.0, "g", "", False),
        ("sts_iv", 25000.0, "mg", "", False),
        ("sts_iv", 25.0, "mg", "", True),  # the classic slip
        ("sts_iv", 12.5 / FAR_FACTOR, "g", "", False),
        ("sts_iv", 12.5 / FAR_FACTOR - 0.01, "g", "", True),
        ("sts_iv", 25.0 * FAR_FACTOR, "g", "", False),
        ("sts_iv", 25.0 * FAR_FACTOR + 0.1, "g", "", True),
        ("sts_iv", 75.0, "g", "", True),  # a week's total
        ("sts_iv", 25.0, "mL", "", True),
        ("sts_iv", 25.0, "", "", True),
        ("sts_lesion", 500.0, "mg", "", False),
        ("sts_lesion", 2.0, "mL", "", False),
        ("sts_lesion", 500.0, "mL", "", True),
        ("diltiazem", 60.0, "mg", "daily", True),
        ("diltiazem", 60.0, "mg", "three_times_daily", False),
        ("lanthanum", 1250.0, "mg", "three_times_daily", False),
        ("lanthanum", 3.75, "mg", "three_times_daily", True),
        ("hyperbaric", 250.0, "kPa", "", False),
        ("hyperbaric", 25.0, "ATA", "", True),
        ("heparin", 1e6, "IU", "", False),  # nothing published, nothing asked
        ("other", 1e6, "g", "", False),
    ],
)
def test_a_dose_far_from_the_published_ones_is_asked(
    therapy: str, dose: float, unit: str, frequency: str, asked: bool
) -> None:
    assert bool(far_from_published(therapy, dose, unit, frequency=frequency)) is asked


def test_every_published_dose_is_near_itself() -> None:
    for therapy in THERAPIES.values():
        for each in therapy.doses:
            for dose in (each.low or each.high, each.high):
                assert far_from_published(therapy.key, dose, each.unit) == ()


def test_units_are_spelled_one_way() -> None:
    assert [unit_of(text) for text in ("ML", "Mg/kg", "UI", "drops")] == [
        "mL", "mg/kg", "IU", "drops",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "doubtful", "plain"),
    [("en", "1,200 mg", "1.200 mg"), ("fr", "1.200 mg", "1,200 mg")],
)
def test_a_thousand_is_never_read_as_one(language: str, doubtful: str, plain: str) -> None:
    words.set_language(language)
    assert read_quantity(doubtful) is None
    assert read_quantity(plain) == Quantity(1.2, "mg")
    assert read_quantity("0,125 g") == read_quantity("0.125 g") == Quantity(0.125, "g")
