"""The passphrase of the command line: variable, prompt, or a sentence."""

import getpass
import sys
from collections.abc import Callable

import pytest

from woundtrack.commands.passphrase import VARIABLE, account_name, asked_passphrase
from woundtrack.errors import StoreError


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
