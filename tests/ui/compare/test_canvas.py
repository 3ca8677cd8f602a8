"""The comparison's canvas: what is seen where."""

import itertools

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage

from tests.ui.compare.planes import (
    SIZE,
    SKIN,
    SQUARE_MM,
    WOUND,
    colour,
    drag,
    image,
    picture,
    pixel,
    place,
    sheet,
    square,
)
from ui import theme
from ui.compare.canvas import CompareCanvas
from ui.compare.canvas_geometry import PlaneView
from ui.compare.painting_corners import fitting
from ui.compare.picture import DATE_COLOURS, Mode, Picture


class TestSideBySide:
    def test_a_square_centimetre_is_equally_large_in_every_pane(self, canvas, photos):
        canvas.set_pictures(photos)
        shown = canvas.grab().toImage()
        for number, pane in enumerate(canvas.scene().panes):
            row = place(canvas, (0.0, 0.0), number).y()
            columns = range(round(pane.box.left), round(pane.box.right))
            wide = sum(pixel(shown, QPoint(x, row)) == WOUND for x in columns)
            assert wide == pytest.approx(SQUARE_MM / canvas.mm_per_px, abs=2), number

    @pytest.mark.parametrize("px_per_mm", [2.3, 7.0, 40.0])
    def test_the_skin_lies_where_the_plane_says(self, canvas, photos, px_per_mm):
        canvas.set_pictures(photos)
        canvas.set_view(PlaneView((-4.0, 1.0), px_per_mm))
        shown = canvas.grab().toImage()
        for number, pane in enumerate(canvas.scene().panes):
            edge = canvas.scene().view.to_view((-SQUARE_MM / 2, 1.0), pane.box)
            step = max(1, round(px_per_mm))
            row = [pixel(shown, QPoint(round(edge[0]) + x, round(edge[1])))[1]
                   for x in range(-step, step)]  # fmt: skip
            skin, wound = SKIN[number][1], WOUND[1]
            part = sum(green - wound for green in row) / (skin - wound)
            off_px = round(edge[0]) - step + part - edge[0]
            assert abs(off_px) < 0.5 + 0.25 * px_per_mm * photos[number].image.mm_per_px, number

    def test_each_photo_lies_in_its_pane(self, canvas, photos):
        canvas.set_pictures(photos)
        for number in range(4):
            assert colour(canvas, (8.0, 8.0), number) == SKIN[number]

    def test_the_wounds_are_shown_first_and_then_the_photos(self, canvas):
        near = canvas.mm_per_px
        canvas.fit()
        assert canvas.mm_per_px > near
        canvas.fit()
        assert canvas.mm_per_px == near

    def test_a_fitted_view_follows_the_size(self, canvas):
        before = canvas.mm_per_px
        canvas.resize(450, 250)
        assert canvas.mm_per_px > 1.5 * before

    def test_a_chosen_view_stays(self, canvas, photos):
        canvas.zoom_in()
        canvas.pan_by(30, 20)
        chosen = canvas.scene().view
        canvas.resize(700, 400)
        canvas.set_mode(Mode.SWIPE)
        canvas.set_pictures(photos)
        assert canvas.scene().view == chosen

    def test_photos_that_are_laid_anew_do_not_move_a_fitted_view(self, canvas):
        before = canvas.scene().view
        canvas.set_pictures([picture(0), picture(1, rings_mm=(square(30.0),))])
        assert canvas.scene().view == before

    def test_a_photo_that_comes_is_taken_in(self, canvas, photos):
        canvas.set_pictures([Picture("1 March"), Picture("2 March")])
        canvas.set_pictures([photos[0], Picture("2 March")])
        before = canvas.mm_per_px
        canvas.set_pictures([photos[0], picture(1, rings_mm=(square(20.0),))])
        assert canvas.mm_per_px > before


