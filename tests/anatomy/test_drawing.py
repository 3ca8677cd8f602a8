"""The body's curves pass through their points and join without a corner."""

from itertools import pairwise

import pytest

from woundtrack.anatomy.drawing import beziers, silhouette
from woundtrack.records import BodyView


def test_a_closed_curve_passes_through_every_point_and_ends_where_it_began() -> None:
    points = silhouette(BodyView.FRONT)
    ends = [end for _first, _second, end in beziers(points, closed=True)]
    assert ends == [*points[1:], points[0]]


def test_an_open_curve_ends_at_its_last_point_and_is_straight_where_its_points_are() -> None:
    pieces = list(beziers(((0.0, 0.0), (3.0, 0.0), (6.0, 0.0)), closed=False))
    assert [end for _first, _second, end in pieces] == [(3.0, 0.0), (6.0, 0.0)]
    assert all(y == 0 for piece in pieces for _x, y in piece)


def test_pieces_join_without_a_corner() -> None:
    pieces = list(beziers(((0.0, 0.0), (2.0, 1.0), (5.0, 0.0), (6.0, 4.0)), closed=False))
    for (_first, leaving, end), (entering, _second, _end) in pairwise(pieces):
        before = (end[0] - leaving[0], end[1] - leaving[1])
        after = (entering[0] - end[0], entering[1] - end[1])
        assert before == pytest.approx(after)
