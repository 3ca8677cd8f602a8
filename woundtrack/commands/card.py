"""`woundtrack card`: the printable card as a PDF."""

import argparse
import datetime as dt
from pathlib import Path

from woundtrack.errors import ReportError
from woundtrack.words import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `card` takes."""
    parser.add_argument("--out", required=True, type=Path, metavar="card.pdf")
    parser.add_argument("--size", choices=("a4", "letter"), default="a4")
    parser.add_argument("--patient", metavar="CODE", help=_("pseudonymous code of a patient"))
    parser.add_argument("--lesion", metavar="LABEL", help=_("label of one lesion"))
    parser.add_argument(
        "--run", type=int, metavar="N", help=_("number of the print run (default: from the time)")
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the card; a patient's code must hold its check character."""
    from woundtrack.photo.code import typed_patient_code
    from woundtrack.report.card import card_pdf

    code, number = None, arguments.run
    if arguments.patient is not None:
        code = typed_patient_code(arguments.patient)
        if code is None:
            raise ReportError("report.bad_code", patient_code=arguments.patient)
    elif arguments.lesion is not None:
        raise ReportError("report.lesion_alone")
    if number is None:
        # A clinic numbers its runs from 1: one printed elsewhere must not pass for one of them.
        number = int(dt.datetime.now().astimezone().strftime("%y%m%d%H%M"))
    content = card_pdf(
        page_size=arguments.size,
        run_number=number,
        patient_code=code,
        lesion_label=arguments.lesion,
    )
    try:
        arguments.out.write_bytes(content)
    except OSError as error:
        raise ReportError("report.not_written") from error
    print(_("Print at 100 %, then measure the 100 mm line before the first use."))
    return 0
