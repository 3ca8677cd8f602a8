"""`woundtrack report CLINIC --patient CODE --out FILE.pdf`: one patient's PDF."""

import argparse
import datetime as dt
from pathlib import Path

from woundtrack.commands.passphrase import account_name, asked_passphrase
from woundtrack.commands.patient_code import patient_of_code
from woundtrack.errors import ReportError
from woundtrack.export.placing import write_file
from woundtrack.records import PatientHistory, User
from woundtrack.report.content_types import PhotoChoice, ReportKind, ReportOptions, ReportPart
from woundtrack.store.clinic import Clinic
from woundtrack.words import _


def day(text: str) -> dt.date:
    """A day as `YYYY-MM-DD`, for argparse."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("write the day as YYYY-MM-DD")) from error


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `report` takes."""
    parser.add_argument("clinic", type=Path, metavar="DIR")
    parser.add_argument("--patient", required=True, metavar="CODE", help=_("patient's code"))
    parser.add_argument("--out", required=True, type=Path, metavar="report.pdf")
    parser.add_argument("--user", default=account_name(), help=_("who signs in"))
    parser.add_argument("--size", choices=("a4", "letter"), default="a4")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--summary", action="store_true", help=_("all lesions at a glance"))
    kind.add_argument("--visit", type=day, metavar="YYYY-MM-DD", help=_("the visit of this day"))
    parser.add_argument(
        "--photos", choices=[one.value for one in PhotoChoice],
        default=PhotoChoice.FIRST_AND_LATEST.value,
    )  # fmt: skip
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
        history = clinic.read(lambda reader: reader.history(patient_id))

        def note() -> None:
            clinic.note("exported", "patient", patient_id)

        data = _report(clinic, history, _options(arguments, history))
        write_file(data, arguments.out, clinic_folder=arguments.clinic, note=note)
    finally:
        clinic.close()
    print(arguments.out)
    return 0


def _options(arguments: argparse.Namespace, history: PatientHistory) -> ReportOptions:
    kind, visit_id = ReportKind.PROGRESS, None
    if arguments.summary:
        kind = ReportKind.PATIENT
    elif arguments.visit:
        kind = ReportKind.VISIT
        found = (visit.id for visit in history.visits if visit.value.on == arguments.visit)
        visit_id = next(found, None)
        if visit_id is None:
            raise ReportError("report.no_visit")
    return ReportOptions(
        page_size=arguments.size,
        parts=frozenset(part for part in ReportPart if part.value not in arguments.without),
        photos=PhotoChoice(arguments.photos),
        kind=kind,
        visit_id=visit_id,
    )


def _report(clinic: Clinic, history: PatientHistory, options: ReportOptions) -> bytes:
    from woundtrack.report.build import build_report

    letterhead = clinic.read(lambda reader: reader.letterhead())
    users = clinic.read(lambda reader: reader.find(User))
    return build_report(
        history,
        photo_bytes=lambda name: clinic.read(lambda reader: reader.photo_bytes(name)),
        clinic_name=clinic.clinic_name,
        user_name=clinic.user.value.name,
        now=dt.datetime.now().astimezone(),
        options=options,
        letterhead=letterhead.value if letterhead else None,
        user_names={user.id: user.value.name for user in users},
    )
