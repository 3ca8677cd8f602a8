"""The format's files as JSON Schema (draft 2020-12), made of the very types that are stored."""

import dataclasses
import datetime as dt
import sys
import types
import typing
from enum import Enum
from typing import Any

from woundtrack.interchange.manifest import Manifest
from woundtrack.interchange.text import dumped
from woundtrack.store.carried import CarriedRecord, CarriedRevision, Part
from woundtrack.store.carried_values import key_of
from woundtrack.store.codec import field_hints
from woundtrack.store.kinds import SPECS, names_of
from woundtrack.store.types import Correction

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_UUID = {"type": "string", "format": "uuid"}
_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    bytes: {"type": "string", "contentEncoding": "base64"},
    dt.date: {"type": "string", "format": "date"},
    dt.datetime: {"type": "string", "description": "a local time without zone"},
    object: {},
}


def schema() -> dict[str, Any]:
    """The schema of every file: a file is either the manifest or a part."""
    made = _Schema()
    files = [made.of(Manifest), made.of(Part)]
    return {
        "$schema": DIALECT,
        "title": "woundtrack-open, version 1",
        "anyOf": files,
        "$defs": dict(sorted(made.definitions.items())),
    }


class _Schema:
    """Collects a definition for each type."""

    def __init__(self) -> None:
        self.definitions: dict[str, Any] = {}

    def of(self, hint: Any) -> dict[str, Any]:
        """What JSON of a type looks like."""
        if hint in _PLAIN:
            return _PLAIN[hint]
        if hint is CarriedRecord:
            return {"anyOf": [self._record(spec.table, spec.kind) for spec in SPECS]}
        parts = typing.get_args(hint)
        if typing.get_origin(hint) in (typing.Union, types.UnionType):
            (inner,) = [part for part in parts if part is not type(None)]
            return {"anyOf": [self.of(inner), {"type": "null"}]}
        if typing.get_origin(hint) is tuple:
            return self._array(parts)
        if issubclass(hint, Enum):
            return {"enum": [member.value for member in hint]}
        return self._named(hint.__name__, hint)

    def _array(self, parts: tuple[Any, ...]) -> dict[str, Any]:
        if len(parts) == 2 and parts[1] is Ellipsis:
            return {"type": "array", "items": self.of(parts[0])}
        items = [self.of(part) for part in parts]
        return {
            "type": "array", "prefixItems": items, "items": False, "minItems": len(items),
        }  # fmt: skip

    def _named(self, name: str, hint: Any, **instead: Any) -> dict[str, Any]:
        reference = {"$ref": f"#/$defs/{name}"}
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name] = self._object(hint, instead)
        return reference

    def _object(self, kind: Any, instead: dict[str, Any]) -> dict[str, Any]:
        properties, required = {}, []
        for field in dataclasses.fields(kind):
            key = key_of(kind, field.name)
            hint = field_hints(kind)[field.name]
            properties[key] = instead.get(field.name) or self._field(kind, field.name, hint)
            none = dataclasses.MISSING
            if field.default is none and field.default_factory is none:
                required.append(key)
        return {
            "type": "object",
            "description": " ".join((kind.__doc__ or "").split()),
            "properties": properties,
            "required": required,
            "additionalProperties": False,
        }

    def _field(self, kind: Any, name: str, hint: Any) -> dict[str, Any]:
        if name in names_of(kind):
            many = {"type": "array", "items": _UUID}
            return many if name.endswith("_ids") else _nullable(_UUID, hint)
        if kind is Correction and name in _OF_CORRECTION:
            return _OF_CORRECTION[name]
        return self.of(hint)

    def _record(self, table: str, kind: Any) -> dict[str, Any]:
        revision = self._named(f"{kind.__name__}Revision", CarriedRevision, value=self.of(kind))
        return self._named(
            f"{kind.__name__}Record", CarriedRecord,
            kind={"const": table}, uuid=_UUID, revisions={"type": "array", "items": revision},
        )  # fmt: skip


def _nullable(inner: dict[str, Any], hint: Any) -> dict[str, Any]:
    optional = type(None) in typing.get_args(hint)
    return {"anyOf": [inner, {"type": "null"}]} if optional else inner


def _row(*items: dict[str, Any]) -> dict[str, Any]:
    row = {"type": "array", "prefixItems": [*items], "items": False, "minItems": len(items)}
    return {"type": "array", "items": row}


_EITHER = {"anyOf": [_UUID, {"type": "null"}]}
_WHAT = {"enum": ["scale", "outline", "assessment", "visit"]}
_OF_CORRECTION = {
    "chosen": _row(_UUID, _UUID),
    "taken_away": _row(_WHAT, _EITHER, _EITHER),
    "on_revisions": _row(_WHAT, _EITHER, _EITHER, {"type": "integer"}),
}
"""Lesion and photo; what, its photo or lesion, its lesion, and the revision it was made on."""


if __name__ == "__main__":
    sys.stdout.buffer.write(dumped(schema()))
