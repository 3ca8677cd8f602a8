"""A number field takes point and comma, and tells a slip from an empty field."""

import pytest
from pytestqt.qtbot import QtBot

from ui.widgets.quantity import QuantityField, parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [("3.2", 3.2), ("3,2", 3.2), (" 4 ", 4.0), ("", None), ("x", None), ("1.2.3", None),
     ("nan", None), ("inf", None)],
)  # fmt: skip
def test_numbers_as_people_type_them(text: str, value: float | None) -> None:
    assert parse_number(text) == value


def test_empty_is_valid_and_a_slip_is_not(qtbot: QtBot) -> None:
    field = QuantityField(highest=100.0)
    qtbot.addWidget(field)
    assert field.is_valid()
    for slip in ("-1", "101", "3..2"):
        field.setText(slip)
        assert field.value() is None
        assert not field.is_valid()


def test_showing_a_value_does_not_disturb_what_is_being_typed(qtbot: QtBot) -> None:
    field = QuantityField()
    qtbot.addWidget(field)
    qtbot.keyClicks(field, "3.")
    field.set_value(3.0)
    assert field.text() == "3."
    field.set_value(4.5)
    assert field.text() == "4.5"


def test_what_was_typed_is_put_in_order_only_where_nothing_is_lost_by_it(qtbot: QtBot) -> None:
    field = QuantityField(highest=5000.0)
    qtbot.addWidget(field)
    for typed, kept in (("4", "4.0"), (",5", "0.5"), ("6.35", "6.35"), ("1200", "1200")):
        field.clear()
        qtbot.keyClicks(field, typed)
        field.editingFinished.emit()
        assert field.text() == kept
        assert field.value() == parse_number(typed)


@pytest.mark.parametrize(("decimals", "value"), [(1, 3.25), (1, 1200.0), (2, 1.235), (1, 4.0)])
def test_a_number_that_is_shown_again_is_the_one_that_was_typed(
    qtbot: QtBot, decimals: int, value: float
) -> None:
    field = QuantityField(decimals=decimals, highest=5000.0)
    qtbot.addWidget(field)
    field.set_value(value)
    assert field.value() == value


def test_another_unit_behind_the_number_is_converted(qtbot: QtBot) -> None:
    field = QuantityField(kept_in="mm", highest=999.0)
    qtbot.addWidget(field)
    for typed, value in (("1.2 cm", 12.0), ("1,2cm", 12.0), ("12.5 mm", 12.5), ("7", 7.0)):
        field.setText(typed)
        assert field.value() == value
    for slip in ("3 kg", "1.2 c", "100 cm"):
        field.setText(slip)
        assert not field.is_valid()


def test_a_slip_takes_back_what_its_first_digits_said(qtbot: QtBot) -> None:
    field = QuantityField(highest=100.0)
    qtbot.addWidget(field)
    told: list[float | None] = []
    field.changed.connect(lambda: told.append(field.value()))
    qtbot.keyClicks(field, "450")
    assert told == [4.0, 45.0, None]
    field.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.set_value(None)
    assert field.text() == "450", "the slip stands there to be mended"
    assert not field.is_valid()
    field.clearFocus()
    field.set_value(None)
    assert field.text() == ""


def test_a_field_of_whole_numbers_rounds_nothing(qtbot: QtBot) -> None:
    field = QuantityField(decimals=0, highest=100)
    qtbot.addWidget(field)
    qtbot.keyClicks(field, "6.4")
    assert field.value() is None
    assert not field.is_valid()
    field.setText("64")
    assert field.value() == 64
