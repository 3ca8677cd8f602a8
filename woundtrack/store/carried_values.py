"""A record's value as JSON of the open format, and back.

It is the store's own JSON with three differences: what names a record names its permanent uuid,
a photo's file is named by the SHA-256 of its bytes, and keys that lack a unit have one. All follow
from the types, so that a new field or kind is in the format by itself.
"""

import types
import typing
from collections.abc import Callable
from dataclasses import dataclass, is_dataclass
from functools import cache
from typing import Any, Protocol, TypeAlias
from uuid import UUID

from woundtrack.outline.crops import Window
from woundtrack.outline.types import Outline
from woundtrack.raters.types import RetraceValue
from woundtrack.records import Lesion, VisitPhoto
from woundtrack.store.codec import CodecError, codec_for, field_hints
from woundtrack.store.kinds import names_of
from woundtrack.store.types import Correction

_KEYS: dict[type, dict[str, str]] = {
    Outline: {"rings": "rings_px"},
    Window: {"factor": "cells_per_px", "width": "width_cells", "height": "height_cells"},
    Lesion: {"body_x": "body_x_fraction", "body_y": "body_y_fraction"},
    RetraceValue: {"low": "relative_sd_low", "high": "relative_sd_high"},
    VisitPhoto: {"vault_name": "photo_sha256"},
}
"""Fields whose key in the format is another: they are of a unit that their name does not tell."""


class NamesOut(Protocol):
    """What a clinic's integer keys and vault names are called everywhere."""

    def uuid_of(self, kind: type[Any], record_id: int) -> str:
        """The permanent uuid of a record."""

    def sha256_of(self, vault_name: str) -> str:
        """The SHA-256 of a photo's bytes."""


class NamesIn(Protocol):
    """What the names of the format are called in a clinic."""

    def id_of(self, kind: type[Any], uuid: str) -> int:
        """The integer key of a record here; `stand_in` where it is not here."""

    def vault_name_of(self, sha256: str) -> str:
        """The name of these bytes in this clinic's vault. Raises CodecError."""


Turn: TypeAlias = Callable[[Any, Any], Any]
"""JSON and the names, to JSON."""


@dataclass(frozen=True, slots=True)
class _Turns:
    """What is done with a value's JSON on the way out and on the way in."""

    out: Turn
    back: Turn


def outward(kind: Any, value: Any, names: NamesOut) -> Any:
    """A value as JSON of the format."""
    turns = _turns(kind)
    encoded = codec_for(kind)[0](value)
    return encoded if turns is None else turns.out(encoded, names)


def inward(kind: Any, content: Any, names: NamesIn) -> Any:
    """A value from JSON of the format. Raises CodecError where it does not fit its type."""
    turns = _turns(kind)
    try:
        encoded = content if turns is None else turns.back(content, names)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise CodecError(str(error)) from None
    return codec_for(kind)[1](encoded)


def key_of(kind: Any, field: str) -> str:
    """What a field of a dataclass is called in the format."""
    if field in names_of(kind):
        return field.replace("_id", "_uuid")
    return _KEYS.get(kind, {}).get(field, field)


def stand_in(uuid: str) -> int:
    """What stands in an earlier revision for a record that is not here: below 0, as none is.

    Nothing is lost: `uuid_behind` gives the uuid again. JSON holds whole numbers of any size.
    """
    return -checked_uuid(uuid).int


def uuid_behind(record_id: int) -> str:
    """The uuid for which a number below 0 stands."""
    return str(UUID(int=-record_id))


def checked_uuid(text: object) -> UUID:
    """A uuid in its one way of writing. Raises CodecError for any other, and for that of zeros."""
    try:
        uuid = UUID(str(text))
    except ValueError:
        raise CodecError("uuid expected") from None
    if str(uuid) != text or uuid.int == 0:
        raise CodecError("uuid expected")
    return uuid


