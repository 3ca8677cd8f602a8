"""Reads the photos of a comparison and lays them on each other, in the background."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.background import Background, Job
from ui.compare.laying import Entry, Pairs, drawn_again, laid_entry, read_entry, scaled_first
from ui.models.compare import ComparePhoto
from woundtrack.errors import AlignError, WoundtrackError
from woundtrack.outline.types import Outline
from woundtrack.scale.types import Scale

if TYPE_CHECKING:
    from woundtrack.align.types import Alignment
    from woundtrack.compare.series import Shot
    from woundtrack.store.clinic import Clinic

AT_ONCE = 2
"""Photos of 12 megapixels read at one time: more would only take more memory."""


_Work = Callable[[Job], Entry]
_Known = tuple[int, Outline | None, Scale | None, float | None]
"""A photo, and all that decides how others lie on it."""


class StoppedError(Exception):
    """Nobody waits for this work any more."""


@dataclass(slots=True)
class Shelf:
    """What was found in this sitting, so that it is not sought twice; never written down."""

    found: dict[tuple[_Known, _Known, Pairs], "Alignment | WoundtrackError"] = field(
        default_factory=dict
    )
    pairs: dict[tuple[int, int], Pairs] = field(default_factory=dict)
    """The clicked points of the first photo and a later one."""

    def of(self, first: ComparePhoto, later: ComparePhoto) -> Pairs:
        """The pairs clicked in two photos."""
        return self.pairs.get((first.id, later.id), ())

    def known(self, first: "Shot", later: "Shot") -> "Alignment | None":
        """How a later photo was found to lie on a first one, by these very outlines and scales.

        None where that was not sought, or refused.
        """
        pairs = self.pairs.get((first.photo_id or 0, later.photo_id or 0), ())
        found = self.found.get((_key_of_shot(first), _key_of_shot(later), pairs))
        return None if isinstance(found, WoundtrackError) else found


class CompareDesk(QObject):
    """Holds an entry for each photo shown, oldest first; `changed` whenever one comes on.

    All are read first, each by its own scale; then one after the other is laid on the first.
    """

    changed = Signal()

    def __init__(
        self, clinic: "Clinic", background: Background, *, shelf: Shelf, matched: bool = False
    ) -> None:
        super().__init__()
        self._clinic, self._background, self.shelf = clinic, background, shelf
        self.matched = matched
        """Whether colours are matched by card or ruler."""
        self.entries: tuple[Entry, ...] = ()
        self.stopped = False
        """Whether a person stopped the laying."""
        self.paused = False
        """Whether points are clicked: no photo may be laid elsewhere under them."""
        self._waiting: list[_Work] = []
        self._jobs: list[Job] = []
        self._round = 0

    # -- what is shown

    def show_photos(self, photos: Sequence[ComparePhoto]) -> None:
        """Show these, oldest first; what was read of them before is kept."""
        first_before = self.entries[0].photo if self.entries else None
        known = {entry.photo.id: entry for entry in self.entries}
        same = bool(photos) and photos[0] == first_before
        self.cancel()
        self.stopped = False
        self.entries = tuple(_kept(known.get(photo.id), photo, same_first=same) for photo in photos)
        self.go_on()

    def set_matched(self, matched: bool) -> None:
        """Draw all photos again with their colours matched, or as they were taken."""
        if matched == self.matched:
            return
        self.matched = matched
        self.cancel()
        self.go_on()

    def lay_by_points(self, pairs_of: Mapping[int, Pairs]) -> None:
        """Lay these later photos by pairs of points; by the skin where there are none."""
        first = self.entries[0].photo
        for photo_id, pairs in pairs_of.items():
            self.shelf.pairs[(first.id, photo_id)] = pairs
        self.cancel()
        self.stopped = False
        self.entries = tuple(
            replace(entry, refused=None, alignment=None, change=None)
            if entry.photo.id in pairs_of
            else entry
            for entry in self.entries
        )
        self.go_on()

    def set_stopped(self, stopped: bool) -> None:
        """Lay no more photos on the first one for now, or go on with it."""
        self.stopped = stopped
        if stopped:
            self.cancel()
        self.go_on()

    def set_paused(self, paused: bool) -> None:
        """Lay nothing while points are clicked."""
        self.paused = paused
        if paused:
            self.cancel()
        self.go_on()

    def cancel(self) -> None:
        """Let go of what is under way."""
        for job in self._jobs:
            job.cancel()
        self._waiting, self._jobs = [], []
        self._round += 1

    def forget(self) -> None:
        """Let go of every picture."""
        self.cancel()
        self.entries = ()

    # -- how far it is

    @property
    def reading(self) -> bool:
        """Whether photos are being read."""
        return any(entry.image is None and entry.error is None for entry in self.entries)

    @property
    def working(self) -> bool:
        """Whether anything is under way."""
        return bool(self._jobs or self._waiting)

    @property
    def busy(self) -> bool:
        """Whether photos are being read, or laid on each other."""
        return self.reading or (bool(self.to_lay()) and not self.stopped)

    def to_lay(self) -> tuple[Entry, ...]:
        """The photos not laid on the first one yet; none where that one cannot be shown."""
        if not self.entries or self.entries[0].place is None:
            return ()
        return tuple(
            entry
            for entry in self.entries[1:]
            if entry.image is not None and entry.alignment is None and entry.refused is None
        )

    # -- doing it

    def go_on(self) -> None:
        """Read what is not read, draw anew what has other colours; then lay one after the other."""
        if self.working:
            return
        if works := self._to_draw():
            self._do(works)
            return
        self.changed.emit()
        if self.stopped or self.paused:
            return
        if waiting := self.to_lay():
            self._do([partial(self._laid, self.entries[0], waiting[0])])
        elif (by := self._tells_mm()) is not None:
            self._do([partial(self._scaled, self.entries[0], by)])

    def _to_draw(self) -> list[_Work]:
        """Photos to read; once all are, those to draw with other colours."""
        unread = [each for each in self.entries if each.image is None and each.error is None]
        if unread:
            return [partial(self._read, each.photo) for each in unread]
        return [
            partial(self._redrawn, each)
            for each in self.entries
            if each.image is not None and each.matched != self.matched
        ]

    def _tells_mm(self) -> Entry | None:
        """A photo laid on the first one whose scale is to be that one's too."""
        first = next(iter(self.entries), None)
        if first is None or first.place is None or first.place.in_mm or first.unscaled:
            return None
        laid = [entry for entry in self.entries if entry.alignment is not None]
        return next((e for e in laid if e.photo.scale and not e.photo.draft), None)

    def _read(self, photo: ComparePhoto, _job: Job) -> Entry:
        return read_entry(self._clinic, photo, matched=self.matched)

    def _redrawn(self, entry: Entry, _job: Job) -> Entry:
        return drawn_again(self._clinic, entry, matched=self.matched)

    def _scaled(self, first: Entry, by: Entry, _job: Job) -> Entry:
        return scaled_first(self._clinic, first, by, matched=self.matched)

    def _laid(self, first: Entry, entry: Entry, job: Job) -> Entry:
        """On a worker: from the shelf where it was found before."""
        pairs = self.shelf.of(first.photo, entry.photo)
        key = (_key(first.photo), _key(entry.photo), pairs)
        found = self.shelf.found.get(key)
        if isinstance(found, WoundtrackError):
            return replace(entry, refused=found)
        laid = laid_entry(
            self._clinic, first, entry, found=found, pairs=pairs, matched=self.matched,
            watch=partial(_watch, job),
        )  # fmt: skip
        result = laid.alignment or laid.refused
        if isinstance(result, AlignError) or laid.alignment is not None:
            assert result is not None
            self.shelf.found[key] = result
        return laid

    def _do(self, works: Iterable[_Work]) -> None:
        self._waiting = list(works)
        self._begin()
        self.changed.emit()

    def _begin(self) -> None:
        while self._waiting and len(self._jobs) < AT_ONCE:
            self._run(self._waiting.pop(0), self._round)

    def _run(self, work: _Work, number: int) -> None:
        def on_worker(job: Job) -> Entry | None:
            try:
                return None if job.cancelled else work(job)
            except StoppedError:
                return None

        def done(entry: Entry | None) -> None:
            if number == self._round and entry is not None:
                self._jobs.remove(job)
                self._arrived(entry)

        job = self._background.run(on_worker, done=done, with_job=True)
        self._jobs.append(job)

    def _arrived(self, entry: Entry) -> None:
        before = self.entries[0].place
        self.entries = tuple(
            entry if each.photo.id == entry.photo.id else each for each in self.entries
        )
        if before is not None and self.entries[0].place != before:
            # What lies on the first photo goes with it: by what was found, so that is quick.
            first, *later = (replace(each, alignment=None) for each in self.entries)
            self.entries = (first, *later)
        self._begin()
        if self._jobs:
            self.changed.emit()
        else:
            self.go_on()


def _watch(job: Job) -> None:
    if job.cancelled:
        raise StoppedError


def _key(photo: ComparePhoto) -> _Known:
    return photo.id, photo.outline, photo.scale, photo.value.head_angle_deg


def _key_of_shot(shot: "Shot") -> _Known:
    """The same of a photo that is to become part of a film."""
    wound = shot.wound if shot.wound is not None and shot.wound.rings else None
    return shot.photo_id or 0, wound, shot.scale, shot.head_angle_deg


def _kept(entry: Entry | None, photo: ComparePhoto, *, same_first: bool) -> Entry:
    """What is known of a photo that goes on being shown."""
    if entry is None or entry.photo != photo or entry.error is not None:
        return Entry(photo)
    if same_first or entry.alignment is None:
        return entry if same_first else replace(entry, refused=None)
    return Entry(photo)  # it lies on another first photo: it is drawn anew
