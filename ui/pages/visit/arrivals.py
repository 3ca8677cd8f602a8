"""Photos on their way into a visit: they wait until it is loaded."""

from collections.abc import Iterable
from pathlib import Path

from woundtrack.photo.importing import Taken


class Arrivals:
    """What came for the visit in front, and what goes along to another patient's."""

    def __init__(self) -> None:
        self.paths: list[Path] = []
        self.taken: list[Taken] = []
        """What lies in the vault already."""
        self._carried: tuple[int, tuple[Path, ...]] | None = None

    def __bool__(self) -> bool:
        return bool(self.paths or self.taken)

    def take(self) -> tuple[list[Path], list[Taken]]:
        """All that waited; it waits no longer."""
        found = self.paths, self.taken
        self.paths, self.taken = [], []
        return found

    def carry(self, patient_id: int, paths: Iterable[Path]) -> None:
        """These belong to that patient, whose visit is opened next."""
        self._carried = (patient_id, tuple(paths))

    def opened_for(self, patient_id: int) -> None:
        """A visit of this patient is opened: what was carried to it is there."""
        if self._carried and self._carried[0] == patient_id:
            self.paths += self._carried[1]
        self._carried = None
