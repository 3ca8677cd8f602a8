"""`woundtrack demo DIR`: a clinic of invented patients, its report and measured photos."""

import argparse
import datetime as dt
import os
import sys
from pathlib import Path

from woundtrack.commands.passphrase import VARIABLE
from woundtrack.errors import ReportError
from woundtrack.words import _

USER = "demo"
PASSPHRASE = "woundtrack demo clinic"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `demo` takes."""
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument(
        "--until",
        type=dt.date.fromisoformat,
        default=None,
        metavar="YYYY-MM-DD",
        help=_("day of the last visits (default: today)"),
    )


def run(arguments: argparse.Namespace) -> int:
    """Make the clinic, then the report and a measured photo for each patient."""
    from woundtrack.demo.build import fill_clinic
    from woundtrack.demo.output import write_output
    from woundtrack.store.clinic import create_clinic, open_clinic

    passphrase = os.environ.get(VARIABLE) or PASSPHRASE
    until = arguments.until or dt.datetime.now().astimezone().date()
    folder = arguments.folder / "clinic"
    create_clinic(
        folder, clinic_name=_("Demonstration clinic"), user_name=USER, passphrase=passphrase
    )
    clinic = open_clinic(folder, user_name=USER, passphrase=passphrase)
    try:
        fill_clinic(clinic, last_day=until, progress=_progress)
        out = arguments.folder / "out"
        try:
            written = write_output(clinic, out, today=until)
        except OSError as error:
            raise ReportError("report.not_written") from error
    finally:
        clinic.close()
    print(_("The demonstration clinic is ready. Sign in as {user} with the passphrase:").format(
        user=USER))  # fmt: skip
    print(f"\n    {passphrase}\n")
    for path in written:
        print(path)
    return 0


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done == total else ""
        text = _("painting and measuring: visit {done} of {total}").format(done=done, total=total)
        print(f"\r{text}", end=end, file=sys.stderr, flush=True)
