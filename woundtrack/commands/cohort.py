"""`woundtrack cohort CLINIC`: the endpoints of the patients and lesions that a filter finds."""

import argparse
import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from woundtrack.cohort.data import CohortData, therapies_of
from woundtrack.cohort.methods import REMINDER
from woundtrack.cohort.types import Cohort, Filter, TherapyChoice
from woundtrack.commands.passphrase import account_name, asked_passphrase
from woundtrack.commands.report import day
from woundtrack.errors import RecordError
from woundtrack.export.placing import write_file
from woundtrack.records import SiteClass
from woundtrack.report.cohort_filter import (
    CAUSES,
    Cause,
    choice_name,
    filter_of,
    filter_text,
)
from woundtrack.report.cohort_text import COLUMNS, reasons_text, table_of
from woundtrack.store.clinic import Clinic
from woundtrack.words import _, labelled


def _cause_key(cause: Cause) -> str:
    """A cause in one word: "calciphylaxis:uraemic", "calcinosis:dystrophic", "venous"."""
    if cause.uraemic is not None:
        return f"{cause.aetiology}:{'uraemic' if cause.uraemic else 'non-uraemic'}"
    return f"{cause.aetiology}:{cause.subtype}" if cause.subtype else str(cause.aetiology)


_CAUSES = {_cause_key(cause): cause for cause in CAUSES}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `cohort` takes."""
    parser.add_argument("clinic", type=Path, metavar="DIR")
    parser.add_argument(
        "--cause", choices=_CAUSES, metavar="CAUSE", help=_("one of {choices}").format(
            choices=", ".join(_CAUSES))
    )  # fmt: skip
    classes = [str(each) for each in SiteClass]
    parser.add_argument("--site-class", choices=classes, help=_("class of the lesions’ sites"))
    parser.add_argument(
        "--therapy", metavar="THERAPY", help=_("key of the catalogue, or the clinic’s own name")
    )
    for name, purpose in (
        ("from", _("first day of a patient’s time zero")),
        ("to", _("last day of a patient’s time zero")),
    ):
        parser.add_argument(
            f"--{name}", dest=f"{name}_on", type=day, metavar="YYYY-MM-DD", help=purpose
        )
    parser.add_argument("--user", default=account_name(), help=_("who signs in"))
    output = parser.add_mutually_exclusive_group()
    output.add_argument("--csv", action="store_true", help=_("one line a figure"))
    output.add_argument("--json", action="store_true", help=_("one JSON object, with the curves"))
    output.add_argument("--pdf", type=Path, metavar="cohort.pdf", help=_("a report to print"))
    parser.add_argument("--size", choices=("a4", "letter"), default="a4")


def run(arguments: argparse.Namespace) -> int:
    """Print the endpoints, and journal that they left the store."""
    from woundtrack.cohort.cohort import cohort_of, read_beside_library
    from woundtrack.store.clinic import open_clinic

    clinic = open_clinic(arguments.clinic, user_name=arguments.user, passphrase=asked_passphrase())
    try:
        data = read_beside_library(lambda: clinic.read(lambda reader: reader.cohort_data()))
        cohort = cohort_of(data, _filter(arguments, data))

        def note() -> None:
            clinic.note("exported", "cohort", reason=filter_text(cohort.filter))

        if arguments.pdf:
            pdf = _pdf(clinic, cohort, arguments)
            write_file(pdf, arguments.pdf, clinic_folder=arguments.clinic, note=note)
            print(arguments.pdf)
        else:
            print(_text(cohort, arguments, data.today), end="")
            note()
    finally:
        clinic.close()
    return 0


def _pdf(clinic: Clinic, cohort: Cohort, arguments: argparse.Namespace) -> bytes:
    from woundtrack.report.cohort_report import CohortOptions, cohort_report

    letterhead = clinic.read(lambda reader: reader.letterhead())
    return cohort_report(
        cohort,
        clinic_name=clinic.clinic_name,
        user_name=clinic.user.value.name,
        now=dt.datetime.now().astimezone(),
        options=CohortOptions(page_size=arguments.size),
        letterhead=letterhead.value if letterhead else None,
    )


def _filter(arguments: argparse.Namespace, data: CohortData) -> Filter:
    return filter_of(
        cause=_CAUSES.get(arguments.cause),
        site_class=SiteClass(arguments.site_class) if arguments.site_class else None,
        therapy=_therapy(arguments.therapy, data) if arguments.therapy else None,
        from_on=arguments.from_on,
        to_on=arguments.to_on,
    )


def _therapy(text: str, data: CohortData) -> TherapyChoice:
    """The therapy of this key or name. Raises RecordError record.no_such_therapy."""
    offered = {choice.name or choice.key: choice for choice, _patients in therapies_of(data)}
    wanted = text.casefold().strip()
    for key, choice in offered.items():
        if wanted in (key.casefold(), choice_name(choice).casefold()):
            return choice
    raise RecordError("record.no_such_therapy", therapy=text, known=", ".join(offered) or "–")


def _text(cohort: Cohort, arguments: argparse.Namespace, today: dt.date) -> str:
    if arguments.json:
        return json.dumps(asdict(cohort), default=_plain, ensure_ascii=False) + "\n"
    if arguments.csv:
        from woundtrack.cohort.output import csv_text

        return csv_text(cohort, made_on=today).replace("\r\n", "\n")
    return "\n".join(_lines(cohort)) + "\n"


def _lines(cohort: Cohort) -> Iterator[str]:
    yield filter_text(cohort.filter)
    if cohort.left_out:
        yield labelled(_("Left out"), reasons_text(cohort.left_out))
    for row in table_of(cohort):
        yield f"\n{row.name}"
        for column, cell in zip(COLUMNS[1:], row.cells, strict=False):
            if cell.lines:
                yield f"  {labelled(_(column), ' · '.join(cell.lines))}"
    yield f"\n{_(REMINDER)}"


def _plain(value: object) -> object:
    """Sets and days as JSON has them."""
    return sorted(value) if isinstance(value, frozenset) else str(value)
