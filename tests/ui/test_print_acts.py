"""What goes on paper from the window: reports, a visit just confirmed, the cohort."""

import datetime as dt
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import LAST_WEEK, Ward
from tests.ui.windows import dialog, dialogs, open_patient, settled
from ui.main_window import MainWindow
from ui.pages.visit.checks import Step
from woundtrack.records import Assessment, Visit
from woundtrack.report.content_types import ReportKind
from woundtrack.report.raster import page_texts
from woundtrack.store.clinic import Clinic

DRAFT_ON = LAST_WEEK + dt.timedelta(days=7)


def open_visit(qtbot: QtBot, window: MainWindow, visit_id: int) -> Any:
    window.workspace.open_visit(visit_id)
    page = window.workspace.visit_page
    qtbot.waitUntil(lambda: page.session.state is not None)
    settled(qtbot, window)
    return page


def made(qtbot: QtBot, report: Any) -> str:
    """The text of a dialog's report."""
    qtbot.waitUntil(lambda: bool(report.pdf()))
    return " ".join(page_texts(report.pdf()))


def test_a_visit_is_printed_once_it_is_confirmed(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, ward: Ward
) -> None:
    draft = clinic.write(lambda w: w.add(Visit(ward.patient.id, DRAFT_ON)))
    noted = Assessment(draft.id, ward.lesions[0].id, dressing="honey")
    stored = clinic.write(lambda w: w.add(noted))
    open_patient(qtbot, window, ward.patient.id)
    page = open_visit(qtbot, window, draft.id)
    page.show_step(Step.CONFIRM)
    assert not page.confirm_step.print_button.isVisible()
    told: list[str] = []
    window.workspace.status.connect(told.append)
    window.run("visit_report")
    assert told == ["This visit is not confirmed yet. Confirm it, then print it."]
    assert dialogs() == []

    clinic.write(lambda w: w.revise(stored, replace(noted, confirmed=True)))
    page = open_visit(qtbot, window, draft.id)
    page.show_step(Step.CONFIRM)
    qtbot.waitUntil(page.confirm_step.print_button.isVisible)
    page.confirm_step.print_button.click()
    qtbot.waitUntil(lambda: bool(dialogs()))
    (report,) = dialogs()
    assert report.options().kind is ReportKind.VISIT
    assert report.options().visit_id == draft.id
    assert "honey" in made(qtbot, report)
    page.session.start_correction()
    qtbot.waitUntil(lambda: not page.confirm_step.print_button.isVisible())


def test_on_the_patient_s_page_the_latest_confirmed_visit_is_printed(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, ward: Ward
) -> None:
    clinic.write(lambda w: w.add(Visit(ward.patient.id, DRAFT_ON)))
    open_patient(qtbot, window, ward.patient.id)
    report = dialog(qtbot, window, "visit_report")
    assert "Visit of 10 March 2026" in made(qtbot, report)
    assert report.form.visit.count() == 1, "a draft is not printed"
    report.reject()
    qtbot.waitUntil(lambda: dialogs() == [])
    report = dialog(qtbot, window, "report")
    assert report.options().kind is ReportKind.PROGRESS
    assert report.letterhead.isVisible()


def test_the_letterhead_is_in_the_menu_of_administrators(qtbot: QtBot, window: MainWindow) -> None:
    assert window.actions_["letterhead"].isEnabled()
    sheet = dialog(qtbot, window, "letterhead")
    qtbot.waitUntil(sheet.isEnabled)
    sheet.lines[0].setText("Wound clinic")
    with qtbot.waitSignal(sheet.saved):
        sheet.save_button.click()
    settled(qtbot, window)


def test_a_report_fits_a_small_screen_with_every_choice_in_reach(
    qtbot: QtBot, window: MainWindow, ward: Ward
) -> None:
    open_patient(qtbot, window, ward.patient.id)
    report = dialog(qtbot, window, "report")
    report.resize(960, 500)
    made(qtbot, report)
    reached: list[QWidget] = []
    for _tab in range(40):
        qtbot.keyClick(QApplication.focusWidget() or report, Qt.Key.Key_Tab)
        at = QApplication.focusWidget()
        assert at is not None
        seen = not at.visibleRegion().isEmpty()
        assert seen, f"{at.accessibleName()} has the keyboard and is scrolled into sight"
        reached.append(at)
    form = report.form
    boxes = [*form.lesions.values(), form.signature]
    boxes += [box for box in form.parts.values() if not box.isHidden()]
    buttons = [report.save_button, report.print_button, report.close_button, report.view]
    choices = [form.kind, form.from_on, form.to_on, form.photos, form.language, form.paper]
    assert not set(boxes + choices + buttons) - set(reached)
    assert report.save_button.visibleRegion().boundingRect() == report.save_button.rect()
