"""Whether graduations are printed on something clear, as on the barrel of a syringe."""

import cv2
import numpy as np
from numpy.typing import NDArray

from woundtrack.photo.types import Pixels
from woundtrack.scale.ruler.edge import Edge

Floats = NDArray[np.float64]

BESIDE_LENGTHS = (-1.5, 5.0)
"""Where what it lies on is looked at, in lengths of the longest graduations from their base."""
LEAST_SEEN = 6
LEAST_CHROMA, MOST_TURN_DEG = 5.0, 15.0
"""Of what it lies on, in CIELAB; how far the hue between the graduations may be off it."""
CHROMA_PART = (0.2, 0.85)
"""What is clear takes this part of the chroma from what lies below it."""


def is_clear(pixels: Pixels, edge: Edge) -> bool:
    """Does the ground on one side or the other show through between the graduations?"""
    step = np.gradient(edge.base_px, axis=0) / np.gradient(edge.number.astype(np.float64))[:, None]
    stroke = edge.tip_px - edge.base_px
    outward = stroke / np.maximum(np.linalg.norm(stroke, axis=1), 1e-6)[:, None] * edge.pitch_px
    between = edge.base_px + 0.5 * step
    longest = float(np.percentile(edge.length, 95))
    own = _colour(pixels, between + 0.5 * float(np.percentile(edge.length, 25)) * outward)
    sides = [_colour(pixels, between + part * longest * outward) for part in BESIDE_LENGTHS]
    return own is not None and any(_through(own, side) for side in sides if side is not None)


def _colour(pixels: Pixels, places: Floats) -> complex | None:
    """The usual colour at some places: a* + i·b* of CIELAB; None where few are in the photo."""
    at = np.rint(places).astype(np.intp)
    height, width = pixels.shape[:2]
    inside = ((at >= 0) & (at < np.array([width, height]))).all(axis=1)
    if int(inside.sum()) < LEAST_SEEN:
        return None
    colour = np.median(pixels[at[inside, 1], at[inside, 0]], axis=0)
    one = (colour / 255).astype(np.float32).reshape(1, 1, 3)
    _, a, b = cv2.cvtColor(one, cv2.COLOR_BGR2LAB)[0, 0].tolist()
    return complex(a, b)


def _through(own: complex, ground: complex) -> bool:
    part = own / ground if abs(ground) > LEAST_CHROMA else 0j
    low, high = CHROMA_PART
    return low < abs(part) < high and abs(np.degrees(np.angle(part))) < MOST_TURN_DEG
