"""What a wound gained and lost between two photos that lie on each other, in cm²."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from woundtrack.align.register import RADIAL_95, finer
from woundtrack.align.types import Alignment
from woundtrack.errors import AlignError
from woundtrack.outline.types import Outline
from woundtrack.scale.types import Scale
from woundtrack.units import cm2_from_mm2

Floats = NDArray[np.float64]

LONGEST_PX = 8.0
"""Sides of the outlines are parted to this, for what is straight in one photo bends in another."""
ALIKE = 1 / 3
"""Over such a part of the wound's edge the alignment is off alike."""


@dataclass(frozen=True, slots=True)
class ChangedArea:
    """Skin that became wound, and wound that became skin. The sd is that of alignment and scale.

    How surely each edge is drawn is not in it: that is each area's own doubt.
    """

    gained_cm2: float
    gained_cm2_sd: float
    lost_cm2: float
    lost_cm2_sd: float
    gained: Outline
    """In px of the later photo, as is what was lost."""
    lost: Outline


def changed_area(
    alignment: Alignment,
    *,
    earlier: Outline,
    later: Outline,
    earlier_scale: Scale | None = None,
    later_scale: Scale | None = None,
) -> ChangedArea:
    """The areas between two outlines, in mm of the later photo's plane, else of the earlier's.

    Where both photos have a scale, by how much the earlier wound's area differs from its own once
    it lies in the later photo is part of the doubt: the alignment or one of the scales is off by
    that much. An outline may be empty: a closed wound lost all. AlignError align.no_scale.
    """
    scale = later_scale or earlier_scale
    if scale is None or alignment.margin_mm is None:
        raise AlignError("align.no_scale")
    then = [
        alignment.to_later(finer(np.asarray(ring, float), LONGEST_PX)) for ring in earlier.rings
    ]
    now = [finer(np.asarray(ring, float), LONGEST_PX) for ring in later.rings]
    first, second = _area(then), _area(now)
    gained, lost = second.difference(first), first.difference(second)

    def to_mm(points_px: Floats) -> Floats:
        if later_scale is not None:
            return later_scale.to_mm(points_px)
        return scale.to_mm(alignment.to_earlier(points_px))

    areas = [_mm2(part, to_mm) for part in (gained, lost)]
    edge, sd_mm = [to_mm(ring) for ring in then], alignment.margin_mm / RADIAL_95
    slid = [_slid_mm2(edge, then, second, inside=inside) for inside in (True, False)]
    both = later_scale is not None and earlier_scale is not None
    off_mm2 = abs(_mm2(first, to_mm) - _own_mm2(earlier, earlier_scale)) if both else 0.0
    sds = [
        math.hypot(2 * scale.relative_sd * area, sd_mm * by, off_mm2 * share)
        for area, (by, share) in zip(areas, slid, strict=True)
    ]
    gained_cm2, lost_cm2 = map(cm2_from_mm2, areas)
    gained_sd, lost_sd = map(cm2_from_mm2, sds)
    parts = _outline(gained), _outline(lost)
    return ChangedArea(gained_cm2, gained_sd, lost_cm2, lost_sd, *parts)


def _own_mm2(outline: Outline, scale: Scale | None) -> float:
    """The wound's area by its own photo's scale."""
    assert scale is not None
    return _mm2(_area([np.asarray(ring, float) for ring in outline.rings]), scale.to_mm)


def _slid_mm2(
    edge_mm: list[Floats], edge_px: list[Floats], other: Any, *, inside: bool
) -> tuple[float, float]:
    """By how much an area beside the earlier edge changes where that slides by 1 mm.

    Half as a whole, so that what it wins on one side it loses on the other, half piece by piece.
    Beside it the part of the edge that bounds the area.
    """
    import shapely

    whole, length, around = np.zeros(2), 0.0, 0.0
    for mm, px in zip(edge_mm, edge_px, strict=True):
        sides = np.roll(mm, -1, axis=0) - mm
        middles = (np.roll(px, -1, axis=0) + px) / 2
        bounds = shapely.contains_xy(other, middles[:, 0], middles[:, 1]) == inside
        lengths = np.linalg.norm(sides, axis=1)
        whole += sides[bounds].sum(axis=0)
        length += float(lengths[bounds].sum())
        around += float(lengths.sum())
    slid = float(np.sqrt((whole @ whole + ALIKE * around * length / np.pi) / 2))
    return slid, length / around if around else 0.0


def _area(rings: list[Floats]) -> Any:
    """The points inside an odd number of rings."""
    import shapely

    area: Any = shapely.MultiPolygon()
    for ring in rings:
        if len(ring) > 2:
            area = area.symmetric_difference(shapely.make_valid(shapely.Polygon(ring)))
    return area


def _polygons(area: Any) -> list[Any]:
    members = getattr(area, "geoms", [area])
    flat = [part for member in members for part in getattr(member, "geoms", [member])]
    return [part for part in flat if part.geom_type == "Polygon" and part.area > 0]


def _mm2(area: Any, to_mm: Any) -> float:
    import shapely

    return float(sum(shapely.transform(part, to_mm).area for part in _polygons(area)))


def _outline(area: Any) -> Outline:
    rings = [
        tuple((float(x), float(y)) for x, y in ring.coords[:-1])
        for part in _polygons(area)
        for ring in (part.exterior, *part.interiors)
    ]
    return Outline(tuple(rings))
