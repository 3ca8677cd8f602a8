"""Acts and journal lines that come along with records from another clinic, in their order."""

import heapq
from collections.abc import Callable, Iterable, Mapping
from itertools import accumulate

from woundtrack.store import journal
from woundtrack.store.arrivals import Name
from woundtrack.store.carried import CarriedAct, CarriedLine, in_time
from woundtrack.store.database import Connection


def write_acts(
    connection: Connection,
    acts: Mapping[str, CarriedAct],
    wanted: set[str],
    *,
    user_id: Callable[[str | None], int | None],
) -> dict[str, int]:
    """Write the wanted acts and those that they undo, by their times; return their numbers here."""
    needed, ahead = set(wanted), set(wanted)
    while ahead:
        undone = acts[ahead.pop()].undoes
        if undone is not None and undone not in needed:
            needed.add(undone)
            ahead.add(undone)
    numbers: dict[str, int] = {}
    for key in sorted(needed, key=in_time):
        act = acts[key]
        cursor = connection.execute(
            "INSERT INTO act (at_utc, user_id, reason) VALUES (?, ?, ?)",
            (act.at_utc, user_id(act.by_uuid), act.reason),
        )
        numbers[key] = int(cursor.lastrowid)
    for key, number in numbers.items():
        undone = acts[key].undoes
        if undone is not None:
            connection.execute(
                "UPDATE act SET undoes_act = ? WHERE id = ?", (numbers[undone], number)
            )
    return numbers


def write_lines(
    connection: Connection,
    lines: Iterable[list[CarriedLine]],
    *,
    journal_key: bytes,
    ids: Mapping[Name, int],
    acts: Mapping[str, int],
    user_id: Callable[[str | None], int | None],
) -> tuple[int, int]:
    """Write the journal's lines by their times, those of one file in their own order.

    Returns the first and the last number of them here; the last is below the first where there
    are none.
    """
    (before,) = connection.execute("SELECT coalesce(max(id), 0) FROM journal").fetchone()
    # A clock that was set back must not turn the order of a file round.
    timed = [
        list(zip(accumulate((one.at_utc for one in each), max), each, strict=True))
        for each in lines
    ]
    first = last = 0
    for _, line in heapq.merge(*timed, key=lambda pair: pair[0]):
        uuid = line.record_uuid
        last = journal.append(
            connection,
            key=journal_key,
            at_utc=line.at_utc,
            user_id=user_id(line.by_uuid),
            action=line.action,
            kind=line.kind,
            record_id=None if uuid is None else ids[line.kind, uuid],
            act_id=None if line.act is None else acts[line.act],
            reason=line.reason,
        )
        first = first or last
    return (first, last) if first else (before + 1, before)
