"""Corrections of confirmed visits that nobody has confirmed yet: one a visit, overwritten freely.

They are drafts, so they make no revision and no line in the journal; confirming one does.
"""

import datetime as dt

from woundtrack.store import rows
from woundtrack.store.act import Act
from woundtrack.store.database import Connection
from woundtrack.store.types import Correction, PendingCorrection


def keep(act: Act, visit_id: int, correction: Correction) -> None:
    """Keep a visit's correction, in the place of an earlier one."""
    act.connection.execute(
        "INSERT INTO pending_correction (visit_id, at_utc, user_id, value) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (visit_id) DO UPDATE SET at_utc = excluded.at_utc, "
        "user_id = excluded.user_id, value = excluded.value",
        (visit_id, act.at_utc.isoformat(), act.user_id, rows.value_json(correction)),
    )


def drop(act: Act, visit_id: int) -> None:
    """Forget a visit's correction; there need not be one."""
    act.connection.execute("DELETE FROM pending_correction WHERE visit_id = ?", (visit_id,))


def pending(connection: Connection, visit_id: int) -> PendingCorrection | None:
    """A visit's correction. Raises StoreError store.damaged where it cannot be read."""
    row = connection.execute(
        "SELECT value, at_utc, (SELECT name FROM user WHERE user.id = pending_correction.user_id) "
        "FROM pending_correction WHERE visit_id = ?",
        (visit_id,),
    ).fetchone()
    if row is None:
        return None
    correction = rows.value_from_json(Correction, row[0])
    return PendingCorrection(correction, dt.datetime.fromisoformat(row[1]), row[2] or "")
