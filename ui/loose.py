"""Photos that lie in the vault without a visit: looked at, and taken up again, on workers."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ui.importing import lay_in
from ui.pages.visit.card_owner import CardOwner, owner_of
from woundtrack import words
from woundtrack.errors import WoundtrackError
from woundtrack.photo.importing import Taken
from woundtrack.photo.types import Photo
from woundtrack.store.clinic import Clinic
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.store.orphans import LoosePhoto


@dataclass(frozen=True, slots=True)
class LooseLook:
    """What can be seen of such a photo; `problem` where its original cannot be read."""

    loose: "LoosePhoto"
    thumbnail: bytes = b""
    photo: Photo | None = None
    owner: CardOwner | None = None
    """Whose card is in it, where one is."""
    problem: WoundtrackError | None = None


def look_at(clinic: Clinic, loose: "LoosePhoto") -> LooseLook:
    """Read and decode one photo: its small picture, when it was taken, whose card it shows."""
    from woundtrack.photo.code import find_codes
    from woundtrack.photo.read import decode_photo, thumbnail_jpeg

    try:
        data = clinic.read(lambda reader: reader.photo_bytes(loose.name))
        photo, pixels = decode_photo(data)
    except WoundtrackError as error:
        return LooseLook(loose, _small_picture(clinic, loose), problem=error.bare())
    codes = [code.patient_code for code in find_codes(pixels) if code.patient_code]
    thumbnail = thumbnail_jpeg(pixels)
    del pixels
    owner = owner_of(clinic, codes[0]) if codes else None
    return LooseLook(loose, thumbnail, photo, owner)


def _small_picture(clinic: Clinic, loose: "LoosePhoto") -> bytes:
    try:
        return clinic.read(lambda reader: reader.thumbnail(loose.name))
    except WoundtrackError:
        return b""


def take_up(clinic: Clinic, loose: "LoosePhoto") -> Taken:
    """Take such a photo as an import takes a file. Raises PhotoError, StoreError."""
    from dataclasses import replace

    data = clinic.read(lambda reader: reader.photo_bytes(loose.name))
    return replace(lay_in(clinic, data, Path(called(loose))), kept=True)


def called(loose: "LoosePhoto") -> str:
    """What a photo without a file name is called: when it came, and the beginning of its name."""
    came = loose.came_at_utc.astimezone()
    return _("photo that came {date}, {time} ({name})").format(
        date=words.date(came.date()), time=words.time_of_day(came), name=loose.name[:4]
    )
