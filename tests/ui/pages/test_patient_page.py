"""The patient page says which visits nobody confirmed, and opens the newest of them."""

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.background import Background
from ui.pages.patient_page import PatientPage
from ui.settings import Settings
from woundtrack.records import Assessment, PhotoScale, Visit, VisitPhoto
from woundtrack.store.clinic import Clinic, Writer

LAST_WEEK = dt.date(2026, 3, 10)
YESTERDAY = dt.date(2026, 3, 16)


@pytest.fixture
def page(qtbot: QtBot, clinic: Clinic, background: Background, tmp_path: object) -> PatientPage:
    settings = Settings(tmp_path / "settings.ini")  # type: ignore[operator]
    made = PatientPage(clinic, background, settings=settings)
    qtbot.addWidget(made)
    made.resize(1100, 760)
    made.show()
    return made


def opened(qtbot: QtBot, page: PatientPage, ward: object) -> str:
    """Open the patient; the sentence of the banner, empty where it is hidden."""
    with qtbot.waitSignal(page.loaded):
        page.open_patient(ward.patient.id)  # type: ignore[attr-defined]
    return page.unconfirmed.label.text() if page.unconfirmed.isVisible() else ""


def begun(clinic: Clinic, ward: object, on: dt.date) -> int:
    """A visit of which one draft was kept."""

    def act(writer: Writer) -> int:
        visit = writer.add(Visit(ward.patient.id, on))  # type: ignore[attr-defined]
        writer.add(Assessment(visit.id, ward.lesions[0].id, pain_nrs=3))  # type: ignore[attr-defined]
        return visit.id

    return clinic.write(act)


def photographed(clinic: Clinic, data: bytes, visit_id: int) -> int:
    from woundtrack.photo.read import photo_facts

    def act(writer: Writer) -> int:
        kept = writer.import_photo(data, photo_facts(data), b"thumb")
        return writer.add(VisitPhoto(visit_id, kept.vault_name, kept.photo)).id

    return clinic.write(act)


def test_where_all_is_confirmed_nothing_is_said(
    qtbot: QtBot, page: PatientPage, ward: object
) -> None:
    assert opened(qtbot, page, ward) == ""


def test_a_visit_left_as_a_draft_is_named_and_opened(
    qtbot: QtBot, page: PatientPage, clinic: Clinic, ward: object
) -> None:
    visit_id = begun(clinic, ward, YESTERDAY)
    assert opened(qtbot, page, ward) == "The visit of 16 Mar 2026 is not confirmed yet."
    with qtbot.waitSignal(page.visit_requested) as asked:
        qtbot.mouseClick(page.go_on_button, Qt.MouseButton.LeftButton)
    assert asked.args == [visit_id]


def test_of_several_the_newest_is_opened_and_the_others_are_counted(
    qtbot: QtBot, page: PatientPage, clinic: Clinic, ward: object
) -> None:
    newest = begun(clinic, ward, YESTERDAY)
    begun(clinic, ward, LAST_WEEK - dt.timedelta(days=7))
    assert "16 Mar 2026 and 1 more visit are" in opened(qtbot, page, ward)
    begun(clinic, ward, LAST_WEEK - dt.timedelta(days=14))
    assert "16 Mar 2026 and 2 more visits are" in opened(qtbot, page, ward)
    with qtbot.waitSignal(page.visit_requested) as asked:
        page.go_on_button.click()
    assert asked.args == [newest]


def test_a_visit_with_photos_only_is_not_confirmed(
    qtbot: QtBot,
    page: PatientPage,
    clinic: Clinic,
    ward: object,
    painted: Callable[..., bytes],
) -> None:
    visit = clinic.write(lambda w: w.add(Visit(ward.patient.id, YESTERDAY)))  # type: ignore[attr-defined]
    assert opened(qtbot, page, ward) == ""
    photographed(clinic, painted(seed=3), visit.id)
    assert "16 Mar 2026" in opened(qtbot, page, ward)


def test_one_draft_scale_makes_a_confirmed_visit_unconfirmed(
    qtbot: QtBot,
    page: PatientPage,
    clinic: Clinic,
    ward: object,
    painted: Callable[..., bytes],
) -> None:
    visit = clinic.read(lambda r: r.find(Visit))[0]
    photo_id = photographed(clinic, painted(seed=3), visit.id)
    assert opened(qtbot, page, ward) == ""
    clinic.write(lambda w: w.add(PhotoScale(photo_id, None)))
    assert "10 Mar 2026" in opened(qtbot, page, ward)


def test_who_can_only_read_is_told_but_not_asked_to_go_on(
    qtbot: QtBot, page: PatientPage, clinic: Clinic, ward: object
) -> None:
    begun(clinic, ward, YESTERDAY)
    page.set_read_only(True)
    assert opened(qtbot, page, ward)
    assert page.go_on_button.isHidden()
