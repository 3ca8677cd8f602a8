"""Saves drafts one after the other, each with everything that changed meanwhile."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from ui.background import Background
from ui.pages.visit import corrections, drafts
from ui.pages.visit.corrections import TakenUp
from ui.pages.visit.saved import apply_saved, show_preview
from ui.pages.visit.state import Cell, Key, VisitState
from woundtrack.photo.types import Pixels
from woundtrack.store.clinic import Clinic

PAUSE_MS = 120
"""Changes closer together than this are saved as one."""
LONGEST_MS = 1000
"""A change waits no longer than this for a pause: so much a crash may cost, and no more."""


class DraftSaver(QObject):
    """Keeps one state saved. Only one act is under way at any time, so none overtakes."""

    saved = Signal()
    failed = Signal(object)

    def __init__(self, clinic: Clinic, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._clinic = clinic
        self._background = background
        self.state: VisitState | None = None
        self.pixels_at_hand: Callable[[int], Pixels | None] = lambda _photo_id: None
        self.dirty: set[Key] = set()
        self._remeasure: set[Cell] = set()
        self._kept = True
        """Whether the store has the correction of a confirmed visit as it stands."""
        self._under_way = False
        self._after: list[Callable[[], None]] = []
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._start)
        self._waiting = QElapsedTimer()

    def set_state(self, state: VisitState | None) -> None:
        """Begin with another visit; the last one's drafts must have been flushed."""
        self.state = state
        self.dirty.clear()
        self._remeasure.clear()
        self._kept = True
        self._timer.stop()

    def resume(self, taken_up: TakenUp) -> None:
        """Go on with a correction that the store kept; it needs measuring, but no writing."""
        self.dirty |= taken_up.keys
        self._remeasure |= taken_up.cells
        if self.state is not None and self._kept:
            self._correct(self.state, lambda snapshot: drafts.preview(self._clinic, snapshot))

    def discard(self, done: Callable[[], None]) -> None:
        """Forget the correction, on the page and in the store, after any save under way."""
        self.dirty.clear()
        self._remeasure.clear()
        self._kept = True
        self._timer.stop()
        if self._under_way:
            self._after.append(lambda: self.discard(done))
            return
        visit = self.state.visit if self.state else None
        if visit is None:
            done()
            return
        self._background.run(
            lambda: self._clinic.write(lambda writer: writer.drop_correction(visit.id)),
            done=lambda _none: done(),
            failed=self.failed.emit,
        )

    def adopt(self, state: VisitState) -> None:
        """Go on with a visit found in the store, keeping what is still to be saved."""
        self.state = state
        self._kept = False
        self._start_soon()

    def touch(self, *keys: Key, cells: tuple[Cell, ...] = ()) -> None:
        """Say what changed; `cells` must be measured again."""
        self.dirty.update(keys)
        self._remeasure.update(cells)
        self._kept = False
        self._start_soon()

    def _start_soon(self) -> None:
        if not self._timer.isActive():
            self._waiting.start()
        elif self._waiting.elapsed() > LONGEST_MS - PAUSE_MS:
            return
        self._timer.start()

    @property
    def pending(self) -> bool:
        """Whether anything is not yet in the record, or a correction not confirmed."""
        return self._under_way or bool(self.dirty or self._remeasure)

    @property
    def _waits(self) -> bool:
        """Whether anything is to be written now."""
        if self._must_hold() or not (self.dirty or self._remeasure):
            return False
        return not (self.state and self.state.confirmed and self._kept)

    def flush(self, then: Callable[[], None]) -> None:
        """Save what waits, then call `then` (also after a failure, which is told before)."""
        waits = self._waits or self._lacks_visit or self._lacks_day
        if not self._under_way and not waits:
            then()
            return
        self._after.append(then)
        self._timer.stop()
        if not self._under_way:
            self._start(leaving=True)

    def confirm(self, *, reason: str, done: Callable[[], None]) -> None:
        """Confirm the whole visit in one act, after any save under way."""
        if self._under_way:
            self._after.append(lambda: self.confirm(reason=reason, done=done))
            return
        self._timer.stop()
        state, snapshot = self.state, self._take()
        assert state is not None
        self._run(
            lambda: drafts.confirm(self._clinic, snapshot, reason=reason),
            state,
            snapshot,
            done=done,
        )

    def _must_hold(self) -> bool:
        """A visit without a day is not saved yet."""
        return self.state is None or self.state.visit is None or self._clinic.read_only

    @property
    def _lacks_visit(self) -> bool:
        """Whether all that a save waits for is the visit's record, which it can make itself."""
        state = self.state
        if state is None or state.visit is not None or state.on is None:
            return False
        return bool(self.dirty) and not self._clinic.read_only

    @property
    def _lacks_day(self) -> bool:
        """Whether something was typed in a visit without a day that the store does not have."""
        state = self.state
        if state is None or state.visit is not None or state.on is not None or self._kept:
            return False
        return bool(self.dirty) and not self._clinic.read_only

    def _keep_without_day(self, state: VisitState) -> None:
        """It is no record yet; what was typed is kept against loss all the same."""
        snapshot = drafts.Snapshot(drafts.copy_of(state), frozenset(self.dirty))
        self._under_way = self._kept = True

        def on_done(slip: str) -> None:
            self._under_way = False
            state.slip = slip
            if self._lacks_day and not self._after:
                self._start_soon()
            self._go_on()

        def on_failed(error: Exception) -> None:
            self._under_way = self._kept = False
            self.failed.emit(error)
            self._let_go()

        self._background.run(
            lambda: corrections.keep_without_day(self._clinic, snapshot),
            done=on_done,
            failed=on_failed,
        )

    def _start(self, *, leaving: bool = False) -> None:
        state = self.state
        if state is not None and self._lacks_day and not self._under_way:
            self._keep_without_day(state)
            return
        wanted = self._waits or (leaving and self._lacks_visit)
        if self._under_way or state is None or not wanted:
            return
        if state.confirmed:
            self._correct(state, lambda snapshot: corrections.keep(self._clinic, snapshot))
        else:
            snapshot = self._take()
            self._run(lambda: drafts.save(self._clinic, snapshot), state, snapshot)

    def _take(self) -> drafts.Snapshot:
        assert self.state is not None
        snapshot = drafts.Snapshot(
            state=drafts.copy_of(self.state),
            dirty=frozenset(self.dirty),
            remeasure=frozenset(self._remeasure),
            pixels=self._pixels(),
        )
        self.dirty.clear()
        self._remeasure.clear()
        return snapshot

    def _pixels(self) -> dict[int, Pixels]:
        """The photos at hand of what must be measured; the worker reads the others."""
        photos = {photo_id for photo_id, _lesion in self._remeasure}
        found = {photo_id: self.pixels_at_hand(photo_id) for photo_id in photos}
        return {photo_id: pixels for photo_id, pixels in found.items() if pixels is not None}

    def _run(
        self,
        work: Callable[[], drafts.Saved],
        state: VisitState,
        snapshot: drafts.Snapshot,
        *,
        done: Callable[[], None] = lambda: None,
    ) -> None:
        self._under_way = True

        def on_done(saved: drafts.Saved) -> None:
            self._under_way = False
            apply_saved(state, saved, newer=self.dirty)
            self.saved.emit()
            done()
            self._go_on()

        def on_failed(error: Exception) -> None:
            self._under_way = False
            self.dirty |= snapshot.dirty
            self._remeasure |= snapshot.remeasure
            self.failed.emit(error)
            self._let_go()

        self._background.run(work, done=on_done, failed=on_failed)

    def _go_on(self) -> None:
        if self._waits or (self._after and self._lacks_day):
            self._start()
        else:
            self._let_go()

    def _let_go(self) -> None:
        waiting, self._after = self._after, []
        for then in waiting:
            then()

    def _correct(
        self, state: VisitState, work: Callable[[drafts.Snapshot], drafts.Preview]
    ) -> None:
        """Measure a correction; the record itself is written when it is confirmed."""
        snapshot = drafts.Snapshot(
            state=drafts.copy_of(state),
            dirty=frozenset(self.dirty),
            remeasure=frozenset(self._remeasure),
            pixels=self._pixels(),
        )
        self._under_way = self._kept = True

        def on_done(shown: drafts.Preview) -> None:
            self._under_way = False
            if self._kept and state is self.state:  # else newer changes are shown soon
                show_preview(state, shown)
            self.saved.emit()
            self._go_on()

        def on_failed(error: Exception) -> None:
            self._under_way = self._kept = False
            self.failed.emit(error)
            self._let_go()

        self._background.run(lambda: work(snapshot), done=on_done, failed=on_failed)
