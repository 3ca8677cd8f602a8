"""What of a folder is new in a clinic, what is here already, and what is here in another state.

Nothing here is ever overwritten. A patient who is here gets the records that are new, where each
of the others is here as the folder tells it, or further on; else the patient is left alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from woundtrack.errors import InterchangeError
from woundtrack.raters.types import RaterPhoto
from woundtrack.records import Patient, User, Visit
from woundtrack.store import rows
from woundtrack.store.carried import SHARED, CarriedCorrection, CarriedRecord, Part, Source
from woundtrack.store.carried_values import inward, stand_in
from woundtrack.store.carrying_out import correction_of, drawings_of, record_of
from woundtrack.store.census import Census, Key
from woundtrack.store.database import Connection
from woundtrack.store.keyring import folded_name
from woundtrack.store.kinds import spec_named, spec_of
from woundtrack.store.search import look_alikes

Name: TypeAlias = tuple[str, str]
"""A record everywhere: its kind, its uuid."""
_PATIENT, _RATER_PHOTO, _USER, _VISIT = (
    spec_of(kind).table for kind in (Patient, RaterPhoto, User, Visit)
)


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What taking a folder in would do."""

    new: frozenset[Name]
    """The records that would come in."""
    patients: int
    """How many patients among them."""
    more: int
    """Patients who are here and would get records."""
    here: int
    """Patients of whom everything is here already."""
    different: tuple[str, ...]
    """Codes of patients who are here in another state: left as they are."""
    others_left: int
    """Records of no patient that stay out: this clinic has its own, or has them otherwise."""
    waiting_left: int
    """Corrections and drawings that wait to be confirmed, and stay out with what is here."""
    code_taken: tuple[str, ...]
    """Codes of new patients that another patient has here: left out."""
    into_empty: bool
    """Whether nobody is in this clinic yet."""
    look_alikes: tuple[str, ...]
    """Codes of new patients who could be somebody that is here under another code."""


class _Asked:
    """Notes whom a value names, and lets it be read without its clinic."""

    def __init__(self) -> None:
        self.names: list[Name] = []

    def id_of(self, kind: type[Any], uuid: str) -> int:
        """A stand-in; whom a value names is noted."""
        self.names.append((spec_of(kind).table, uuid))
        return stand_in(uuid)

    def vault_name_of(self, sha256: str) -> str:
        """The same."""
        return sha256


def _names_in(record: CarriedRecord) -> tuple[Name, ...]:
    """Whom the last state of a record names. Raises CodecError where it is no value."""
    asked = _Asked()
    inward(spec_named(record.kind).kind, record.revisions[-1].value, asked)
    return tuple(asked.names)


def arrivals(
    connection: Connection,
    source: Source,
    *,
    sha256_of: Mapping[str, str],
    new_only: bool = False,
) -> Arrivals:
    """Compare a folder with this clinic; `sha256_of` knows its photos by their vault names here.

    `new_only` leaves every patient alone who is here. Raises InterchangeError
    interchange.user_name_taken.
    """
    comparison = _Comparison(connection, sha256_of, new_only=new_only)
    for part in source.parts():
        if part.part == SHARED:
            comparison.look_at_clinic(part)
        else:
            comparison.look_at_patient(part)
    return comparison.result()


