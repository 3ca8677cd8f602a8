"""Every record of a clinic in a few words: what it is called everywhere, and where it belongs."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from woundtrack.errors import StoreError
from woundtrack.records import Patient
from woundtrack.store import rows
from woundtrack.store.carried_values import uuid_behind
from woundtrack.store.database import Connection
from woundtrack.store.kinds import SPECS, Spec, names_of, spec_of

Key: TypeAlias = tuple[str, int]
"""A record: its table, its integer key."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record belongs: its uuid, its patient if it has one, and what it names now."""

    uuid: str
    patient_id: int | None
    names: tuple[Key, ...]


class Census:
    """Every record of a clinic by its key; what it is called everywhere."""

    def __init__(self, connection: Connection, *, sha256_of: Callable[[str], str]) -> None:
        self._sha256_of = sha256_of
        self.places: dict[Key, Place] = {}
        for spec in SPECS:
            self._count(connection, spec)

    def _count(self, connection: Connection, spec: Spec) -> None:
        named = names_of(spec.kind)
        of_patient = spec.kind is not Patient and hangs_below_patient(spec.kind)
        columns = ", ".join(("id", "uuid", *(rows.quoted(field) for field in named)))
        tables = [spec_of(kind).table for kind in named.values()]
        for record_id, uuid, *cells in connection.execute(
            f"SELECT {columns} FROM {spec.table} ORDER BY id"
        ).fetchall():
            names = tuple(
                (table, one)
                for table, cell in zip(tables, cells, strict=True)
                for one in _ids_in(cell)
            )
            patient_id = record_id if spec.kind is Patient else None
            if of_patient:  # of several parents the first tells: in the bin they may part
                patient_id = self.places[names[0]].patient_id
            self.places[spec.table, record_id] = Place(uuid, patient_id, names)

    def uuid_of(self, kind: type[Any], record_id: int) -> str:
        """The uuid, also of what is not here. Raises StoreError store.damaged."""
        if record_id < 0:
            return uuid_behind(record_id)
        place = self.places.get((spec_of(kind).table, record_id))
        if place is None:
            raise StoreError("store.damaged")
        return place.uuid

    def sha256_of(self, vault_name: str) -> str:
        """The SHA-256 of a photo's bytes."""
        return self._sha256_of(vault_name)


def hangs_below_patient(kind: type[Any]) -> bool:
    """Whether every record of a kind is a patient's."""
    parents = spec_of(kind).parents
    below = bool(parents) and all(hangs_below_patient(parent) for _, parent in parents)
    return kind is Patient or below


def _ids_in(cell: Any) -> Iterable[int]:
    if cell is None:
        return ()
    return (cell,) if isinstance(cell, int) else json.loads(cell)
