"""Laboratory results as series: one unit each, and the figures made of several results.

Days are all that is known of when: of results of one analyte on one day each is a point of its
own series, and none goes into a product, for which of them belongs to which is not known.
"""

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from woundtrack.context.analytes import ANALYTES, OTHER, Analyte
from woundtrack.context.types import Comparator, LabResult
from woundtrack.errors import RecordError
from woundtrack.records import Stored
from woundtrack.words import N_, _

__all__ = [
    "ANALYTES", "GAPS", "LAB_SERIES", "OTHER", "ULN", "Analyte", "LabGap", "LabPoint", "LabSeries",
    "analyte_name", "in_unit", "lab_gaps", "lab_series", "series_keys_of", "series_named",
]  # fmt: skip

Labs = Iterable[Stored[LabResult]]

ULN = N_("× upper limit")
"""The unit of a value counted in its laboratory's own upper limits."""


@dataclass(frozen=True, slots=True)
class LabSeries:
    """What a series is called and its unit; both English, shown through `_`."""

    key: str
    title: str
    unit: str
    seen: str = ""
    """What the sources print of it: to be shown as theirs, never used as a limit."""
    source: str = ""


@dataclass(frozen=True, slots=True)
class LabPoint:
    """One value of a series on a day; `low` and `high` are the laboratory's own limits."""

    on: dt.date
    value: float
    unit: str
    low: float | None = None
    high: float | None = None
    comparator: Comparator = Comparator.EXACT
    """Other than exact, the value is only a bound: no mean, slope or line may use it as a point."""
    lab_id: int = 0
    """The result; of a product, its calcium."""


@dataclass(frozen=True, slots=True)
class LabGap:
    """A day on which a series has no value though there are results, and why: a key of `GAPS`."""

    on: dt.date
    reason: str
    lab_id: int = 0


GAPS: Mapping[str, str] = MappingProxyType(
    {
        "unit": N_("Its unit cannot be converted."),
        "upper_limit": N_("The laboratory’s upper limit is missing."),
        "calcium": N_("There is no such calcium of the same day."),
        "phosphate": N_("There is no phosphate of the same day."),
        "several": N_("There are several results on this day: which belong together is not known."),
        "bounds": N_("One value lies below, the other above a limit: their product is not known."),
    }
)
"""Why a day has no value, by reason."""

_TITLES = {
    "calcium_total": N_("Calcium × phosphate"),
    "calcium_corrected": N_("Corrected calcium × phosphate"),
}
_PRODUCTS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "ca_p_si": ("calcium_total", "mmol/L", "mmol²/L²"),
        "ca_p_mass": ("calcium_total", "mg/dL", "mg²/dL²"),
        "ca_p_corrected_si": ("calcium_corrected", "mmol/L", "mmol²/L²"),
        "ca_p_corrected_mass": ("calcium_corrected", "mg/dL", "mg²/dL²"),
    }
)
"""Which calcium a product takes, the unit of its factors, and its own.

The sources print limits of the product and do not say of which calcium, so both are offered and
never mixed; a calcium that the laboratory did not correct itself is not corrected here. The
units differ by 4.008 × 3.097 = 12.41.
"""
_OF_LIMIT = "pth_uln"

_PRODUCT_SEEN = N_(
    "CARI: below 4.0 mmol²/L². KDOQI in adolescents: below 55 mg²/dL² (4.43 mmol²/L²). Risk in "
    "Weenig 2007: above 70 mg²/dL² (5.64 mmol²/L²). KDIGO prefers each value by itself."
)
_PRODUCT_SOURCE = "CARI; KDOQI; Weenig 2007; KDIGO"

LAB_SERIES: Mapping[str, LabSeries] = MappingProxyType(
    {
        **{
            each.key: LabSeries(each.key, each.name, each.unit, each.seen, each.source)
            for each in ANALYTES.values()
            if each.key != OTHER
        },
        **{
            key: LabSeries(key, _TITLES[calcium], unit, _PRODUCT_SEEN, _PRODUCT_SOURCE)
            for key, (calcium, _factor_unit, unit) in _PRODUCTS.items()
        },
        _OF_LIMIT: LabSeries(
            _OF_LIMIT,
            ANALYTES["pth"].name,
            ULN,
            N_("KDIGO: 2 to 9 times the laboratory’s upper limit."),
            "KDIGO (PMC3705332)",
        ),
    }
)
"""Every series but those of results that the clinic named itself, in the order of a list."""


def analyte_name(result: LabResult) -> str:
    """What was measured, in the language in force; a name the clinic gave stays as written."""
    known = ANALYTES.get(result.analyte)
    if known is None or known.key == OTHER:
        return result.name.strip() or result.analyte
    return _(known.name)


def in_unit(result: LabResult, unit: str) -> float:
    """A result's value in another unit of its analyte. RecordError record.unit_does_not_fit."""
    return _converted(result, result.value, unit)


def lab_series(labs: Labs, key: str) -> tuple[LabPoint, ...]:
    """The points of a series in the order of their days; none where the key is not known.

    Results are in the analyte's own unit; `ca_p_…` are products of one day's calcium and
    phosphate; `pth_uln` is parathyroid hormone over its laboratory's own upper limit. What is
    left out, and why, is told by `lab_gaps`.
    """
    return _told(labs, key)[0]


