"""The one thread that owns the writing connection, and its queue."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any, TypeVar

from woundtrack.errors import StoreError

T = TypeVar("T")


class WriterThread:
    """Does acts one after another, in the order in which they were asked."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[tuple[Callable[[], Any], Future[Any]] | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="store-writer", daemon=True)
        self._thread.start()

    def do(self, act: Callable[[], T]) -> T:
        """Do an act on the thread, and wait for it. Raises what it raises."""
        if threading.current_thread() is self._thread:
            raise RuntimeError("an act must not ask for another act: use its own Writer")
        return self.later(act).result()

    def later(self, act: Callable[[], T]) -> "Future[T]":
        """Queue an act. Raises StoreError store.closed once the thread was closed."""
        answer: Future[T] = Future()
        with self._lock:
            if self._closed:
                raise StoreError("store.closed")
            self._queue.put((act, answer))
        return answer

    def close(self) -> None:
        """Finish what is queued, then end the thread."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (item := self._queue.get()) is not None:
            act, answer = item
            try:
                answer.set_result(act())
            except BaseException as error:  # noqa: BLE001 (raised again where it is awaited)
                answer.set_exception(error)
            # Held no longer than needed: an act may carry a photo's bytes.
            del item, act, answer
