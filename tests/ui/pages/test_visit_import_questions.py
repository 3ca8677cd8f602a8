"""What an import asks before it goes on: doubles, dates, other days, other people’s cards."""

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.pages.imports import (
    LAST_WEEK,
    TODAY,
    Paint,
    Put,
    drop,
    outcomes,
    photos_of,
    press,
    settle,
)
from ui.pages.visit_page import VisitPage
from ui.widgets.date_field import DateField
from woundtrack.photo.importing import Outcome
from woundtrack.records import DateSource, Visit, VisitPhoto


def test_the_same_bytes_are_kept_once_here_and_told_of_elsewhere(
    qtbot: QtBot, page: VisitPage, open_page: Callable[..., VisitPage], ward: object,
    camera: Put, painted: Paint,
) -> None:  # fmt: skip
    first = camera("first.jpg", painted(seed=1))
    twin = Path(shutil.copy(first, first.with_name("twin.jpg")))
    drop(page, first, twin)
    settle(qtbot, page)
    assert sorted(outcomes(page).values()) == [Outcome.ADDED, Outcome.KEPT_ONCE]
    assert len(page.session.state.photos) == 1

    other = open_page(ward.other.id)  # type: ignore[attr-defined]
    drop(other, first)
    settle(qtbot, other)
    assert outcomes(other) == {"first.jpg": Outcome.WAITING}
    qtbot.waitUntil(lambda: "Lefèvre" in other.photos.panel.banners[0].label.text())
    assert "17 Mar 2026" in other.photos.panel.banners[0].label.text()
    assert not other.session.state.photos
    press(other.photos.panel.banners[0], "Keep it only there")
    assert outcomes(other) == {"first.jpg": Outcome.KEPT_ONCE}
    assert other.desk.deletable() == (first,)


def test_a_double_can_be_added_on_purpose(
    qtbot: QtBot, page: VisitPage, open_page: Callable[..., VisitPage], ward: object,
    camera: Put, painted: Paint,
) -> None:  # fmt: skip
    first = camera("first.jpg", painted(seed=1))
    drop(page, first)
    settle(qtbot, page)
    other = open_page(ward.other.id)  # type: ignore[attr-defined]
    drop(other, first)
    settle(qtbot, other)
    press(other.photos.panel.banners[0], "Add it here too")
    settle(qtbot, other)
    assert len(other.session.state.photos) == 1


def test_a_photo_without_a_date_is_asked_about_and_never_dated_by_itself(
    qtbot: QtBot, page: VisitPage, camera: Put, painted: Paint
) -> None:
    drop(page, camera("undated.jpg", painted(None, seed=1)))
    settle(qtbot, page)
    assert outcomes(page) == {"undated.jpg": Outcome.WAITING}
    assert page.session.state.on is None
    (banner,) = page.photos.panel.banners
    field = banner.findChild(DateField)
    field.setText("16/03/2026")
    press(banner, "On this day")
    settle(qtbot, page)
    assert page.session.state.visit.value.on == dt.date(2026, 3, 16)
    assert photos_of(page)[0].date_source is DateSource.PERSON


def test_a_clock_set_to_the_future_is_not_believed(
    qtbot: QtBot, page: VisitPage, camera: Put, painted: Paint
) -> None:
    drop(page, camera("tomorrow.jpg", painted(dt.datetime(2026, 3, 18, 9), seed=1)))  # noqa: DTZ001
    settle(qtbot, page)
    assert outcomes(page) == {"tomorrow.jpg": Outcome.WAITING}
    assert "believable date" in page.photos.panel.banners[0].label.text()


def test_photos_of_another_day_propose_another_visit(
    qtbot: QtBot, page: VisitPage, camera: Put, painted: Paint
) -> None:
    drop(page, camera("a.jpg", painted(seed=1)))
    settle(qtbot, page)
    drop(page, camera("b.jpg", painted(dt.datetime(2026, 3, 12, 9), seed=2)))  # noqa: DTZ001
    settle(qtbot, page)
    (banner,) = page.photos.panel.banners
    assert "12 Mar 2026" in banner.label.text()
    press(banner, "Put into the visit of 12 Mar 2026")
    settle(qtbot, page)
    assert len(page.session.state.photos) == 1
    visits = page.session.clinic.read(lambda reader: reader.find(Visit))
    assert {visit.value.on for visit in visits} == {LAST_WEEK, dt.date(2026, 3, 12), TODAY}


def test_photos_of_several_days_at_once_never_mix(
    qtbot: QtBot, page: VisitPage, camera: Put, painted: Paint
) -> None:
    for day in (12, 13, 14):
        camera(f"{day}.jpg", painted(dt.datetime(2026, 3, day, 9), seed=day))  # noqa: DTZ001
    drop(page, camera("12b.jpg", painted(dt.datetime(2026, 3, 12, 10), seed=99)).parent)  # noqa: DTZ001
    settle(qtbot, page)
    (day,) = {photo.photo.taken_at.date() for photo in photos_of(page)}
    assert day == page.session.state.on
    waiting = [line for line in page.desk.lines.values() if line.outcome is Outcome.WAITING]
    assert len(waiting) + len(photos_of(page)) == 4


def test_a_card_of_somebody_else_stops_its_photo(
    qtbot: QtBot, page: VisitPage, ward: object, camera: Put, with_card: Paint
) -> None:
    other = ward.other.value  # type: ignore[attr-defined]
    drop(page, camera("card.jpg", with_card(other.code)))
    settle(qtbot, page)
    assert outcomes(page) == {"card.jpg": Outcome.WAITING}
    assert not page.session.state.photos
    qtbot.waitUntil(lambda: "Moreau" in page.photos.panel.banners[0].label.text())
    text = page.photos.panel.banners[0].label.text()
    assert "21 Aug 1949" in text
    assert other.code in text
    with qtbot.waitSignal(page.patient_requested) as asked:
        press(page.photos.panel.banners[0], "Go to that patient")
    assert asked.args == [ward.other.id]  # type: ignore[attr-defined]
    page.open_visit(ward.other.id, None)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: bool(page.session.state and page.session.state.photos), timeout=20_000)
    assert page.session.state.patient.id == ward.other.id  # type: ignore[attr-defined]


def test_the_cards_lesion_is_proposed(
    qtbot: QtBot, page: VisitPage, ward: object, camera: Put, with_card: Paint
) -> None:
    code = ward.patient.value.code  # type: ignore[attr-defined]
    drop(page, camera("b.jpg", with_card(code, lesion="B")))
    settle(qtbot, page)
    (photo,) = page.session.state.photos
    assert photo.value.card_code == code
    lesion_b = ward.lesions[1].id  # type: ignore[attr-defined]
    assert page.session.state.cells() == [(photo.id, lesion_b)]
    qtbot.waitUntil(lambda: page.photos.card(photo.id) is not None)
    card = page.photos.card(photo.id)
    checked = [b.text() for b in card.findChildren(QPushButton) if b.isChecked()]
    assert checked == ["B"]


def test_nothing_is_imported_into_a_visit_that_no_longer_waits(
    qtbot: QtBot, page: VisitPage, camera: Put, painted: Paint
) -> None:
    drop(page, camera("a.jpg", painted(seed=1)))
    settle(qtbot, page)
    with qtbot.waitSignal(page.closed):
        page.close_visit()
    again = page.session.clinic.read(lambda reader: reader.find(VisitPhoto))
    assert len(again) == 1
