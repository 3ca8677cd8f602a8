"""The tables of visits, of what was found of each lesion, and of scores."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from types import MappingProxyType
from typing import TypeVar

from woundtrack.errors import OutlineError
from woundtrack.export.case import Case
from woundtrack.export.people_tables import ASKED, WHOSE, lesion_number
from woundtrack.export.types import Column, Kind, Table, code, column, day, key, number, text
from woundtrack.healing.series import Point
from woundtrack.instruments.bwat import SHAPES
from woundtrack.instruments.forms import INSTRUMENTS, PARTS, form_of
from woundtrack.instruments.infection import SIGNS
from woundtrack.instruments.types import Instrument, Item
from woundtrack.measure.types import Measurement
from woundtrack.outline.tissue.types import NAMES, Tissue
from woundtrack.records import (
    Assessment,
    PhotoOutline,
    Stored,
)
from woundtrack.report.labels import SIZE_METHODS
from woundtrack.scale.told import METHOD_NAMES
from woundtrack.scale.types import Scale
from woundtrack.words import N_

T = TypeVar("T")

_SIGNS = MappingProxyType(dict(SIGNS))
_BY = {"network": N_("proposed by a network"), "person": N_("painted by a person")}


@dataclass(frozen=True, slots=True)
class Assessed:
    """What was found of a lesion at a visit, and its point of the lesion's series."""

    stored: Stored[Assessment]
    point: Point

    @property
    def value(self) -> Assessment:
        """The assessment."""
        return self.stored.value


@dataclass(frozen=True, slots=True)
class Measured(Assessed):
    """The same with what made its size, as far as that is still as it was then."""

    scale: Scale | None = None
    outline: PhotoOutline | None = None
    tissues: Mapping[Tissue, float] = field(default_factory=dict)
    """Each tissue's part of the wound bed; nothing where there is no map or it has gaps."""


def assessed(case: Case) -> Iterator[Assessed]:
    """Every confirmed assessment, in the order of the visits' days."""
    points = chain.from_iterable(series.points for series in case.series.values())
    point_of = {point.assessment_id: point for point in points}
    for stored in case.history.assessments:
        if stored.id in point_of:
            yield Assessed(stored, point_of[stored.id])


def measured(case: Case) -> Iterator[Measured]:
    """The same, with what made the sizes."""
    for each in assessed(case):
        found = case.measurements.get(each.value.measurement_id or 0)
        if found is None or each.point.measurement is None:
            yield Measured(each.stored, each.point)
            continue
        made = found.value
        scale = _same(case.scales.get(made.scale_id), made.scale_revision)
        outline = _same(case.outlines.get(made.outline_id), made.outline_revision)
        in_force = scale.scale if scale else None
        yield Measured(each.stored, each.point, in_force, outline, _tissues(outline, in_force))


def _same(stored: Stored[T] | None, revision: int) -> T | None:
    """The record where it is still the revision that was measured."""
    return stored.value if stored is not None and stored.revision == revision else None


def _tissues(outline: PhotoOutline | None, scale: Scale | None) -> Mapping[Tissue, float]:
    if outline is None or outline.tissue is None or scale is None:
        return {}
    from woundtrack.outline.tissue.fractions import fractions

    try:
        parts = fractions(outline.tissue, outline.outline, scale)
    except OutlineError:
        return {}
    return {part.tissue: part.fraction for part in parts}


def _visit_number(case: Case, row: Assessed) -> int:
    return case.visit_numbers[row.value.visit_id]


_WHERE = (
    WHOSE,
    number("visit", N_("Number of the visit in the table of visits"), _visit_number),
    day("visit", N_("Day of the visit"), lambda _case, row: row.point.on),
    lesion_number(),
)


def _count(case: Case, row: Stored[object], *, of: str) -> int:
    return sum(each.value.visit_id == row.id for each in getattr(case.history, of))


VISITS = Table(
    "visits",
    N_("One row a confirmed visit."),
    lambda case: case.history.visits,
    (
        WHOSE,
        number("visit", ASKED, lambda case, row: case.visit_numbers[row.id]),
        day("visit", N_("Day of the visit"), "on"),
        number("general_pain_nrs", N_("General pain, as a number from 0 to 10"),
               "general_pain_nrs"),
        number("general_pain_vas_mm", N_("General pain, on a line of 100 mm"),
               "general_pain_vas_mm", "mm"),
        number("wound_qol_items", N_("Wound-QoL: how many questions it had"),
               lambda _case, row: row.value.wound_qol and row.value.wound_qol.items),
        number("wound_qol_mean", N_("Wound-QoL: mean, 0 (best) to 4"),
               lambda _case, row: row.value.wound_qol and row.value.wound_qol.mean),
        number("photos", N_("How many photos the visit has"),
               lambda case, row: _count(case, row, of="photos")),
        number("lesions", N_("How many lesions were assessed"),
               lambda case, row: _count(case, row, of="assessments")),
        text("note", N_("Note"), "note"),
    ),
)  # fmt: skip


def _measured(name: str, meaning: str, of_measurement: str, unit: str) -> Column:
    def of(_case: Case, row: Assessed) -> object:
        sized: Measurement | None = row.point.measurement
        return getattr(sized, of_measurement) if sized else None

    return number(name, meaning, of, unit, decimals=4)


def _undermining(_case: Case, row: Assessed) -> str:
    return "; ".join(
        f"{each.depth_cm:g} cm {each.from_hour}-{each.to_hour} h" for each in row.value.undermining
    )


def _tunnels(_case: Case, row: Assessed) -> str:
    return "; ".join(f"{each.length_cm:g} cm {each.hour} h" for each in row.value.tunnels)


