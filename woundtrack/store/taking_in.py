"""Taking records in that were carried here: with their uuids, states, authors and times.

All of it happens inside one act's transaction: a failure or a crash leaves the clinic as it was,
and at most photo files that no record names, which go as those of any killed import do.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from woundtrack.errors import InterchangeError, RecordError, StoreError, WoundtrackError
from woundtrack.explain import explain
from woundtrack.outline.types import Outline
from woundtrack.raters.types import RaterPhoto
from woundtrack.records import Assessment, Lesion, Patient, User, Visit, VisitPhoto
from woundtrack.store import checks, rows
from woundtrack.store.act import Act
from woundtrack.store.arrivals import Arrivals, Name
from woundtrack.store.arriving_log import write_acts, write_lines
from woundtrack.store.carried import (
    CarriedAct,
    CarriedLine,
    CarriedPhoto,
    CarriedRecord,
    Part,
    Source,
)
from woundtrack.store.carried_values import inward, stand_in
from woundtrack.store.closing import following
from woundtrack.store.codec import CodecError
from woundtrack.store.database import Connection, IntegrityError
from woundtrack.store.health import Progress
from woundtrack.store.kinds import SPECS, is_draft, spec_named, spec_of
from woundtrack.store.search import index_patient
from woundtrack.store.types import Correction
from woundtrack.store.vault import Vault

_ASSESSMENT, _LESION, _PHOTO, _USER = (
    spec_of(kind).table for kind in (Assessment, Lesion, VisitPhoto, User)
)


class StoppedError(Exception):
    """Somebody stopped it; nothing was changed."""


def take_in(
    act: Act,
    vault: Vault,
    source: Source,
    arrivals: Arrivals,
    *,
    files_made: list[Path],
    progress: Progress,
) -> tuple[int, int]:
    """Take in what `arrivals` names; return the first and last number of the journal's new lines.

    Vault files that are made are added to `files_made`. Raises StoppedError where `progress` gives
    False, InterchangeError interchange.record_refused where a record contradicts another one or
    the calendar, StoreError store.disk_full, …; the caller's transaction is to be undone then.
    """
    return _Taking(act, vault, source, arrivals, files_made, progress).take()


class _Taking:
    """One folder on its way into a clinic; answers how its names are called there."""

    def __init__(
        self,
        act: Act,
        vault: Vault,
        source: Source,
        arrivals: Arrivals,
        files_made: list[Path],
        progress: Progress,
    ) -> None:
        self._act, self._vault, self._source = act, vault, source
        self._connection: Connection = act.connection
        self._new, self._into_empty = arrivals.new, arrivals.into_empty and source.whole_clinic
        self._files_made, self._progress = files_made, progress
        self._ids: dict[Name, int] = {}
        self._acts: dict[str, int] = {}
        self._vault_names: dict[str, str] = {}
        self._lines: list[list[CarriedLine]] = []
        self._seen: set[Name] = set()
        """Lesions of which findings come."""
        self._live: list[tuple[str, type[Any], int]] = []
        """What must hold together, as whatever is written in this clinic: its file, kind, key."""
        self._done, self._total = 0, 0

    def take(self) -> tuple[int, int]:
        """Photos first, then the records part by part, then what is live is checked."""
        # Records name each other both ways: all must hold at the end of the transaction.
        self._connection.execute("PRAGMA defer_foreign_keys = ON")
        photos = self._gather()
        self._total += len(photos)
        for photo in photos:
            self._keep_photo(photo)
            self._advance()
        with following(self._act, sorted(self._seen_here())):
            for part in self._source.parts():
                with _told_by(part.path):
                    self._insert_part(part)
                self._advance()
        for path, kind, record_id in self._live:
            with _told_by(path):
                value = rows.get(self._connection, kind, record_id).value
                checks.check(self._connection, value, today=self._act.today, record_id=record_id)
        written = write_lines(
            self._connection,
            self._lines,
            journal_key=self._act.journal_key,
            ids=self._ids,
            acts=self._acts,
            user_id=self._user,
        )
        self._ask()
        return written

    def id_of(self, kind: type[Any], uuid: str) -> int:
        """The integer key of a record here; what is not here has a stand-in."""
        found = self._ids.get((spec_of(kind).table, uuid))
        return stand_in(uuid) if found is None else found

    def vault_name_of(self, sha256: str) -> str:
        """The name of a photo in this vault."""
        try:
            return self._vault_names[sha256]
        except (KeyError, TypeError):
            raise CodecError("unknown photo") from None

    def _advance(self) -> None:
        self._done += 1
        self._ask()

    def _ask(self) -> None:
        if self._progress(self._done, self._total) is False:
            raise StoppedError

    def _number_records(self) -> dict[str, int]:
        """Note the keys of what is here; return the last one of each kind."""
        last: dict[str, int] = {}
        for spec in SPECS:
            found = self._connection.execute(f"SELECT id, uuid FROM {spec.table}").fetchall()
            self._ids |= {(spec.table, uuid): record_id for record_id, uuid in found}
            (used,) = self._connection.execute(
                "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = ?", (spec.table,)
            ).fetchone()
            last[spec.table] = max([used, *(record_id for record_id, _ in found)])
        return last

    def _gather(self) -> list[CarriedPhoto]:
        """Number the records, write the acts they need, note lines; return the photos."""
        last = self._number_records()
        acts: dict[str, CarriedAct] = {}
        wanted: set[str] = set()
        photos: set[str] = set()
        for part in self._source.parts():
            self._total += 1
            acts |= {act.act: act for act in part.acts}
            lines = [line for line in part.journal if self._comes(line)]
            self._lines.append(lines)
            wanted |= {line.act for line in lines if line.act}
            for record in self._coming(part):
                last[record.kind] += 1
                self._ids[record.kind, record.uuid] = last[record.kind]
                wanted |= {one.act for one in record.revisions}
                wanted |= {one for one in (record.act, record.deleted_by) if one}
                if record.kind == _PHOTO:
                    photos |= {_field(one.value, "photo_sha256") for one in record.revisions}
                elif record.kind == _ASSESSMENT:
                    self._seen.add((_LESION, _field(record.revisions[-1].value, "lesion_uuid")))
        self._acts = write_acts(self._connection, acts, wanted, user_id=self._user)
        return [one for one in self._source.photos if self._into_empty or one.sha256 in photos]

    def _seen_here(self) -> set[int]:
        """The lesions of this clinic of which findings come: their closures follow the visits."""
        return {self._ids[name] for name in self._seen - self._new}

    def _comes(self, line: CarriedLine) -> bool:
        if line.record_uuid is None:
            return self._into_empty
        return (line.kind, line.record_uuid) in self._new

    def _coming(self, part: Part) -> Iterator[CarriedRecord]:
        return (record for record in part.records if (record.kind, record.uuid) in self._new)

    def _user(self, uuid: str | None) -> int | None:
        return None if uuid is None else self._ids[_USER, uuid]

    def _keep_photo(self, photo: CarriedPhoto) -> None:
        data, thumbnail = self._source.photo(photo)
        name, made = self._vault.store(data, thumbnail)
        self._files_made += made
        self._vault_names[photo.sha256] = name
        self._connection.execute(
            "INSERT INTO vault_file (name, byte_count, at_utc) VALUES (?, ?, ?) "
            "ON CONFLICT (name) DO NOTHING",
            (name, len(data), photo.imported_at_utc),
        )

    def _insert_part(self, part: Part) -> None:
        for record in self._coming(part):
            self._insert(record)
            if record.deleted_by is None:
                kind = spec_named(record.kind).kind
                self._live.append((part.path, kind, self._ids[record.kind, record.uuid]))
        for waiting in part.corrections:
            if (spec_of(Visit).table, waiting.visit_uuid) in self._new:
                self._connection.execute(
                    "INSERT INTO pending_correction (visit_id, at_utc, user_id, value) "
                    "VALUES (?, ?, ?, ?)",
                    (
                        self.id_of(Visit, waiting.visit_uuid),
                        waiting.at_utc,
                        self._user(waiting.by_uuid),
                        rows.value_json(inward(Correction, waiting.value, self)),
                    ),
                )
        for drawn in part.drawings:
            if (spec_of(RaterPhoto).table, drawn.rater_photo_uuid) in self._new:
                outline = rows.value_json(inward(Outline, drawn.outline, self))
                photo_id = self.id_of(RaterPhoto, drawn.rater_photo_uuid)
                self._connection.execute(
                    "INSERT INTO pending_trace (rater_photo_id, rater_id, round, outline) "
                    "VALUES (?, ?, ?, ?)",
                    (photo_id, self._user(drawn.rater_uuid), drawn.round, outline),
                )

    def _insert(self, record: CarriedRecord) -> None:
        spec = spec_named(record.kind)
        record_id, deleted_by = self._ids[record.kind, record.uuid], record.deleted_by
        values = [inward(spec.kind, one.value, self) for one in record.revisions]
        head = {
            "id": record_id,
            "uuid": record.uuid,
            "revision": record.revisions[-1].revision,
            "at_utc": record.at_utc,
            "user_id": self._user(record.by_uuid),
            "reason": record.reason,
            "act_id": self._acts[record.act],
            "deleted_act": None if deleted_by is None else self._acts[deleted_by],
        }
        rows.insert_row(self._connection, spec, head, values[-1])
        for one, value in zip(record.revisions, values, strict=True):
            draft = is_draft(value) and not one.deleted
            self._connection.execute(
                "INSERT INTO revision (kind, record_id, revision, value, deleted, draft, at_utc, "
                "user_id, reason, act_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    spec.table, record_id, one.revision, rows.value_json(value), one.deleted,
                    draft, one.at_utc, self._user(one.by_uuid), one.reason, self._acts[one.act],
                ),
            )  # fmt: skip
        if isinstance(values[-1], Patient):
            index_patient(self._connection, record_id, values[-1])


@contextmanager
def _told_by(path: str) -> Iterator[None]:
    """Say in which file the record is that cannot be."""
    try:
        yield
    except IntegrityError as error:
        why = explain(RecordError("record.conflict"))
        raise InterchangeError("interchange.record_refused", file=path, why=why) from error
    except (CodecError, OverflowError) as error:
        raise InterchangeError("interchange.unusable", file=path, place="value") from error
    except StoreError:
        raise
    except WoundtrackError as error:
        why = explain(error)
        raise InterchangeError("interchange.record_refused", file=path, why=why) from error


def _field(value: object, key: str) -> str:
    return str(value[key]) if isinstance(value, dict) else ""
