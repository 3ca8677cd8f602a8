"""Scales that a person gives: two points with the mm between them, four corners of a rectangle."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from woundtrack.errors import ScaleError
from woundtrack.photo.types import Photo
from woundtrack.scale.types import (
    Matrix3,
    PointPx,
    Scale,
    ScaleMethod,
    Shift,
    fit_homography,
    matrix3,
)

TWO_POINTS_VERSION = "two-points-1"
FOUR_POINTS_VERSION = "four-points-1"
CLICK_SD_PX = 0.7
"""One sd of where a person clicks a mark, along one axis, in px of the photo."""
TILT_SD_DEG = 11.0
"""Two points tell nothing of the tilt. Hand-held photos are tilted by some 15°, one sd of 11°
about each axis: foreshortening, and a perspective that grows away from the two points."""
HEIGHT_RELATIVE_SD = 0.0015
"""What was clicked lies a little above or below the wound's plane: 0.5 mm seen from 30 cm."""
LEAST_PX = 20.0
MOST_TILT_DEG = 60.0
MOST_SKEW = 0.35
FRAME_MM = (3.0, 5000.0)
"""What the longest side of a photo of a wound can show: a dermatoscope's field, a whole room."""
NOMINAL_FOCAL = 0.8
"""Focal length over the longest side where EXIF tells none: for doubts, and to tell a rectangle's
two sides apart."""


def from_two_points(
    first_px: PointPx, second_px: PointPx, distance_mm: float, photo: Photo
) -> Scale:
    """The scale of two points that lie `distance_mm` apart, as if the photo were square-on.

    Its doubt is that of a tilt that nobody knows, and grows away from the points. The plane's
    x axis runs from the first point to the second. Raises ScaleError scale.mm_not_positive,
    scale.points_outside, scale.points_too_close, scale.implausible.
    """
    check_positive(distance_mm)
    check_inside((first_px, second_px), photo)
    start, end = np.array(first_px, dtype=float), np.array(second_px, dtype=float)
    length_px = float(np.linalg.norm(end - start))
    if length_px < LEAST_PX:
        raise ScaleError("scale.points_too_close", least_px=round(LEAST_PX))
    click_sd = float(np.sqrt(2)) * CLICK_SD_PX / length_px
    check_plausible(distance_mm / length_px, photo)
    scale = Scale(
        method=ScaleMethod.TWO_POINTS,
        homography_px_to_mm=matrix3(_anchored(np.eye(3), start, end, distance_mm)),
        relative_sd=0.0,
        warnings=("scale.tilt_unknown",),
        marks_px=(_pair(start), _pair(end)),
        method_version=TWO_POINTS_VERSION,
        shifts=_tilt_shifts(start, end, distance_mm, photo),
        common_relative_sd=float(np.hypot(click_sd, HEIGHT_RELATIVE_SD)),
    )
    return replace(scale, relative_sd=scale.relative_sd_at(_pair((start + end) / 2)))


def _anchored(
    plane: NDArray[np.float64],
    start: NDArray[np.float64],
    end: NDArray[np.float64],
    distance_mm: float,
) -> NDArray[np.float64]:
    """A homography followed by the similarity that takes start to (0, 0), end to (mm, 0)."""
    lifted = np.column_stack([np.array([start, end]), np.ones(2)]) @ plane.T
    first, second = lifted[:, :2] / lifted[:, 2:]
    along = (second - first) / np.sum((second - first) ** 2) * distance_mm
    turn = np.array([[along[0], along[1], 0.0], [-along[1], along[0], 0.0], [0.0, 0.0, 1.0]])
    turn[:2, 2] = -turn[:2, :2] @ first
    anchored: NDArray[np.float64] = turn @ plane
    return anchored


