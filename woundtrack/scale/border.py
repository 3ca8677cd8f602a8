"""Where a border between two colours lies, to a small part of a pixel, along lines across it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from woundtrack.photo.types import Pixels

Floats = NDArray[np.float64]

LEAST_CONTRAST = 0.04
"""Of the two colours' difference over their sum, in linear light, below which nothing is seen."""
NEIGHBOURS = 3
"""Profiles side by side that are averaged against noise."""
_LINEAR = ((np.arange(256) / 255.0) ** 2.2).astype(np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Crossings:
    """Along each line (N,): how far from its middle the border lies, NaN where none is seen."""

    offset_px: Floats
    contrast: Floats


def find_crossings(
    pixels: Pixels, places_px: Floats, normals: Floats, *, reach_px: float, cyclic: bool
) -> Crossings:
    """The borders across lines of ± `reach_px` along unit normals (N, 2) through places (N, 2).

    Colours are taken in linear light, where blur moves no border, along the difference between
    both ends of the line; the border is the centre of the steepest change.
    """
    step_px = max(0.5, reach_px / 16)
    steps = np.arange(-reach_px, reach_px + step_px / 2, step_px)
    colours = _read(pixels, places_px, normals, steps, soft_px=0.5 * step_px if step_px > 1 else 0)
    colours = _averaged(colours, cyclic=cyclic)
    third = len(steps) // 3
    inner, outer = np.median(colours[:, :third], axis=1), np.median(colours[:, -third:], axis=1)
    difference = outer - inner
    size = np.linalg.norm(difference, axis=1)
    contrast = size / np.maximum(
        np.linalg.norm(inner, axis=1) + np.linalg.norm(outer, axis=1), 0.02
    )
    direction = difference / np.maximum(size, 1e-9)[:, None]
    profiles = np.einsum("nsc,nc->ns", colours, direction)
    offsets = _steepest(profiles, steps)
    return Crossings(np.where(contrast >= LEAST_CONTRAST, offsets, np.nan), contrast)


def _read(
    pixels: Pixels, places: Floats, normals: Floats, steps: Floats, *, soft_px: float
) -> Floats:
    """Linear colours (N, steps, 3); NaN outside the photo."""
    import cv2

    x = (places[:, :1] + normals[:, :1] * steps).astype(np.float32)
    y = (places[:, 1:] + normals[:, 1:] * steps).astype(np.float32)
    height, width = pixels.shape[:2]
    margin = 3 + int(3 * soft_px)
    left, top = (int(np.clip(np.floor(low) - margin, 0, None)) for low in (x.min(), y.min()))
    right, bottom = int(x.max()) + margin + 1, int(y.max()) + margin + 1
    crop = _LINEAR[pixels[top:bottom, left:right]]
    if crop.size == 0:
        return np.full((*x.shape, 3), np.nan)
    if soft_px > 0:
        crop = np.asarray(cv2.GaussianBlur(crop, (0, 0), soft_px), dtype=np.float32)
    read = cv2.remap(crop, x - left, y - top, cv2.INTER_LINEAR).astype(np.float64)
    read[(x < 0) | (y < 0) | (x > width - 1) | (y > height - 1)] = np.nan
    return np.asarray(read)


def _averaged(colours: Floats, *, cyclic: bool) -> Floats:
    from scipy.ndimage import uniform_filter1d

    mode = "wrap" if cyclic else "nearest"
    return np.asarray(uniform_filter1d(colours, NEIGHBOURS, axis=0, mode=mode))


def _steepest(profiles: Floats, steps: Floats) -> Floats:
    """The centre of the steepest rise of each profile, nearer ones before farther ones."""
    from scipy.ndimage import gaussian_filter1d

    smooth = gaussian_filter1d(profiles, 1.0, axis=1, mode="nearest")
    rise = np.diff(smooth, axis=1)
    middles = (steps[1:] + steps[:-1]) / 2
    near = 1 - 0.5 * np.abs(middles) / np.abs(middles).max()
    valid = np.isfinite(rise).all(axis=1)
    rise = np.where(valid[:, None], np.maximum(rise, 0.0), 0.0)
    rows = np.arange(len(rise))
    peak = (rise * near).argmax(axis=1)
    low = 0.3 * rise[rows, peak]
    inside = rise > np.maximum(low, 1e-12)[:, None]
    # Only the stretch around the peak that does not fall below: other borders are other things.
    place = np.arange(len(middles))
    last = np.where(~inside & (place[None] > peak[:, None]), place[None], len(middles)).min(axis=1)
    first = np.where(~inside & (place[None] < peak[:, None]), place[None], -1).max(axis=1)
    stretch = (place[None] > first[:, None]) & (place[None] < last[:, None])
    weight = np.where(stretch, rise - low[:, None], 0.0)
    total = weight.sum(axis=1)
    centre = (weight * middles).sum(axis=1) / np.maximum(total, 1e-12)
    at_end = (first < 0) | (last >= len(middles))
    return np.asarray(np.where((total > 1e-9) & valid & ~at_end, centre, np.nan))
