"""Where the sides of a card's tags lie in the photo, to a few hundredths of a pixel.

A tag's side is a straight border from black to white, so a stretch of it averaged along the
border gives its place far better than a corner can. Blur, the camera's tone curve and swelling
ink move every border outwards or inwards alike; `camera.fit` takes that out as one unknown.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from woundtrack.photo.types import Pixels
from woundtrack.scale import card_layout as design
from woundtrack.scale.card_tags import FoundCard, FoundTag
from woundtrack.scale.types import fit_homography

CELL_MM = design.TAG_MM / design.TAG_CELLS
STRETCHES = 4
"""Pieces of one side located on their own."""
ALONG, ACROSS = 16, 49
"""Samples along a piece, and across the border from −0.9 to +0.9 cells."""
REACH_CELLS = 0.9
LEAST_CONTRAST = 0.4
"""Of black to white, as a fraction of white in linear light, below which a piece says nothing
(shadow, glare, a finger)."""
DARKEST_WHITE = 0.005
"""Of full light; paper darker than this is lost in noise."""

_BOXES = {tag.id: tag.box for tag in design.TAGS}
_OFFSETS_MM = np.linspace(-REACH_CELLS, REACH_CELLS, ACROSS) * CELL_MM
_INNER, _OUTER = slice(0, ACROSS // 5), slice(ACROSS - ACROSS // 5, ACROSS)
_LINEAR = ((np.arange(256) / 255.0) ** 2.2).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Edges:
    """Pieces of tag sides: where in the photo, and which straight line of the card they lie on."""

    points_px: NDArray[np.float64]
    """(N, 2)."""
    axis: NDArray[np.intp]
    """(N,): 0 where the line is x = value, 1 where it is y = value."""
    value_mm: NDArray[np.float64]
    """(N,): the line, in the card's frame."""
    outward: NDArray[np.float64]
    """(N,): +1 where black lies below the value, −1 where above."""
    tag_id: NDArray[np.intp]
    width_mm: NDArray[np.float64]
    """(N,): from 20 % to 80 % of the step from black to white."""

    def kept(self, keep: NDArray[np.bool_]) -> "Edges":
        """Only some of the pieces."""
        return Edges(
            self.points_px[keep],
            self.axis[keep],
            self.value_mm[keep],
            self.outward[keep],
            self.tag_id[keep],
            self.width_mm[keep],
        )


def find_edges(pixels: Pixels, card: FoundCard) -> Edges:
    """The located pieces of all sides of a card's tags, at the photo's full resolution."""
    parts = []
    for tag in card:
        crop, origin_px = _linear_crop(pixels, tag)
        corners_px, edges = tag.corners_px - origin_px, None
        for _pass in range(2):  # the second samples across the border that the first found
            edges = _tag_edges(crop, corners_px, tag.id)
            refined = _corners(edges, corners_px)
            corners_px = corners_px if refined is None else refined
        if edges is not None:
            parts.append((edges, origin_px))
    return Edges(
        np.vstack([edges.points_px + origin for edges, origin in parts]),
        np.concatenate([edges.axis for edges, _origin in parts]),
        np.concatenate([edges.value_mm for edges, _origin in parts]),
        np.concatenate([edges.outward for edges, _origin in parts]),
        np.concatenate([edges.tag_id for edges, _origin in parts]),
        np.concatenate([edges.width_mm for edges, _origin in parts]),
    )


def _linear_crop(pixels: Pixels, tag: FoundTag) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """The grey surroundings of a tag, roughly linear in light, and where they start."""
    import cv2

    margin_px = 0.25 * tag.side_px + 3
    height, width = pixels.shape[:2]
    low = np.floor(tag.corners_px.min(axis=0) - margin_px).astype(int)
    high = np.ceil(tag.corners_px.max(axis=0) + margin_px).astype(int) + 1
    left, top = np.maximum(low, 0)
    right, bottom = min(int(high[0]), width), min(int(high[1]), height)
    crop = pixels[top:bottom, left:right]
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY) if crop.ndim == 3 else crop
    linear: NDArray[np.float32] = _LINEAR[grey]
    return linear, np.array([left, top], dtype=np.float64)