def _tilt_shifts(
    start: NDArray[np.float64], end: NDArray[np.float64], distance_mm: float, photo: Photo
) -> tuple[Shift, ...]:
    """The map as it would be with the camera tilted one sd about each of its axes."""
    focal_px = photo.focal_px or NOMINAL_FOCAL * max(photo.width_px, photo.height_px)
    x, y = (photo.width_px - 1) / 2, (photo.height_px - 1) / 2
    ray = np.array([[1 / focal_px, 0, -x / focal_px], [0, 1 / focal_px, -y / focal_px], [0, 0, 1]])
    cosine, sine = np.cos(np.radians(TILT_SD_DEG)), np.sin(np.radians(TILT_SD_DEG))
    about_x = np.array([[1.0, 0, 0], [0, cosine, sine], [0, -sine, cosine]])
    about_y = np.array([[cosine, 0, sine], [0, 1.0, 0], [-sine, 0, cosine]])
    # Rows of the turned frame: two axes of the tilted plane, and its normal as the divisor.
    planes = (about_x @ ray, about_y @ ray)
    return tuple(Shift(matrix3(_anchored(plane, start, end, distance_mm))) for plane in planes)


def from_four_points(
    corners_px: Sequence[PointPx], width_mm: float, height_mm: float, photo: Photo
) -> Scale:
    """The scale of the four corners, in any order, of a rectangle of known size.

    Which sides are the wide ones follows from the perspective. Raises ScaleError
    scale.four_corners, scale.mm_not_positive, scale.points_outside, scale.points_too_close,
    scale.not_convex, scale.not_a_rectangle, scale.implausible.
    """
    if len(corners_px) != 4:
        raise ScaleError("scale.four_corners", count=len(corners_px))
    check_positive(width_mm)
    check_positive(height_mm)
    check_inside(corners_px, photo)
    px, mm, unsure = rectangle_corners(corners_px, width_mm, height_mm, photo)
    shifts = _click_shifts(px, mm)
    scale = Scale(
        method=ScaleMethod.FOUR_POINTS,
        homography_px_to_mm=matrix3(fit_homography(px, mm)),
        relative_sd=0.0,
        tilt_deg=_tilt_deg(px, mm, photo) if photo.focal_px is not None else None,
        warnings=("scale.sides_unsure",) if unsure else (),
        marks_px=tuple(_pair(corner) for corner in px),
        method_version=FOUR_POINTS_VERSION,
        shifts=shifts,
        common_relative_sd=HEIGHT_RELATIVE_SD,
    )
    return replace(scale, relative_sd=scale.relative_sd_at(_pair(px.mean(axis=0))))


def rectangle_corners(
    corners_px: ArrayLike, width_mm: float, height_mm: float, photo: Photo
) -> tuple[NDArray[np.float64], NDArray[np.float64], bool]:
    """Corners (4, 2) in order, where each lies in mm, and whether the sides may be exchanged.

    Which sides are the wide ones follows from the perspective. Raises ScaleError
    scale.points_too_close, scale.not_convex, scale.implausible, scale.not_a_rectangle.
    """
    around = _in_order(np.asarray(corners_px, dtype=float))
    sides_px = float(np.sum(np.linalg.norm(np.roll(around, -1, axis=0) - around, axis=1)))
    check_plausible(2 * (width_mm + height_mm) / sides_px, photo)
    candidates = [
        (around, _rectangle(width_mm, height_mm)),
        (np.roll(around, -1, axis=0), _rectangle(width_mm, height_mm)),
    ]
    judged = [(_skew(px, mm, photo), place) for place, (px, mm) in enumerate(candidates)]
    skew, place = min(judged)
    px, mm = candidates[place]
    if skew > MOST_SKEW or _tilt_deg(px, mm, photo) > MOST_TILT_DEG:
        raise ScaleError("scale.not_a_rectangle")
    unsure = max(judged)[0] - skew < 0.05 and abs(width_mm / height_mm - 1) > 0.02
    return px, mm, unsure


