"""`woundtrack demo DIR`: a clinic of invented patients, its report and measured photos."""

import argparse
import datetime as dt
import os
import shutil
import tempfile
from pathlib import Path

from woundtrack.commands.passphrase import VARIABLE
from woundtrack.commands.progress import progress_line
from woundtrack.errors import ReportError, StoreError
from woundtrack.words import _

USER = "demo"
PASSPHRASE = "woundtrack demo clinic"
FIRST_DAY = dt.date(1990, 1, 1)
"""The invented patients are adults, and the drugs exist, from about here."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `demo` takes."""
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument(
        "--until",
        type=_last_day,
        default=None,
        metavar="YYYY-MM-DD",
        help=_("day of the last visits (default: today)"),
    )


def run(arguments: argparse.Namespace) -> int:
    """Make the clinic, then the report and a measured photo for each patient."""
    passphrase = os.environ.get(VARIABLE) or PASSPHRASE
    clinic = arguments.folder / "clinic"
    if clinic.exists() and (not clinic.is_dir() or any(clinic.iterdir())):
        raise StoreError("store.folder_not_empty")
    try:
        arguments.folder.mkdir(parents=True, exist_ok=True)
        # Made aside and put in place at the end: a demo that was stopped is not half there.
        aside = Path(tempfile.mkdtemp(prefix=".demo-", dir=arguments.folder))
    except OSError as error:
        raise ReportError("report.not_written") from error
    try:
        _make(aside, passphrase, arguments.until or _today())
        written = _put_in_place(aside, arguments.folder)
    except OSError as error:
        raise ReportError("report.not_written") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    print(_("The demonstration clinic is ready. Sign in as {user} with the passphrase:").format(
        user=USER))  # fmt: skip
    print(f"\n    {passphrase}\n")
    for path in written:
        print(path)
    return 0


def _make(folder: Path, passphrase: str, until: dt.date) -> None:
    from woundtrack.demo import build, output
    from woundtrack.store.clinic import create_clinic, open_clinic

    place = folder / "clinic"
    create_clinic(
        place, clinic_name=_("Demonstration clinic"), user_name=USER, passphrase=passphrase
    )
    clinic = open_clinic(place, user_name=USER, passphrase=passphrase)
    try:
        progress = progress_line(_("painting and measuring: visit {done} of {total}"))
        build.fill_clinic(clinic, last_day=until, progress=progress)
        output.write_output(clinic, folder / "out", today=until)
    finally:
        clinic.close()


def _put_in_place(aside: Path, folder: Path) -> list[Path]:
    """Move the report and photos, then the clinic; the files to be looked at."""
    out = folder / "out"
    made = sorted((aside / "out").iterdir()) if (aside / "out").exists() else []
    if made:
        out.mkdir(exist_ok=True)
    written = [path.replace(out / path.name) for path in made]
    if (folder / "clinic").exists():
        (folder / "clinic").rmdir()
    (aside / "clinic").replace(folder / "clinic")
    return written


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


def _last_day(text: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        day = dt.date.max
    if not FIRST_DAY <= day <= _today():
        sentence = _("“{text}” is not a day up to today, written YYYY-MM-DD.")
        raise argparse.ArgumentTypeError(sentence.format(text=text))
    return day
