"""JSON as the open format has it: one way of writing, and reading that guesses nothing."""

import json
import math
from typing import Any

from woundtrack.errors import InterchangeError

MAX_JSON_BYTES = 256_000_000
"""Of one file: outlines of a patient with some thousand visits. More would be read into memory."""
MAX_VALUES = 12_000_000
"""In one file: a point of an outline is three. Python takes some 70 bytes for each."""
MAX_WHOLE = 2**53
"""Whole numbers beyond are not the same in every program."""


def dumped(content: dict[str, Any]) -> bytes:
    """An object as UTF-8, keys sorted; of a list of objects each on a line of its own."""
    lines = [f" {json.dumps(key)}: {_member(content[key])}" for key in sorted(content)]
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def loaded(data: bytes, *, file: str) -> dict[str, Any]:
    """The object in a file's bytes. Raises InterchangeError interchange.unusable, .too_large,
    .too_full.

    Refused are: other encodings than UTF-8, a key twice in an object, numbers that are not finite
    or that not every program holds, half signs, and nesting that no file of the format has.
    """
    if len(data) > MAX_JSON_BYTES:
        raise InterchangeError("interchange.too_large", file=file, most_mb=MAX_JSON_BYTES // 10**6)
    if sum(map(data.count, (b",", b"[", b"{"))) > MAX_VALUES:
        raise InterchangeError("interchange.too_full", file=file)
    try:
        content = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_refuse_constant,
            parse_float=_float,
            parse_int=_whole,
        )
        if b"\\u" in data:
            json.dumps(content, ensure_ascii=False).encode()  # a half sign has no bytes
        if type(content) is not dict:
            raise ValueError("object expected")
    except MemoryError as error:
        most_mb = MAX_JSON_BYTES // 10**6
        raise InterchangeError("interchange.too_large", file=file, most_mb=most_mb) from error
    except (ValueError, RecursionError) as error:
        place = f"JSON, line {error.lineno}" if isinstance(error, json.JSONDecodeError) else "JSON"
        raise InterchangeError("interchange.unusable", file=file, place=place) from error
    return content


def _member(value: Any) -> str:
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return "[\n" + ",\n".join(f"  {_compact(item)}" for item in value) + "\n ]"
    return _compact(value)


def _compact(value: Any) -> str:
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)


def _float(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("not a finite number")
    return number


def _whole(text: str) -> int:
    if len(text) > len(str(-MAX_WHOLE)) or abs(int(text)) > MAX_WHOLE:
        raise ValueError("a whole number too large")
    return int(text)
