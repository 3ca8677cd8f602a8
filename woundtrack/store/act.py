"""One act under way: the changes it makes, each with its revision and its journal line."""

import datetime as dt
from typing import Any, TypeVar
from uuid import uuid4

from woundtrack.records import Patient, Stored
from woundtrack.store import journal, rows
from woundtrack.store.database import Connection
from woundtrack.store.kinds import Spec, is_draft, spec_of
from woundtrack.store.search import index_patient

V = TypeVar("V")


class Act:
    """What one act writes, inside the transaction that its caller opened."""

    def __init__(
        self,
        connection: Connection,
        *,
        journal_key: bytes,
        user_id: int | None,
        at_utc: dt.datetime,
        today: dt.date,
        reason: str,
    ) -> None:
        self.connection = connection
        self.journal_key = journal_key
        self.user_id = user_id
        self.at_utc = at_utc
        self.today = today
        self.reason = reason
        self._id: int | None = None

    @property
    def id(self) -> int:
        """The act's number; an act that changes nothing never gets one."""
        if self._id is None:
            cursor = self.connection.execute(
                "INSERT INTO act (at_utc, user_id, reason) VALUES (?, ?, ?)",
                (self.at_utc.isoformat(), self.user_id, self.reason),
            )
            self._id = int(cursor.lastrowid)
        return self._id

    def undoes(self, act_id: int) -> None:
        """Note that this act undoes another."""
        self.connection.execute("UPDATE act SET undoes_act = ? WHERE id = ?", (act_id, self.id))

    def insert(self, value: V, *, uuid: str = "") -> Stored[V]:
        """A new record at revision 1. The value was checked."""
        spec = spec_of(type(value))
        head = {"uuid": uuid or str(uuid4()), **self._head(1, self.reason, None)}
        record_id = rows.insert_row(self.connection, spec, head, value)
        self._keep_revision(spec, record_id, 1, value, deleted=False, reason=self.reason)
        self._index(record_id, value)
        self.journal("added", spec.table, record_id, self.reason)
        return rows.get(self.connection, type(value), record_id)

    def replace(
        self,
        latest: Stored[Any],
        value: Any,
        *,
        action: str,
        reason: str = "",
        deleted_act: int | None = None,
    ) -> Stored[Any]:
        """A new revision of a record, live, or in the bin since `deleted_act`."""
        spec = spec_of(type(value))
        reason = reason or self.reason
        revision = latest.revision + 1
        head = self._head(revision, reason, deleted_act)
        rows.update_row(self.connection, spec, latest.id, head, value)
        deleted = deleted_act is not None
        self._keep_revision(spec, latest.id, revision, value, deleted=deleted, reason=reason)
        self._index(latest.id, value)
        self.journal(action, spec.table, latest.id, reason)
        return rows.get(self.connection, type(value), latest.id)

    def overwrite_draft(self, latest: Stored[Any], value: Any) -> Stored[Any]:
        """The same revision with another value: drafts are kept against loss, not as history."""
        spec = spec_of(type(value))
        head = self._head(latest.revision, self.reason, None)
        rows.update_row(self.connection, spec, latest.id, head, value)
        self.connection.execute(
            "UPDATE revision SET value = ?, at_utc = ?, user_id = ? "
            "WHERE kind = ? AND record_id = ? AND revision = ?",
            (
                rows.value_json(value),
                self.at_utc.isoformat(),
                self.user_id,
                spec.table,
                latest.id,
                latest.revision,
            ),
        )
        return rows.get(self.connection, type(value), latest.id)

    def journal(self, action: str, kind: str, record_id: int | None, reason: str = "") -> None:
        """One line of the journal."""
        journal.append(
            self.connection,
            key=self.journal_key,
            at_utc=self.at_utc.isoformat(),
            user_id=self.user_id,
            action=action,
            kind=kind,
            record_id=record_id,
            act_id=self._id,
            reason=reason,
        )

    def _head(self, revision: int, reason: str, deleted_act: int | None) -> dict[str, Any]:
        return {
            "revision": revision,
            "at_utc": self.at_utc.isoformat(),
            "user_id": self.user_id,
            "reason": reason,
            "act_id": self.id,
            "deleted_act": deleted_act,
        }

    def _keep_revision(
        self,
        spec: Spec,
        record_id: int,
        revision: int,
        value: Any,
        *,
        deleted: bool,
        reason: str,
    ) -> None:
        self.connection.execute(
            "INSERT INTO revision (kind, record_id, revision, value, deleted, draft, at_utc, "
            "user_id, reason, act_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                spec.table,
                record_id,
                revision,
                rows.value_json(value),
                deleted,
                is_draft(value) and not deleted,
                self.at_utc.isoformat(),
                self.user_id,
                reason,
                self.id,
            ),
        )

    def _index(self, record_id: int, value: Any) -> None:
        if isinstance(value, Patient):
            index_patient(self.connection, record_id, value)