class TestOverEachOther:
    def test_the_swipe_line_parts_the_two(self, canvas):
        canvas.set_mode(Mode.SWIPE)
        assert len(canvas.scene().panes) == 1
        canvas.set_swipe(0.5)
        assert colour(canvas, (-8.0, 8.0)) == SKIN[0]
        assert colour(canvas, (8.0, 8.0)) == SKIN[1]
        canvas.set_swipe(1.0)
        assert colour(canvas, (8.0, 8.0)) == SKIN[0]

    def test_the_swipe_line_is_dragged(self, qtbot, canvas):
        canvas.set_mode(Mode.SWIPE)
        box, view = canvas.scene().panes[0].box, canvas.scene().view
        middle = QPoint(round(box.width / 2), 100)
        with qtbot.waitSignal(canvas.swipe_changed):
            drag(qtbot, canvas, middle, middle - QPoint(100, 0), middle - QPoint(200, 0))
        assert canvas.swipe == pytest.approx((box.width / 2 - 200) / box.width, abs=0.005)
        assert canvas.scene().view == view
        drag(qtbot, canvas, middle, middle + QPoint(60, 0))
        assert canvas.scene().view != view, "beside the line a drag moves the photos"

    def test_no_other_mode_keeps_the_line_taken(self, canvas):
        canvas.set_mode(Mode.SWIPE)
        canvas.set_line_taken(True)
        canvas.set_mode(Mode.FADE)
        assert not canvas.scene().line_taken
        assert canvas.cursor().shape() is Qt.CursorShape.OpenHandCursor

    def test_the_swipe_line_goes_no_farther_than_the_photos(self, canvas):
        canvas.set_swipe(7.0)
        assert canvas.swipe == 1.0
        canvas.set_swipe(-7.0)
        assert canvas.swipe == 0.0

    @pytest.mark.parametrize("part", [0.0, 0.3, 1.0])
    def test_fading_mixes_the_two(self, canvas, part):
        canvas.set_mode(Mode.FADE)
        canvas.set_fade(part)
        mixed = [a + (b - a) * part for a, b in zip(SKIN[0], SKIN[1], strict=True)]
        assert colour(canvas, (8.0, 8.0)) == pytest.approx(mixed, abs=2)

    def test_any_two_of_four(self, canvas, photos):
        canvas.set_pictures(photos)
        canvas.set_over(1, 3)
        canvas.set_mode(Mode.SWIPE)
        assert colour(canvas, (-8.0, 8.0)) == SKIN[1]
        assert colour(canvas, (8.0, 8.0)) == SKIN[3]

    def test_control_and_arrows_move_the_line_and_the_fade(self, qtbot, canvas):
        for mode, part in ((Mode.SWIPE, "swipe"), (Mode.FADE, "fade")):
            canvas.set_mode(mode)
            view = canvas.scene().view
            qtbot.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
            assert getattr(canvas, part) == pytest.approx(0.52)
            assert canvas.scene().view == view

    def test_blinking_shows_the_two_in_turn(self, qtbot, canvas):
        canvas.blink.set_each_ms(1)
        assert canvas.blink.interval() >= 334, "no more than three changes a second"
        canvas.set_mode(Mode.BLINK)
        assert canvas.blink.isActive()
        assert colour(canvas, (8.0, 8.0)) == SKIN[0]
        qtbot.waitUntil(lambda: canvas.scene().second)
        assert colour(canvas, (8.0, 8.0)) == SKIN[1]
        qtbot.keyClick(canvas, Qt.Key.Key_Space)
        assert not canvas.blink.isActive()
        qtbot.keyClick(canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
        assert colour(canvas, (8.0, 8.0)) == SKIN[0]

    def test_nothing_blinks_that_is_not_seen(self, canvas):
        canvas.set_mode(Mode.BLINK)
        canvas.hide()
        assert not canvas.blink.isActive()
        canvas.show()
        assert canvas.blink.isActive()
        canvas.set_mode(Mode.FADE)
        assert not canvas.blink.isActive()


class TestOutlinesAndChange:
    def test_outlines_are_drawn_in_the_day_s_colour(self, canvas, photos):
        canvas.set_pictures([photos[0], picture(1, colour=DATE_COLOURS[1])])
        canvas.set_outlines_shown(True)
        edge = (-SQUARE_MM / 2, 0.0)
        assert near(colour(canvas, edge), DATE_COLOURS[0])
        canvas.set_outlines_shown(False)
        assert not near(colour(canvas, edge), DATE_COLOURS[0])

    def test_outlines_of_different_days_are_different_lines(self, canvas):
        days = range(len(DATE_COLOURS))
        canvas.set_pictures([picture(n, colour=DATE_COLOURS[n]) for n in days])
        canvas.set_outlines_shown(True)
        shown, ends = canvas.grab().toImage(), set()
        for number in days:
            x = place(canvas, (-SQUARE_MM / 2, 0.0), number).x()
            top, low = (place(canvas, (0.0, y), number).y() for y in (-4.0, 4.0))
            on = [near(pixel(shown, QPoint(x, y)), DATE_COLOURS[number]) for y in range(top, low)]
            assert any(on)
            ends.add(sum(before != after for before, after in itertools.pairwise(on)))
        assert len(ends) == len(days), "told apart without colours"

    def test_all_outlines_lie_on_the_later_photo(self, canvas):
        first = picture(0, rings_mm=(square(16.0),))
        second = picture(1, rings_mm=(square(10.0),))
        canvas.set_pictures([first, second])
        canvas.set_outlines_shown(True)
        canvas.set_mode(Mode.OUTLINES)
        assert colour(canvas, (0.0, 6.5)) == SKIN[1]
        assert near(colour(canvas, (-8.0, 0.0)), DATE_COLOURS[0])

    def test_gained_and_lost_are_told_apart_and_lie_where_they_are(self, canvas):
        canvas.set_change((square(4.0, at=(-9.0, 0.0)),), (square(4.0, at=(9.0, 0.0)),))
        plain = colour(canvas, (-9.0, 0.0), 0)
        assert plain == SKIN[0], "side by side the later photo alone tells it"
        gained = colour(canvas, (-9.0, 0.0), 1)
        lost = colour(canvas, (9.0, 0.0), 1)
        assert gained != SKIN[1] != lost
        warmth = [red - blue for red, _green, blue in (gained, SKIN[1], lost)]
        assert warmth[0] > warmth[1] + 30
        assert warmth[2] < warmth[1] - 30
        canvas.set_change((), ())
        assert colour(canvas, (-9.0, 0.0), 1) == SKIN[1]


def near(found: tuple[int, ...], wanted: str) -> bool:
    aim = QColor(wanted)
    return max(abs(a - b) for a, b in zip(found, aim.getRgb(), strict=False)) < 60


class TestStatesAndWords:
    def test_what_is_shown_is_said(self, canvas, photos):
        assert canvas.accessibleName() == "Photos compared"
        shown = [
            picture(0, subtitle="12.4 cm²"), Picture("2 March", note="It cannot be read."),
        ]  # fmt: skip
        canvas.set_pictures(shown)
        said = "Side by side: 1 March 2026. 12.4 cm²; 2 March. It cannot be read."
        assert canvas.accessibleDescription() == said
        canvas.set_mode(Mode.FADE)
        assert canvas.accessibleDescription().startswith("Fade: ")
        canvas.set_pictures(())
        assert canvas.accessibleDescription() == "Choose two to four photos to compare."

    @pytest.mark.parametrize("mode", list(Mode))
    @pytest.mark.parametrize("count", [0, 1, 2, 3])
    def test_every_mode_shows_any_number(self, canvas, photos, mode, count):
        canvas.set_pictures((*photos[: max(0, count - 1)], Picture("later"))[:count])
        canvas.set_over(1, 3)  # of more than there may be
        canvas.set_change((square(),), (square(20),))
        canvas.set_mode(mode)
        assert not canvas.grab().isNull()
        canvas.zoom_in()
        canvas.fit()

    def test_without_a_scale_no_bar_tells_a_length(self, canvas):
        scaled = corner(canvas)
        canvas.set_pictures([picture(0, in_mm=False), picture(1)])
        assert corner(canvas) != scaled

    def test_texts_get_the_room_that_they_need(self, canvas, qapp):
        def strip() -> float:
            return canvas.scene().panes[0].strip.height

        low = strip()
        canvas.set_pictures([picture(0, subtitle="figures and more of them " * 5), picture(1)])
        assert strip() > low
        wrapped = strip()
        theme.apply(qapp, choice="light", zoom=1.5)
        assert strip() > wrapped
        theme.apply(qapp, choice="light")

    def test_colours_follow_the_theme(self, canvas, qapp):
        at = QPoint(300, SIZE[1] - 4)
        light = pixel(canvas.grab().toImage(), at)
        theme.apply(qapp, choice="dark")
        assert pixel(canvas.grab().toImage(), at) != light
        theme.apply(qapp, choice="light")

    def test_a_fine_screen_gets_fine_pixels(self, canvas):
        canvas.set_pictures([picture(0, mm_per_px=0.05)])
        canvas.set_view(PlaneView((0.0, 0.0), 8.0))
        fine = QImage(2 * SIZE[0], 2 * SIZE[1], QImage.Format.Format_RGB32)
        fine.setDevicePixelRatio(2.0)
        canvas.render(fine)
        at = place(canvas, (0.0, 0.0))
        row = [pixel(fine, QPoint(x, 2 * at.y())) for x in range(2 * SIZE[0])]
        edge = row.index(WOUND)
        assert row[edge - 2] == SKIN[0], "no blur over more than a px of the screen"


def corner(canvas: CompareCanvas) -> QImage:
    box = canvas.scene().panes[0].box
    low = round(box.bottom)
    return canvas.grab().toImage().copy(0, low - 60, round(box.width), 60)


def test_an_image_is_the_sheet_ready_to_be_painted():
    given = sheet(0, mm_per_px=0.1)
    made = image(0, mm_per_px=0.1)
    assert made.box_mm == given.box_mm
    assert made.mm_per_px == given.mm_per_px
    assert made.levels.size_px == (600, 400)


def test_no_frame_waits_for_a_level(canvas, photos, monkeypatch):
    def late(_pixels: object) -> None:
        raise AssertionError("made while painting")

    monkeypatch.setattr("ui.photo_editor.levels._halved", late)
    canvas.set_view(PlaneView((0.0, 0.0), 0.5))
    assert colour(canvas, (12.0, 12.0)) == SKIN[0]


def test_captions_are_shortened_where_there_is_no_room(qapp):
    texts = ("Gained: now wound", "Gained")
    assert fitting(texts, room_px=1000.0) == texts[0]
    assert fitting(texts, room_px=80.0) == texts[1]
    assert fitting(texts, room_px=1.0) == texts[1]
