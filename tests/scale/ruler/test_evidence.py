"""Half, double, five and ten times and inches are told apart, or the unit is refused."""

from dataclasses import replace

import numpy as np
import pytest

from tests.scale.drawn_ruler import Drawn, draw, photo_of
from tests.scale.ruler_simulated import ideal_edge
from woundtrack.scale.ruler.beside import ratio_of
from woundtrack.scale.ruler.edge import Edge
from woundtrack.scale.ruler.evidence import Settler
from woundtrack.scale.ruler.search import find_edges

INCH = 25.4
MM = {1: 2.4, 5: 3.6, 10: 5.0}
CM = Drawn(1.0, MM, 101, every=10)

TOLD = {
    "mm, numbers count cm": CM,
    "mm, numbers count mm": Drawn(1.0, MM, 101, every=10, counts=10),
    "5 and 10 alike": Drawn(1.0, {1: 2.4, 5: 4.2}, 101, every=10),
    "all alike": Drawn(1.0, {1: 3.0}, 101, every=10, word="cm"),
    "half mm": Drawn(0.5, {1: 1.7, 2: 2.6, 10: 3.6, 20: 5.0}, 141, every=20, px_per_mm=13.0),
    "2 mm": Drawn(2.0, {1: 2.6, 5: 4.4}, 56, every=5, word="cm"),
    "5 mm": Drawn(5.0, {1: 2.8, 2: 4.6}, 25, every=2, word="cm"),
    "1/16 inch": Drawn(INCH / 16, {1: 2.0, 2: 2.7, 4: 3.5, 8: 4.4, 16: 5.6}, 81, every=16),
    "1/8 inch": Drawn(INCH / 8, {1: 2.2, 2: 3.0, 4: 4.0, 8: 5.4}, 49, every=8, word="inch"),
    "white on black": Drawn(1.0, {1: 2.4, 5: 4.2}, 101, every=10, light=True),
    "numbers from 14 down the tape": Drawn(1.0, {1: 3.0}, 101, every=10, first=14, word="cm"),
    "face down": Drawn(1.0, {1: 2.4, 5: 4.2}, 101, every=10, mirrored=True, word="cm"),
    "numbers touch the longest": Drawn(
        1.0, {1: 2.4, 5: 3.6, 10: 5.0}, 101, every=10, touching=True
    ),
    "fives longer than tens": Drawn(1.0, {1: 2.4, 5: 5.2, 10: 3.8}, 101, every=10, word="cm"),
    "mm, no numbers": Drawn(1.0, MM, 101),
}
UNTOLD = {
    "5 and 10 alike, no numbers": Drawn(1.0, {1: 2.4, 5: 4.2}, 101),
    "all alike, no numbers": Drawn(1.0, {1: 3.0}, 101),
    "5 mm, no numbers": Drawn(5.0, {1: 2.8, 2: 4.6}, 25),
    "halves of an inch, no numbers": Drawn(INCH / 2, {1: 3.0, 2: 5.0}, 13),
    "tenths of an inch, no numbers": Drawn(INCH / 10, MM, 59),
    "tenths of an inch as long as they may be": Drawn(INCH / 10, {1: 4, 5: 6, 10: 8}, 59),
    "mm without fives, no numbers": Drawn(1.0, {1: 2.4, 10: 4.8}, 101),
    "tenths of a mL": Drawn(1.4, {1: 3.0, 10: 5.4}, 71, every=10, word="mL"),
    "fifths of a mL": Drawn(1.2, {1: 3.0, 5: 5.4}, 51, every=5, word="mL"),
}
RIVALS = {
    "tenths of an inch as long as mm": Drawn(INCH / 10, MM, 59, every=10),
    "tenths of an inch with a word": Drawn(INCH / 10, MM, 59, every=10, word="inch"),
    "tenths of an inch, larger": Drawn(INCH / 10, {1: 4.0, 5: 6.0, 10: 8.0}, 59, every=10),
    "tenths of an inch, all alike": Drawn(INCH / 10, {1: 3.0}, 59, every=10),
    "halves of an inch as 5 mm": Drawn(INCH / 2, {1: 2.8, 2: 4.6}, 19, every=2),
    "inches as cm": Drawn(INCH, {1: 5.0}, 13, every=1),
    "cm": Drawn(10.0, {1: 5.0}, 16, every=1),
    "every second mm worn away": Drawn(1.0, MM, 101, every=10, faint=(2, 0.06)),
    "only the fives not worn away": Drawn(1.0, MM, 121, every=10, faint=(5, 0.05)),
    "half mm with mm worn away": Drawn(0.5, {1: 2.0, 20: 4.0}, 121, every=20, px_per_mm=12.0),
    "half inches": Drawn(INCH / 8, {1: 2.4, 4: 4.0}, 49, every=8, word="inch"),
    "no mm between the fives": Drawn(5.0, {1: 3.0}, 25, every=2),
    "cm numbered by tens": Drawn(10.0, {1: 5.0}, 16, every=1, counts=10),
    "2 mm, all alike": Drawn(2.0, {1: 3.0}, 56, every=5),
    "5 mm numbered by fives": Drawn(5.0, {1: 2.8, 2: 4.6}, 25, every=1, counts=5, digit_mm=1.8),
    "1/16 inch, all alike": Drawn(INCH / 16, {1: 2.6}, 97, every=16),
    "quarters of an inch": Drawn(INCH / 4, {1: 2.6, 2: 3.4, 4: 5.0}, 29, every=4),
    "mm numbered by dozens": Drawn(1.0, {1: 2.4, 12: 4.2}, 101, every=12),
    "every tenth a hundred": Drawn(1.0, {1: 3.0}, 101, every=10, counts=100),
}


