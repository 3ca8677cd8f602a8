"""What a nurse waits for in the window: signing in, searching, opening a long record.

The clinic of `benchmarks.store_speed`: 2,000 patients, 20,000 visits, one patient with 100.
Times run from the act to the widgets showing its result, painted; the floor is one round trip
of work that does nothing through the background workers.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.table import Row, markdown

TITLE = "The window on a clinic of 2,000 patients"
ROUNDS = 15
SEARCHES = ("le", "lef", "lefè", "mor", "ngu", "gar", "soren", "weiss", "mar", "jean", "19", "zoe")


def run() -> list[Row]:
    """Build the clinic, open the window on it, time each wait."""
    from benchmarks import store_speed
    from woundtrack.store import keys
    from woundtrack.store.clinic import create_clinic, open_clinic

    if not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "clinic"
        create_clinic(
            folder, clinic_name="B", user_name="bench", passphrase="a bench passphrase",
            cost=keys.CHEAP,
        )  # fmt: skip
        clinic = open_clinic(folder, user_name="bench", passphrase="a bench passphrase")
        long_id = clinic.write(store_speed._fill)
        clinic.close()
        return _window(folder, Path(place), long_id)


def _window(folder: Path, place: Path, long_id: int) -> list[Row]:
    from PySide6.QtWidgets import QApplication

    from ui import app as application
    from ui import theme
    from ui.background import Background
    from ui.main_window import MainWindow
    from ui.settings import Settings

    app = QApplication.instance() or application.make_application([])
    assert isinstance(app, QApplication)
    theme.apply(app, choice="light")
    failures: list[Exception] = []
    background = Background(on_error=failures.append)
    window = MainWindow(settings=Settings(place / "s.ini"), background=background, folder=folder)
    window.show()
    page: Any = window.centralWidget()
    page.user_name.setText("bench")
    page.passphrase.line.setText("a bench passphrase")
    sign_in = _until(
        app,
        page.sign_in,
        lambda: window.workspace is not None and window.workspace.patients.model.rowCount() > 0,
    )
    floor, searches, opens = [], [], []
    for number in range(ROUNDS):
        floor.append(_until(app, *_nothing(background)))
        text = SEARCHES[number % len(SEARCHES)]
        searches.append(_search(app, window, text))
        opens.append(_open(app, window, long_id))
    window.close()
    if failures:
        raise failures[0]
    base = statistics.median(floor)
    return [
        Row("window: floor, one idle round trip", base, "ms", _spread(floor)),
        Row("window: passphrase accepted to list, beyond the key", sign_in, "ms",
            "once, modules loaded", "≤ 1000 ms", sign_in <= 1000),
        _row("window: search as one types", searches, base, 30),
        _row("window: opening 100 visits", opens, base, 150),
    ]  # fmt: skip


def _nothing(background: Any) -> tuple[Callable[[], None], Callable[[], bool]]:
    done: list[object] = []
    return lambda: background.run(lambda: None, done=done.append), lambda: bool(done)


def _search(app: Any, window: Any, text: str) -> float:
    patients = window.workspace.patients
    patients.search.blockSignals(True)  # the pause while typing is no work
    patients.search.setText(text)
    patients.search.blockSignals(False)
    answered: list[bool] = []
    patients.model.modelReset.connect(lambda: answered.append(True))
    return _until(app, patients.refresh, lambda: bool(answered))


def _open(app: Any, window: Any, patient_id: int) -> float:
    space = window.workspace
    space.close_patient()
    _until(app, lambda: None, lambda: not window.background.is_busy())
    loaded: list[int] = []
    connection = space.patient_page.loaded.connect(loaded.append)
    took = _until(app, lambda: space.open_patient(patient_id), lambda: bool(loaded))
    space.patient_page.loaded.disconnect(connection)
    _until(app, lambda: None, lambda: not window.background.is_busy())
    return took


def _until(app: Any, act: Callable[[], object], ready: Callable[[], bool]) -> float:
    """Milliseconds from the act until it is ready and painted."""
    from PySide6.QtCore import QEventLoop

    start = time.perf_counter()
    act()
    while not ready():
        # As the real loop does: asleep, without holding the interpreter from the workers.
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    app.processEvents()
    return 1000 * (time.perf_counter() - start)


def _row(name: str, values: list[float], floor: float, bar_ms: float) -> Row:
    figure = statistics.median(values)
    spread = f"{_spread(values)}; {figure / max(floor, 1e-6):.1f} × floor"
    return Row(name, figure, "ms", spread, f"≤ {bar_ms:g} ms", figure <= bar_ms)


def _spread(values: list[float]) -> str:
    low, _middle, high = statistics.quantiles(values, n=4)
    return f"{low:.3g} to {high:.3g} (middle half)"


if __name__ == "__main__":
    print(markdown(run()))
