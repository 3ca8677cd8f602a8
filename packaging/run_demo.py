"""`make run`: open the window on the demo clinic, or do the same job without a display."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "demo"
USER = "demo"
PASSPHRASE = "woundtrack demo clinic"


def main() -> int:
    """Make the demo clinic where it is missing, then show it."""
    environment = {**os.environ, "WOUNDTRACK_PASSPHRASE": PASSPHRASE}
    if not (DEMO / "clinic").exists():
        print("Making the demo clinic in demo/ …", flush=True)
        made = _woundtrack(["-m", "woundtrack.cli", "demo", str(DEMO)], environment)
        if made:
            return made
    window = [str(ROOT / "main.py"), "--clinic", str(DEMO / "clinic"), "--user", USER]
    if sys.platform.startswith("linux") and not _has_display(environment):
        print("No display here: doing the same job on the offscreen platform.", flush=True)
        environment["QT_QPA_PLATFORM"] = "offscreen"
        window += ["--screenshots", str(DEMO / "out")]
    shown = _woundtrack(window, environment)
    if "--screenshots" in window and not shown:
        print("The demo clinic is in demo/clinic, screenshots and the PDF in demo/out.")
    return shown


def _woundtrack(arguments: list[str], environment: dict[str, str]) -> int:
    return subprocess.call([sys.executable, *arguments], env=environment, cwd=ROOT)


def _has_display(environment: dict[str, str]) -> bool:
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main())
