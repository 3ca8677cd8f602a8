"""Frozen dataclasses to JSON and back, strictly.

A field that was added later and is absent from old JSON takes its default. Anything else
that does not fit its type raises CodecError: nothing is coerced and nothing is guessed.
"""

import base64
import dataclasses
import datetime as dt
import itertools
import math
import operator
import types
import typing
from collections.abc import Callable
from enum import Enum
from functools import cache
from typing import Any, TypeAlias

Encode: TypeAlias = Callable[[Any], Any]
Decode: TypeAlias = Callable[[Any], Any]


class CodecError(Exception):
    """Stored JSON that does not fit its type, or a value that JSON cannot hold."""


def codec_for(hint: Any) -> tuple[Encode, Decode]:
    """How to encode values of a type as JSON values, and decode them."""
    return _codec(hint)


@cache
def _codec(hint: Any) -> tuple[Encode, Decode]:
    if hint in _SCALARS:
        return _SCALARS[hint]
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return _optional(hint)
    if origin is tuple:
        return _tuple(hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _guarded(lambda value: hint(value).value), _guarded(hint)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _dataclass(hint)
    raise TypeError(f"no codec for {hint!r}")


def field_hints(kind: Any) -> dict[str, Any]:
    """The resolved type of every field of a dataclass, in order."""
    return _field_hints(kind)


@cache
def _field_hints(kind: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}


def _guarded(decode: Decode) -> Decode:
    def guarded(value: Any) -> Any:
        try:
            return decode(value)
        except (ValueError, TypeError, OverflowError) as error:
            raise CodecError(str(error)) from None

    return guarded


def _exactly(kind: type) -> Decode:
    def decode(value: Any) -> Any:
        if type(value) is not kind:
            raise CodecError(f"{kind.__name__} expected")
        return value

    return decode


def _float_in(value: Any) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise CodecError("not a finite number")
    return number


def _float_out(value: Any) -> float:
    if type(value) is float:
        return value
    if type(value) is int:
        return float(value)
    raise CodecError("number expected")


def _bool_out(value: Any) -> bool:
    # SQLite has no booleans: a column gives 0 or 1, JSON gives true or false.
    if value is True or value is False:
        return bool(value)
    if type(value) is int and value in (0, 1):
        return value == 1
    raise CodecError("boolean expected")


def _str_in(value: Any) -> str:
    if not isinstance(value, str):
        raise CodecError("text expected")
    return str(value)


def _int_in(value: Any) -> int:
    if isinstance(value, bool):
        raise CodecError("whole number expected")
    return operator.index(value)


def _bool_in(value: Any) -> bool:
    if value is True or value is False:
        return bool(value)
    raise CodecError("boolean expected")


def _bytes_in(value: Any) -> str:
    if type(value) is not bytes:
        raise CodecError("bytes expected")
    return base64.b64encode(value).decode("ascii")


def _bytes_out(value: Any) -> bytes:
    return base64.b64decode(_str_in(value), validate=True)


def _day_in(value: Any) -> str:
    # A datetime is a date to Python, but would not be read back as one.
    if type(value) is not dt.date:
        raise CodecError("date expected")
    return value.isoformat()


def _moment_in(value: Any) -> str:
    if not isinstance(value, dt.datetime):
        raise CodecError("time expected")
    return value.isoformat()


_SCALARS: dict[Any, tuple[Encode, Decode]] = {
    str: (_str_in, _exactly(str)),
    int: (_int_in, _exactly(int)),
    bool: (_bool_in, _bool_out),
    float: (_float_in, _float_out),
    bytes: (_bytes_in, _guarded(_bytes_out)),
    dt.date: (_day_in, _guarded(dt.date.fromisoformat)),
    dt.datetime: (_moment_in, _guarded(dt.datetime.fromisoformat)),
    object: (lambda value: value, lambda value: value),  # JSON as it is
}


def _optional(hint: Any) -> tuple[Encode, Decode]:
    inner = [part for part in typing.get_args(hint) if part is not type(None)]
    if len(inner) != 1:
        raise TypeError(f"no codec for {hint!r}")
    encode, decode = codec_for(inner[0])
    return (
        lambda value: None if value is None else encode(value),
        lambda value: None if value is None else decode(value),
    )


def _tuple(hint: Any) -> tuple[Encode, Decode]:
    parts = typing.get_args(hint)
    if parts == (float, float):
        return _pair_in, _guarded(_pair_out)
    if len(parts) == 2 and parts[1] is Ellipsis:
        return _many(parts[0])
    codecs = [codec_for(part) for part in parts]

    def encode(value: Any) -> list[Any]:
        return [codec[0](item) for codec, item in zip(codecs, value, strict=True)]

    def decode(value: Any) -> tuple[Any, ...]:
        return tuple(codec[1](item) for codec, item in zip(codecs, value, strict=True))

    return encode, _guarded(decode)


def _pair_in(value: Any) -> list[float]:
    x, y = value
    return [_float_in(x), _float_in(y)]


def _pair_out(value: Any) -> tuple[float, float]:
    x, y = value
    return _float_out(x), _float_out(y)


def _many(part: Any) -> tuple[Encode, Decode]:
    encode_one, decode_one = codec_for(part)
    if part == tuple[float, float]:
        return (lambda value: [encode_one(item) for item in value]), _points_out

    def decode(value: Any) -> tuple[Any, ...]:
        if type(value) is not list:
            raise CodecError("list expected")
        return tuple([decode_one(item) for item in value])

    return (lambda value: [encode_one(item) for item in value]), decode


def _points_out(value: Any) -> tuple[tuple[float, float], ...]:
    # Outlines are thousands of points, and opening a patient waits for them: one tight loop.
    try:
        points = tuple([(x, y) for x, y in value])
    except (TypeError, ValueError) as error:
        raise CodecError(str(error)) from None
    if set(map(type, itertools.chain.from_iterable(points))) <= {float}:
        return points
    return tuple([(_float_out(x), _float_out(y)) for x, y in points])


def _dataclass(kind: type) -> tuple[Encode, Decode]:
    codecs = {name: codec_for(hint) for name, hint in field_hints(kind).items()}
    encoders = [(name, codec[0]) for name, codec in codecs.items()]

    def encode(value: Any) -> dict[str, Any]:
        return {name: encode_one(getattr(value, name)) for name, encode_one in encoders}

    def decode(value: Any) -> Any:
        if type(value) is not dict:
            raise CodecError("object expected")
        try:
            return kind(**{name: codecs[name][1](item) for name, item in value.items()})
        except KeyError as error:
            raise CodecError(f"unknown field {error}") from None

    return encode, _guarded(decode)
