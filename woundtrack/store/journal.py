"""The journal: lines that are only ever added, each with a MAC over itself and the one before.

The MAC is HMAC-SHA-256 (RFC 2104) under a key of the data key. One row of the database, the
head, says how many lines there are and where they end, under a seal of its own: without the key
no line can be changed, taken away or added unseen, the last ones included. What is found is in
`store.journal_check`. Everything that writes a line does so through `append`.
"""

import hmac
import json
from dataclasses import dataclass
from typing import Any

from woundtrack.store import keys
from woundtrack.store.database import Connection

GENESIS = bytes(32)
"""Stands for the MAC before the first line."""
LOST = b"\xff" * 32
"""Stands for the MAC before a line that was added when the head was no longer sound."""
FIELDS = ("id", "at_utc", "user_id", "action", "kind", "record_id", "act_id", "reason")
"""What a line says, in the order in which its MAC covers it."""
SEALED = "sealed"
"""What the line says that stands after the lines which were there before the chain."""

_APPEND = f"INSERT INTO journal ({', '.join(FIELDS)}, mac) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_HEAD = (
    "SELECT coalesce(count, 0), coalesce(last_id, 0), coalesce(mac, zeroblob(32)), seal, newest "
    "FROM (SELECT coalesce(max(id), 0) AS newest FROM journal) "
    "LEFT JOIN journal_head ON journal_head.id = 1"
)
_SET_HEAD = (
    "INSERT INTO journal_head (id, count, last_id, mac, seal) VALUES (1, ?, ?, ?, ?) "
    "ON CONFLICT (id) DO UPDATE SET count = excluded.count, last_id = excluded.last_id, "
    "mac = excluded.mac, seal = excluded.seal"
)


@dataclass(frozen=True, slots=True)
class JournalHead:
    """Where a journal ends: how many lines, the last one's number, its MAC as hexadecimal."""

    count: int
    last_id: int
    mac: str


def journal_key(data_key: bytes) -> bytes:
    """The key of the journal's MACs."""
    return keys.subkey(data_key, use="journal")


def line_mac(key: bytes, before: bytes, fields: tuple[Any, ...]) -> bytes:
    """The MAC of a line after the one whose MAC is `before`; `fields` as in `FIELDS`.

    JSON with every sign escaped is the one way to write these fields as bytes.
    """
    return hmac.digest(key, b"line" + before + json.dumps(fields).encode(), "sha256")


def head_seal(key: bytes, count: int, last_id: int, mac: bytes) -> bytes:
    """The MAC that says that the chain ends here."""
    return hmac.digest(key, b"head" + mac + json.dumps((count, last_id)).encode(), "sha256")


def append(
    connection: Connection,
    *,
    key: bytes,
    at_utc: str,
    user_id: int | None,
    action: str,
    kind: str,
    record_id: int | None = None,
    act_id: int | None = None,
    reason: str = "",
) -> int:
    """Add a line inside the caller's transaction; return its number. `at_utc` in ISO 8601.

    Where the head is not sound any more the line says so by its MAC: nothing that was taken away
    before becomes whole again by it.
    """
    if not connection.in_transaction:
        raise RuntimeError("a line and the head that follows it are one transaction")
    count, last_id, before, seal, newest = connection.execute(_HEAD).fetchone()
    if seal is None or not hmac.compare_digest(seal, head_seal(key, count, last_id, before)):
        (count,) = connection.execute("SELECT count(*) FROM journal").fetchone()
        before = LOST
    number: int = max(last_id, newest) + 1
    fields = (number, at_utc, user_id, action, kind, record_id, act_id, reason)
    mac = line_mac(key, before, fields)
    connection.execute(_APPEND, (*fields, mac))
    _set_head(connection, key, count + 1, number, mac)
    return number


def begin(connection: Connection, *, key: bytes, at_utc: str) -> None:
    """Seal the journal of a database that just got its chain; nothing where it is sealed.

    Lines that were there get their MACs as they stand, and a line after them says which these
    are. Inside the caller's transaction.
    """
    row = connection.execute("SELECT seal FROM journal_head WHERE id = 1").fetchone()
    if row is None or row[0] is not None:
        return
    mac, count, last_id = GENESIS, 0, 0
    lines = connection.execute(f"SELECT {', '.join(FIELDS)} FROM journal ORDER BY id").fetchall()
    for fields in lines:
        mac, count, last_id = line_mac(key, mac, fields), count + 1, fields[0]
        connection.execute("UPDATE journal SET mac = ? WHERE id = ?", (mac, last_id))
    _set_head(connection, key, count, last_id, mac)
    if count:
        append(
            connection, key=key, at_utc=at_utc, user_id=None,
            action=SEALED, kind="journal", reason=f"{lines[0][0]}–{last_id}",
        )  # fmt: skip


def journal_head(connection: Connection) -> JournalHead:
    """Where the journal says that it ends; whether that is so, `journal_check` tells."""
    row = connection.execute("SELECT count, last_id, mac FROM journal_head WHERE id = 1").fetchone()
    count, last_id, mac = row or (0, 0, GENESIS)
    return JournalHead(count, last_id, mac.hex())


def _set_head(connection: Connection, key: bytes, count: int, last_id: int, mac: bytes) -> None:
    seal = head_seal(key, count, last_id, mac)
    connection.execute(_SET_HEAD, (count, last_id, mac, seal))
