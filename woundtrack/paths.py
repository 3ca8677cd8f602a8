"""Where the program's own read-only files lie, installed editable or frozen."""

import sys
from pathlib import Path


def resources_dir() -> Path:
    """The `resources/` folder of the checkout or of the frozen program."""
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle else Path(__file__).resolve().parent.parent
    return root / "resources"
