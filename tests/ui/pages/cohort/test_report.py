"""The cohort's report from its page: as it is shown, journalled with the filter, nameless."""

from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from tests.ui.windows import dialogs, settled
from ui.main_window import MainWindow
from ui.pages.cohort.page import CohortPage
from woundtrack.records import SiteClass
from woundtrack.report.raster import page_texts
from woundtrack.store.clinic import Clinic


def opened(qtbot: QtBot, page: CohortPage) -> Any:
    page.report_button.click()
    (dialog,) = dialogs()
    qtbot.waitUntil(lambda: bool(dialog.pdf()))
    return dialog


def text_of(dialog: Any) -> str:
    return " ".join(page_texts(dialog.pdf()))


def test_the_report_is_of_what_the_page_shows(
    page: CohortPage, qtbot: QtBot, window: MainWindow, clinic: Clinic, tmp_path: Path
) -> None:
    page.filter.site.set_value(SiteClass.CENTRAL)
    settled(qtbot, window)
    dialog = opened(qtbot, page)
    text = text_of(dialog)
    assert "Survival at 1 year" in text
    assert "central" in text
    assert "Family" not in text
    dialog.language.set_value("fr")
    assert dialog.pdf() == b""
    qtbot.waitUntil(lambda: bool(dialog.pdf()))
    assert "centrale" in text_of(dialog)
    with_curves = len(dialog.pdf())
    dialog.curves.setChecked(False)
    assert not dialog.by_site.isVisible()
    qtbot.waitUntil(lambda: bool(dialog.pdf()))
    assert len(dialog.pdf()) < with_curves
    names: list[str] = []

    def ask(name: str) -> str:
        names.append(name)
        return str(tmp_path / "cohort.pdf")

    dialog.desk.ask_path = ask
    dialog.save_button.click()
    qtbot.waitUntil(lambda: "names nobody" in dialog.banner.label.text())
    assert (tmp_path / "cohort.pdf").read_bytes() == dialog.pdf()
    assert names[0].startswith("woundtrack-cohort-")
    noted = [one for one in clinic.read(lambda r: r.journal()) if one.action == "exported"]
    assert [(one.kind, one.reason) for one in noted] == [("cohort", "central")]


def test_nobody_has_no_report(window: MainWindow, qtbot: QtBot) -> None:
    window.run("cohort")
    settled(qtbot, window)
    assert not window.workspace.pages.currentWidget().report_button.isEnabled()
