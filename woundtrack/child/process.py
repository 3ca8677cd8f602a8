"""Child processes that answer questions about bytes, are bounded in time, and are replaced.

A question and an answer are a few words and a block of bytes each. Nothing that a child sends is
unpickled, for what it read may have taken it over.
"""

import os
import signal
import sys
import threading
import types
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Serve: TypeAlias = Callable[[Connection], None]
"""What a child does: load, set its `Bounds`, send `READY`, then answer until the pipe closes."""

Block: TypeAlias = NDArray[np.uint8]

READY = b"ready"
START_SECONDS = 60.0
"""A loaded workstation loads the libraries slowly."""
_DYING_SECONDS, _END_SECONDS = 0.05, 1.0
_MOST_WORDS = 1 << 16
_PIECE = 1 << 20
_CPU_TIME_IS_UP = -getattr(signal, "SIGPROF", 9999)
"""How a child ends whose timer ran out, where there are such timers."""
_PIPES_ARE_FILES = hasattr(os, "readv")
_STARTING = threading.Lock()
_SECRETS = ("PASSPHRASE", "PASSWORD", "SECRET", "TOKEN", "RECOVERY")


class ChildError(Exception):
    """No answer came."""


class ChildUnavailableError(ChildError):
    """No child could be started."""


class ChildCrashedError(ChildError):
    """The child ended, or answered what no child of ours says."""


class ChildSlowError(ChildError):
    """The time was up."""


class Child:
    """One process, for one question at a time."""

    def __init__(self, serve: Serve) -> None:
        """Start it; `warm` waits until it is ready. Raises ChildUnavailableError."""
        try:
            context = get_context("spawn")
            self._pipe, theirs = context.Pipe()
            with theirs, _nothing_to_pass_on():
                self._process = context.Process(target=serve, args=(theirs,), daemon=True)
                self._process.start()
        except Exception as error:
            raise ChildUnavailableError from error
        self._ready = False

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid or 0

    def warm(self) -> None:
        """Wait until it is ready. Raises ChildUnavailableError."""
        if self._ready:
            return
        try:
            with self._at_most(START_SECONDS):
                self._ready = self._pipe.recv_bytes(_MOST_WORDS) == READY
        except ChildError as error:
            raise ChildUnavailableError from error
        if not self._ready:
            raise ChildUnavailableError

    def ask(
        self, words: bytes, data: bytes, *, seconds: float, size_of: Callable[[bytes], int]
    ) -> tuple[bytes, Block]:
        """The answer's words, and as many bytes as `size_of` makes of them.

        Raises ChildUnavailableError, ChildCrashedError, ChildSlowError; after any of them the
        child is gone.
        """
        self.warm()
        with self._at_most(seconds):
            self._pipe.send_bytes(words)
            send_block(self._pipe, data)
            answer = self._pipe.recv_bytes(_MOST_WORDS)
            return answer, receive_block(self._pipe, size_of(answer))

    def close(self) -> None:
        """End it."""
        self._pipe.close()
        self._process.join(_DYING_SECONDS)  # what ended by itself tells how
        self._process.kill()
        self._process.join(_END_SECONDS)

    @contextmanager
    def _at_most(self, seconds: float) -> Iterator[None]:
        """End the process when the time is up, which breaks off whatever waits for it."""
        late = threading.Event()

        def end() -> None:
            late.set()
            self._process.kill()

        clock = threading.Timer(seconds, end)
        clock.daemon = True
        clock.start()
        try:
            yield
        except (OSError, EOFError, ValueError) as error:
            self.close()
            slow = late.is_set() or self._process.exitcode == _CPU_TIME_IS_UP
            raise (ChildSlowError if slow else ChildCrashedError) from error
        except BaseException:
            self.close()  # it would answer the last question to the next one
            raise
        finally:
            clock.cancel()


class Children:
    """Up to `most` children at once, each started when it is first needed."""

    def __init__(self, serve: Serve, *, most: int) -> None:
        self._serve = serve
        self._free = threading.BoundedSemaphore(most)
        self._idle: deque[Child] = deque()
        self._process_id = os.getpid()

    def ask(
        self, words: bytes, data: bytes, *, seconds: float, size_of: Callable[[bytes], int]
    ) -> tuple[bytes, Block]:
        """As `Child.ask`. A crash is tried once more by a new child: it may be an old one's."""
        with self._free:
            fresh = not self._idle
            try:
                return self._ask(words, data, seconds, size_of)
            except ChildCrashedError:
                if fresh:
                    raise
            return self._ask(words, data, seconds, size_of, fresh=True)

    def warm(self) -> None:
        """Have one child ready. Raises ChildUnavailableError."""
        with self._free:
            child = self._taken()
            child.warm()
            self._idle.append(child)

    def close(self) -> None:
        """End the children that have nothing to do."""
        while self._idle:
            self._idle.pop().close()

    def process_ids(self) -> tuple[int, ...]:
        """Of the children that have nothing to do."""
        return tuple(child.pid for child in self._idle)

    def _ask(
        self,
        words: bytes,
        data: bytes,
        seconds: float,
        size_of: Callable[[bytes], int],
        *,
        fresh: bool = False,
    ) -> tuple[bytes, Block]:
        child = Child(self._serve) if fresh else self._taken()
        answer = child.ask(words, data, seconds=seconds, size_of=size_of)
        self._idle.append(child)
        return answer

    def _taken(self) -> Child:
        if self._process_id != os.getpid():  # a fork: those are another process's children
            self._idle, self._process_id = deque(), os.getpid()
        try:
            return self._idle.pop()
        except IndexError:
            return Child(self._serve)


def send_block(pipe: Connection, data: memoryview | bytes) -> None:
    """Send bytes: past the framing where pipes are files, else in pieces that pipes take."""
    view = memoryview(data)
    at = 0
    while at < len(view):
        if _PIPES_ARE_FILES:
            at += os.write(pipe.fileno(), view[at:])
        else:
            pipe.send_bytes(view[at : at + _PIECE])
            at += _PIECE


def receive_block(pipe: Connection, size: int) -> Block:
    """Bytes that were sent so. Raises OSError, EOFError or ValueError where others came."""
    block = np.empty(size, np.uint8)  # in huge pages: a photo comes twice as quickly
    view = block.data
    at = 0
    while at < size:
        if _PIPES_ARE_FILES:
            length = os.readv(pipe.fileno(), [view[at:]])
        else:
            piece = pipe.recv_bytes(_PIECE)
            length = len(piece)
            view[at : at + length] = piece
        if not length:
            raise EOFError
        at += length
    return block


@contextmanager
def _nothing_to_pass_on() -> Iterator[None]:
    """Start a process without passphrases in its environment, and without the main script.

    multiprocessing has no switch for either: it would run the script anew under another name.
    """
    with _STARTING:
        secrets = {name: os.environ[name] for name in os.environ if _is_secret(name)}
        main = sys.modules["__main__"]
        for name in secrets:
            del os.environ[name]
        sys.modules["__main__"] = types.ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main
            os.environ.update(secrets)


def _is_secret(name: str) -> bool:
    return any(word in name.upper() for word in _SECRETS)
