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
_MOMENT = 32
"""Letters that the moment of the last change takes before the JSON."""
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


@dataclass(frozen=True, slots=True)
class WithoutDay:
    """What somebody typed in a visit that had no day, and never got one."""

    patient_id: int
    slip: str
    """What it is kept under."""
    at_utc: dt.datetime
    typed: Correction


def left_open(connection: Connection, *, since_utc: dt.datetime, user_id: int) -> list[LeftOpen]:
    """The visits and corrections changed since then that nobody confirmed, the latest first.

    A visit without a day is its user's alone.
    """
    since = since_utc.isoformat()
    found = [
        LeftOpen(patient_id, visit_id, dt.date.fromisoformat(on), dt.datetime.fromisoformat(at))
        for visit_id, patient_id, on, at in connection.execute(_TOUCHED_SQL, (since, since))
    ]
    latest = {each.patient_id: each.at_utc for each in _kept(connection, user_id)}
    found += [
        LeftOpen(patient_id, None, None, at_utc)
        for patient_id, at_utc in latest.items()
        if at_utc >= since_utc
    ]
    return sorted(found, key=lambda each: each.at_utc, reverse=True)


def keep_without_day(act: Act, patient_id: int, typed: Correction, *, slip: str = "") -> str:
    """Keep what this user has typed in a visit without a day; return the slip it is kept under.

    What was kept under that slip before is overwritten; without one, it is a new one.
    """
    slip = slip or act.at_utc.isoformat()
    act.connection.execute(
        "INSERT INTO setting (name, value) VALUES (?, ?) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (
            f"{_PREFIX} {act.user_id} {patient_id} {slip}",
            f"{act.at_utc.isoformat():<{_MOMENT}}{rows.value_json(typed)}",
        ),
    )
    return slip


def drop_without_day(act: Act, patient_id: int, *, slip: str) -> None:
    """Forget it: the visit has a day, or it is not wanted; there need not be one."""
    name = f"{_PREFIX} {act.user_id} {patient_id} {slip}"
    act.connection.execute("DELETE FROM setting WHERE name = ?", (name,))


def without_day(connection: Connection, *, patient_id: int, user_id: int) -> WithoutDay | None:
    """What this user typed last for a patient in a visit without a day.

    Raises StoreError store.damaged where it cannot be read.
    """
    kept = [each for each in _kept(connection, user_id) if each.patient_id == patient_id]
    return kept[-1] if kept else None


def _kept(connection: Connection, user_id: int) -> list[WithoutDay]:
    """All that waits of a user, the latest last."""
    mine = f"{_PREFIX} {user_id} "
    found = []
    for name, text in connection.execute(
        "SELECT name, value FROM setting WHERE substr(name, 1, ?) = ?", (len(mine), mine)
    ):
        patient_id, _space, slip = name.removeprefix(mine).partition(" ")
        moment = dt.datetime.fromisoformat(text[:_MOMENT].strip())
        typed = rows.value_from_json(Correction, text[_MOMENT:])
        found.append(WithoutDay(int(patient_id), slip, moment, typed))
    return sorted(found, key=lambda each: each.at_utc)
