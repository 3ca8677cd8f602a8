"""What nobody foresaw is logged and told once, wherever it happens, without names or folders."""

import errno
import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QtMsgType
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from ui import apology, errors, first_aid, last_end
from woundtrack.errors import StoreError

SECRET = "Lefèvre /home/anne/photos/leg.jpg"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    file = errors.start_log(tmp_path / "state")
    assert file is not None
    yield file
    for handler in errors.log.handlers:
        handler.close()
    errors.log.handlers.clear()


@pytest.fixture
def hooked(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[..., None]], errors.Catcher]:
    """Install the hooks for one test."""
    for owner, name in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    return errors.install_hook


def raised(error: BaseException) -> BaseException:
    try:
        raise error
    except BaseException as caught:  # noqa: BLE001
        return caught


def test_log_and_report_hold_kinds_and_places_only(log: Path, hooked) -> None:
    seen: list[BaseException] = []
    hooked(seen.append)
    error = raised(ValueError(SECRET))
    sys.excepthook(ValueError, error, error.__traceback__)
    text = log.read_text() + errors.report_text(seen[0])
    assert "ValueError" in text
    assert "test_errors:" in text
    assert "Lefèvre" not in text
    assert "leg.jpg" not in text
    assert "/" not in errors.report_text(seen[0])


def test_a_known_error_is_reported_by_its_code() -> None:
    assert "store.damaged" in errors.report_text(StoreError("store.damaged", name="Lefèvre"))
    assert "Lefèvre" not in errors.report_text(StoreError("store.damaged", name="Lefèvre"))


def test_what_fails_in_a_thread_is_told_on_the_gui_thread(qtbot: QtBot, log: Path, hooked) -> None:
    told: list[threading.Thread] = []
    hooked(lambda _error: told.append(threading.current_thread()))

    def fail() -> None:
        raise ValueError(SECRET)

    worker = threading.Thread(target=fail)
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: bool(told))
    assert told == [threading.main_thread()]
    assert "ValueError" in log.read_text()


def test_an_apology_that_fails_asks_for_no_other(log: Path, hooked) -> None:
    def fail(_error: BaseException) -> None:
        raise MemoryError

    hooked(fail).take(raised(ValueError("x")))
    assert "apology failed" in log.read_text()


def test_what_nobody_waits_for_is_in_the_log_alone(log: Path, hooked) -> None:
    told: list[BaseException] = []
    hooked(told.append)

    class Bad:
        def __del__(self) -> None:
            raise ValueError(SECRET)

    Bad()
    assert "unraisable" in log.read_text()
    assert told == []


def boxes() -> list[QDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]


def test_many_errors_in_a_row_are_one_dialog(qtbot: QtBot) -> None:
    parent, now = QWidget(), [0.0]
    qtbot.addWidget(parent)
    parent.show()
    apologies = apology.Apologies(parent, clock=lambda: now[0])
    same = raised(ValueError("x"))
    for error in (same, same, raised(KeyError("y")), same):
        apologies.apologise(error)
    (box,) = boxes()
    assert "× 3" in box.report
    assert "KeyError" in box.report
    box.reject()
    apologies.apologise(same)
    assert not boxes()  # it was told just now
    now[0] = apology.QUIET_S
    apologies.apologise(same)
    assert len(boxes()) == 1
    boxes()[0].reject()


def test_the_apology_folds_its_details_away_and_copies_them(qtbot: QtBot) -> None:
    dialog = apology.ApologyDialog(raised(RuntimeError(SECRET)))
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.details.isVisible()
    dialog.fold.click()
    assert dialog.details.isVisible()
    copy = next(
        b for b in dialog.findChildren(type(dialog.fold)) if b.text().strip() == "Copy report"
    )
    copy.click()
    copied = QApplication.clipboard().text()
    assert "RuntimeError" in copied
    assert "Lefèvre" not in copied


def test_a_program_that_cannot_start_says_so(qtbot: QtBot) -> None:
    dialog = apology.could_not_start(raised(OSError(SECRET)))
    qtbot.addWidget(dialog)
    assert "OSError" in dialog.report
    assert "Lefèvre" not in dialog.report


