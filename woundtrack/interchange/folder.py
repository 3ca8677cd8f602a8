"""A folder of the open format, read strictly: nothing in it is believed before it was looked at."""

import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np

from woundtrack.errors import InterchangeError, PhotoError
from woundtrack.interchange.export import ENDINGS
from woundtrack.interchange.manifest import MANIFEST, PHOTOS, FileEntry, Manifest
from woundtrack.interchange.sound import Soundness, is_utc
from woundtrack.interchange.text import MAX_JSON_BYTES, loaded
from woundtrack.photo.decoding import NO_READER, UNSAFE, look
from woundtrack.photo.read import MAX_BYTES, thumbnail_jpeg
from woundtrack.plain_file import plain_bytes
from woundtrack.store.carried import FORMAT, SHARED, VERSION, CarriedPhoto, Part
from woundtrack.store.codec import CodecError, codec_for
from woundtrack.store.health import Progress, no_progress
from woundtrack.store.migrating import STEP_NAMES

_PATIENT_PATH = re.compile(r"patients/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.json")
_SHA256 = re.compile(r"[0-9a-f]{64}")
MAX_MANIFEST_BYTES = 50_000_000
"""A line a patient and a photo: a quarter of a million of them."""
_KEPT_BYTES = 16_000_000
"""Up to here the records are kept in memory, and not read anew at each look."""
_UNSEEN, _GREY = (96, 128, 3), 128
"""The thumbnail of a photo that cannot be shown."""


