"""Where a border between two colours lies, to a small part of a pixel, along lines across it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from woundtrack.photo.types import Pixels

Floats = NDArray[np.float64]

LEAST_CONTRAST = 0.04
"""Of the two colours' difference over their sum, in linear light, below which nothing is seen."""
FOOT = 0.3
"""Of the steepest change: where a border begins and ends."""
SMOOTH = 1.0
"""Sd in samples of the smoothing along a line."""
NEIGHBOURS = 3
"""Profiles side by side that are averaged against noise."""
_STORED = (np.arange(256) / 255.0).astype(np.float32)
_LINEAR = ((np.arange(256) / 255.0) ** 2.2).astype(np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Crossings:
    """Along each line (N,): where a border crosses it; NaN where none is seen."""

    offset_px: Floats
    """From the line's middle."""
    contrast: Floats
    """Of both sides' colours: their difference over their sum."""
    softness_px: Floats
    """Over how many px the colour changes."""


def find_crossings(
    pixels: Pixels, places_px: Floats, normals: Floats, *, reach_px: float, cyclic: bool
) -> Crossings:
    """The borders across lines of ± `reach_px` along unit normals (N, 2) through places (N, 2).

    Colours are taken in linear light, where blur moves no border; the border is the centre of the
    steepest change, nearer ones before farther ones.
    """
    from scipy.ndimage import gaussian_filter1d, uniform_filter1d

    step_px = max(0.5, reach_px / 16)
    steps = np.arange(-reach_px, reach_px + step_px / 2, step_px)
    colours = read_lines(pixels, places_px, normals, steps, linear=True)
    mode = "wrap" if cyclic else "nearest"
    colours = uniform_filter1d(colours, NEIGHBOURS, axis=0, mode=mode)
    colours = gaussian_filter1d(colours, SMOOTH, axis=1, mode="nearest")
    change = np.linalg.norm(np.diff(colours, axis=1), axis=2)
    change[~np.isfinite(change).all(axis=1)] = 0.0
    first, last, low = _steepest(change)
    place = np.arange(change.shape[1])
    stretch = (place > first[:, None]) & (place < last[:, None])
    weight = np.where(stretch, change - low[:, None], 0.0)
    middles = (steps[1:] + steps[:-1]) / 2
    offset_px = weight @ middles / np.maximum(weight.sum(axis=1), 1e-12)
    softness_px = np.asarray((last - first - 1) * step_px, dtype=np.float64)
    rows = np.arange(len(change))
    inner, outer = colours[rows, np.maximum(first, 0)], colours[rows, last]
    both = np.linalg.norm(inner, axis=1) + np.linalg.norm(outer, axis=1)
    contrast = np.nan_to_num(np.linalg.norm(outer - inner, axis=1) / np.maximum(both, 0.02))
    whole = (first >= 0) & (last < change.shape[1]) & (contrast >= LEAST_CONTRAST)
    return Crossings(np.where(whole, offset_px, np.nan), contrast, softness_px)


def _steepest(change: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp], Floats]:
    """Before and behind the steepest change of each line, and the level it falls to there."""
    count = change.shape[1]
    place = np.arange(count)
    near = 1 - 0.5 * np.abs(place - (count - 1) / 2) / count * 2
    peak = (change * near).argmax(axis=1)[:, None]
    low = FOOT * np.take_along_axis(change, peak, axis=1)
    # Only the stretch round the peak that does not fall below: other borders are other things.
    below = change <= np.maximum(low, 1e-12)
    first = np.where(below & (place < peak), place, -1).max(axis=1)
    last = np.where(below & (place > peak), place, count).min(axis=1)
    return first, last, low[:, 0]


def read_lines(
    pixels: Pixels, places: Floats, normals: Floats, steps: Floats, *, linear: bool
) -> Floats:
    """Colours (N, steps, 3) along normals through places, in linear light or as stored.

    Steps are in px; NaN outside the photo.
    """
    import cv2

    apart_px = float(steps[1] - steps[0])
    soft_px = 0.5 * apart_px if apart_px > 1 else 0.0

    x = (places[:, :1] + normals[:, :1] * steps).astype(np.float32)
    y = (places[:, 1:] + normals[:, 1:] * steps).astype(np.float32)
    height, width = pixels.shape[:2]
    margin = 3 + int(3 * soft_px)
    left, top = (int(np.clip(np.floor(low) - margin, 0, None)) for low in (x.min(), y.min()))
    right, bottom = int(x.max()) + margin + 1, int(y.max()) + margin + 1
    crop = (_LINEAR if linear else _STORED)[pixels[top:bottom, left:right]]
    if crop.size == 0:
        return np.full((*x.shape, 3), np.nan)
    if soft_px > 0:
        crop = np.asarray(cv2.GaussianBlur(crop, (0, 0), soft_px), dtype=np.float32)
    read = cv2.remap(crop, x - left, y - top, cv2.INTER_LINEAR).astype(np.float64)
    read[(x < 0) | (y < 0) | (x > width - 1) | (y > height - 1)] = np.nan
    return np.asarray(read)
