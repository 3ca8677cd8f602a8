"""Where the plane lies in the panes: locked together in mm, and steady under the cursor."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.compare.canvas_geometry import (
    Box,
    PlaneView,
    fitted,
    kept_in_sight,
    pane_boxes,
    panned,
    widened,
    zoomed_at,
)

SIZES = [(1920.0, 1080.0), (1280.0, 720.0), (700.0, 1400.0), (333.0, 250.0)]
places = st.floats(-500, 500)
zooms = st.floats(0.05, 400)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
@pytest.mark.parametrize("size", SIZES)
def test_panes_are_alike_apart_and_inside(count, size):
    boxes = pane_boxes(count, size=size, gap=8, strip=44)
    assert len(boxes) == count
    assert len({(box.width, box.height) for box in boxes}) == 1
    for number, box in enumerate(boxes):
        assert box.left >= 0
        assert box.top >= 0
        assert box.right <= size[0]
        assert box.bottom + 44 <= size[1]
        for other in boxes[:number]:
            beside = other.right + 8 <= box.left or box.right + 8 <= other.left
            below = other.bottom + 44 + 8 <= box.top or box.bottom + 44 + 8 <= other.top
            assert beside or below


def test_panes_go_where_they_get_largest():
    def ways(count, size):
        boxes = pane_boxes(count, size=size, gap=8, strip=44)
        return len({box.left for box in boxes}), len({box.top for box in boxes})

    assert ways(2, (1920, 1080)) == (2, 1)
    assert ways(3, (1920, 1080)) == (3, 1)
    assert ways(4, (1920, 1080)) == (2, 2)
    assert ways(2, (700, 1400)) == (1, 2)
    assert ways(4, (2400, 500)) == (4, 1)
    assert pane_boxes(0, size=(1920, 1080), gap=8, strip=44) == []


def test_a_canvas_smaller_than_its_strips_still_has_panes():
    assert all(box.width >= 1 and box.height >= 1
               for box in pane_boxes(4, size=(20, 20), gap=8, strip=44))  # fmt: skip


@given(x=places, y=places, px_per_mm=zooms)
def test_a_centimetre_is_equally_long_in_all_panes(x, y, px_per_mm):
    view = PlaneView((x, y), px_per_mm)
    for box in pane_boxes(4, size=(1920, 1080), gap=8, strip=44):
        start, stop = view.to_view((x - 5, y), box), view.to_view((x + 5, y), box)
        assert stop[0] - start[0] == pytest.approx(10 * px_per_mm)
        assert view.to_view((x, y), box) == pytest.approx(box.middle)


@given(x=places, y=places, px_per_mm=zooms, across=st.floats(0, 1), down=st.floats(0, 1),
       factor=st.floats(0.2, 5))  # fmt: skip
def test_zooming_keeps_what_is_under_the_cursor(x, y, px_per_mm, across, down, factor):
    view, box = PlaneView((x, y), px_per_mm), Box(400, 30, 500, 300)
    at = (box.left + across * box.width, box.top + down * box.height)
    zoomed = zoomed_at(view, box=box, at=at, factor=factor, least=0.01, most=2000)
    assert zoomed.px_per_mm == pytest.approx(px_per_mm * factor)
    assert zoomed.to_mm(at, box) == pytest.approx(view.to_mm(at, box), abs=1e-6)


def test_zooming_ends_at_its_limits():
    box = Box(0, 0, 100, 100)
    for factor, end in ((100, 8.0), (0.001, 0.5)):
        at = zoomed_at(PlaneView((0, 0), 2), box=box, at=(0, 0), factor=factor, least=0.5, most=8)
        assert at.px_per_mm == end


def test_panning_moves_what_is_seen_by_px():
    view, box = PlaneView((3, 4), 5), Box(10, 20, 300, 200)
    before = view.to_view((7, 7), box)
    after = panned(view, by=(15, -20)).to_view((7, 7), box)
    assert (after[0] - before[0], after[1] - before[1]) == pytest.approx((15, -20))


@given(px_per_mm=zooms, x=places, y=places)
def test_there_and_back(px_per_mm, x, y):
    view, box = PlaneView((x, y), px_per_mm), Box(10, 20, 300, 200)
    assert view.to_mm(view.to_view((3.0, -2.0), box), box) == pytest.approx((3, -2), abs=1e-6)


def test_what_is_fitted_is_seen_whole():
    pane = Box(100, 50, 400, 300)
    view = fitted((-10, -30, 50, 10), pane=pane)
    corners = [view.to_view(point, pane) for point in ((-10, -30), (50, 10))]
    assert all(pane.has(corner) for corner in corners)
    wide, high = corners[1][0] - corners[0][0], corners[1][1] - corners[0][1]
    assert max(wide / pane.width, high / pane.height) == pytest.approx(0.9)


def test_something_stays_in_the_middle():
    box_mm = (-30, -20, 30, 20)
    assert kept_in_sight(PlaneView((500, -3), 2), box_mm=box_mm).middle_mm == (30, -3)
    assert kept_in_sight(PlaneView((1, 2), 2), box_mm=box_mm) == PlaneView((1, 2), 2)


def test_what_is_widened_stays_within():
    assert widened((-5, -5, 5, 5), times=2, within=(-30, -20, 30, 20)) == (-10, -10, 10, 10)
    assert widened((-5, -15, 5, 15), times=2, within=(-30, -20, 30, 20)) == (-10, -20, 10, 20)
