"""`woundtrack clinic export|import`: the record in the open format, out and in again."""

import argparse
from pathlib import Path
from typing import Any

from woundtrack.commands.passphrase import account_name, asked_passphrase
from woundtrack.commands.patient_code import patient_of_code
from woundtrack.words import _


def add_actions(actions: Any) -> None:
    """Declare what `clinic export` and `clinic import` take."""
    purpose = _("write records and photos in the open format: named, not encrypted")
    leaving = actions.add_parser("export", help=purpose, description=purpose)
    leaving.add_argument("folder", type=Path, metavar="DIR")
    leaving.add_argument(
        "--out", required=True, type=Path, metavar="DIR", help=_("a new folder, of no clinic")
    )
    leaving.add_argument(
        "--patient", action="append", default=[], metavar="CODE",
        help=_("this patient only; may be given again (default: the whole clinic)"),
    )  # fmt: skip
    leaving.add_argument("--user", default=account_name(), help=_("who signs in"))
    purpose = _("take in a folder of the open format; nothing that was entered here is changed")
    coming = actions.add_parser("import", help=purpose, description=purpose)
    coming.add_argument("folder", type=Path, metavar="DIR")
    coming.add_argument("--from", dest="source", required=True, type=Path, metavar="DIR")
    coming.add_argument(
        "--new-only", action="store_true",
        help=_("leave every patient alone who is here (default: they get what is new)"),
    )  # fmt: skip
    coming.add_argument(
        "--check",
        action="store_true",
        help=_("only read and check the folder, and say what is new"),
    )
    coming.add_argument("--user", default=account_name(), help=_("who signs in"))


def run_export(arguments: argparse.Namespace) -> int:
    """Write the folder, and journal that it left the store."""
    from woundtrack.interchange.export import export_record, exported_text
    from woundtrack.store.clinic import open_clinic

    clinic = open_clinic(arguments.folder, user_name=arguments.user, passphrase=asked_passphrase())
    try:
        codes = dict.fromkeys(arguments.patient)
        patient_ids = [patient_of_code(clinic, code) for code in codes] or None
        done = export_record(clinic, arguments.out.absolute(), patient_ids=patient_ids)
    finally:
        clinic.close()
    assert done is not None  # nobody stops it but by ending the program
    print(exported_text(done))
    print(_("This folder is not encrypted: keep it as you keep the patients’ papers."))
    return 0


def run_import(arguments: argparse.Namespace) -> int:
    """Look at the folder, then take it in, unless only that was asked; 1 where one differs."""
    from woundtrack.interchange.importing import (
        arrivals_text,
        import_record,
        imported_text,
        look_at_folder,
    )
    from woundtrack.store.clinic import open_clinic

    clinic = open_clinic(arguments.folder, user_name=arguments.user, passphrase=asked_passphrase())
    try:
        new_only = arguments.new_only
        looked = look_at_folder(clinic, arguments.source.absolute(), new_only=new_only)
        assert looked is not None
        source, found = looked
        if arguments.check:
            print(arrivals_text(found))
            return 0
        done = import_record(clinic, source, new_only=new_only)
    finally:
        clinic.close()
    assert done is not None
    print(imported_text(done))
    return 1 if done.arrivals.different or done.arrivals.code_taken else 0
