"""Masks against each other and the wound: no proposal lies on it, none is made twice."""

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from woundtrack.deidentify.types import Mask
from woundtrack.outline.types import Outline

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

LEAST_PX2 = 4.0
"""Splinters smaller than this are dropped."""
SPARE = 1 / 6
"""Of a mask's shorter side, at either of its rims: the padding of a line of writing."""


def clear_of(masks: Iterable[Mask], outlines: Sequence[Outline]) -> tuple[Mask, ...]:
    """The masks without what lies inside an outline, holes of it included."""
    import shapely

    rings = [shapely.Polygon(ring).buffer(0) for each in outlines for ring in each.rings]
    wound = shapely.union_all(rings)
    return tuple(cut for mask in masks for cut in _cut(mask, wound))


def hidden_by(mask: Mask, others: Iterable[Mask]) -> bool:
    """Whether other masks hide all of a mask but for what is its padding."""
    import shapely

    here = shapely.Polygon(mask.polygon_px).buffer(0)
    there = shapely.union_all([shapely.Polygon(each.polygon_px).buffer(0) for each in others])
    corners = shapely.get_coordinates(here.minimum_rotated_rectangle)
    short = min(math.dist(one, other) for one, other in itertools.pairwise(corners))
    return bool(here.difference(there).buffer(-SPARE * short / 2).is_empty)


def overlap_px2(mask: Mask, outlines: Sequence[Outline]) -> float:
    """How much of a mask lies on the wound, in px²."""
    import shapely

    rings = [shapely.Polygon(ring).buffer(0) for each in outlines for ring in each.rings]
    there = shapely.Polygon(mask.polygon_px).buffer(0)
    return float(there.intersection(shapely.union_all(rings)).area)


def _cut(mask: Mask, wound: "BaseGeometry") -> Iterator[Mask]:
    import shapely

    whole = shapely.Polygon(mask.polygon_px).buffer(0)
    if not whole.intersects(wound):
        yield mask
        return
    for piece in _without_holes(whole.difference(wound)):
        corners = shapely.get_coordinates(piece.exterior)[:-1]
        yield Mask(tuple((float(x), float(y)) for x, y in corners), mask.reason)


def _without_holes(shape: "BaseGeometry") -> Iterator["BaseGeometry"]:
    """The polygons of a shape; one around a wound is parted through its middle."""
    import shapely

    for piece in shapely.get_parts(shape):
        if piece.geom_type != "Polygon" or piece.area < LEAST_PX2:
            continue
        if not len(piece.interiors):
            yield piece
            continue
        left, top, right, bottom = piece.bounds
        middle = piece.interiors[0].centroid.x
        for half in (
            shapely.box(left, top, middle, bottom), shapely.box(middle, top, right, bottom)
        ):  # fmt: skip
            yield from _without_holes(piece.intersection(half))
