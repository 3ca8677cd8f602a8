"""Edits of an outline: each returns a new one, leaves the old, and keeps its area honest."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from woundtrack.errors import OutlineError
from woundtrack.outline import edit, strokes
from woundtrack.outline.edit import HitKind
from woundtrack.outline.rings import area_px2 as area
from woundtrack.outline.rings import check, outline_contains, signed_area
from woundtrack.outline.types import Outline, OutlineSource

SQUARE = ((0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0))
HOLE = ((30.0, 30.0), (70.0, 30.0), (70.0, 70.0), (30.0, 70.0))
ISLAND = ((45.0, 45.0), (55.0, 45.0), (55.0, 55.0), (45.0, 55.0))
ELSEWHERE = ((200.0, 0.0), (240.0, 0.0), (240.0, 40.0))


def circle(radius: float, count: int, *, at: tuple[float, float] = (0.0, 0.0)) -> list:
    angles = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return [(at[0] + radius * math.cos(a), at[1] + radius * math.sin(a)) for a in angles]


class TestHit:
    outline = Outline((SQUARE, HOLE))

    def test_vertex_wins_over_edge(self):
        hit = edit.hit_test(self.outline, point_px=(98, 3), tolerance_px=5)
        assert (hit.kind, hit.ring, hit.index) == (HitKind.VERTEX, 0, 1)

    def test_edge_with_nearest_point(self):
        hit = edit.hit_test(self.outline, point_px=(50, -2), tolerance_px=5)
        assert (hit.kind, hit.ring, hit.index) == (HitKind.EDGE, 0, 0)
        assert hit.point_px == (50, 0)

    def test_closing_edge_is_an_edge(self):
        hit = edit.hit_test(self.outline, point_px=(1, 50), tolerance_px=5)
        assert (hit.kind, hit.index) == (HitKind.EDGE, 3)

    def test_inside_hole_and_outside(self):
        def kind(point):
            return edit.hit_test(self.outline, point_px=point, tolerance_px=5).kind

        assert kind((15, 50)) is HitKind.INSIDE
        assert kind((50, 50)) is HitKind.HOLE
        assert kind((150, 50)) is HitKind.NOTHING
        assert edit.hit_test(Outline(), point_px=(1, 1), tolerance_px=5) == edit.NO_HIT


class TestPoints:
    def test_move_insert_delete_leave_the_old_outline(self):
        old = Outline((SQUARE,), OutlineSource.BOX)
        moved = edit.move_point(old, ring=0, index=2, to_px=(110.0, 120.0))
        assert moved.rings[0][2] == (110.0, 120.0)
        inserted = edit.insert_point(old, ring=0, edge=3, at_px=(-5.0, 50.0))
        assert inserted.rings[0][4] == (-5.0, 50.0)
        deleted = edit.delete_points(old, ring=0, indices=[1])
        assert deleted.rings[0] == (SQUARE[0], SQUARE[2], SQUARE[3])
        assert old.rings == (SQUARE,)
        assert {o.source for o in (moved, inserted, deleted)} == {OutlineSource.BOX}

    def test_a_ring_keeps_three_points(self):
        with pytest.raises(OutlineError) as told:
            edit.delete_points(Outline((SQUARE,)), ring=0, indices=[0, 1])
        assert told.value.code == "outline.ring_needs_three"
        with pytest.raises(OutlineError):
            edit.add_ring(Outline(), ring=[(0, 0), (1, 1), (0, 0)])

    def test_move_points_together(self):
        moved = edit.move_points(Outline((SQUARE,)), ring=0, indices=(0, 1), by_px=(1.0, -2.0))
        assert moved.rings[0] == ((1.0, -2.0), (101.0, -2.0), (100.0, 100.0), (0.0, 100.0))


class TestRings:
    def test_deleting_an_outer_ring_takes_its_holes(self):
        outline = Outline((SQUARE, HOLE, ISLAND, ELSEWHERE))
        assert edit.delete_ring(outline, ring=0).rings == (ELSEWHERE,)
        assert edit.delete_ring(outline, ring=1).rings == (SQUARE, ELSEWHERE)

    def test_translating_takes_the_holes_along(self):
        moved = edit.translate_ring(Outline((SQUARE, HOLE, ELSEWHERE)), ring=0, by_px=(5.0, 7.0))
        assert moved.rings[1][0] == (35.0, 37.0)
        assert moved.rings[2] == ELSEWHERE
        assert area(moved) == area(Outline((SQUARE, HOLE, ELSEWHERE)))


class TestCrossings:
    def test_bow_tie_is_found_at_its_waist(self):
        bow = ((0.0, 0.0), (100.0, 100.0), (100.0, 0.0), (0.0, 100.0))
        assert edit.crossings(Outline((bow,))) == ((50.0, 50.0),)

    def test_sound_rings_and_shared_corners_are_no_crossing(self):
        assert edit.crossings(Outline((SQUARE, HOLE, ELSEWHERE))) == ()
        assert edit.crossings(Outline()) == ()

    def test_rings_that_cross_each_other(self):
        over = tuple((x + 50, y + 50) for x, y in SQUARE)
        assert edit.crossings(Outline((SQUARE, over))) == ((50.0, 100.0), (100.0, 50.0))

    def test_open_path(self):
        path = [(0, 0), (10, 0), (10, 10), (5, -5)]
        assert edit.path_crossings(path)
        assert edit.path_crossings(path, last_only=True)
        assert not edit.path_crossings(path[:-1])


class TestBrush:
    def test_a_dab_is_a_disc(self):
        made = strokes.add_stroke(Outline(), stroke_px=[(50, 50)], radius_px=20)
        assert len(made.rings) == 1
        assert area(made) == pytest.approx(math.pi * 400, rel=0.01)

    def test_untouched_vertices_stay_exactly(self):
        made = strokes.add_stroke(
            Outline((SQUARE, HOLE)), stroke_px=[(100, 20), (110, 25)], radius_px=5
        )
        assert set(HOLE) <= set(made.rings[1])
        assert set(SQUARE) <= set(made.rings[0])
        assert area(made) > area(Outline((SQUARE, HOLE)))

    def test_erasing_inside_makes_a_hole_and_painting_it_closes_it(self):
        holed = strokes.erase_stroke(Outline((SQUARE,)), stroke_px=[(50, 50)], radius_px=10)
        assert len(holed.rings) == 2
        assert not outline_contains(holed, (50, 50))
        closed = strokes.add_stroke(holed, stroke_px=[(50, 50)], radius_px=12)
        assert len(closed.rings) == 1
        assert area(closed) == pytest.approx(1e4)

    def test_erasing_across_splits_and_painting_joins(self):
        cut = strokes.erase_stroke(Outline((SQUARE,)), stroke_px=[(50, -9), (50, 109)], radius_px=4)
        assert len(cut.rings) == 2
        joined = strokes.add_stroke(cut, stroke_px=[(40, 50), (60, 50)], radius_px=6)
        assert len(joined.rings) == 1

    def test_erasing_all_leaves_nothing(self):
        assert (
            strokes.erase_stroke(Outline((HOLE,)), stroke_px=[(50, 50)], radius_px=90).rings == ()
        )

    def test_islands_in_holes_live(self):
        made = strokes.add_stroke(
            Outline((SQUARE, HOLE, ISLAND)), stroke_px=[(0, 0), (5, 5)], radius_px=3
        )
        assert outline_contains(made, (50, 50))
        assert not outline_contains(made, (35, 35))

    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(st.tuples(st.floats(-20, 120), st.floats(-20, 120)), min_size=1, max_size=6),
        st.floats(1, 30),
    )
    def test_adding_grows_erasing_shrinks_and_both_stay_sound(self, stroke, radius):
        start = Outline((SQUARE, HOLE))
        grown = strokes.add_stroke(start, stroke_px=stroke, radius_px=radius)
        shrunk = strokes.erase_stroke(start, stroke_px=stroke, radius_px=radius)
        assert area(shrunk) <= area(start) + 1e-6 <= area(grown) + 2e-6
        assert edit.crossings(grown) == () == edit.crossings(shrunk)
        for made in (grown, shrunk):
            inside = strokes.clipped(made, width_px=1000, height_px=1000)
            if inside.rings:
                check(inside, width_px=1000, height_px=1000)


class TestDrawing:
    def test_hole_inside_beside_and_across(self):
        holed = strokes.cut_hole(Outline((SQUARE,)), ring=HOLE)
        assert area(holed) == pytest.approx(1e4 - 1600)
        bitten = strokes.cut_hole(Outline((SQUARE,)), ring=[(90, 90), (120, 90), (120, 120)])
        assert len(bitten.rings) == 1
        with pytest.raises(OutlineError) as told:
            strokes.cut_hole(Outline((SQUARE,)), ring=ELSEWHERE)
        assert told.value.code == "outline.hole_outside"

    def test_drawing_over_replaces_what_it_touches_and_keeps_the_rest(self):
        old = Outline((SQUARE, HOLE, ELSEWHERE), OutlineSource.HAND)
        new = Outline((tuple((x + 5, y) for x, y in SQUARE),), OutlineSource.BOX)
        made = strokes.draw_over(old, drawn=new)
        assert len(made.rings) == 2
        assert set(made.rings[0]) == set(ELSEWHERE)
        assert made.source is OutlineSource.HAND
        alone = strokes.draw_over(Outline((SQUARE,)), drawn=new)
        assert alone == new

    def test_drawing_an_island_in_a_hole_keeps_the_rest(self):
        made = strokes.draw_over(Outline((SQUARE, HOLE)), drawn=Outline((ISLAND,)))
        assert len(made.rings) == 3

    def test_clipping_to_the_photo(self):
        made = strokes.clipped(Outline((SQUARE,)), width_px=51, height_px=200)
        assert max(x for x, _y in made.rings[0]) == 50.5


class TestFreehand:
    @pytest.mark.parametrize("radius", [15, 60, 300])
    @pytest.mark.parametrize("tolerance", [0.3, 1.0, 2.0])
    def test_a_drawn_circle_keeps_its_area(self, radius, tolerance):
        rng = np.random.default_rng(3)
        drawn = [
            (x + rng.normal(0, 0.3), y + rng.normal(0, 0.3))
            for x, y in circle(radius, max(24, radius * 3), at=(500, 500))
        ]
        ring = strokes.close_freehand(drawn, tolerance_px=tolerance)
        assert len(ring) < len(drawn)
        asked = abs(signed_area(tuple(drawn)))
        assert abs(signed_area(ring)) == pytest.approx(asked, rel=1e-3)

    def test_an_overshooting_tail_is_trimmed(self):
        angles = np.linspace(0, 2.1 * np.pi, 200)
        spiral = [((100 - 2 * a) * math.cos(a), (100 - 2 * a) * math.sin(a)) for a in angles]
        wobbly = [(x + (8 if 3 < i < 12 else 0) * -1, y) for i, (x, y) in enumerate(spiral)]
        ring = strokes.close_freehand(wobbly, tolerance_px=0.5)
        assert edit.crossings(Outline((ring,))) == ()

    def test_a_line_is_no_ring(self):
        with pytest.raises(OutlineError):
            strokes.close_freehand([(0, 0), (5, 0), (10, 0)], tolerance_px=1)
        with pytest.raises(OutlineError):
            strokes.close_freehand([], tolerance_px=1)

    def test_resampling_keeps_the_ends(self):
        made = strokes.resampled_stroke([(i, 0.01 * (i % 2)) for i in range(50)], tolerance_px=0.5)
        assert made == ((0.0, 0.0), (49.0, 0.01))


class TestReshape:
    def test_a_bulge_replaces_the_shorter_section(self):
        stroke = [(20, -1), (50, -30), (80, 1)]
        made = strokes.reshape(
            Outline((SQUARE, HOLE)), stroke_px=stroke, reach_px=5, tolerance_px=1
        )
        assert made is not None
        assert outline_contains(made, (50, -20))
        assert set(SQUARE) <= set(made.rings[0])
        assert made.rings[1] == HOLE
        assert area(made) == pytest.approx(8400 + 60 * 30 / 2, rel=0.01)

    def test_round_a_corner_and_back_to_front(self):
        stroke = [(80, 0), (120, -20), (100, 40)]
        for way in (stroke, stroke[::-1]):
            made = strokes.reshape(Outline((SQUARE,)), stroke_px=way, reach_px=5, tolerance_px=1)
            assert made is not None
            assert outline_contains(made, (108, -8))
            assert outline_contains(made, (50, 50))
            assert edit.crossings(made) == ()

    def test_a_stroke_that_does_not_reach_the_edge_is_none(self):
        made = strokes.reshape(
            Outline((SQUARE,)), stroke_px=[(20, -1), (50, -30), (80, -30)], reach_px=5,
            tolerance_px=1,
        )  # fmt: skip
        assert made is None
        assert (
            strokes.reshape(Outline(), stroke_px=[(0, 0), (5, 5)], reach_px=5, tolerance_px=1)
            is None
        )
