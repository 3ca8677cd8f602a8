"""Frames of a widget, waiting for it, and what its process takes: shared by window benchmarks."""

import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.table import Row

FRAME_MS, BAR_MS = 1000 / 60, 33.0


def frames_ms(
    app: Any, painted: Any, acts: Iterable[Callable[[], object]]
) -> list[tuple[float, float]]:
    """Milliseconds of each frame from when it is due, 60 a second, until the widget is painted.

    And those that the process worked meanwhile, which a busy machine does not lengthen. Each act
    must change what the widget shows. Work between two frames that makes the next one late counts.
    """
    from PySide6.QtCore import QEvent, QEventLoop, QObject

    seen: list[bool] = []

    class Watch(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Paint:
                seen.append(True)
            return False

    watch, found = Watch(), []
    painted.installEventFilter(watch)
    due = time.perf_counter()
    for act in acts:
        seen.clear()
        worked = time.process_time()
        act()
        while not seen:
            app.processEvents()
        now = time.perf_counter()
        found.append((1000 * (now - due), 1000 * (time.process_time() - worked)))
        due = max(due + FRAME_MS / 1000, now)
        while (left := due - time.perf_counter()) > 0:
            app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, max(1, int(1000 * left)))
            time.sleep(min(0.001, max(0.0, due - time.perf_counter())))
    painted.removeEventFilter(watch)
    return found


def frame_rows(room: str, frames: dict[str, list[tuple[float, float]]]) -> list[Row]:
    """A row for each script; one whose name begins with "floor" has no bar."""
    rows = []
    for name, pairs in frames.items():
        each, worked = zip(*pairs, strict=True)
        late, work = (statistics.quantiles(values, n=20)[-1] for values in (each, worked))
        spread = (
            f"{work:.1f} ms of work; median {statistics.median(each):.1f}, most {max(each):.1f}, "
            f"{len(each)} frames"
        )
        again = name.startswith("floor")
        bar, met = ("", None) if again else (f"≤ {BAR_MS:g} ms", late <= BAR_MS)
        rows.append(Row(f"{room}: {name}, 95th percentile", late, "ms", spread, bar, met))
    return rows


def until(app: Any, ready: Callable[[], object]) -> None:
    """Go on with the event loop until it is ready, and what came of it is done."""
    while not ready():
        app.processEvents()
        time.sleep(0.002)
    app.processEvents()


@contextmanager
def patient_shown(
    folder: Path, patient_id: int, *, sign_in: dict[str, str], size_px: tuple[int, int]
) -> Iterator[tuple[Any, Any]]:
    """The application and its main window, with this patient's page shown and nothing under way.

    Raises at the end what failed in the background.
    """
    from PySide6.QtWidgets import QApplication

    from ui import app as application
    from ui import theme
    from ui.background import Background
    from ui.main_window import MainWindow
    from ui.settings import Settings

    app = QApplication.instance() or application.make_application([])
    theme.apply(app, choice="light")
    failures: list[Exception] = []
    background = Background(on_error=failures.append)
    settings = Settings(folder.parent / "s.ini")
    window = MainWindow(settings=settings, background=background, folder=folder)
    window.resize(*size_px)
    window.show()
    page: Any = window.centralWidget()
    page.user_name.setText(sign_in["user_name"])
    page.passphrase.line.setText(sign_in["passphrase"])
    page.sign_in()
    until(app, lambda: window.workspace is not None)
    loaded: list[int] = []
    window.workspace.patient_page.loaded.connect(loaded.append)
    window.workspace.open_patient(patient_id)
    until(app, lambda: loaded and not background.is_busy())
    yield app, window
    window.close()
    if failures:
        raise failures[0]


def memory_mb(name: str) -> float:
    """A figure of this process in MB: VmRSS now, VmHWM at its most."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    line = next(each for each in lines if each.startswith(name))
    return int(line.split()[1]) * 1024 / 1e6