class OpenFolder:
    """What lies in a folder; `examine` is to be called before anything of it is used."""

    def __init__(self, folder: Path) -> None:
        """Read the manifest. Raises InterchangeError interchange.not_the_format, .newer, …"""
        self._folder = folder
        self.manifest = self._manifest()
        self.sha256_of: dict[str, str] = {}
        """Its photos by their vault names in the clinic that asked."""
        self.unreadable: set[str] = set()
        """Paths of the photos asked for that this program cannot show."""
        self._parts: tuple[Part, ...] | None = None
        self._sizes_px: dict[str, tuple[int, int]] = {}

    @property
    def photos(self) -> tuple[CarriedPhoto, ...]:
        """Every photo."""
        return self.manifest.photos

    @property
    def whole_clinic(self) -> bool:
        """Whether everything of a clinic is there."""
        return self.manifest.whole_clinic

    def examine(
        self, vault_name_of: Callable[[bytes], str], *, progress: Progress = no_progress
    ) -> bool:
        """Read every file once; False where `progress` stopped it.

        `vault_name_of` says what a photo's bytes are called in the clinic that asks.

        Raises InterchangeError interchange.missing, .changed, .not_a_file, .unreadable,
        .too_large, .unusable, each with the file's name.
        """
        total, done = len(self.manifest.files) + len(self.photos), 0
        sound = Soundness(photo.sha256 for photo in self.photos)
        for part in self.parts():
            sound.look_at(part)
            done += 1
            if progress(done, total) is False:
                return False
        sound.finish()
        self._sizes_px = sound.sizes_px
        for photo in self.photos:
            self.sha256_of[vault_name_of(self.photo_bytes(photo))] = photo.sha256
            done += 1
            if progress(done, total) is False:
                return False
        return True

    def parts(self) -> Iterable[Part]:
        """The shared part, then the patients."""
        if self._parts is None and sum(one.byte_count for one in self.manifest.files) < _KEPT_BYTES:
            self._parts = tuple(self._read_parts())
        return self._read_parts() if self._parts is None else self._parts

    def photo(self, photo: CarriedPhoto) -> tuple[bytes, bytes]:
        """A photo's original bytes and its thumbnail, a grey one where it cannot be shown.

        Raises InterchangeError interchange.unusable where it is not of the size that its record
        says: outlines would lie elsewhere. interchange.photo_unsafe where reading it crashed, hung
        or swelled, for the program itself would read it later; PhotoError photo.no_reader.
        """
        data = self.photo_bytes(photo)
        try:
            seen = look(data, codes=False)
        except PhotoError as error:
            if error.code in UNSAFE:
                raise InterchangeError("interchange.photo_unsafe", file=photo.path) from error
            if error.code == NO_READER:
                raise
            self.unreadable.add(photo.path)
            return data, thumbnail_jpeg(np.full(_UNSEEN, _GREY, np.uint8))
        said = self._sizes_px.get(photo.sha256)
        if said not in (None, (seen.photo.width_px, seen.photo.height_px)):
            raise InterchangeError("interchange.unusable", file=photo.path, place="width_px")
        return data, seen.thumbnail

    def photo_bytes(self, photo: CarriedPhoto) -> bytes:
        """A photo's original bytes, as they were when the folder was written."""
        return self._checked(photo.path, photo.sha256, photo.byte_count)

    def _read_parts(self) -> Iterator[Part]:
        for entry in self.manifest.files:
            yield self._part(entry)

    def _part(self, entry: FileEntry) -> Part:
        content = loaded(self._checked(entry.path, entry.sha256, entry.byte_count), file=entry.path)
        try:
            part: Part = codec_for(Part)[1](content)
        except CodecError as error:
            place = str(error)[:80]
            raise InterchangeError("interchange.unusable", file=entry.path, place=place) from error
        if (part.format, part.version, part.path) != (FORMAT, VERSION, entry.path):
            raise InterchangeError("interchange.unusable", file=entry.path, place="part")
        return part

    def _manifest(self) -> Manifest:
        try:
            data = self._read(MANIFEST, most=MAX_MANIFEST_BYTES)
        except InterchangeError as error:
            if error.code == "interchange.missing":
                raise InterchangeError("interchange.not_the_format") from error
            if error.code == "interchange.changed":  # no hash is known yet: it is only too long
                most_mb = MAX_MANIFEST_BYTES // 10**6
                raise InterchangeError(
                    "interchange.too_large", file=MANIFEST, most_mb=most_mb
                ) from error
            raise
        content = loaded(data, file=MANIFEST)
        if content.get("format") != FORMAT:
            raise InterchangeError("interchange.not_the_format")
        version, steps = content.get("version"), content.get("schema_version")
        if type(version) is int and version > VERSION:
            raise InterchangeError("interchange.newer")
        if type(steps) is int and steps > len(STEP_NAMES):
            raise InterchangeError("interchange.newer")
        try:
            manifest: Manifest = codec_for(Manifest)[1](content)
            _look_at(manifest)
        except CodecError as error:
            place = str(error)[:80]
            raise InterchangeError("interchange.unusable", file=MANIFEST, place=place) from error
        return manifest

    def _checked(self, path: str, sha256: str, byte_count: int) -> bytes:
        data = self._read(path, most=byte_count)
        if len(data) != byte_count or hashlib.sha256(data).hexdigest() != sha256:
            raise InterchangeError("interchange.changed", file=path)
        return data

    def _read(self, path: str, *, most: int) -> bytes:
        """A plain file's bytes; links and devices are no files of the format."""
        place = self._folder
        *folders, name = path.split("/")
        try:
            for each in folders:
                place = place / each
                _refuse_unless(stat.S_ISDIR, os.lstat(place), file=path)
            place = place / name
            _refuse_unless(stat.S_ISREG, os.lstat(place), file=path)
            data = plain_bytes(place, most=most, follow=False)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise InterchangeError("interchange.missing", file=path) from error
        except OSError as error:
            raise InterchangeError("interchange.unreadable", file=path) from error
        if data is None:
            raise InterchangeError("interchange.changed", file=path)
        return data


def _refuse_unless(kind: Callable[[int], bool], found: os.stat_result, *, file: str) -> None:
    tag = getattr(found, "st_reparse_tag", 0)  # a junction of Windows is a folder elsewhere
    if not kind(found.st_mode) or tag == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1):
        raise InterchangeError("interchange.not_a_file", file=file)


def _look_at(manifest: Manifest) -> None:
    """Raise CodecError where the manifest names what no folder of the format has."""
    files, photos = manifest.files, manifest.photos
    paths = [*(one.path for one in files), *(one.path for one in photos)]
    first = files[0].path if files else ""
    sound = (
        manifest.version == VERSION
        and first == Part(SHARED).path
        and all(_PATIENT_PATH.fullmatch(one.path) for one in files[1:])
        and all(_is_photo(one) for one in photos)
        and len(set(paths)) == len(paths)
        and all(_SHA256.fullmatch(one.sha256) for one in files)
        and all(0 <= one.byte_count <= MAX_JSON_BYTES for one in files)
    )
    if not sound:
        raise CodecError("files")


def _is_photo(photo: CarriedPhoto) -> bool:
    names = {f"{PHOTOS}/{photo.sha256}.{ending}" for ending in ENDINGS}
    named = _SHA256.fullmatch(photo.sha256) is not None and photo.path in names
    return named and 0 < photo.byte_count <= MAX_BYTES and is_utc(photo.imported_at_utc)
