"""`woundtrack report CLINIC --patient CODE --out FILE.pdf`: one patient's PDF."""

import argparse
import datetime as dt
from pathlib import Path

from woundtrack.commands.passphrase import account_name, asked_passphrase
from woundtrack.commands.patient_code import patient_of_code
from woundtrack.errors import ReportError
from woundtrack.report.content_types import ReportOptions, ReportPart
from woundtrack.store.clinic import Clinic
from woundtrack.words import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `report` takes."""
    parser.add_argument("clinic", type=Path, metavar="DIR")
    parser.add_argument("--patient", required=True, metavar="CODE", help=_("patient's code"))
    parser.add_argument("--out", required=True, type=Path, metavar="report.pdf")
    parser.add_argument("--user", default=account_name(), help=_("who signs in"))
    parser.add_argument("--size", choices=("a4", "letter"), default="a4")
    parser.add_argument(
        "--without",
        action="append",
        choices=[part.value for part in ReportPart],
        default=[],
        help=_("leave this part out; may be given several times"),
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the report, and journal that it left the store."""
    from woundtrack.store.clinic import open_clinic

    clinic = open_clinic(arguments.clinic, user_name=arguments.user, passphrase=asked_passphrase())
    try:
        patient_id = patient_of_code(clinic, arguments.patient)
        parts = frozenset(part for part in ReportPart if part.value not in arguments.without)
        options = ReportOptions(page_size=arguments.size, parts=parts)
        content = _report(clinic, patient_id, options)
        try:
            arguments.out.write_bytes(content)
        except OSError as error:
            raise ReportError("report.not_written") from error
        if not clinic.read_only:
            clinic.write(lambda writer: writer.note("exported", "patient", patient_id))
    finally:
        clinic.close()
    print(arguments.out)
    return 0


def _report(clinic: Clinic, patient_id: int, options: ReportOptions) -> bytes:
    from woundtrack.report.build import build_report

    return build_report(
        clinic.read(lambda reader: reader.history(patient_id)),
        photo_bytes=lambda name: clinic.read(lambda reader: reader.photo_bytes(name)),
        clinic_name=clinic.clinic_name,
        user_name=clinic.user.value.name,
        now=dt.datetime.now().astimezone(),
        options=options,
    )
