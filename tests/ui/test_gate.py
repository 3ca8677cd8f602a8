"""Signing in, setting up a clinic, and getting back in with the recovery key."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from tests.ui.conftest import PASSPHRASE, USER
from ui.background import Background
from ui.pages.set_up_page import BACKUPS, SetUpPage
from ui.pages.sign_in_page import WELCOME, SignInPage
from ui.recovery_sheet import save_key
from ui.widgets.new_passphrase import strength_hint
from woundtrack.backup.plan import plan_of
from woundtrack.errors import StoreError
from woundtrack.explain import explain
from woundtrack.store import keys, opening
from woundtrack.store.clinic import Clinic, create_clinic, open_clinic
from woundtrack.store.info import keyring_file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "closed"
    create_clinic(
        made, clinic_name="North ward", user_name=USER, passphrase=PASSPHRASE, cost=keys.CHEAP
    )
    return made


@pytest.fixture
def opened() -> Iterator[list[Clinic]]:
    """Clinics that a page handed over; closed afterwards."""
    clinics: list[Clinic] = []
    yield clinics
    for clinic in clinics:
        clinic.close()


@pytest.fixture
def page(qtbot: QtBot, background: Background, folder: Path) -> SignInPage:
    made = SignInPage(background=background, folder=folder)
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_right_passphrase_opens_the_clinic(
    qtbot: QtBot, page: SignInPage, opened: list[Clinic]
) -> None:
    page.signed_in.connect(opened.append)
    assert page.clinic_name.text() == "North ward"
    qtbot.keyClicks(page.user_name, USER)
    qtbot.keyClicks(page.passphrase.line, PASSPHRASE)
    page.passphrase.line.returnPressed.emit()
    qtbot.waitUntil(lambda: bool(opened))
    assert opened[0].user.value.name == USER
    assert page.passphrase.text() == ""


def test_a_wrong_passphrase_is_said_at_its_field(qtbot: QtBot, page: SignInPage) -> None:
    page.user_name.setText(USER)
    page.passphrase.line.setText("not this one")
    page.sign_in()
    qtbot.waitUntil(lambda: bool(page.form.error_of("passphrase")))
    assert "wrong" in page.form.error_of("passphrase")
    assert page.button.isEnabled()


def test_an_empty_name_is_asked_for(page: SignInPage) -> None:
    page.sign_in()
    assert page.form.error_of("user_name")


def test_caps_lock_is_hinted_at_and_the_passphrase_can_be_shown(
    qtbot: QtBot, page: SignInPage
) -> None:
    field = page.passphrase
    qtbot.keyClicks(field.line, "A")
    assert field.caps.isVisible()
    qtbot.keyClicks(field.line, "b")
    assert not field.caps.isVisible()
    assert field.line.echoMode() == field.line.EchoMode.Password
    field._toggle()
    assert field.line.echoMode() == field.line.EchoMode.Normal


def test_a_folder_without_a_clinic_says_so_and_offers_the_ways_on(
    page: SignInPage, tmp_path: Path
) -> None:
    page.use_folder(tmp_path / "nothing")
    assert page.banner.isVisible()
    assert page.stack.currentIndex() == WELCOME


def test_the_recovery_key_sets_a_new_passphrase(
    qtbot: QtBot, background: Background, tmp_path: Path, opened: list[Clinic]
) -> None:
    folder = tmp_path / "forgotten"
    key = create_clinic(
        folder, clinic_name="N", user_name=USER, passphrase=PASSPHRASE, cost=keys.CHEAP
    )
    page = SignInPage(background=background, folder=folder)
    qtbot.addWidget(page)
    page.show()
    page.forgotten.click()
    page.recovery.key.setText("WRONG")
    page.recovery.button.click()
    qtbot.waitUntil(lambda: bool(page.recovery.form.error_of("recovery_key")))
    page.recovery.key.setText(key.lower())
    page.recovery.button.click()
    qtbot.waitUntil(page.recovery.who.isVisible)
    assert page.recovery.users.itemText(0).startswith(USER)  # nobody need remember a name
    page.recovery.new.first.line.setText("a quite new passphrase")
    page.recovery.new.again.line.setText("a quite old passphrase")
    page.recovery.button.click()
    assert page.recovery.who.error_of("again")
    page.recovery.new.again.line.setText("a quite new passphrase")
    page.recovery.button.click()
    qtbot.waitUntil(lambda: page.stack.currentIndex() == 0)
    assert page.who.text() == USER
    opened.append(open_clinic(folder, user_name=USER, passphrase="a quite new passphrase"))
    assert page.banner.isVisible()


@pytest.fixture
def set_up(
    qtbot: QtBot, background: Background, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> SetUpPage:
    monkeypatch.setattr(opening.keys, "tuned_cost", lambda: keys.CHEAP)
    made = SetUpPage(background=background)
    qtbot.addWidget(made)
    made.show()
    made.clinic_name.setText("South ward")
    made.folder.setText(str(tmp_path / "new clinic"))
    made.user_name.setText("Jo Weber")
    made.new.first.line.setText("four words that fit")
    made.new.again.line.setText("four words that fit")
    return made


def test_the_recovery_key_is_not_saved_beside_what_it_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, warned = tmp_path / "clinic", []
    folder.mkdir()
    monkeypatch.setattr(QMessageBox, "warning", lambda *words: warned.append(words[-1]))
    for place in (folder / "key.txt", tmp_path / "key.txt"):
        monkeypatch.setattr(
            QFileDialog, "getSaveFileName", lambda *_, place=place: (str(place), "")
        )
        save_key(None, "AAAAA-BBBBB", clinic_name="Test", clinic_folder=folder)
    assert warned == [explain(StoreError("store.inside_clinic"))]
    assert list(folder.iterdir()) == []
    assert "AAAAA-BBBBB" in (tmp_path / "key.txt").read_text(encoding="utf-8")


def test_a_new_clinic_opens_only_after_its_recovery_key_was_typed_back(
    qtbot: QtBot, set_up: SetUpPage, opened: list[Clinic]
) -> None:
    set_up.created.connect(opened.append)
    set_up.button.click()
    qtbot.waitUntil(lambda: set_up.stack.currentIndex() == 1)
    key = set_up.steps.key_label.text()
    set_up.steps.kept.click()
    assert not set_up.steps.key_label.isVisible()
    set_up.steps.proof.setText(key[:-1] + ("0" if key[-1] != "0" else "1"))
    set_up.steps.finish()
    assert set_up.steps.form.error_of("proof")
    assert not opened
    set_up.steps.proof.setText(key.replace("-", " ").lower())
    set_up.steps.finish()
    assert set_up.stack.currentIndex() == BACKUPS
    assert not opened
    set_up.backups.later.click()
    qtbot.waitUntil(lambda: bool(opened))
    assert plan_of(opened[0]) is None
    assert opened[0].clinic_name == "South ward"
    assert not opened[0].read_only


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"clinic_name": ""}, "clinic_name"),
        ({"user_name": " "}, "user_name"),
        ({"again": "something else"}, "again"),
        ({"passphrase": "short", "again": "short"}, "passphrase"),
    ],
)
def test_what_is_missing_at_set_up_is_said_at_its_field(
    qtbot: QtBot, set_up: SetUpPage, change: dict[str, str], field: str
) -> None:
    for name, text in change.items():
        passphrases = {"passphrase": set_up.new.first, "again": set_up.new.again}
        line: Any = passphrases.get(name) or getattr(set_up, name)
        getattr(line, "line", line).setText(text)
    set_up.button.click()
    qtbot.waitUntil(lambda: bool(set_up.form.error_of(field)))
    assert set_up.stack.currentIndex() == 0


def test_a_folder_that_holds_something_is_refused_at_its_field(
    qtbot: QtBot, set_up: SetUpPage, tmp_path: Path
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("x")
    set_up.folder.setText(str(tmp_path / "full"))
    set_up.button.click()
    qtbot.waitUntil(lambda: bool(set_up.form.error_of("folder")))
    assert set_up.stack.currentIndex() == 0
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["letter.txt"]


def test_a_network_share_is_refused_at_its_field(
    qtbot: QtBot, set_up: SetUpPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("woundtrack.store.network.is_network", lambda _folder: True)
    set_up.button.click()
    qtbot.waitUntil(lambda: bool(set_up.form.error_of("folder")))
    assert "share" in set_up.form.error_of("folder")


def test_strength_is_hinted_while_typing() -> None:
    assert strength_hint("short")[1] == "warning"
    assert strength_hint("aaaaaaaaaaaaaaaaaaaa")[1] == "warning"
    assert strength_hint("four words that fit")[1] == "ok"


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("clinic.json", keyring_file({"format": 3}), "newer"),
        ("clinic.json", b"\xff\xfe", "clinic.json"),
        ("clinic.db", b"not a database at all" * 400, "damaged"),
        ("clinic.db", None, "missing"),
    ],
)
def test_a_clinic_that_cannot_be_opened_is_said_and_left_alone(
    qtbot: QtBot,
    background: Background,
    folder: Path,
    file: str,
    content: bytes | None,
    words: str,
) -> None:
    (folder / file).unlink()
    if content is not None:
        (folder / file).write_bytes(content)
    before = {path.name: path.read_bytes() for path in folder.glob("clinic.[jd]*")}
    page = SignInPage(background=background, folder=folder)
    qtbot.addWidget(page)
    page.show()
    if file == "clinic.db":
        page.user_name.setText(USER)
        page.passphrase.line.setText(PASSPHRASE)
        page.sign_in()
    qtbot.waitUntil(lambda: words in page.banner.label.text())
    assert page.button.isEnabled()
    assert {path.name: path.read_bytes() for path in folder.glob("clinic.[jd]*")} == before


def test_a_flipped_byte_is_said_at_the_gate(
    qtbot: QtBot, page: SignInPage, folder: Path, opened: list[Clinic]
) -> None:
    content = bytearray((folder / "clinic.db").read_bytes())
    content[100] ^= 1
    (folder / "clinic.db").write_bytes(content)
    page.signed_in.connect(opened.append)
    page.user_name.setText(USER)
    page.passphrase.line.setText(PASSPHRASE)
    page.sign_in()
    qtbot.waitUntil(lambda: "damaged" in page.banner.label.text())
    assert not opened
    assert bytes(content) == (folder / "clinic.db").read_bytes()
