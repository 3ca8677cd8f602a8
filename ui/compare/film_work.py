"""A film or sheet made on a worker: photos read, laid on each other, written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from woundtrack.align.types import Alignment
from woundtrack.compare.export import export_series, told_text
from woundtrack.compare.record import shots_of
from woundtrack.compare.series import Shot, laid
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
    photo_ids: tuple[int, ...] | None = None
    """None: all of them."""
    looked_at: LookedAt | None = None
    known: Callable[[int, int], Alignment | None] = lambda _first, _later: None
    """How a photo lies on another, by their ids, where that was found before."""


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

    def known(first: Shot, later: Shot) -> Alignment | None:
        if first.photo_id is None or later.photo_id is None:
            return None
        return wish.known(first.photo_id, later.photo_id)

    shots = shots_of(wish.case, wish.lesion_id, pixels=pixels, looked_at=wish.looked_at)
    if wish.photo_ids is not None:
        shots = tuple(shot for shot in shots if shot.photo_id in wish.photo_ids)
    photos = laid(shots, known=known, progress=steps, watch=steps.watch)
    steps.before = 1
    looked_at_by = "" if wish.looked_at is None else clinic.user.value.name
    told = export_series(
        clinic, wish.target, photos, wish.options, patient_id=wish.case.history.patient.id,
        purpose=wish.purpose, looked_at_by=looked_at_by, progress=steps, watch=steps.watch,
    )  # fmt: skip
    return f"{told_text(told)}\n{_('Saved as {file}').format(file=wish.target.name)}"
