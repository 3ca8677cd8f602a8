"""Where imported photos are sorted: into the visit, or on a pile that asks a question."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from ui.importing import ImportRun
from ui.pages.visit.album import AddedPhoto
from ui.pages.visit.card_owner import CardOwner, PriorPlace, owner_of, prior_place
from ui.pages.visit.session import VisitSession
from woundtrack.errors import WoundtrackError
from woundtrack.photo.importing import (
    Outcome,
    Place,
    Situation,
    Taken,
    may_be_deleted,
    place,
    proposed_date,
)

TELL_AFTER_MS = 40


@dataclass(frozen=True, slots=True)
class ImportLine:
    """What became of one file. A waiting one has its question in `place`."""

    path: Path
    outcome: Outcome
    taken: Taken | None = None
    place: Place | None = None
    error: WoundtrackError | None = None
    photo_id: int | None = None
    visit_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Photos that wait for the same answer. `on` or `card_code` says which pile it is."""

    place: Place
    paths: tuple[Path, ...]
    on: dt.date | None = None
    card_code: str = ""


class ImportDesk(QObject):
    """Takes what the import brings, and puts it into the visit when nothing contradicts."""

    changed = Signal()

    def __init__(self, session: VisitSession, *, today: Callable[[], dt.date]) -> None:
        super().__init__(session)
        self._session = session
        self._today = today
        self._teller = QTimer(self, singleShot=True, interval=TELL_AFTER_MS)
        self._teller.timeout.connect(self.changed)
        self.lines: dict[Path, ImportLine] = {}
        self.owners: dict[str, CardOwner | None] = {}
        self.priors: dict[Path, PriorPlace] = {}
        self.progress = (0, 0)
        self.cancelled = False
        self.run = ImportRun(session.clinic, session.background, self)
        self.run.taken.connect(self._take)
        self.run.refused.connect(self._refuse)
        self.run.left_over.connect(self._leave_over)
        self.run.progressed.connect(self._count)
        self.run.finished.connect(self._finish)

    def clear(self) -> None:
        """Begin with another visit."""
        self.run.cancel()
        self.lines, self.owners, self.priors = {}, {}, {}
        self._tell()

    def import_files(self, paths: Iterable[Path]) -> None:
        """Bring these files and folders into the visit."""
        self._session.album.proposals.hold(True)
        self.cancelled = False
        self.run.start(paths)
        self._tell()

    def take_in(self, photos: Iterable[Taken]) -> None:
        """Sort photos that lie in the vault already, as if they came from a file now."""
        for taken in photos:
            self._take(taken)
        self._tell()

    def _tell(self) -> None:
        if not self._teller.isActive():
            self._teller.start()

    # -- what comes in

    def _take(self, taken: Taken) -> None:
        state = self._session.state
        if state is None:
            return
        situation = Situation(
            patient_code=state.patient.value.code,
            born_on=state.patient.value.birth_date,
            today=self._today(),
            visit_on=state.on,
            photo_ids=frozenset(photo.id for photo in state.photos),
        )
        where = place(taken, situation)
        if where is not Place.OTHER_CARD and self._is_double(taken):
            where = Place.ALREADY_HERE
        if where is Place.HERE:
            on, _problem = proposed_date(
                taken.photo, born_on=situation.born_on, today=situation.today
            )
            assert on is not None
            self._add(taken, on)
        elif where is Place.ALREADY_HERE:
            self._put(ImportLine(taken.path, Outcome.KEPT_ONCE, taken, where))
        else:
            self._put(ImportLine(taken.path, Outcome.WAITING, taken, where))
            self._look_up(taken, where)

    def _is_double(self, taken: Taken) -> bool:
        """The same bytes came in the same import, or lie in this visit."""
        state = self._session.state
        known = {photo.value.vault_name for photo in state.photos} if state else set()
        alive = (Outcome.ADDED, Outcome.WAITING)
        known |= {
            line.taken.vault_name
            for line in self.lines.values()
            if line.taken and line.outcome in alive and line.path != taken.path
        }
        return taken.vault_name in known

    def _add(self, taken: Taken, on: dt.date, *, own_card: bool = True) -> None:
        state = self._session.state
        if state is None:
            return
        if state.on is None:
            state.on = on  # so that a photo of another day, read meanwhile, is told apart
        line = ImportLine(taken.path, Outcome.ADDED, taken)

        def done(added: AddedPhoto) -> None:
            self._put(replace(line, photo_id=added.photo.id, visit_on=added.visit.value.on))

        def failed(error: Exception) -> None:
            assert isinstance(error, WoundtrackError)
            for each in list(self.lines.values()):
                # The same bytes again were to be kept once, beside this one that was not kept.
                twin = each.taken is not None and each.taken.vault_name == taken.vault_name
                if each.path == taken.path or (twin and each.outcome is Outcome.KEPT_ONCE):
                    self._put(replace(each, outcome=Outcome.FAILED, error=error))

        self.lines[taken.path] = line
        self._session.album.add_photo(taken, on, done=done, failed=failed, own_card=own_card)

    def _refuse(self, path: Path, error: WoundtrackError) -> None:
        self._put(ImportLine(path, Outcome.FAILED, error=error))

    def _leave_over(self, paths: tuple[Path, ...]) -> None:
        for path in paths:
            self._put(ImportLine(path, Outcome.CANCELLED))

    def _put(self, line: ImportLine) -> None:
        self.lines[line.path] = line
        self._tell()

    def _count(self, done: int, total: int) -> None:
        self.progress = (done, total)
        self._tell()

    def _finish(self, cancelled: bool) -> None:
        self.cancelled = cancelled
        self._session.album.proposals.hold(False)
        self._tell()

    def _look_up(self, taken: Taken, where: Place) -> None:
        """Find out whose card it is, or where the photo already lies, to be shown."""
        session, clinic = self._session, self._session.clinic
        if where is Place.OTHER_CARD:
            code = foreign_code(taken, session)
            if code in self.owners:
                return
            self.owners[code] = None
            session.background.run(
                lambda: owner_of(clinic, code),
                done=lambda owner: self._known(self.owners, code, owner),
                failed=session.failed.emit,
            )
        elif where is Place.ALREADY_ELSEWHERE:
            session.background.run(
                lambda: prior_place(clinic, taken.already_at[0]),
                done=lambda prior: self._known(self.priors, taken.path, prior),
                failed=session.failed.emit,
            )

    def _known(self, store: dict, key: object, value: object) -> None:  # type: ignore[type-arg]
        store[key] = value
        self._tell()

    # -- questions and answers

    @property
    def waiting(self) -> int:
        """How many photos wait for an answer."""
        return sum(line.outcome is Outcome.WAITING for line in self.lines.values())

    def to_come(self) -> tuple[Path, ...]:
        """The files that are in no visit yet: under way, or waiting for an answer."""
        files = [line for line in self.lines.values() if line.taken and not line.taken.kept]
        adding = [one.path for one in files if one.outcome is Outcome.ADDED and not one.photo_id]
        asked = [one.path for one in files if one.outcome is Outcome.WAITING]
        return (*self.run.to_come(), *adding, *asked)

    def questions(self) -> list[Question]:
        """The piles that wait, strangers' cards first."""
        piles: dict[tuple[Place, dt.date | None, str], list[Path]] = {}
        for line in self.lines.values():
            if line.outcome is not Outcome.WAITING or line.taken is None or line.place is None:
                continue
            taken_at = line.taken.photo.taken_at
            is_day = line.place is Place.OTHER_DAY and taken_at is not None
            stranger = line.place is Place.OTHER_CARD
            key = (
                line.place,
                taken_at.date() if is_day and taken_at else None,
                foreign_code(line.taken, self._session) if stranger else "",
            )
            piles.setdefault(key, []).append(line.path)
        order = [Place.OTHER_CARD, Place.NO_DATE, Place.OTHER_DAY, Place.ALREADY_ELSEWHERE]
        return [
            Question(place=key[0], paths=tuple(paths), on=key[1], card_code=key[2])
            for key, paths in sorted(
                piles.items(), key=lambda pile: (order.index(pile[0][0]), str(pile[0][1]))
            )
        ]

    def accept(self, question: Question, *, on: dt.date | None = None) -> None:
        """Yes, these photos belong to this patient's visit of `on`, or to the open visit.

        A photo stopped by its card or as a double goes on to the questions about its day.
        """
        state = self._session.state
        for path in question.paths:
            taken = self.lines[path].taken
            if taken is None or state is None:
                continue
            if question.place is Place.OTHER_CARD:
                self._take(replace(taken, cards=()))
            elif day := on or self._day_of(taken, question, state.on):
                self._add(taken, day, own_card=question.place is not Place.OTHER_CARD)
            else:
                self._put(replace(self.lines[path], place=Place.NO_DATE))
        self._tell()

    def _day_of(self, taken: Taken, question: Question, visit_on: dt.date | None) -> dt.date | None:
        if visit_on is not None or question.place is not Place.ALREADY_ELSEWHERE:
            return visit_on
        born_on = (
            self._session.state.patient.value.birth_date if self._session.state else dt.date.min
        )
        return proposed_date(taken.photo, born_on=born_on, today=self._today())[0]

    def leave_out(self, question: Question) -> None:
        """No, these photos are not taken in; those that lie elsewhere are safe there."""
        safe = question.place is Place.ALREADY_ELSEWHERE
        outcome = Outcome.KEPT_ONCE if safe else Outcome.LEFT_OUT
        for path in question.paths:
            self._put(replace(self.lines[path], outcome=outcome))

    def deletable(self) -> tuple[Path, ...]:
        """The originals that may now be deleted from the camera's card."""
        lines = self.lines.values()
        recorded = {
            line.taken.vault_name for line in lines if line.taken and line.photo_id is not None
        }
        return may_be_deleted(
            (line.path, line.outcome)
            for line in lines
            if line.taken and not line.taken.kept and _is_safe(line.taken, recorded)
        )


def _is_safe(taken: Taken, recorded: set[str]) -> bool:
    """Whether a record names these bytes: not where they only came twice, and wait."""
    return bool(taken.already_at) or taken.vault_name in recorded


def foreign_code(taken: Taken, session: VisitSession) -> str:
    """The code of the card that is not of the open patient."""
    own = session.state.patient.value.code if session.state else ""
    return next((card.patient_code for card in taken.cards if card.patient_code != own), "")
