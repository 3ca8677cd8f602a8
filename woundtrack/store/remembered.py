"""What this account of the computer remembers of a clinic: the key to its list of names.

It lies in the operating system's own credential store (Windows Credential Manager, macOS
Keychain, Secret Service on Linux) and nowhere else: where there is none, nothing is remembered
and names are typed. It opens the list of names and no record.
"""

import base64
import json
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

T = TypeVar("T")

SERVICE = "woundtrack"
PATIENCE_S = 3.0
"""How long the store may take: one that is locked may wait for a person who is not there."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """The key of `store.names`, and the uuid of who signed in last."""

    names_key: bytes
    last_user: str = ""


class Credentials(Protocol):
    """Where this account keeps small secrets."""

    def recall(self, clinic_uuid: str) -> Remembered | None:
        """What was kept of a clinic; None where nothing is, or nothing can be asked."""

    def remember(self, clinic_uuid: str, kept: Remembered) -> bool:
        """Keep this; say whether it was kept."""


class SystemCredentials:
    """The operating system's own store. Not for the GUI thread: it may take `PATIENCE_S`."""

    def recall(self, clinic_uuid: str) -> Remembered | None:
        """What was kept of a clinic; None where nothing is, or nothing can be asked."""
        text = _in_time(lambda: _backend().get_password(SERVICE, clinic_uuid))
        try:
            content = json.loads(text or "")
            return Remembered(base64.b64decode(content["names"]), str(content["last"]))
        except (ValueError, KeyError, TypeError):
            return None

    def remember(self, clinic_uuid: str, kept: Remembered) -> bool:
        """Keep this; say whether it was kept. What is there already is not written again."""

        def keep() -> bool:
            text = json.dumps(
                {"names": base64.b64encode(kept.names_key).decode(), "last": kept.last_user}
            )
            backend = _backend()
            if backend.get_password(SERVICE, clinic_uuid) != text:
                backend.set_password(SERVICE, clinic_uuid, text)
            return True

        return bool(_in_time(keep))


def known_names(
    folder: Path, *, key: bytes, credentials: Credentials | None
) -> tuple[tuple[str, ...], str]:
    """Who may sign in to the clinic in this folder, and who of them did last on this account.

    By this key, else by the one that is remembered; nobody where neither opens the list.
    """
    # Not above: the window starts with this module, and without the store's libraries.
    from woundtrack.store.keyring import load_keyring
    from woundtrack.store.names import names_of

    keyring = load_keyring(folder)
    kept = credentials.recall(keyring.clinic_uuid) if credentials is not None else None
    names = names_of(folder, key=key or (kept.names_key if kept else bytes(32)))
    last = next((name for uuid, name in names if kept and uuid == kept.last_user), "")
    return tuple(name for _uuid, name in names), last


def _backend() -> Any:
    """The system's own store, named: looking for one would take any that is installed, and some
    write plain text."""
    if sys.platform == "win32":
        from keyring.backends.Windows import WinVaultKeyring

        return WinVaultKeyring()
    if sys.platform == "darwin":
        from keyring.backends.macOS import Keyring

        return Keyring()
    from keyring.backends.SecretService import Keyring as SecretService

    return SecretService()  # type: ignore[no-untyped-call]


def _in_time(ask: Callable[[], T]) -> T | None:
    """The answer, or None where it fails or takes too long: nobody waits for a list of names.

    On a thread of its own that ends with the program, for nothing can call it back.
    """
    answers: list[T] = []

    def work() -> None:
        try:
            answers.append(ask())
        except Exception:  # noqa: BLE001 (every backend has errors of its own)
            return

    thread = threading.Thread(target=work, name="credentials", daemon=True)
    thread.start()
    thread.join(PATIENCE_S)
    return answers[0] if answers else None
