"""Failed sign-ins: kept beside the database until the journal takes them, and what one waits.

Nobody is signed in when they happen, so they cannot go into the encrypted database. The file
names times and uuids, never what was typed. Whoever may write in the folder could remove it, but
could also take the key file away and guess elsewhere: the delay is for guessing at the keyboard,
and against guessing elsewhere stands Argon2id.
"""

import datetime as dt
import json
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO

from woundtrack.errors import StoreError
from woundtrack.store.files import disk_errors, share_as_folder, sync_file, try_lock
from woundtrack.store.info import ATTEMPTS_NAME

UNKNOWN = "unknown"
"""Stands for a name that nobody here has."""
RECOVERY = "recovery"
"""Stands for the recovery key."""
FREE = 3
"""So many failures in a row cost no wait."""
LONGEST_S = 300
"""No wait is longer."""
REMEMBERED = dt.timedelta(days=1)
"""A failure that is older no longer adds to the wait."""
_MOST_BYTES = 1 << 20
_PATIENCE_S = 1.0


@dataclass(frozen=True, slots=True)
class Attempt:
    """One failed sign-in: when, as whom (a user's uuid, `UNKNOWN` or `RECOVERY`).

    `since` is what its wait is reckoned from: `at`, or later where the clock was set back.
    """

    at: str
    who: str
    since: str
    told: bool = False
    """Whether the journal has it."""
    over: bool = False
    """Whether this person has signed in since, so that it costs no wait any more."""

    @property
    def at_utc(self) -> dt.datetime:
        """When it happened."""
        return dt.datetime.fromisoformat(self.at)


def wait_after(failures: int) -> float:
    """The seconds to wait after so many failures in a row: 0, 0, 0, 2, 4, 8 … 300."""
    return 0.0 if failures <= FREE else float(min(2.0 ** (failures - FREE), LONGEST_S))


def in_minutes(seconds: float) -> str:
    """A wait as "0:08", rounded up."""
    whole = int(seconds) + (seconds > int(seconds))
    return f"{whole // 60}:{whole % 60:02d}"


class Attempts:
    """The failed sign-ins of a clinic. Where its folder cannot be written, nothing is counted."""

    def __init__(self, folder: Path, *, clock: Callable[[], dt.datetime]) -> None:
        self._path = folder / ATTEMPTS_NAME
        self._clock = clock

    def wait_s(self, who: str) -> float:
        """How many seconds this one must still wait. A clock set back makes it no longer."""
        now = self._now()
        attempts = self._read()
        if any(dt.datetime.fromisoformat(one.since) > now for one in attempts):
            attempts = self._change(lambda all_: [_not_after(one, now) for one in all_])
        since = [
            dt.datetime.fromisoformat(one.since)
            for one in attempts
            if one.who == who and not one.over
        ]
        recent = [at for at in since if now - at < REMEMBERED]
        if not recent:
            return 0.0
        left = max(recent) + dt.timedelta(seconds=wait_after(len(recent))) - now
        return max(left.total_seconds(), 0.0)

    def require_patience(self, who: str) -> None:
        """Raise StoreError store.too_soon where this one must still wait."""
        seconds = self.wait_s(who)
        if seconds > 0:
            raise StoreError("store.too_soon", wait=in_minutes(seconds), wait_s=seconds)

    def failed(self, who: str) -> float:
        """Count a failure; return the seconds to wait from now."""
        at = self._now()

        def add(attempts: list[Attempt]) -> list[Attempt]:
            moment, taken = at, {one.at for one in attempts}
            while moment.isoformat() in taken:  # its moment is what a failure is known by
                moment += dt.timedelta(microseconds=1)
            return [*attempts, Attempt(moment.isoformat(), who, at.isoformat())]

        self._change(add)
        return self.wait_s(who)

    def succeeded(self, *who: str) -> None:
        """These have signed in: what failed before costs them no wait any more.

        Nor does a mistyped name cost anyone a wait then.
        """
        if self._path.exists():
            done = {*who, UNKNOWN}
            self._change(
                lambda all_: [replace(one, over=one.over or one.who in done) for one in all_]
            )

    def untold(self) -> tuple[Attempt, ...]:
        """What the journal has not taken yet, oldest first."""
        return tuple(one for one in self._read() if not one.told)

    def tell(self, told: Iterable[Attempt]) -> None:
        """The journal has these now."""
        known = {(one.at, one.who) for one in told}
        if known:
            self._change(
                lambda all_: [
                    replace(one, told=one.told or (one.at, one.who) in known) for one in all_
                ]
            )

    def _now(self) -> dt.datetime:
        return self._clock().astimezone(dt.UTC)

    def _read(self) -> list[Attempt]:
        try:
            with self._path.open("rb") as file:
                return _parsed(file.read(_MOST_BYTES))
        except OSError:
            return []

    def _change(self, change: Callable[[list[Attempt]], list[Attempt]]) -> list[Attempt]:
        """Rewrite the file under its own lock, in place: another process may have it open."""
        try:
            new = not self._path.exists()
            with self._path.open("r+b" if not new else "x+b") as file:
                if new:
                    share_as_folder(self._path)
                _lock(file)
                forgotten = self._now() - REMEMBERED
                kept = [
                    one
                    for one in change(_parsed(file.read(_MOST_BYTES)))
                    if not (one.told and (one.over or one.at_utc < forgotten))
                ]
                _rewrite(file, kept)
                return kept
        except FileExistsError:
            return self._change(change)
        except (OSError, StoreError):
            return []


def _lock(file: IO[bytes]) -> None:
    end = time.monotonic() + _PATIENCE_S
    while not try_lock(file):
        if time.monotonic() > end:
            raise StoreError("store.busy")
        time.sleep(0.01)


def _rewrite(file: IO[bytes], attempts: list[Attempt]) -> None:
    text = "".join(json.dumps(asdict(one)) + "\n" for one in attempts)
    with disk_errors():
        file.seek(0)
        file.write(text.encode())
        file.truncate()
        sync_file(file)


def _parsed(data: bytes) -> list[Attempt]:
    """What can be read; a line cut off by a crash is not. One that is there twice counts once."""
    found: dict[tuple[str, str], Attempt] = {}
    for line in data.split(b"\n"):
        try:
            one = Attempt(**json.loads(line))
            dt.datetime.fromisoformat(one.since).astimezone(dt.UTC)
            one.at_utc.astimezone(dt.UTC)
        except (ValueError, TypeError):
            continue
        found.setdefault((one.at, one.who), one)
    return list(found.values())


def _not_after(one: Attempt, now: dt.datetime) -> Attempt:
    return replace(one, since=min(dt.datetime.fromisoformat(one.since), now).isoformat())
