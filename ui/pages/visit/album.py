"""The photos of the visit: how they come in, go out, and what is proposed for each."""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.pages.visit import drafts
from ui.pages.visit.analysis import Proposal
from ui.pages.visit.proposals import ProposalQueue
from ui.pages.visit.state import VisitState, assessment_key, outline_key, scale_key
from woundtrack.errors import WoundtrackError
from woundtrack.outline.types import Outline
from woundtrack.photo.importing import Taken, date_source, lesion_label
from woundtrack.records import PhotoOutline, Stored, Visit, VisitPhoto
from woundtrack.scale.types import Scale
from woundtrack.store.clinic import Clinic

if TYPE_CHECKING:
    from ui.pages.visit.session import VisitSession

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AddedPhoto:
    """A photo in its visit; `outline` says which lesion the card named, where it did."""

    visit: Stored[Visit]
    photo: Stored[VisitPhoto]
    visit_was_there: bool
    outline: Stored[PhotoOutline] | None = None


class Album(QObject):
    """Adds photos to the visit, takes them out, and puts proposals where they belong."""

    photo_added = Signal(int)

    def __init__(self, session: "VisitSession") -> None:
        super().__init__(session)
        self._session = session
        self.proposed: dict[int, Outline] = {}
        self._held: list[AddedPhoto] = []
        """Photos of a day whose visit is being looked up; they are shown once it is there."""
        self.proposals = ProposalQueue(session.clinic, session.background, self)
        self.proposals.scale_of = self._known_scale
        self.proposals.ready.connect(self._take_proposal)
        self.proposals.failed.connect(lambda _id, error: session.failed.emit(error))
        self.proposals.changed.connect(session.tell)
        session.visit_known.connect(self._show_held)

    def forget(self) -> None:
        """Another visit is opened: drop what was asked and proposed."""
        self.proposals.clear()
        self.proposed.clear()
        self._held.clear()

    def _known_scale(self, photo_id: int) -> Scale | None:
        return self._session.state.scale(photo_id) if self._session.state else None

    def add_photo(
        self,
        taken: Taken,
        on: dt.date,
        *,
        done: Callable[[AddedPhoto], None],
        failed: Callable[[Exception], None],
        own_card: bool = True,
    ) -> None:
        """Put a photo that lies in the vault into the patient's visit of a day."""
        state = self._session.state
        if state is None:
            return
        lesion_id = self._lesion_for(state, taken if own_card else None, on)
        patient_id = state.patient.id
        value = VisitPhoto(
            visit_id=0,
            vault_name=taken.vault_name,
            photo=taken.photo,
            date_source=date_source(taken.photo, on),
            card_code=taken.cards[0].patient_code if taken.cards else "",
        )

        def on_done(added: AddedPhoto) -> None:
            self.show_added(added)
            done(added)

        self._session.background.run(
            lambda: add_photo(
                self._session.clinic, patient_id=patient_id, on=on, value=value, lesion_id=lesion_id
            ),
            done=on_done,
            failed=failed,
        )

    def _lesion_for(self, state: VisitState, taken: Taken | None, on: dt.date) -> int | None:
        """The lesion the card names, else the patient's only one; never a guess.

        A closed one that a card names is open again, or is photographed to show that it is not.
        """
        cards = taken.cards if taken else ()
        if label := lesion_label(cards, patient_code=state.patient.value.code):
            named = state.lesion_labelled(label)
            if named is None or named.value.became_others_by(on):
                return None
            self._session.call(named.id)
            return named.id
        return state.lesions[0].id if len(state.lesions) == 1 else None

    def show_added(self, added: AddedPhoto) -> None:
        """Show a photo that was put into the store, in whichever order the answers come."""
        state = self._session.state
        if state is None or state.patient.id != added.visit.value.patient_id:
            return
        if state.visit is None and state.on in (None, added.visit.value.on):
            if added.visit_was_there or self._held:
                state.on = added.visit.value.on
                self._held.append(added)
                self._session.day.reload(state, state.on)
                return
            self._session.set_visit(state, added.visit)
        if state.visit is None or state.visit.id != added.visit.id:
            return
        if state.photo(added.photo.id) is not None:
            return
        state.photos.append(added.photo)
        # In the order they were taken, as the store will give them back.
        state.photos.sort(key=lambda each: (taken_order(each.value), each.id))
        if added.outline:
            key = outline_key((added.photo.id, added.outline.value.lesion_id))
            state.stored[key] = added.outline
            state.values[key] = added.outline.value
        self.ask(added.photo)
        self.photo_added.emit(added.photo.id)
        self._session.tell()

    def _show_held(self) -> None:
        held, self._held = self._held, []
        for added in held:
            self.show_added(added)

    def remove_photo(self, photo_id: int) -> None:
        """Put a photo of this visit, with what was drawn on it, into the bin."""
        state, clinic = self._session.state, self._session.clinic
        if state is None or state.locked:
            return

        def done(_result: object) -> None:
            state = self._session.state
            if state is None or state.photo(photo_id) is None:
                return
            state.photos = [photo for photo in state.photos if photo.id != photo_id]
            for values in (state.values, state.stored):
                for key in [k for k in values if k[0] != "assessment" and k[1] == photo_id]:
                    del values[key]
            self._session.saver.touch(*(assessment_key(lesion.id) for lesion in state.lesions))
            self._session.tell()

        self._session.saver.flush(
            lambda: self._session.background.run(
                lambda: clinic.write(lambda writer: writer.delete(VisitPhoto, photo_id)),
                done=done,
                failed=self._session.failed.emit,
            )
        )

    def keep(self, photo_id: int, **facts: object) -> None:
        """Keep what a person told of a photo of this visit: fields of `VisitPhoto`."""
        state, clinic = self._session.state, self._session.clinic
        if state is None or state.locked or state.photo(photo_id) is None:
            return

        def act(writer: drafts.Writer) -> Stored[VisitPhoto]:
            # The latest: what was told just before may not have come back yet.
            latest = writer.get(VisitPhoto, photo_id)
            return writer.revise(latest, replace(latest.value, **facts))  # type: ignore[arg-type]

        def done(photo: Stored[VisitPhoto]) -> None:
            state.photos = [photo if each.id == photo_id else each for each in state.photos]
            self._session.tell()

        self._session.background.run(
            lambda: clinic.write(act), done=done, failed=self._session.failed.emit
        )

    def ask(self, photo: Stored[VisitPhoto]) -> None:
        state = self._session.state
        if state is None or state.locked or self._session.clinic.read_only:
            return
        drawn = any(state.outline(cell) for cell in state.cells(photo.id))
        self.proposals.add(photo, scale=state.photo_scale(photo.id) is None, outline=not drawn)

    def look_again(self, photo_id: int) -> None:
        """Look for card and ruler again, in place of the scale there is."""
        state = self._session.state
        photo = state.photo(photo_id) if state and not state.locked else None
        if state is None or photo is None:
            return
        state.values[scale_key(photo_id)] = None
        state.scale_problems.pop(photo_id, None)
        self._session.saver.touch(scale_key(photo_id), cells=self._session.cells(photo_id))
        self.proposals.add(photo, scale=True, outline=False)
        self._session.tell()

    def _take_proposal(self, proposal: Proposal) -> None:
        state = self._session.state
        if state is None or state.locked or state.photo(proposal.photo_id) is None:
            return
        photo_id = proposal.photo_id
        if proposal.warnings is not None:
            state.quality[photo_id] = proposal.warnings
        if proposal.circumstances is not None:
            state.circumstances[photo_id] = proposal.circumstances
        if proposal.scale is not None and state.photo_scale(photo_id) is None:
            self._session.set_scale(photo_id, proposal.scale)
        elif proposal.scale_error is not None:
            state.scale_problems[photo_id] = proposal.scale_error
        if proposal.outline_warnings is not None:
            state.outline_warnings[photo_id] = proposal.outline_warnings
        if proposal.outline_error is not None:
            state.outline_problems[photo_id] = proposal.outline_error
        if proposal.outline is not None:
            self.proposed[photo_id] = proposal.outline
            self.use_proposed(photo_id)
        self._session.tell()

    def use_proposed(self, photo_id: int) -> None:
        """A proposed outline is the only lesion's of its photo; of several it is nobody's."""
        state = self._session.state
        outline = self.proposed.get(photo_id)
        if state is None or outline is None:
            return
        cells = state.cells(photo_id)
        for cell in cells if len(cells) > 1 else ():
            if state.outline(cell) == outline and cell not in state.seen:
                # It went to the one named first, and nobody has looked at it there yet.
                self._session.set_outline(cell, Outline(), by_person=False)
        if len(cells) == 1 and state.outline(cells[0]) is None:
            self._session.set_outline(cells[0], outline, by_person=False)


