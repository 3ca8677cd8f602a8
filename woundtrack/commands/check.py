"""`woundtrack clinic check`: every byte, record, photo and entry of the journal is read once."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from woundtrack.commands.passphrase import account_name, asked_passphrase
from woundtrack.errors import StoreError
from woundtrack.words import _, counted, number

if TYPE_CHECKING:
    from woundtrack.store.types import Finding

_DAMAGED = ("store.damaged", "store.log_damaged")
"""With these the clinic does not open; where the damage lies can be told all the same."""


def add_action(actions: Any) -> None:
    """Declare what `clinic check` takes."""
    check = actions.add_parser("check", help=_("examine every record and every photo"))
    check.add_argument("folder", type=Path, metavar="DIR", help=_("the clinic's folder"))
    check.add_argument("--user", default=account_name(), help=_("who signs in"))
    check.add_argument(
        "--journal", metavar="END", default="",
        help=_("the end of the journal that an earlier check told: is all of it still there?"),
    )  # fmt: skip


def run_check(arguments: argparse.Namespace) -> int:
    """Check, and tell what was found; 1 where something is wrong."""
    from woundtrack.store.clinic import open_clinic
    from woundtrack.store.database_check import last_change_finding
    from woundtrack.store.info import DATABASE_NAME

    passphrase = asked_passphrase()
    before = last_change_finding(arguments.folder / DATABASE_NAME)
    try:
        clinic = open_clinic(arguments.folder, user_name=arguments.user, passphrase=passphrase)
    except StoreError as error:
        if error.code not in _DAMAGED or not (found := _damage(arguments, passphrase)):
            raise
        return _tell(found)
    try:
        result = clinic.examine()
        if clinic.is_locked:  # what seemed cut off was being written by the other process
            before = [one for one in before if one.serious]
        kept = arguments.journal
        lost = bool(kept) and not clinic.read(lambda r: r.journal_pages().still_has(kept))
    finally:
        clinic.close()
    failed = _tell([*before, *result.findings, *_lost(kept if lost else "")])
    if kept and not lost:
        print(_("The journal still has all that it had at {end}.").format(end=kept))
    if result.journal_end:
        count, end = number(result.journal_entries, decimals=0), result.journal_end
        print(_("Journal: {count} entries, its end is {end}.").format(count=count, end=end))
    return failed


def _tell(findings: "Iterable[Finding]") -> int:
    every = list(findings)
    for finding in every:
        print(finding)
    count = sum(1 for finding in every if finding.serious)
    summary = counted("{count} problem found.", "{count} problems found.", count)
    print(summary if count else _("All records and photos are sound."))
    return 1 if count else 0


def _lost(end: str) -> "list[Finding]":
    from woundtrack.store.types import Finding

    return [Finding("check.journal_lost", serious=True, data=(("end", end),))] if end else []


def _damage(arguments: argparse.Namespace, passphrase: str) -> "list[Finding]":
    from woundtrack.store.file_check import file_findings
    from woundtrack.store.info import DATABASE_NAME
    from woundtrack.store.keyring import load_keyring

    keyring = load_keyring(arguments.folder)
    _uuid, data_key = keyring.unlock(user_name=arguments.user, passphrase=passphrase)
    return file_findings(arguments.folder / DATABASE_NAME, data_key=data_key)
