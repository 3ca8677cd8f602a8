"""Whether the files of a folder follow the format and hold together, before anything is written."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from woundtrack.errors import InterchangeError
from woundtrack.interchange.sensible import is_sensible
from woundtrack.outline.types import Outline
from woundtrack.raters.types import RaterPhoto
from woundtrack.records import Patient, User, Visit, VisitPhoto
from woundtrack.store.arrivals import Name
from woundtrack.store.carried import SHARED, CarriedAct, CarriedRecord, Part
from woundtrack.store.carried_values import checked_uuid, inward, stand_in, uuid_behind
from woundtrack.store.census import hangs_below_patient
from woundtrack.store.codec import CodecError
from woundtrack.store.keyring import folded_name
from woundtrack.store.kinds import SPECS, spec_of
from woundtrack.store.types import Correction

_ACT = re.compile(r"(?P<at>\S+) #[1-9][0-9]{0,9}")
_KINDS = {spec.table: spec.kind for spec in SPECS}
_PATIENT, _USER, _VISIT, _RATER_PHOTO = (
    spec_of(kind).table for kind in (Patient, User, Visit, RaterPhoto)
)


class Soundness:
    """Looks at the parts in their order; each look raises InterchangeError interchange.unusable.

    Its sentence names the file and the place. A uuid stands for one record, every act, user,
    photo and record that is named is there, states are numbered from 1, users' names differ, and
    numbers are possible.
    """

    def __init__(self, photos: Iterable[str]) -> None:
        self._photos = frozenset(photos)
        self._uuids: set[str] = set()
        self._names: set[Name] = set()
        self._users: set[str] = set()
        self._user_names: set[str] = set()
        self._acts: dict[str, CarriedAct] = {}
        self._wanted: list[tuple[Name, str, str]] = []
        self._asked: list[Name] = []
        self.sizes_px: dict[str, tuple[int, int]] = {}
        """Width and height of each photo, by its SHA-256."""

    def look_at(self, part: Part) -> None:
        """One part, the shared one first."""
        self._place = "part"
        try:
            self._look_at(part)
        except (CodecError, ValueError, KeyError, TypeError) as error:
            raise InterchangeError(
                "interchange.unusable", file=part.path, place=self._place
            ) from error

    def finish(self) -> None:
        """When all were looked at: what a record names now must be there, in whichever file."""
        for name, file, place in self._wanted:
            if name not in self._names:
                raise InterchangeError("interchange.unusable", file=file, place=place)

    def id_of(self, kind: type[Any], uuid: str) -> int:
        """A stand-in; whom a value names is noted."""
        self._asked.append((spec_of(kind).table, uuid))
        return stand_in(uuid)

    def vault_name_of(self, sha256: str) -> str:
        """The same; the photo must be there."""
        _require(sha256 in self._photos)
        return sha256

    def _look_at(self, part: Part) -> None:
        own = {(record.kind, record.uuid) for record in part.records}
        if part.part == SHARED:
            self._users = {uuid for kind, uuid in own if kind == _USER}
        self._look_at_acts(part.acts)
        acts = {act.act for act in part.acts}
        for record in part.records:
            self._place = f"{record.kind} {record.uuid}"[:80]
            self._look_at_record(record, own, acts, shared=part.part == SHARED, file=part.path)
        self._place = "part"
        patients = [uuid for kind, uuid in own if kind == _PATIENT]
        _require(patients == ([] if part.part == SHARED else [part.part]))
        for number, line in enumerate(part.journal, start=1):
            self._place = f"journal {number}"
            _require(is_utc(line.at_utc))
            self._look_at_user(line.by_uuid)
            _require(line.act is None or line.act in acts)
            known = (line.kind, line.record_uuid) in own
            _require(known or (line.record_uuid is None and part.part == SHARED))
        self._look_at_waiting(part, own)

    def _look_at_acts(self, acts: tuple[CarriedAct, ...]) -> None:
        mine = {act.act: act for act in acts}
        _require(len(mine) == len(acts))
        for act in acts:
            self._place = f"act {act.act}"[:80]
            match = _ACT.fullmatch(act.act)
            _require(match is not None and match["at"] == act.at_utc)
            _require(is_utc(act.at_utc))
            self._look_at_user(act.by_uuid)
            _require(self._acts.setdefault(act.act, act) == act)
        ending = set[str]()
        for act in acts:
            self._place = f"act {act.act}"[:80]
            seen, one = set[str](), act
            while one.act not in ending:
                _require(one.act not in seen)
                seen.add(one.act)
                if one.undoes is None:
                    break
                one = mine[one.undoes]
            ending |= seen

    def _look_at_record(
        self, record: CarriedRecord, own: set[Name], acts: set[str], *, shared: bool, file: str
    ) -> None:
        kind = _KINDS[record.kind]
        checked_uuid(record.uuid)
        _require(record.uuid not in self._uuids)
        self._uuids.add(record.uuid)
        self._names.add((record.kind, record.uuid))
        _require(hangs_below_patient(kind) != shared)
        states = record.revisions
        _require(bool(states) and [one.revision for one in states] == [*range(1, len(states) + 1)])
        _require((record.deleted_by is not None) == states[-1].deleted)
        _require(record.deleted_by is None or record.deleted_by in acts)
        written = [(one.at_utc, one.by_uuid, one.act) for one in states]
        for at_utc, by_uuid, act in (*written, (record.at_utc, record.by_uuid, record.act)):
            _require(is_utc(at_utc) and act in acts)
            self._look_at_user(by_uuid)
        value = None
        for state in states:
            self._asked = []
            value = inward(kind, state.value, self)
            _require(is_sensible(value))
            if isinstance(value, VisitPhoto):
                size_px = (value.photo.width_px, value.photo.height_px)
                _require(self.sizes_px.setdefault(value.vault_name, size_px) == size_px)
        if isinstance(value, User) and record.deleted_by is None:
            name = folded_name(value.name)
            _require(name not in self._user_names)
            self._user_names.add(name)
        # The first of those above it tells whose it is.
        for field, parent in spec_of(kind).parents[: not shared]:
            above = (spec_of(parent).table, uuid_behind(getattr(value, field)))
            _require(above in own)
        self._wanted += [(name, file, self._place) for name in self._asked]

    def _look_at_waiting(self, part: Part, own: set[Name]) -> None:
        visits = [one.visit_uuid for one in part.corrections]
        _require(len(set(visits)) == len(visits))
        for one in part.corrections:
            self._place = f"correction {one.visit_uuid}"[:80]
            _require((_VISIT, one.visit_uuid) in own)
            _require(is_utc(one.at_utc))
            self._look_at_user(one.by_uuid)
            _require(is_sensible(inward(Correction, one.value, self)))
        drawn = [(one.rater_photo_uuid, one.rater_uuid, one.round) for one in part.drawings]
        _require(len(set(drawn)) == len(drawn))
        for drawing in part.drawings:
            self._place = f"drawing {drawing.rater_photo_uuid}"[:80]
            _require((_RATER_PHOTO, drawing.rater_photo_uuid) in own)
            _require(drawing.rater_uuid in self._users and drawing.round in (1, 2))
            _require(is_sensible(inward(Outline, drawing.outline, self)))

    def _look_at_user(self, uuid: str | None) -> None:
        _require(uuid is None or uuid in self._users)


def is_utc(text: str) -> bool:
    """Whether a text is a moment in UTC, in its one way of writing."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return False
    return moment.utcoffset() == dt.timedelta(0) and moment.isoformat() == text


def _require(holds: bool) -> None:
    if not holds:
        raise CodecError("does not hold together")
