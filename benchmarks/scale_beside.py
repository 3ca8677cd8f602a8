"""What else lies in a photo: sometimes a second ruler, a label, gauze, a printed dressing."""

import numpy as np
from shapely.geometry import MultiPoint, Polygon
from shapely.geometry.base import BaseGeometry

from benchmarks.render_camera import Array, turn_matrix
from benchmarks.scale_camera import Sight
from benchmarks.scale_design import Design, Told
from benchmarks.scale_families import FAMILIES, design_of
from benchmarks.scale_laid import Laid
from benchmarks.scale_lookalikes import lookalike

Chance = np.random.Generator
SECOND, THINGS = 0.14, 0.4
"""How often there is a second ruler, and something else."""
THING_KINDS = ("barcode", "gauze", "dressing", "wristband", "page", "form", "stripes", "calendar")
TRIES = 40
FAR_MM = 110.0
GAP_MM = 2.0
PRINT_SD = 0.0005


def second_ruler(chance: Chance, sight: Sight, first: Laid, ring_mm: Array) -> tuple[Laid, ...]:
    """Another ruler that lies clear of the first and of the wound, if chance has it so."""
    if chance.random() > SECOND:
        return ()
    design = first.design
    told = [name for name in FAMILIES if name not in ("untold", "checker", "tape")]
    if design.told is not Told.NOTHING and chance.random() < 0.45:
        design = design_of(told[int(chance.integers(len(told)))], chance)
    taken = _covered(first).union(_hull(ring_mm)).buffer(GAP_MM)
    return _placed(chance, sight, design, ring_mm, taken, thin=False)


def things(
    chance: Chance, sight: Sight, rulers: tuple[Laid, ...], ring_mm: Array
) -> tuple[Laid, ...]:
    """Something that lies clear of the wound, under opaque rulers or clear of them."""
    if chance.random() > THINGS:
        return ()
    kind = THING_KINDS[int(chance.integers(len(THING_KINDS)))]
    taken = _hull(ring_mm).buffer(GAP_MM)
    for each in rulers:
        if each.design.opacity < 1 or chance.random() < 0.6:
            taken = taken.union(_covered(each).buffer(GAP_MM))
    return _placed(chance, sight, lookalike(kind, chance), ring_mm, taken, thin=True)


def _placed(
    chance: Chance, sight: Sight, design: Design, ring_mm: Array, taken: BaseGeometry, *, thin: bool
) -> tuple[Laid, ...]:
    middle = ring_mm.mean(axis=0)
    size = np.array([sight.camera.width_px, sight.camera.height_px])
    for _ in range(TRIES):
        near = chance.choice([0.0, 90.0, chance.uniform(0, 360)])
        angle = float(near + chance.normal(0, 3) + 180 * chance.integers(2))
        centre = middle + chance.uniform(-FAR_MM, FAR_MM, 2)
        corner = centre - turn_matrix(angle) @ (0.5 * np.array(design.size_mm))
        laid = Laid(
            design,
            (float(corner[0]), float(corner[1])),
            angle,
            1 + PRINT_SD * float(chance.normal()),
            0.0 if thin else float(chance.uniform(0, 0.8)),
        )
        if taken.intersects(_covered(laid)):
            continue
        px = sight.to_px(np.concatenate(laid.rims_mm()), laid.height_mm)
        if ((px > 0) & (px < size)).all(axis=1).mean() > 0.55:
            return (laid,)
    return ()


def _covered(laid: Laid) -> BaseGeometry:
    whole: BaseGeometry = Polygon()
    for rim in laid.rims_mm():
        whole = whole.union(Polygon(rim))
    return whole


def _hull(ring_mm: Array) -> BaseGeometry:
    return MultiPoint(ring_mm).convex_hull
