"""Reading the pages that backups name out of the files that hold them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from woundtrack.backup.disk import target_errors
from woundtrack.backup.folder import ASIDE_SUFFIX, PAGES, Folder
from woundtrack.backup.manifest import Manifest, digest_of
from woundtrack.errors import BackupError

NAME_BYTES = 32
"""Of a photo's name in the list of photos."""


def pages_of(
    folder: Folder, manifest: Manifest, numbers: Iterable[int]
) -> Iterator[tuple[int, bytes]]:
    """These pages with their numbers, file after file.

    Raises BackupError backup.pages_damaged, .gone, .io.
    """
    table, size = manifest.table, manifest.page_bytes
    wanted: dict[int, list[int]] = {}
    for number in numbers:
        wanted.setdefault(table.pack_of[number], []).append(number)
    for which, in_it in wanted.items():
        with _opened(folder, manifest, table.packs[which]) as file:
            for number in in_it:
                with target_errors():
                    file.seek(table.place_of[number] * size)
                    page = file.read(size)
                if digest_of(page) != table.digest(number):
                    raise BackupError("backup.pages_damaged", name=manifest.backup.id)
                yield number, page


def lost_pages(folder: Folder, manifest: Manifest, numbers: Sequence[int]) -> set[int]:
    """Those of these pages that are no longer what they were; all, where the disk cannot read.

    Raises BackupError backup.gone, .not_writable.
    """
    try:
        for _ in pages_of(folder, manifest, numbers):
            pass
    except BackupError as error:
        if error.code not in ("backup.pages_damaged", "backup.io"):
            raise
        if len(numbers) == 1 or error.code == "backup.io":
            return set(numbers)
        half = len(numbers) // 2
        parts = (numbers[:half], numbers[half:])
        return set().union(*(lost_pages(folder, manifest, part) for part in parts))
    return set()


def _opened(folder: Folder, manifest: Manifest, name: str) -> BinaryIO:
    """A file of pages; one that was set aside may still have those that are wanted."""
    path = folder.path / PAGES / name
    for each in (path, path.with_name(name + ASIDE_SUFFIX)):
        try:
            with target_errors():
                return each.open("rb")
        except BackupError as error:
            if not isinstance(error.__cause__, FileNotFoundError):
                raise
    raise BackupError("backup.pages_damaged", name=manifest.backup.id)


def photo_names(folder: Folder, manifests: Sequence[Manifest]) -> set[str]:
    """The names of all photos that these backups hold; pages that they share are read once.

    Raises BackupError backup.pages_damaged, .gone, .io.
    """
    seen: set[tuple[str, int]] = set()
    names: set[str] = set()
    for manifest in manifests:
        table, new = manifest.table, []
        for number in range(manifest.database_pages, len(table)):
            where = (table.packs[table.pack_of[number]], table.place_of[number])
            if where not in seen:
                seen.add(where)
                new.append(number)
        for _, page in pages_of(folder, manifest, new):
            names |= {page[at : at + NAME_BYTES].hex() for at in range(0, len(page), NAME_BYTES)}
    return names - {bytes(NAME_BYTES).hex()}