def taken_order(photo: VisitPhoto) -> dt.datetime:
    """When a photo was taken, those without a time last."""
    taken_at = photo.photo.taken_at
    return dt.datetime.max if taken_at is None else taken_at.replace(tzinfo=None)  # noqa: DTZ901


def add_photo(
    clinic: Clinic, *, patient_id: int, on: dt.date, value: VisitPhoto, lesion_id: int | None
) -> AddedPhoto:
    """Add a photo to the patient's visit of a day, made where there is none, in one act.

    Raises what the store refuses; what nobody foresaw is ui.not_recorded, told of this photo.
    """

    def act(writer: drafts.Writer) -> AddedPhoto:
        same = writer.find(Visit, patient_id=patient_id, on=on)
        visit = same[0] if same else writer.add(Visit(patient_id=patient_id, on=on))
        photo = writer.add(replace(value, visit_id=visit.id))
        outline = None
        if lesion_id is not None:
            outline = writer.add(PhotoOutline(photo.id, lesion_id, Outline()))
        return AddedPhoto(visit, photo, bool(same), outline)

    try:
        return clinic.write(act)
    except WoundtrackError:
        raise
    except Exception as failure:
        LOG.error("a photo was not recorded: %s", type(failure).__name__)
        raise WoundtrackError("ui.not_recorded") from failure
