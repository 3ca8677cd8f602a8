"""A clinic with photos to trace, and tracing them, for the tests of the rater pages."""

import datetime as dt
from collections.abc import Callable

import numpy as np
from pytestqt.qtbot import QtBot

from tests.clinics import SCALE
from tests.raters.tracings import measured
from tests.ui.conftest import Ward
from tests.ui.windows import settled
from ui.main_window import MainWindow
from ui.pages.rater_study.page import RaterStudyPage
from ui.pages.rater_study.tracing import KEY
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Photo
from woundtrack.raters.types import RaterPhoto, RaterStudy, RaterTrace
from woundtrack.records import (
    Lesion,
    LesionMeasurement,
    PhotoOutline,
    PhotoScale,
    Role,
    Side,
    Stored,
    User,
    Visit,
    VisitPhoto,
)
from woundtrack.store.clinic import Clinic, Writer

FIRST_ON = dt.date(2026, 1, 5)
OTHER = "Ben Sand"


def box(side_px: float, *, left: float = 200.0) -> Outline:
    right, bottom = left + side_px, 100.0 + side_px
    return Outline(rings=(((left, 100.0), (right, 100.0), (right, bottom), (left, bottom)),))


def add_photos(
    clinic: Clinic, ward: Ward, painted: Callable[..., bytes], *, count: int
) -> list[Stored[VisitPhoto]]:
    """Confirmed photos of one wound each, week by week, of growing areas."""

    picture = painted()

    def act(writer: Writer) -> list[Stored[VisitPhoto]]:
        made = []
        lesion = writer.add(Lesion(ward.patient.id, "C", "heel", Side.LEFT))
        for number in range(count):
            data = picture + bytes([number])  # other bytes after the picture's end
            visit = writer.add(Visit(ward.patient.id, FIRST_ON + dt.timedelta(days=number)))
            photo = Photo(640, 480, "image/jpeg", len(data))
            kept = writer.import_photo(data, photo, data)
            shown = writer.add(VisitPhoto(visit.id, kept.vault_name, kept.photo))
            scale = writer.add(PhotoScale(shown.id, SCALE, confirmed=True))
            outline = writer.add(
                PhotoOutline(shown.id, lesion.id, box(80.0 + number), confirmed=True)
            )
            writer.add(
                LesionMeasurement(
                    visit.id, lesion.id, shown.id, outline.id, 1, scale.id, 1,
                    measured((0.8 + 0.01 * number) ** 2), confirmed=True,
                )
            )  # fmt: skip
            made.append(shown)
        return made

    return clinic.write(act)


def add_rater(clinic: Clinic) -> int:
    """A second person who traces."""
    return clinic.write(lambda w: w.add_user(OTHER, Role.CLINICIAN, "another passphrase")).id


def add_study(
    clinic: Clinic, photos: list[Stored[VisitPhoto]], rater_ids: tuple[int, ...], **fields: object
) -> tuple[Stored[RaterStudy], list[Stored[RaterPhoto]]]:
    """A study of these photos."""

    def act(writer: Writer) -> tuple[Stored[RaterStudy], list[Stored[RaterPhoto]]]:
        study = writer.add(RaterStudy("Autumn", rater_ids, seed=4, **fields))  # type: ignore[arg-type]
        return study, [writer.add(RaterPhoto(study.id, one.id, SCALE)) for one in photos]

    return clinic.write(act)


def trace_all(
    clinic: Clinic, photos: list[Stored[RaterPhoto]], rater_id: int, *, round_: int = 1
) -> None:
    """One rater, signed in as such, traces all photos, a few percent apart from any other."""
    chance = np.random.default_rng(100 * rater_id + round_)
    sides_px = [
        (80.0 + number) * float(np.exp(chance.normal(0, 0.02))) for number in range(len(photos))
    ]
    signed_in = clinic.user
    clinic.user = clinic.read(lambda r: r.get(User, rater_id))
    try:
        for photo, side_px in zip(photos, sides_px, strict=True):
            value = RaterTrace(
                photo.id, rater_id, round_, box(side_px), measured((side_px / 100) ** 2)
            )
            clinic.write(lambda w, value=value: w.add(value))
    finally:
        clinic.user = signed_in


def opened(qtbot: QtBot, window: MainWindow) -> RaterStudyPage:
    """The rater studies, in front in the main window."""
    window.run("rater_studies")
    settled(qtbot, window)
    return in_front(window)


def in_front(window: MainWindow) -> RaterStudyPage:
    """The rater studies that the window shows now."""
    page = window.workspace.pages.currentWidget()
    assert isinstance(page, RaterStudyPage)
    return page


def tracing_of(qtbot: QtBot, window: MainWindow, study_id: int) -> RaterStudyPage:
    """A study's next photo on show."""
    page = opened(qtbot, window)
    page.show_tracing(study_id)
    qtbot.waitUntil(lambda: on_show(page))
    settled(qtbot, window)
    return page


def on_show(page: RaterStudyPage) -> bool:
    """Whether a photo can be traced."""
    editor = page.tracing.editor
    return editor is not None and KEY in editor.outlines()


def draw(page: RaterStudyPage, side_px: float = 120.0) -> None:
    """Draw a square, and do not confirm it."""
    assert page.tracing.editor is not None
    page.tracing.editor.replace_outline(KEY, box(side_px))


def drawn(page: RaterStudyPage) -> Outline:
    """What is drawn on the photo on show."""
    assert page.tracing.editor is not None
    return page.tracing.editor.outlines()[KEY]


def mine(clinic: Clinic, study_id: int) -> list[Stored[RaterTrace]]:
    """The confirmed tracings of who is signed in."""
    return clinic.read(lambda r: r.study_traces(study_id, rater_id=clinic.user.id))
