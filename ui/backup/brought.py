"""A clinic that was brought back into a folder of its own, until it is told where it belongs."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from woundtrack.errors import StoreError

if TYPE_CHECKING:
    from woundtrack.backup.since import Parted
    from woundtrack.backup.types import Restored


@dataclass(frozen=True, slots=True)
class Brought:
    """A clinic in a folder of its own."""

    restored: "Restored"
    there: Path | None
    """The folder whose place it may take."""
    parted: "Parted | None"


def take_away(brought: Brought | None) -> None:
    """Leave nothing of what nobody waits for any more; on a worker."""
    if brought is not None:
        shutil.rmtree(brought.restored.folder, ignore_errors=True)


def parted_from(there: Path | None, restored: Path, data_key: bytes) -> "Parted | None":
    """What differs, on a worker; None where nothing is there, or it cannot be read."""
    from woundtrack.backup.since import parted

    if there is None:
        return None
    try:
        return parted(there, restored, data_key=data_key)
    except StoreError:
        return None
