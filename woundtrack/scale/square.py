"""The scale from a coloured square or rectangle of known size, which a person clicks."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from woundtrack.errors import ScaleError
from woundtrack.photo.types import Photo, Pixels
from woundtrack.scale.border import find_crossings
from woundtrack.scale.camera import Fit, Lines, camera_prior, fit_camera
from woundtrack.scale.manual import (
    check_inside,
    check_plausible,
    check_positive,
    rectangle_corners,
)
from woundtrack.scale.rim import rims_around
from woundtrack.scale.types import PointPx, Scale, ScaleMethod, fit_homography

Floats = NDArray[np.float64]

METHOD_VERSION = "square-1"
PLACES = 60
"""On each side, its ends left out."""
ENDS = 0.08
REACHES = (0.16, 0.08, 0.05, 0.04)
"""Of a side's length, either way, in each round of locating the sides."""
LEAST_REACH_PX = 5.0
LEAST_SIDE_PX = 24.0
ON_SIDE_PX, ON_SIDE = 0.8, 0.008
LEAST_SUPPORT = 0.65
"""Of each side, what must be seen and lie on one straight line."""
CLEAR = 0.6
"""The strength of a border that may be said to be cut off."""
MOST_TILT_DEG = 40.0
NOISE_FLOOR_PX = 0.08
CORRELATED = 2.5
MADE_SD_MM = 0.05
"""One sd of a side as printed or cut."""
HEIGHT_SD_MM = 0.5
BENT_PX, BENT = 0.6, 0.006
"""Root mean square off the fitted sides, in px and as a part of a side: beyond both it is bent."""


def from_square(
    pixels: Pixels,
    photo: Photo,
    *,
    at_px: PointPx,
    side_mm: float,
    height_mm: float | None = None,
) -> Scale:
    """The scale of a square of one colour, clicked anywhere inside, of known side.

    With `height_mm` it is a rectangle, `side_mm` wide. Raises ScaleError scale.mm_not_positive,
    scale.points_outside, scale.no_square, scale.square_small, scale.square_cut,
    scale.not_a_rectangle, scale.square_bent, scale.tilt_beyond, scale.implausible.
    """
    size_mm = (side_mm, side_mm if height_mm is None else height_mm)
    for length_mm in size_mm:
        check_positive(length_mm)
    check_inside((at_px,), photo)
    corners = _corners(pixels, at_px)
    check_plausible(sum(size_mm) * 2 / _around_px(corners), photo)
    px, mm, unsure = rectangle_corners(corners, *size_mm, photo)
    points, sides = _located(pixels, px)
    start = fit_homography(px, mm)
    fit = fit_camera(
        _lines(points, sides, size_mm),
        camera_prior(photo),
        start_px_to_mm=start,
        noise_floor_px=NOISE_FLOOR_PX,
        correlated=CORRELATED,
        weigh_poses=True,
    )
    if fit.tilt_deg > MOST_TILT_DEG:
        raise ScaleError("scale.tilt_beyond", tilt_deg=round(fit.tilt_deg))
    if fit.noise_px > max(BENT_PX, BENT * _around_px(px) / 4):
        raise ScaleError("scale.square_bent")
    return _scale(fit, px, photo, size_mm=size_mm, unsure=unsure)


def _corners(pixels: Pixels, at_px: PointPx) -> Floats:
    """The corners (4, 2) of the smallest four-sided border round a point that the photo bears out.

    What was clicked is of one colour, so the first border that holds is its own.
    """
    refused = "scale.no_square"
    for rim in rims_around(pixels, at_px):
        for quad in _quads(rim.points_px):
            corners = _settled(pixels, quad)
            if _cut(quad if corners is None else corners, pixels) and rim.strength > CLEAR:
                refused = "scale.square_cut"
            elif corners is not None and _shortest_px(corners) < LEAST_SIDE_PX:
                refused = "scale.square_small"
            elif corners is not None:
                return corners
    raise ScaleError(refused, least_px=round(LEAST_SIDE_PX))


def _quads(points: Floats) -> list[Floats]:
    """Four corners round a closed border, clockwise on the screen: of its hull, of a rectangle."""
    import cv2

    hull = cv2.convexHull(points.astype(np.float32).reshape(-1, 1, 2))
    least = cv2.approxPolyN(hull, 4, ensure_convex=True).reshape(-1, 2).astype(np.float64)
    upright = np.asarray(cv2.boxPoints(cv2.minAreaRect(hull)), dtype=np.float64)
    quads = []
    for quad in (least, upright):
        if len(quad) == 4 and _shortest_px(quad) >= LEAST_SIDE_PX / 2:
            offsets = quad - quad.mean(axis=0)
            quads.append(np.asarray(quad[np.argsort(np.arctan2(offsets[:, 1], offsets[:, 0]))]))
    return quads


def _settled(pixels: Pixels, quad: Floats) -> Floats | None:
    """The corners after each side was located again and again; None where one is lost."""
    corners: Floats | None = quad
    for reach in REACHES:
        if corners is not None:
            corners = _refined(pixels, corners, reach=reach)
    return corners


