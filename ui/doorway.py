"""Who comes in and leaves: the list of names, keys forgotten, the way back to one's place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from ui.apology import ended_banner
from ui.background import Background
from ui.idle_lock import IdleLock
from ui.pages.sign_in_page import SignInPage
from ui.settings import Settings
from woundtrack.lock_time import USUAL_MOST_MINUTES
from woundtrack.words import _

if TYPE_CHECKING:
    from ui.pages.workspace import Workspace
    from woundtrack.store.clinic import Clinic
    from woundtrack.store.lock import Holder
    from woundtrack.store.remembered import Credentials


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody was, as numbers and what was not saved: nobody's name, no picture."""

    folder: Path
    user: str
    patient_id: int | None
    go_back: "Callable[[Workspace], object] | None"
    """To the page in front, for the same user only."""
    lost: tuple[str, ...] = ()
    """Titles of dialogs that locking closed with what was in them."""


class Doorway(QObject):
    """What a window keeps from one signed-in person to the next."""

    closed = Signal()
    """The clinic that was locked is saved and closed."""

    def __init__(
        self,
        window: QObject,
        *,
        settings: Settings,
        background: Background,
        folder: Path | None,
        credentials: "Credentials | None",
    ) -> None:
        super().__init__(window)
        self._settings, self._background = settings, background
        self._credentials = credentials
        self._folder = folder or settings.clinic_folder
        self._names_key = b""
        """Opens the list of names of the clinic that was open last, and nothing else."""
        self._last_user = ""
        self._ended: tuple[str, ...] = ()
        """Reports of runs that did not end as they should, until someone has seen them."""
        self._page: SignInPage | None = None
        self._place: Place | None = None
        """Where the last person was."""
        self._places: dict[str, Place] = {}
        """Where each of the users was, however many others came in between."""
        self._clinic: Clinic | None = None
        self._crash: tuple[Path, Holder] | None = None
        """Who wrote there when the program ended, until somebody has closed the notice of it."""
        self._left = Event()
        """Whether the clinic that was locked is closed: until then it would let nobody write."""
        self._left.set()
        self.idle = IdleLock(self)

    def page(self, *, ask_who: bool = False) -> SignInPage:
        """A sign-in page; where `ask_who` the keyboard begins with the names."""
        page = SignInPage(
            background=self._background,
            folder=self._folder,
            free=self._left,
            credentials=self._credentials,
            names_key=self._names_key,
            last_user=self._last_user,
            ask_who=ask_who,
        )
        page.folder_chosen.connect(self.use_folder)
        self._page = page
        self.tell_ended(self._ended)
        return page

    def tell_ended(self, reports: Sequence[str]) -> None:
        """Say on the sign-in page that the program did not end as it should; nothing of none."""
        self._ended = tuple(reports)
        if self._page is not None and isValid(self._page):
            close = partial(self.tell_ended, ())
            self._page.tell(ended_banner(reports, close=close) if reports else None)

    def use_folder(self, folder: Path) -> None:
        """From now on this clinic is asked for."""
        if folder != self._folder:
            self._names_key, self._last_user = b"", ""
        self._folder = folder
        self._settings.clinic_folder = folder

    def tell_crash_to(self, clinic: "Clinic") -> None:
        """Let who comes in be told of a crash that was told before locking, and not answered."""
        if self._crash is not None and clinic.left_over is None:
            folder, holder = self._crash
            clinic.left_over = holder if folder == clinic.folder else None
        self._crash = None

    def entered(self, clinic: "Clinic") -> None:
        """Someone signed in: count the idle time, and let this account show the names next time."""
        self._clinic = clinic
        self.use_folder(clinic.folder)
        self._last_user, self._names_key = clinic.user.value.name, clinic.names_key
        self.restart_idle()
        if self._credentials is not None:
            self._remember(self._credentials, clinic)

    def _remember(self, credentials: "Credentials", clinic: "Clinic") -> None:
        folder, key, user = clinic.folder, clinic.names_key, clinic.user.uuid

        def work() -> None:
            from woundtrack.store.names import clinic_uuid_of
            from woundtrack.store.remembered import Remembered

            credentials.remember(clinic_uuid_of(folder), Remembered(key, user))

        self._background.run(work, failed=lambda _error: None)

    def restart_idle(self) -> None:
        """Lock after the account's own minutes, but no later than the clinic lets anyone."""
        clinic, own = self._clinic, self._settings.lock_minutes
        if clinic is None:
            return
        self.idle.start(min(own, USUAL_MOST_MINUTES))

        def limit(most: int) -> None:
            if self._clinic is clinic:
                self.idle.start(min(own, most))

        self._background.run(
            lambda: clinic.read(lambda r: r.most_lock_minutes()),
            done=limit,
            failed=lambda _error: None,
        )

    # -- leaving, and coming back

    def remember_place(self, space: "Workspace", *, lost: tuple[str, ...] = ()) -> None:
        """Keep where this is."""
        clinic = space.clinic
        self._place = self._places[clinic.user.uuid] = Place(
            clinic.folder, clinic.user.uuid, space.patient_id, space.bookmark(), lost
        )

    @property
    def is_leaving(self) -> bool:
        """Whether a clinic that was locked is not closed yet."""
        return not self._left.is_set()

    def leave(self, space: "Workspace", *, lost: tuple[str, ...] = ()) -> None:
        """Save what the pages had not saved, remember the place, and forget the keys."""
        clinic = space.clinic
        space.leave()
        self._clinic = None
        if clinic.left_over is not None:
            self._crash = clinic.folder, clinic.left_over
        self.idle.stop()
        self._left = left = Event()

        def close() -> None:
            try:
                clinic.close()
            finally:
                left.set()
                self.closed.emit()

        def forget() -> None:
            self.remember_place(space, lost=lost)
            space.deleteLater()
            self._background.run(close)

        space.flush(forget)

    def go_back(self, space: "Workspace") -> bool:
        """To the patient who was open before; for the same person to the very page."""
        clinic = space.clinic
        last, self._place = self._place, None
        place = self._places.pop(clinic.user.uuid, last)
        if place is None or place.folder != clinic.folder:
            return False
        if place.patient_id is not None:
            space.open_patient(place.patient_id)
        if place.user == clinic.user.uuid:
            if place.go_back is not None:
                place.go_back(space)
            if place.lost:
                text = _(
                    "Locking closed “{title}” with what had not been saved there. Please do it "
                    "again."
                )
                space.message.say(text.format(title=", ".join(place.lost)), tone="warning")
        return place.patient_id is not None
