"""All graduated edges of a photo, from whole centimetres down to the finest strokes."""

from collections.abc import Callable, Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from woundtrack.photo.types import Pixels
from woundtrack.scale.ruler.checker import divides, find_checkers, lies_within
from woundtrack.scale.ruler.edge import Edge
from woundtrack.scale.ruler.find import Candidate, candidates
from woundtrack.scale.ruler.index import evidence_of
from woundtrack.scale.ruler.lone import lone_candidates
from woundtrack.scale.ruler.read import read_edge
from woundtrack.scale.types import PointPx

Settle = Callable[[list[Edge]], list[Edge]]
Searches = tuple[tuple[Callable[..., list[Candidate]], int], ...]

LEAST_LEVEL_PX = 120
LEAST_LINE_PX = 40
SAME_PITCHES = 3.0
SEARCHES: Searches = (
    *((candidates, reduction) for reduction in (4, 2, 1, 8, 16, 32)),
    *((lone_candidates, reduction) for reduction in (4, 2, 8, 1, 16, 32)),
)
"""Most rulers in a 12 MP photo have a pitch of 8 to 24 px: 2 to 6 px in the photo reduced by 4."""
COLOUR_SEARCHES: Searches = ((candidates, 4), (candidates, 2), (candidates, 8))
COLOURS_BGR = ((0.0, -1.0, 1.0), (-1.0, 0.5, 0.5))
MOST_LONE_PX = 2_500_000
"""In a larger photo strokes that stand apart are longer than what only the whole of it shows."""
AS_CLEAR = 0.1
"""The part of the strongest band's strength at which another is looked at for more rulers."""
MOST_PITCH = 10.0
"""What a reduced photo shows as a band of strokes has a pitch of fewer px."""
LEAST_BLOCK_MM = 5.0
"""Checker bars have no smaller blocks."""
PLAIN_FILLED, PLAIN_EVIDENCE = 0.75, 25.0


def find_edges(pixels: Pixels, *, settled: Settle | None = None) -> list[Edge]:
    """Every graduated edge, the surest first; empty where there is none.

    The search ends where an edge is sure, by itself or as `settled` knows from other evidence.
    """
    edges: list[Edge] = []
    for pyramid, searches in _views(pixels):
        for search, reduction in searches:
            level = int(np.log2(reduction))
            if level >= len(pyramid):
                continue
            if search is lone_candidates and pyramid[level].size > MOST_LONE_PX:
                continue
            before = edges
            edges = _read_all(pyramid, search(pyramid[level], reduction=reduction), edges)
            if edges is not before and any(_plain(edge) for edge in edges):
                known = _settled(edges, settled)
                if any(edge.sure for edge in known):
                    more = _finer(pyramid, reduction, edges)
                    known = known if more is edges else _settled(more, settled)
                    return _by_blocks(pyramid, known, settled)
        if searches is SEARCHES:
            before, edges = edges, _with_checkers(pyramid, edges)
            known = [] if edges is before else _settled(edges, settled)
            if any(edge.sure for edge in known):
                return known
    return _settled(edges, settled)


def _with_checkers(pyramid: list[NDArray[np.uint8]], edges: list[Edge]) -> list[Edge]:
    """The edges with those of checker bars, for what was taken for strokes upon them."""
    bars = find_checkers(pyramid)
    if not bars:
        return edges
    others = [
        edge
        for edge in edges
        if _plain(edge) or not any(lies_within(bar, edge.middle_px.mean(axis=0)) for bar in bars)
        if not any(divides(edge, bar) for bar in bars)
    ]
    return [*others, *bars]


def _by_blocks(
    pyramid: list[NDArray[np.uint8]], edges: list[Edge], settled: Settle | None
) -> list[Edge]:
    """The edges, with blocks for strokes that are but the lines between these, if as sure."""
    first = edges[0]
    pitch_mm = first.unit.pattern.pitch_mm if first.unit is not None else None
    if first.blocks or pitch_mm is None or pitch_mm < LEAST_BLOCK_MM:
        return edges
    more = _with_checkers(pyramid, edges)
    known = edges if more is edges else _settled(more, settled)
    return known if any(edge.sure for edge in known) else edges