def _refined(pixels: Pixels, corners: Floats, *, reach: float) -> Floats | None:
    """The corners where the four sides meet, each located along its length; None where lost."""
    lines = []
    for side in range(4):
        found = _side(pixels, corners, side, reach=reach)
        if found is None:
            return None
        middle = found.mean(axis=0)
        direction = np.linalg.svd(found - middle)[2][0]
        normal = np.array([-direction[1], direction[0]])
        lines.append(np.array([*normal, -normal @ middle]))
    meets = [np.cross(lines[(side - 1) % 4], lines[side]) for side in range(4)]
    if min(abs(meet[2]) for meet in meets) < 0.2:
        return None
    moved = np.array([meet[:2] / meet[2] for meet in meets])
    most_px = 0.5 * _shortest_px(corners)
    return moved if np.linalg.norm(moved - corners, axis=1).max() < most_px else None


def _side(pixels: Pixels, corners: Floats, side: int, *, reach: float) -> Floats | None:
    """Places (N, 2) of a side that lie on one straight line; None where too few do."""
    start, end = corners[side], corners[(side + 1) % 4]
    length = float(np.linalg.norm(end - start))
    direction = (end - start) / max(length, 1e-9)
    normal = np.array([direction[1], -direction[0]])
    along = start + (end - start) * np.linspace(ENDS, 1 - ENDS, PLACES)[:, None]
    reach_px = max(LEAST_REACH_PX, reach * length)
    normals = np.tile(normal, (PLACES, 1))
    offsets = find_crossings(pixels, along, normals, reach_px=reach_px, cyclic=False).offset_px
    seen = np.flatnonzero(np.isfinite(offsets))
    if len(seen) < LEAST_SUPPORT * PLACES:
        return None
    kept = _straight(seen, offsets[seen], within=max(ON_SIDE_PX, ON_SIDE * length))
    if len(kept) < LEAST_SUPPORT * PLACES:
        return None
    return np.asarray(along[kept] + normal * offsets[kept][:, None])


def _straight(places: NDArray[np.intp], offsets: Floats, *, within: float) -> NDArray[np.intp]:
    """The places whose offsets lie on the line that most of them share (Theil and Sen)."""
    apart = places[:, None] - places[None]
    rises = (offsets[:, None] - offsets[None])[apart > len(places) // 4]
    slope = float(np.median(rises / apart[apart > len(places) // 4]))
    rest = offsets - slope * places
    return np.asarray(places[np.abs(rest - np.median(rest)) < within])


def _cut(corners: Floats, pixels: Pixels) -> bool:
    height, width = pixels.shape[:2]
    return bool((corners < 1).any() or (corners > np.array([width, height]) - 2).any())


def _shortest_px(corners: Floats) -> float:
    return float(np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1).min())


def _around_px(corners: Floats) -> float:
    return float(np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1).sum())


def _located(pixels: Pixels, px: Floats) -> tuple[Floats, NDArray[np.intp]]:
    """The located places of all sides, and which side each is on, by the corner it starts at."""
    found = [_side(pixels, px, side, reach=REACHES[-1]) for side in range(4)]
    if any(places is None for places in found):
        raise ScaleError("scale.no_square")
    whole = [places for places in found if places is not None]
    sides = np.repeat(np.arange(4), [len(places) for places in whole])
    return np.vstack(whole), sides


def _lines(points: Floats, sides: NDArray[np.intp], size_mm: tuple[float, float]) -> Lines:
    """Top, right, bottom, left: which line of the plane each place lies on."""
    width_mm, height_mm = size_mm
    axis = np.array([1, 0, 1, 0])[sides]
    value = np.array([0.0, width_mm, height_mm, 0.0])[sides]
    outward = np.array([-1.0, 1.0, 1.0, -1.0])[sides]
    return Lines(points, axis.astype(np.intp), value, outward)


def _scale(
    fit: Fit, px: Floats, photo: Photo, *, size_mm: tuple[float, float], unsure: bool
) -> Scale:
    made_sd = MADE_SD_MM / min(size_mm)
    scale = Scale(
        method=ScaleMethod.SQUARE,
        homography_px_to_mm=fit.homography_px_to_mm,
        relative_sd=0.0,
        tilt_deg=fit.tilt_deg,
        lens=fit.lens,
        warnings=(
            *(("scale.sides_unsure",) if unsure else ()),
            *(("scale.focal_unknown",) if photo.focal_px is None else ()),
        ),
        marks_px=tuple((float(x), float(y)) for x, y in px),
        method_version=METHOD_VERSION,
        shifts=fit.shifts(),
        common_relative_sd=float(np.hypot(made_sd, HEIGHT_SD_MM / fit.distance_mm)),
    )
    x, y = px.mean(axis=0)
    return replace(scale, relative_sd=scale.relative_sd_at((float(x), float(y))))
