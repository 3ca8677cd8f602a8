"""A lesion's closure dates follow the visits that gave them when these go, come back or move.

Confirming a visit gives the dates (`woundtrack.healing.closure.after_visit`). Dates that a
person wrote by hand, which no visits gave, are never touched.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from woundtrack.healing.closure import closure_dates
from woundtrack.records import Assessment, Lesion, LesionStatus, SizeMethod, Visit
from woundtrack.store import rows
from woundtrack.store.act import Act
from woundtrack.store.database import Connection

Dates = tuple[dt.date | None, dt.date | None]
_SEEN_SQL = """
SELECT v."on", a.size_method FROM assessment a JOIN visit v ON v.id = a.visit_id
WHERE a.lesion_id = ? AND a.confirmed = 1 AND a.deleted_act IS NULL AND v.deleted_act IS NULL
"""


@contextmanager
def following(act: Act, lesion_ids: Iterable[int]) -> Iterator[None]:
    """Within it visits change; afterwards these lesions have the dates that the visits give."""
    before = {lesion_id: _given(act.connection, lesion_id) for lesion_id in lesion_ids}
    yield
    for lesion_id, dates in before.items():
        _follow(act, lesion_id, dates)


def lesions_seen(connection: Connection, kind: type[object], record_id: int) -> list[int]:
    """The lesions that a visit or an assessment speaks of, be it live or in the bin."""
    column = {Visit: "visit_id", Assessment: "id"}.get(kind)
    if column is None:
        return []
    found = connection.execute(
        f"SELECT DISTINCT lesion_id FROM assessment WHERE {column} = ?", (record_id,)
    ).fetchall()
    return [lesion_id for (lesion_id,) in found]


def _given(connection: Connection, lesion_id: int) -> Dates:
    """First closed and confirmed, as a lesion's visits have it."""
    seen = connection.execute(_SEEN_SQL, (lesion_id,)).fetchall()
    return closure_dates((dt.date.fromisoformat(on), how == SizeMethod.CLOSED) for on, how in seen)


def _follow(act: Act, lesion_id: int, before: Dates) -> None:
    stored = rows.get(act.connection, Lesion, lesion_id)
    value, after = stored.value, _given(act.connection, lesion_id)
    by_visits = (value.closed_on, value.closure_confirmed_on) == before
    if stored.deleted or after == before or not by_visits:
        return
    closed_on, confirmed_on = after
    status = value.status
    if confirmed_on is not None:
        status = LesionStatus.CLOSED
    elif status is LesionStatus.CLOSED:
        status = LesionStatus.OPEN
    value = replace(value, status=status, closed_on=closed_on, closure_confirmed_on=confirmed_on)
    act.replace(stored, value, action="corrected")
