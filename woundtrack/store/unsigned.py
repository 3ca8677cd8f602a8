"""Acts of the program itself, while nobody is signed in yet."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from woundtrack.store.act import Act
from woundtrack.store.database import Connection, database_errors
from woundtrack.store.journal import journal_key


def act_without_user(connection: Connection, data_key: bytes) -> Act:
    """An act that nobody signs."""
    now, key = dt.datetime.now(dt.UTC), journal_key(data_key)
    return Act(connection, journal_key=key, user_id=None, at_utc=now, today=now.date(), reason="")


@contextmanager
def noted(
    connection: Connection,
    data_key: bytes,
    *,
    action: str,
    kind: str,
    record_id: int | None = None,
) -> Iterator[None]:
    """One transaction with a line of the journal that nobody signs."""
    with database_errors():
        connection.execute("BEGIN IMMEDIATE")
        try:
            act_without_user(connection, data_key).journal(action, kind, record_id)
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
