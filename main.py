"""The window's front door: arguments in, exit status out."""

import argparse
import os
import sys
from pathlib import Path

from woundtrack.paths import clinic_folder


def parse(arguments: list[str]) -> argparse.Namespace:
    """The command line of the window."""
    parser = argparse.ArgumentParser(
        prog="woundtrack-window" if getattr(sys, "frozen", False) else "main.py",
        description="Wound photographs measured, stored and charted. "
        "For work without a screen, see: woundtrack --help",
    )
    parser.add_argument(
        "opened",
        type=Path,
        nargs="?",
        metavar="CLINIC",
        help="a clinic's folder, or the .woundtrack file in it",
    )
    parser.add_argument("--clinic", type=Path, metavar="DIR", help="open the clinic in this folder")
    parser.add_argument("--user", metavar="NAME", help="sign in with WOUNDTRACK_PASSPHRASE")
    parser.add_argument("--language", choices=("en", "fr"))
    parser.add_argument("--theme", choices=("system", "light", "dark"))
    parser.add_argument(
        "--screenshots",
        type=Path,
        metavar="DIR",
        help="write a picture of every page of the clinic to this folder, and end",
    )
    options = parser.parse_args(arguments)
    if options.clinic is None and options.opened is not None:
        options.clinic = clinic_folder(options.opened)
    return options


def has_display() -> bool:
    """Whether a window can open here."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def main(arguments: list[str] | None = None) -> int:
    """Open the window, or write its screenshots."""
    options = parse(sys.argv[1:] if arguments is None else arguments)
    if options.screenshots is not None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from ui.screenshots import write_screenshots

        return write_screenshots(
            options.screenshots, folder_of_clinic=options.clinic, user=options.user
        )
    if not has_display():
        sys.stderr.write("There is no display here. Use --screenshots DIR, or: woundtrack --help\n")
        return 2
    from ui.first_aid import run

    return run(
        folder=options.clinic,
        language=options.language,
        theme_choice=options.theme,
        user=options.user,
    )


if __name__ == "__main__":
    if getattr(sys, "frozen", False):  # the children that decode photos start this very program
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main())