class _Comparison:
    """A folder against a clinic, part by part."""

    def __init__(
        self, connection: Connection, sha256_of: Mapping[str, str], *, new_only: bool
    ) -> None:
        self._connection, self._new_only = connection, new_only
        self._census = Census(connection, sha256_of=lambda name: sha256_of.get(name, ""))
        self._here = {(key[0], place.uuid): key for key, place in self._census.places.items()}
        self._kinds = {table for table, _ in self._here}
        self._groups: dict[str, list[Name]] = {}
        """What comes in together, by the patient's uuid or that of the lone record."""
        self._named: dict[Name, tuple[Name, ...]] = {}
        self._people: dict[str, Patient] = {}
        self._more: set[str] = set()
        self._different: list[str] = []
        self._codes = {code for (code,) in connection.execute("SELECT code FROM patient")}
        self._code_taken: list[str] = []
        self._left, self._same, self._waiting = 0, 0, 0

    def look_at_clinic(self, part: Part) -> None:
        """Users come one by one; another kind only where this clinic has none of it."""
        for record in part.records:
            if self._key(record) is not None:
                # A user may have got another role here: that is this clinic's matter.
                self._left += record.kind != _USER and not self._is_here(record)
            elif record.kind == _USER or record.kind not in self._kinds:
                self._group(record.uuid, (record,))
            else:
                self._left += 1
        self._refuse_taken_names(part)
        if part.drawings:
            here = drawings_of(self._connection, census=self._census)
            self._waiting += sum(
                (_RATER_PHOTO, one.rater_photo_uuid) in self._here and one not in here
                for one in part.drawings
            )

    def look_at_patient(self, part: Part) -> None:
        """New, here, here with less than the folder has, or here in another state."""
        self._people[part.part] = _person(part)
        fresh = [record for record in part.records if self._key(record) is None]
        known = [record for record in part.records if self._key(record) is not None]
        code = self._people[part.part].code
        if (_PATIENT, part.part) not in self._here and code in self._codes:
            self._code_taken.append(code)  # a card must not mean two people
            return
        if not all(map(self._is_here, known)) or (known and fresh and self._new_only):
            self._different.append(part.part)
            return
        self._waiting += sum(map(self._stays_out, part.corrections))
        if not fresh:
            self._same += 1
        else:
            self._group(part.part, fresh)
            if known:
                self._more.add(part.part)

    def result(self) -> Arrivals:
        """What would come in. What names a record that neither comes nor is here does not."""
        coming = set(self._groups)
        while lost := self._unheld(coming):
            coming -= lost
        gone = [name for name in self._groups if name not in coming]
        different = [*self._different, *(name for name in gone if name in self._people)]
        new = frozenset(one for name in coming for one in self._groups[name])
        if all(kind == _USER for kind, _ in new):
            new = frozenset()  # users alone are nobody's record
        return Arrivals(
            new=new,
            patients=len(coming & self._people.keys() - self._more),
            more=len(coming & self._more),
            here=self._same,
            different=tuple(self._people[name].code for name in different),
            others_left=self._left + sum(name not in self._people for name in gone),
            waiting_left=self._waiting,
            code_taken=tuple(self._code_taken),
            into_empty=_PATIENT not in self._kinds,
            look_alikes=tuple(
                value.code
                for name, value in self._people.items()
                if name in coming - self._more and look_alikes(self._connection, value)
            ),
        )

    def _group(self, name: str, records: Iterable[CarriedRecord]) -> None:
        self._groups[name] = [(record.kind, record.uuid) for record in records]
        self._named |= {(one.kind, one.uuid): _names_in(one) for one in records}

    def _unheld(self, coming: set[str]) -> set[str]:
        there = {one for name in coming for one in self._groups[name]} | self._here.keys()
        return {
            name
            for name in coming
            if not all(there.issuperset(self._named[one]) for one in self._groups[name])
        }

    def _key(self, record: CarriedRecord) -> Key | None:
        return self._here.get((record.kind, record.uuid))

    def _is_here(self, record: CarriedRecord) -> bool:
        """Whether this clinic has all that is told of a record; it may know more of it by now."""
        key = self._here[record.kind, record.uuid]
        here = record_of(self._connection, key, census=self._census, acts=lambda _: "")
        told = _without_acts(record)
        count = len(told.revisions)
        if count == len(here.revisions):
            return told == here
        return told.revisions == here.revisions[:count]

    def _stays_out(self, waiting: CarriedCorrection) -> bool:
        """Whether a correction is of a visit that is here, without waiting there as well."""
        key = self._here.get((_VISIT, waiting.visit_uuid))
        return key is not None and waiting != correction_of(
            self._connection, key[1], census=self._census
        )

    def _refuse_taken_names(self, part: Part) -> None:
        """Two users of one name could not be told apart, and nobody knows if they are one."""
        live = rows.select(self._connection, User, where="deleted_act IS NULL")
        taken = {folded_name(user.value.name) for user in live}
        for record in part.records:
            if record.kind == _USER and self._key(record) is None and record.deleted_by is None:
                value = inward(User, record.revisions[-1].value, _Asked())
                if folded_name(value.name) in taken:
                    raise InterchangeError("interchange.user_name_taken", name=value.name)


def _without_acts(record: CarriedRecord) -> CarriedRecord:
    """What acts are called is not the same everywhere."""
    states = tuple(replace(one, act="") for one in record.revisions)
    deleted_by = None if record.deleted_by is None else ""
    return replace(record, act="", deleted_by=deleted_by, revisions=states)


def _person(part: Part) -> Patient:
    """A part's patient."""
    (states,) = (record.revisions for record in part.records if record.uuid == part.part)
    person: Patient = inward(Patient, states[-1].value, _Asked())
    return person
