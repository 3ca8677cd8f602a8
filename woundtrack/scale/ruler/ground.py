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
CHROMA_PART = (0.3, 0.85)
"""What is clear takes this part of the chroma from what lies below it."""
GAMMA, MOST_PART = 2.2, 0.95
CREAM_PART, WHITEST = 0.45, 0.93
"""Cream paper may have the hue of skin, and up to this part of its chroma; but by itself it gives
as much light as white, and what is clear does not."""


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


def _colour(pixels: Pixels, places: Floats) -> Floats | None:
    """The usual colour (3,), BGR up to 1, at some places; None where few are in the photo."""
    at = np.rint(places).astype(np.intp)
    height, width = pixels.shape[:2]
    inside = ((at >= 0) & (at < np.array([width, height]))).all(axis=1)
    if int(inside.sum()) < LEAST_SEEN:
        return None
    colour: Floats = np.median(pixels[at[inside, 1], at[inside, 0]], axis=0) / 255
    return colour


def _through(own: Floats, ground: Floats) -> bool:
    """Is a colour that of the ground with some white over it, of the same hue but paler?"""
    over, below = _chroma(own), _chroma(ground)
    part = over / below if abs(below) > LEAST_CHROMA else 0j
    low, high = CHROMA_PART
    if not (low < abs(part) < high and abs(np.degrees(np.angle(part))) < MOST_TURN_DEG):
        return False
    return abs(part) > CREAM_PART or _white(own, ground) < WHITEST


def _chroma(colour: Floats) -> complex:
    """a* + i·b* of CIELAB."""
    _, a, b = cv2.cvtColor(colour.astype(np.float32).reshape(1, 1, 3), cv2.COLOR_BGR2LAB)[0, 0]
    return complex(a, b)


def _white(own: Floats, ground: Floats) -> float:
    """How much light, 1 for white, what lies over the ground gives by itself if it is grey.

    own = p · ground + (1 − p) · white in each linear channel; p is told by what differs between
    these, which white does not.
    """
    light, below = own**GAMMA, ground**GAMMA
    spread = below - below.mean()
    part = float((light - light.mean()) @ spread / max(float(spread @ spread), 1e-9))
    part = min(max(part, 0.0), MOST_PART)
    return float((light - part * below).mean() / (1 - part))
