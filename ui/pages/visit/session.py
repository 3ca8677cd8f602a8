"""The one visit being worked on: every change goes through here and is kept as a draft."""

import datetime as dt

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from ui.background import Background
from ui.pages.visit.album import Album
from ui.pages.visit.corrections import TakenUp, VisitRead, read_visit, take_up
from ui.pages.visit.day_keeper import DayKeeper
from ui.pages.visit.pixels import PixelStore
from ui.pages.visit.recall import follow_day, list_lesions, state_of
from ui.pages.visit.saver import DraftSaver
from ui.pages.visit.state import (
    Cell,
    VisitState,
    assessment_key,
    outline_key,
    scale_key,
)
from ui.pages.visit.tissue_keeper import TissueKeeper
from ui.pages.visit.unfinished import Unfinished
from woundtrack.outline.types import Outline
from woundtrack.records import (
    Assessment,
    PatientHistory,
    PhotoOutline,
    PhotoScale,
    Stored,
    Visit,
)
from woundtrack.scale.types import Scale
from woundtrack.store.clinic import Clinic
from woundtrack.store.types import PendingCorrection

SHOW_AFTER_MS = 15
"""Changes this close together are shown at once: an import of many photos stays smooth."""


class VisitSession(QObject):
    """Holds the state, saves it, and asks for pixels and proposals."""

    loaded = Signal()
    changed = Signal()
    failed = Signal(object)
    confirmed = Signal()
    adopted = Signal()
    visit_known = Signal()
    """The state has its visit's record, made or found."""
    taken_up = Signal(object)
    """A correction that the store kept is on the page again."""

    def __init__(self, clinic: Clinic, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self.clinic = clinic
        self.background = background
        self.state: VisitState | None = None
        self._teller = QTimer(self, singleShot=True, interval=SHOW_AFTER_MS)
        self._teller.timeout.connect(self.changed)
        self.history: PatientHistory | None = None
        self.pixels = PixelStore(clinic, background, self)
        self.saver = DraftSaver(clinic, background, self)
        self.saver.pixels_at_hand = self.pixels.get
        self.saver.saved.connect(self.tell)
        self.saver.failed.connect(self.failed)
        self.pixels.failed.connect(lambda _id, error: self.failed.emit(error))
        self.album = Album(self)
        self.tissue = TissueKeeper(self)
        self.unfinished = Unfinished(self)
        self.day = DayKeeper(self)

    def tell(self) -> None:
        """Have `changed` sent soon, once for all changes until then."""
        if not self._teller.isActive():
            self._teller.start()

    # -- opening

    def open(self, patient_id: int, visit_id: int | None, on: dt.date | None = None) -> None:
        """Load a visit of a patient, or begin a new one (None)."""
        self._forget()
        user_id = self.clinic.user.id
        self.background.run(
            lambda: self.clinic.read(
                lambda reader: read_visit(reader, patient_id, visit_id, user_id=user_id)
            ),
            done=lambda found: self._show(found, visit_id, on),
            failed=self.failed.emit,
            key="open visit",
        )

    def _forget(self) -> None:
        self.state = None
        self.album.forget()
        self.tissue.forget()
        self.pixels.clear()
        self.saver.set_state(None)

    def _show(self, found: VisitRead, visit_id: int | None, on: dt.date | None) -> None:
        self.history, self.unfinished.kept = found.history, found.without_day
        self.state = state_of(found.history, visit_id=visit_id)
        self.state.read_only = self.clinic.read_only
        if on is not None and self.state.on is None:
            self.state.on = on
        self.saver.set_state(self.state)
        taken_up = self.take_up(self.state, found.kept)
        for photo in self.state.photos:
            self.album.ask(photo)
        self.loaded.emit()
        if taken_up is not None:
            self.taken_up.emit(taken_up)
        self.tell()

    def take_up(self, state: VisitState, kept: PendingCorrection | None) -> TakenUp | None:
        """Put a correction that was kept, and never confirmed, on the page again."""
        if kept is None or self.history is None or not state.confirmed or state.read_only:
            return None
        taken_up = take_up(state, kept, self.history)
        self.saver.resume(taken_up)
        return taken_up

    # -- the day

    def set_date(self, on: dt.date, *, today: dt.date | None = None) -> None:
        """Give the visit its day; one that is stored already is moved to it."""
        self.day.give(on, today=today)

    def set_visit(self, state: VisitState, visit: Stored[Visit]) -> None:
        """Take over the visit's record once it is made or moved to another day."""
        if state is not self.state or not isValid(self):  # the page was made anew meanwhile
            return
        state.visit, state.on = visit, visit.value.on
        self.recall_previous(state)
        self.saver.touch()
        self.visit_known.emit()
        self.tell()

    def recall_previous(self, state: VisitState) -> None:
        """Show what was found before the state's day."""
        if self.history:
            follow_day(self.history, state)

    def call(self, lesion_id: int) -> None:
        """Show a closed or lost lesion here, because it is open again."""
        if self.state and self.history and not self.state.locked:
            self.state.called.add(lesion_id)
            list_lesions(self.history, self.state)
            self.tell()

    # -- findings

    def set_lesion_in_photo(self, photo_id: int, lesion_id: int, present: bool) -> None:
        """Say whether a photo shows a lesion."""
        state, cell = self.state, (photo_id, lesion_id)
        if state is None or state.locked or (cell in state.cells(photo_id)) == present:
            return
        value = PhotoOutline(photo_id, lesion_id, Outline()) if present else None
        state.values[outline_key(cell)] = value
        if not present:
            state.problems.pop(cell, None)
        self._touch(cell)
        self.album.use_proposed(photo_id)
        self.tell()

    def set_outline(self, cell: Cell, outline: Outline, *, by_person: bool = True) -> None:
        """Keep a lesion's outline in a photo."""
        state = self.state
        if state is None or state.locked:
            return
        state.values[outline_key(cell)] = self.tissue.outlined(state, cell, outline)
        state.outline_problems.pop(cell[0], None)
        (state.seen.add if by_person else state.seen.discard)(cell)
        self._touch(cell)
        self.tell()

    def _touch(self, cell: Cell) -> None:
        self.saver.touch(outline_key(cell), assessment_key(cell[1]), cells=(cell,))

    def set_scale(self, photo_id: int, scale: Scale | None) -> None:
        """Decide a photo's scale; None says that it has none, on purpose."""
        self.put_scale(photo_id, PhotoScale(photo_id, scale))

    def put_scale(self, photo_id: int, decided: PhotoScale | None) -> None:
        """Keep what is decided of a photo's scale; None: nothing is."""
        state = self.state
        if state is None or state.locked or state.photo(photo_id) is None:
            return
        state.values[scale_key(photo_id)] = decided
        self.saver.touch(scale_key(photo_id), cells=self.cells(photo_id))
        self.tell()

    def cells(self, photo_id: int) -> tuple[Cell, ...]:
        """The lesions in a photo."""
        return tuple(self.state.cells(photo_id)) if self.state else ()

    def set_assessment(self, lesion_id: int, value: Assessment) -> None:
        """Keep what was noted of a lesion."""
        state = self.state
        if state is None or state.locked or state.assessment(lesion_id) == value:
            return
        state.values[assessment_key(lesion_id)] = value
        self.saver.touch(assessment_key(lesion_id))
        self.day.ensure_visit()
        self.tell()

    def choose(self, lesion_id: int, photo_id: int) -> None:
        """Say which photo's measurement counts for a lesion."""
        if self.state and not self.state.locked:
            self.state.chosen[lesion_id] = photo_id
            self.saver.touch(assessment_key(lesion_id))
            self.tell()

    # -- the end

    def start_correction(self) -> None:
        """Open a confirmed visit for a correction, which its confirmation will explain."""
        if self.state and self.state.confirmed and not self.clinic.read_only:
            self.state.correcting = True
            for photo in self.state.photos:
                self.album.ask(photo)
            self.tell()

    def confirm(self, *, reason: str = "") -> None:
        """Make everything the record, in one act by who is signed in."""
        self.saver.confirm(reason=reason, done=self._on_confirmed)

    def _on_confirmed(self) -> None:
        if self.state:
            self.state.correcting = False
        self.confirmed.emit()
        self.tell()
