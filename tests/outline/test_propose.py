"""One question about one photo: by the network where there is one, else by colours alone."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from woundtrack.errors import OutlineError
from woundtrack.outline import network as room
from woundtrack.outline.clicks import Click
from woundtrack.outline.propose import proposal, propose, propose_from_click
from woundtrack.outline.rings import area_px2, check, contains
from woundtrack.outline.types import OutlineSource
from woundtrack.outline.warnings import (
    GOES_BY_COLOURS,
    HARDLY_SURE,
    LEARNED_ON_FEET,
    NETWORK_UNREADABLE,
    NO_NETWORK,
    WARNINGS,
    of_network,
)

SEES_RED = Path(__file__).resolve().parent.parent / "data" / "sees_red.onnx"


def photo(*wounds: tuple[int, int, int]) -> np.ndarray:
    pixels = np.full((480, 640, 3), (130, 150, 190), np.uint8)
    for x, y, radius in wounds:
        cv2.circle(pixels, (x, y), radius, (40, 40, 200), -1)
    noise = np.random.default_rng(3).normal(0, 3, pixels.shape)
    blurred = cv2.GaussianBlur(pixels, (0, 0), 1.2)
    return np.asarray((blurred + noise).clip(0, 255), np.uint8)


@pytest.fixture
def _network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(room.PLACE, str(SEES_RED))


@pytest.fixture
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(room.PLACE, "/nowhere/outline.onnx")


@pytest.mark.usefixtures("_network")
def test_the_network_proposes_all_wounds_and_says_what_it_learned_on() -> None:
    found = proposal(photo((200, 200, 40), (420, 300, 30)))
    assert len(found.outline.rings) == 2
    assert found.outline.source is OutlineSource.MODEL
    assert area_px2(found.outline) == pytest.approx(np.pi * (40**2 + 30**2), rel=0.04)
    assert found.warnings == (LEARNED_ON_FEET,)
    assert found.outline.method.startswith("network ")
    assert found.outline.relative_area_sd is not None
    assert 0 < found.outline.relative_area_sd < 0.5
    check(found.outline, width_px=640, height_px=480)


@pytest.mark.usefixtures("_network")
def test_clicks_give_the_wound_they_are_in() -> None:
    pixels = photo((200, 200, 40), (300, 200, 30))
    (ring,) = propose_from_click(pixels, (200, 200)).rings
    assert contains(ring, (200, 200))
    assert not contains(ring, (300, 200))


@pytest.mark.usefixtures("_network")
def test_where_the_network_sees_nothing_nothing_is_proposed() -> None:
    with pytest.raises(OutlineError) as error:
        propose(photo())
    assert error.value.code == "outline.nothing_found"


@pytest.mark.usefixtures("_network")
def test_a_click_where_the_network_sees_nothing_goes_by_colours() -> None:
    pixels = np.full((480, 640, 3), (130, 150, 190), np.uint8)
    cv2.circle(pixels, (300, 240), 60, (30, 60, 40), -1)
    found = proposal(pixels, clicks=[Click(300, 240), Click(30, 30, positive=False)])
    assert contains(found.outline.rings[0], (300, 240))


@pytest.mark.usefixtures("_no_network")
def test_without_the_file_colours_alone_propose_and_say_so() -> None:
    found = proposal(photo((300, 240, 60)))
    assert found.outline.method == "colours"
    assert found.warnings == (NO_NETWORK,)
    assert found.outline.relative_area_sd is None
    assert area_px2(found.outline) == pytest.approx(np.pi * 60**2, rel=0.05)


def test_an_unreadable_file_is_said_and_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "outline.onnx"
    path.write_bytes(b"broken")
    monkeypatch.setenv(room.PLACE, str(path))
    found = proposal(photo((300, 240, 60)), clicks=[Click(300, 240)])
    assert found.warnings == (NETWORK_UNREADABLE,)
    assert found.outline.method == "colours"


@pytest.mark.usefixtures("_no_network")
def test_negative_clicks_alone_propose_nothing() -> None:
    with pytest.raises(OutlineError):
        proposal(photo((300, 240, 60)), clicks=[Click(300, 240, positive=False)])


def test_every_warning_has_its_sentence() -> None:
    by_colours = {GOES_BY_COLOURS, NO_NETWORK, NETWORK_UNREADABLE}
    assert set(WARNINGS) == {LEARNED_ON_FEET, HARDLY_SURE, *by_colours}


def test_an_area_that_may_be_nothing_is_warned_of() -> None:
    assert of_network(None) == of_network(0.5) == (LEARNED_ON_FEET,)
    assert of_network(0.52) == (LEARNED_ON_FEET, HARDLY_SURE)
