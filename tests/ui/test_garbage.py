"""Cycles are collected on the GUI thread, and on no other."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui import garbage
from ui.background import Background
from ui.garbage import Collector


class Node:
    """What only the collector frees: it holds itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collector(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    """Often enough to be waited for."""
    del qapp
    monkeypatch.setattr(garbage, "EACH_MS", 5)
    monkeypatch.setattr(gc, "freeze", lambda: None)
    owner = QObject()
    yield Collector(owner)
    owner.deleteLater()


def test_a_worker_never_collects_and_the_gui_thread_does(
    qtbot: QtBot, collector: Collector, background: Background
) -> None:
    del collector
    freed: list[int] = []
    first = Node()
    weakref.finalize(first, lambda: freed.append(threading.get_ident()))
    del first

    def allocate() -> list[Node]:
        return [Node() for _each in range(20_000)]

    background.run(allocate)
    qtbot.waitUntil(lambda: bool(freed))
    assert freed == [threading.get_ident()]
