"""Which site a point of the body map lies on, and where a site lies on the map.

Left and right are the patient's own: on the front view the patient's left is on the right of
the drawing. Where regions overlap the smallest one wins.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from woundtrack.anatomy.drawing import Points, from_unit, to_unit
from woundtrack.anatomy.sites import SITES, site_of
from woundtrack.records import BodyView, Lesion, Sex, Side

MIDLINE_HALF_WIDTH = 4.0
"""Sheet units either side of the middle that count as midline, where a site allows it."""


@dataclass(frozen=True, slots=True)
class Region:
    """One polygon of a site on one view, in 0..1 of the drawing; `side` where it is paired."""

    site: str
    view: BodyView
    side: Side | None
    points: Points


_FEMALE_ONLY = frozenset({"labium"})
_MALE_ONLY = frozenset({"penis", "scrotum"})


def _box(left: float, top: float, right: float, bottom: float) -> Points:
    return ((left, top), (right, top), (right, bottom), (left, bottom))


# Polygons may reach beyond the silhouette: the drawing clips them to it.
_ARM: dict[str, tuple[Points, ...]] = {
    "shoulder": (((28, 78), (60, 80), (60, 112), (37, 112), (33, 94)),),
    "upper_arm": (((37, 112), (60, 112), (64, 157), (40, 157)),),
    "forearm": (((43, 175), (68, 175), (78, 214), (52, 214)),),
    "wrist": (((54, 214), (78, 214), (82, 227), (57, 227)),),
    "hand": (_box(57, 227, 92, 256),),
    "finger": (_box(58, 254, 92, 282), _box(81.5, 233, 92, 252)),
}
_LEG: dict[str, tuple[Points, ...]] = {
    "hip": (((25, 197), (44, 197), (46, 218), (29, 218)),),
    "trochanter": (_box(30, 216, 46, 236),),
    "ankle": (_box(3, 389, 30, 407),),
    "ankle_medial": (_box(5, 392, 12.6, 409),),
    "ankle_lateral": (_box(17, 392, 26, 409),),
}
_PAIRED: dict[BodyView, dict[str, tuple[Points, ...]]] = {
    BodyView.FRONT: {
        **_ARM, **_LEG,
        "ear": (_box(17.4, 27, 26, 44),),
        "axilla": (((31, 112), (42, 112), (43, 130), (33, 131)),),
        "antecubital": (((40, 157), (64, 157), (68, 175), (43, 175)),),
        "breast": (((8, 104), (24, 102), (32, 112), (30, 124), (18, 131), (7, 126)),),
        "flank": (_box(21, 150, 40, 197),),
        "inguinal": (((30, 206), (38, 214), (10, 240), (5, 230)),),
        "labium": (_box(0, 222, 6, 240),),
        "thigh": (((30, 236), (46, 236), (44, 302), (25, 302)),),
        "thigh_anterior": (((0, 230), (30, 212), (46, 224), (40, 302), (2, 302)),),
        "thigh_medial": (((0, 238), (9, 238), (12, 302), (0, 302)),),
        "knee": (_box(0, 302, 36, 331),),
        "lower_leg_anterior": (_box(0, 331, 36, 389),),
        "lower_leg_medial": (((0, 331), (10, 331), (12, 389), (0, 389)),),
        "lower_leg": (((24, 331), (36, 331), (36, 389), (18.6, 389)),),
        "foot": (_box(3, 407, 36, 427),),
        "toe": (_box(3, 426, 36, 442),),
    },
    BodyView.BACK: {
        **_ARM, **_LEG,
        "ear": (_box(17.4, 27, 26, 44),),
        "elbow": (((40, 157), (64, 157), (68, 175), (43, 175)),),
        "flank": (_box(21, 150, 40, 197),),
        "buttock": (((0, 200), (12, 192), (30, 200), (46, 216), (46, 240), (0, 244)),),
        "gluteal_fold": (((1, 237), (12, 242), (30, 237), (34, 245), (14, 251), (1, 247)),),
        "thigh_posterior": (_box(0, 240, 46, 304),),
        "thigh": (((30, 238), (46, 238), (44, 304), (25, 304)),),
        "thigh_medial": (((0, 246), (8, 246), (11, 304), (0, 304)),),
        "popliteal": (_box(0, 304, 36, 330),),
        "calf": (_box(0, 330, 36, 370),),
        "lower_leg_posterior": (_box(0, 370, 36, 389),),
        "heel": (_box(3, 407, 36, 442),),
    },
}  # fmt: skip
_WHOLE: dict[BodyView, dict[str, tuple[Points, ...]]] = {
    BodyView.FRONT: {
        "scalp": (_box(-26, 0, 26, 20),),
        "face": (_box(-26, 20, 26, 60),),
        "neck": (((-16, 58), (16, 58), (22, 81), (-22, 81)),),
        "chest": (((-40, 78), (40, 78), (37, 122), (34, 146), (-34, 146), (-37, 122)),),
        "abdomen": (_box(-38, 146, 38, 212),),
        "lower_abdomen": (((-32, 190), (32, 190), (30, 208), (6, 230), (-6, 230), (-30, 208)),),
        "penis": (_box(-4, 221, 4, 232),),
        "scrotum": (_box(-6, 231, 6, 242),),
    },
    BodyView.BACK: {
        "scalp": (_box(-26, 0, 26, 48),),
        "neck": (((-16, 47), (16, 47), (24, 82), (-24, 82)),),
        "back": (_box(-40, 78, 40, 200),),
        "sacral": (((-15, 184), (15, 184), (7, 208), (0, 216), (-7, 208)),),
        "perineum": (_box(-4, 230, 4, 240),),
    },
}


def _unit(points: Points, sign: int) -> Points:
    return tuple(to_unit(sign * x, y) for x, y in points)


def side_of_half(view: BodyView, sign: int) -> Side:
    """The patient's side on the drawing's right (`sign` 1) or left (−1) half."""
    on_right = sign > 0
    if view is BodyView.BACK:
        on_right = not on_right
    return Side.LEFT if on_right else Side.RIGHT


@lru_cache
def regions(view: BodyView) -> tuple[Region, ...]:
    """Every region of a view, both sides, smallest first."""
    made: list[Region] = []
    for site, polygons in _PAIRED[view].items():
        for sign in (1, -1):
            side = side_of_half(view, sign)
            made.extend(Region(site, view, side, _unit(p, sign)) for p in polygons)
    for site, polygons in _WHOLE[view].items():
        made.extend(Region(site, view, None, _unit(p, 1)) for p in polygons)
    return tuple(sorted(made, key=lambda region: _area(region.points)))


def site_at(
    view: BodyView, x: float, y: float, *, sex: Sex = Sex.UNKNOWN
) -> tuple[str, Side] | None:
    """The site and the patient's side at a point (0..1) of the drawing, or None."""
    for region in regions(view):
        if fits_sex(region.site, sex) and _contains(region.points, x, y):
            return region.site, region.side or _side_at(region.site, view, x)
    return None


