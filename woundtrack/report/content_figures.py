"""The figures of a report as text: a visit's line, a lesion's summary, the footnotes."""

import math
from collections.abc import Sequence
from types import MappingProxyType

from woundtrack.healing.change import (
    Change,
    healing_of,
    reopened_since_last,
    since_first,
    since_last,
)
from woundtrack.healing.series import Point, Series
from woundtrack.measure.change import RETRACE_RELATIVE_SD
from woundtrack.records import SizeMethod
from woundtrack.report.chart_text import product_text, size_text
from woundtrack.report.content_made import not_a_device
from woundtrack.report.content_types import Fact, VisitRow
from woundtrack.units import DAYS_PER_WEEK
from woundtrack.words import N_, _, date, ngettext, number, percent, together

DASH = "\N{EN DASH}"
BEYOND = "*"


def row_of(series: Series, point: Point) -> VisitRow:
    """One visit's line in a lesion's table."""
    dimensions = point.length_cm is not None and point.width_cm is not None
    return VisitRow(
        visit_id=point.visit_id,
        date=date(point.on),
        size=size_text(point),
        since_first=change_figure(since_first(series, point=point)),
        since_last=_since_last(series, point),
        dimensions=product_text(point) if dimensions else DASH,
        bwat=bwat_text(point),
        pain=DASH if point.pain_nrs is None else number(point.pain_nrs, decimals=0),
        revision=number(point.revision, decimals=0),
        measured=point.method is not SizeMethod.NOT_MEASURED,
    )


def bwat_text(point: Point) -> str:
    """The 13-item total with the 8-item one in brackets: "34 (21)"."""
    total = DASH if point.bwat is None else number(point.bwat, decimals=0)
    if point.bwat_cua is None:
        return total
    return f"{total} ({number(point.bwat_cua, decimals=0)})"


def _since_last(series: Series, point: Point) -> str:
    if reopened_since_last(series, point=point):
        return _("open again")
    before = [each for each in series.points if each.on < point.on and each.size_cm2 is not None]
    if point.method is SizeMethod.CLOSED and before and before[-1].method is SizeMethod.CLOSED:
        return DASH  # that it closed stands at the visit before
    return change_figure(since_last(series, point=point))


def change_text(change: Change | None) -> str:
    """A change as a signed percentage, marked where it is beyond measurement error."""
    if change is None:
        return DASH
    # Rounded first, so that a change of nothing is "0 %" and not a minus nothing.
    rounded = round(-100 * change.reduction) / 100 or 0.0
    text = percent(rounded, signed=True)
    return f"{text} {BEYOND}" if change.beyond_error else text


def change_figure(change: Change | None) -> str:
    """A change with its 95 % interval on a second line, as far as that is known."""
    text = change_text(change)
    if change is None or change.reduction_interval is None:
        return text
    low, high = (-each for each in reversed(change.reduction_interval))
    sign = "+" if round(100 * low) > 0 else ""
    low_text = sign + number(100 * low, decimals=0)
    return f"{text}\n" + _limits(low_text, percent(high, signed=round(100 * high) != 0))


def figures_of(series: Series, shown: Series) -> tuple[Fact, ...]:
    """The summary of a lesion up to the last visit shown; intervals on a line of their own."""
    sized = [point for point in shown.points if point.size_cm2 is not None]
    if not sized:
        return ()
    latest = sized[-1]
    until = series.between(None, latest.on)
    figures = [Fact(_("Latest, {date}").format(date=date(latest.on)), size_text(latest))]
    healing = healing_of(until)
    if healing is None:
        return tuple(figures)
    change = healing.since_first
    weeks = weeks_text(change.days)
    figures.append(Fact(_("Change in {weeks}").format(weeks=weeks), change_figure(change)))
    if healing.linear_advance_cm_per_week is not None:
        advance = _advance_text(healing.linear_advance_cm_per_week, change)
        figures.append(Fact(_("Advance of the edge"), advance))
    if change.beyond_error is False:
        # A change within the error says nothing of how long healing will take.
        return tuple(figures)
    if healing.half_time_days is not None and healing.time_to_90_days is not None:
        half, ninety = healing.half_time_days, healing.time_to_90_days
        figures.append(Fact(_("Time to half the area"), _time_text(half, 0.5, change)))
        figures.append(Fact(_("Time to 90 % less"), _time_text(ninety, 0.9, change)))
    return tuple(figures)


def _advance_text(advance_cm_per_week: float, change: Change) -> str:
    """With its interval, in which the perimeter is taken as known."""
    text = _("{value} cm/week").format(value=number(advance_cm_per_week, decimals=2))
    if change.change_half_width_cm2 is None or change.change_cm2 == 0:
        return text
    half = abs(advance_cm_per_week * change.change_half_width_cm2 / change.change_cm2)
    ends = (advance_cm_per_week - half, advance_cm_per_week + half)
    return f"{text}\n" + _limits(*(number(each, decimals=2) for each in ends))


def _time_text(days: float, reduction: float, change: Change) -> str:
    """A time with its interval, from that of the change it is taken from."""
    text = days_text(days)
    if change.reduction_interval is None:
        return text
    slow, fast = change.reduction_interval
    if not slow > 0:
        return text
    later = change.days * math.log(1 - reduction) / math.log(1 - slow)
    sooner = change.days * math.log(1 - reduction) / math.log(1 - fast) if fast < 1 else 0.0
    return f"{text}\n" + _limits(*(number(each, decimals=0) for each in (sooner, later)))


