"""Taking a folder of the open format into a clinic: looked at first, then all of it or nothing."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from woundtrack import words
from woundtrack.interchange.folder import OpenFolder
from woundtrack.store.arrivals import Arrivals
from woundtrack.store.health import Progress, no_progress
from woundtrack.store.taking_in import StoppedError
from woundtrack.words import N_, _, counted, labelled

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic
    from woundtrack.store.writer import Writer

_JOURNALLED = N_("Open format")
_MOST_SIGNS = 80


@dataclass(frozen=True, slots=True)
class Imported:
    """What was taken in."""

    arrivals: Arrivals
    unreadable: int
    """Photos that came along and cannot be shown."""


def look_at_folder(
    clinic: "Clinic",
    folder: Path,
    *,
    new_only: bool = False,
    progress: Progress = no_progress,
) -> tuple[OpenFolder, Arrivals] | None:
    """Read and check every file, and say what taking it in would do. None where stopped.

    Nothing is written. `new_only` is `import_record`'s. Raises InterchangeError: see
    `OpenFolder.examine`, and interchange.user_name_taken.
    """
    source = OpenFolder(folder)
    name_of = clinic.read(lambda reader: reader.vault_name_of)
    if not source.examine(name_of, progress=progress):
        return None
    found = clinic.read(
        lambda reader: reader.arrivals(source, sha256_of=source.sha256_of, new_only=new_only)
    )
    return source, found


def import_record(
    clinic: "Clinic",
    source: OpenFolder,
    *,
    new_only: bool = False,
    progress: Progress = no_progress,
) -> Imported | None:
    """Take in what is new of a folder that was looked at, in one act; None where stopped.

    What is here already is passed over, and nothing here is written over: a patient who is here in
    another state stays so. The closures of lesions that are here follow the visits that come.
    `new_only` leaves every patient alone who is here. Raises InterchangeError
    interchange.record_refused, .changed, …; StoreError store.not_allowed unless an administrator is
    signed in, .disk_full, …; then nothing was changed.
    """
    try:
        arrivals = clinic.write(
            lambda writer: _take(writer, source, new_only, progress), reason=_reason(source)
        )
    except StoppedError:
        return None
    return Imported(arrivals, len(source.unreadable))


def arrivals_text(found: Arrivals, *, most_codes: int | None = None) -> str:
    """What taking a folder in would do, in a few short sentences.

    Of more than `most_codes` codes in a sentence the others are counted: a screen ends somewhere.
    """
    new = counted("{count} new patient.", "{count} new patients.", found.patients)
    first = new if found.patients else _("No patient is new.")
    return " ".join((first, *_told(found, most_codes)))


def imported_text(done: Imported, *, most_codes: int | None = None) -> str:
    """What was taken in, and what was not; `most_codes` as for `arrivals_text`."""
    found = done.arrivals
    if not found.new:
        return " ".join((_("Nothing was imported."), *_told(found, most_codes)))
    patients = counted("{count} patient imported.", "{count} patients imported.", found.patients)
    said = [patients] if found.patients else []
    said += _told(found, most_codes)
    if done.unreadable:
        grey = counted(
            "{count} photo cannot be shown by this program; its file is kept as it came.",
            "{count} photos cannot be shown by this program; their files are kept as they came.",
            done.unreadable,
        )
        said.append(grey)
    return " ".join(said)


def _told(found: Arrivals, most_codes: int | None) -> list[str]:
    said = []
    if found.more:
        more = counted(
            "New records for {count} patient who is here.",
            "New records for {count} patients who are here.",
            found.more,
        )
        said.append(more)
    if found.look_alikes:
        said.append(
            _(
                "Perhaps here already under another code: {codes}. Compare them, and merge who is "
                "one person."
            ).format(codes=_codes(found.look_alikes, most_codes))
        )
    if found.here:
        here = counted(
            "{count} patient is here already, with all that the folder has.",
            "{count} patients are here already, with all that the folder has.",
            found.here,
        )
        said.append(here)
    return [*said, *_left(found, most_codes)]


def _codes(codes: Sequence[str], most: int | None) -> str:
    if most is None or len(codes) <= most:
        return words.together(codes)
    count = len(codes) - most
    others = counted("{count} other", "{count} others", count)
    return words.together((*codes[:most], others))


def _left(found: Arrivals, most_codes: int | None) -> list[str]:
    said = []
    if found.different:
        said.append(
            _("Here in another state, and left as they are: {codes}.").format(
                codes=_codes(found.different, most_codes)
            )
        )
    if found.code_taken:
        said.append(
            _(
                "Left out, for another patient here has the same code: {codes}. Enter them by hand."
            ).format(codes=_codes(found.code_taken, most_codes))
        )
    if found.waiting_left:
        waiting = counted(
            "{count} unconfirmed correction or drawing stays out, for its visit or study is here "
            "already. Make it again here where it is needed.",
            "{count} unconfirmed corrections or drawings stay out, for their visits or studies "
            "are here already. Make them again here where they are needed.",
            found.waiting_left,
        )
        said.append(waiting)
    if found.others_left:
        left = counted(
            "{count} record of no patient stays out, for this clinic has its own.",
            "{count} records of no patient stay out, for this clinic has its own.",
            found.others_left,
        )
        said.append(left)
    return said


def origin_text(source: OpenFolder) -> str:
    """From which clinic a folder is, and when it was written."""
    manifest = source.manifest
    moment = manifest.exported_at_utc
    try:
        local = dt.datetime.fromisoformat(moment).astimezone()
        moment = f"{words.date(local.date())} {words.time_of_day(local)}"
    except (ValueError, OverflowError):
        pass
    return _("{clinic}, exported {moment} by {user}").format(
        clinic=_brief(manifest.clinic_name),
        moment=_brief(moment),
        user=_brief(manifest.exported_by),
    )


def _brief(text: str) -> str:
    """What a folder says of itself, on one line that fits on a screen and in the journal."""
    return " ".join(text.split())[:_MOST_SIGNS]


def _reason(source: OpenFolder) -> str:
    return labelled(_(_JOURNALLED), origin_text(source))


def _take(writer: "Writer", source: OpenFolder, new_only: bool, progress: Progress) -> Arrivals:
    # Compared again: the clinic may have changed since the folder was looked at.
    arrivals = writer.arrivals(source, sha256_of=source.sha256_of, new_only=new_only)
    if arrivals.new:
        source.unreadable.clear()
        first, last = writer.take_in(source, arrivals, progress=progress)
        # Told apart for ever from what was done in this clinic itself.
        came = _("journal lines {first} to {last} came with it").format(first=first, last=last)
        told = f" ({came})" if first <= last else ""
        writer.note("imported", "clinic", None, reason=f"{_reason(source)}{told}")
    return arrivals
