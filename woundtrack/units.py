"""The only unit conversions of the program; factors of one substance alone stand with its data."""

from types import MappingProxyType

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


_FACTORS = MappingProxyType(
    {
        "µg": ("mass", 1e-6), "mg": ("mass", 1e-3), "g": ("mass", 1.0), "kg": ("mass", 1e3),
        "mg/kg": ("mass of a kg", 1.0), "g/kg": ("mass of a kg", 1e3),
        "mg/m²": ("mass of a m²", 1.0), "g/m²": ("mass of a m²", 1e3),
        "mm": ("length", 1.0), "cm": ("length", MM_PER_CM),
        "mL": ("volume", 1.0), "L": ("volume", 1e3),
        "mL/kg": ("volume of a kg", 1.0), "L/kg": ("volume of a kg", 1e3),
        "mL/min": ("flow", 1.0), "L/min": ("flow", 1e3), "mL/h": ("flow", 1 / 60),
        "L/h": ("flow", 1e3 / 60),
        "µg/h": ("mass an hour", 1e-6), "mg/h": ("mass an hour", 1e-3),
        "min": ("time", 1.0), "h": ("time", 60.0), "s": ("time", 1 / 60),
        "ATA": ("pressure", 1.0), "bar": ("pressure", 1 / 1.01325),
        "kPa": ("pressure", 1 / 101.325),
        "IU": ("IU", 1.0), "mmol/L": ("mmol/L", 1.0), "%": ("%", 1.0),
    }
)  # fmt: skip
"""What each unit measures, and how many of that quantity's unit it is. Pressures are absolute."""
UNITS = tuple(_FACTORS)
"""Every unit that the program converts."""
_SPELLINGS = MappingProxyType(
    {
        **{unit.casefold(): unit for unit in _FACTORS},
        "mcg": "µg", "ug": "µg", "mcg/h": "µg/h", "ug/h": "µg/h", "cc": "mL", "gr": "g",
        "mg/m2": "mg/m²", "g/m2": "g/m²", "ui": "IU", "u.i.": "IU", "hour": "h", "hours": "h",
        "heures": "h", "heure": "h", "mn": "min", "minutes": "min",
    }
)  # fmt: skip


def unit_of(text: str) -> str:
    """The unit that a person wrote, as the program spells it; another text stays as written."""
    return _SPELLINGS.get(text.casefold().replace(" ", ""), text)


def is_convertible(unit: str, other: str) -> bool:
    """Whether two units measure the same quantity."""
    if unit in _FACTORS and other in _FACTORS:
        return _FACTORS[unit][0] == _FACTORS[other][0]
    return unit == other


def converted(value: float, *, from_unit: str, to_unit: str) -> float:
    """A value in another unit of the same quantity. ValueError where they measure two things."""
    if from_unit == to_unit:
        return value
    if not is_convertible(from_unit, to_unit):
        raise ValueError(f"{from_unit} is not {to_unit}")
    factor = _FACTORS[from_unit][1] / _FACTORS[to_unit][1]
    # Factors are decimal: without rounding, 25000 mg would be 25.000000000000004 g.
    return float(f"{value * factor:.12g}")
