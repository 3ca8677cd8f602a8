"""`woundtrack clinic rollback`: the database as it was before the program was renewed."""

import argparse
from pathlib import Path
from typing import Any

from woundtrack import words
from woundtrack.commands.passphrase import account_name, asked_passphrase
from woundtrack.words import _, counted


def add_action(actions: Any) -> None:
    """Declare what `clinic rollback` takes."""
    purpose = _("return to the database from before an upgrade, with the earlier program")
    rollback = actions.add_parser("rollback", help=purpose, description=purpose)
    rollback.add_argument("folder", type=Path, metavar="DIR", help=_("the clinic's folder"))
    rollback.add_argument(
        "--yes", action="store_true", help=_("do it (default: only say what would be given up)")
    )
    rollback.add_argument("--user", default=account_name(), help=_("an administrator"))


def run_rollback(arguments: argparse.Namespace) -> int:
    """Say what would be given up; with --yes give it up."""
    from woundtrack.store.rollback import roll_back, way_back

    act = roll_back if arguments.yes else way_back
    found = act(arguments.folder, user_name=arguments.user, passphrase=asked_passphrase())
    at = found.made_at_utc.astimezone()
    day = f"{words.date(at.date())} {words.time_of_day(at)}"
    count = found.acts_since
    print(_("The database from before the upgrade of {day}.").format(day=day))
    if arguments.yes:
        text = counted(
            "{count} later change was given up; it is in the copy in “backups”.",
            "{count} later changes were given up; they are in the copy in “backups”.",
            count,
        )
        print(text if count else _("Nothing was recorded since."))
        print(_("The clinic opens with this version of the program again."))
        return 0
    text = counted(
        "{count} change was recorded since and would be given up.",
        "{count} changes were recorded since and would be given up.",
        count,
    )
    print(text if count else _("Nothing was recorded since."))
    print(_("Nothing was changed. Run this again with --yes to go back."))
    return 0
