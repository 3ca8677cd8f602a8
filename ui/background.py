"""Work off the GUI thread, answered on it.

One long-lived QObject owns the signals; workers hold no Qt object of their own. A newer
question with the same key makes the older one's answer be dropped.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from woundtrack.errors import WoundtrackError

CLINIC_CLOSED = "store.closed"
"""What a store says that was locked while a question was on its way."""


@dataclass(slots=True)
class Job:
    """One piece of work under way. `work` may look at `cancelled` and call `progress`."""

    number: int
    key: str
    _cancel: Event = field(default_factory=Event)
    report: Callable[[int, int], None] = lambda _done, _total: None

    @property
    def cancelled(self) -> bool:
        """Whether the work should stop at the next safe point."""
        return self._cancel.is_set()

    def cancel(self) -> None:
        """Ask the work to stop; its answer is dropped unless it stops with a result."""
        self._cancel.set()


@dataclass(slots=True)
class _Answers:
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    progress: Callable[[int, int], None] | None


class Background(QObject):
    """The one place that runs pure work and store calls off the GUI thread."""

    _answered = Signal(int, object)
    _failed = Signal(int, object)
    _progressed = Signal(int, int, int)
    idle = Signal()
    busy_changed = Signal(bool)

    def __init__(self, *, on_error: Callable[[Exception], None], threads: int = 4) -> None:
        super().__init__()
        self._on_error = on_error
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="background")
        self._answers: dict[int, _Answers] = {}
        self._jobs: dict[int, Job] = {}
        self._newest: dict[str, int] = {}
        self._count = 0
        self._closed = False
        queued = Qt.ConnectionType.QueuedConnection
        self._answered.connect(self._on_answered, queued)
        self._failed.connect(self._on_failed, queued)
        self._progressed.connect(self._on_progressed, queued)

    def run(
        self,
        work: Callable[[], Any] | Callable[[Job], Any],
        *,
        done: Callable[[Any], None] = lambda _result: None,
        failed: Callable[[Exception], None] | None = None,
        progress: Callable[[int, int], None] | None = None,
        key: str = "",
        with_job: bool = False,
    ) -> Job:
        """Run `work` on a worker; call `done` or `failed` here afterwards.

        `with_job` hands the Job to `work`. `failed` gets WoundtrackErrors only; without it,
        and for every other exception, the handler given at construction is called.
        """
        self._count += 1
        job = Job(self._count, key)
        if self._closed:  # a timer may fire between the closing of the pool and of the window
            return job
        number = job.number
        job.report = lambda done_, total: self._progressed.emit(number, done_, total)
        self._answers[number] = _Answers(done, failed or self._on_error, progress)
        self._jobs[number] = job
        if key:
            self._newest[key] = number

        def task() -> None:
            try:
                result = work(job) if with_job else work()  # type: ignore[call-arg]
            except Exception as error:  # noqa: BLE001 (shown or logged on the GUI thread)
                self._failed.emit(number, error)
            else:
                self._answered.emit(number, result)

        if len(self._jobs) == 1:
            self.busy_changed.emit(True)
        self._pool.submit(task)
        return job

    def is_busy(self) -> bool:
        """Whether any work is under way or unanswered."""
        return bool(self._jobs)

    def close(self) -> None:
        """Cancel what runs, drop its answers, and wait for the pool; later work is ignored."""
        self._closed = True
        for job in self._jobs.values():
            job.cancel()
        self._answers.clear()
        self._jobs.clear()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _take(self, number: int) -> _Answers | None:
        answers = self._answers.pop(number, None)
        job = self._jobs.pop(number, None)
        if not self._jobs:
            self.busy_changed.emit(False)
            self.idle.emit()
        outdated = job is not None and job.key and self._newest.get(job.key) != number
        return None if outdated else answers

    @Slot(int, object)
    def _on_answered(self, number: int, result: object) -> None:
        answers = self._take(number)
        if answers:
            answers.done(result)

    @Slot(int, object)
    def _on_failed(self, number: int, error: Exception) -> None:
        answers = self._take(number)
        # A clinic that was locked meanwhile: nobody waits for what was asked of it.
        locked = isinstance(error, WoundtrackError) and error.code == CLINIC_CLOSED
        if answers is None or locked:
            return
        if isinstance(error, WoundtrackError):
            answers.failed(error)
        else:
            self._on_error(error)

    @Slot(int, int, int)
    def _on_progressed(self, number: int, done: int, total: int) -> None:
        answers = self._answers.get(number)
        if answers and answers.progress:
            answers.progress(done, total)
