"""Work off the GUI thread, answered on it.

One long-lived QObject owns the signals; workers hold no Qt object of their own, and are never
the last to hold one that a question came from. A newer question with the same key makes the older
one's answer be dropped.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from ui.errors import write_down
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

    def goes_on(self, done: int, total: int) -> bool:
        """Report how far the work is; say whether it should go on."""
        self.report(done, total)
        return not self.cancelled

    def cancel(self) -> None:
        """Ask the work to stop; its answer is dropped unless it stops with a result."""
        self._cancel.set()


@dataclass(slots=True)
class _Task:
    """A question and its answer. The GUI thread alone empties it.

    What was asked for and where it failed hold widgets, and a widget may be freed on the GUI
    thread only: on a worker that ends the program.
    """

    job: Job
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    progress: Callable[[int, int], None] | None
    dropped: Callable[[Any], None] | None
    work: Callable[[], Any] | None
    result: Any = None
    error: Exception | None = None

    def answer(self) -> None:
        """Do the work, on a worker."""
        assert self.work is not None
        try:
            self.result = self.work()
        except Exception as error:  # noqa: BLE001 (shown or logged on the GUI thread)
            self.error = error

    def taken(self) -> tuple[Any, Exception | None]:
        """The answer, of which nothing stays here."""
        result, error = self.result, self.error
        self.work = self.result = self.error = None
        return result, error


class Background(QObject):
    """The one place that runs pure work and store calls off the GUI thread."""

    _answered = Signal(int)
    _progressed = Signal(int, int, int)
    idle = Signal()
    busy_changed = Signal(bool)

    def __init__(self, *, on_error: Callable[[Exception], None], threads: int = 4) -> None:
        super().__init__()
        self._on_error = on_error
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="background")
        self._tasks: dict[int, _Task] = {}
        self._newest: dict[str, int] = {}
        self._count = 0
        self._closed = False
        queued = Qt.ConnectionType.QueuedConnection
        self._answered.connect(self._on_answered, queued)
        self._progressed.connect(self._on_progressed, queued)

    def run(
        self,
        work: Callable[[], Any] | Callable[[Job], Any],
        *,
        done: Callable[[Any], None] = lambda _result: None,
        failed: Callable[[Exception], None] | None = None,
        progress: Callable[[int, int], None] | None = None,
        dropped: Callable[[Any], None] | None = None,
        key: str = "",
        with_job: bool = False,
    ) -> Job:
        """Run `work` on a worker; call `done` or `failed` here afterwards.

        `with_job` hands the Job to `work`. `failed` gets WoundtrackErrors only; without it,
        and for every other exception, the handler given at construction is called.
        `dropped` gets a result that nobody takes any more, so that what it holds is let go.
        """
        self._count += 1
        job = Job(self._count, key)
        if self._closed:  # a timer may fire between the closing of the pool and of the window
            return job
        number = job.number
        job.report = lambda done_, total: self._progressed.emit(number, done_, total)
        asked = partial(work, job) if with_job else work
        task = _Task(job, done, failed or self._on_error, progress, dropped, asked)
        self._tasks[number] = task
        if key:
            self._newest[key] = number
        if len(self._tasks) == 1:
            self.busy_changed.emit(True)
        self._pool.submit(self._do, task)
        return job

    def _do(self, task: _Task) -> None:
        task.answer()
        self._answered.emit(task.job.number)

    def is_busy(self) -> bool:
        """Whether any work is under way or unanswered."""
        return bool(self._tasks)

    def close(self) -> None:
        """Cancel what runs, drop its answers, and wait for the pool; later work is ignored."""
        self._closed = True
        for task in self._tasks.values():
            task.job.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)
        for task in self._tasks.values():
            result, _error = task.taken()
            if result is not None and task.dropped is not None:
                task.dropped(result)
        self._tasks.clear()

    @Slot(int)
    def _on_answered(self, number: int) -> None:
        task = self._tasks.pop(number, None)
        if task is None:  # closed meanwhile
            return
        result, error = task.taken()
        if not self._tasks:
            self.busy_changed.emit(False)
            self.idle.emit()
        outdated = task.job.key and self._newest.get(task.job.key) != number
        # A clinic that was locked meanwhile: nobody waits for what was asked of it.
        locked = isinstance(error, WoundtrackError) and error.code == CLINIC_CLOSED
        answer = task.done if error is None else task.failed
        if outdated or locked or _is_gone(answer):
            if error is None and task.dropped is not None:
                self.run(partial(task.dropped, result))
            elif error is not None and not isinstance(error, WoundtrackError):
                write_down(error, what="unasked")  # a fault of the program all the same
            return
        if error is None:
            task.done(result)
        elif isinstance(error, WoundtrackError):
            task.failed(error)
        else:
            self._on_error(error)

    @Slot(int, int, int)
    def _on_progressed(self, number: int, done: int, total: int) -> None:
        task = self._tasks.get(number)
        if task is not None and task.progress:
            task.progress(done, total)


def _is_gone(answer: Callable[[Any], None]) -> bool:
    """Whether who would get the answer is gone: a dialog or page that was closed meanwhile.

    An answer is a method, or a function made within one that holds what it speaks to.
    """
    held = [getattr(answer, "__self__", None)]
    for cell in getattr(answer, "__closure__", None) or ():
        with suppress(ValueError):  # a name that has no value yet
            held.append(cell.cell_contents)
    return any(isinstance(each, QObject) and not isValid(each) for each in held)
