"""Scales that a person gives: two points with the mm between them, four corners of a rectangle."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

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
TILT_UNKNOWN_RELATIVE_SD = 0.03
"""Two points tell nothing of the tilt: over hand-held photos up to 22° the area is then wrong by
4 % in the median, hence one sd of 6 % of an area and 3 % of a length (area × cos θ, weak
perspective)."""
HEIGHT_RELATIVE_SD = 0.0015
"""What was clicked lies a little above or below the wound's plane: 0.5 mm seen from 30 cm."""
LEAST_PX = 20.0
MOST_TILT_DEG = 60.0
NOMINAL_FOCAL = 0.8
"""Focal length over the longest side, taken only to tell a rectangle's two sides apart."""


def parse_two_points(text: str) -> tuple[PointPx, PointPx, float]:
    """The scale "x1,y1,x2,y2=MM" as two points in px and mm.

    Raises ScaleError scale.two_points_text, scale.mm_not_positive.
    """
    places, _sign, length = text.partition("=")
    try:
        x1, y1, x2, y2 = (float(part) for part in places.split(","))
        distance_mm = float(length)
    except ValueError as error:
        raise ScaleError("scale.two_points_text", text=text) from error
    if not np.isfinite([x1, y1, x2, y2, distance_mm]).all():
        raise ScaleError("scale.two_points_text", text=text)
    _check_positive(distance_mm)
    return (x1, y1), (x2, y2), distance_mm


def from_two_points(
    first_px: PointPx, second_px: PointPx, distance_mm: float, photo: Photo
) -> Scale:
    """The scale of two points that lie `distance_mm` apart, as if the photo were square-on.

    The plane's x axis runs from the first point to the second. Raises ScaleError
    scale.mm_not_positive, scale.points_outside, scale.points_too_close.
    """
    _check_positive(distance_mm)
    _check_inside((first_px, second_px), photo)
    start, end = np.array(first_px, dtype=float), np.array(second_px, dtype=float)
    length_px = float(np.linalg.norm(end - start))
    if length_px < LEAST_PX:
        raise ScaleError("scale.points_too_close", least_px=round(LEAST_PX))
    cosine, sine = (end - start) / length_px * distance_mm / length_px
    turn = np.array([[cosine, sine], [-sine, cosine]])
    offset = -turn @ start
    rows = ((cosine, sine, offset[0]), (-sine, cosine, offset[1]), (0.0, 0.0, 1.0))
    click_sd = float(np.sqrt(2)) * CLICK_SD_PX / length_px
    return Scale(
        method=ScaleMethod.TWO_POINTS,
        homography_px_to_mm=matrix3(rows),
        relative_sd=float(np.hypot(click_sd, TILT_UNKNOWN_RELATIVE_SD)),
        warnings=("scale.tilt_unknown",),
        marks_px=(_pair(first_px), _pair(second_px)),
        method_version=TWO_POINTS_VERSION,
    )


def from_four_points(
    corners_px: Sequence[PointPx], width_mm: float, height_mm: float, photo: Photo
) -> Scale:
    """The scale of the four corners, in any order, of a rectangle of known size.

    Which sides are the wide ones follows from the perspective. Raises ScaleError
    scale.four_corners, scale.mm_not_positive, scale.points_outside, scale.points_too_close,
    scale.not_convex, scale.not_a_rectangle.
    """
    if len(corners_px) != 4:
        raise ScaleError("scale.four_corners", count=len(corners_px))
    _check_positive(width_mm)
    _check_positive(height_mm)
    _check_inside(corners_px, photo)
    around = _in_order(np.array(corners_px, dtype=float))
    candidates = [
        (around, _rectangle(width_mm, height_mm)),
        (np.roll(around, -1, axis=0), _rectangle(width_mm, height_mm)),
    ]
    judged = [(_skew(px, mm, photo), place) for place, (px, mm) in enumerate(candidates)]
    skew, place = min(judged)
    px, mm = candidates[place]
    tilt_deg = _tilt_deg(px, mm, photo)
    if tilt_deg > MOST_TILT_DEG or skew > 0.35:
        raise ScaleError("scale.not_a_rectangle")
    unsure = max(judged)[0] - skew < 0.05 and abs(width_mm / height_mm - 1) > 0.02
    shifts = _click_shifts(px, mm)
    scale = Scale(
        method=ScaleMethod.FOUR_POINTS,
        homography_px_to_mm=matrix3(fit_homography(px, mm)),
        relative_sd=0.0,
        tilt_deg=tilt_deg if photo.focal_px is not None else None,
        warnings=("scale.sides_unsure",) if unsure else (),
        marks_px=tuple(_pair(corner) for corner in px),
        method_version=FOUR_POINTS_VERSION,
        shifts=shifts,
        common_relative_sd=HEIGHT_RELATIVE_SD,
    )
    return replace(scale, relative_sd=scale.relative_sd_at(_pair(px.mean(axis=0))))


def _check_positive(length_mm: float) -> None:
    if not (np.isfinite(length_mm) and length_mm > 0):
        raise ScaleError("scale.mm_not_positive")


def _check_inside(points_px: Sequence[PointPx], photo: Photo) -> None:
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
