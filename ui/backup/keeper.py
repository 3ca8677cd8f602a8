"""Backs the open clinic up by itself once that is due, and knows how the last backup went.

Nothing of it disturbs the work: it runs on workers, a failure is remembered and tried again.
"""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ui.background import Background, Job
from woundtrack.backup.place import Reach
from woundtrack.errors import WoundtrackError

if TYPE_CHECKING:
    from woundtrack.backup.types import BackedUp, LastBackup, Plan
    from woundtrack.store.clinic import Clinic

log = logging.getLogger("woundtrack")

FIRST_MS = 10_000
"""After a sign-in the work goes first."""
LOOK_MS = 30_000
"""How often it is looked whether a backup is due, or the place for backups is back."""
RETRY = dt.timedelta(hours=1)


def local_now() -> dt.datetime:
    """This moment, with the machine's time zone."""
    return dt.datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class Known:
    """What the clinic says of its backups."""

    plan: "Plan | None" = None
    last: "LastBackup | None" = None
    there: bool = False
    """Whether the place for backups answers."""
    wanted: bool = False
    """Whether to back up now, unasked."""


class BackupKeeper(QObject):
    """Between `begin` and `leave` the one who backs up; whoever shows it asks here."""

    changed = Signal()
    """Something is known, or under way, that was not."""
    progressed = Signal(int, int)
    made = Signal(object)
    """A `BackedUp`, whoever asked for it."""
    failed = Signal(object)
    ended = Signal()
    """Nothing is under way any more, whatever became of it."""

    def __init__(
        self,
        background: Background,
        *,
        parent: QObject | None = None,
        now: Callable[[], dt.datetime] = local_now,
    ) -> None:
        super().__init__(parent)
        self.background, self.now = background, now
        self.clinic: Clinic | None = None
        self.known = Known()
        self.reach = Reach()
        self.sound: dict[str, bool] = {}
        """By a backup's id, whether it was sound when it was verified since the sign-in."""
        self.share: float | None = None
        """How far the backup under way is, 0 to 1; None where none is."""
        self._job: Job | None = None
        self._loaded = False
        self._day = now().date()
        self._first = QTimer(self, singleShot=True)
        self._first.timeout.connect(self._awake)
        self._look = QTimer(self)
        self._look.timeout.connect(self.look)

    @property
    def loaded(self) -> bool:
        """Whether it is known where backups go, and how the last one went."""
        return self._loaded

    @property
    def at_work(self) -> bool:
        """Whether a backup is under way."""
        return self._job is not None

    def begin(self, clinic: "Clinic") -> None:
        """Someone signed in."""
        self.leave()
        self.clinic = clinic
        self._first.start(FIRST_MS)
        self.refresh()

    def leave(self) -> None:
        """The clinic is being closed: stop what is under way, the next sign-in takes it up."""
        self.cancel()
        self._first.stop()
        self._look.stop()
        self._job, self.share, self.clinic = None, None, None
        self.known, self._loaded = Known(), False
        self.sound.clear()
        self.changed.emit()

    def _awake(self) -> None:
        self._look.start(LOOK_MS)
        self.look()

    # -- looking

    def refresh(self) -> None:
        """Read again where backups go and how the last one went."""
        self._ask(lambda _known: None)

    def look(self) -> None:
        """Back up where that is due; nothing where the place for backups is missing."""

        def found(known: Known) -> None:
            if known.wanted and self._job is None:
                self._start()

        if self._job is None:
            self._ask(found)

    def _ask(self, then: Callable[[Known], None]) -> None:
        clinic, now = self.clinic, self.now()
        if clinic is None:
            return

        def answered(known: Known) -> None:
            if self.clinic is clinic:
                new = known != self.known or not self._loaded or now.date() != self._day
                self.known, self._loaded, self._day = known, True, now.date()
                if new:
                    self.changed.emit()
                then(known)

        self.background.run(
            lambda: known_of(clinic, now, reach=self.reach),
            done=answered,
            failed=lambda _error: None,
            key="backups",
        )

    # -- making one

    def back_up_now(self) -> None:
        """Make a backup, if none is under way."""
        if self._job is None and self.clinic is not None and self.known.plan is not None:
            self._start()

    def cancel(self) -> None:
        """Stop the backup under way; nothing counts of it."""
        if self._job is not None:
            self._job.cancel()

    def _start(self) -> None:
        clinic, plan = self.clinic, self.known.plan
        assert clinic is not None
        assert plan is not None

        def work(job: Job) -> "BackedUp | None":
            return back_up_in_time(clinic, plan, job, reach=self.reach)

        self.share = 0.0
        self._job = job = self.background.run(
            work,
            done=lambda made: self._ended(job, made, None),
            failed=lambda error: self._ended(job, None, error),
            progress=lambda done, total: self._progress(job, done, total),
            with_job=True,
        )
        self.changed.emit()

    def _progress(self, job: Job, done: int, total: int) -> None:
        if job is self._job:
            before, self.share = self.share, done / max(total, 1)
            self.progressed.emit(done, total)
            if before is None or int(100 * before) != int(100 * self.share):
                self.changed.emit()

    def _ended(self, job: Job, made: "BackedUp | None", error: Exception | None) -> None:
        if job is not self._job:
            return
        self._job, self.share = None, None
        if made is not None:
            log.info("backed up: %s new files, %s bytes", made.new_files, made.new_bytes)
            self.made.emit(made)
        elif error is not None:
            assert isinstance(error, WoundtrackError)
            log.warning("not backed up: %s", error.code)
            self.failed.emit(error)
        self.changed.emit()
        self.refresh()
        self.ended.emit()


def back_up_in_time(clinic: "Clinic", plan: "Plan", job: Job, *, reach: Reach) -> "BackedUp | None":
    """Back up, on a worker; a place that does not answer is not waited for."""
    from woundtrack.backup.making import back_up
    from woundtrack.backup.plan import note_failed
    from woundtrack.errors import BackupError

    if not reach.answers(plan.target):
        note_failed(clinic, plan.target, dt.datetime.now(dt.UTC), "backup.gone")
        raise BackupError("backup.gone")
    return back_up(clinic, plan.target, progress=job.goes_on)


def known_of(clinic: "Clinic", now: dt.datetime, *, reach: Reach) -> Known:
    """What there is to know, on a worker."""
    from woundtrack.backup.plan import last_backup, plan_of

    plan, last = plan_of(clinic), last_backup(clinic)
    if plan is None:
        return Known(plan, last)
    there = reach.answers(plan.target)
    return Known(plan, last, there, not clinic.read_only and wants(plan, last, now, there=there))


def wants(plan: "Plan", last: "LastBackup | None", now: dt.datetime, *, there: bool) -> bool:
    """Whether to back up now, unasked: where it is due, and a failure is an hour ago or mended."""
    from woundtrack.backup.plan import is_due

    if not is_due(last, plan, now):
        return False
    if last is None or not last.code or last.target != plan.target:
        return True
    if last.code == "backup.gone":
        return there
    return not dt.timedelta(0) <= now - last.tried_utc < RETRY
