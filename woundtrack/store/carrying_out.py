"""Reading records as they leave the clinic: whole, or of some patients."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from woundtrack.errors import StoreError
from woundtrack.outline.types import Outline
from woundtrack.raters.types import RaterPhoto
from woundtrack.records import Patient, User, Visit
from woundtrack.store import rows
from woundtrack.store.carried import (
    SHARED,
    CarriedAct,
    CarriedCorrection,
    CarriedDrawing,
    CarriedLine,
    CarriedRecord,
    CarriedRevision,
    Part,
    in_time,
)
from woundtrack.store.carried_values import outward
from woundtrack.store.census import Census, Key
from woundtrack.store.database import Connection
from woundtrack.store.kinds import SPECS, spec_named, spec_of
from woundtrack.store.types import Correction

_PATIENT, _USER, _VISIT = (spec_of(kind).table for kind in (Patient, User, Visit))
_WHO_AND_BY = """
SELECT user_id, act_id FROM revision WHERE kind = :table AND record_id = :id
UNION SELECT user_id, act_id FROM {table} WHERE id = :id
UNION SELECT user_id, deleted_act FROM {table} WHERE id = :id
"""
_IN_JOURNAL = """
UNION SELECT user_id, act_id FROM journal WHERE kind = :table AND record_id = :id
"""
_ALL_ACTS = " UNION ".join(
    (
        "SELECT act_id FROM revision",
        "SELECT act_id FROM journal WHERE act_id IS NOT NULL",
        "SELECT undoes_act FROM act WHERE undoes_act IS NOT NULL",
        *(f"SELECT act_id FROM {spec.table}" for spec in SPECS),
        *(f"SELECT deleted_act FROM {spec.table} WHERE deleted_act IS NOT NULL" for spec in SPECS),
    )
)
"""An act that nothing names changed nothing."""
_LINE = "SELECT id, at_utc, user_id, action, kind, record_id, act_id, reason FROM journal"


def record_of(
    connection: Connection, key: Key, *, census: Census, acts: Callable[[int], str]
) -> CarriedRecord:
    """A record with all its states; `acts` says what an act is called.

    Raises StoreError store.damaged where the record is not what its last state says.
    """
    table, record_id = key
    spec = spec_named(table)
    at_utc, user_id, reason, act_id, deleted_act = connection.execute(
        f"SELECT at_utc, user_id, reason, act_id, deleted_act FROM {table} WHERE id = ?",
        (record_id,),
    ).fetchone()
    revisions, value = [], None
    for number, text, deleted, at, by, why, act in connection.execute(
        "SELECT revision, value, deleted, at_utc, user_id, reason, act_id FROM revision "
        "WHERE kind = ? AND record_id = ? ORDER BY revision",
        key,
    ).fetchall():
        value = rows.value_from_json(spec.kind, text)
        content = outward(spec.kind, value, census)
        by_uuid = _by(census, by)
        revisions.append(
            CarriedRevision(number, at, by_uuid, why, acts(act), bool(deleted), content)
        )
    if rows.get(connection, spec.kind, record_id).value != value:
        raise StoreError("store.damaged")
    return CarriedRecord(
        kind=table,
        uuid=census.places[key].uuid,
        at_utc=at_utc,
        by_uuid=_by(census, user_id),
        reason=reason,
        act=acts(act_id),
        deleted_by=None if deleted_act is None else acts(deleted_act),
        revisions=tuple(revisions),
    )


def correction_of(
    connection: Connection, visit_id: int, *, census: Census
) -> CarriedCorrection | None:
    """What waits in a visit; None where nothing does."""
    found = connection.execute(
        "SELECT at_utc, user_id, value FROM pending_correction WHERE visit_id = ?", (visit_id,)
    ).fetchone()
    if found is None:
        return None
    at_utc, user_id, text = found
    value = outward(Correction, rows.value_from_json(Correction, text), census)
    return CarriedCorrection(census.uuid_of(Visit, visit_id), at_utc, _by(census, user_id), value)


def drawings_of(connection: Connection, *, census: Census) -> tuple[CarriedDrawing, ...]:
    """What raters drew and did not confirm."""
    found = connection.execute(
        "SELECT rater_photo_id, rater_id, round, outline FROM pending_trace "
        "ORDER BY rater_photo_id, rater_id, round"
    ).fetchall()
    return tuple(
        CarriedDrawing(
            census.uuid_of(RaterPhoto, photo_id),
            census.uuid_of(User, rater_id),
            number,
            outward(Outline, rows.value_from_json(Outline, text), census),
        )
        for photo_id, rater_id, number, text in found
    )


def _by(census: Census, user_id: int | None) -> str | None:
    return None if user_id is None else census.uuid_of(User, user_id)


class CarryingOut:
    """What leaves: chosen once, then read part by part in the same snapshot."""

    def __init__(
        self,
        connection: Connection,
        *,
        patient_ids: Sequence[int] | None,
        sha256_of: Callable[[str], str],
    ) -> None:
        """Of some patients, or of the whole clinic where `patient_ids` is None."""
        self._connection = connection
        self._census = Census(connection, sha256_of=sha256_of)
        self._whole = patient_ids is None
        self.left_out = 0
        """Records in the bin that name one of a patient who stays: they belong to neither."""
        if patient_ids is None:
            self._keys = list(self._census.places)
            acts = {row[0] for row in connection.execute(_ALL_ACTS)}
        else:
            self._keys, acts = self._of(set(patient_ids))
        self._by_patient: dict[int | None, list[Key]] = {}
        for key in self._keys:
            self._by_patient.setdefault(self._census.places[key].patient_id, []).append(key)
        self._patients = {
            self._census.places[key].uuid: key[1] for key in self._keys if key[0] == _PATIENT
        }
        self._names = self._named(acts)
        self._used: set[int] = set()

    def patients(self) -> tuple[str, ...]:
        """The parts that follow the clinic's own: the patients' uuids."""
        return tuple(self._patients)

    def code_of(self, name: str) -> str:
        """The code of a part's patient, to be told of."""
        return str(rows.get(self._connection, Patient, self._patients[name]).value.code)

    def part(self, name: str) -> Part:
        """Everything of one patient, or of what belongs to none. Raises StoreError."""
        keys = self._by_patient.get(None if name == SHARED else self._patients[name], [])
        self._used = set()
        records = tuple(
            record_of(self._connection, key, census=self._census, acts=self._act) for key in keys
        )
        waiting = [
            correction_of(self._connection, record_id, census=self._census)
            for table, record_id in keys
            if table == _VISIT
        ]
        own = name == SHARED and self._whole
        return Part(
            part=name,
            records=records,
            journal=self._journal(keys, own=own) if own or name != SHARED else (),
            acts=self._acts(),
            corrections=tuple(one for one in waiting if one is not None),
            drawings=drawings_of(self._connection, census=self._census) if own else (),
        )

    def _of(self, patient_ids: set[int]) -> tuple[list[Key], set[int]]:
        """The records of these patients that name no other's, who wrote them, and by which acts."""
        places = self._census.places
        keep = {key for key, place in places.items() if place.patient_id in patient_ids}
        size = len(keep)
        while lone := {key for key in keep if not keep.issuperset(places[key].names)}:
            keep -= lone
        self.left_out = size - len(keep)
        acts, fresh = set[int](), set(keep)
        while fresh:
            people = self._who(fresh, acts)
            fresh = {(_USER, user_id) for user_id in people} - keep
            keep |= fresh
        return [key for key in places if key in keep], acts

    def _who(self, keys: Iterable[Key], acts: set[int]) -> set[int]:
        """Who wrote these records; the acts by which it was done are added to `acts`."""
        people: set[int | None] = set()
        for table, record_id in keys:
            sql = _WHO_AND_BY.format(table=table) + (_IN_JOURNAL if table != _USER else "")
            named = {"table": table, "id": record_id}
            for user_id, act_id in self._connection.execute(sql, named).fetchall():
                people.add(user_id)
                while act_id is not None and act_id not in acts:
                    acts.add(act_id)
                    who, act_id = self._connection.execute(
                        "SELECT user_id, undoes_act FROM act WHERE id = ?", (act_id,)
                    ).fetchone()
                    people.add(who)
            if table == _VISIT:
                waits = "SELECT user_id FROM pending_correction WHERE visit_id = ?"
                people |= {row[0] for row in self._connection.execute(waits, (record_id,))}
        return {one for one in people if one is not None}

    def _named(self, act_ids: Iterable[int]) -> dict[int, str]:
        """What acts are called: their moment, and their number among those of that moment."""
        names: dict[int, str] = {}
        seen = Counter[str]()
        for act_id in sorted(act_ids):
            (at_utc,) = self._connection.execute(
                "SELECT at_utc FROM act WHERE id = ?", (act_id,)
            ).fetchone()
            seen[at_utc] += 1
            names[act_id] = f"{at_utc} #{seen[at_utc]}"
        return names

    def _act(self, act_id: int) -> str:
        self._used.add(act_id)
        return self._names[act_id]

    def _acts(self) -> tuple[CarriedAct, ...]:
        """The acts that the part's records and lines name, and those that they undo."""
        found: dict[int, CarriedAct] = {}
        ahead = set(self._used)
        while ahead:
            act_id = ahead.pop()
            at_utc, user_id, reason, undoes = self._connection.execute(
                "SELECT at_utc, user_id, reason, undoes_act FROM act WHERE id = ?", (act_id,)
            ).fetchone()
            by_uuid = _by(self._census, user_id)
            undone = None if undoes is None else self._names[undoes]
            found[act_id] = CarriedAct(self._names[act_id], at_utc, by_uuid, reason, undone)
            ahead |= {undoes} - {None, *found}
        return tuple(sorted(found.values(), key=lambda act: in_time(act.act)))

    def _journal(self, keys: Iterable[Key], *, own: bool) -> tuple[CarriedLine, ...]:
        """What was done to these records; `own` adds what concerned no record."""
        lines = []
        for key in keys:
            where = "WHERE kind = ? AND record_id = ?"
            lines += self._connection.execute(f"{_LINE} {where}", key).fetchall()
        if own:
            tables = ", ".join(f"'{spec.table}'" for spec in SPECS)
            where = f"WHERE record_id IS NULL OR kind NOT IN ({tables})"
            lines += self._connection.execute(f"{_LINE} {where}").fetchall()
        return tuple(
            CarriedLine(
                at_utc=at_utc,
                by_uuid=_by(self._census, user_id),
                action=action,
                kind=kind,
                record_uuid=place.uuid if (place := self._census.places.get((kind, one))) else None,
                act=None if act_id is None else self._act(act_id),
                reason=reason,
            )
            for _, at_utc, user_id, action, kind, one, act_id, reason in sorted(lines)
        )
