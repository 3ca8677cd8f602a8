"""Zooming, panning, keys, painting and the several lesions of one photo."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAction,
    QColor,
    QImage,
    QKeyEvent,
    QKeySequence,
    QNativeGestureEvent,
    QPainter,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QMainWindow

from ui.photo_editor import captions
from ui.photo_editor.editor import PhotoEditor, Tool
from ui.photo_editor.geometry import View
from ui.photo_editor.levels import PhotoLevels
from ui.photo_editor.scene import lesion_colour
from woundtrack.measure.types import Measurement
from woundtrack.outline.rings import outline_contains
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Photo
from woundtrack.scale.types import Scale, ScaleMethod

LEFT = Outline((((100.0, 100.0), (250.0, 100.0), (250.0, 250.0), (100.0, 250.0)),))
RIGHT = Outline((((550.0, 300.0), (700.0, 300.0), (700.0, 450.0), (550.0, 450.0)),))
MILLIMETRES = Scale(
    method=ScaleMethod.TWO_POINTS,
    homography_px_to_mm=((0.1, 0.0, 0.0), (0.0, 0.1, 0.0), (0.0, 0.0, 1.0)),
    relative_sd=0.01,
    marks_px=((100.0, 550.0), (600.0, 550.0)),
)


def wheel(canvas, place: QPoint, notches: int) -> None:
    event = QWheelEvent(
        QPointF(place), QPointF(canvas.mapToGlobal(place)), QPoint(), QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


class TestZoom:
    def test_the_wheel_zooms_at_the_cursor_down_to_single_pixels(self, hands):
        place = QPoint(300, 200)
        before = hands.canvas.view.to_photo((300, 200))
        for _ in range(40):
            wheel(hands.canvas, place, 1)
        assert hands.canvas.view.zoom >= 16
        assert hands.canvas.view.to_photo((300, 200)) == pytest.approx(before, abs=1e-6)
        for _ in range(60):
            wheel(hands.canvas, place, -1)
        assert 0 < hands.canvas.view.zoom < 1

    def test_keys_zoom_fit_and_show_actual_pixels(self, hands):
        fitted = hands.canvas.view
        hands.key(Qt.Key.Key_Plus)
        assert hands.canvas.view.zoom == pytest.approx(fitted.zoom * 1.25)
        hands.key(Qt.Key.Key_Minus)
        hands.key(Qt.Key.Key_1)
        assert hands.canvas.view.zoom == pytest.approx(1 / hands.canvas.devicePixelRatioF())
        hands.key(Qt.Key.Key_0)
        assert hands.canvas.view == fitted

    def test_a_fitted_photo_stays_fitted_when_the_window_grows(self, hands):
        before = hands.canvas.view.zoom
        hands.editor.resize(1300, 900)
        QApplication.processEvents()
        assert hands.canvas.view.zoom > before
        hands.key(Qt.Key.Key_Plus)
        kept = hands.canvas.view.zoom
        hands.editor.resize(900, 640)
        QApplication.processEvents()
        assert hands.canvas.view.zoom == kept

    def test_a_touch_pad_pinch_zooms_at_its_middle(self, hands):
        before = hands.canvas.view.to_photo((300, 200))
        start = hands.canvas.view.zoom
        place = QPointF(300, 200)
        event = QNativeGestureEvent(
            Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2,
            place, place, QPointF(hands.canvas.mapToGlobal(place)), 0.5, QPointF(),
        )  # fmt: skip
        QApplication.sendEvent(hands.canvas, event)
        assert hands.canvas.view.zoom == pytest.approx(1.5 * start)
        assert hands.canvas.view.to_photo((300, 200)) == pytest.approx(before)

    def test_a_french_keyboard_types_digits_with_shift(self, hands):
        hands.qtbot.keyClicks(hands.canvas, "+")
        event = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_1, Qt.KeyboardModifier.ShiftModifier, "1"
        )
        QApplication.sendEvent(hands.canvas, event)
        assert hands.canvas.view.zoom == pytest.approx(1 / hands.canvas.devicePixelRatioF())

    def test_the_zoom_is_shown(self, hands):
        hands.key(Qt.Key.Key_1)
        assert hands.editor.status._zoom.text() == "100 %"


class TestPan:
    def test_middle_button_space_and_arrows(self, hands):
        start = hands.canvas.view
        hands.editor.set_tool(Tool.POLYGON)
        hands.drag([(400, 300), (450, 300), (480, 340)], button=Qt.MouseButton.MiddleButton)
        assert hands.canvas.view.x == pytest.approx(start.x + 80 * start.zoom, abs=1.5)
        moved = hands.canvas.view
        hands.qtbot.keyPress(hands.canvas, Qt.Key.Key_Space)
        hands.drag([(400, 300), (360, 300), (320, 260)])
        hands.qtbot.keyRelease(hands.canvas, Qt.Key.Key_Space)
        assert hands.canvas.view.x == pytest.approx(moved.x - 80 * start.zoom, abs=1.5)
        before = hands.canvas.view
        hands.key(Qt.Key.Key_Right)
        assert hands.canvas.view.x < before.x
        assert hands.canvas.view.y == before.y
        assert hands.canvas.tool.points == []

    def test_the_pan_tool_drags(self, hands):
        before = hands.canvas.view
        hands.drag([(400, 300), (450, 350), (500, 400)])
        assert hands.canvas.view.x > before.x


class TestKeys:
    @pytest.mark.parametrize(
        ("key", "tool"),
        [("V", Tool.VERTEX), ("C", Tool.CLICK), ("X", Tool.BOX), ("P", Tool.POLYGON),
         ("F", Tool.TRACE), ("B", Tool.BRUSH_ADD), ("E", Tool.BRUSH_ERASE), ("O", Tool.HOLE),
         ("L", Tool.RULER), ("R", Tool.TWO_POINTS), ("Q", Tool.FOUR_POINTS), ("D", Tool.DOT),
         ("S", Tool.SQUARE), ("A", Tool.HEAD), ("H", Tool.PAN)],
    )  # fmt: skip
    def test_each_tool_has_a_key_and_a_tip_that_names_it(self, hands, key, tool):
        hands.key(getattr(Qt.Key, f"Key_{key}"))
        assert hands.editor.tool() is tool
        action = hands.editor._tool_actions[tool]
        assert action.isChecked()
        assert f"({key})" in action.toolTip()
        assert hands.editor.canvas.tool.hint()

    def test_no_shortcut_is_given_twice(self, hands):
        keys = [s.toString() for a in hands.editor.actions() for s in a.shortcuts()]
        assert len(keys) == len(set(keys))
        assert QKeySequence("Ctrl+Z").toString() in keys

    def test_enter_and_escape_reach_the_page_where_nothing_is_under_way(self, hands, qtbot):
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab):
            event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
            hands.canvas.keyPressEvent(event)
            assert not event.isAccepted()

    def test_keys_win_over_the_windows_menus(self, qtbot, background, wound_pixels):
        window = QMainWindow()
        qtbot.addWidget(window)
        editor = PhotoEditor(background)
        window.setCentralWidget(editor)
        undone = []
        action = QAction("Undo", window)
        action.setShortcut("Ctrl+Z")
        action.triggered.connect(lambda: undone.append(1))
        window.addAction(action)
        editor.set_photo(wound_pixels, Photo(800, 600, "image/png", 1))
        editor.set_outlines({1: LEFT}, labels={1: "A"}, active=1)
        window.show()
        qtbot.waitExposed(window)
        editor.canvas.setFocus()
        editor.replace_outline(1, RIGHT)
        qtbot.keyClick(editor.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert editor.outlines() == {1: LEFT}
        assert undone == []


class TestLesions:
    @pytest.fixture
    def hands(self, make_hands):
        return make_hands({1: LEFT, 2: RIGHT})

    def test_clicking_another_outline_makes_it_active(self, hands, qtbot):
        with qtbot.waitSignal(hands.editor.active_lesion_changed) as told:
            hands.click(620, 380)
        assert told.args == [2]
        hands.editor.set_tool(Tool.VERTEX)
        hands.click(150, 150)
        assert hands.editor.active_lesion() == 1
        hands.key(Qt.Key.Key_N)
        assert hands.editor.active_lesion() == 2

    def test_clicking_a_label_works_with_every_tool(self, hands):
        hands.editor.set_tool(Tool.POLYGON)
        scene = hands.editor._session.scene(hands.canvas.view, hands.canvas.size_view())
        rect = captions.label_rect(scene, scene.lesions[1])
        hands.qtbot.mouseClick(hands.canvas, Qt.MouseButton.LeftButton, pos=rect.center().toPoint())
        assert hands.editor.active_lesion() == 2
        assert hands.canvas.tool.points == []

    def test_each_has_its_own_colour(self):
        assert len({lesion_colour(i) for i in range(8)}) == 8

    def test_drawing_changes_the_active_one_alone(self, hands):
        hands.editor.set_tool(Tool.BRUSH_ADD)
        hands.click(400, 500)
        assert hands.editor.outlines()[2] == RIGHT
        assert len(hands.editor.outlines()[1].rings) == 2

    def test_undo_goes_back_to_the_lesion_that_was_changed(self, hands):
        hands.editor.set_tool(Tool.BRUSH_ADD)
        hands.click(400, 500)
        hands.key(Qt.Key.Key_N)
        hands.editor.undo()
        assert hands.editor.outlines()[1] == LEFT
        assert hands.editor.active_lesion() == 1

    def test_showing_the_same_outlines_again_keeps_undo(self, hands):
        hands.editor.set_tool(Tool.BRUSH_ADD)
        hands.click(400, 500)
        shown = hands.editor.outlines()
        hands.editor.set_outlines(shown, labels={1: "A", 2: "B"}, active=1)
        assert hands.editor.undo_stack().canUndo()
        hands.editor.set_outlines({1: LEFT, 2: RIGHT}, labels={1: "A", 2: "B"}, active=1)
        assert not hands.editor.undo_stack().canUndo()

    def test_showing_them_again_in_mid_stroke_loses_nothing(self, hands):
        hands.editor.set_tool(Tool.BRUSH_ADD)
        shown = hands.editor.outlines()

        def show_again() -> None:
            hands.editor.set_outlines({**shown, 3: Outline()}, labels={1: "A", 2: "B"}, active=1)

        hands.editor._session.changed.connect(show_again, Qt.ConnectionType.QueuedConnection)
        hands.drag([(300, 500), (350, 500), (400, 500)], between=QApplication.processEvents)
        hands.editor._session.changed.disconnect(show_again)
        for x in (300, 350, 400):
            assert outline_contains(hands.editor.outlines()[1], (x, 500))

    def test_a_proposal_from_elsewhere_is_undoable(self, hands):
        hands.editor.replace_outline(2, LEFT)
        assert hands.changes == [(2, LEFT)]
        hands.editor.undo()
        assert hands.editor.outlines()[2] == RIGHT


class TestPicture:
    def test_a_photo_pixel_is_painted_where_its_centre_is(self, qtbot, hands):
        pixels = np.zeros((600, 800, 3), np.uint8)
        pixels[200, 300] = (0, 0, 255)
        hands.editor.set_photo(pixels, Photo(800, 600, "image/png", 1))
        hands.canvas.zoom_by(40 / hands.canvas.view.zoom)
        hands.canvas.set_view(View(40.0, 400 - 300 * 40.0, 300 - 200 * 40.0))
        image = hands.canvas.grab().toImage()
        ratio = image.devicePixelRatio()

        def colour(x, y):
            return QColor(image.pixel(round(x * ratio), round(y * ratio)))

        assert colour(400, 300).red() > 200
        for x, y in ((383, 300), (417, 300), (400, 283), (400, 317)):
            assert colour(x, y).red() > 150, "within half a pixel of the centre"
        for x, y in ((377, 300), (423, 300), (400, 277), (400, 323)):
            assert colour(x, y).red() < 90, "the next pixel"

    @pytest.mark.parametrize("shape", [(600, 800), (601, 799), (97, 1300)])
    def test_reduced_levels_lie_where_the_photo_lies(self, qtbot, shape):
        height, width = shape
        pixels = np.zeros((height, width, 3), np.uint8)
        pixels[:, width // 2 :] = 255
        image = QImage(width // 4, height // 4, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        view = View(0.25, 0.125, 0.125)
        PhotoLevels(pixels).paint(painter, view, size=(image.width(), image.height()))
        painter.end()
        edge = view.to_view((width // 2 - 0.5, 0))[0]
        row = [QColor(image.pixel(x, height // 8)).red() / 255 for x in range(image.width())]
        assert image.width() - sum(row) == pytest.approx(edge, abs=0.3)

    def test_grid_outline_labels_and_head_are_in_the_picture(self, hands):
        hands.editor.set_outlines({1: LEFT}, labels={1: "A"}, active=1)
        plain = hands.editor.render_to_image(640)
        assert (plain.width(), plain.height()) == (640, 480)
        hands.editor.set_scale(MILLIMETRES)
        gridded = hands.editor.render_to_image(640)
        assert gridded != plain
        hands.editor.set_head_angle(30.0)
        headed = hands.editor.render_to_image(640)
        assert headed != gridded
        sides = LEFT.rings[0]
        measured = Measurement(
            area_cm2=2.25, area_cm2_sd=0.1, perimeter_cm=6, length_cm=2.1, width_cm=2.1,
            length_px=(sides[0], sides[2]), width_px=(sides[1], sides[3]),
        )  # fmt: skip
        hands.editor.set_measurement(1, measured)
        assert hands.editor.render_to_image(640) != headed
        hands.editor.clear()
        assert hands.editor.render_to_image(640).isNull()

    def test_the_grid_has_a_line_every_centimetre(self, hands):
        hands.editor.set_scale(MILLIMETRES)
        grid = hands.editor._session.scale.grid_px
        columns = sorted({round(p[0]) for line in grid for p in line if line[0][0] == line[-1][0]})
        assert set(np.diff(columns)) == {100}

    def test_a_changed_outline_forgets_its_measurement(self, make_hands):
        hands = make_hands({1: LEFT})
        measured = Measurement(1, 0, 1, 1, 1, ((0, 0), (1, 1)), ((0, 0), (1, 1)))
        hands.editor.set_measurement(1, measured)
        hands.editor.set_tool(Tool.BRUSH_ADD)
        hands.click(260, 150)
        assert hands.editor._session.measurements == {}
