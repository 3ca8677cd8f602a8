"""A flat scene with a square of 10 mm, seen by cameras from elsewhere, and bent skin."""

import cv2
import numpy as np

from woundtrack.align.types import Alignment, AlignMethod, Bend
from woundtrack.demo.scene import CANVAS_MM, Camera
from woundtrack.outline.types import Outline
from woundtrack.scale.types import Scale, ScaleMethod, matrix3

PX_PER_MM = 5.0
GROUND, SQUARE, BEYOND = (190, 200, 220), (40, 30, 150), (30, 220, 30)
MIDDLE_MM = (125.0, 100.0)
FACTOR = 0.3
"""The demonstration's photos, so much smaller."""
SIZE_PX = (600, 450)
CAMERAS = (
    Camera(tilt_deg=0.0, roll_deg=0.0),
    Camera(tilt_deg=20.0, azimuth_deg=70.0, roll_deg=35.0, distance_mm=120.0),
    Camera(tilt_deg=40.0, azimuth_deg=200.0, roll_deg=-100.0, distance_mm=210.0),
)


def plane_to_photo(camera: Camera) -> np.ndarray:
    """The homography from mm to px of a photo of 600 × 450 px."""
    shrink = np.array([[FACTOR, 0, FACTOR / 2 - 0.5], [0, FACTOR, FACTOR / 2 - 0.5], [0, 0, 1]])
    return shrink @ camera.plane_to_photo()


def scale_by(camera: Camera) -> Scale:
    """The scale that holds."""
    return Scale(ScaleMethod.CARD, matrix3(np.linalg.inv(plane_to_photo(camera))), 0.01)


def outline_of(camera: Camera) -> Outline:
    """The square's outline."""
    x, y = MIDDLE_MM
    corners = [[x - 5, y - 5], [x + 5, y - 5], [x + 5, y + 5], [x - 5, y + 5]]
    return Outline((tuple((a, b) for a, b in scale_by(camera).to_px(corners).tolist()),))


def photograph(camera: Camera) -> np.ndarray:
    """The square on a bright ground; what lies beyond the ground is green."""
    width, height = (round(side * PX_PER_MM) for side in CANVAS_MM)
    ground = np.full((height, width, 3), GROUND, np.uint8)
    x, y = (round(place * PX_PER_MM) for place in MIDDLE_MM)
    half = round(5 * PX_PER_MM)
    ground[y - half : y + half, x - half : x + half] = SQUARE
    shift = (1 / PX_PER_MM) / 2  # the first px's middle
    to_mm = np.array([[1 / PX_PER_MM, 0, shift], [0, 1 / PX_PER_MM, shift], [0, 0, 1]])
    large = np.diag([4.0, 4.0, 1.0])
    large[:2, 2] = 1.5
    seen = cv2.warpPerspective(
        ground, large @ plane_to_photo(camera) @ to_mm, (4 * SIZE_PX[0], 4 * SIZE_PX[1]),
        borderMode=cv2.BORDER_CONSTANT, borderValue=BEYOND,
    )  # fmt: skip
    return cv2.resize(seen, SIZE_PX, interpolation=cv2.INTER_AREA)


def bent_alignment(bend_px: float = 6.0) -> Alignment:
    """Turned by 20°, smaller, tilted, and bent by so many px over 400 px."""
    nodes = np.linspace(-200.0, 200.0, 25)
    across = bend_px * (nodes / 200.0) ** 2
    right = tuple(tuple(float(value) for value in across) for _ in nodes)
    down = tuple(tuple(float(value) for _ in nodes) for value in across / 2)
    turn = np.vstack([cv2.getRotationMatrix2D((150, 150), -20, 0.8), [2e-4, -1e-4, 1]])
    return Alignment(
        AlignMethod.SKIN, matrix3(turn), Bend((-70.0, -70.0, 330.0, 330.0), right, down),
        places=50, tried=80, widest_gap_deg=40.0, residual_px=1.0, margin_px=2.0,
        homography_off_px=1.0, mm_per_px=0.2,
    )  # fmt: skip
