"""Clicks without the network's file: parts joined and cut off, what was drawn finely kept."""

import numpy as np
import pytest

from woundtrack.errors import OutlineError
from woundtrack.outline import proposer
from woundtrack.outline.clicks import Click
from woundtrack.outline.network import NetworkStatus
from woundtrack.outline.proposer import Proposer
from woundtrack.outline.rings import outline_contains
from woundtrack.outline.strokes import deepest_points, joined, overlap, unmoved
from woundtrack.outline.types import Outline, OutlineSource
from woundtrack.outline.warnings import LEARNED_ON_FEET, NO_NETWORK


@pytest.fixture(autouse=True)
def without_network(monkeypatch):
    monkeypatch.setenv("WOUNDTRACK_OUTLINE_MODEL", "nothing.onnx")


@pytest.fixture(scope="module")
def pixels():
    """Two red discs on skin."""
    y, x = np.mgrid[0:400, 0:600]
    wound = (np.hypot(x - 170, y - 200) < 50) | (np.hypot(x - 430, y - 200) < 50)
    colours = np.where(wound[..., None], (40, 30, 160), (140, 170, 215))
    noise = np.random.default_rng(1).normal(0, 4, colours.shape)
    return np.clip(colours + noise, 0, 255).astype(np.uint8)


def disc(x: float, y: float, radius: float, count: int = 90):
    angles = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return tuple((float(x + radius * np.cos(a)), float(y + radius * np.sin(a))) for a in angles)


def test_a_second_click_adds_what_is_missing(pixels):
    found = Proposer(pixels).propose((Click(170, 200), Click(430, 200)))
    assert found.warnings == (NO_NETWORK,)
    both = Outline((disc(170, 200, 50), disc(430, 200, 50)))
    assert overlap(found.outline, both) > 0.95


def test_a_click_on_skin_in_the_outline_takes_it_off(pixels):
    too_large = Outline((disc(170, 200, 50), disc(300, 90, 40)))
    found = Proposer(pixels).propose((Click(300, 90, positive=False),), before=too_large)
    assert overlap(found.outline, Outline((disc(170, 200, 50),))) > 0.9
    assert not outline_contains(found.outline, (300, 90))


def test_a_click_on_skin_moves_nothing_but_the_part_it_lies_in(pixels):
    wound, bulge = Outline((disc(170, 200, 54),)), Outline((disc(228, 200, 22),))
    before = joined(wound, bulge)
    found = Proposer(pixels).propose((Click(236, 200, positive=False),), before=before).outline
    assert not outline_contains(found, (236, 200))
    assert overlap(found, wound) > 0.97
    far = {point for point in before.rings[0] if point[0] < 170}
    assert len(far) > 20
    assert far <= set(found.rings[0])


def test_the_first_click_in_a_wrong_outline_draws_it_anew(pixels):
    wrong = Outline((disc(185, 200, 90),))
    found = Proposer(pixels).propose((Click(170, 200),), before=wrong)
    assert overlap(found.outline, Outline((disc(170, 200, 50),))) > 0.95


def test_a_click_that_changes_nothing_leaves_what_drew_the_outline(pixels):
    before = Outline((disc(170, 200, 50),), OutlineSource.MODEL, "network older", 0.05)
    found = Proposer(pixels).propose((Click(300, 90, positive=False),), before=before)
    assert found.outline == before


def test_nothing_under_the_only_click_is_refused(pixels):
    with pytest.raises(OutlineError) as told:
        Proposer(pixels).propose((Click(-40, 10),))
    assert told.value.code == "outline.nothing_found"


def test_a_carried_outline_is_put_onto_the_edge_and_keeps_its_source(pixels):
    beside = Outline((disc(174, 203, 48),), OutlineSource.CARRIED)
    found = Proposer(pixels).settled(beside)
    truth = Outline((disc(170, 200, 50),))
    assert overlap(found, truth) > max(0.97, overlap(beside, truth))
    assert found.source is OutlineSource.CARRIED


def test_a_carried_outline_where_no_edge_is_stays(pixels):
    on_skin = Outline((disc(300, 320, 30),), OutlineSource.CARRIED)
    assert overlap(Proposer(pixels).settled(on_skin), on_skin) > 0.6


def test_parts_that_hardly_differ_stay_as_they_were():
    before = Outline((disc(100, 100, 50), disc(300, 100, 30)))
    after = Outline((disc(100, 100, 50.1, 30), disc(300, 100, 40)))
    found = unmoved(before, after)
    assert any(set(ring) == set(before.rings[0]) for ring in found.rings)
    assert overlap(found, after) > 0.99


def test_deepest_points_lie_in_each_part_and_not_in_holes():
    outline = Outline((disc(100, 100, 60), disc(100, 100, 30), disc(300, 100, 20)))
    points = deepest_points(outline)
    assert len(points) == 2
    assert all(outline_contains(outline, point) for point in points)


class RedIsWound:
    """A network that knows one thing, and how often it was asked."""

    version = "red"

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, seen):
        self.asked += 1
        red = (seen[0] > 0.5) & (seen[1] < 0.3)
        return np.where(red, 0.97, 0.02).astype(np.float32)


@pytest.fixture
def red(monkeypatch):
    net = RedIsWound()
    monkeypatch.setattr(proposer, "network", lambda: net)
    monkeypatch.setattr(proposer, "network_status", lambda: NetworkStatus.READY)
    return net


def test_the_network_outlines_what_is_clicked_and_warns(pixels, red):
    found = Proposer(pixels).propose((Click(170, 200),))
    assert overlap(found.outline, Outline((disc(170, 200, 50),))) > 0.98
    assert found.warnings == (LEARNED_ON_FEET,)
    assert found.outline.relative_area_sd is not None


def test_clicks_mend_what_the_network_thought_by_itself(pixels, red):
    alone = Proposer(pixels).propose(()).outline
    assert len(alone.rings) == 2
    made = Proposer(pixels)
    made.make_ready(alone)
    asked = red.asked
    found = made.propose((Click(170, 200),), before=alone)
    assert red.asked == asked + 1  # what a click waits for was made ready
    assert overlap(found.outline, alone) > 0.98
    assert found.outline.relative_area_sd is not None
    made.propose((Click(430, 200),), before=found.outline)
    assert red.asked == asked + 2


def test_of_an_edge_that_a_person_drew_the_network_tells_no_doubt(pixels, red):
    drawn = Outline((disc(170, 200, 50, 200),), OutlineSource.HAND)
    found = Proposer(pixels).propose((Click(430, 200),), before=drawn).outline
    assert found.method == "network red"
    assert found.relative_area_sd is None


def test_an_outline_of_another_network_is_mended_as_it_stands(pixels, red):
    older = Outline((disc(175, 200, 55),), OutlineSource.MODEL, "network older", 0.05)
    made = Proposer(pixels)
    made.make_ready(older)
    assert red.asked == 0
    assert made.propose((Click(430, 200),), before=older).outline.relative_area_sd is None


def test_a_click_taken_back_asks_the_network_nothing(pixels, red):
    made = Proposer(pixels)
    one = made.propose((Click(170, 200),))
    made.propose((Click(170, 200), Click(430, 200)))
    asked = red.asked
    assert made.propose((Click(170, 200),)) == one
    assert red.asked == asked


def test_a_click_beside_a_fine_outline_leaves_it_as_it_was(pixels, red):
    fine = Outline((disc(170, 200, 50, 200),))
    found = Proposer(pixels).propose((Click(430, 200),), before=fine)
    assert any(set(ring) == set(fine.rings[0]) for ring in found.outline.rings)
    assert outline_contains(found.outline, (430, 200))