def _finer(pyramid: list[NDArray[np.uint8]], reduction: int, edges: list[Edge]) -> list[Edge]:
    """The edges with those of another ruler whose graduations are finer, where it is as clear."""
    if reduction == 1:
        return edges
    found = candidates(pyramid[int(np.log2(reduction)) - 1], reduction=reduction // 2)
    return _read_all(pyramid, found, edges)


def _views(pixels: Pixels) -> Iterator[tuple[list[NDArray[np.uint8]], Searches]]:
    """The photo in grey, then in two colours for ink as light as its ground: red on green."""
    yield _pyramid(np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)), SEARCHES
    height, width = pixels.shape[:2]
    if min(height, width) < 2 * LEAST_LEVEL_PX:
        return
    # A JPEG's colours are kept at half the photo's size.
    half = cv2.resize(pixels, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    for colour in COLOURS_BGR:
        shade = cv2.transform(half, np.array([[*colour, 128.0]], np.float32))
        whole = cv2.resize(shade, (width, height), interpolation=cv2.INTER_LINEAR)
        yield _pyramid(np.asarray(whole, np.uint8)), COLOUR_SEARCHES


def _settled(edges: list[Edge], settled: Settle | None) -> list[Edge]:
    ordered = sorted(edges, key=_worth, reverse=True)
    return ordered if settled is None else settled(ordered)


def _read_all(
    pyramid: list[NDArray[np.uint8]], found: list[Candidate], edges: list[Edge]
) -> list[Edge]:
    """The edges with those of all candidates; once one is sure, of those as clear."""
    for candidate in found:
        faint = candidate.strength < AS_CLEAR * found[0].strength
        if not (faint and any(edge.sure for edge in edges)):
            edges = _read(pyramid, candidate, edges)
    return edges


def _read(pyramid: list[NDArray[np.uint8]], candidate: Candidate, edges: list[Edge]) -> list[Edge]:
    """The edges with that of a candidate, if it has one that none of those known is."""
    if any(_known(edge, candidate) and _on(edge, candidate) for edge in edges):
        return edges
    edge = read_edge(pyramid, candidate)
    return edges if edge is None else _with(edges, edge)


def _known(edge: Edge, candidate: Candidate) -> bool:
    """Would a candidate upon this edge show no more? Longer graduations hide the short ones."""
    return edge.sure or (_plain(edge) and edge.pitch_px < MOST_PITCH * candidate.reduction)


def _plain(edge: Edge) -> bool:
    """Is it surely graduated, be its unit known or not?"""
    even = evidence_of(len(edge.number), edge.rms) > PLAIN_EVIDENCE
    return edge.sure or (even and edge.filled > PLAIN_FILLED and not edge.curved)


def find_edges_along(pixels: Pixels, *, start_px: PointPx, end_px: PointPx) -> list[Edge]:
    """The graduated edges along a line between two points, the surest first.

    Every resolution is looked at, then both colours, until an edge is plain.
    """
    edges: list[Edge] = []
    for pyramid, _ in _views(pixels):
        for candidate in _along(start_px, end_px, levels=len(pyramid)):
            edge = read_edge(pyramid, candidate)
            if edge is not None:
                edges = _with(edges, edge)
        if any(_plain(edge) for edge in edges):
            break
    return sorted(edges, key=_worth, reverse=True)


def _along(start_px: PointPx, end_px: PointPx, *, levels: int) -> Iterator[Candidate]:
    """The line between two points as a band to read, at every resolution that shows enough."""
    span = np.array(end_px) - np.array(start_px)
    length = float(np.hypot(*span))
    middle = 0.5 * (np.array(start_px) + np.array(end_px))
    for reduction in (2**level for level in range(levels)):
        if length / reduction < LEAST_LINE_PX:
            break
        yield Candidate(
            centre_px=(float(middle[0]), float(middle[1])),
            axis=(float(span[0]) / length, float(span[1]) / length),
            half_length_px=0.5 * length,
            half_width_px=0.02 * length + 4 * reduction,
            reduction=reduction,
            strength=1.0,
        )


def _worth(edge: Edge) -> tuple[bool, float]:
    return edge.sure, evidence_of(len(edge.number), edge.rms) * edge.filled


def _with(edges: list[Edge], edge: Edge) -> list[Edge]:
    """The edges with one more; of those that lie on each other, the worthier."""
    rivals = [other for other in edges if _same(edge, other) or _same(other, edge)]
    if any(_worth(other) >= _worth(edge) for other in rivals):
        return edges
    return [other for other in edges if other not in rivals] + [edge]


def _pyramid(grey: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
    """The grey photo, and halves of it, each px the mean of four."""
    levels = [grey]
    while min(levels[-1].shape) // 2 >= LEAST_LEVEL_PX:
        height, width = levels[-1].shape
        even = levels[-1][: height // 2 * 2, : width // 2 * 2]
        half = cv2.resize(even, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
        levels.append(np.asarray(half, dtype=np.uint8))
    return levels


def _on(edge: Edge, candidate: Candidate) -> bool:
    """Does the candidate's middle lie on an edge that was read already?"""
    return _beside(edge, np.array(candidate.centre_px), candidate.axis)


def _same(edge: Edge, other: Edge) -> bool:
    return _beside(other, edge.middle_px.mean(axis=0), edge.line.axis)


def _beside(edge: Edge, point: NDArray[np.float64], axis: tuple[float, float]) -> bool:
    """Is a point within the strokes of the edge, or just off their ends, along its direction?"""
    ux, uy = edge.line.axis
    if abs(ux * axis[0] + uy * axis[1]) < np.cos(np.radians(20)):
        return False
    ends = np.concatenate([edge.base_px, edge.tip_px]) - np.array(edge.line.point_px)
    along, aside = ends @ np.array([ux, uy]), ends @ np.array([-uy, ux])
    offset = point - np.array(edge.line.point_px)
    at, off = float(offset @ np.array([ux, uy])), float(offset @ np.array([-uy, ux]))
    slack = SAME_PITCHES * edge.pitch_px
    return bool(
        along.min() - slack < at < along.max() + slack
        and np.percentile(aside, 2) - 0.5 * slack < off < np.percentile(aside, 98) + 0.5 * slack
    )
