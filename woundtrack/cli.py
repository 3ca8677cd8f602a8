"""The same work without a screen: `woundtrack measure|outline|tissue|healing|card|…`."""

import argparse
import io
import os
import sys
from collections.abc import Sequence

from woundtrack import __version__, words
from woundtrack.commands import (
    align,
    card,
    clinic,
    cohort,
    demo,
    export,
    film,
    healing,
    measure,
    outline,
    pictures,
    report,
    tissue,
)
from woundtrack.commands.argparse_words import teach_argparse
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.words import _

REFUSED = 3


def main(argv: Sequence[str] | None = None) -> int:
    """Parse, run, and say failures in one sentence; the exit status is the contract's."""
    _never_choke()
    _speak((os.environ.get("LC_ALL") or os.environ.get("LANG") or "")[:2])
    language, rest = _language(argv)
    _speak(language)
    arguments = _parser().parse_args(rest)
    try:
        status = int(arguments.command(arguments))
        sys.stdout.flush()
        return status
    except WoundtrackError as error:
        print(explain(error), file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        # The reader went away (`| head`): nothing is left to say to anyone.
        _silence()
        return REFUSED
    except OSError:
        # The commands turn failures of their own files into sentences: this one is the output's.
        _silence()
        print(explain(WoundtrackError("cli.not_written")), file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return 130


def _never_choke() -> None:
    """A sign that the terminal cannot show becomes "?", where it would end the run."""
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="replace")


def _silence() -> None:
    """Drop what is still to be written, so that the interpreter's end does not fail on it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak(language: str) -> None:
    words.set_language(language)
    teach_argparse(words.language())


def _language(argv: Sequence[str] | None) -> tuple[str, list[str]]:
    """The language asked for, before or after the command, and the other arguments."""
    first = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    first.add_argument("--language", choices=words.LANGUAGES)
    found, rest = first.parse_known_args(argv)
    return found.language or words.language(), rest


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="woundtrack",
        description=_("Measures wound photos and keeps their record, offline."),
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"woundtrack {__version__}",
        help=_("show program's version number and exit"),  # argparse leaves its own in English
    )
    parser.add_argument("--language", choices=words.LANGUAGES, help=_("language of the output"))
    commands = parser.add_subparsers(required=True, metavar=_("COMMAND"))
    for name, module, purpose in (
        ("measure", measure, _("measure the wound in each photo")),
        ("outline", outline, _("propose the wound's outline in a photo")),
        ("tissue", tissue, _("propose what the wound bed in each photo is made of")),
        ("align", align, _("lay a later photo of a wound on an earlier one, by its skin")),
        ("healing", healing, _("how lesions heal, by therapy, from tables of visits and courses")),
        ("card", card, _("make the printable card")),
        ("demo", demo, _("make a clinic of synthetic patients")),
        ("report", report, _("make a patient's PDF")),
        ("cohort", cohort, _("the endpoints of patients and lesions in a clinic")),
        ("export", export, _("write the record as tables, for Excel or as CSV")),
        ("film", film, _("photos of a lesion laid on each other, as a film or a sheet")),
        ("pictures", pictures, _("pictures without names, for teaching or research")),
        ("clinic", clinic, _("make or examine a clinic store")),
    ):
        command = commands.add_parser(name, help=purpose, description=purpose)
        module.add_arguments(command)
        command.set_defaults(command=module.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