def _of_scale(name: str) -> Callable[[Case, Measured], object]:
    return lambda _case, row: getattr(row.scale, name) if row.scale else None


def _of_point(name: str) -> Callable[[Case, Assessed], object]:
    return lambda _case, row: getattr(row.point, name)


def _painted_by(_case: Case, row: Measured) -> str | None:
    painted = row.outline.tissue if row.outline and row.tissues else None
    return ("person" if painted.repainted else "network") if painted else None


def _tissue(tissue: Tissue) -> Column:
    def percent(_case: Case, row: Measured) -> float | None:
        part = row.tissues.get(tissue)
        return None if part is None else 100 * part

    name = f"bed_{tissue.name.lower()}_percent"
    return number(name, NAMES[tissue], percent, "%", decimals=2, of_what=N_("Wound bed"))


def _signs(_case: Case, row: Measured) -> str:
    return " ".join(sign for sign in row.value.infection_signs if sign in _SIGNS)


MEASUREMENTS = Table(
    "measurements",
    N_("One row a lesion and confirmed visit: its size, how that was taken, and what was seen."),
    measured,
    (
        *_WHERE,
        key("size_method", N_("How the size was taken; no percentage is taken across methods"),
            _of_point("method"), SIZE_METHODS),
        number("area_cm2", N_("Area, traced on a photo; 0 where closed, by definition"),
               _of_point("area_cm2"), "cm²", decimals=4),
        number("area_sd_cm2", N_("One standard deviation of the area, without tracing again"),
               lambda _case, row: row.point.area_cm2_sd if row.point.measurement else None,
               "cm²", decimals=4),
        number("retrace_relative_sd",
               N_("One standard deviation between two people’s tracings, as a part of the area"),
               _of_point("retrace_relative_sd"), decimals=4),
        _measured("perimeter_cm", N_("Perimeter, traced"), "perimeter_cm", "cm"),
        _measured("length_cm", N_("Greatest length, traced"), "length_cm", "cm"),
        _measured("width_cm", N_("Greatest width across the length, traced"), "width_cm", "cm"),
        number("ruler_length_cm", N_("Longest length, by ruler on the patient"), "length_cm", "cm"),
        number("ruler_width_cm", N_("Greatest width across it, by ruler on the patient"),
               "width_cm", "cm"),
        number("ruler_product_cm2",
               N_("Length × width by ruler, where that is the visit’s size; no area"),
               _of_point("product_cm2"), "cm²", decimals=4),
        number("head_to_toe_cm", N_("Greatest extent towards the head, by ruler"),
               "head_to_toe_cm", "cm"),
        number("left_right_cm", N_("Greatest extent across it, by ruler"), "left_right_cm", "cm"),
        number("depth_cm", N_("Depth, by probe"), "depth_cm", "cm"),
        code("undermining", N_("Undermining: depth, from and to which clock hour"), _undermining),
        code("tunnels", N_("Tunnels: length and clock hour"), _tunnels),
        key("scale_method", N_("What gave the photo its scale"), _of_scale("method"),
            METHOD_NAMES),
        number("scale_relative_sd", N_("One standard deviation of a length at the reference"),
               _of_scale("relative_sd"), decimals=5),
        number("tilt_deg", N_("Tilt of the camera"), _of_scale("tilt_deg"), "°", decimals=1),
        code("measure_method_version", N_("Version of the method that measured"),
             lambda _case, row: row.point.measurement and row.point.measurement.method_version),
        key("bed_by", N_("Who drew the tissues of the wound bed"), _painted_by, _BY),
        *(_tissue(tissue) for tissue in Tissue),
        key("shape", N_("Shape"), "shape", dict(SHAPES)),
        code("infection_signs", N_("Signs of infection that were ticked"), _signs, values=_SIGNS),
        text("dressing", N_("Dressing"), "dressing"),
        text("note", N_("Note"), "note"),
        number("revision", N_("Revision of the assessment that stands here"),
               lambda _case, row: row.stored.revision),
        column(Kind.MOMENT, "recorded_utc", N_("When that revision was made, UTC"),
               lambda _case, row: row.stored.at_utc),
    ),
)  # fmt: skip


def _total(instrument: Instrument) -> Column:
    meaning = N_("Total, {least} to {most}; empty while an item is unanswered")
    return number(
        f"{instrument.key}_total", meaning, _of_point(instrument.key), of_what=instrument.short,
        fields=MappingProxyType({"least": instrument.minimum, "most": instrument.maximum}),
    )  # fmt: skip


def _item(instrument: Instrument, place: int, item: Item) -> Column:
    def score(_case: Case, row: Assessed) -> int | None:
        return form_of(row.value, instrument).scores[place]

    labels = MappingProxyType({str(option.score): option.label for option in item.options})
    name = f"{instrument.key}_{place + 1}_{item.key}"
    return number(name, item.label, score, values=labels, of_what=instrument.short)


SCORES = Table(
    "scores",
    N_("One row a lesion and confirmed visit: pain and instruments, item by item."),
    assessed,
    (
        *_WHERE,
        number("pain_nrs", N_("Pain of the wound, as a number from 0 to 10"), "pain_nrs"),
        number("pain_vas_mm", N_("Pain of the wound, on a line of 100 mm"), "pain_vas_mm", "mm"),
        *(_total(instrument) for instrument in (*INSTRUMENTS, *PARTS)),
        *(_item(instrument, place, item)
          for instrument in INSTRUMENTS for place, item in enumerate(instrument.items)),
    ),
)  # fmt: skip
