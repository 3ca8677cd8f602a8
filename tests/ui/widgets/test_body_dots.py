"""Dots of lesions at one place stand beside each other, so that each can be read and clicked."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.body_dots import MapLesion
from ui.body_map import DOT_PX, BodyMap
from woundtrack.records import BodyView

HERE = (BodyView.FRONT, 0.5, 0.5)


@pytest.fixture
def body(qtbot: QtBot) -> BodyMap:
    made = BodyMap()
    qtbot.addWidget(made)
    made.resize(400, 500)
    made.show()
    return made


def test_dots_at_one_place_do_not_hide_each_other(qtbot: QtBot, body: BodyMap) -> None:
    body.set_lesions(tuple(MapLesion(number, "ABC"[number], *HERE) for number in range(3)))
    places = list(body.places().values())
    assert places[0] == body.point_px(*HERE)
    for one, other in pairwise(places):
        assert other.x() - one.x() > 2 * DOT_PX
    for number, place in enumerate(places):
        with qtbot.waitSignal(body.lesion_chosen) as chosen:
            qtbot.mouseClick(body, Qt.MouseButton.LeftButton, pos=place.toPoint())
        assert chosen.args == [number]


def test_one_that_ended_lies_beneath_what_it_became(qtbot: QtBot, body: BodyMap) -> None:
    body.set_lesions((MapLesion(1, "A", *HERE, ended=True), MapLesion(2, "B", *HERE)))
    places = body.places()
    assert places[1] == places[2] == body.point_px(*HERE)
    with qtbot.waitSignal(body.lesion_chosen) as chosen:
        qtbot.mouseClick(body, Qt.MouseButton.LeftButton, pos=places[1].toPoint())
    assert chosen.args == [2]


def test_dots_apart_stay_on_their_points(body: BodyMap) -> None:
    body.set_lesions((MapLesion(1, "A", *HERE), MapLesion(2, "B", BodyView.BACK, 0.5, 0.5)))
    assert body.places()[2] == body.point_px(BodyView.BACK, 0.5, 0.5)
