"""Every graduated edge of a photo is found: in any colour, under a hand, apart or dense."""

import cv2
import numpy as np
import pytest

from tests.scale.stroke_scene import Strokes, draw
from woundtrack.scale.ruler.edge import Edge
from woundtrack.scale.ruler.search import find_edges, find_edges_along


def steps_of(edge: Edge, row: Strokes) -> np.ndarray:
    """How far each number is from the step that its base lies on, but for a shift and a sense."""
    place = (edge.base_px - np.array(row.start)) @ row.axis / row.pitch
    number = edge.number if place[-1] > place[0] else -edge.number
    off = place - number
    return off - np.median(off)


def best_of(pixels: np.ndarray, row: Strokes) -> Edge:
    edges = [edge for edge in find_edges(pixels) if abs(np.dot(edge.line.axis, row.axis)) > 0.99]
    assert edges
    return edges[0]


def test_both_sides_of_what_hides_the_middle_are_one_edge() -> None:
    row = Strokes(count=76, pitch=11.0, hidden=(26, 54), start=(90.0, 300.0), turn_deg=4.0)
    edge = best_of(draw(row), row)
    assert len(edge.number) >= 44
    assert np.ptp(edge.number) >= 70
    assert np.abs(steps_of(edge, row)).max() < 0.05


def test_ink_as_light_as_its_ground_is_found_by_its_colour() -> None:
    red, green = (60, 70, 205), (60, 154, 40)
    grey = cv2.cvtColor(np.array([[red, green]], np.uint8), cv2.COLOR_BGR2GRAY)[0]
    assert abs(int(grey[0]) - int(grey[1])) <= 3
    row = Strokes(count=60, pitch=13.0, ink=red, turn_deg=8.0)
    edge = best_of(draw(row, ground=green), row)
    assert len(edge.number) >= 55
    assert np.abs(steps_of(edge, row)).max() < 0.1


def test_sparse_marks_are_found() -> None:
    row = Strokes(count=18, pitch=44.0, start=(120.0, 300.0), lengths=((1, 16.0), (2, 28.0)))
    edge = best_of(draw(row), row)
    assert len(edge.number) >= 17
    assert np.abs(steps_of(edge, row)).max() < 0.05


def test_two_rulers_at_an_angle_are_both_found() -> None:
    one = Strokes(count=50, pitch=10.0, start=(80.0, 120.0))
    two = Strokes(count=50, pitch=9.0, start=(700.0, 240.0), turn_deg=118.0)
    edges = find_edges(draw(one, two))
    for row in (one, two):
        mine = [edge for edge in edges if abs(np.dot(edge.line.axis, row.axis)) > 0.99]
        assert any(len(edge.number) >= 48 for edge in mine)


def test_the_search_ends_where_other_evidence_makes_an_edge_sure() -> None:
    row = Strokes(count=70, pitch=9.0, start=(120.0, 300.0), lengths=((1, 30.0),))
    asked: list[int] = []

    def settled(edges: list[Edge]) -> list[Edge]:
        asked.append(len(edges))
        return edges

    edges = find_edges(draw(row), settled=settled)
    assert edges
    assert asked
    assert not edges[0].sure


@pytest.mark.parametrize("blur", [0.8, 3.2])
def test_a_line_drawn_over_a_ruler_reads_it(blur: float) -> None:
    row = Strokes(count=60, pitch=13.0, turn_deg=10.0, lengths=((1, 30.0), (5, 44.0), (10, 60.0)))
    base, _ = row.ends()
    start, end = base[2] + np.array([5.0, 12.0]), base[-3] + np.array([-4.0, 16.0])
    edges = find_edges_along(
        draw(row, blur=blur), start_px=(start[0], start[1]), end_px=(end[0], end[1])
    )
    assert len(edges[0].number) >= 56
    assert np.abs(steps_of(edges[0], row)).max() < 0.1


def test_a_line_over_nothing_reads_nothing() -> None:
    assert find_edges_along(draw(), start_px=(100.0, 300.0), end_px=(800.0, 320.0)) == []
    assert find_edges_along(draw(), start_px=(100.0, 300.0), end_px=(101.0, 300.0)) == []
