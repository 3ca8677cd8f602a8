"""What follows from a therapy course: when it ran, and how it is named in one line."""

import datetime as dt

from woundtrack.records import TherapyCourse
from woundtrack.therapy.catalogue import (
    OTHER,
    THERAPIES,
    frequency_name,
    route_name,
    unit_name,
)
from woundtrack.words import _, date, number


def active_on(course: TherapyCourse, *, day: dt.date) -> bool:
    """Whether the course ran on this day; its first and last days count."""
    return course.start_on <= day and (course.stop_on is None or day <= course.stop_on)


def overlap_days(course: TherapyCourse, *, from_on: dt.date, to_on: dt.date) -> int:
    """How many days of the period, both ends counted, the course ran; 0 if none."""
    first = max(course.start_on, from_on)
    last = to_on if course.stop_on is None else min(course.stop_on, to_on)
    return max(0, (last - first).days + 1)


def therapy_name(course: TherapyCourse) -> str:
    """The name the clinic wrote, else the catalogue's in the language in force."""
    if course.name.strip():
        return course.name.strip()
    therapy = THERAPIES.get(course.therapy, THERAPIES[OTHER])
    return _(therapy.name)


def dose_text(course: TherapyCourse) -> str:
    """Dose with its unit: "25 g"; empty where no dose was recorded."""
    if course.dose is None:
        return ""
    shown = f"{course.dose:.6f}".rstrip("0").rstrip(".")
    decimals = len(shown.partition(".")[2])
    return f"{number(course.dose, decimals=decimals)} {unit_name(course.unit)}".strip()


def course_label(course: TherapyCourse) -> str:
    """Name, dose, route and frequency in one line, as far as they were recorded.

    The route is left out where the catalogue's therapy has no other.
    """
    therapy = THERAPIES.get(course.therapy)
    only = therapy is not None and therapy.routes == (course.route,)
    route = "" if only else route_name(course.route)
    details = (dose_text(course), route, frequency_name(course.frequency))
    return ", ".join(part for part in (therapy_name(course), *details) if part)


def period_text(course: TherapyCourse) -> str:
    """From when to when, in the language in force."""
    if course.stop_on is None:
        return _("since {start}").format(start=date(course.start_on))
    return _("{start} to {stop}").format(start=date(course.start_on), stop=date(course.stop_on))
