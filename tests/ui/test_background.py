"""Work off the GUI thread: answers come back on it, outdated ones are dropped."""

import threading
from collections.abc import Iterator
from functools import partial

import pytest
import shiboken6
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui import background
from ui.background import Background, Job
from woundtrack.errors import PhotoError, StoreError


@pytest.fixture
def unforeseen() -> list[Exception]:
    """Errors that nobody handled."""
    return []


@pytest.fixture
def workers(qapp: object, unforeseen: list[Exception]) -> Iterator[Background]:
    """The real workers."""
    del qapp
    made = Background(on_error=unforeseen.append)
    yield made
    made.close()


def test_work_runs_elsewhere_and_is_answered_here(qtbot: QtBot, workers: Background) -> None:
    threads: list[int] = []
    answers: list[int] = []
    workers.run(threading.get_ident, done=lambda ident: (threads.append(ident), answers.append(
        threading.get_ident())))  # fmt: skip
    qtbot.waitUntil(lambda: bool(answers))
    assert threads[0] != threading.get_ident()
    assert answers == [threading.get_ident()]


def test_an_answer_for_a_dialog_that_is_gone_is_dropped(
    qtbot: QtBot, workers: Background, unforeseen: list[Exception]
) -> None:
    gate, label = threading.Event(), QLabel()
    workers.run(lambda: gate.wait(5) and "too late", done=label.setText)
    workers.run(lambda: gate.wait(5) and "too late", done=lambda text: label.setText(text + "!"))
    shiboken6.delete(label)
    gate.set()
    qtbot.waitUntil(lambda: not workers.is_busy())
    assert unforeseen == []


def test_a_fault_in_work_that_nobody_waits_for_is_written_down(
    qtbot: QtBot,
    workers: Background,
    unforeseen: list[Exception],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written = []
    monkeypatch.setattr(background, "write_down", lambda error, *, what: written.append(error))
    gate, label, fault = threading.Event(), QLabel(), ZeroDivisionError()

    def fail(error: Exception) -> None:
        gate.wait(5)
        raise error

    refused = StoreError("store.busy")
    for each in (fault, refused):  # a refusal is nobody's fault
        workers.run(partial(fail, each), done=label.setText, failed=label.setText)
    shiboken6.delete(label)
    gate.set()
    qtbot.waitUntil(lambda: not workers.is_busy())
    assert written == [fault]
    assert unforeseen == []


def test_a_newer_question_with_the_same_key_drops_the_older_answer(
    qtbot: QtBot, workers: Background
) -> None:
    gate, answers = threading.Event(), list[str]()
    workers.run(lambda: gate.wait(5) and "old", done=answers.append, key="search")
    workers.run(lambda: "new", done=answers.append, key="search")
    qtbot.waitUntil(lambda: answers == ["new"])
    gate.set()
    qtbot.waitUntil(lambda: not workers.is_busy())
    assert answers == ["new"]


def test_a_cancelled_job_knows_it(qtbot: QtBot, workers: Background) -> None:
    seen, started = list[bool](), threading.Event()

    def work(job: Job) -> None:
        started.set()
        while not job.cancelled:
            pass
        seen.append(True)

    job = workers.run(work, with_job=True)
    assert started.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: seen == [True])


def _raising(error: Exception) -> object:
    raise error


def test_an_expected_failure_goes_to_who_asked(qtbot: QtBot, workers: Background) -> None:
    failures: list[Exception] = []
    workers.run(lambda: _raising(PhotoError("photo.gone")), failed=failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert [getattr(error, "code", "") for error in failures] == ["photo.gone"]


def test_an_unforeseen_failure_reaches_the_apology(
    qtbot: QtBot, workers: Background, unforeseen: list[Exception]
) -> None:
    failures: list[Exception] = []
    workers.run(lambda: _raising(ValueError()), failed=failures.append)
    qtbot.waitUntil(lambda: bool(unforeseen))
    assert failures == []


def test_a_question_to_a_clinic_that_was_locked_meanwhile_is_dropped(
    qtbot: QtBot, workers: Background, unforeseen: list[Exception]
) -> None:
    failures: list[Exception] = []
    workers.run(lambda: _raising(StoreError("store.closed")), failed=failures.append)
    workers.run(lambda: _raising(StoreError("store.closed")))
    qtbot.waitUntil(lambda: not workers.is_busy())
    assert failures == []
    assert unforeseen == []


def test_what_a_question_holds_is_let_go_here(qtbot: QtBot, workers: Background) -> None:
    """Widgets hang on it: a worker that is the last to hold one would free it there."""

    class Held:
        def __del__(self) -> None:
            freed.append(threading.get_ident())

        def look(self) -> int:
            return 1

        def fail(self) -> int:
            raise StoreError("store.closed")

    freed: list[int] = []
    for _each in range(50):
        workers.run(Held().look)
        workers.run(Held().fail)
    qtbot.waitUntil(lambda: len(freed) == 100)
    assert set(freed) == {threading.get_ident()}


def test_a_result_that_nobody_takes_is_let_go_off_this_thread(
    qtbot: QtBot, workers: Background
) -> None:
    gate, label, let_go = threading.Event(), QLabel(), list[tuple[str, int]]()

    def drop(result: str) -> None:
        let_go.append((result, threading.get_ident()))

    workers.run(lambda: gate.wait(5) and "open", done=label.setText, dropped=drop)
    shiboken6.delete(label)
    gate.set()
    qtbot.waitUntil(lambda: not workers.is_busy() and bool(let_go))
    ((result, thread),) = let_go
    assert result == "open"
    assert thread != threading.get_ident()


def test_closing_lets_go_what_was_not_taken_yet(workers: Background) -> None:
    let_go = list[str]()
    workers.run(lambda: "open", dropped=let_go.append)
    workers.close()
    assert let_go == ["open"]
