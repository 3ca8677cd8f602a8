"""Frozen values to JSON and back."""

import datetime as dt
import json
from dataclasses import dataclass
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from woundtrack.records import Assessment, FilledForm, SizeMethod, Tunnel, Undermining
from woundtrack.store import checks
from woundtrack.store.codec import CodecError, codec_for
from woundtrack.store.kinds import SPECS


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Inner:
    points: tuple[tuple[float, float], ...] = ()
    colour: Colour | None = None


@dataclass(frozen=True, slots=True)
class Outer:
    day: dt.date
    size: float
    count: int = 0
    inner: Inner | None = None
    sure: bool = False
    three: tuple[float, float, float] = (0.0, 0.0, 0.0)


def through(value: object) -> object:
    encode, decode = codec_for(type(value))
    return decode(json.loads(json.dumps(encode(value), allow_nan=False)))


def test_a_nested_value_comes_back_equal_and_of_the_same_types() -> None:
    value = Outer(
        dt.date(2026, 2, 28), 1.5, 3, Inner(((0.1, 2.0), (3.0, 4.0)), Colour.RED), True, (1.0, 2, 3)
    )
    back = through(value)
    assert back == value
    assert isinstance(back.inner.colour, Colour)
    assert all(type(x) is float for x in back.three)


finite = st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(st.lists(st.tuples(finite, finite), max_size=8).map(tuple), max_size=3).map(tuple))
def test_outlines_come_back_to_the_last_bit(rings: tuple) -> None:
    from woundtrack.outline.types import Outline

    assert through(Outline(rings)) == Outline(rings)


def test_an_assessment_with_everything_comes_back() -> None:
    value = Assessment(
        1,
        2,
        size_method=SizeMethod.BEDSIDE,
        length_cm=4.2,
        undermining=(Undermining(1.0, 11, 2),),
        tunnels=(Tunnel(2.5, 6),),
        infection_signs=("redness",),
        shape="round",
        forms=(FilledForm("bwat", "2001, revised", (1, None, *(3,) * 11), (2.5, 1.5)),),
    )
    assert through(value) == value


def test_a_field_that_old_json_lacks_takes_its_default() -> None:
    decode = codec_for(Outer)[1]
    assert decode({"day": "2026-01-01", "size": 1.0}) == Outer(dt.date(2026, 1, 1), 1.0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"size": 1.0},
        {"day": "2026-02-30", "size": 1.0},
        {"day": "2026-01-01", "size": "1.0"},
        {"day": "2026-01-01", "size": True},
        {"day": "2026-01-01", "size": 1.0, "count": 1.0},
        {"day": "2026-01-01", "size": 1.0, "count": True},
        {"day": "2026-01-01", "size": 1.0, "sure": "yes"},
        {"day": "2026-01-01", "size": 1.0, "unknown": 1},
        {"day": "2026-01-01", "size": 1.0, "three": [1.0, 2.0]},
        {"day": "2026-01-01", "size": 1.0, "inner": {"colour": "blue"}},
        {"day": "2026-01-01", "size": 1.0, "inner": {"points": [[1.0]]}},
        {"day": "2026-01-01", "size": 1.0, "inner": {"points": [["1", "2"]]}},
        {"day": "2026-01-01", "size": 1.0, "inner": {"points": "ab"}},
        {"day": "2026-01-01", "size": 1.0, "inner": []},
        [],
        None,
    ],
)
def test_what_does_not_fit_is_refused(wrong: object) -> None:
    with pytest.raises(CodecError):
        codec_for(Outer)[1](wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        Outer(dt.date(2026, 1, 1), float("nan")),
        Outer(dt.date(2026, 1, 1), float("inf")),
        Outer(dt.datetime(2026, 1, 1, tzinfo=dt.UTC), 1.0),
        Outer(dt.date(2026, 1, 1), 1.0, count=True),
        Outer(dt.date(2026, 1, 1), 1.0, sure=1),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_be_read_back_is_not_written(wrong: Outer) -> None:
    with pytest.raises((CodecError, TypeError)):
        codec_for(Outer)[0](wrong)


def test_every_kind_of_record_has_a_codec_and_a_check() -> None:
    assert {spec.kind for spec in SPECS} == set(checks._CHECKS)
    for spec in SPECS:
        codec_for(spec.kind)