def fits_sex(site: str, sex: Sex) -> bool:
    """Whether the map offers this site for a patient of this administrative sex."""
    if site in _FEMALE_ONLY:
        return sex is Sex.FEMALE
    return site not in _MALE_ONLY or sex is not Sex.FEMALE


def point_of(site: str, side: Side) -> tuple[BodyView, float, float] | None:
    """A point of the map inside the site, on its usual view first; None where it has none."""
    for region in _regions_of(site, side):
        x = sum(px for px, _py in region.points) / len(region.points)
        y = sum(py for _px, py in region.points) / len(region.points)
        if region.side is None and side is not Side.MIDLINE:
            sign = 1 if side_of_half(region.view, 1) is side else -1
            x += sign * 0.08
        return region.view, x, y
    return None


def place_on_map(lesion: Lesion) -> tuple[BodyView, float, float] | None:
    """Where a lesion lies: its own point, else its site's usual one; None where there is none."""
    if lesion.body_x is not None and lesion.body_y is not None:
        return lesion.body_view, lesion.body_x, lesion.body_y
    return point_of(lesion.site, lesion.side)


def regions_at(site: str, side: Side, view: BodyView) -> tuple[Region, ...]:
    """The regions to light up for a site and side on one view."""
    return tuple(region for region in _regions_of(site, side) if region.view is view)


def _regions_of(site: str, side: Side) -> Iterator[Region]:
    first = site_of(site).view
    other = BodyView.BACK if first is BodyView.FRONT else BodyView.FRONT
    for view in (first, other):
        for region in regions(view):
            if region.site == site and region.side in (None, side):
                yield region


def _side_at(site: str, view: BodyView, x: float) -> Side:
    offset, _down = from_unit(x, 0.0)
    sides = SITES[site].sides
    if Side.MIDLINE in sides and (abs(offset) <= MIDLINE_HALF_WIDTH or len(sides) == 1):
        return Side.MIDLINE
    return side_of_half(view, 1 if offset > 0 else -1)


def _area(points: Points) -> float:
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def _contains(points: Points, x: float, y: float) -> bool:
    inside = False
    for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            inside = not inside
    return inside
