"""A small clinic, a background without surprises, and painted photos, for pages under test."""

import datetime as dt
import gc
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.windows import dialogs
from ui import theme
from ui.background import Background
from ui.main_window import MainWindow
from ui.settings import Settings
from woundtrack.instruments.bwat import BWAT
from woundtrack.photo.code import new_patient_code
from woundtrack.records import (
    Assessment,
    FilledForm,
    Lesion,
    Patient,
    Side,
    SizeMethod,
    Stored,
    Visit,
)
from woundtrack.store.clinic import Clinic

TODAY = dt.date(2026, 3, 17)
LAST_WEEK = dt.date(2026, 3, 10)
USER = "Anne Roy"
PASSPHRASE = "a long enough passphrase"
LAST_SCORES = (2, 3, 2, 1, 3, 3, 4, 3, 2, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Ward:
    """A patient with two lesions and a confirmed visit last week, and a second patient."""

    patient: Stored[Patient]
    lesions: tuple[Stored[Lesion], ...]
    other: Stored[Patient]


PATIENCE_MS = 20_000
"""What a test waits for comes at once or, where the fact is false, never: a loaded machine
is given the time."""


PAUSES_MS = {
    "ui.pages.visit.saver.PAUSE_MS": 15,
    "ui.pages.visit.scale_trial.PAUSE_MS": 15,
    "ui.pages.visit.patient_scores.KEEP_AFTER_MS": 60,
    "ui.pages.rater_study.drawing_keeper.PAUSE_MS": 15,
    "ui.pages.patient_list.DEBOUNCE_MS": 15,
    "ui.dialogs.live_dialog.WAIT_MS": 40,
    "ui.pictures.page.WAIT_MS": 60,
}
"""What the program waits for a person who may go on at once; a test's hand is quicker."""


@pytest.fixture(scope="session", autouse=True)
def _short_pauses() -> Iterator[None]:
    """The program's pauses, far shorter."""
    with pytest.MonkeyPatch.context() as patched:
        for name, pause_ms in PAUSES_MS.items():
            patched.setattr(name, pause_ms)
        yield


@pytest.fixture(autouse=True)
def _collected_between_tests() -> Iterator[None]:
    """As in the program, workers free no cycles: widgets may hang on them."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def qtbot(qtbot: QtBot) -> QtBot:
    """Pressed, typed and waited for, with patience."""
    for wait in ("waitUntil", "waitSignal", "waitSignals"):
        setattr(qtbot, wait, partial(getattr(qtbot, wait), timeout=PATIENCE_MS))
    return qtbot


@pytest.fixture(autouse=True)
def gone(qapp: object) -> Iterator[None]:
    """A test's widgets go with it: left over, Python may free them on another one's worker."""
    del qapp
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def clinic(new_clinic: Callable[..., Path], tmp_path: Path) -> Iterator[Clinic]:
    """An open, empty clinic; the key derivation costs nothing."""
    from woundtrack.store.clinic import open_clinic

    folder = new_clinic(tmp_path / "clinic", name="Test", user=USER, passphrase=PASSPHRASE)
    opened = open_clinic(folder, user_name=USER, passphrase=PASSPHRASE)
    yield opened
    opened.close()


@pytest.fixture
def background(qapp: object) -> Iterator[Background]:
    """The real workers; an unforeseen error fails the test."""
    del qapp
    errors: list[Exception] = []
    made = Background(on_error=errors.append)
    yield made
    made.close()
    if errors:
        raise errors[0]


@pytest.fixture
def window(
    qtbot: QtBot, qapp: QApplication, clinic: Clinic, tmp_path: Path
) -> Iterator[MainWindow]:
    """The main window, signed in to the clinic."""
    errors: list[Exception] = []
    theme.apply(qapp, choice="light")
    background = Background(on_error=errors.append)
    made = MainWindow(
        settings=Settings(tmp_path / "settings.ini"), background=background, folder=clinic.folder
    )
    made.show()
    made.enter(clinic)
    qtbot.waitUntil(lambda: not background.is_busy())
    yield made
    for dialog in dialogs():
        dialog.reject()
    made.close()
    qtbot.waitUntil(lambda: not made.isVisible())
    made.deleteLater()
    if errors:
        raise errors[0]


@pytest.fixture
def ward(clinic: Clinic) -> Ward:
    """The patients every visit test begins with."""

    def act(writer: object) -> Ward:
        add = writer.add  # type: ignore[attr-defined]
        # Their codes are always the same, so that a card of theirs is painted but once.
        first, second = (new_patient_code(own) for own in (b"Lefevre", b"Moreau"))
        patient = add(Patient("H1", "Lefèvre", "Marie", dt.date(1958, 5, 3), code=first))
        other = add(Patient("H2", "Moreau", "Jean", dt.date(1949, 8, 21), code=second))
        lesions = tuple(
            add(Lesion(patient.id, label, "calf", side))
            for label, side in (("A", Side.LEFT), ("B", Side.RIGHT))
        )
        visit = add(Visit(patient.id, LAST_WEEK))
        for lesion in lesions:
            add(
                Assessment(
                    visit.id,
                    lesion.id,
                    size_method=SizeMethod.BEDSIDE,
                    length_cm=4.0,
                    width_cm=3.0,
                    dressing="alginate",
                    shape="round",
                    forms=(FilledForm(BWAT.key, BWAT.version, LAST_SCORES),),
                    confirmed=True,
                )
            )
        return Ward(patient, lesions, other)

    return clinic.write(act)


@pytest.fixture(scope="session")
def painted() -> Callable[..., bytes]:
    """A small JPEG of a red wound on skin; each `seed` gives other bytes."""
    return _painted


def _painted(
    at: dt.datetime | None = dt.datetime(2026, 3, 17, 9, 30),  # noqa: DTZ001
    *,
    seed: int = 0,
    size: tuple[int, int] = (640, 480),
    quality: int = 88,
) -> bytes:
    from PIL import Image, ImageDraw
    from PIL.ExifTags import IFD, Base

    width, height = size
    random = np.random.default_rng(seed)
    skin = np.array([214, 170, 146]) + random.normal(0, 3, (height // 4, width // 4, 1))
    image = Image.fromarray(skin.clip(0, 255).astype(np.uint8)).resize(size)
    box = (width * 0.35, height * 0.3, width * 0.65, height * 0.7)
    ImageDraw.Draw(image).ellipse(box, fill=(150, 32, 38))
    exif = Image.Exif()
    if at is not None:
        exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = at.strftime("%Y:%m:%d %H:%M:%S")
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality, exif=exif)
    return file.getvalue()


@pytest.fixture(scope="session")
def ruled() -> Callable[..., NDArray[np.uint8]]:
    """A photo (600, 1000, 3), BGR, of a ruler 8 px a mm at y = 400 from x = 100 to 900.

    Its centimetres are numbered. `even`: all graduations alike and no numbers, so that their unit
    cannot be told. Above it a red wound, a gold disc round (800, 150), 120 px wide, and a green
    square of 100 px round (620, 150).
    """
    kept: dict[bool, NDArray[np.uint8]] = {}

    def make(*, even: bool = False) -> NDArray[np.uint8]:
        if even not in kept:
            kept[even] = _ruled(even)
        return kept[even]

    return make


def _ruled(even: bool) -> NDArray[np.uint8]:
    import cv2

    image = np.full((600, 1000, 3), (146, 170, 214), np.uint8)
    cv2.rectangle(image, (80, 400), (920, 520), (240, 240, 240), -1)
    for number in range(101):
        x = 100 + 8 * number
        length = 40 if even else 80 if number % 10 == 0 else 60 if number % 5 == 0 else 40
        cv2.rectangle(image, (x - 1, 400), (x, 400 + length), (25, 25, 25), -1)
        if number % 10 == 0 and not even:
            at = (x - (8 if number < 100 else 16), 510)
            font = cv2.FONT_HERSHEY_SIMPLEX
            cv2.putText(image, f"{number // 10}", at, font, 0.8, (25, 25, 25), 2, cv2.LINE_AA)
    cv2.ellipse(image, (330, 200), (150, 100), 0, 0, 360, (40, 30, 150), -1, cv2.LINE_AA)
    cv2.circle(image, (800, 150), 60, (60, 150, 190), -1, cv2.LINE_AA)
    cv2.rectangle(image, (570, 100), (669, 199), (60, 140, 30), -1)
    soft = cv2.GaussianBlur(image, (0, 0), 0.8).astype(np.float64)
    noise = np.random.default_rng(5).normal(0, 1.5, soft.shape)
    return np.clip(soft + noise, 0, 255).astype(np.uint8)


@pytest.fixture(scope="session")
def with_ruler(ruled: Callable[..., NDArray[np.uint8]]) -> Callable[..., bytes]:
    """The same photo as a file."""

    def make(*, even: bool = False) -> bytes:
        from PIL import Image
        from PIL.ExifTags import IFD, Base

        exif, file = Image.Exif(), io.BytesIO()
        exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = "2026:03:17 09:30:00"
        Image.fromarray(ruled(even=even)[..., ::-1]).save(file, "JPEG", quality=95, exif=exif)
        return file.getvalue()

    return make


@pytest.fixture(scope="session")
def with_card() -> Callable[..., bytes]:
    """A photo of a wound beside a printed card that carries a code; rendered once a code."""
    kept: dict[tuple[object, ...], bytes] = {}

    def make(code: str, *, lesion: str | None = None, minute: int = 30, seed: int = 1) -> bytes:
        key = (code, lesion, minute, seed)
        if key not in kept:
            kept[key] = _photographed(code, lesion, minute, seed)
        return kept[key]

    return make


def _photographed(code: str, lesion: str | None, minute: int, seed: int) -> bytes:
    from woundtrack.demo.people import people
    from woundtrack.demo.printed_card import card_picture
    from woundtrack.demo.scene import CANVAS_PX_PER_MM, Camera, Scene, photograph

    wound = people(LAST_WEEK)[0].lesions[0].wound
    card = card_picture(CANVAS_PX_PER_MM, code=code, run=1, lesion=lesion)
    camera = Camera(tilt_deg=6.0 + seed, azimuth_deg=40.0 * seed)
    scene = Scene(
        ((replace(wound).scaled(0.9), (125.0, 78.0)),),
        people(LAST_WEEK)[0].skin_bgr,
        camera,
        card=card,
        seed=seed,
    )
    at = dt.datetime.combine(TODAY, dt.time(9, minute))
    return photograph(scene, taken_at=at)[0]
