"""What is said of a backup that was brought back; knows no Qt."""

from pathlib import Path

from woundtrack import words
from woundtrack.backup.since import Parted
from woundtrack.backup.text import megabytes
from woundtrack.backup.types import Restored
from woundtrack.errors import BackupError
from woundtrack.explain import explain
from woundtrack.words import _, counted, ngettext


def brought_text(restored: Restored) -> str:
    """What it is, and that it was compared."""
    at = restored.backup.at_utc.astimezone()
    said = _(
        "The backup of {clinic} from {date}, {time}, was brought back and compared byte for "
        "byte: {photos}, {size} MB."
    ).format(
        clinic=restored.backup.clinic_name,
        date=words.date(at.date()),
        time=words.time_of_day(at),
        photos=counted("{count} photo", "{count} photos", restored.photos),
        size=megabytes(restored.byte_count),
    )
    if restored.damaged:
        lost = counted(
            "{count} photo is damaged in this backup and is missing: look for it in another one.",
            "{count} photos are damaged in this backup and are missing: look for them in another "
            "one.",
            len(restored.damaged),
        )
        said = f"{said} {lost}"
    if not restored.unbroken:
        broken = BackupError("backup.journal_broken", name=restored.backup.id)
        said = f"{said} {explain(broken)}"
    return said


def differs_text(parted: Parted | None) -> str:
    """What would be given up; None: the clinic in place cannot be read."""
    if parted is None:
        return _(
            "The clinic that is there now cannot be read, so it cannot be said what was recorded "
            "since this backup."
        )
    if not parted.given_up:
        return _("Nothing was recorded since: the clinic that is there now has no later change.")
    assert parted.first_utc is not None
    assert parted.last_utc is not None
    first, last = (at.astimezone().date() for at in (parted.first_utc, parted.last_utc))
    days = (
        _("on {day}").format(day=words.date(first))
        if first == last
        else _("from {first} to {last}").format(first=words.date(first), last=words.date(last))
    )
    said = ngettext(
        "{count} later change, recorded {days}, would be given up.",
        "{count} later changes, recorded {days}, would be given up.",
        parted.given_up,
    )
    return said.format(count=parted.given_up, days=days)


def put_button(parted: Parted | None) -> str:
    """The act by its name."""
    if parted is None or not parted.given_up:
        return _("Put it in the clinic’s place")
    return counted(
        "Put it in the clinic’s place, give up {count} change",
        "Put it in the clinic’s place, give up {count} changes",
        parted.given_up,
    )


def kept_hint() -> str:
    """What becomes of what is there now."""
    return _(
        "The folder of the clinic that is there now is kept beside it, under another name. Cancel "
        "takes away what was brought back, and nothing else."
    )


def put_text(aside: Path | None) -> str:
    """That it is in place, and where the old one is."""
    said = _("The clinic is in its place again. Sign in with the name and passphrase of then.")
    if aside is None:
        return said
    kept = _("What was there before is kept in {folder}.").format(folder=aside)
    return f"{said} {kept}"


def second_text(folder: Path) -> str:
    """Where the second clinic is."""
    return _(
        "It is a clinic of its own now, in {folder}. The other one stays as it is; record new "
        "visits in one of them only."
    ).format(folder=folder)


def placed_text(folder: Path) -> str:
    """Where the clinic is, where none was in the way."""
    return _("The clinic is in {folder}. Sign in with the name and passphrase of then.").format(
        folder=folder
    )
