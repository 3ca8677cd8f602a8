"""A backup in one line."""

from woundtrack import words
from woundtrack.backup.types import Backup
from woundtrack.words import _, counted

BYTES_PER_MB = 1_000_000


def backup_text(backup: Backup) -> str:
    """When, of what clinic, and how much it holds."""
    at = backup.at_utc.astimezone()
    return _("{day} {time} · {clinic} · {photos} · {size} MB · {users}").format(
        day=words.date(at.date()),
        time=words.time_of_day(at),
        clinic=backup.clinic_name,
        photos=counted("{count} photo", "{count} photos", backup.photos),
        size=megabytes(backup.byte_count),
        users=counted("{count} user", "{count} users", backup.users),
    )


def megabytes(byte_count: int) -> str:
    """In millions of bytes, as a person reads it."""
    return words.number(byte_count / BYTES_PER_MB, decimals=1)
