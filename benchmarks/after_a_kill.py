"""What a `kill -9` in the middle of a visit costs, step by step, in the real window.

A program of its own signs in, does one thing of a visit, says so, and is killed a moment later.
Then the clinic is opened again, and what was done is looked for. The figure is how long the
program took until the store had it, as it saw itself; the bar is what a person may lose.
"""

import contextlib
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.nothing_readable import PASSPHRASE, ROOT, _fill, _settle, _sign_in, environment
from benchmarks.nothing_readable import write_photos as painted_photos
from benchmarks.table import Row, Skip

TITLE = "After a kill"
STEPS = ("photo", "scale", "outline", "form", "note", "no day")
BOUND_S = 1.5
"""What was done longer ago than this must be there."""
NOTE = "the margin is red and warm since yesterday"
SCORES = (3, 2, 4, 1, 5, 2)
WAIT_S = 60


def run() -> list[Row]:
    """Each step done, killed 1.5 s later, and opened again."""
    if sys.platform == "win32":
        raise Skip("the kill is a POSIX signal")
    with tempfile.TemporaryDirectory() as folder:
        photos = Path(folder, "photos")
        painted_photos(photos)
        return [_row(name, Path(folder, name), photos) for name in STEPS]


def _row(name: str, private: Path, photos: Path) -> Row:
    private.mkdir()
    delay_s, found = killed_after(name, private, photos)
    return Row(f"kept: {name}", delay_s * 1000, "ms", found, f"≤ {BOUND_S * 1000:.0f} ms",
               found == "all there" and delay_s <= BOUND_S)  # fmt: skip


