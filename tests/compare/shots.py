"""A lesion's photos that lie on each other, painted small: skin, a wound, and a white label."""

import datetime as dt

import cv2
import numpy as np

from woundtrack.align.types import Alignment, AlignMethod
from woundtrack.compare.place import laid_on, place_of
from woundtrack.compare.series import Laid, Shot
from woundtrack.errors import AlignError
from woundtrack.outline.types import Outline
from woundtrack.scale.types import Scale, ScaleMethod, matrix3

SIZE_PX = (320, 240)
MM_PER_PX = 0.25
FLAT = Scale(ScaleMethod.TWO_POINTS, matrix3(np.diag([MM_PER_PX, MM_PER_PX, 1.0])), 0.01)
MIDDLE_PX = (150.0, 120.0)
FIRST = dt.date(2026, 5, 4)
LABEL_PX = (184, 102, 196, 114)
"""Left, top, right, bottom of something white near the wound."""
SHIFT_PX = (12.0, -7.0)
"""By so much each photo shows the skin farther right and down than the one before."""


def ring(radius_px: float, moved: int = 0) -> Outline:
    """The wound's outline in photo `moved`."""
    x, y = np.array(MIDDLE_PX) + moved * np.array(SHIFT_PX)
    turns = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    points = np.column_stack([x + radius_px * np.cos(turns), y + 0.8 * radius_px * np.sin(turns)])
    return Outline((tuple((float(a), float(b)) for a, b in points),))


def painted(radius_px: float, moved: int = 0) -> np.ndarray:
    """The photo."""
    pixels = np.empty((SIZE_PX[1], SIZE_PX[0], 3), np.uint8)
    pixels[:] = (130, 165, 205)
    points = np.round(ring(radius_px, moved).rings[0]).astype(np.int32)
    cv2.fillPoly(pixels, [points], (50, 45, 150))
    across, down = (round(moved * step) for step in SHIFT_PX)
    left, top, right, bottom = LABEL_PX
    pixels[top + down : bottom + down, left + across : right + across] = 255
    return pixels


def alignment(moved: int, margin_mm: float = 0.4) -> Alignment:
    """From the first photo to photo `moved`."""
    x, y = moved * np.array(SHIFT_PX)
    matrix = matrix3([[1.0, 0.0, x], [0.0, 1.0, y], [0.0, 0.0, 1.0]])
    return Alignment(
        AlignMethod.SKIN, matrix, None, places=50, tried=80, widest_gap_deg=40.0, residual_px=1.0,
        margin_px=margin_mm / MM_PER_PX, homography_off_px=0.0, mm_per_px=MM_PER_PX,
    )  # fmt: skip


def shot(number: int, **more: object) -> Shot:
    """Photo `number` of a wound that shrinks from week to week."""
    radius_px = 30.0 - 5.0 * number
    values: dict[str, object] = {
        "load": lambda: painted(radius_px, number),
        "size_px": SIZE_PX,
        "on": FIRST + dt.timedelta(weeks=number),
        "scale": FLAT,
        "wound": ring(radius_px, number),
        "size": f"{9 - number}.0 ± 0.4 cm²",
    }
    return Shot(**{**values, **more})  # type: ignore[arg-type]


def laid_series(count: int, *, refused: tuple[int, ...] = (), **more: object) -> list[Laid]:
    """So many photos on the first one's plane, some of them refused."""
    shots = [shot(number, **more) for number in range(count)]
    ground = place_of(SIZE_PX, scale=FLAT, wound=shots[0].wound, head_angle_deg=None)
    made = [Laid(shots[0], ground)]
    for number, each in enumerate(shots[1:], 1):
        if number in refused:
            own = place_of(SIZE_PX, scale=FLAT, wound=each.wound, head_angle_deg=None)
            made.append(Laid(each, own, refused=AlignError("align.not_alike")))
        else:
            found = alignment(number)
            made.append(Laid(each, laid_on(ground, found, size_px=SIZE_PX), found))
    return made
