"""From process start to a passphrase prompt that takes keys, against an empty window's start.

A child process notes the moment at which a key sent to its focused line has become text. The
floor is a window with one line and nothing else, started in turn with the program. The way
from the accepted passphrase to the list is timed in processes that have just started, with a key
derivation that costs nothing.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.table import Row, markdown

TITLE = "Start-up of the window"
ROUNDS = 15
SIGN_INS = 7
BAR = 2.5
_ROOT = Path(__file__).resolve().parent.parent

_PROBE = """
import os, sys, time
def arm(line):
    from PySide6.QtCore import QEvent, Qt, QTimer
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication
    def typed(_text):
        sys.stdout.write(str(time.monotonic()))
        sys.stdout.flush()
        os._exit(0)
    line.textChanged.connect(typed)
    def look():
        if QApplication.focusWidget() is line and line.isVisible():
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                key = QKeyEvent(kind, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
                QApplication.postEvent(line, key)
        else:
            QTimer.singleShot(1, look)
    QTimer.singleShot(0, look)
"""
_FLOOR = (
    _PROBE
    + """
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow
app = QApplication([])
window = QMainWindow()
line = QLineEdit()
window.setCentralWidget(line)
window.resize(1280, 800)
window.show()
line.setFocus()
arm(line)
app.exec()
"""
)
_PROGRAM = (
    _PROBE
    + """
sys.path.insert(0, sys.argv[1])
import main
import ui.app
shown = ui.app.MainWindow.show
def show(window):
    shown(window)
    page = window.centralWidget()
    page.passphrase.setFocus()
    arm(page.passphrase.line)
ui.app.MainWindow.show = show
main.main(["--clinic", sys.argv[2], "--theme", "light"])
"""
)
_SIGN_IN = """
import os, sys, time
sys.path.insert(0, sys.argv[1])
import main
import ui.app
from PySide6.QtCore import QTimer
shown = ui.app.MainWindow.show
def show(window):
    shown(window)
    def accept():
        page = window.centralWidget()
        page.user_name.setText("bench")
        page.passphrase.line.setText("a bench passphrase")
        start = time.monotonic()
        def look():
            if window.workspace is not None and window.workspace.patients.model.rowCount():
                window.grab()
                sys.stdout.write(str(time.monotonic() - start))
                sys.stdout.flush()
                os._exit(0)
            QTimer.singleShot(5, look)
        page.sign_in()
        look()
    # What typing a name and a passphrase takes at the very least.
    QTimer.singleShot(1500, accept)
ui.app.MainWindow.show = show
main.main(["--clinic", sys.argv[2], "--theme", "light"])
"""


def _seconds(code: str, arguments: list[str], home: Path) -> float:
    start = time.monotonic()
    return _printed(code, arguments, home) - start


def _printed(code: str, arguments: list[str], home: Path) -> float:
    environment = {
        **os.environ,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "XDG_STATE_HOME": str(home),
    }
    if not os.environ.get("DISPLAY"):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment, stdout=subprocess.PIPE, check=True, timeout=60,
    )  # fmt: skip
    return float(done.stdout)


def run() -> list[Row]:
    """Start both in turn, again and again."""
    from woundtrack.store.clinic import create_clinic
    from woundtrack.store.keys import CHEAP

    with tempfile.TemporaryDirectory() as place:
        clinic, home = Path(place) / "clinic", Path(place) / "home"
        home.mkdir()
        create_clinic(
            clinic, clinic_name="B", user_name="bench", passphrase="a bench passphrase", cost=CHEAP
        )
        arguments = [str(_ROOT), str(clinic)]
        _add_patients(clinic)
        for code in (_FLOOR, _PROGRAM):  # once unseen: compiled modules, warm files
            _seconds(code, arguments, home)
        floors, programs = [], []
        for _round in range(ROUNDS):
            floors.append(_seconds(_FLOOR, arguments, home))
            programs.append(_seconds(_PROGRAM, arguments, home))
        lists = [_printed(_SIGN_IN, arguments, home) for _round in range(SIGN_INS)]
    ratios = [program / floor for program, floor in zip(programs, floors, strict=True)]
    ratio = statistics.median(ratios)
    return [
        Row("empty window to first key", statistics.median(floors), "s", _spread(floors)),
        Row("program to passphrase prompt", statistics.median(programs), "s", _spread(programs)),
        Row("ratio to the empty window", ratio, "×", _spread(ratios), f"≤ {BAR} ×", ratio <= BAR),
        _sign_in_row(lists, statistics.median(floors)),
    ]


def _add_patients(folder: Path) -> None:
    """A hundred patients, so that the list has something to show."""
    import datetime as dt

    from woundtrack.records import Patient
    from woundtrack.store.clinic import Writer, open_clinic

    def act(writer: Writer) -> None:
        for number in range(100):
            writer.add(Patient(f"H{number}", f"Name{number}", "First", dt.date(1950, 1, 1)))

    clinic = open_clinic(folder, user_name="bench", passphrase="a bench passphrase")
    clinic.write(act)
    clinic.close()


def _sign_in_row(lists: list[float], floor: float) -> Row:
    figure = statistics.median(lists)
    return Row(
        "passphrase accepted to patient list, new process, beyond the key derivation",
        figure,
        "s",
        f"{_spread(lists)}; {figure / floor:.2g} × the empty window",
        "≤ 1 s",
        figure <= 1,
    )


def _spread(values: list[float]) -> str:
    low, _middle, high = statistics.quantiles(values, n=4)
    return f"{low:.3g} to {high:.3g} (middle half)"


if __name__ == "__main__":
    print(markdown(run()))
