"""How far two outlines of one wound cover the same."""

from typing import Any

from woundtrack.outline.types import Outline


def dice(first: Outline, second: Outline) -> float:
    """2·|A ∩ B| / (|A| + |B|) of the areas in px² (Dice, Ecology 1945;26:297-302); 0 to 1.

    Holes are outside. Two outlines without area agree: 1.
    """
    a, b = _area(first), _area(second)
    both = a.area + b.area
    return 2 * float(a.intersection(b).area) / both if both > 0 else 1.0


def _area(outline: Outline) -> Any:
    """The outline as a shapely geometry: what lies inside an odd number of rings."""
    import shapely

    area: Any = shapely.MultiPolygon()
    for ring in outline.rings:
        area = area.symmetric_difference(shapely.make_valid(shapely.Polygon(ring)))
    return area