def errors(ruler: Drawn, *, seed: int = 0, focal_px: float | None = None) -> list[float]:
    """Stated over true step of each edge that is sure."""
    pixels = draw(ruler, seed=seed)
    photo = photo_of(pixels, focal_px=focal_px)
    edges = Settler(pixels, photo)(find_edges(pixels))
    return [_stated(edge) * ruler.px_per_mm / _seen_px(edge) for edge in edges if edge.sure]


def _stated(edge: Edge) -> float:
    assert edge.unit is not None
    assert edge.unit.pattern.pitch_mm is not None
    return edge.unit.pattern.pitch_mm


def _seen_px(edge: Edge) -> float:
    span = np.hypot(*(edge.base_px[-1] - edge.base_px[0]))
    return float(span) / float(edge.number[-1] - edge.number[0])


@pytest.mark.parametrize("name", TOLD)
def test_a_unit_that_the_print_tells_is_told(name: str) -> None:
    found = errors(TOLD[name])
    assert found
    assert found == pytest.approx([1.0] * len(found), abs=0.01)


@pytest.mark.parametrize("name", UNTOLD)
def test_a_unit_that_nothing_tells_is_refused(name: str) -> None:
    assert not errors(UNTOLD[name])


@pytest.mark.parametrize("name", RIVALS)
@pytest.mark.parametrize("way", ["small", "camera"])
def test_a_wrong_multiple_is_never_sure(name: str, way: str) -> None:
    scale = {"small": 0.75, "camera": 1.0}[way] * RIVALS[name].px_per_mm
    ruler = replace(RIVALS[name], px_per_mm=scale, font={"small": 1, "camera": 0}[way])
    found = errors(ruler, seed=len(name), focal_px=300.0 * scale if way == "camera" else None)
    assert found == pytest.approx([1.0] * len(found), abs=0.02)


# -- evidence joined, without a photo


def steps_of(*edges: Edge) -> list[float | None]:
    blank = np.full((600, 1200, 3), 200, np.uint8)
    settled = Settler(blank, photo_of(blank))(list(edges))
    told = {each.line.point_px[1]: each for each in settled if each.sure}
    units = [told[each.line.point_px[1]].unit if each.line.point_px[1] in told else None
             for each in edges]  # fmt: skip
    return [None if unit is None else unit.pattern.pitch_mm for unit in units]


def test_both_edges_tell_what_neither_does() -> None:
    alike, eighths = {1: 2.6, 5: 4.6}, {1: 0.8, 2: 1.1, 4: 1.4, 8: 1.8}
    assert steps_of(ideal_edge(10.0, alike, count=101)) == [None]
    assert steps_of(ideal_edge(31.75, eighths, count=33, y_px=250.0)) == [None]
    both = ideal_edge(10.0, alike, count=101), ideal_edge(31.75, eighths, count=33, y_px=250.0)
    assert steps_of(*both) == [1.0, 25.4 / 8]


@pytest.mark.parametrize("ratio", [1.3, 2.3, 3.6])
def test_edges_of_no_common_ratio_tell_nothing(ratio: float) -> None:
    alike = {1: 2.6, 5: 4.6}
    one, other = (
        ideal_edge(10.0, alike, count=101),
        ideal_edge(10.0 * ratio, alike, count=31, y_px=250.0),
    )
    assert steps_of(one, other) == [None, None]


@pytest.mark.parametrize("ratio", [1.0, 2.0, 5.0])
def test_edges_of_a_ratio_that_cm_and_inches_share_tell_nothing(ratio: float) -> None:
    alike = {1: 2.6, 5: 4.6}
    one, other = (
        ideal_edge(10.0, alike, count=101),
        ideal_edge(10.0 * ratio, alike, count=31, y_px=250.0),
    )
    assert steps_of(one, other) == [None, None]


def test_blocks_and_the_strokes_upon_their_bar_are_two_evidences() -> None:
    strokes, bar = ideal_edge(10.0, MM), replace(ideal_edge(100.0, {1: 0.5}, count=9), blocks=True)
    assert ratio_of(strokes, bar) == pytest.approx(10.0)
    assert ratio_of(strokes, ideal_edge(100.0, {1: 0.5}, count=9)) is None


def test_the_same_graduations_read_twice_are_one_evidence() -> None:
    alike = {1: 2.6, 5: 4.6}
    assert steps_of(ideal_edge(10.0, alike), ideal_edge(10.0, alike, y_px=8.0)) == [None, None]


def test_lengths_that_labels_contradict_are_not_believed() -> None:
    ruler = Drawn(2.0, {1: 4.8, 5: 7.2, 10: 10.0}, 51, every=5, px_per_mm=5.0)
    assert errors(ruler) == pytest.approx([1.0], abs=0.01)


def test_few_graduations_need_their_numbers() -> None:
    few = Drawn(5.0, {1: 2.8, 2: 4.6}, 11, every=2, word="cm")
    assert errors(few) == pytest.approx([1.0], abs=0.01)
    assert not errors(replace(few, every=0, word=""))
    assert not errors(Drawn(1.0, MM, 11, px_per_mm=20.0))
