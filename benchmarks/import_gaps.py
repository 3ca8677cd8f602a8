"""While 100 photos of 12 MP import through the real visit page: how long the window waits.

A timer on the GUI thread asks to be called every 5 ms; the time between two calls is how long
a key pressed then would have waited. Beside the percentile of the gaps stands the stricter one
of the moments, in which a long gap counts by its length.
"""

import datetime as dt
import io
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.table import Row, markdown

TITLE = "Importing photos while the window is used"
PHOTOS = 100
SIZE_PX = (4000, 3000)
BAR_MS = 50.0
TICK_MS = 5
DAY = dt.date(2026, 3, 17)


def run(*, photos: int = PHOTOS) -> list[Row]:
    """Import `photos` painted photos and give the gaps, and the import's time a photo."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        files = _photo_files(Path(folder) / "card", photos)
        gaps_ms, seconds = _imported(app, Path(folder) / "clinic", files)
    figure_ms = float(np.percentile(gaps_ms, 99.9))
    return [
        Row(
            f"event-loop gap, 99.9th percentile, {photos} × 12 MP import",
            figure_ms,
            "ms",
            f"99th {np.percentile(gaps_ms, 99):.1f}; of moments {of_moments_ms(gaps_ms):.1f}",
            f"≤ {BAR_MS:.0f} ms",
            figure_ms <= BAR_MS,
        ),
        Row("event-loop gap, the longest", float(gaps_ms.max()), "ms"),
        Row("import of one 12 MP photo", 1000 * seconds / photos, "ms", f"{seconds:.1f} s in all"),
    ]


def of_moments_ms(gaps_ms: np.ndarray, percent: float = 99.9) -> float:
    """The gap that covers this share of the time, not of the count."""
    ordered = np.sort(gaps_ms)
    covered = np.cumsum(ordered) / ordered.sum()
    return float(ordered[min(np.searchsorted(covered, percent / 100), len(ordered) - 1)])


def _photo_files(folder: Path, count: int) -> list[Path]:
    """JPEGs of skin-like noise with an EXIF time, each of other bytes."""
    from PIL import Image
    from PIL.ExifTags import IFD, Base

    folder.mkdir()
    random = np.random.default_rng(7)
    width, height = SIZE_PX
    coarse = random.normal((214, 170, 146), 10, (height // 8, width // 8, 3))
    picture = Image.fromarray(coarse.clip(0, 255).astype(np.uint8)).resize(SIZE_PX)
    files = []
    for number in range(count):
        exif = Image.Exif()
        at = dt.datetime.combine(DAY, dt.time(9, number % 60, number // 60))
        exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = at.strftime("%Y:%m:%d %H:%M:%S")
        file = io.BytesIO()
        picture.save(file, "JPEG", quality=92, exif=exif)
        path = folder / f"IMG_{number:04d}.jpg"
        path.write_bytes(file.getvalue())
        files.append(path)
    return files


def _imported(app: object, folder: Path, files: list[Path]) -> tuple[np.ndarray, float]:
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtTest import QTest

    from ui import theme
    from ui.background import Background
    from ui.pages.visit_page import VisitPage

    theme.apply(app)  # type: ignore[arg-type]
    clinic, patient_id = _clinic(folder)
    background = Background(on_error=_raise)
    page = VisitPage(clinic, background, today=lambda: DAY)
    page.resize(1280, 800)
    page.show()
    page.open_visit(patient_id, None)
    while page.session.state is None:
        QTest.qWait(10)
    QTest.qWait(300)
    calls: list[float] = []
    timer = QTimer(interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: calls.append(time.perf_counter()))
    page.session.album.proposals.hold(True)
    timer.start()
    start = time.perf_counter()
    page.import_files(files)
    while page.desk.run.running or len(page.session.state.photos) < len(files):
        QTest.qWait(5)
    seconds = time.perf_counter() - start
    timer.stop()
    page.session.album.forget()
    background.close()
    clinic.close()
    return 1000 * np.diff(np.array(calls)), seconds


def _clinic(folder: Path) -> tuple[Any, int]:
    """An open clinic with one patient of two lesions, and the patient's id."""
    from woundtrack.records import Lesion, Patient, Side
    from woundtrack.store.clinic import create_clinic, open_clinic

    create_clinic(folder, clinic_name="B", user_name="Bench", passphrase="a bench passphrase 9")
    clinic = open_clinic(folder, user_name="Bench", passphrase="a bench passphrase 9")
    patient = clinic.write(
        lambda writer: writer.add(Patient("1", "Bench", "Ben", dt.date(1950, 1, 1)))
    )
    for label in "AB":  # two, so that none is taken for granted and proposed
        lesion = Lesion(patient.id, label, "calf", Side.LEFT)
        clinic.write(lambda writer, lesion=lesion: writer.add(lesion))
    return clinic, patient.id


def _raise(error: Exception) -> None:
    raise error


if __name__ == "__main__":
    print(markdown(run(photos=int(sys.argv[1]) if len(sys.argv) > 1 else PHOTOS)))
