"""One toe's wound at ten visits: the next photo laid on each, against landmarks set by eye.

The landmarks were set once, by one person, on views enlarged two times with a grid of 50 px, for
want of a series with marked skin: where toes 2 to 5 meet the ball of the foot, the ball's end at
the gap beside the big toe, the wound's corner towards the heel, its medial tip, and the big toe's
corner over the wound. Each is sure to about 5 px of the photo's 512; the corner and the tip lie on
the wound's edge, which itself moves as it heals. Four visits show no toes but the big one. The
foot is turned by up to 40° from visit to visit, so that little of the same skin is in sight.
"""

import itertools

import cv2
import numpy as np

from benchmarks.photos import photos_of
from benchmarks.table import Row, counted
from woundtrack.align.marks import View
from woundtrack.align.points import aligned_by_points
from woundtrack.align.register import aligned
from woundtrack.errors import WoundtrackError
from woundtrack.outline.masks import rings_from_mask
from woundtrack.outline.types import Outline

LANDMARKS_PX: dict[str, tuple[tuple[int, int] | None, ...]] = {
    "2017-09-01": (
        (296, 127),
        (262, 145),
        (233, 181),
        (356, 132),
        (350, 296),
        (487, 264),
        (351, 90),
    ),
    "2017-09-08": (
        (290, 73),
        (261, 103),
        (227, 141),
        (354, 67),
        (368, 242),
        (494, 155),
        (332, 31),
    ),
    "2017-09-15": (
        (231, 53),
        (206, 83),
        (185, 117),
        (284, 49),
        (287, 195),
        (397, 121),
        (274, 15),
    ),
    "2017-09-22": (
        None,
        None,
        None,
        (196, 150),
        (255, 249),
        (312, 160),
        (173, 129),
    ),
    "2017-09-25": (
        None,
        None,
        None,
        (205, 143),
        (237, 306),
        (363, 229),
        (200, 122),
    ),
    "2017-09-28": (
        (238, 121),
        (198, 148),
        (168, 185),
        (321, 148),
        (292, 291),
        (431, 269),
        (299, 106),
    ),
    "2017-10-05": (
        (196, 147),
        (168, 175),
        (142, 210),
        (284, 168),
        (286, 291),
        (390, 249),
        (249, 136),
    ),
    "2017-10-12": (
        (201, 138),
        (171, 170),
        (152, 207),
        (290, 155),
        (292, 276),
        (401, 232),
        (248, 99),
    ),
    "2017-10-16": (
        None,
        None,
        None,
        (226, 157),
        (307, 276),
        (403, 224),
        (195, 111),
    ),
    "2017-10-19": (
        None,
        None,
        None,
        (248, 136),
        (349, 301),
        (438, 222),
        (230, 96),
    ),
}
CLICKED = (3, 4, 6)
"""The ball's end, the wound's corner and the big toe's, about the wound."""


def toe_rows() -> list[Row]:
    """How many next visits' photos are laid on each, and how far the landmarks are off."""
    folder = photos_of("series/toe_2017")
    views, wounds = [], []
    for date in LANDMARKS_PX:
        image = next(path for path in folder.glob(f"{date}*.jpg"))
        mask = cv2.imread(str(image.with_name(f"{image.stem}_mask.png")), cv2.IMREAD_GRAYSCALE)
        views.append(View(cv2.imread(str(image))))
        wounds.append(Outline(rings_from_mask(mask > 127, min_area_px2=60.0)))
    marks = [
        np.array([(np.nan, np.nan) if p is None else p for p in row], float)
        for row in LANDMARKS_PX.values()
    ]
    off: dict[str, list[float]] = {"skin": [], "points": []}
    codes: dict[str, list[str]] = {"skin": [], "points": []}
    for k, m in itertools.pairwise(range(len(views))):
        pairs = [(tuple(marks[k][each]), tuple(marks[m][each])) for each in CLICKED]
        others = np.setdiff1d(np.flatnonzero(np.isfinite(marks[k] + marks[m]).all(axis=1)), CLICKED)
        for how in off:
            asked = others if how == "points" else np.union1d(others, CLICKED)
            try:
                found = (
                    aligned_by_points(views[k], views[m], pairs=pairs, wound=wounds[k])
                    if how == "points"
                    else aligned(views[k], views[m], wound=wounds[k], later_wound=wounds[m])
                )
            except WoundtrackError as error:
                codes[how].append(error.code)
                continue
            there = found.to_later(marks[k][asked])
            off[how] += np.linalg.norm(there - marks[m][asked], axis=1).tolist()
    return [_row(how, off[how], codes[how], len(views) - 1) for how in off]


def _row(how: str, off: list[float], codes: list[str], asked: int) -> Row:
    name = {"skin": "by the skin", "points": "by three of the landmarks, at the others"}[how]
    told = f"{asked - len(codes)} of {asked} aligned; refused: {counted(codes) or 'none'}"
    if not off:
        return Row(f"toe, {name}: aligned", 0.0, spread=told)
    return Row(f"toe, {name}: landmarks off", float(np.median(off)), "px of 512",
               f"{told}; 95th percentile {np.percentile(off, 95):.0f}")  # fmt: skip
