"""What was recorded since a backup: is a new one worth its while, and what would one give up?"""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from woundtrack.store.clinic import Clinic
from woundtrack.store.database import connect, database_errors
from woundtrack.store.info import DATABASE_NAME
from woundtrack.store.reader import Reader

_NEWEST = (
    "SELECT at_utc FROM (SELECT at_utc FROM act ORDER BY id DESC LIMIT 1) "
    "UNION ALL SELECT max(at_utc) FROM pending_correction "
    "UNION ALL SELECT max(at_utc) FROM vault_file"
)


@dataclass(frozen=True, slots=True)
class Parted:
    """How two states of a clinic differ: acts that only one of them has."""

    given_up: int
    """Acts that only the clinic in place has."""
    first_utc: dt.datetime | None
    """When the earliest of those given up was done; None where there is none."""
    last_utc: dt.datetime | None


def changed_since(clinic: Clinic, made_utc: dt.datetime | None) -> bool:
    """Whether records, drafts, corrections that wait or photos are newer than a backup."""
    if made_utc is None:
        return True

    def newest(reader: Reader) -> list[str]:
        return [row[0] for row in reader._connection.execute(_NEWEST) if row[0] is not None]

    return any(dt.datetime.fromisoformat(text) > made_utc for text in clinic.read(newest))


def parted(clinic_folder: Path, restored: Path, *, data_key: bytes) -> Parted:
    """Hold the clinic in place against a state that was brought back.

    Raises StoreError where either cannot be read, as where the data key is another clinic's.
    """
    here, there = (_acts(folder, data_key) for folder in (clinic_folder, restored))
    common = 0
    for one, other in zip(here, there, strict=False):
        if one != other:
            break
        common += 1
    lost = [dt.datetime.fromisoformat(text) for _number, text in here[common:]]
    return Parted(
        given_up=len(lost),
        first_utc=min(lost, default=None),
        last_utc=max(lost, default=None),
    )


def _acts(folder: Path, data_key: bytes) -> list[tuple[int, str]]:
    connection = connect(folder / DATABASE_NAME, data_key=data_key, writable=False)
    try:
        with database_errors():
            found = connection.execute("SELECT id, at_utc FROM act ORDER BY id").fetchall()
            return [(number, at_utc) for number, at_utc in found]
    finally:
        connection.close()