def _tag_edges(crop: NDArray[np.float32], corners_px: NDArray[np.float64], tag_id: int) -> Edges:
    """The pieces of one tag's four sides that could be located."""
    import cv2

    box = _BOXES[tag_id]
    to_px = fit_homography(box.corners_mm, corners_px)
    along_mm, normals, lines = _side_samples(box)
    samples_mm = along_mm[:, :, None, :] + normals[:, None, None, :] * _OFFSETS_MM[:, None]
    samples_px = _mapped(to_px, samples_mm.reshape(-1, 2)).astype(np.float32)
    shape = (len(along_mm) * ALONG, ACROSS)
    maps = samples_px[:, 0].reshape(shape), samples_px[:, 1].reshape(shape)
    values = cv2.remap(crop, *maps, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    profiles = values.reshape(len(along_mm), ALONG, ACROSS).mean(axis=1)
    offsets_mm, widths_mm = _crossings(profiles)
    middle_mm = along_mm.mean(axis=1) + normals * offsets_mm[:, None]
    axis = np.abs(normals).argmax(axis=1)
    edges = Edges(
        _mapped(to_px, np.nan_to_num(middle_mm)),
        axis,
        lines,
        normals.sum(axis=1),
        np.full(len(axis), tag_id),
        widths_mm,
    )
    return edges.kept(np.isfinite(offsets_mm))


def _side_samples(
    box: design.Box,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Places along the sides (pieces, ALONG, 2), outward normals (pieces, 2), lines (pieces,)."""
    corners = np.array(box.corners_mm)
    fractions = np.linspace(1 / design.TAG_CELLS, 1 - 1 / design.TAG_CELLS, STRETCHES * ALONG)
    places, normals, lines = [], [], []
    for side in range(4):
        start, end = corners[side], corners[(side + 1) % 4]
        along = start + (end - start) * fractions[:, None]
        direction = (end - start) / np.linalg.norm(end - start)
        normal = np.array([direction[1], -direction[0]])
        for piece in along.reshape(STRETCHES, ALONG, 2):
            places.append(piece)
            normals.append(normal)
            lines.append(start[np.abs(normal).argmax()])
    return np.array(places), np.array(normals), np.array(lines)


def _mapped(matrix: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.float64]:
    mapped = points @ matrix[:, :2].T + matrix[:, 2]
    result: NDArray[np.float64] = mapped[:, :2] / mapped[:, 2:]
    return result


def _crossings(
    profiles: NDArray[np.float32],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where each profile passes half way from black to white, and the width of its step, in mm.

    NaN where there is too little contrast, or no single way up.
    """
    black = np.median(profiles[:, _INNER], axis=1)
    white = np.median(profiles[:, _OUTER], axis=1)
    contrast = white - black
    steps = (profiles - black[:, None]) / np.where(contrast > 0, contrast, 1.0)[:, None]
    places = [_first_above(steps, level) for level in (0.2, 0.5, 0.8)]
    faint = (contrast < LEAST_CONTRAST * white) | (white < DARKEST_WHITE)
    bad = faint | ~np.isfinite(places).all(axis=0)
    return np.where(bad, np.nan, places[1]), np.where(bad, np.nan, places[2] - places[0])


def _first_above(steps: NDArray[np.float64], level: float) -> NDArray[np.float64]:
    """The offset in mm at which each profile last rises through a level on its way out."""
    below = steps[:, :-1] < level
    rises = below & (steps[:, 1:] >= level)
    # The border is nearest the middle: of several rises, take that one.
    distance = np.where(rises, np.abs(np.arange(ACROSS - 1) - ACROSS // 2), ACROSS)
    index = distance.argmin(axis=1)
    rows = np.arange(len(steps))
    low, high = steps[rows, index], steps[rows, index + 1]
    part = (level - low) / np.where(high > low, high - low, 1.0)
    step_mm = _OFFSETS_MM[1] - _OFFSETS_MM[0]
    found = rises[rows, index]
    return np.where(found, _OFFSETS_MM[index] + part * step_mm, np.nan)


def _corners(edges: Edges, corners_px: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """The tag's corners where lines through its located sides meet; None where a side is lost."""
    box = _BOXES[int(edges.tag_id[0])] if len(edges.tag_id) else None
    if box is None:
        return None
    sides = ((1, box.top_mm), (0, box.right_mm), (1, box.bottom_mm), (0, box.left_mm))
    lines = []
    for axis, value_mm in sides:
        points = edges.points_px[(edges.axis == axis) & (edges.value_mm == value_mm)]
        if len(points) < 2:
            return None
        middle = points.mean(axis=0)
        direction = np.linalg.svd(points - middle)[2][0]
        normal = np.array([-direction[1], direction[0]])
        lines.append(np.array([*normal, -normal @ middle]))
    meets = [np.cross(lines[(side - 1) % 4], lines[side]) for side in range(4)]
    corners = np.array([meet[:2] / meet[2] for meet in meets])
    side_px = float(np.linalg.norm(corners_px[0] - corners_px[2]))
    moved = np.linalg.norm(corners - corners_px, axis=1).max()
    return corners if moved < 0.15 * side_px else None
