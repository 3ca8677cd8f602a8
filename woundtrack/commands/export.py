"""`woundtrack export CLINIC --out FILE.xlsx|DIR`: the record as tables."""

import argparse
from pathlib import Path

from woundtrack.commands.passphrase import account_name, asked_passphrase
from woundtrack.errors import RecordError
from woundtrack.words import _, ngettext


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
    from woundtrack.export.tables import export_tables
    from woundtrack.export.types import Identity
    from woundtrack.store.clinic import open_clinic

    clinic = open_clinic(arguments.clinic, user_name=arguments.user, passphrase=asked_passphrase())
    try:
        patient_id = None
        if arguments.patient:
            found = clinic.read(lambda reader: reader.patient_by_code(arguments.patient.strip()))
            if found is None:
                raise RecordError("record.no_patient_code", patient_code=arguments.patient)
            patient_id = found.id
        identity = Identity.IDENTIFIED if arguments.identified else Identity.BY_CODE
        done = export_tables(
            clinic, arguments.out.absolute(), identity=identity, patient_id=patient_id
        )
    finally:
        clinic.close()
    assert done is not None  # nobody stops it but by ending the program
    print(exported_text(done.patients, done.left_out))
    return 0


def exported_text(patients: int, left_out: int) -> str:
    """What was written and what was not, in a sentence or two."""
    text = ngettext("{count} patient exported.", "{count} patients exported.", patients)
    said = text.format(count=patients)
    if not left_out:
        return said
    missing = ngettext(
        "{count} was left out: no consent to research is in force.",
        "{count} were left out: no consent to research is in force.",
        left_out,
    )
    return f"{said} {missing.format(count=left_out)}"
