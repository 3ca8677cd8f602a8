"""`woundtrack report CLINIC --patient CODE --out FILE.pdf`: one patient's PDF."""

import argparse
import getpass
from pathlib import Path

from woundtrack.commands.passphrase import asked_passphrase
from woundtrack.errors import RecordError, ReportError
from woundtrack.words import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `report` takes."""
    parser.add_argument("clinic", type=Path, metavar="DIR")
    parser.add_argument("--patient", required=True, metavar="CODE", help=_("patient's code"))
    parser.add_argument("--out", required=True, type=Path, metavar="report.pdf")
    parser.add_argument("--user", default=getpass.getuser(), help=_("who signs in"))
    parser.add_argument("--size", choices=("a4", "letter"), default="a4")


def run(arguments: argparse.Namespace) -> int:
    """Write the report and journal that it left the store."""
    from woundtrack.demo.output import report_for
    from woundtrack.records import Patient
    from woundtrack.store.clinic import open_clinic

    clinic = open_clinic(arguments.clinic, user_name=arguments.user, passphrase=asked_passphrase())
    try:
        code = arguments.patient.strip().upper()
        found = clinic.read(lambda reader: reader.find(Patient, code=code))
        if not found:
            raise RecordError("record.no_patient_code", code=code)
        content = report_for(clinic, found[0].id, page_size=arguments.size)
        try:
            arguments.out.write_bytes(content)
        except OSError as error:
            raise ReportError("report.not_written") from error
        if not clinic.read_only:
            clinic.write(lambda writer: writer.note("exported", "patient", found[0].id))
    finally:
        clinic.close()
    print(arguments.out)
    return 0
