"""The scale step: what is refused leads on, and every way by hand is tried before it is taken."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Ward
from tests.ui.pages.steps import SQUARE, with_photo_of
from ui.pages.visit import circumstances
from ui.pages.visit.checks import Step
from ui.pages.visit.scale_panel import ScalePanel
from ui.pages.visit.scale_rows import DotRow, SquareRow, TwoPointsRow
from ui.pages.visit.scale_ways import FITTING, Way
from ui.pages.visit_page import VisitPage
from ui.photo_editor.editor import PhotoEditor, Tool
from ui.settings import Settings
from woundtrack.errors import ScaleError
from woundtrack.outline.types import Outline
from woundtrack.scale.types import Scale, ScaleMethod
from woundtrack.sentences.scale import SENTENCES

WAIT_MS = 20_000
WOUND = Outline((((200.0, 150.0), (360.0, 150.0), (360.0, 250.0), (200.0, 250.0)),))
"""20 × 12.5 mm at 8 px a mm."""
TOLD = {"ticks": 7, "tilt_deg": 47, "percent": 5, "run": 3}
FLAT = ((0.125, 0.0, 0.0), (0.0, 0.125, 0.0), (0.0, 0.0, 1.0))


class Bench:
    """A visit with one photo of an even ruler, its wound outlined, in the scale step."""

    def __init__(self, qtbot: QtBot, page: VisitPage) -> None:
        self.qtbot, self.page = qtbot, page
        self.state = page.session.state
        (self.cell,) = self.state.cells()
        page.session.set_outline(self.cell, WOUND)
        page.show_step(Step.SCALE, self.cell[0])
        self.until(lambda: page.editor_step.shows(self.cell[0]))

    @property
    def panel(self) -> ScalePanel:
        return self.page.editor_step.scale_panel

    @property
    def editor(self) -> PhotoEditor:
        return self.page.editor_step.editor

    @property
    def scale(self) -> Scale | None:
        return self.state.scale(self.cell[0])

    def until(self, ready: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(ready, timeout=WAIT_MS)

    def go(self, way: Way) -> None:
        self.panel.ways.buttons[way].click()

    def click(self, x: float, y: float) -> None:
        at = self.editor.canvas.view.to_view((x, y))
        self.qtbot.mouseClick(
            self.editor.canvas, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.AltModifier, _point(at),
        )  # fmt: skip

    def read_ruler(self) -> None:
        """Take the ruler tool and wait for its graduations."""
        self.go(Way.RULER)
        self.until(lambda: self.panel.ruler.look is not None and self.panel.ruler.isVisible())

    def tried(self) -> None:
        self.until(lambda: self.page.editor_step.scale_desk.tried is not None)


def _point(at: tuple[float, float]) -> object:
    from PySide6.QtCore import QPoint

    return QPoint(round(at[0]), round(at[1]))


@pytest.fixture
def bench(
    qtbot: QtBot,
    page: VisitPage,
    camera: Callable[[str, bytes], Path],
    with_ruler: Callable[..., bytes],
    ward: Ward,
) -> Bench:
    photo = camera("even.jpg", with_ruler(even=True))
    return Bench(qtbot, with_photo_of(qtbot, page, photo, ward.lesions[0].id))


class TestRefusals:
    def test_each_says_why_and_puts_its_ways_out_first(self, bench: Bench) -> None:
        for code, fitting in FITTING.items():
            bench.state.scale_problems[bench.cell[0]] = ScaleError(code, **TOLD)
            bench.page.editor_step.refresh()
            assert bench.panel.refusal.isVisible()
            assert bench.panel.refusal.label.text() == SENTENCES[code].format(**TOLD)
            order = sorted(Way, key=lambda way: _place(bench.panel, way))
            assert tuple(order[: len(fitting)]) == fitting, code

    def test_with_a_scale_nothing_is_refused_and_the_ways_stay(self, bench: Bench) -> None:
        bench.page.session.set_scale(bench.cell[0], Scale(ScaleMethod.CARD, FLAT, 0.01))
        bench.page.editor_step.refresh()
        assert not bench.panel.refusal.isVisible()
        assert bench.panel.ways.isVisible()

    def test_two_clicks_are_not_offered_where_they_lead_to_a_wrong_area(self, bench: Bench) -> None:
        for code, fitting in FITTING.items():
            bench.state.scale_problems[bench.cell[0]] = ScaleError(code, **TOLD)
            bench.page.show_step(Step.OUTLINE, bench.cell[0])
            bench.page.show_step(Step.SCALE, bench.cell[0])
            if bench.editor.tool() is Tool.TWO_POINTS:
                assert Way.TWO_POINTS in fitting, code
            elif bench.editor.tool() is Tool.PAN:
                assert Way.TWO_POINTS not in fitting, code

    def test_a_better_photo_is_brought_in_at_the_first_step(self, bench: Bench) -> None:
        bench.go(Way.RETAKE)
        assert bench.page.step is Step.PHOTOS

    def test_an_ambiguous_unit_puts_the_ruler_into_the_hand(
        self, bench: Bench, with_ruler: Callable[..., bytes]
    ) -> None:
        bench.state.scale_problems[bench.cell[0]] = ScaleError("scale.ambiguous_unit", ticks=101)
        bench.page.show_step(Step.OUTLINE, bench.cell[0])
        bench.page.show_step(Step.SCALE, bench.cell[0])
        assert bench.editor.tool() is Tool.RULER
        bench.until(lambda: bench.panel.ruler.isVisible())
        assert bench.panel.refusal.isVisible(), "the reason stays until the unit is named"
        bench.panel.ruler.pitch.set_value(1.0)
        bench.tried()
        assert not bench.panel.refusal.isVisible()


class TestRuler:
    def test_naming_the_step_gives_grid_and_area_and_enter_accepts(self, bench: Bench) -> None:
        bench.read_ruler()
        assert bench.panel.ruler.pitch.value() is None, "nothing is chosen where it is not sure"
        assert bench.panel.ruler.pitch.hasFocus()
        assert not bench.panel.accept.isEnabled()
        bench.panel.ruler.pitch.set_value(1.0)
        bench.tried()
        assert bench.editor.canvas.session.trial is not None
        assert bench.panel.trial_area.text().startswith("A: 2.5")
        assert bench.scale is None, "it is on trial"
        bench.qtbot.keyClick(bench.editor.canvas, Qt.Key.Key_Return)
        assert bench.scale.method is ScaleMethod.RULER
        assert bench.scale.mm_per_px_at((500.0, 400.0)) == pytest.approx(0.125, rel=0.003)
        assert bench.editor.tool() is Tool.PAN
        bench.editor.undo()
        assert bench.state.photo_scale(bench.cell[0]) is None
        bench.editor.redo()
        assert bench.scale.method is ScaleMethod.RULER

    def test_why_an_outline_cannot_be_measured_with_it_stands_below_the_fields(
        self, bench: Bench
    ) -> None:
        sliver = Outline((((200.0, 150.0), (201.0, 150.0), (200.0, 150.001)),))
        bench.page.session.set_outline(bench.cell, sliver)
        bench.read_ruler()
        bench.panel.ruler.pitch.set_value(1.0)
        bench.tried()
        assert bench.panel.trial_error.isVisible()
        assert bench.panel.trial_error.text().startswith("A: The outline encloses almost nothing")
        assert not bench.panel.trial_area.isVisible()
        assert bench.panel.accept.isEnabled(), "it is the outline's fault, not the scale's"

    def test_what_breaks_down_is_told_and_ends_the_waiting(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def break_down(*_args: object, **_named: object) -> Scale:
            raise ValueError("no sentence for this")

        bench.read_ruler()
        monkeypatch.setattr("woundtrack.scale.ruler.scale_with_pitch", break_down)
        bench.panel.ruler.pitch.set_value(1.0)
        bench.until(bench.panel.trial_error.isVisible)
        assert "did not work" in bench.panel.trial_error.text()
        assert not bench.page.editor_step.scale_desk.trial.waits

    def test_the_length_between_the_ends_gives_the_step(self, bench: Bench) -> None:
        bench.read_ruler()
        row = bench.panel.ruler
        bench.qtbot.keyClicks(row.length, "93")
        bench.until(bench.panel.trial_error.isVisible)
        assert "100 steps" in bench.panel.trial_error.text()
        row.length.clear()
        row.unit.set_value(10.0)
        bench.qtbot.keyClicks(row.length, "10")
        bench.tried()
        assert not bench.panel.trial_error.isVisible()
        bench.qtbot.keyClick(row.length, Qt.Key.Key_Return)
        assert bench.scale.mm_per_px_at((500.0, 400.0)) == pytest.approx(0.125, rel=0.003)

    def test_what_is_no_length_is_no_scale_and_is_said(self, bench: Bench) -> None:
        bench.read_ruler()
        row = bench.panel.ruler
        for slip, said in (("x", "millimetres above 0"), ("00", "on no ruler are 10,000 mm")):
            row.length.clear()
            bench.qtbot.keyClicks(row.length, "100")
            bench.tried()
            bench.qtbot.keyClicks(row.length, slip)
            assert said in bench.panel.trial_error.text()
            bench.qtbot.keyClick(row.length, Qt.Key.Key_Return)
            assert bench.scale is None, "not what was typed before the slip"

    def test_enter_at_the_step_takes_the_scale_and_stays(self, bench: Bench) -> None:
        bench.read_ruler()
        bench.panel.ruler.pitch.set_value(1.0)
        bench.tried()
        bench.qtbot.keyClick(bench.panel.ruler.pitch, Qt.Key.Key_Return)
        assert bench.scale is not None
        assert bench.page.step is Step.SCALE

    def test_escape_gives_up_the_trial_and_not_the_visit(self, bench: Bench) -> None:
        closed = []
        bench.page.closed.connect(lambda: closed.append(True))
        bench.read_ruler()
        bench.panel.ruler.pitch.set_value(1.0)
        bench.tried()
        bench.qtbot.keyClick(bench.editor.canvas, Qt.Key.Key_Escape)
        assert bench.page.editor_step.scale_desk.tried is None
        assert bench.editor.canvas.session.trial is None
        assert closed == []
        assert bench.scale is None

    def test_enter_before_it_is_worked_out_accepts_it_when_it_is(self, bench: Bench) -> None:
        bench.read_ruler()
        bench.panel.ruler.pitch.set_value(1.0)
        bench.page.go_on()
        assert bench.page.step is Step.SCALE
        bench.until(lambda: bench.scale is not None)

    def test_another_way_drops_what_was_on_trial(self, bench: Bench) -> None:
        bench.read_ruler()
        bench.panel.ruler.pitch.set_value(1.0)
        bench.tried()
        bench.editor.set_tool(Tool.TWO_POINTS)
        assert bench.editor.canvas.session.trial is None
        assert bench.panel.row is None
        assert bench.panel.ways.isVisible()

    def test_the_tool_leads_from_the_outline_to_the_scale_step(self, bench: Bench) -> None:
        bench.page.show_step(Step.OUTLINE, bench.cell[0])
        bench.editor.set_tool(Tool.RULER)
        assert bench.page.step is Step.SCALE
        assert bench.editor.tool() is Tool.RULER

    def test_what_was_read_in_one_photo_is_not_offered_in_the_next(
        self, bench: Bench, camera: Callable[[str, bytes], Path], painted: Callable[..., bytes]
    ) -> None:
        bench.read_ruler()
        bench.qtbot.keyClicks(bench.panel.ruler.length, "100")
        bench.page.import_files([camera("next.jpg", painted(seed=3))])
        bench.until(lambda: len(bench.state.photos) == 2 and not bench.page.desk.run.running)
        (other,) = {photo.id for photo in bench.state.photos} - {bench.cell[0]}
        bench.page.show_step(Step.SCALE, other)
        bench.until(lambda: bench.page.editor_step.shows(other))
        bench.editor.set_tool(Tool.RULER)
        assert bench.panel.row is None, "it is being read"
        assert bench.panel.ruler.length.text() == ""
        bench.until(lambda: bench.panel.row is bench.panel.ruler)
        assert not bench.panel.ruler.look.reading.edges


class TestPoints:
    def test_what_was_typed_of_points_taken_back_is_no_scale_of_the_next(
        self, bench: Bench
    ) -> None:
        row = bench.panel.points[Tool.TWO_POINTS]
        assert isinstance(row, TwoPointsRow)
        bench.go(Way.TWO_POINTS)
        bench.click(100, 550)
        bench.click(900, 550)
        bench.until(row.isVisible)
        bench.qtbot.keyClicks(row.distance, "100")
        bench.tried()
        bench.qtbot.keyClick(bench.editor.canvas, Qt.Key.Key_Backspace)
        assert bench.panel.row is None
        assert bench.editor.canvas.session.trial is None
        bench.click(500, 550)
        assert bench.panel.row is row
        assert row.distance.text() == ""
        assert bench.panel.is_ready_but_empty()


class TestCoinAndSquare:
    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        return Settings(tmp_path / "settings.ini")

    def test_a_coin_by_its_name_is_remembered(
        self, bench: Bench, settings: Settings, qtbot: QtBot
    ) -> None:
        row = bench.panel.points[Tool.DOT]
        assert isinstance(row, DotRow)
        row._settings = settings
        bench.go(Way.DOT)
        bench.click(800, 150)
        bench.until(row.isVisible)
        row.choice.set_value("GBP 5p")
        bench.tried()
        bench.qtbot.keyClick(row.choice.lineEdit(), Qt.Key.Key_Return)
        assert bench.scale.method is ScaleMethod.DOT
        assert bench.page.step is Step.SCALE, "the scale taken is looked at first"
        assert bench.scale.mm_per_px_at((800.0, 150.0)) == pytest.approx(18.0 / 120, rel=0.02)
        again = DotRow(settings)
        qtbot.addWidget(again)
        assert again.choice.value() == "GBP 5p"

    def test_a_diameter_that_is_none_is_refused_in_place(self, bench: Bench) -> None:
        row = bench.panel.points[Tool.DOT]
        assert isinstance(row, DotRow)
        bench.go(Way.DOT)
        bench.click(800, 150)
        row.choice.setCurrentText("my coin")
        assert "millimetres above 0" in bench.panel.trial_error.text()
        row.choice.setCurrentText("15 mm")
        bench.tried()
        assert bench.panel.trial_error.isHidden()

    def test_what_is_no_coin_is_refused_in_place(self, bench: Bench) -> None:
        row = bench.panel.points[Tool.DOT]
        assert isinstance(row, DotRow)
        bench.go(Way.DOT)
        bench.click(480, 300)
        row.choice.setCurrentText("15")
        bench.until(bench.panel.trial_error.isVisible)
        assert bench.scale is None

    def test_a_square_by_its_side_is_remembered(
        self, bench: Bench, settings: Settings, qtbot: QtBot
    ) -> None:
        row = bench.panel.points[Tool.SQUARE]
        assert isinstance(row, SquareRow)
        row._settings = settings
        bench.go(Way.SQUARE)
        bench.click(620, 150)
        bench.until(row.isVisible)
        bench.qtbot.keyClicks(row.side, "12.55")
        bench.qtbot.keyClick(row.side, Qt.Key.Key_Return)
        bench.until(lambda: bench.scale is not None)
        assert bench.scale.method is ScaleMethod.SQUARE
        assert bench.scale.mm_per_px_at((620.0, 150.0)) == pytest.approx(0.1255, rel=0.01)
        again = SquareRow(settings)
        qtbot.addWidget(again)
        assert again.side.value() == 12.55


class TestWhatIsSaidOfAScale:
    def test_the_level_shows_its_tilt(self, bench: Bench) -> None:
        bench.page.session.set_scale(bench.cell[0], Scale(ScaleMethod.CARD, FLAT, 0.01))
        bench.until(lambda: bench.panel.level.isVisible())
        assert bench.panel.level.accessibleName() == "Tilt unknown"
        tilted = ((0.125, 0.0, 0.0), (0.0, 0.125, 0.0), (0.0, 0.0005, 1.0))
        leaning = Scale(ScaleMethod.CARD, tilted, 0.01, tilt_deg=18.0)
        bench.page.session.set_scale(bench.cell[0], leaning)
        bench.until(lambda: "18°" in bench.panel.level.accessibleName())
        assert bench.panel.level.accessibleName().endswith("towards the top")

    def test_circumstances_follow_the_outline(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def look(_scale: Scale, _pixels: object, outlines: object, _others: object) -> object:
            return ("scale.reference_far",) if SQUARE in outlines else ("scale.reference_cut",)

        monkeypatch.setattr(circumstances, "circumstances_of", look)
        bench.page.session.set_scale(bench.cell[0], Scale(ScaleMethod.CARD, FLAT, 0.01))
        bench.until(lambda: "runs out of the photo" in bench.panel.notes.text())
        bench.page.session.set_outline(bench.cell, SQUARE)
        bench.until(lambda: "lies far from the wound" in bench.panel.notes.text())
        assert "runs out of" not in bench.panel.notes.text()

    def test_a_round_limb_is_said_beside_the_area_a_flat_one_not(self, bench: Bench) -> None:
        bench.page.session.set_scale(bench.cell[0], Scale(ScaleMethod.CARD, FLAT, 0.01))
        wide = Outline((((50.0, 50.0), (450.0, 50.0), (450.0, 350.0), (50.0, 350.0)),))
        bench.page.session.set_outline(bench.cell, wide)
        card = bench.page.editor_step.measure_panel.card(bench.cell[1])
        bench.until(lambda: "too small" in card.round_limb.text())
        assert "calf" in card.round_limb.text()
        (lesion, other) = bench.state.lesions
        flat = replace(lesion, value=replace(lesion.value, site="abdomen"))
        bench.state.lesions = (flat, other)
        bench.page.editor_step.refresh()
        assert card.round_limb.isHidden()


def _place(panel: ScalePanel, way: Way) -> tuple[int, int]:
    """Where a way's button stands: the line, then the place in it."""
    flow = panel.ways.layout()
    flow.activate()
    at = panel.ways.buttons[way].geometry()
    return at.top(), at.left()