def check_positive(length_mm: float) -> None:
    """Refuse what is no length; raises ScaleError scale.mm_not_positive."""
    if not (np.isfinite(length_mm) and length_mm > 0):
        raise ScaleError("scale.mm_not_positive")


def check_plausible(mm_per_px: float, photo: Photo) -> None:
    """Refuse lengths in another unit or with a slipped decimal point, where that is certain."""
    least, most = FRAME_MM
    if not least <= mm_per_px * max(photo.width_px, photo.height_px) <= most:
        raise ScaleError("scale.implausible")


def check_inside(points_px: Sequence[PointPx], photo: Photo) -> None:
    """Refuse points beside the photo; raises ScaleError scale.points_outside."""
    for x, y in points_px:
        if not (-1 <= x <= photo.width_px and -1 <= y <= photo.height_px):
            raise ScaleError("scale.points_outside")


def _pair(point: Sequence[float] | NDArray[np.float64]) -> PointPx:
    return float(point[0]), float(point[1])


def _in_order(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """The corners clockwise on the screen, the uppermost left first; refused unless convex."""
    sides = [np.linalg.norm(first - second) for first, second in permutations(corners, 2)]
    if min(sides) < LEAST_PX:
        raise ScaleError("scale.points_too_close", least_px=round(LEAST_PX))
    offsets = corners - corners.mean(axis=0)
    around = corners[np.argsort(np.arctan2(offsets[:, 1], offsets[:, 0]))]
    ahead = np.roll(around, -1, axis=0) - around
    turns = ahead[:, 0] * np.roll(ahead[:, 1], -1) - ahead[:, 1] * np.roll(ahead[:, 0], -1)
    lengths = np.linalg.norm(ahead, axis=1)
    if (turns / (lengths * np.roll(lengths, -1)) < 0.05).any():
        raise ScaleError("scale.not_convex")
    return np.roll(around, -int(np.argmin(around.sum(axis=1))), axis=0)


def _rectangle(width_mm: float, height_mm: float) -> NDArray[np.float64]:
    return np.array([(0, 0), (width_mm, 0), (width_mm, height_mm), (0, height_mm)], dtype=float)


def _axes(
    px: NDArray[np.float64], mm: NDArray[np.float64], photo: Photo
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The plane's axes in the camera's frame (Zhang, IEEE PAMI 2000), neither unit nor square."""
    focal_px = photo.focal_px or NOMINAL_FOCAL * max(photo.width_px, photo.height_px)
    centre = np.array([(photo.width_px - 1) / 2, (photo.height_px - 1) / 2])
    rays = fit_homography(mm, (px - centre) / focal_px)
    return rays[:, 0], rays[:, 1]


def _skew(px: NDArray[np.float64], mm: NDArray[np.float64], photo: Photo) -> float:
    """How far the corners are from those of this rectangle: 0 where its axes come out square."""
    first, second = _axes(px, mm, photo)
    sizes = float(np.linalg.norm(first)), float(np.linalg.norm(second))
    angle = abs(float(first @ second)) / (sizes[0] * sizes[1])
    return float(np.hypot(angle, np.log(sizes[0] / sizes[1])))


def _tilt_deg(px: NDArray[np.float64], mm: NDArray[np.float64], photo: Photo) -> float:
    normal = np.cross(*_axes(px, mm, photo))
    return float(np.degrees(np.arccos(min(1.0, abs(normal[2]) / np.linalg.norm(normal)))))


def _click_shifts(px: NDArray[np.float64], mm: NDArray[np.float64]) -> tuple[Shift, ...]:
    """The map with each corner's x and y clicked one sd beside."""
    shifts = []
    for corner in range(4):
        for axis in (0, 1):
            moved = px.copy()
            moved[corner, axis] += CLICK_SD_PX
            matrix: Matrix3 = matrix3(fit_homography(moved, mm))
            shifts.append(Shift(matrix))
    return tuple(shifts)
