"""A file of pages: those of one backup that no earlier backup has, one after the other."""

from array import array
from collections.abc import Callable, Iterable
from contextlib import suppress
from types import TracebackType
from typing import Self

from woundtrack.backup.disk import forget, part_of, put, sync_names
from woundtrack.backup.folder import PAGES, Folder
from woundtrack.backup.manifest import DIGEST_BYTES, Table, digest_of
from woundtrack.errors import BackupError
from woundtrack.store.files import share_as_folder, sync_file

_READ_BYTES = 1 << 20


class Pack:
    """A file of pages under way; gone where it was not finished. Its own errors are OSErrors."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._part = part_of(folder.path / PAGES / "new")
        self._file = self._part.open("x+b")
        share_as_folder(self._part)
        self._mac = folder.pack_name()
        self.byte_count = 0
        self._places = 0

    def add(self, page: bytes) -> int:
        """Write a page; return its place."""
        self._file.write(page)
        self._mac.update(page)
        self.byte_count += len(page)
        self._places += 1
        return self._places - 1

    def finish(self) -> str:
        """Put it in its place, durably and read back; return its name, "" where it is empty.

        Raises BackupError backup.not_verified.
        """
        if not self.byte_count:
            return ""
        name = self._mac.hexdigest()
        sync_file(self._file)
        forget(self._file.fileno())
        self._file.seek(0)
        again = self._folder.pack_name()
        while piece := self._file.read(_READ_BYTES):
            again.update(piece)
        if again.hexdigest() != name:
            raise BackupError("backup.not_verified")
        self._file.close()
        place = self._folder.path / PAGES / name
        put(self._part, place)
        sync_names(place.parent)
        return name

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        with suppress(OSError):  # a disk that is gone cannot flush, and what failed is told
            self._file.close()
        with suppress(OSError):
            self._part.unlink(missing_ok=True)


def _unchecked(page: bytes, number: int) -> None:
    del page, number


class Taking:
    """Takes pages: what the backup before has is named, what is new goes into the pack."""

    def __init__(self, pack: Pack, table: Table, usable: Iterable[int]) -> None:
        """`usable` are the numbers of the table's pages that may be named again."""
        self._pack = pack
        self._packs = ["", *table.packs]
        """The first stands for the new one."""
        self._known: dict[bytes, tuple[int, int]] = {}
        for number in usable:
            place = (table.pack_of[number] + 1, table.place_of[number])
            self._known[table.digest(number)] = place
        self._digests = bytearray()
        self._pack_of, self._place_of = array("I"), array("I")

    def take(self, page: bytes, *, check: Callable[[bytes, int], None] = _unchecked) -> None:
        """The next page. `check` gets it with its number where it is new, and may refuse it."""
        digest = digest_of(page)
        where = self._known.get(digest)
        if where is None:
            check(page, len(self._pack_of))
            where = self._known[digest] = (0, self._pack.add(page))
        self._digests += digest
        self._pack_of.append(where[0])
        self._place_of.append(where[1])

    def table(self, name: str) -> Table:
        """Where all pages taken lie, once the pack has its name."""
        used = sorted(set(self._pack_of))
        new = {old: number for number, old in enumerate(used)}
        packs = tuple(self._packs[old] if old else name for old in used)
        pack_of = array("I", [new[old] for old in self._pack_of])
        assert len(self._digests) == DIGEST_BYTES * len(pack_of)
        return Table(packs, bytes(self._digests), pack_of, self._place_of)
