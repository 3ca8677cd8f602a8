"""What a clinic holds after a fault, compared with what it held at every step without one.

Only what differs from run to run is left out: uuids, random codes, moments, seals, and the
journal's lines about signing in. Everything else must be the state after the acts shown as
done, or after the one that was on its way too: nothing lost, nothing half there.
"""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from woundtrack.records import User
from woundtrack.store.clinic import Clinic
from woundtrack.store.files import PART_SUFFIX
from woundtrack.store.info import VAULT_NAME

_BY_CHANCE = frozenset(("uuid", "at_utc", "code", "mac", "seal"))
_NOT_THE_RECORD = ("sqlite_", "_sqlite_", "patient_search", "journal")
_COMING_AND_GOING = ("signed_in", "signed_out", "sign_in_failed", "cut_off", "restored")
_SETTINGS = ("keyring_state", "backup_last")
"""One tells the key file by its seal, one a moment."""
_NAME = re.compile(r"\d{8}T\d{6}Z-\d+-[0-9a-f]+|\d+–\d+|lines \d+ to \d+")
"""A backup's name, partly drawn by chance; numbers of the journal's lines, which count sign-ins."""


def digest(clinic: Clinic) -> str:
    """The clinic's whole content as one short text."""
    return clinic.read(lambda reader: _digest(reader._connection))


def _digest(connection: Any) -> str:
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")
    content: list[object] = []
    for (table,) in names.fetchall():
        if not table.startswith(_NOT_THE_RECORD):
            content.append((table, _rows(connection, table)))
    marks = ", ".join("?" for _ in _COMING_AND_GOING)
    lines = connection.execute(
        f"SELECT action, kind, record_id, reason FROM journal WHERE action NOT IN ({marks}) "
        "AND NOT (action = 'set' AND reason LIKE 'backup_last%') ORDER BY id",
        _COMING_AND_GOING,
    )
    content += [_NAME.sub("…", repr(line)) for line in lines.fetchall()]
    return hashlib.sha256(repr(content).encode()).hexdigest()[:16]


def _rows(connection: Any, table: str) -> list[object]:
    cursor = connection.execute(f'SELECT * FROM "{table}"')
    columns = [column[0] for column in cursor.description]
    kept = [number for number, name in enumerate(columns) if name not in _BY_CHANCE]
    rows = []
    for row in cursor.fetchall():
        named = {columns[number]: row[number] for number in kept}
        if named.get("name") in _SETTINGS:
            continue
        if named.get("kind") == "patient" and "value" in named:
            value = json.loads(named["value"])
            value.pop("code", None)
            named["value"] = value
        rows.append(named)
    return sorted(rows, key=repr)


def faults_of(
    clinic: Clinic, *, states: list[str], shown: int, on_its_way: bool, most_orphans: int
) -> list[str]:
    """What is wrong with a clinic that was opened again after a fault.

    `states` are the digests before the first act and after each; `shown` were shown as done;
    `on_its_way` says whether one more may be there. Photos of that one may be left without a
    record, `most_orphans` of them.
    """
    examined = clinic.examine()
    found = [one.code for one in examined.findings if one.serious]
    allowed = states[shown : shown + (2 if on_its_way else 1)]
    now = digest(clinic)
    if now not in allowed:
        told = f"state {states.index(now)}" if now in states else "a state that never was"
        found.append(f"{told}, {shown} acts were shown as done")
    without = _without_record(clinic)
    if without > most_orphans:
        found.append(f"{without} photos without a record")
    for user in clinic.read(lambda reader: reader.find(User)):
        if user.value.active and not user.value.name:
            found.append("a user without a name")
    return found


def _without_record(clinic: Clinic) -> int:
    known = set(clinic.read(lambda reader: reader.vault_files()))
    files = (clinic.folder / VAULT_NAME).glob("*/*")
    return len({path.name.split(".")[0] for path in files if path.suffix != PART_SUFFIX} - known)


def left_over(folder: Path) -> list[str]:
    """Files of a closed clinic that were cut off and stay, or that should have gone."""
    gone = ("-wal", "-shm", "-journal", PART_SUFFIX)
    # What was cut off in the vault is told by the check, and removed when asked to.
    return [
        f"{path.name} is left"
        for path in sorted(folder.rglob("*"))
        if path.name.endswith(gone) and not path.is_relative_to(folder / VAULT_NAME)
    ]
