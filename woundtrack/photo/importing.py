"""Where an imported photo belongs: pure rules between the reading of a file and the record.

The program proposes: a photo goes straight into the open visit only where its card, its date
and its bytes all agree with it; everything else waits for a person's answer.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from woundtrack.photo.types import Photo
from woundtrack.records import DateSource

PHOTO_SUFFIXES = (
    ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".heic", ".heif", ".hif", ".avif", ".webp",
    ".tif", ".tiff", ".bmp", ".mpo",
)  # fmt: skip
"""What a folder is searched for. A file chosen by name is tried whatever its suffix."""


class Place(StrEnum):
    """Where a photo that was read should go."""

    HERE = "here"
    ALREADY_HERE = "already_here"
    ALREADY_ELSEWHERE = "already_elsewhere"
    OTHER_CARD = "other_card"
    OTHER_DAY = "other_day"
    NO_DATE = "no_date"


class DateProblem(StrEnum):
    """Why a photo proposes no date."""

    MISSING = "missing"
    FUTURE = "future"
    BEFORE_BIRTH = "before_birth"


class Outcome(StrEnum):
    """What became of one file of an import."""

    ADDED = "added"
    KEPT_ONCE = "kept_once"
    WAITING = "waiting"
    FAILED = "failed"
    LEFT_OUT = "left_out"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class CardSays:
    """The patient and lesion that a card in the photo names."""

    patient_code: str
    lesion_label: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A photo read, verified in the vault, and not yet of any visit."""

    path: Path
    vault_name: str
    photo: Photo
    cards: tuple[CardSays, ...] = ()
    already_at: tuple[int, ...] = ()
    """Ids of the visit photos that already show these same bytes."""
    kept: bool = False
    """It lay in the vault without a visit: there is no file that it came from."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What is open while photos arrive."""

    patient_code: str
    born_on: dt.date
    today: dt.date
    visit_on: dt.date | None = None
    photo_ids: frozenset[int] = frozenset()
    """The photos the open visit already has."""


def photo_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files to import: those named, and the photos of the folders named, each once.

    Folders are searched to the bottom in the order of their names; hidden files and the
    index folders that cameras and Macs leave behind are passed over.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update(dict.fromkeys(_photos_in(path)))
        else:
            found[path] = None
    return tuple(found)


def _photos_in(folder: Path) -> list[Path]:
    inside = (path for path in folder.rglob("*") if path.suffix.lower() in PHOTO_SUFFIXES)
    kept = [path for path in inside if not _is_hidden(path.relative_to(folder))]
    return sorted(path for path in kept if path.is_file())


def _is_hidden(path: Path) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in path.parts)


def proposed_date(
    photo: Photo, *, born_on: dt.date, today: dt.date
) -> tuple[dt.date | None, DateProblem | None]:
    """The local date the photo itself proposes, else None and why it proposes none."""
    if photo.taken_at is None:
        return None, DateProblem.MISSING
    on = photo.taken_at.date()
    if on > today:
        return None, DateProblem.FUTURE
    if on < born_on:
        return None, DateProblem.BEFORE_BIRTH
    return on, None


def place(taken: Taken, situation: Situation) -> Place:
    """Where the photo belongs. A card of somebody else stops it before anything else."""
    if any(card.patient_code != situation.patient_code for card in taken.cards):
        return Place.OTHER_CARD
    if any(photo_id in situation.photo_ids for photo_id in taken.already_at):
        return Place.ALREADY_HERE
    if taken.already_at:
        return Place.ALREADY_ELSEWHERE
    on, _problem = proposed_date(taken.photo, born_on=situation.born_on, today=situation.today)
    if on is None:
        return Place.NO_DATE
    if situation.visit_on is not None and on != situation.visit_on:
        return Place.OTHER_DAY
    return Place.HERE


def date_source(photo: Photo, on: dt.date) -> DateSource:
    """Whether the photo's own time gave its visit's date, or a person did."""
    same = photo.taken_at is not None and photo.taken_at.date() == on
    return DateSource.EXIF if same else DateSource.PERSON


def by_day(photos: Iterable[Taken]) -> dict[dt.date, tuple[Taken, ...]]:
    """Photos of the same day together, oldest day first; those without a time left out."""
    days: dict[dt.date, list[Taken]] = {}
    for taken in photos:
        if taken.photo.taken_at is not None:
            days.setdefault(taken.photo.taken_at.date(), []).append(taken)
    return {day: tuple(days[day]) for day in sorted(days)}


def lesion_label(cards: Sequence[CardSays], *, patient_code: str) -> str:
    """The one lesion that the cards of this patient name, "" where none or several."""
    mine = {card.lesion_label for card in cards if card.patient_code == patient_code}
    mine.discard("")
    return mine.pop() if len(mine) == 1 else ""


def may_be_deleted(outcomes: Iterable[tuple[Path, Outcome]]) -> tuple[Path, ...]:
    """The originals whose bytes lie, read back and compared, under a record of the clinic."""
    safe = (Outcome.ADDED, Outcome.KEPT_ONCE)
    return tuple(path for path, outcome in outcomes if outcome in safe)
