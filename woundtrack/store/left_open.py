"""What somebody had in hand when the program ended: visits that nobody has confirmed yet.

A visit without a day is no record. What was typed in one waits here for its patient and its
user, overwritten freely, until the visit has a day; like a correction that waits, it makes no
revision and no line in the journal.
"""

import datetime as dt
from dataclasses import dataclass

from woundtrack.store import rows
from woundtrack.store.act import Act
from woundtrack.store.database import Connection
from woundtrack.store.types import Correction

_PREFIX = "visit without a day"
_TOUCHED_SQL = """
WITH touched(visit_id, at_utc) AS (
  SELECT id, at_utc FROM visit
  UNION ALL SELECT visit_id, at_utc FROM visit_photo WHERE deleted_act IS NULL
  UNION ALL SELECT p.visit_id, s.at_utc FROM photo_scale s JOIN visit_photo p ON p.id = s.photo_id
    WHERE s.confirmed = 0 AND s.deleted_act IS NULL
  UNION ALL SELECT p.visit_id, o.at_utc FROM photo_outline o
    JOIN visit_photo p ON p.id = o.photo_id WHERE o.confirmed = 0 AND o.deleted_act IS NULL
  UNION ALL SELECT visit_id, at_utc FROM assessment WHERE confirmed = 0 AND deleted_act IS NULL
)
SELECT v.id, v.patient_id, v."on", max(t.at_utc) FROM visit v JOIN touched t ON t.visit_id = v.id
WHERE v.deleted_act IS NULL AND NOT EXISTS (
  SELECT 1 FROM assessment a
  WHERE a.visit_id = v.id AND a.confirmed = 1 AND a.deleted_act IS NULL)
GROUP BY v.id HAVING max(t.at_utc) >= ?
UNION ALL
SELECT v.id, v.patient_id, v."on", c.at_utc FROM pending_correction c
JOIN visit v ON v.id = c.visit_id WHERE v.deleted_act IS NULL AND c.at_utc >= ?
"""


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """A visit that was worked on and not confirmed; `visit_id` and `on` are None without a day."""

    patient_id: int
    visit_id: int | None
    on: dt.date | None
    at_utc: dt.datetime
    """When it was last changed."""


def left_open(connection: Connection, *, since_utc: dt.datetime, user_id: int) -> list[LeftOpen]:
    """The visits and corrections changed since then that nobody confirmed, the latest first.

    A visit without a day is its user's alone.
    """
    since = since_utc.isoformat()
    found = [
        LeftOpen(patient_id, visit_id, dt.date.fromisoformat(on), dt.datetime.fromisoformat(at))
        for visit_id, patient_id, on, at in connection.execute(_TOUCHED_SQL, (since, since))
    ]
    names = f"{_PREFIX} {user_id} "
    kept = connection.execute(
        "SELECT substr(name, ?), substr(value, 1, 32) FROM setting WHERE substr(name, 1, ?) = ?",
        (len(names) + 1, len(names), names),
    )
    found += [
        LeftOpen(int(patient_id), None, None, moment)
        for patient_id, text in kept
        if (moment := _moment(text)) >= since_utc
    ]
    return sorted(found, key=lambda each: each.at_utc, reverse=True)


def keep_without_day(act: Act, patient_id: int, typed: Correction) -> None:
    """Keep what this user has typed in a visit without a day, in the place of what was before."""
    act.connection.execute(
        "INSERT INTO setting (name, value) VALUES (?, ?) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (
            _name(act.user_id, patient_id),
            f"{act.at_utc.isoformat():<32}{rows.value_json(typed)}",
        ),
    )


def drop_without_day(act: Act, patient_id: int) -> None:
    """Forget it: the visit has a day, or it is not wanted; there need not be one."""
    act.connection.execute("DELETE FROM setting WHERE name = ?", (_name(act.user_id, patient_id),))


def without_day(connection: Connection, *, patient_id: int, user_id: int) -> Correction | None:
    """What this user typed for a patient in a visit without a day. Raises store.damaged."""
    row = connection.execute(
        "SELECT substr(value, 33) FROM setting WHERE name = ?", (_name(user_id, patient_id),)
    ).fetchone()
    return None if row is None else rows.value_from_json(Correction, row[0])


def _name(user_id: int | None, patient_id: int) -> str:
    return f"{_PREFIX} {user_id} {patient_id}"


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text.strip())
