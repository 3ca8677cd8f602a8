"""What is typed in a visit without a day is kept against loss, and comes back when asked for."""

import datetime as dt
from collections.abc import Callable

from pytestqt.qtbot import QtBot

from tests.ui.conftest import TODAY, Ward
from tests.ui.pages.imports import press, settle
from ui.pages.visit.saver import LONGEST_MS
from ui.pages.visit_page import VisitPage
from woundtrack.records import Assessment, Visit
from woundtrack.store.clinic import Clinic


def kept(clinic: Clinic, ward: Ward) -> str:
    """The note that the store keeps of a visit without a day."""
    found = clinic.read(lambda r: r.without_day(ward.patient.id, user_id=clinic.user.id))
    return found.typed.assessments[0].note if found else ""


def rest(qtbot: QtBot, page: VisitPage) -> None:
    qtbot.waitUntil(lambda: not page.session.background.is_busy())


def type_note(page: VisitPage, ward: Ward, text: str) -> None:
    state = page.session.state
    assert state is not None
    lesion_id = ward.lesions[0].id
    value = state.assessment(lesion_id)
    page.session.set_assessment(lesion_id, Assessment(value.visit_id, lesion_id, note=text))


def test_it_is_kept_and_comes_back_in_the_next_new_visit(
    qtbot: QtBot, page: VisitPage, open_page: Callable[..., VisitPage], clinic: Clinic, ward: Ward
) -> None:
    type_note(page, ward, "half a sen")
    qtbot.waitUntil(lambda: kept(clinic, ward) == "half a sen")
    type_note(page, ward, "half a sentence")
    qtbot.waitUntil(lambda: kept(clinic, ward) == "half a sentence")
    rest(qtbot, page)
    assert not clinic.read(lambda r: r.find(Visit, on=TODAY))

    again = open_page(ward.patient.id)
    qtbot.waitUntil(lambda: not again.unfinished.isHidden())
    lesion_id = ward.lesions[0].id
    assert again.session.state.assessment(lesion_id).note == ""  # it may be of another day
    press(again.unfinished, "Go on with it here")
    assert again.session.state.assessment(lesion_id).note == "half a sentence"
    again.session.set_date(TODAY)
    qtbot.waitUntil(lambda: bool(clinic.read(lambda r: r.find(Visit, on=TODAY))))
    qtbot.waitUntil(lambda: kept(clinic, ward) == "")
    settle(qtbot, again)
    (visit,) = clinic.read(lambda r: r.find(Visit, on=TODAY))
    (stored,) = clinic.read(lambda r: r.find(Assessment, visit_id=visit.id))
    assert stored.value.note == "half a sentence"
    assert not stored.value.confirmed


def test_discarded_it_is_gone_and_another_one_stays(
    qtbot: QtBot, page: VisitPage, open_page: Callable[..., VisitPage], clinic: Clinic, ward: Ward
) -> None:
    type_note(page, ward, "first")
    qtbot.waitUntil(lambda: kept(clinic, ward) == "first")
    rest(qtbot, page)
    second = open_page(ward.patient.id)
    qtbot.waitUntil(lambda: not second.unfinished.isHidden())
    type_note(second, ward, "second")  # the question is not answered yet
    qtbot.waitUntil(lambda: kept(clinic, ward) == "second")
    press(second.unfinished, "Discard it")
    rest(qtbot, second)
    assert kept(clinic, ward) == "second"


def test_it_is_told_as_left_open_after_a_crash(
    qtbot: QtBot, page: VisitPage, clinic: Clinic, ward: Ward
) -> None:
    since = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    type_note(page, ward, "typed")
    qtbot.waitUntil(lambda: kept(clinic, ward) == "typed")
    rest(qtbot, page)
    (left,) = clinic.read(lambda r: r.left_open(since_utc=since, user_id=clinic.user.id))
    assert (left.patient_id, left.visit_id, left.on) == (ward.patient.id, None, None)
    assert clinic.read(lambda r: r.left_open(since_utc=since, user_id=clinic.user.id + 1)) == []


def test_changes_without_a_pause_are_saved_all_the_same(
    qtbot: QtBot, page: VisitPage, clinic: Clinic, ward: Ward
) -> None:
    """Else whoever types on and on would have nothing kept."""
    saver = page.session.saver
    type_note(page, ward, "a")
    saver._timer.start(10_000)
    saver.touch()
    assert saver._timer.remainingTime() > 9_000  # the pause begins anew
    saver._timer.start(5)
    saver._waiting = _Long()
    saver.touch()
    assert saver._timer.remainingTime() <= 5  # but not for ever
    qtbot.waitUntil(lambda: kept(clinic, ward) == "a")
    rest(qtbot, page)


class _Long:
    """As if the first change were long ago."""

    def elapsed(self) -> int:
        return LONGEST_MS

    def start(self) -> None:
        """Begin to wait."""
