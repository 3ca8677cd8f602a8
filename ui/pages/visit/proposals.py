"""Looks through photos one after the other for scale and wound, the shown photo first."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from ui.background import Background, Job
from ui.pages.visit.analysis import Proposal, analyse
from woundtrack.records import Stored, VisitPhoto
from woundtrack.scale.types import Scale
from woundtrack.store.clinic import Clinic


class ProposalQueue(QObject):
    """One photo at a time, so that the person's own work keeps the machine."""

    ready = Signal(object)
    failed = Signal(int, object)
    changed = Signal()

    def __init__(self, clinic: Clinic, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._clinic = clinic
        self._background = background
        self._waiting: dict[int, tuple[Stored[VisitPhoto], bool, bool]] = {}
        self._job: Job | None = None
        self._now: int | None = None
        self._round = 0
        self._held = False
        self.scale_of: Callable[[int], Scale | None] = lambda _photo_id: None
        # The first proposal should not wait for the network's file to be read.
        background.run(_read_network)

    def hold(self, held: bool) -> None:
        """Wait while photos are still coming in, or go on."""
        self._held = held
        self._next()

    def add(self, photo: Stored[VisitPhoto], *, scale: bool, outline: bool) -> None:
        """Ask for what is missing in a photo."""
        if scale or outline:
            self._waiting[photo.id] = (photo, scale, outline)
            self._next()

    def first(self, photo_id: int) -> None:
        """Take this photo before the others: it is the one being looked at."""
        if photo_id in self._waiting:
            self._waiting = {photo_id: self._waiting.pop(photo_id), **self._waiting}

    def clear(self) -> None:
        """Forget all questions; an answer still to come is dropped."""
        self._round += 1
        self._waiting.clear()
        self._now = None
        self._job = None

    def is_waiting(self, photo_id: int) -> bool:
        """Whether a photo is still to be looked through."""
        return photo_id in self._waiting or photo_id == self._now

    @property
    def count(self) -> int:
        """How many photos are still to be looked through."""
        return len(self._waiting) + (self._now is not None)

    def _next(self) -> None:
        if self._now is not None or not self._waiting or self._held:
            return
        photo_id = next(iter(self._waiting))
        photo, scale, outline = self._waiting.pop(photo_id)
        if scale and outline:
            # Scales are quick and come first for all photos; outlines follow.
            self._waiting[photo_id] = (photo, False, True)
            outline = False
        self._now, this_round = photo_id, self._round
        known = self.scale_of(photo_id)

        def on_done(proposal: Proposal) -> None:
            if this_round == self._round:
                self._now = None
                self.ready.emit(proposal)
                self._finish()

        def on_failed(error: Exception) -> None:
            if this_round == self._round:
                self._now = None
                self.failed.emit(photo_id, error)
                self._finish()

        self._job = self._background.run(
            lambda: analyse(
                self._clinic, photo, want_scale=scale, want_outline=outline, known_scale=known
            ),
            done=on_done,
            failed=on_failed,
        )
        self.changed.emit()

    def _finish(self) -> None:
        self.changed.emit()
        self._next()


def _read_network() -> None:
    from woundtrack.outline.network import network_status

    network_status()
