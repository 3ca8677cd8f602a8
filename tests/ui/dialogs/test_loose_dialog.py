"""Photos without a visit: seen with date and card, put into a visit, or removed for good."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import TODAY, Ward
from tests.ui.pages.imports import press
from tests.ui.windows import dialog, settled
from ui.dialogs.loose_dialog import LooseDialog
from ui.importing import take_in
from ui.main_window import MainWindow
from woundtrack.records import Role, VisitPhoto
from woundtrack.store.clinic import Clinic


@pytest.fixture
def left(
    clinic: Clinic, ward: Ward, tmp_path: Path,
    painted: Callable[..., bytes], with_card: Callable[..., bytes],
) -> list[str]:  # fmt: skip
    """Two photos that came in before a crash, the first with the card of the ward's patient."""
    names = []
    for data in (with_card(ward.patient.value.code), painted(seed=5)):
        file = tmp_path / "photo.jpg"
        file.write_bytes(data)
        names.append(take_in(clinic, file).vault_name)
    clinic._vault.stored_here.clear()  # as another start of the program has it
    return names


def opened(qtbot: QtBot, window: MainWindow) -> LooseDialog:
    made: LooseDialog = dialog(qtbot, window, "loose_photos")
    settled(qtbot, window)
    return made


def choose(made: LooseDialog, name: str) -> None:
    made.list.clearSelection()
    for row in range(made.list.count()):
        item = made.list.item(row)
        if item.data(256).loose.name == name:
            item.setSelected(True)


def test_each_is_shown_with_its_day_and_its_card(
    qtbot: QtBot, window: MainWindow, left: list[str]
) -> None:
    made = opened(qtbot, window)
    assert made.list.count() == 2
    texts = [made.list.item(row).text() for row in range(2)]
    assert all("taken 17 Mar 2026, 09:30" in text for text in texts)
    assert sum("with the card of Lefèvre" in text for text in texts) == 1
    assert sum("no card in it" in text for text in texts) == 1
    assert not made.list.item(0).icon().isNull()
    assert not made.put.isEnabled()


def test_the_card_proposes_and_a_person_says_yes(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, ward: Ward, left: list[str]
) -> None:
    made = opened(qtbot, window)
    choose(made, left[0])
    made.ask_whose()
    assert "Lefèvre" in made.card.label.text()
    press(made.card, "Yes, open a visit")
    qtbot.waitUntil(lambda: bool(clinic.read(lambda r: r.find(VisitPhoto, vault_name=left[0]))))
    page = window.workspace.visit_page
    qtbot.waitUntil(lambda: bool(page.session.state and page.session.state.photos))
    assert page.session.state.patient.id == ward.patient.id
    assert page.session.state.on == TODAY
    assert page.desk.deletable() == ()  # it came from no camera's card
    settled(qtbot, window)
    assert [each.name for each in clinic.orphans().loose] == [left[1]]


def test_one_without_a_card_goes_where_a_person_says(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, ward: Ward, left: list[str]
) -> None:
    made = opened(qtbot, window)
    choose(made, left[1])
    made.ask_whose()
    assert made.card.isHidden()
    made.take_for(ward.other.id)
    qtbot.waitUntil(lambda: bool(clinic.read(lambda r: r.find(VisitPhoto, vault_name=left[1]))))
    assert window.workspace.patient_id == ward.other.id
    settled(qtbot, window)


def test_removing_asks_by_name_and_is_journalled(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, left: list[str]
) -> None:
    made = opened(qtbot, window)
    choose(made, left[1])
    made.remove.click()
    assert len(clinic.orphans().loose) == 2  # only asked yet
    press(made.banner, "Remove 1 photo for good")
    qtbot.waitUntil(lambda: made.list.count() == 1)
    assert [each.name for each in clinic.orphans().loose] == [left[0]]
    last = clinic.read(lambda r: r.journal())[0]
    assert (last.action, last.reason) == ("removed_for_good", left[1][:8])
    settled(qtbot, window)


def test_who_is_no_administrator_does_not_remove(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, left: list[str]
) -> None:
    clinic.user = replace(clinic.user, value=replace(clinic.user.value, role=Role.CLINICIAN))
    made = opened(qtbot, window)
    choose(made, left[1])
    assert made.put.isEnabled()
    assert not made.remove.isEnabled()
    assert "administrator" in made.remove.toolTip()


def test_a_photo_whose_file_is_gone_is_named_with_its_visit(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, ward: Ward, left: list[str]
) -> None:
    from woundtrack.photo.types import Photo
    from woundtrack.records import Visit

    visit = clinic.read(lambda r: r.find(Visit))[0]
    facts = Photo(width_px=640, height_px=480, media_type="image/jpeg", byte_count=1)
    clinic.write(lambda w: w.add(VisitPhoto(visit.id, left[1], facts)))
    (clinic.folder / "vault" / left[1][:2] / left[1]).unlink()
    made = opened(qtbot, window)
    qtbot.waitUntil(lambda: not made.lacking.isHidden())
    assert "Lefèvre" in made.lacking.label.text()
    assert "10 Mar 2026" in made.lacking.label.text()
