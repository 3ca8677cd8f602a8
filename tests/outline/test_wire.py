"""The path along the edge: unbiased area on rendered ellipses, straight where no edge is."""

import numpy as np
import pytest

from woundtrack.errors import OutlineError
from woundtrack.outline import wire
from woundtrack.outline.masks import mask_from_rings
from woundtrack.outline.rings import signed_area

SKIN, WOUND = np.array([140.0, 170.0, 215.0]), np.array([40.0, 30.0, 160.0])


def ellipse(centre, axes, turn, count=360):
    angles = np.linspace(0, 2 * np.pi, count, endpoint=False)
    x, y = axes[0] * np.cos(angles), axes[1] * np.sin(angles)
    return np.stack([centre[0] + x * np.cos(turn) - y * np.sin(turn),
                     centre[1] + x * np.sin(turn) + y * np.cos(turn)], axis=1)  # fmt: skip


def rendered(edge, width, height, *, seed=1):
    """A wound of this exact edge, a little soft and noisy."""
    import cv2

    ring = tuple((float(x), float(y)) for x, y in edge)
    cover = mask_from_rings((ring,), width_px=width, height_px=height)[..., None]
    colours = cv2.GaussianBlur(cover * WOUND + (1 - cover) * SKIN, (0, 0), 1.0)
    noise = np.random.default_rng(seed).normal(0, 5, colours.shape)
    return np.clip(colours + noise, 0, 255).astype(np.uint8)


def traced(live, clicks):
    points, snapped = [], [live.snapped(click) for click in clicks]
    for start, end in zip(snapped, [*snapped[1:], snapped[0]], strict=True):
        points += live.anchored(start).path(end)[:-1]
    return points


@pytest.mark.parametrize(
    ("size", "axes", "turn", "box"),
    [
        ((640, 480), (60.0, 30.0), 0.5, None),
        ((640, 480), (25.0, 18.0), 1.0, (280, 200, 360, 280)),
        ((1600, 1200), (300.0, 200.0), 0.7, (400, 200, 1200, 1000)),
    ],
)
def test_area_of_an_ellipse_from_six_clicks_beside_its_edge(size, axes, turn, box):
    edge = ellipse((size[0] / 2 + 0.3, size[1] / 2 - 0.4), axes, turn)
    pixels = rendered(edge, *size)
    live = wire.live_wire(pixels, box or (0, 0, size[0] - 1, size[1] - 1))
    beside = np.random.default_rng(3).normal(0, 1.2, (6, 2)) / live.through.factor
    line = traced(live, [tuple(p) for p in edge[7::60] + beside])
    ring = wire.closed(line, tolerance_px=0.5 / live.through.factor)
    assert abs(signed_area(line)) == pytest.approx(np.pi * axes[0] * axes[1], rel=0.005)
    assert abs(signed_area(ring)) == pytest.approx(abs(signed_area(line)), rel=0.002)
    assert len(ring) < len(line) / 5


def test_a_path_keeps_the_ends_it_was_given():
    edge = ellipse((200, 150), (80, 50), 0.0)
    live = wire.live_wire(rendered(edge, 400, 300), (0, 0, 399, 299))
    start, end = tuple(edge[0]), tuple(edge[90])
    path = live.anchored(start).path(end)
    assert (path[0], path[-1]) == (start, end)
    assert len(path) > 50


def test_straight_where_no_edge_is_seen_or_outside_of_what_was_made_ready():
    noise = np.random.default_rng(2).normal(0, 3, (300, 400, 3))
    pixels = np.clip(SKIN + noise, 0, 255).astype(np.uint8)
    live = wire.live_wire(pixels, (0, 0, 200, 200))
    anchor = live.anchored((20.0, 30.0))
    assert anchor.path((150.0, 120.0)) == ((20.0, 30.0), (150.0, 120.0))
    assert anchor.path((350.0, 120.0)) == ((20.0, 30.0), (350.0, 120.0))
    assert live.snapped((100.0, 100.0)) == (100.0, 100.0)


def test_a_click_is_drawn_onto_the_edge_beside_it():
    pixels = np.tile(SKIN.astype(np.uint8), (200, 200, 1))
    pixels[:, 100:] = WOUND.astype(np.uint8)
    live = wire.live_wire(pixels, (0, 0, 199, 199))
    x, y = live.snapped((97.9, 60.0))
    assert x == pytest.approx(99.5, abs=0.3)
    assert y == pytest.approx(60.0, abs=0.6)


def test_small_loops_are_taken_off_and_large_ones_refused():
    square = ((0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0))
    looped = (*square[:2], (103.0, 50.0), (97.0, 51.0), (103.0, 52.0), *square[2:])
    with_spur = (*square[:2], (100.0, 50.0), (106.0, 50.0), (100.0, 50.0), *square[2:])
    assert abs(signed_area(wire.closed(with_spur, tolerance_px=0.1))) == pytest.approx(1e4)
    assert abs(signed_area(wire.closed(looped, tolerance_px=0.1))) == pytest.approx(1e4, rel=0.02)
    bow = ((0.0, 0.0), (100.0, 100.0), (100.0, 0.0), (0.0, 100.0))
    with pytest.raises(OutlineError) as told:
        wire.closed(bow, tolerance_px=0.1)
    assert told.value.code == "outline.drawn_across"
    with pytest.raises(OutlineError) as told:
        wire.closed(square[:2], tolerance_px=0.1)
    assert told.value.code == "outline.ring_needs_three"