def test_a_missing_library_is_told_without_a_window(capsys: pytest.CaptureFixture[str]) -> None:
    if sys.platform == "win32":
        pytest.skip("a box of Windows would wait")
    assert first_aid.cannot_load(raised(ImportError(SECRET))) == 3
    said = capsys.readouterr().err
    assert "Install it again" in said
    assert "ImportError" in said
    assert "Lefèvre" not in said


def test_a_log_that_cannot_be_made_or_written_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    assert errors.start_log(tmp_path / "file" / "state") is None
    errors.write_down(raised(ValueError("x")))
    file = errors.start_log(tmp_path / "state")

    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, SECRET)

    handler = errors.log.handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    monkeypatch.setattr(handler.stream, "write", full, raising=False)
    errors.write_down(raised(ValueError("x")))
    assert capsys.readouterr().err == ""
    handler.close()
    errors.log.handlers.clear()
    assert file is not None


def test_of_a_message_of_qt_only_its_place_is_kept() -> None:
    said = errors.qt_message(
        QtMsgType.QtWarningMsg, "default", f"QImageReader::read: cannot open {SECRET}"
    )
    assert said == "QtWarningMsg default QImageReader::read"
    assert errors.qt_message(QtMsgType.QtFatalMsg, None, SECRET) == "QtFatalMsg default"


# -- how the last run ended


def test_a_proper_end_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    running = last_end.begin(folder, head="head")
    assert running is not None
    assert last_end.unexpected_ends(folder) == []  # it runs
    running.end()
    assert list(folder.iterdir()) == []


_RUN = """
import ctypes, faulthandler, os, signal, sys
from pathlib import Path
from ui import last_end
running = last_end.begin(Path(sys.argv[1]), head="woundtrack 1")
def crash():
    running.note("Qt ended: QtFatalMsg default QThread::run")
    os.kill(os.getpid(), getattr(signal, sys.argv[2]))
crash()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the signals are POSIX")
@pytest.mark.parametrize("how", ["SIGABRT", "SIGKILL"])
def test_a_crash_is_told_at_the_next_start_without_folders(tmp_path: Path, how: str) -> None:
    script = tmp_path / "Lefèvre" / "crash.py"
    script.parent.mkdir()
    script.write_text(_RUN, "utf-8")
    root = Path(__file__).parents[2]
    subprocess.run(
        [sys.executable, str(script), str(tmp_path), how],
        cwd=root, env={"PYTHONPATH": str(root)}, stderr=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    (report,) = last_end.unexpected_ends(tmp_path)
    assert report.startswith("woundtrack 1\nstarted ")
    assert "Qt ended: QtFatalMsg default QThread::run" in report or how == "SIGKILL"
    assert ("crash.py" in report or "crash:" in report) == (how == "SIGABRT")
    assert "/" not in report
    assert "Lefèvre" not in report
    assert last_end.unexpected_ends(tmp_path) == []


def test_a_file_without_a_trace_says_that_it_was_ended_from_outside() -> None:
    assert last_end.cleaned("head\nstarted now\n").endswith(last_end.KILLED)


def test_frames_are_named_by_module() -> None:
    text = (
        "head\nstarted\nFatal Python error: Segmentation fault\n\n"
        "Current thread 0x00007f1 (most recent call first):\n"
        '  File "/home/anne/woundtrack/ui/pages/gate.py", line 12 in tell\n'
        '  File "C:\\Users\\anne\\lib\\site-packages\\numpy\\core.py", line 3 in f\n'
        '  File "/usr/lib/python3.11/threading.py", line 5 in run\n'
        '  File "/usr/lib/python3.11/ctypes/__init__.py", line 9 in g\n'
        "something else of anne\n"
    )
    assert last_end.cleaned(text).splitlines()[2:] == [
        "Fatal Python error: Segmentation fault",
        "the thread that failed",
        "  ui.pages.gate:12 tell",
        "  numpy.core:3 f",
        "  threading:5 run",
        "  ctypes.__init__:9 g",
    ]


def test_a_disk_that_takes_no_file_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert last_end.begin(tmp_path / "file", head="head") is None
    assert last_end.unexpected_ends(tmp_path / "file") == []
