"""What is told of a photo on the patient's page is kept, and Undo takes it back."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Ward
from tests.ui.windows import open_patient, settled
from ui.main_window import MainWindow
from woundtrack.records import PhotoView, Visit, VisitPhoto
from woundtrack.store.clinic import Clinic, Writer


@pytest.fixture
def photo_id(clinic: Clinic, ward: Ward, painted: Callable[..., bytes]) -> int:
    """A photo of the patient's visit, of which nothing is told."""

    def act(writer: Writer) -> int:
        from woundtrack.photo.read import photo_facts

        (visit,) = writer.find(Visit, patient_id=ward.patient.id)
        data = painted(seed=7)
        kept = writer.import_photo(data, photo_facts(data), b"thumb")
        return writer.add(VisitPhoto(visit.id, kept.vault_name, kept.photo)).id

    return clinic.write(act)


def test_told_otherwise_before_the_page_is_read_again_the_last_word_is_kept(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, ward: Ward, photo_id: int
) -> None:
    def view() -> PhotoView | None:
        return clinic.read(lambda reader: reader.get(VisitPhoto, photo_id)).value.view

    open_patient(qtbot, window, ward.patient.id)
    space = window.workspace
    page, failures = space.patient_page, []
    space.acts.failed.connect(failures.append)
    shown = page.view
    page.photo_view_told.emit(photo_id, PhotoView.OVERVIEW)
    qtbot.waitUntil(lambda: view() is PhotoView.OVERVIEW)
    page.view = shown  # as it stands until the record is read again
    page.photo_view_told.emit(photo_id, PhotoView.CLOSE_UP)
    settled(qtbot, window)
    assert failures == []
    assert view() is PhotoView.CLOSE_UP
    window.run("undo")
    qtbot.waitUntil(lambda: view() is PhotoView.OVERVIEW)
    settled(qtbot, window)
