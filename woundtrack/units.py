"""The only unit conversions of the program."""

MM_PER_CM = 10.0
MM_PER_INCH = 25.4
POINTS_PER_MM = 72.0 / MM_PER_INCH
DAYS_PER_WEEK = 7.0


def cm2_from_mm2(area_mm2: float) -> float:
    """Square centimetres from square millimetres."""
    return area_mm2 / 100.0


def cm_from_mm(length_mm: float) -> float:
    """Centimetres from millimetres."""
    return length_mm / MM_PER_CM


def points_from_mm(length_mm: float) -> float:
    """Typographic points (1/72 inch) from millimetres."""
    return length_mm * POINTS_PER_MM
