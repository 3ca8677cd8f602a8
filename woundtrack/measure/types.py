"""What was measured, with its doubt."""

from dataclasses import dataclass
from typing import TypeAlias

SegmentPx: TypeAlias = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Measurement:
    """The measures of one outline under one scale. Fields named `_sd` are one sd."""

    area_cm2: float
    area_cm2_sd: float
    perimeter_cm: float
    length_cm: float
    """Greatest distance between two points of the outline."""
    width_cm: float
    """Greatest extent perpendicular to the length."""
    length_px: SegmentPx
    """Where the length runs, to be drawn over the photo."""
    width_px: SegmentPx
    method_version: str = "1"
