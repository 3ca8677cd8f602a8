"""What is wrong with the database as a whole: bytes, structure, references, journal."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeAlias

from woundtrack.store.database import Connection, DatabaseError, is_of_disk
from woundtrack.store.journal import journal_key
from woundtrack.store.journal_check import Break, JournalBreak, examine_journal
from woundtrack.store.log_check import read_log
from woundtrack.store.types import Finding
from woundtrack.store.waiting import WaitingLines

_LISTS = (("lesion", "became_ids", "lesion"), ("rater_study", "rater_ids", "user"))
"""Table, a column of ids as JSON, and the table they name: no foreign key sees to those.

A list that cannot be read is told with its record.
"""
_PAGE = re.compile(r"page (\d+)")
Progress: TypeAlias = Callable[[int, int], bool | None]
MOST_BREAKS = 20
"""How many breaks of the journal are told one by one."""


def database_findings(connection: Connection) -> list[Finding]:
    """Read every byte of the database's file and of its log, then its structure."""
    pages = _bad_pages(connection)
    if pages:
        return [pages_finding(pages)]
    frames = _bad_frames(connection)
    if frames:
        return [log_finding(frames)]
    try:
        if [row for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]:
            return [_finding("store.damaged")]
        loose = connection.execute("PRAGMA foreign_key_check").fetchall()
        for table, column, named in _LISTS:
            loose += connection.execute(
                f"SELECT each.value FROM {table}, "
                f"json_each(iif(json_valid({column}), {column}, '[]')) each "
                f"WHERE each.value NOT IN (SELECT id FROM {named})"
            ).fetchall()
    except DatabaseError as error:
        if is_of_disk(error):
            raise
        return [_finding("store.damaged")]
    return [_finding("check.loose", count=len(loose))] if loose else []


def journal_findings(
    connection: Connection, *, data_key: bytes, progress: Progress = lambda _done, _total: None
) -> tuple[int, list[Finding]]:
    """Read the whole journal: how many entries it has, and where it is not as it was written.

    `progress` returning False stops with what was found.
    """
    state = examine_journal(connection, key=journal_key(data_key), progress=progress)
    findings = [_break_finding(one) for one in state.breaks[:MOST_BREAKS]]
    if len(state.breaks) > MOST_BREAKS:
        findings.append(_finding("check.journal_more", count=len(state.breaks) - MOST_BREAKS))
    path = _path(connection)
    if unreadable := WaitingLines(path.parent, data_key=data_key).damaged():
        findings.append(_finding("check.waiting_damaged", count=unreadable))
    return state.entries, findings


def pages_finding(pages: Iterable[int]) -> Finding:
    """Pages of the database's file are not what was written."""
    listed = list(pages)
    return _finding("check.pages", first=listed[0], count=len(listed))


def log_finding(frames: Iterable[int]) -> Finding:
    """Frames of the log are not what was written."""
    return _finding("store.log_damaged", first=next(iter(frames)))


def last_change_finding(database: Path) -> list[Finding]:
    """Whether the last change in the log is not whole, so that opening will leave it out.

    To be asked before the clinic is opened; afterwards nothing is left of it.
    """
    log = read_log(database, with_index=True)
    if log.lost:
        return [_finding("check.log_lost")]
    return [Finding("check.log_cut", serious=False)] if log.cut else []


def _finding(code: str, **data: object) -> Finding:
    return Finding(code, serious=True, data=tuple(data.items()))


def _bad_pages(connection: Connection) -> list[int]:
    # Asked of the connection itself: opening the file here would drop SQLite's locks.
    try:
        told = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    except DatabaseError as error:
        if is_of_disk(error):
            raise
        return [1]
    return [int(found[1]) if (found := _PAGE.search(text)) else 1 for (text,) in told]


def _bad_frames(connection: Connection) -> tuple[int, ...]:
    """Of the log as it is now; twice, for somebody may be writing it while it is read."""
    path = _path(connection)
    damaged = read_log(path).damaged
    return damaged and read_log(path).damaged


def _path(connection: Connection) -> Path:
    (path,) = (row[2] for row in connection.execute("PRAGMA database_list") if row[1] == "main")
    return Path(path)


def _break_finding(one: JournalBreak) -> Finding:
    numbers = str(one.first_id)
    if one.last_id > one.first_id:
        numbers += f"–{one.last_id}"
    code = f"check.journal_{one.how.value}"
    if not one.at_utc:
        code = "check.journal_beginning"
    elif one.how is Break.CUT_OFF:
        numbers = str(one.first_id - 1)
    return _finding(code, numbers=numbers, at=_moment(one.at_utc))


def _moment(at_utc: str) -> Any:
    """The time as local time, or what the line says where that is none."""
    try:
        return dt.datetime.fromisoformat(at_utc).astimezone()
    except ValueError:
        return at_utc
