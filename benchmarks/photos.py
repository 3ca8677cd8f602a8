"""Where the photos are that are not the project's own."""

import os
from pathlib import Path

from benchmarks.table import Skip


def photos_folder() -> Path:
    """WOUNDTRACK_DATA, else where they are beside a checkout; it need not be there."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    return Path(os.environ.get("WOUNDTRACK_DATA", beside))


def photos_of(kind: str) -> Path:
    """Those of a kind, such as "outlines/fuseg"; Skip where they are not here."""
    found = photos_folder() / kind
    if not found.is_dir():
        raise Skip("no real photos here: set WOUNDTRACK_DATA to their folder")
    return found
