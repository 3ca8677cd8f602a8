"""`woundtrack export CLINIC --out FILE.xlsx|DIR`: the record as tables."""

import argparse
from pathlib import Path

from woundtrack.commands.passphrase import account_name, asked_passphrase
from woundtrack.commands.patient_code import patient_of_code
from woundtrack.words import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `export` takes."""
    parser.add_argument("clinic", type=Path, metavar="DIR")
    parser.add_argument(
        "--out", required=True, type=Path, metavar="FILE.xlsx|DIR",
        help=_("an Excel workbook, or a new folder for CSV files"),
    )  # fmt: skip
    parser.add_argument(
        "--patient", metavar="CODE", help=_("one patient only (default: the whole clinic)")
    )
    parser.add_argument(
        "--identified",
        action="store_true",
        help=_("with names, dates and notes (default: by code, where research is consented to)"),
    )
    parser.add_argument("--user", default=account_name(), help=_("who signs in"))


def run(arguments: argparse.Namespace) -> int:
    """Write the tables, and journal that they left the store."""
    from woundtrack.export.tables import export_tables, exported_text
    from woundtrack.export.types import Identity
    from woundtrack.store.clinic import open_clinic

    clinic = open_clinic(arguments.clinic, user_name=arguments.user, passphrase=asked_passphrase())
    try:
        patient_id = None
        if arguments.patient:
            patient_id = patient_of_code(clinic, arguments.patient)
        identity = Identity.IDENTIFIED if arguments.identified else Identity.BY_CODE
        done = export_tables(
            clinic, arguments.out.absolute(), identity=identity, patient_id=patient_id
        )
    finally:
        clinic.close()
    assert done is not None  # nobody stops it but by ending the program
    print(exported_text(done))
    return 0
