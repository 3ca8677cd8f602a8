"""What stands above every page: who else writes here, and what a crash left open."""

import datetime as dt
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.background import Background
from ui.dialogs.alive import while_alive
from ui.widgets.banner import Banner
from woundtrack import words
from woundtrack.errors import StoreError, WoundtrackError
from woundtrack.explain import explain
from woundtrack.records import Patient, Stored
from woundtrack.report.labels import patient_name
from woundtrack.words import _, counted

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic
    from woundtrack.store.left_open import LeftOpen

MOST_VISITS = 3
"""Of what was left open, the latest are offered; the others stand with their patients."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is told after a crash."""

    visits: "tuple[tuple[Stored[Patient], LeftOpen], ...]"
    loose_photos: int


class Notices(QWidget):
    """One banner beneath the other; none of them stops the work."""

    writing_began = Signal()
    """This window writes from now on: what it shows must be made anew."""
    visit_wanted = Signal(int, object)
    """Patient, and the visit to go on with; None for one without a day."""
    photos_wanted = Signal()

    def __init__(self, clinic: "Clinic", background: Background) -> None:
        super().__init__()
        self._clinic, self._background = clinic, background
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.reading: Banner | None = None
        self.crash: Banner | None = None
        self.keyring: Banner | None = None
        if clinic.read_only:
            self._tell_read_only()
        elif clinic.left_over is not None:
            self._look_what_is_left(clinic.left_over.since_utc)
        self._tell_synced()
        self._tell_keyring()

    # -- who writes

    def _tell_read_only(self) -> None:
        self.reading = Banner(read_only_text(self._clinic), tone="warning")
        if self._clinic.is_locked:
            self.reading.add_button(_("&Try again")).clicked.connect(self.try_writing)
        self._column.addWidget(self.reading)

    def try_writing(self) -> None:
        """Take over writing, if nobody holds it any more."""
        assert self.reading is not None
        self.reading.setEnabled(False)
        self._background.run(
            self._clinic.try_writing,
            done=while_alive(self, self._tried),
            failed=while_alive(self, self._not_tried),
            key="try writing",
        )

    def _tried(self, writes: bool) -> None:
        if writes:
            self.writing_began.emit()
            return
        assert self.reading is not None
        self.reading.setEnabled(True)
        self.reading.say(f"{read_only_text(self._clinic)} {_still(self._clinic)}".strip())

    def _not_tried(self, error: Exception) -> None:
        assert self.reading is not None
        self.reading.setEnabled(True)
        if isinstance(error, WoundtrackError):
            self.reading.say(explain(error))

    def _tell_synced(self) -> None:
        from woundtrack.store.synced import synced_by

        folder = self._clinic.folder

        def told(service: str) -> None:
            if service:
                text = _(
                    "{service} keeps the clinic’s folder in step with other computers. Two of "
                    "them could then write at once, and what one wrote would be lost. Ask the "
                    "administrator to bring the latest backup back into a folder that stays on "
                    "this computer, and to open that one."
                )
                self._column.addWidget(Banner(text.format(service=service), tone="danger"))

        self._background.run(lambda: synced_by(folder), done=while_alive(self, told))

    def _tell_keyring(self) -> None:
        """An administrator alone gets here with an older key file, and says whether it may stay."""
        clinic = self._clinic
        if not clinic.keyring_alarm:
            return
        self.keyring = Banner(explain(StoreError(clinic.keyring_alarm)), tone="danger")
        if clinic.keyring_alarm == "store.keyring_older":
            self.keyring.say(
                _(
                    "An older key file was put in the clinic’s folder, so passphrases and a "
                    "recovery key from before open it again. If nobody here did so, put the newest "
                    "clinic.json back from a backup, and change the passphrases."
                )
            )
            if not clinic.read_only:
                self.keyring.add_action(_("We did this: keep this file"), self._accept_keyring)
        self._column.addWidget(self.keyring)

    def _accept_keyring(self) -> None:
        clinic, banner = self._clinic, self.keyring
        assert banner is not None

        def accepted(_none: object) -> None:
            clinic.keyring_alarm = ""
            banner.hide()

        self._background.run(
            lambda: clinic.write(lambda w: w.users.accept_keyring()),
            done=while_alive(self, accepted),
            failed=while_alive(self, lambda error: banner.say(explain(error))),
        )

    # -- after a crash

    def _look_what_is_left(self, since_utc: dt.datetime) -> None:
        clinic = self._clinic
        self._background.run(
            lambda: found_after_crash(clinic, since_utc),
            done=while_alive(self, self.tell_crash),
            failed=while_alive(self, self._not_looked),
        )

    def _not_looked(self, error: Exception) -> None:
        """What was left open cannot be read: that stops nobody here."""
        assert isinstance(error, WoundtrackError)
        self.crash = Banner(explain(error), tone="warning")
        self.crash.add_action(_("Close"), self.dismiss)
        self._column.addWidget(self.crash)

    def tell_crash(self, found: Found) -> None:
        """Offer to go on where somebody was."""
        if not found.visits and not found.loose_photos:
            self._clinic.left_over = None
            return
        said = [_("The program ended unexpectedly last time. What was saved is here.")]
        said += [
            _("{visit} of {name} was not confirmed.").format(
                visit=visit_text(left), name=patient_name(patient.value)
            )
            for patient, left in found.visits
        ]
        if found.loose_photos:
            said.append(
                counted(
                    "{count} photo came in and is in no visit.",
                    "{count} photos came in and are in no visit.",
                    found.loose_photos,
                )
            )
        self.crash = Banner(" ".join(said), tone="warning")
        for patient, left in found.visits:
            words_ = _("Go on: {name}").format(name=patient_name(patient.value))
            target = (patient.id, left.visit_id)
            button = self.crash.add_action(words_, lambda target=target: self._go_on(*target))
            if left is found.visits[0][1]:
                theme.primary(button)
        if found.loose_photos:
            self.crash.add_action(_("Look at the photos…"), self._look_at_photos)
        self.crash.add_action(_("Close"), self.dismiss)
        self._column.addWidget(self.crash)

    def _go_on(self, patient_id: int, visit_id: int | None) -> None:
        self.dismiss()
        self.visit_wanted.emit(patient_id, visit_id)

    def _look_at_photos(self) -> None:
        self.dismiss()
        self.photos_wanted.emit()

    def dismiss(self) -> None:
        """Say no more of the crash."""
        self._clinic.left_over = None
        if self.crash is not None:
            self._column.removeWidget(self.crash)
            self.crash.hide()
            self.crash.deleteLater()
            self.crash = None


