"""Checking a whole clinic."""

from collections.abc import Callable
from typing import TypeAlias

from woundtrack.errors import StoreError
from woundtrack.store import database_check, orphans
from woundtrack.store.database import Connection
from woundtrack.store.journal_pages import JournalPages
from woundtrack.store.kinds import SPECS
from woundtrack.store.photo_check import photo_findings, places
from woundtrack.store.rows import layout_of, stored_from, value_from_json
from woundtrack.store.types import CheckResult, Finding
from woundtrack.store.vault import Vault

Progress: TypeAlias = Callable[[int, int], bool | None]


def no_progress(done: int, total: int) -> None:
    """Tell nobody."""
    del done, total


def check(
    connection: Connection, vault: Vault, *, data_key: bytes, progress: Progress
) -> CheckResult:
    """Read every page, line of the journal, record, revision and vault file once.

    `progress(done, total)` counts vault files and kinds; False stops with what was found.
    """
    findings = database_check.database_findings(connection)
    if any(one.code != "check.loose" for one in findings):
        return CheckResult(tuple(findings), 0, 0, 0)
    end = JournalPages(connection).end()
    entries, found = database_check.journal_findings(connection, data_key=data_key)
    findings += found
    names = {row[0] for row in connection.execute("SELECT name FROM vault_file")}
    total, done, records = len(SPECS) + len(names), 0, 0
    for spec in SPECS:
        count, found = _check_kind(connection, spec.kind, spec.table)
        records += count
        findings += found
        done += 1
        if progress(done, total) is False:
            return CheckResult((*findings, Finding("check.stopped", serious=True)), records, 0, 0)
    vault_bytes, read, shown = 0, 0, places(connection)
    for name in sorted(names):
        size, found = photo_findings(vault, name, shown)
        vault_bytes += size
        findings += found
        read += 1
        done += 1
        if progress(done, total) is False:
            findings.append(Finding("check.stopped", serious=True))
            break
    findings += orphans.findings(connection, vault)
    return CheckResult(tuple(findings), records, read, vault_bytes, entries, end)


def _check_kind(connection: Connection, kind: type, table: str) -> tuple[int, list[Finding]]:
    count, unreadable = 0, 0
    for row in connection.execute(f"SELECT {layout_of(kind).head_sql} FROM {table}"):
        count += 1
        try:
            stored_from(kind, row)
        except StoreError:
            unreadable += 1
    for (text,) in connection.execute("SELECT value FROM revision WHERE kind = ?", (table,)):
        try:
            value_from_json(kind, text)
        except StoreError:
            unreadable += 1
    if not unreadable:
        return count, []
    data = (("kind", table), ("count", unreadable))
    return count, [Finding("check.unreadable_records", serious=True, data=data)]
