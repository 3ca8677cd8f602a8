"""`woundtrack clinic backup|backups|verify|restore`: the clinic's backups."""

import argparse
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from woundtrack.commands.passphrase import account_name, asked_passphrase, asked_recovery_key
from woundtrack.commands.progress import progress_line
from woundtrack.errors import BackupError
from woundtrack.explain import explain
from woundtrack.words import _, counted, ngettext

if TYPE_CHECKING:
    from woundtrack.backup.opening import Opener
    from woundtrack.backup.types import Backup


def add_actions(actions: Any) -> None:
    """Declare what `clinic backup`, `backups`, `verify` and `restore` take."""
    purpose = _("back the clinic up: what is new since the last backup, encrypted")
    backup = actions.add_parser("backup", help=purpose, description=purpose)
    backup.add_argument("folder", type=Path, metavar="DIR", help=_("the clinic's folder"))
    backup.add_argument(
        "--to", type=Path, metavar="DIR",
        help=_("where the backups are kept, on another disk or a share (default: as settled)"),
    )  # fmt: skip
    backup.add_argument("--user", default=account_name(), help=_("who signs in"))
    purpose = _("list the backups in a folder")
    listing = actions.add_parser("backups", help=purpose, description=purpose)
    listing.add_argument("target", type=Path, metavar="DIR", help=_("where the backups are kept"))
    purpose = _("read every byte of the backups in a folder, and name what is damaged")
    verify = actions.add_parser("verify", help=purpose, description=purpose)
    verify.add_argument("target", type=Path, metavar="DIR", help=_("where the backups are kept"))
    purpose = _("bring a clinic back from a backup, into a new folder")
    restore = actions.add_parser("restore", help=purpose, description=purpose)
    restore.add_argument("target", type=Path, metavar="DIR", help=_("where the backups are kept"))
    restore.add_argument(
        "--to", type=Path, required=True, metavar="DIR", help=_("the clinic's folder")
    )
    restore.add_argument(
        "--replace", action="store_true",
        help=_("put it in the place of the clinic there, whose folder is kept beside it"),
    )  # fmt: skip
    for action, which in (
        (verify, _("the one whose users open them all (default: the newest)")),
        (restore, _("which one (default: the newest)")),
    ):
        action.add_argument("--backup", default="", metavar="NAME", help=which)
        action.add_argument("--user", default=account_name(), help=_("who signs in"))
        action.add_argument(
            "--recovery-key", action="store_true",
            help=_("by the recovery key, not by a passphrase"),
        )  # fmt: skip


def run_backup(arguments: argparse.Namespace) -> int:
    """Back up, and say what was written; 1 where photos are damaged in the clinic."""
    from woundtrack.backup.making import back_up
    from woundtrack.backup.plan import plan_of
    from woundtrack.backup.text import backup_text, megabytes
    from woundtrack.store.clinic import open_clinic

    clinic = open_clinic(arguments.folder, user_name=arguments.user, passphrase=asked_passphrase())
    try:
        target = arguments.to
        if target is None:
            plan = plan_of(clinic)
            if plan is None:
                raise BackupError("backup.no_plan")
            target = plan.target
        made = back_up(clinic, target, progress=progress_line(_("Backing up: {done} of {total}")))
    finally:
        clinic.close()
    assert made is not None  # nobody stops it but by ending the program
    print(backup_text(made.backup))
    print(
        _("New photo files: {files}. Written: {size} MB.").format(
            files=made.new_files, size=megabytes(made.new_bytes)
        )
    )
    if made.removed:
        text = counted(
            "{count} old backup was thinned out.",
            "{count} old backups were thinned out.",
            made.removed,
        )
        print(text)
    if made.damaged:
        text = counted(
            "{count} photo is damaged or missing in the clinic and in no backup.",
            "{count} photos are damaged or missing in the clinic and in no backup.",
            made.damaged,
        )
        print(text)
    return 1 if made.damaged else 0


def run_backups(arguments: argparse.Namespace) -> int:
    """One line a backup, newest first."""
    from woundtrack.backup.text import backup_text

    for backup in _backups(arguments.target):
        print(f"{backup.id}  {backup_text(backup)}")
    return 0


def run_verify(arguments: argparse.Namespace) -> int:
    """Read everything, and name what is damaged; 1 where something is."""
    from woundtrack.backup.text import megabytes
    from woundtrack.backup.verifying import verify

    backup = _chosen(arguments)
    folder = _opener(arguments, backup).folder(backup)
    found = verify(folder, progress=progress_line(_("Reading: {done} of {total}")))
    for finding in found.findings:
        print(finding)
    count = len(found.backups)
    text = ngettext(
        "Read: {count} backup, {files} files, {size} MB.",
        "Read: {count} backups, {files} files, {size} MB.",
        count,
    )
    print(text.format(count=count, files=found.files, size=megabytes(found.byte_count)))
    if found.sound:
        print(_("All backups are sound."))
    return 0 if found.sound else 1


def run_restore(arguments: argparse.Namespace) -> int:
    """Bring it back; 1 where photos of it are lost, or its journal was altered."""
    from woundtrack.backup.restoring import beside, put_in_place, refuse_open, restore
    from woundtrack.backup.text import backup_text

    backup = _chosen(arguments)
    folder = arguments.to.absolute()
    replacing = arguments.replace and folder.exists()
    place = beside(folder) if replacing else folder
    if replacing:
        refuse_open(folder)
    opener = _opener(arguments, backup)
    progress = progress_line(_("Bringing back: {done} of {total}"))
    restored = restore(backup, place, opener=opener, progress=progress)
    assert restored is not None  # nobody stops it but by ending the program
    print(backup_text(backup))
    print(_("Brought back and compared, in {folder}.").format(folder=place))
    if replacing:
        kept = put_in_place(place, folder, today=dt.datetime.now().astimezone().date())
        print(_("It is now in {folder}.").format(folder=folder))
        print(_("What was there is kept in {folder}.").format(folder=kept))
    for name in restored.damaged:
        print(explain(BackupError("backup.photo_lost", name=name)))
    if not restored.unbroken:
        print(explain(BackupError("backup.journal_broken", name=backup.id)))
    return 1 if restored.damaged or not restored.unbroken else 0


def _backups(target: Path) -> "tuple[Backup, ...]":
    from woundtrack.backup.folder import backups_in

    found = backups_in(target)
    if not found:
        raise BackupError("backup.none")
    return found


def _chosen(arguments: argparse.Namespace) -> "Backup":
    """The backup that was named, else the newest of the one clinic there."""
    found = _backups(arguments.target)
    if arguments.backup:
        for backup in found:
            if backup.id == arguments.backup:
                return backup
        raise BackupError("backup.no_such", name=arguments.backup)
    if len({backup.clinic_uuid for backup in found}) > 1:
        raise BackupError("backup.several_clinics")
    return found[0]


def _opener(arguments: argparse.Namespace, backup: "Backup") -> "Opener":
    from woundtrack.backup.opening import opened_by_passphrase, opened_by_recovery_key

    if arguments.recovery_key:
        return opened_by_recovery_key(backup, asked_recovery_key())
    return opened_by_passphrase(backup, user_name=arguments.user, passphrase=asked_passphrase())
