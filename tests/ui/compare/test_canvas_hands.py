"""What pointer and keys do on the comparison's canvas."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QNativeGestureEvent, QPointingDevice
from PySide6.QtWidgets import QApplication

from tests.ui.compare.planes import SKIN, WOUND, colour, drag, place, wheel
from ui.compare.canvas_scene import Pick
from ui.compare.picture import Mode, Picture


class TestPointerAndKeys:
    def test_the_wheel_zooms_at_the_cursor(self, canvas):
        at = place(canvas, (4.0, -3.0), 1)
        scene = canvas.scene()
        under = scene.view.to_mm((at.x(), at.y()), scene.panes[1].box)
        before = canvas.mm_per_px
        wheel(canvas, at, 3)
        scene = canvas.scene()
        assert canvas.mm_per_px == pytest.approx(before / 1.25**3)
        assert scene.view.to_mm((at.x(), at.y()), scene.panes[1].box) == pytest.approx(under)

    def test_zooming_ends_where_a_pixel_is_large(self, canvas):
        for _step in range(40):
            canvas.zoom_in()
        assert canvas.mm_per_px == pytest.approx(0.1 / 24)
        for _step in range(60):
            canvas.zoom_out()
        assert 60 / canvas.mm_per_px > 100, "the photo is still seen"

    def test_dragging_moves_both_photos_alike(self, qtbot, canvas):
        start = place(canvas, (0.0, 0.0))
        drag(qtbot, canvas, start, start + QPoint(20, 0), start + QPoint(40, 10))
        assert place(canvas, (0.0, 0.0)) == start + QPoint(40, 10)
        assert colour(canvas, (0.0, 0.0), 1) == WOUND

    def test_arrows_pan_and_signs_zoom(self, qtbot, canvas):
        start, before = place(canvas, (0.0, 0.0)), canvas.mm_per_px
        qtbot.keyClick(canvas, Qt.Key.Key_Right)
        assert place(canvas, (0.0, 0.0)).x() < start.x()
        qtbot.keyClicks(canvas, "+")
        assert canvas.mm_per_px < before
        qtbot.keyClicks(canvas, "-")
        assert canvas.mm_per_px == pytest.approx(before)
        qtbot.keyClicks(canvas, "0")
        assert place(canvas, (0.0, 0.0)) == start

    def test_a_double_click_fits(self, qtbot, canvas):
        before = canvas.scene().view
        canvas.zoom_in()
        canvas.pan_by(50, 0)
        qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=place(canvas, (0.0, 0.0)))
        assert canvas.scene().view == before

    def test_nothing_is_left_of_the_photos_however_far_one_pans(self, canvas):
        canvas.pan_by(1e6, 1e6)
        assert canvas.scene().view.middle_mm == (-30.0, -20.0)

    def test_two_fingers_zoom_where_they_are(self, canvas):
        at = QPointF(place(canvas, (4.0, -3.0), 1))
        before = canvas.mm_per_px
        event = QNativeGestureEvent(
            Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2,
            at, at, QPointF(canvas.mapToGlobal(at)), 0.5, QPointF(),
        )  # fmt: skip
        QApplication.sendEvent(canvas, event)
        assert canvas.mm_per_px == pytest.approx(before / 1.5)
        assert QPointF(place(canvas, (4.0, -3.0), 1)) == at

    def test_other_keys_are_left_to_the_window(self, qtbot, canvas):
        press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F, Qt.KeyboardModifier.NoModifier, "f")
        canvas.keyPressEvent(press)
        assert not press.isAccepted()


class TestPoints:
    @pytest.fixture
    def picked(self, canvas) -> list[tuple[int, float, float]]:
        found: list[tuple[int, float, float]] = []
        canvas.point_picked.connect(lambda *point: found.append(point))
        canvas.set_picking(True)
        return found

    def test_a_click_puts_a_point_where_it_is(self, qtbot, canvas, picked):
        at = place(canvas, (5.0, -4.0), 1)
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at)
        pane, x, y = picked[0]
        assert pane == 1
        assert (x, y) == pytest.approx((5.0, -4.0), abs=canvas.mm_per_px)

    def test_a_drag_puts_none(self, qtbot, canvas, picked):
        start = place(canvas, (0.0, 0.0))
        drag(qtbot, canvas, start, start + QPoint(30, 0))
        assert picked == []

    def test_two_quick_clicks_count_both(self, qtbot, canvas, picked):
        at, view = place(canvas, (5.0, -4.0)), canvas.scene().view
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at)
        qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=at)
        qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=at)
        assert len(picked) == 2
        assert canvas.scene().view == view

    def test_keys_alone_put_a_point(self, qtbot, canvas, picked):
        qtbot.keyClick(canvas, Qt.Key.Key_Return)  # the cross comes
        assert picked == []
        qtbot.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        qtbot.keyClick(canvas, Qt.Key.Key_Up)
        qtbot.keyClick(canvas, Qt.Key.Key_PageDown)
        qtbot.keyClick(canvas, Qt.Key.Key_Return)
        x, y = canvas.scene().view.middle_mm
        step = canvas.mm_per_px
        assert picked == [(1, pytest.approx(x + 16 * step), pytest.approx(y - step))]

    def test_the_cross_is_followed_out_of_sight(self, qtbot, canvas, picked):
        canvas.set_pick(Pick(0, (0.0, 0.0)))
        for _step in range(40):
            qtbot.keyClick(canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
            scene = canvas.scene()
            box = scene.panes[0].box
            if scene.view.middle_mm[0] > -30:
                assert box.has(scene.view.to_view(scene.pick.at_mm, box))

    def test_nothing_is_picked_in_a_photo_that_is_not_there(self, qtbot, canvas, picked, photos):
        canvas.set_pictures([photos[0], Picture("2 March")])
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place(canvas, (0.0, 0.0), 1))
        assert picked == []

    def test_the_cross_goes_with_its_photo(self, qtbot, canvas, picked, photos):
        canvas.set_pictures(photos)
        canvas.set_pick(Pick(3, (0.0, 0.0)))
        canvas.set_pictures(photos[:2])
        assert canvas.scene().pick is None
        qtbot.keyClicks(canvas, "+")
        assert picked == []

    def test_nothing_is_picked_where_photos_lie_over_each_other(self, qtbot, canvas, picked):
        canvas.set_mode(Mode.FADE)
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place(canvas, (5.0, 5.0)))
        assert picked == []

    def test_points_are_drawn_in_their_photo(self, canvas):
        before = colour(canvas, (8.0, 8.0), 1)
        canvas.set_points((((8.0, -8.0), None), ((8.0, 8.0),)))
        assert colour(canvas, (8.0, 8.0), 1) != before
        assert colour(canvas, (8.0, 8.0), 0) == SKIN[0]