def found_after_crash(clinic: "Clinic", since_utc: dt.datetime) -> Found:
    """The unconfirmed visits worked on since then, and photos without a visit; on a worker."""
    from woundtrack.store.clinic import Reader

    def ask(reader: Reader) -> "tuple[tuple[Stored[Patient], LeftOpen], ...]":
        left = reader.left_open(since_utc=since_utc, user_id=clinic.user.id)
        pairs = ((reader.get(Patient, each.patient_id), each) for each in left)
        return tuple(islice((pair for pair in pairs if not pair[0].deleted), MOST_VISITS))

    return Found(clinic.read(ask), len(clinic.orphans().loose))


def visit_text(left: "LeftOpen") -> str:
    """What a visit is called."""
    if left.on is None:
        return _("A visit without a day")
    return _("The visit of {day}").format(day=words.date(left.on))


def read_only_text(clinic: "Clinic") -> str:
    """Why nothing can be written here, and the way out."""
    try:
        clinic.require_writable()
    except StoreError as error:
        if error.code == "store.not_shared":
            return explain(error)
    if not clinic.is_locked:
        return _(
            "This account may only read the clinic’s folder. To write, ask the administrator for "
            "the right, then sign in again."
        )
    holder = clinic.writer
    if holder is None:
        text = _("{writer} is working in this clinic, so here it can only be read.")
        return text.format(writer=clinic.writer_name)
    since = holder.since_utc.astimezone()
    text = _(
        "{writer} has been working in this clinic since {date}, {time}, so here it can only be "
        "read. Try again when the clinic is locked or closed there."
    )
    return text.format(
        writer=clinic.writer_name,
        date=words.date(since.date()),
        time=words.time_of_day(since),
    )


def _still(clinic: "Clinic") -> str:
    """What to do where nobody sits there."""
    if clinic.writer is not None and clinic.writer.is_here:
        return _("It is this computer: look for another window, or another account signed in.")
    return _("If nobody is there, end the program on that computer.")
