"""Nothing outside the store can be read, and nothing in it without the key.

A program of its own, with home, temporary, settings, cache and log folders of its own, signs
in through the real window, edits, imports, charts, prints, fails and is killed. Then every file
it left is searched for names (UTF-8 and UTF-16), the photo's file name and any image header.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.table import Row

TITLE = "Nothing readable"
ROOT = Path(__file__).resolve().parent.parent
FAMILY_NAME, FIRST_NAME, NUMBER = "Quetzalcoatlová", "Xiomara", "HN-7740193"
NOTE = "zwölfmillimeterrand"
PHOTO_NAME = "IMG_private_4711"
PASSPHRASE = "seven quiet otters swim"
WORDS = (FAMILY_NAME, FIRST_NAME, NUMBER, NOTE, PHOTO_NAME, PASSPHRASE)
IMAGE_HEADERS = (b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xe1", b"\xff\xd8\xff\xdb", b"\x89PNG\r\n",
                 b"JFIF\0", b"Exif\0\0", b"ftypheic", b"%PDF-")  # fmt: skip
WAIT_S = 120
KILL_AFTER_S = 0.8
"""Long enough for the first photos to be on their way into the vault."""


def needles() -> dict[str, bytes]:
    """What must not be found, by what it is: words in the encodings a file may hold them in."""
    found = {f"image header {header[:6]!r}": header for header in IMAGE_HEADERS}
    for word in WORDS:
        for variant in (word, word.lower(), word.upper(), word.casefold()):
            for encoding in ("utf-8", "utf-16-le", "utf-16-be", "latin-1"):
                found[f"{variant} as {encoding}"] = variant.encode(encoding, "replace")
    return found


def leaks(private: Path) -> list[str]:
    """Every readable trace below `private`: which file, and what of the needles it holds."""
    sought = needles()
    found = []
    for path in sorted(private.rglob("*")):
        hidden = str(path.relative_to(private))
        found += [f"{hidden}: in the file's name" for word in WORDS if word in hidden]
        if path.is_file():
            content = path.read_bytes()
            # WAL frames, freed pages and half-written files are searched as they lie.
            found += [f"{hidden}: {what}" for what, needle in sought.items() if needle in content]
    return found


def files(private: Path) -> set[str]:
    """Every file below `private`, by its path."""
    return {str(path.relative_to(private)) for path in private.rglob("*") if path.is_file()}


def environment(private: Path) -> dict[str, str]:
    """Every place a program may write to, moved below `private`."""
    places = {
        "HOME": "home", "TMPDIR": "tmp", "XDG_CONFIG_HOME": "config", "XDG_CACHE_HOME": "cache",
        "XDG_DATA_HOME": "data", "XDG_STATE_HOME": "state", "XDG_RUNTIME_DIR": "runtime",
    }  # fmt: skip
    for folder in places.values():
        (private / folder).mkdir(parents=True, exist_ok=True)
    (private / "runtime").chmod(0o700)
    moved = {name: str(private / folder) for name, folder in places.items()}
    return {**os.environ, **moved, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}


def scenario(name: str, private: Path, photos: Path) -> int:
    """Run one scenario in a process of its own; "kill" is killed in the middle of its import."""
    command = [sys.executable, "-m", "benchmarks.nothing_readable", name, str(private), str(photos)]
    child = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(private),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert child.stdout is not None
    for line in child.stdout:
        if name == "kill" and line.startswith("importing"):
            time.sleep(KILL_AFTER_S)
            child.send_signal(signal.SIGKILL)
    return child.wait(WAIT_S)


def run() -> list[Row]:
    """The files left and the traces found, after work, a crash and a kill."""
    with tempfile.TemporaryDirectory() as folder:
        private, photos = Path(folder, "private"), Path(folder, "photos")
        private.mkdir()
        write_photos(photos)
        rows = []
        for name in ("work", "crash", "kill"):
            before = files(private)
            status = scenario(name, private, photos)
            expected = {"work": 0, "crash": -signal.SIGABRT, "kill": -signal.SIGKILL}[name]
            if status != expected:
                raise RuntimeError(f"the scenario {name} ended with {status}")
            new, found = files(private) - before, leaks(private)
            spread = "; ".join(found[:3]) or f"{len(new)} new files searched"
            rows.append(Row(f"traces after: {name}", len(found), "", spread, "0", not found))
    return rows


def write_photos(folder: Path) -> None:
    """Ten photos with card, under a telling file name, outside the private folders."""
    import datetime as dt

    from woundtrack.demo.people import people
    from woundtrack.demo.scene import Camera, Scene, photograph

    folder.mkdir()
    wound = people(dt.date(2026, 3, 3))[0].lesions[0].wound
    scene = Scene(((wound, (125, 90)),), (0.56, 0.67, 0.85), Camera())
    taken_at = dt.datetime.fromisoformat("2026-03-03 10:00")
    data, _edges = photograph(scene, taken_at=taken_at)
    for number in range(10):
        # Trailing bytes make each a file of its own without another painting.
        (folder / f"{PHOTO_NAME}_{number}.jpg").write_bytes(data + bytes([number]))


# -- the program that is watched ---------------------------------------------------------------


def _child(name: str, private: Path, photos: Path) -> int:
    from ui import app as application
    from ui import errors, theme
    from ui.background import Background
    from ui.main_window import MainWindow
    from ui.settings import Settings

    app = application.make_application(["woundtrack"])
    errors.start_log()
    theme.apply(app, choice="light")
    clinic = private / "home" / "clinic"
    if name == "work":
        _fill(clinic)
    background = Background(on_error=errors.on_background_error)
    window = MainWindow(settings=Settings(), background=background, folder=clinic)
    errors.install_hook(lambda _error: None)
    window.show()
    _sign_in(app, window, background)
    {"work": _work, "crash": _crash, "kill": _kill}[name](app, window, background, photos)
    window.close()
    _settle(app, background)
    return 0


def _fill(clinic_folder: Path) -> None:
    import datetime as dt

    from woundtrack.records import Lesion, Patient, Side
    from woundtrack.store.clinic import create_clinic, open_clinic
    from woundtrack.store.keys import CHEAP

    clinic_folder.parent.mkdir(exist_ok=True)
    # What is left on the disk does not depend on how long a key is derived.
    create_clinic(
        clinic_folder,
        clinic_name="Ward 4",
        user_name="nurse",
        passphrase=PASSPHRASE,
        cost=CHEAP,
    )
    clinic = open_clinic(clinic_folder, user_name="nurse", passphrase=PASSPHRASE)
    patient = clinic.write(
        lambda writer: writer.add(
            Patient(NUMBER, FAMILY_NAME, FIRST_NAME, dt.date(1961, 5, 4), note=NOTE)
        )
    )
    clinic.write(lambda writer: writer.add(Lesion(patient.id, "A", "calf", Side.LEFT)))
    clinic.close()


def _settle(app: Any, background: Any, ready: Any = lambda: True) -> None:
    """Let the window work until `ready` and nothing is under way.

    In an event loop of its own: a wait of QTest would hold the interpreter from the workers.
    """
    from PySide6.QtCore import QEventLoop, QTimer

    loop, clock, start = QEventLoop(), QTimer(), time.monotonic()
    clock.setInterval(20)

    def look() -> None:
        waited_s = time.monotonic() - start
        if waited_s > WAIT_S or (waited_s > 0.15 and ready() and not background.is_busy()):
            loop.quit()

    clock.timeout.connect(look)
    clock.start()
    loop.exec()
    clock.stop()
    app.processEvents()
    if time.monotonic() - start > WAIT_S:
        raise TimeoutError


def _sign_in(app: Any, window: Any, background: Any) -> None:
    page = window.centralWidget()
    page.user_name.setText("nurse")
    page.passphrase.line.setText(PASSPHRASE)
    page.sign_in()
    _settle(app, background, lambda: window.workspace is not None)
    space = window.workspace
    _settle(app, background, lambda: bool(space.patients.model.rowCount()))
    space.open_patient(space.patients.model.rows()[0].id)
    _settle(app, background, lambda: space.view is not None)


def _photos(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.glob("*.jpg"))


def _import(app: Any, window: Any, paths: list[Path]) -> Any:
    window.workspace.import_files(paths)
    _settle(app, window.background)
    return window.workspace.visit_page


def _work(app: Any, window: Any, background: Any, photos: Path) -> None:
    """Import, edit, chart, and a PDF made as the report dialog makes it."""
    page = _import(app, window, list(_photos(photos))[:1])
    _settle(app, background)
    page.close_visit()
    _settle(app, background)
    space = window.workspace
    window.run("report")
    _settle(app, background)
    for widget in app.topLevelWidgets():
        if widget is not window and widget.isVisible() and hasattr(widget, "reject"):
            widget.reject()
    assert space.view.history.photos, "nothing was imported"
    window.grab()
    _settle(app, background)


def _crash(app: Any, window: Any, background: Any, photos: Path) -> None:
    """An unforeseen error that names the patient and the file, then the process aborts."""
    from PySide6.QtCore import QTimer

    def fail() -> None:
        raise ValueError(f"{FAMILY_NAME} {FIRST_NAME} {PHOTO_NAME} {NOTE}")

    def fail_in_background() -> None:
        raise OSError(str(next(_photos(photos))))

    QTimer.singleShot(0, fail)
    background.run(fail_in_background)
    for _again in range(2):
        # The hook has logged it; a wait in Python gets it once more.
        with contextlib.suppress(ValueError, OSError):
            _settle(app, background)
    os.abort()


def _kill(app: Any, window: Any, background: Any, photos: Path) -> None:
    window.workspace.import_files(list(_photos(photos))[1:])
    print("importing", flush=True)
    _settle(app, background)
    time.sleep(WAIT_S)


if __name__ == "__main__":
    sys.exit(_child(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])))