@cache
def _turns(hint: Any) -> _Turns | None:
    """None where JSON of this type is the same in the store and in the format."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        (inner,) = [part for part in typing.get_args(hint) if part is not type(None)]
        turns = _turns(inner)
        return turns and _Turns(_unless_none(turns.out), _unless_none(turns.back))
    if typing.get_origin(hint) is tuple:
        turns = _turns(typing.get_args(hint)[0])
        return turns and _Turns(_each(turns.out), _each(turns.back))
    if hint is Correction:
        return _of_correction()
    return _of_fields(hint) if is_dataclass(hint) else None


def _of_fields(hint: Any) -> _Turns | None:
    named = names_of(hint)
    keys, turns = dict[str, str](), dict[str, _Turns]()
    for name, field_hint in field_hints(hint).items():
        if (key := key_of(hint, name)) != name:
            keys[name] = key
        if name in named:
            turns[name] = _reference(named[name], many=name.endswith("_ids"))
        elif (inner := _turns(field_hint)) is not None:
            turns[name] = inner
    if hint is VisitPhoto:
        turns["vault_name"] = _Turns(
            lambda name, names: names.sha256_of(name), lambda sha, names: names.vault_name_of(sha)
        )
    return _renamed(keys, turns) if keys or turns else None


def _renamed(keys: dict[str, str], turns: dict[str, _Turns]) -> _Turns:
    fields = {key: name for name, key in keys.items()}

    def out(content: Any, names: NamesOut) -> Any:
        return {
            keys.get(name, name): turns[name].out(item, names) if name in turns else item
            for name, item in content.items()
        }

    def back(content: Any, names: NamesIn) -> Any:
        if type(content) is not dict:
            raise CodecError("object expected")
        found = {}
        for key, item in content.items():
            name = fields.get(key, key)
            if name == key and key in keys:
                raise CodecError(f"unknown key {key}")
            found[name] = turns[name].back(item, names) if name in turns else item
        return found

    return _Turns(out, back)


def _reference(kind: type[Any], *, many: bool) -> _Turns:
    turns = _Turns(
        _unless_none(lambda one, names: names.uuid_of(kind, one)),
        _unless_none(lambda uuid, names: names.id_of(kind, uuid)),
    )
    return _Turns(_each(turns.out), _each(turns.back)) if many else turns


def _unless_none(turn: Turn) -> Turn:
    return lambda content, names: None if content is None else turn(content, names)


def _each(turn: Turn) -> Turn:
    def each(content: Any, names: Any) -> Any:
        if type(content) is not list:
            raise CodecError("list expected")
        return [turn(item, names) for item in content]

    return each


def _of_correction() -> _Turns:
    """Its fields, and its keys: (what, photo or lesion, lesion or 0), as the visit's page has."""
    from woundtrack.records import Visit

    cells = _tuple_of(Lesion, VisitPhoto)
    plain = _of_fields(Correction)
    assert plain is not None
    kinds: dict[str, tuple[Any, Any]] = {
        "scale": (VisitPhoto, None),
        "outline": (VisitPhoto, Lesion),
        "assessment": (Lesion, None),
        "visit": (Visit, None),
    }

    def keyed(content: Any, turn: Callable[[Any, Any], Any]) -> Any:
        return [
            [what, *[turn(kind, one) for kind, one in zip(kinds[what], pair, strict=True)], *rest]
            for what, *pair, rest in ((one[0], one[1], one[2], one[3:]) for one in content)
        ]

    def out(content: Any, names: NamesOut) -> Any:
        found = plain.out(content, names)
        found["chosen"] = cells.out(content["chosen"], names)
        for field in _KEYED:
            found[field] = keyed(
                content[field], lambda kind, one: names.uuid_of(kind, one) if one else None
            )
        return found

    def back(content: Any, names: NamesIn) -> Any:
        found = plain.back(content, names)
        found["chosen"] = cells.back(found.get("chosen", []), names)
        for field in _KEYED:
            found[field] = keyed(
                found.get(field, []),
                lambda kind, one: 0 if kind is None or one is None else names.id_of(kind, one),
            )
        return found

    return _Turns(out, back)


_KEYED = ("taken_away", "on_revisions")


def _tuple_of(*kinds: type[Any]) -> _Turns:
    """Tuples of one key of each kind."""
    return _Turns(
        lambda content, names: [
            [names.uuid_of(kind, one) for kind, one in zip(kinds, item, strict=True)]
            for item in content
        ],
        lambda content, names: [
            [names.id_of(kind, one) for kind, one in zip(kinds, item, strict=True)]
            for item in content
        ],
    )
