"""What is said of a place of the chart, in the language in force."""

import datetime as dt
from collections.abc import Sequence

from woundtrack.context.analgesics import OME_GAPS, OmeStep, drug_name, ome_of
from woundtrack.context.events import event_days
from woundtrack.context.labs import LabPoint
from woundtrack.context.types import AnalgesicUse, ClinicalEvent
from woundtrack.healing.series import Point
from woundtrack.records import SizeMethod, TherapyCourse
from woundtrack.therapy.catalogue import frequency_name, unit_name
from woundtrack.therapy.course import active_on, dose_on, frequency_on, period_text, therapy_name
from woundtrack.therapy.session import plain_number, session_text
from woundtrack.therapy.types import TherapySession
from woundtrack.words import _, area, date, labelled, length, number, percent, with_unit


def titled(on: dt.date, what: str) -> str:
    """A day and what it is."""
    return _("{date} · {what}").format(date=date(on), what=what)


def point_title(point: Point, *, label: str) -> str:
    """Day and lesion."""
    return _("{date} · lesion {label}").format(date=date(point.on), label=label)


def point_lines(
    point: Point, *, courses: Sequence[TherapyCourse], percent_of_first: float | None = None
) -> tuple[str, ...]:
    """Size, scores and the therapies of the day, a line each."""
    lines = [size_text(point)]
    if percent_of_first is not None:
        lines.append(_("{share} of the first").format(share=percent(percent_of_first / 100)))
    if point.method is SizeMethod.TRACED and point.length_cm and point.width_cm:
        lines.append(_("Length × width {size}").format(size=product_text(point)))
    if point.bwat is not None:
        lines.append(_("BWAT {total}").format(total=number(point.bwat, decimals=0)))
    if point.bwat_cua is not None:
        lines.append(_("BWAT-CUA {total}").format(total=number(point.bwat_cua, decimals=0)))
    if point.push is not None:
        lines.append(_("PUSH {total}").format(total=number(point.push, decimals=0)))
    if point.revpwat is not None:
        lines.append(_("revPWAT {total}").format(total=number(point.revpwat, decimals=0)))
    if point.pain_nrs is not None:
        lines.append(_("Pain {score} of 10").format(score=point.pain_nrs))
    if point.pain_vas_mm is not None:
        lines.append(_("Pain {length} of 100 mm").format(length=point.pain_vas_mm))
    lines += [therapy_name(course) for course in courses if active_on(course, day=point.on)]
    return tuple(lines)


def size_text(point: Point) -> str:
    """The size at a visit in its own method's words."""
    if point.method is SizeMethod.TRACED and point.area_cm2 is not None:
        return area(point.area_cm2, point.area_cm2_sd)
    if point.method is SizeMethod.BEDSIDE:
        return _("Bedside {size}").format(size=product_text(point))
    return _("Closed") if point.method is SizeMethod.CLOSED else _("Not measured")


def product_text(point: Point) -> str:
    """Length × width: "5.1 × 3.2 cm"."""
    return f"{number(point.length_cm or 0.0)} × {length(point.width_cm or 0.0)}"


def course_lines(
    course: TherapyCourse, *, on: dt.date, sessions: Sequence[TherapySession]
) -> tuple[str, ...]:
    """The dose of the day, when the course ran, and the day's sessions with what was noted."""
    dose, unit = dose_on(course, day=on)
    amount = "" if dose is None else f"{plain_number(dose)} {unit_name(unit)}".strip()
    often = frequency_name(frequency_on(course, day=on))
    given = ", ".join(part for part in (amount, often) if part)
    lines = [given, period_text(course)] if given else [period_text(course)]
    for session in sessions:
        noted = session_text(session)
        lines.append(labelled(_("Session"), noted) if noted else _("Session"))
    return tuple(lines)


def event_lines(event: ClinicalEvent, *, of: str, course: TherapyCourse | None) -> tuple[str, ...]:
    """When it was, which lesion it concerns, and the therapy it was put down to."""
    lines = [event_days(event)]
    if of:
        lines.append(_("Lesion {label}").format(label=of))
    if course is not None:
        lines.append(_("Put down to {therapy}").format(therapy=therapy_name(course)))
    return tuple(lines)


def lab_lines(point: LabPoint) -> tuple[str, ...]:
    """The value with its unit, and the laboratory's own range."""
    shown = with_unit(figure(point.value), point.unit).strip()
    lines = [f"{point.comparator.value} {shown}".strip()]
    if point.low is not None and point.high is not None:
        text = _("Laboratory’s range {low} to {high}")
        lines.append(text.format(low=figure(point.low), high=figure(point.high)))
    elif point.high is not None:
        lines.append(_("Laboratory’s upper limit {high}").format(high=figure(point.high)))
    elif point.low is not None:
        lines.append(_("Laboratory’s lower limit {low}").format(low=figure(point.low)))
    return tuple(lines)


def ome_lines(step: OmeStep, *, uses: Sequence[AnalgesicUse]) -> tuple[str, ...]:
    """The total of the day, then each analgesic and why it has no equivalent, where it has none."""
    if step.ome.mg is None:
        lines = [_("Oral morphine equivalents incomplete")]
    else:
        total = with_unit(figure(step.ome.mg), "mg")
        lines = [_("Oral morphine equivalents {total} a day").format(total=total)]
    for use in uses:
        reason = ome_of(use).reason
        name = drug_name(use)
        lines.append(labelled(name, _(OME_GAPS[reason])) if reason else name)
    return tuple(lines)


def figure(value: float) -> str:
    """A number to four figures at most, as laboratories print them."""
    return plain_number(float(f"{value:.4g}"))
