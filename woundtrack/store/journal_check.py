"""Whether the journal is as it was written: what was altered, taken away, added, cut off."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from woundtrack.store.database import Connection
from woundtrack.store.journal import (
    FIELDS,
    GENESIS,
    LOST,
    JournalHead,
    head_seal,
    journal_key,
    line_mac,
)

STEP = 5_000
"""After how many lines progress is told."""
RUN = 8
"""How many lines that do not hold are remembered: one of them may be what the next one follows."""


class Break(StrEnum):
    """How a journal is not as it was written."""

    ALTERED = "altered"
    """Lines that say something else than they did, stand elsewhere, or were put in."""
    MISSING = "missing"
    """Lines that are gone from between others."""
    CUT_OFF = "cut_off"
    """Lines that are gone from the end, or an end that was changed."""
    UNSEALED = "unsealed"
    """Lines that have no MAC."""


@dataclass(frozen=True, slots=True)
class JournalBreak:
    """A run of lines that do not hold. `at_utc` is the time that the first one states.

    Of lines that are gone it is the time of the one before them; empty where there is none.
    """

    how: Break
    first_id: int
    last_id: int
    at_utc: str


@dataclass(frozen=True, slots=True)
class JournalState:
    """What reading a whole journal gave."""

    entries: int
    breaks: tuple[JournalBreak, ...]
    stopped: bool = False

    @property
    def unbroken(self) -> bool:
        """Whether every line is as it was written and none is missing."""
        return not self.breaks and not self.stopped


def examine_journal(
    connection: Connection,
    *,
    key: bytes,
    progress: Callable[[int, int], bool | None] = lambda _done, _total: None,
) -> JournalState:
    """Read every line and hold it against the chain; `progress` returning False stops.

    After a line that does not hold the rest is still told apart, for each line says by its MAC
    what stood before it.
    """
    walk = _Walk(key)
    (total,) = connection.execute("SELECT count(*) FROM journal").fetchone()
    columns = ", ".join(FIELDS)
    rows = connection.execute(f"SELECT {columns}, mac FROM journal ORDER BY id")
    for *fields, mac in rows:
        walk.step(tuple(fields), mac)
        if walk.count % STEP == 0 and progress(walk.count, total) is False:
            return JournalState(walk.count, tuple(walk.breaks), stopped=True)
    walk.end(connection.execute("SELECT count, last_id, mac, seal FROM journal_head").fetchone())
    return JournalState(walk.count, tuple(walk.breaks))


def chain_holds(connection: Connection, data_key: bytes, head: JournalHead) -> bool:
    """Whether the journal is unbroken, and still has all that it had when this was its head."""
    if not examine_journal(connection, key=journal_key(data_key)).unbroken:
        return False
    (count,) = connection.execute(
        "SELECT count(*) FROM journal WHERE id <= ?", (head.last_id,)
    ).fetchone()
    return bool(count == head.count) and continues(connection, head)


def continues(connection: Connection, head: JournalHead) -> bool:
    """Whether the journal, if it is unbroken, goes on from where it once ended.

    Each line's MAC covers all before it: another state of the clinic has another one there.
    """
    row = connection.execute("SELECT mac FROM journal WHERE id = ?", (head.last_id,)).fetchone()
    mac = (GENESIS if head.last_id == 0 else b"") if row is None else row[0] or b""
    return bool(mac.hex() == head.mac)


class _Walk:
    """Goes along the lines and notes where the chain does not hold."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._before: tuple[bytes, ...] = (GENESIS,)
        """What the next line's MAC may cover: the MAC that the last one should have, that of the
        last line that held, and those that the lines since have."""
        self._held = GENESIS
        self._since: tuple[bytes, ...] = ()
        self._last_id, self._last_at = 0, ""
        self.count = 0
        self.breaks: list[JournalBreak] = []

    def step(self, fields: tuple[Any, ...], mac: bytes | None) -> None:
        """The next line as it stands in the database."""
        number, at_utc = fields[0], fields[1]
        possible = [line_mac(self._key, before, fields) for before in self._before]
        holds = mac is not None and mac in possible
        if not holds:
            self._note(fields, mac)
        if holds and mac is not None:
            self._held, self._before, self._since = mac, (mac,), ()
        else:
            self._since = (*(() if mac is None else (mac,)), *self._since)[:RUN]
            self._before = (possible[0], *self._since, self._held)
        self._last_id, self._last_at = number, at_utc
        self.count += 1

    def _note(self, fields: tuple[Any, ...], mac: bytes | None) -> None:
        number, at_utc = fields[0], fields[1]
        if mac is None:
            self._add(Break.UNSEALED, number, number, at_utc)
        elif mac == line_mac(self._key, LOST, fields):
            # Written by the program, when the end had been changed by somebody without the key.
            self._add(Break.CUT_OFF, self._last_id + 1, number - 1, self._last_at)
        elif number > self._last_id + 1:
            self._add(Break.MISSING, self._last_id + 1, number - 1, self._last_at)
        else:
            self._add(Break.ALTERED, number, number, at_utc)

    def end(self, head: tuple[int, int, bytes, bytes | None] | None) -> None:
        """Hold the end against the head."""
        count, last_id, mac, seal = head or (0, 0, GENESIS, None)
        sealed = seal is not None and seal == head_seal(self._key, count, last_id, mac)
        if last_id > self._last_id:
            self._add(Break.CUT_OFF, self._last_id + 1, last_id, self._last_at)
        elif not sealed or (mac not in self._before) or (count != self.count and not self.breaks):
            self._add(Break.CUT_OFF, self._last_id + 1, self._last_id + 1, self._last_at)

    def _add(self, how: Break, first_id: int, last_id: int, at_utc: str) -> None:
        last = self.breaks[-1] if self.breaks else None
        if last and last.how is how and last.last_id + 1 == first_id:
            self.breaks[-1] = replace(last, last_id=last_id)
        else:
            self.breaks.append(JournalBreak(how, first_id, last_id, at_utc))
