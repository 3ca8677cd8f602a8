"""`woundtrack clinic …`: a clinic store and what it holds."""

import argparse
from pathlib import Path

from woundtrack.commands import backup, check, interchange, rollback
from woundtrack.commands.passphrase import account_name, ask_key_back, asked_passphrase
from woundtrack.words import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what each action of `clinic` takes."""
    actions = parser.add_subparsers(
        dest="action",
        required=True,
        metavar="create|check|backup|backups|verify|restore|export|import|rollback|outlines",
    )
    create = actions.add_parser("create", help=_("make a new encrypted clinic store"))
    create.add_argument("folder", type=Path, metavar="DIR")
    create.add_argument("--name", default=_("Wound clinic"), help=_("the clinic's name"))
    create.add_argument("--user", default=account_name(), help=_("first administrator"))
    check.add_action(actions)
    backup.add_actions(actions)
    interchange.add_actions(actions)
    rollback.add_action(actions)
    purpose = _("write confirmed outlines as photos and masks, to retrain the outline network")
    outlines = actions.add_parser("outlines", help=purpose, description=purpose)
    outlines.add_argument("folder", type=Path, metavar="DIR")
    outlines.add_argument("--out", type=Path, required=True, metavar="DIR")
    outlines.add_argument("--user", default=account_name(), help=_("who signs in"))


def run(arguments: argparse.Namespace) -> int:
    """Do the action; a check exits 1 when it found something wrong."""
    actions = {
        "create": _create,
        "check": check.run_check,
        "backup": backup.run_backup,
        "backups": backup.run_backups,
        "verify": backup.run_verify,
        "restore": backup.run_restore,
        "export": interchange.run_export,
        "import": interchange.run_import,
        "rollback": rollback.run_rollback,
        "outlines": _outlines,
    }
    return actions[arguments.action](arguments)


def _create(arguments: argparse.Namespace) -> int:
    from woundtrack.store.clinic import create_clinic

    passphrase = asked_passphrase(twice=True)
    recovery_key = create_clinic(
        arguments.folder,
        clinic_name=arguments.name,
        user_name=arguments.user,
        passphrase=passphrase,
    )
    print(_("The clinic is made. Keep this recovery key on paper, away from the computer:"))
    print(f"\n    {recovery_key}\n")
    ask_key_back(arguments.folder)
    return 0


def _outlines(arguments: argparse.Namespace) -> int:
    from woundtrack.commands.training_set import export_training_set
    from woundtrack.paths import resources_dir
    from woundtrack.store.clinic import open_clinic

    clinic = open_clinic(arguments.folder, user_name=arguments.user, passphrase=asked_passphrase())
    try:
        done = export_training_set(clinic, arguments.out)
    finally:
        clinic.close()
    print(
        _("Photos written: {photos} (patients: {patients}); without consent: {others}.").format(
            photos=done.photos, patients=done.patients, others=done.without_consent
        )
    )
    print(_("These photos are not encrypted: keep the folder safe, and delete it afterwards."))
    first = resources_dir() / "models" / "outline_training.pt"
    print(f"python -m training.outline --data {arguments.out} --out NETWORK --first {first}")
    return 0