def killed_after(name: str, private: Path, photos: Path) -> tuple[float, str]:
    """Do one step in a window, kill it, and look: the delay in s, and what is there."""
    command = [sys.executable, "-m", "benchmarks.after_a_kill", name, str(private), str(photos)]
    child = subprocess.Popen(
        command, cwd=ROOT, env=environment(private), stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    delay_s, done_at = float("inf"), 0.0
    for line in child.stdout:
        word, _space, rest = line.strip().partition(" ")
        if word == "did":
            done_at = time.monotonic()
        elif word == "kept":
            delay_s = float(rest)
            time.sleep(max(0.0, BOUND_S - (time.monotonic() - done_at)))
            child.send_signal(signal.SIGKILL)
        elif word == "lost":
            child.send_signal(signal.SIGKILL)
    child.wait(WAIT_S)
    return delay_s, _looked_at(name, private / "home" / "clinic")


def _looked_at(name: str, folder: Path) -> str:
    from woundtrack.store.clinic import open_clinic

    clinic = open_clinic(folder, user_name="nurse", passphrase=PASSPHRASE)
    try:
        told = clinic.left_over is not None
        there = is_there(clinic, name)
        wrong = [str(finding) for finding in clinic.check()]
    finally:
        clinic.close()
    if wrong:
        return wrong[0]
    if not told:
        return "the end was not noticed"
    return "all there" if there else "not there"


def is_there(clinic: Any, name: str) -> bool:
    """Whether the store has what the step did."""
    from woundtrack.records import Assessment, Patient, PhotoOutline, PhotoScale, VisitPhoto

    def find(kind: type) -> list[Any]:
        return [each.value for each in clinic.read(lambda r: r.find(kind))]

    if name == "photo":
        return bool(find(VisitPhoto))
    if name == "scale":
        return any(each.scale and each.scale.method == "two_points" for each in find(PhotoScale))
    if name == "outline":
        return any(each.outline.rings for each in find(PhotoOutline))
    if name == "form":
        forms = [form for each in find(Assessment) for form in each.forms]
        return any(form.scores[: len(SCORES)] == SCORES for form in forms)
    if name == "note":
        return any(each.note == NOTE for each in find(Assessment))
    patient = clinic.read(lambda r: r.find(Patient))[0]
    kept = clinic.read(lambda r: r.without_day(patient.id, user_id=clinic.user.id))
    return kept is not None and kept.typed.assessments[0].note == NOTE


# -- the window that is killed -------------------------------------------------------------------


def _child(name: str, private: Path, photos: Path) -> int:
    from ui import app as application
    from ui import errors, theme
    from ui.background import Background
    from ui.main_window import MainWindow
    from ui.settings import Settings

    app = application.make_application(["woundtrack"])
    theme.apply(app, choice="light")
    clinic = private / "home" / "clinic"
    _fill(clinic)
    background = Background(on_error=errors.on_background_error)
    window = MainWindow(settings=Settings(), background=background, folder=clinic)
    window.show()
    _sign_in(app, window, background)
    window.workspace.new_visit()
    page = window.workspace.visit_page
    _settle(app, background, lambda: page.session.state is not None)
    if name != "no day":
        window.workspace.import_files(sorted(photos.glob("*.jpg"))[:1])
        lines = page.desk.lines
        _settle(app, background, lambda: any(line.photo_id for line in lines.values()))
    act: Callable[[Any, Any], None] = {
        "photo": lambda _page, _settled: None, "scale": _scale, "outline": _outline,
        "form": _form, "note": _note, "no day": _note,
    }[name]  # fmt: skip
    act(page, lambda ready=lambda: True: _settle(app, background, ready))
    return _watch(app, window.clinic, name)


def _watch(app: Any, clinic: Any, name: str) -> int:
    """Say that it was done, and when the store has it; then wait to be killed."""
    start = time.monotonic()
    print("did", flush=True)
    while time.monotonic() - start < 2 * BOUND_S:
        app.processEvents()
        if is_there(clinic, name):
            print(f"kept {time.monotonic() - start:.3f}", flush=True)
            break
        time.sleep(0.005)
    else:
        print("lost", flush=True)
    while time.monotonic() - start < WAIT_S:
        app.processEvents()
        time.sleep(0.01)
    return 1


def _scale(page: Any, settled: Callable[..., None]) -> None:
    from ui.pages.visit.checks import Step
    from woundtrack.scale.types import Scale, ScaleMethod

    page.show_step(Step.SCALE)
    step = page.editor_step
    settled(lambda: step.shows(step.photo_id))
    flat = ((0.1, 0.0, 0.0), (0.0, 0.1, 0.0), (0.0, 0.0, 1.0))
    step.scale_desk.give(Scale(ScaleMethod.TWO_POINTS, flat, relative_sd=0.01))


def _outline(page: Any, settled: Callable[..., None]) -> None:
    """One stroke of the brush finished, and a second under way."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    from ui.pages.visit.checks import Step
    from ui.photo_editor.editor import Tool
    from woundtrack.outline.types import Outline

    page.show_step(Step.OUTLINE)
    step = page.editor_step
    settled(lambda: step.shows(step.photo_id))
    lesion_id = page.session.state.lesions[0].id
    page.session.set_lesion_in_photo(step.photo_id, lesion_id, True)
    page.session.set_outline((step.photo_id, lesion_id), Outline())
    settled(lambda: not page.session.saver.pending)
    step.editor.set_tool(Tool.BRUSH_ADD)
    canvas, left = step.editor.canvas, Qt.MouseButton.LeftButton
    middle = canvas.rect().center()
    for number in range(2):
        start = middle + QPoint(0, 60 * number)
        QTest.mousePress(canvas, left, pos=start)
        for x in range(0, 60, 6):
            _move(canvas, start + QPoint(x, 0))
        if number == 0:
            QTest.mouseRelease(canvas, left, pos=start + QPoint(60, 0))


def _move(canvas: Any, place: Any) -> None:
    """A move with the button down, which QTest cannot send."""
    from PySide6.QtCore import QEvent, QPointF, Qt
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    left = Qt.MouseButton.LeftButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(place), QPointF(canvas.mapToGlobal(place)),
        Qt.MouseButton.NoButton, left, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


def _form(page: Any, settled: Callable[..., None]) -> None:
    from ui.pages.visit.checks import Step

    page.show_step(Step.FORM)
    settled()
    for row, score in zip(page.form.rows, SCORES, strict=False):
        row.answer(score)


def _note(page: Any, settled: Callable[..., None]) -> None:
    """Typed without ever leaving the field or pausing."""
    from PySide6.QtTest import QTest

    from ui.pages.visit.checks import Step

    page.show_step(Step.FORM)
    settled()
    page.form.bedside.note.setFocus()
    for letter in NOTE:
        QTest.keyClick(page.form.bedside.note, letter)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(_child(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])))
