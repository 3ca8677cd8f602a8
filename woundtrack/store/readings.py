"""Reading a clinic: a connection for each thread that asks, a consistent snapshot a question."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from woundtrack.errors import StoreError
from woundtrack.store import database
from woundtrack.store.database import Connection, DatabaseError, database_errors
from woundtrack.store.reader import Reader
from woundtrack.store.vault import Vault

T = TypeVar("T")
BREAK_OFF_SECONDS = 0.02
"""How often a question that is under way is told that the clinic closes."""


@dataclass(slots=True)
class _Reading:
    """A thread's own connection, and whether a question is under way on it."""

    connection: Connection
    under_way: threading.RLock = field(default_factory=threading.RLock)
    closed: bool = False

    def close(self) -> None:
        """Break off the question that is under way, and close once it has ended.

        A connection that another thread closes under a statement ends the program.
        """
        while not self.under_way.acquire(timeout=BREAK_OFF_SECONDS):
            self.connection.interrupt()
        self.closed = True
        self.connection.close()
        self.under_way.release()


class Readings:
    """The reading connections of one open clinic."""

    def __init__(self, path: Path, *, data_key: bytes, vault: Vault) -> None:
        self._path, self._data_key, self._vault = path, data_key, vault
        self._readers = threading.local()
        self._open: list[_Reading] = []
        self._guard = threading.Lock()
        self._ended = False

    def ask(self, question: Callable[[Reader], T]) -> T:
        """Answer a question on the calling thread, in one consistent snapshot.

        Raises StoreError store.closed once `end` was asked for.
        """
        reader: Reader | None = getattr(self._readers, "current", None)
        if reader is not None:  # a question within a question sees the same snapshot
            return question(reader)
        own = self._own()
        with database_errors(), own.under_way:
            if self._ended:
                raise StoreError("store.closed")
            connection = own.connection
            reader = Reader(connection, vault=self._vault)
            connection.execute("BEGIN")
            self._readers.current = reader
            try:
                return question(reader)
            except DatabaseError as error:
                if self._ended:  # locked while a long question was on its way
                    raise StoreError("store.closed") from error
                raise
            finally:
                self._readers.current = None
                if not own.closed and connection.in_transaction:
                    connection.execute("ROLLBACK")

    def end(self) -> None:
        """Let no new question begin; those under way go on until `close`."""
        self._ended = True

    def close(self) -> None:
        """Break off the questions under way and close every connection; new ones may follow."""
        with self._guard:
            before, self._open = self._open, []
        for reading in before:
            reading.close()
        if self._ended:
            self._data_key = b""

    def _own(self) -> _Reading:
        own: _Reading | None = getattr(self._readers, "own", None)
        if self._ended:
            raise StoreError("store.closed")
        if own is None or own.closed:
            with database_errors():
                connection = database.connect(self._path, data_key=self._data_key, writable=False)
            own = _Reading(connection)
            with self._guard:
                self._open.append(own)
            self._readers.own = own
        return own
