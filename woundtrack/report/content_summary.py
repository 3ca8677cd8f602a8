"""A patient's lesions at a glance: one line each, their places on the body, their sum."""

import datetime as dt
from dataclasses import dataclass

from woundtrack.anatomy.places import place_on_map
from woundtrack.anatomy.rule import class_name
from woundtrack.anatomy.sites import place_name
from woundtrack.healing.change import since_first
from woundtrack.healing.series import Point, Series
from woundtrack.healing.total import totals_of
from woundtrack.records import BodyView, Lesion, LesionStatus, PatientHistory, SizeMethod
from woundtrack.report.chart_text import size_text
from woundtrack.report.content_figures import DASH, bwat_text, change_figure
from woundtrack.report.content_types import ReportOptions, TextTable
from woundtrack.report.healing_text import total_text
from woundtrack.report.labels import AETIOLOGIES, LESION_STATES
from woundtrack.words import _, date, labelled, together

_SHARES = (0.19, 0.145, 0.125, 0.205, 0.12, 0.09, 0.125)


@dataclass(frozen=True, slots=True)
class MapMark:
    """One lesion on the body map: its letter, and its place as fractions of the drawing."""

    label: str
    view: BodyView
    x: float
    y: float
    hollow: bool
    """Closed, or no lesion of its own any more."""


@dataclass(frozen=True, slots=True)
class SummaryPart:
    """All lesions of a patient."""

    table: TextTable
    marks: tuple[MapMark, ...]
    total: str
    """The area of all together on the last day that is printed; empty of a single lesion."""
    notes: tuple[str, ...]


def summary_part(
    history: PatientHistory, all_series: tuple[Series, ...], options: ReportOptions
) -> SummaryPart:
    """The lesions of these series, up to the last day that is printed."""
    lesions = {lesion.id: lesion.value for lesion in history.lesions}
    rows, marks, unplaced = [], [], []
    for series in all_series:
        lesion, until = lesions[series.lesion_id], series.between(None, options.to_on)
        rows.append(_row(lesion, until))
        mark = _mark(lesion, until, options.to_on)
        if mark is None:
            unplaced.append(lesion.label)
        else:
            marks.append(mark)
    heads = (
        _("Lesion and place"), _("Class, cause"), _("Opened"), _("Latest size (± 95 %)"),
        _("Since first"), _("BWAT (CUA)"), _("Status"),
    )  # fmt: skip
    notes = []
    if unplaced:
        text = _("Without a place on the body map: {lesions}.")
        notes.append(text.format(lesions=together(unplaced)))
    return SummaryPart(
        table=TextTable(heads, tuple(rows), _SHARES),
        marks=tuple(marks),
        total=_total(history, options),
        notes=tuple(notes),
    )


def _row(lesion: Lesion, until: Series) -> tuple[str, ...]:
    points = until.points
    sized = next((one for one in reversed(points) if one.size_cm2 is not None), None)
    bwat = next(
        (one for one in reversed(points) if one.bwat is not None or one.bwat_cua is not None), None
    )
    change = since_first(until, point=sized) if sized else None
    return (
        labelled(lesion.label, place_name(lesion.site, lesion.side)),
        ", ".join((class_name(lesion.site_class), _(AETIOLOGIES[lesion.aetiology]))),
        _opened(lesion, points),
        _latest(sized, points),
        change_figure(change),
        DASH if bwat is None else bwat_text(bwat),
        _status(lesion),
    )


def _opened(lesion: Lesion, points: tuple[Point, ...]) -> str:
    if lesion.onset_on is not None:
        return date(lesion.onset_on)
    if not points:
        return DASH
    return _("first seen {date}").format(date=date(points[0].on))


def _latest(sized: Point | None, points: tuple[Point, ...]) -> str:
    if sized is None:
        return _("not measured") if points else _("no visit")
    return f"{size_text(sized)}\n{date(sized.on)}"


def _status(lesion: Lesion) -> str:
    if lesion.became_on is not None and lesion.became_ids:
        return _("became others on {date}").format(date=date(lesion.became_on))
    text = _(LESION_STATES[lesion.status])
    if lesion.status is LesionStatus.CLOSED and lesion.closed_on is not None:
        return f"{text}, {date(lesion.closed_on)}"
    return text


def _mark(lesion: Lesion, until: Series, to_on: dt.date | None) -> MapMark | None:
    place = place_on_map(lesion)
    if place is None:
        return None
    closed = bool(until.points) and until.points[-1].method is SizeMethod.CLOSED
    ended = lesion.became_others_by(to_on or dt.date.max)
    return MapMark(lesion.label, *place, hollow=closed or ended)


def _total(history: PatientHistory, options: ReportOptions) -> str:
    """Of all lesions, whichever are printed: a part of them is no total."""
    if len(history.lesions) < 2:
        return ""
    totals = [one for one in totals_of(history) if options.to_on is None or one.on <= options.to_on]
    if not totals:
        return ""
    latest = totals[-1]
    name = _("All lesions together on {date}").format(date=date(latest.on))
    return labelled(name, total_text(latest))
