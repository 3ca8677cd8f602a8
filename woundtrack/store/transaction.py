"""One act, one transaction: all of it is in the database, or none of it."""

from collections.abc import Callable
from typing import TypeVar

from woundtrack.errors import RecordError
from woundtrack.store.database import Connection, IntegrityError, database_errors, is_full

T = TypeVar("T")


def in_transaction(
    connection: Connection,
    work: Callable[[], T],
    *,
    before_commit: Callable[[], None],
    take_back: Callable[[], None],
) -> T:
    """Do `work` and return what it does; the writing thread alone calls this.

    `take_back` removes the files that were made, unless the record may be there all the same.
    Raises what `work` raises, RecordError record.conflict, and StoreErrors.
    """
    with database_errors():
        connection.execute("BEGIN IMMEDIATE")
        committing = False
        try:
            result = work()
            before_commit()
            committing = True
            connection.execute("COMMIT")
        except BaseException as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            # Of a disk that failed while it committed nobody knows what it has.
            if not committing or is_full(error):
                take_back()
            if isinstance(error, IntegrityError):
                raise RecordError("record.conflict") from error
            raise
    return result
