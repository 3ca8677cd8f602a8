"""The forms of the invented patients: on their way from the first scores to the last."""

import math
from dataclasses import replace

from woundtrack.demo.shots import Traced
from woundtrack.demo.types import DemoLesion, DemoPatient
from woundtrack.instruments import bwat, push, revpwat
from woundtrack.instruments.forms import filled
from woundtrack.records import Assessment, LesionMeasurement, SizeMethod, Stored

CLOSED_SCORES = (0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1)
_SLOUGH, _ESCHAR, _NEW_SKIN, _GRANULATION = 3, 4, 1, 2
_VAS_OFF_MM = (3, -4, 2, 5, -2, 1)
"""A mark on a line is never at ten times the number: another scale."""


def between(ends: tuple[int, int], index: int, person: DemoPatient) -> int:
    """The score of a visit on the way from the first to the last."""
    return round(_on_the_way(ends, index, person))


def vas_mm(ends: tuple[int, int], index: int, person: DemoPatient) -> int | None:
    """Pain on a line of 100 mm, where this patient marks one."""
    if not person.vas:
        return None
    mark_mm = 10 * _on_the_way(ends, index, person) + _VAS_OFF_MM[index % len(_VAS_OFF_MM)]
    return min(100, max(0, round(mark_mm)))


def _on_the_way(ends: tuple[int, int], index: int, person: DemoPatient) -> float:
    share = index / max(len(person.weeks) - 1, 1)
    return ends[0] + (ends[1] - ends[0]) * share


def assessment(
    visit_id: int,
    lesion_id: int,
    shown: DemoLesion,
    person: DemoPatient,
    index: int,
    traced: Traced | None,
    measured: Stored[LesionMeasurement] | None,
) -> Assessment:
    """What was found of one lesion at one visit."""
    form = Assessment(
        visit_id,
        lesion_id,
        pain_nrs=between(shown.pain, index, person),
        pain_vas_mm=vas_mm(shown.pain, index, person),
        shape="irregular",
        confirmed=True,
    )
    if shown.lengths[index] == 0:
        form = replace(form, size_method=SizeMethod.CLOSED)
        form = filled(form, bwat.BWAT, CLOSED_SCORES)
        return filled(form, push.PUSH, (0, 0, 0))
    form = _sized(form, shown, index, traced, measured)
    return _scored(form, shown, person, index, traced)


def _sized(
    form: Assessment,
    shown: DemoLesion,
    index: int,
    traced: Traced | None,
    measured: Stored[LesionMeasurement] | None,
) -> Assessment:
    """By the outline, else by ruler; a photo without a scale is not measured."""
    if measured is not None:
        return replace(
            form,
            size_method=SizeMethod.TRACED,
            measurement_id=measured.id,
            measurement_revision=measured.revision,
        )
    if traced is not None:
        return form
    stretch = math.sqrt(shown.wound.aspect)
    across = 2 * shown.wound.radius_mm * (shown.lengths[index] or 0.0) / 10
    length_cm, width_cm = round(across * stretch, 1), round(across / stretch, 1)
    return replace(
        form,
        size_method=SizeMethod.BEDSIDE,
        length_cm=length_cm,
        width_cm=width_cm,
        head_to_toe_cm=length_cm,
        left_right_cm=width_cm,
    )


def _scored(
    form: Assessment, shown: DemoLesion, person: DemoPatient, index: int, traced: Traced | None
) -> Assessment:
    """All forms of this lesion; sizes are scored from what was measured at this visit."""
    scores = [
        between(ends, index, person) for ends in zip(shown.first_bwat, shown.last_bwat, strict=True)
    ]
    found = traced.measurement if traced else None
    sides_cm: tuple[float, float] | None = traced.sides_cm if traced else None
    extent_cm = (found.length_cm, found.width_cm) if found else None
    if form.length_cm is not None and form.width_cm is not None:
        extent_cm = sides_cm = (form.length_cm, form.width_cm)
    if extent_cm is not None:
        scores[0] = bwat.size_score(*extent_cm)
    form = filled(form, bwat.BWAT, scores, size_cm=extent_cm)
    area_score = push.area_score(*sides_cm) if sides_cm else None
    form = filled(form, push.PUSH, (area_score, *_push_rest(scores)), size_cm=sides_cm)
    if shown.revpwat is None or found is None:
        return form
    rest = (between(ends, index, person) for ends in zip(*shown.revpwat, strict=True))
    size = revpwat.size_score(found.area_cm2)
    return filled(form, revpwat.REVPWAT, (size, *rest))


def _push_rest(scores: list[int]) -> tuple[int, int]:
    """Exudate and the worst tissue, as whoever filled in these answers would have said."""
    kind = scores[bwat.BWAT.index("necrosis_type")]
    amount = scores[bwat.BWAT.index("exudate_amount")]
    tissue = _ESCHAR if kind >= 4 else _SLOUGH if kind > 1 else _GRANULATION
    return max(0, amount - 2), tissue
