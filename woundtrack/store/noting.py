"""The lines that say who opened and closed a clinic, with those that waited for a writer."""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from woundtrack.errors import StoreError
from woundtrack.records import Stored, User
from woundtrack.store.act import Act
from woundtrack.store.attempts import Attempts
from woundtrack.store.signing_in import journal_failed
from woundtrack.store.waiting import WaitingLines

Do: TypeAlias = Callable[[Callable[[Act], None]], None]
"""Does something within one act, in one transaction."""


class Noting:
    """What one process notes of its use of a clinic."""

    def __init__(
        self,
        folder: Path,
        *,
        data_key: bytes,
        user: Stored[User],
        clock: Callable[[], dt.datetime],
    ) -> None:
        self._waiting = WaitingLines(folder, data_key=data_key)
        self._attempts = Attempts(folder, clock=clock)
        self._user, self._clock = user, clock

    def signed_in(self, do: Do, *, alarm: str) -> None:
        """Take in what waited, failed sign-ins too; then who is here, and what must be told."""
        untold = self._attempts.untold()
        waited: list[Path] = []

        def note(act: Act) -> None:
            journal_failed(act, untold)
            waited.extend(self._waiting.take_in(act))
            act.journal("signed_in", "user", self._user.id)
            if alarm:
                act.journal(alarm.removeprefix("store."), "clinic", None)

        do(note)
        self._attempts.tell(untold)
        self._waiting.remove(waited)

    def signed_out(self, do: Do) -> None:
        """Take in what waited meanwhile; then who left."""
        waited: list[Path] = []

        def note(act: Act) -> None:
            waited.extend(self._waiting.take_in(act))
            act.journal("signed_out", "user", self._user.id)

        do(note)
        self._waiting.remove(waited)

    def reads(self, action: str) -> None:
        """Somebody came or went who may only read; where not even that can be noted, so be it."""
        with suppress(StoreError):
            self.waits(action, "user", self._user.id, reason="")

    def waits(self, action: str, kind: str, record_id: int | None, *, reason: str) -> None:
        """Let a line wait for whoever writes. Raises StoreError store.not_writable, …"""
        self._waiting.keep(
            at_utc=self._clock().astimezone(dt.UTC).isoformat(),
            user_uuid=self._user.uuid,
            action=action,
            kind=kind,
            record_id=record_id,
            reason=reason,
        )
