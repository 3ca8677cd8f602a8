"""Where things lie: the program's own read-only files, and the clinic that someone points at."""

import sys
from pathlib import Path


def resources_dir() -> Path:
    """The `resources/` folder of the checkout or of the frozen program."""
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle else Path(__file__).resolve().parent.parent
    return root / "resources"


def clinic_folder(opened: Path) -> Path:
    """The clinic's folder, where a file in it was double-clicked; nothing is read from the file."""
    return opened.absolute().parent if opened.is_file() else opened
