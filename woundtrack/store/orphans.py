"""What a crash left apart: photos in the vault that no record names, and records without file.

Nothing of it is removed unasked. A photo comes before its record, so a program that ends in
between leaves one; so does an answer "leave it out" at import, and an older database put back.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from woundtrack.errors import RecordError, StoreError
from woundtrack.store.act import Act
from woundtrack.store.database import Connection
from woundtrack.store.types import Finding
from woundtrack.store.vault import Vault, VaultFile

REMOVED = "removed_for_good"
"""What the journal calls it; the reason is the beginning of the photo's name in the vault."""
_SHORT = 8

_NAMED_SQL = """
SELECT vault_name FROM visit_photo
UNION SELECT json_extract(value, '$.vault_name') FROM revision
WHERE kind = 'visit_photo' AND json_valid(value)
"""
"""In the bin too, and of earlier revisions: all of that may come back."""
_LACKING_SQL = """
SELECT p.id, p.vault_name, v.patient_id, v.id, v."on",
       p.deleted_act IS NOT NULL OR v.deleted_act IS NOT NULL
FROM visit_photo p JOIN visit v ON v.id = p.visit_id ORDER BY v."on", p.id
"""


@dataclass(frozen=True, slots=True)
class LoosePhoto:
    """A photo in the vault that no record names, by its name there."""

    name: str
    came_at_utc: dt.datetime
    byte_count: int
    has_original: bool
    """False where only the small picture is left."""


@dataclass(frozen=True, slots=True)
class LackingPhoto:
    """A photo of a visit whose file is gone: the record is there, its original is not."""

    photo_id: int
    patient_id: int
    visit_id: int
    visit_on: dt.date
    in_bin: bool


@dataclass(frozen=True, slots=True)
class Orphans:
    """All that lies apart. `cut_off` are files whose writing was broken off: none can be read."""

    loose: tuple[LoosePhoto, ...] = ()
    lacking: tuple[LackingPhoto, ...] = ()
    cut_off: int = 0

    def __bool__(self) -> bool:
        return bool(self.loose or self.lacking or self.cut_off)


def find_orphans(connection: Connection, vault: Vault) -> Orphans:
    """What lies apart in a vault, by a look at its folders; no file is opened.

    What came since the clinic was opened is left out: its import may be under way.
    """
    there: dict[str, list[VaultFile]] = {}
    for file in vault.listing():
        there.setdefault(file.name, []).append(file)
    named = {name for (name,) in connection.execute(_NAMED_SQL)}
    came = dict(connection.execute("SELECT name, at_utc FROM vault_file").fetchall())
    loose = (
        _loose(name, files, came.get(name))
        for name, files in there.items()
        if name not in named | vault.stored_here
    )
    originals = {name for name, files in there.items() if any(not f.is_thumbnail for f in files)}
    rows = connection.execute(_LACKING_SQL).fetchall()
    return Orphans(
        loose=tuple(sorted(loose, key=lambda each: (each.came_at_utc, each.name))),
        lacking=tuple(
            LackingPhoto(photo_id, patient_id, visit_id, dt.date.fromisoformat(on), bool(in_bin))
            for photo_id, name, patient_id, visit_id, on, in_bin in rows
            if name not in originals
        ),
        cut_off=len(vault.cut_off()),
    )


def _loose(name: str, files: list[VaultFile], came_at: str | None) -> LoosePhoto:
    newest = max(file.changed_at_utc for file in files)
    return LoosePhoto(
        name=name,
        came_at_utc=dt.datetime.fromisoformat(came_at) if came_at else newest,
        byte_count=sum(file.byte_count for file in files),
        has_original=any(not file.is_thumbnail for file in files),
    )


def findings(connection: Connection, vault: Vault) -> list[Finding]:
    """What a check says of it. A record without its file is told by the reading of that file."""
    found = find_orphans(connection, vault)
    counts = (("check.orphans", len(found.loose)), ("check.cut_off", found.cut_off))
    return [
        Finding(code, serious=False, data=(("count", count),)) for code, count in counts if count
    ]


def forget(act: Act, vault: Vault, names: Collection[str]) -> list[VaultFile]:
    """Strike photos that no record names off the database, journalled; their files go afterwards.

    Raises RecordError record.photo_in_use where one has come to a visit meanwhile, or came in once
    more and is on its way into one.
    """
    named = {name for (name,) in act.connection.execute(_NAMED_SQL)} | vault.stored_here
    if named & set(names):
        raise RecordError("record.photo_in_use")
    for name in sorted(names):
        act.connection.execute("DELETE FROM vault_file WHERE name = ?", (name,))
        act.journal(REMOVED, "vault_file", None, name[:_SHORT])
    return [file for file in vault.listing() if file.name in set(names)]


def forget_cut_off(act: Act, vault: Vault) -> list[VaultFile]:
    """Journal that files cut off in their writing go; they go afterwards."""
    files = vault.cut_off()
    for file in files:
        act.journal(REMOVED, "vault_file", None, file.name[:_SHORT])
    return files


def rescue(vault: Vault) -> None:
    """Put in place what was whole but for its last renaming when the program ended.

    Called by the process that holds the clinic's lock. What cannot be put there stays.
    """
    try:
        vault.rescue()
    except (OSError, StoreError):
        return
