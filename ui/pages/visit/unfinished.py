"""What was typed in a visit that never got a day: offered in the patient's next new visit."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.pages.visit.corrections import type_again
from ui.widgets.banner import Banner
from woundtrack import words
from woundtrack.store.left_open import WithoutDay
from woundtrack.words import _

if TYPE_CHECKING:
    from ui.pages.visit.session import VisitSession


class Unfinished(QObject):
    """Holds it until a person says whether it belongs here: it may be of another day."""

    def __init__(self, session: "VisitSession") -> None:
        super().__init__(session)
        self._session = session
        self.kept: WithoutDay | None = None

    def take_up(self) -> None:
        """Go on with it in the visit that is open."""
        session = self._session
        state, kept, self.kept = session.state, self.kept, None
        if state is None or kept is None or session.history is None or state.locked:
            return
        session.saver.touch(*type_again(state, kept, session.history))
        session.day.ensure_visit()
        session.tell()

    def forget(self, slip: str) -> None:
        """What is kept under this slip is on the page already."""
        if self.kept is not None and self.kept.slip == slip:
            self.kept = None

    def discard(self) -> None:
        """Forget it."""
        kept, self.kept = self.kept, None
        if kept is None:
            return
        clinic = self._session.clinic
        self._session.background.run(
            lambda: clinic.write(lambda w: w.drop_without_day(kept.patient_id, slip=kept.slip)),
            failed=self._session.failed.emit,
        )
        self._session.tell()


class UnfinishedStrip(Banner):
    """Asks what becomes of it."""

    def __init__(self, session: "VisitSession") -> None:
        super().__init__(tone="warning")
        self._unfinished = session.unfinished
        self.add_action(_("Go on with it here"), self._unfinished.take_up)
        self.add_action(_("Discard it"), self._unfinished.discard)
        session.changed.connect(self.refresh)
        self.hide()

    def refresh(self) -> None:
        """Show the question while it waits for its answer."""
        kept = self._unfinished.kept
        if kept is None:
            self.hide()
            return
        at = kept.at_utc.astimezone()
        text = _(
            "On {date}, {time}, something was typed for this patient, and the visit was given no "
            "day. Does it belong to this visit?"
        )
        self.say(text.format(date=words.date(at.date()), time=words.time_of_day(at)))