def _limits(low: str, high: str) -> str:
    return _("{low} to {high}").format(low=low, high=high)


def weeks_text(days: int) -> str:
    """A time in weeks, to the half week: "6 weeks"."""
    weeks = round(2 * days / DAYS_PER_WEEK) / 2
    if weeks < 1:
        return days_text(days)
    text = number(weeks, decimals=0 if weeks == int(weeks) else 1)
    return ngettext("{weeks} week", "{weeks} weeks", round(weeks, 1)).format(weeks=text)


def days_text(days: float) -> str:
    """A time in whole days: "28 days"."""
    whole = max(1, round(days))
    text = number(whole, decimals=0)
    return ngettext("{days} day", "{days} days", whole).format(days=text)


def notes_of(
    all_series: Sequence[Series],
    *,
    with_photos: bool,
    scores: Sequence[str] = (),
    judged_by: Sequence[Series] = (),
) -> tuple[str, ...]:
    """Methods and doubt, as footnotes. Only what occurs is explained; `scores` has its own.

    Changes were judged within `judged_by`, where that is more than what is shown.
    """
    points = [point for series in all_series for point in series.points]
    judged_by = judged_by or all_series
    told = [(series, point) for series in judged_by for point in series.points if point in points]
    several = any(len(series.points) > 1 for series in all_series)
    notes = [*_change_notes(told, several=several)]
    if with_photos:
        notes.append(
            _(
                "Photos are cut to the wound, those of one lesion to the same width; the record "
                "keeps them whole."
            )
        )
    methods = {point.method for point in points}
    notes += [_(text) for method, text in _METHOD_NOTES.items() if method in methods]
    return (*notes, *_rate_notes(points, several=several), *scores, not_a_device())


_METHOD_NOTES = MappingProxyType(
    {
        SizeMethod.BEDSIDE: N_(
            "Bedside: length × width taken with a ruler on the patient. It is another method "
            "than the traced area; no percentage is ever taken between the two."
        ),
        SizeMethod.NOT_MEASURED: N_("Not measured: no size was confirmed at this visit."),
        SizeMethod.CLOSED: N_("Closed: confirmed by a clinician; its area is 0 by definition."),
    }
)


def _change_notes(told: Sequence[tuple[Series, Point]], *, several: bool) -> list[str]:
    """What ± is, when a change is more than doubt, and what is compared with what."""
    retraced = _retraced(told)
    notes = [
        _("± is the 95 % interval of the measurement (1.96 standard deviations)."),
        _(
            "Beyond measurement error, marked *: a change larger than 1.96 × the square root of "
            "sd₁² + sd₂² + 2 sd², where sd is that of tracing again, {share} of the area. Other "
            "changes may be measurement alone. The 95 % interval of a change is made of the same."
        ).format(share=together(percent(share, decimals=1) for share in retraced)),
        _(
            "Area: polygon traced on the photo and confirmed by a clinician, in the plane of the "
            "scale beside the wound. Length: greatest; width: greatest at a right angle to it. "
            "Lengths have no interval of their own: their doubt is the scale’s and the tracing’s."
        ),
    ]
    if several:
        notes.append(
            _(
                "Since first, since last: since the first, and the latest earlier, visit that was "
                "measured in the same way."
            )
        )
    if any(reopened_since_last(series, point=point) for series, point in told):
        notes.append(
            _(
                "Open again: closed since the visit that it would be compared with. No change "
                "since last is told across a closure; since first is, for it is one wound."
            )
        )
    if len(retraced) > 1:
        notes.append(
            _(
                "Each change is judged by the figure for tracing again that was known when its "
                "later visit was confirmed."
            )
        )
    return notes


def _retraced(told: Sequence[tuple[Series, Point]]) -> list[float]:
    """The figures for tracing again that the changes were judged by; the published without any."""
    changes = [
        change_of(series, point=point)
        for series, point in told
        for change_of in (since_first, since_last)
    ]
    judged = (change for change in changes if change and change.beyond_error is not None)
    return sorted({change.retrace_relative_sd for change in judged} or {RETRACE_RELATIVE_SD})


def _rate_notes(points: Sequence[Point], *, several: bool) -> list[str]:
    notes = []
    if several:
        notes.append(
            _(
                "Advance of the edge after Gilman: lost area over the mean perimeter. Times to "
                "half the area and to 90 % less are counted from the first visit, as if healing "
                "were exponential. Their intervals are those of the change."
            )
        )
    if any(point.bwat is not None or point.bwat_cua is not None for point in points):
        notes.append(
            _(
                "BWAT: Bates-Jensen Wound Assessment Tool, 13 (best; 9 where the wound is healed) "
                "to 65 (worst). CUA: BWAT-CUA, its items 5 to 12, 8 to 40; no threshold of "
                "meaningful change is published. "
                "Pain: 0 to 10."
            )
        )
    versions = sorted({point.measurement.method_version for point in points if point.measurement})
    if versions:
        versions_text = ", ".join(versions)
        notes.append(_("Method of measurement: version {version}.").format(version=versions_text))
    return notes