def lab_gaps(labs: Labs, key: str) -> tuple[LabGap, ...]:
    """The days on which a series has results but no value, with the reason."""
    return _told(labs, key)[1]


def series_keys_of(labs: Labs) -> tuple[str, ...]:
    """The keys of every series that has a point: those of `LAB_SERIES` first, in their order."""
    labs = tuple(labs)
    known = [key for key in LAB_SERIES if lab_series(labs, key)]
    free = {_free_key(lab.value): None for lab in labs if lab.value.analyte not in LAB_SERIES}
    return (*known, *free)


def series_named(labs: Labs, key: str) -> LabSeries | None:
    """A series with its words in the language in force; None where there is none."""
    if key in LAB_SERIES:
        series = LAB_SERIES[key]
        seen = _(series.seen) if series.seen else ""
        return LabSeries(key, _(series.title), _(series.unit), seen, series.source)
    for lab in labs:
        if lab.value.analyte not in LAB_SERIES and _free_key(lab.value) == key:
            return LabSeries(key, analyte_name(lab.value), lab.value.unit)
    return None


def _told(labs: Labs, key: str) -> tuple[tuple[LabPoint, ...], tuple[LabGap, ...]]:
    made: list[LabPoint | LabGap]
    if key in _PRODUCTS:
        made = _products(tuple(labs), key)
    elif key == _OF_LIMIT:
        made = [_of_upper_limit(lab) for lab in _of(labs, "pth")]
    elif key in LAB_SERIES:
        made = [_point(lab, LAB_SERIES[key].unit) for lab in _of(labs, key)]
    else:
        free = [lab for lab in labs if lab.value.analyte not in LAB_SERIES]
        made = [_point(lab, lab.value.unit) for lab in _sorted(free) if _free_key(lab.value) == key]
    points = tuple(each for each in made if isinstance(each, LabPoint))
    return points, tuple(each for each in made if isinstance(each, LabGap))


def _of(labs: Labs, analyte: str) -> list[Stored[LabResult]]:
    return _sorted(lab for lab in labs if lab.value.analyte == analyte)


def _sorted(labs: Labs) -> list[Stored[LabResult]]:
    return sorted(labs, key=lambda lab: (lab.value.on, lab.id))


def _free_key(result: LabResult) -> str:
    """The series of a value that the clinic named: its name and unit, however they are spaced."""
    name = " ".join((result.name or result.analyte).casefold().split())
    return f"{OTHER}:{result.unit.strip()}:{name}"


def _point(lab: Stored[LabResult], unit: str) -> LabPoint | LabGap:
    result = lab.value
    try:
        value, low, high = (
            None if each is None else _converted(result, each, unit)
            for each in (result.value, result.lower_limit, result.upper_limit)
        )
    except RecordError:
        return LabGap(result.on, "unit", lab.id)
    assert value is not None
    return LabPoint(result.on, value, unit, low, high, result.comparator, lab.id)


def _of_upper_limit(lab: Stored[LabResult]) -> LabPoint | LabGap:
    result = lab.value
    limit = result.upper_limit
    if limit is None or not limit > 0:
        return LabGap(result.on, "upper_limit", lab.id)
    low = None if result.lower_limit is None else result.lower_limit / limit
    value = result.value / limit
    return LabPoint(result.on, value, ULN, low, 1.0, result.comparator, lab.id)


def _products(labs: tuple[Stored[LabResult], ...], key: str) -> list[LabPoint | LabGap]:
    calcium, factor_unit, unit = _PRODUCTS[key]
    of_day: dict[dt.date, tuple[list[LabPoint | LabGap], list[LabPoint | LabGap]]] = {}
    for place, analyte in enumerate((calcium, "phosphate")):
        for lab in _of(labs, analyte):
            both = of_day.setdefault(lab.value.on, ([], []))
            both[place].append(_point(lab, factor_unit))
    return [_product(on, *of_day[on], unit=unit) for on in sorted(of_day)]


def _product(
    on: dt.date,
    calcium: list[LabPoint | LabGap],
    phosphate: list[LabPoint | LabGap],
    *,
    unit: str,
) -> LabPoint | LabGap:
    named = (calcium or phosphate)[0].lab_id
    if not calcium or not phosphate:
        return LabGap(on, "phosphate" if calcium else "calcium", named)
    if len(calcium) > 1 or len(phosphate) > 1:
        return LabGap(on, "several", named)
    one, other = calcium[0], phosphate[0]
    if isinstance(one, LabGap) or isinstance(other, LabGap):
        return LabGap(on, "unit", named)
    bounds = {one.comparator, other.comparator} - {Comparator.EXACT}
    if len(bounds) > 1:
        return LabGap(on, "bounds", named)
    # Both factors are positive, so a bound of one is a bound of the product on the same side.
    comparator = bounds.pop() if bounds else Comparator.EXACT
    return LabPoint(on, one.value * other.value, unit, None, None, comparator, one.lab_id)


def _converted(result: LabResult, value: float, unit: str) -> float:
    if result.unit == unit:
        return value
    known = ANALYTES.get(result.analyte)
    units = known.units if known and known.key != OTHER else {}
    if result.unit not in units or unit not in units or not math.isfinite(value):
        raise RecordError("record.unit_does_not_fit", typed=result.unit, unit=unit)
    # Factors are decimal: without rounding, 3.2 g/dL would be 32.00000000000001 g/L.
    return float(f"{value * units[result.unit] / units[unit]:.12g}")
