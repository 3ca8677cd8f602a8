"""View and photo: there and back, zooming at a point, fitting, staying in sight."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.photo_editor import geometry
from ui.photo_editor.geometry import View

PHOTO = (4032, 3024)
SIZE = (1000.0, 700.0)


@given(st.floats(0.01, 64), st.floats(-1e4, 1e4), st.floats(-1e4, 1e4), st.floats(0, 4000))
def test_there_and_back(zoom, x, y, at):
    view = View(zoom, x, y)
    back = view.to_photo(view.to_view((at, at / 2)))
    assert back == pytest.approx((at, at / 2), abs=1e-6)


@given(st.floats(0, 1000), st.floats(0, 700), st.floats(0.2, 5))
def test_zooming_keeps_the_point_under_the_cursor(x, y, factor):
    view = geometry.fitted(photo=PHOTO, view=SIZE)
    before = view.to_photo((x, y))
    after = geometry.zoomed_at(view, anchor=(x, y), factor=factor, least=0.01).to_photo((x, y))
    assert after == pytest.approx(before, abs=1e-6)


def test_zoom_has_limits():
    view = View(1.0)
    assert geometry.zoomed_at(view, anchor=(0, 0), factor=1e9, least=0.1).zoom == geometry.MOST_ZOOM
    assert geometry.zoomed_at(view, anchor=(0, 0), factor=1e-9, least=0.1).zoom == 0.1
    assert geometry.MOST_ZOOM >= 16


def test_fitting_shows_the_whole_photo_in_the_middle():
    view = geometry.fitted(photo=PHOTO, view=SIZE)
    left, top = view.to_view((-0.5, -0.5))
    right, bottom = view.to_view((PHOTO[0] - 0.5, PHOTO[1] - 0.5))
    assert min(left, top) >= 15.9
    assert right <= SIZE[0] - 15.9
    assert bottom <= SIZE[1] - 15.9
    assert left + right == pytest.approx(SIZE[0])
    assert top + bottom == pytest.approx(SIZE[1])


@given(st.floats(-1e5, 1e5), st.floats(-1e5, 1e5), st.floats(0.05, 30))
def test_some_of_the_photo_stays_in_sight(x, y, zoom):
    view = geometry.kept_in_sight(View(zoom, x, y), photo=PHOTO, size=SIZE)
    assert geometry.visible_px(view, photo=PHOTO, size=SIZE) is not None


@pytest.mark.parametrize(
    ("head", "angle"), [((0, -9), 0), ((9, 0), 90), ((0, 9), 180), ((-9, 0), 270)]
)
def test_head_angle_runs_clockwise_from_up(head, angle):
    assert geometry.head_angle_deg((0.0, 0.0), head) == pytest.approx(angle)
