"""A film or sheet made on a worker: photos read, laid on each other, written."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from woundtrack import words
from woundtrack.compare.export import export_series, told_text
from woundtrack.compare.record import shots_of
from woundtrack.compare.series import Known, laid
from woundtrack.compare.showing import SeriesOptions
from woundtrack.deidentify.types import Crop, Mask
from woundtrack.export.case import Case
from woundtrack.photo.types import Pixels
from woundtrack.records import ConsentPurpose
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic
    from woundtrack.store.health import Progress

LookedAt: TypeAlias = Mapping[int, tuple[Crop, tuple[Mask, ...]]]
"""What a person let through of each photo, by its id."""


@dataclass(frozen=True, slots=True, eq=False)
class FilmWish:
    """What is to be made of a lesion's photos."""

    case: Case
    lesion_id: int
    target: Path
    purpose: ConsentPurpose
    options: SeriesOptions
    days: Mapping[int, str] | None = None
    """The days of the photos wished for, by the photos' ids; None: all there are."""
    looked_at: LookedAt | None = None
    known: Known = lambda _first, _later: None
    """How a photo lies on the first, where that was found before."""


class _StoppedError(Exception):
    """A person stopped it."""


def made_film(clinic: "Clinic", wish: FilmWish, progress: "Progress") -> str:
    """Write it and say what is in it; empty where `progress` said to stop. Raises as
    `export_series` and `laid` do."""
    steps = _Steps(progress)
    try:
        return _made(clinic, wish, steps)
    except _StoppedError:
        return ""


class _Steps:
    """How far it is, over laying and drawing; asks at each step whether to go on."""

    def __init__(self, progress: "Progress") -> None:
        self._progress, self._last, self.before = progress, (0, 1), 0

    def __call__(self, done: int, total: int) -> None:
        self._last = (self.before * total + done, 2 * total)
        self.watch()

    def watch(self) -> None:
        if self._progress(*self._last) is False:
            raise _StoppedError


def _made(clinic: "Clinic", wish: FilmWish, steps: _Steps) -> str:
    from woundtrack.photo.read import decode_photo

    def pixels(vault_name: str) -> Pixels:
        return decode_photo(clinic.read(lambda reader: reader.photo_bytes(vault_name)))[1]

    shots = shots_of(wish.case, wish.lesion_id, pixels=pixels, looked_at=wish.looked_at)
    if wish.days is not None:
        shots = tuple(shot for shot in shots if shot.photo_id in wish.days)
    photos = laid(shots, known=wish.known, progress=steps, watch=steps.watch)
    steps.before = 1
    looked_at_by = "" if wish.looked_at is None else clinic.user.value.name
    told = export_series(
        clinic, wish.target, photos, wish.options, patient_id=wish.case.history.patient.id,
        purpose=wish.purpose, looked_at_by=looked_at_by, progress=steps, watch=steps.watch,
    )  # fmt: skip
    saved = _("Saved as {file}").format(file=wish.target.name)
    return "\n".join(filter(None, (told_text(told), _not_counted(wish), saved)))


def counted_photos(case: Case, lesion_id: int) -> frozenset[int | None]:
    """The ids of the photos that a film of the lesion may show, one a visit; none is read."""

    def unread(vault_name: str) -> Pixels:
        raise AssertionError(vault_name)

    return frozenset(shot.photo_id for shot in shots_of(case, lesion_id, pixels=unread))


def _not_counted(wish: FilmWish) -> str:
    """Which of the photos wished for are no part of the lesion's series; empty where all are."""
    counted = counted_photos(wish.case, wish.lesion_id)
    days = [day for photo_id, day in (wish.days or {}).items() if photo_id not in counted]
    text = _("Left out, unconfirmed or not the photo that counts at its visit: {days}.")
    return text.format(days=words.together(days)) if days else ""
