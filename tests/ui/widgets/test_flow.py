"""Widgets in lines: as words in a paragraph, or in even columns."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton, QWidget

from ui.widgets.flow import FlowLayout


class Wide(QPushButton):
    """A button that wants to be so wide."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self._wanted = QSize(width, 20)

    def sizeHint(self) -> QSize:
        return self._wanted


@pytest.fixture
def laid(qtbot):
    """Lays buttons of given widths in a holder of a given width."""
    holders = []

    def make(widths: list[int], *, width: int, even: bool) -> list[QPushButton]:
        holder = QWidget()
        holders.append(holder)
        qtbot.addWidget(holder)
        flow = FlowLayout(holder, gap=4, even=even)
        buttons = [Wide(each) for each in widths]
        for button in buttons:
            flow.addWidget(button)
        holder.resize(width, 200)
        holder.show()
        return buttons

    return make


def test_even_columns_are_as_wide_as_the_line_allows(laid) -> None:
    buttons = laid([60, 90, 70], width=284, even=True)
    assert [button.x() for button in buttons] == [0, 96, 192]
    assert {button.width() for button in buttons} == {92}


def test_one_column_fills_the_line_where_two_do_not_fit(laid) -> None:
    buttons = laid([60, 150], width=284, even=True)
    assert [(button.x(), button.width()) for button in buttons] == [(0, 284), (0, 284)]


def test_as_words_each_keeps_its_width(laid) -> None:
    buttons = laid([60, 90, 200], width=284, even=False)
    assert [(b.x(), b.width()) for b in buttons] == [(0, 60), (64, 90), (0, 200)]
