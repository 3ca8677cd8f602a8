"""The passphrase of the command line: variable, prompt, or a sentence."""

import getpass
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from woundtrack.commands.passphrase import (
    VARIABLE,
    account_name,
    ask_key_back,
    asked_passphrase,
)
from woundtrack.errors import StoreError
from woundtrack.store.clinic import create_clinic
from woundtrack.store.keys import CHEAP


@pytest.fixture
def at_terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Pretend a terminal at which these are typed; None ends the input."""

    def typed(*answers: str | None) -> None:
        waiting = iter(answers)

        def ask(_prompt: str = "") -> str:
            answer = next(waiting)
            if answer is None:
                raise EOFError
            return answer

        monkeypatch.delenv(VARIABLE, raising=False)
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
        monkeypatch.setattr(getpass, "getpass", ask)

    return typed


def test_a_script_s_variable_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "of the demo")
    assert asked_passphrase(twice=True) == "of the demo"


def test_a_person_is_asked(at_terminal: Callable[..., None]) -> None:
    at_terminal("of the clinic", "of the clinic")
    assert asked_passphrase(twice=True) == "of the clinic"


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        (("of the clinic", "of the cilnic"), "store.passphrases_differ"),
        ((None,), "store.no_passphrase"),
        (("of the clinic", None), "store.no_passphrase"),
    ],
)
def test_no_passphrase_is_a_sentence(
    answers: tuple[str | None, ...], code: str, at_terminal: Callable[..., None]
) -> None:
    at_terminal(*answers)
    with pytest.raises(StoreError) as caught:
        asked_passphrase(twice=True)
    assert caught.value.code == code


def test_without_a_terminal_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    with pytest.raises(StoreError) as caught:
        asked_passphrase()
    assert caught.value.code == "store.no_passphrase"


def test_an_account_without_a_name_does_not_stop_the_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert account_name() == ""


def test_a_new_recovery_key_is_asked_back_until_it_opens_the_clinic(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    key = create_clinic(
        tmp_path / "new", clinic_name="N", user_name="Ada", passphrase="four words fit", cost=CHEAP
    )
    typed = iter(["mistyped", key.lower()])
    monkeypatch.delenv("WOUNDTRACK_PASSPHRASE", raising=False)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _prompt: next(typed))
    ask_key_back(tmp_path / "new")
    said = capsys.readouterr()
    assert "not a whole recovery key" in said.err
    assert "It opens the clinic." in said.out
    assert next(typed, None) is None
