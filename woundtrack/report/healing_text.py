"""How a lesion heals, in words: what the patient's page shows and a report prints.

It records and measures: no figure here is called good or bad.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

from woundtrack import words
from woundtrack.errors import MeasureError
from woundtrack.explain import explain
from woundtrack.healing import loglinear
from woundtrack.healing.by_therapy import REMINDER, Phase, PhaseRate, by_therapy
from woundtrack.healing.change import Healing, healing_of
from woundtrack.healing.closure import Closure, closures_in
from woundtrack.healing.rates import weekly_change
from woundtrack.healing.series import Series, series_of
from woundtrack.healing.total import TotalArea, totals_of
from woundtrack.raters.statistics import Estimate
from woundtrack.records import Lesion, PatientHistory, SizeMethod
from woundtrack.report.content_figures import days_text
from woundtrack.therapy.course import until_death
from woundtrack.words import N_, _, counted, ngettext

DASH = "–"
PHASES = {Phase.BEFORE: N_("Before"), Phase.DURING: N_("During"), Phase.AFTER: N_("After")}
MOST, LEAST = 10.0, 0.01
"""Shares of the area beyond which a week's change is only told as more than that."""
DAYS_TOLD = 12
"""Of the total area, in its tip."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A named figure, and in its tip what it rests on."""

    name: str
    text: str
    tip: str = ""


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """One phase of a therapy. Where no rate is told, `rate` says why."""

    phase: str
    time: str
    """Exposure and visits, then from when to when."""
    rate: str
    rate_tip: str = ""
    difference: str = ""
    difference_tip: str = ""
    refused: bool = False
    lasts: bool = True
    """Whether more than one day of it lies between the visits."""


@dataclass(frozen=True, slots=True)
class TherapyBlock:
    """A therapy, or several at once, with its phases."""

    title: str
    rows: tuple[PhaseRow, ...]


@dataclass(frozen=True, slots=True)
class HealingView:
    """All that is said of a lesion's healing. Texts are in the language in force."""

    figures: tuple[Figure, ...]
    blocks: tuple[TherapyBlock, ...]
    empty: str = ""
    """Why there is no block."""
    caution: str = ""
    """What stands beside every rate by therapy."""
    note: str = ""
    """How to read the intervals, and which sizes the rates leave out."""


def healing_view(
    history: PatientHistory, *, lesion_id: int, until: dt.date | None = None
) -> HealingView:
    """Rates, dates and therapies of one lesion, and the patient's total area.

    `until` leaves later visits and courses out of the rates. Raises RecordError record.missing.
    """
    series = series_of(history, lesion_id=lesion_id).between(None, until)
    lesion = next(each.value for each in history.lesions if each.id == lesion_id)
    courses = [
        course.value
        for course in until_death(history)
        if until is None or course.value.start_on <= until
    ]
    rates = by_therapy(series, courses=courses)
    step = len(Phase)
    return HealingView(
        figures=(*_own(series), *_closure(lesion, series), *_total(history)),
        blocks=tuple(_block(rates[at : at + step]) for at in range(0, len(rates), step)),
        empty="" if rates else _empty(has_courses=bool(courses)),
        caution=_(REMINDER) if rates else "",
        note=_note(series, told=bool(rates)),
    )


def _empty(*, has_courses: bool) -> str:
    if has_courses:
        return _("No confirmed visit has a size of this lesion yet, so no rate can be told.")
    return _("No therapy noted. Once there is one, its rates before, during and after stand here.")


def _note(series: Series, *, told: bool) -> str:
    methods = {point.method for point in series.points}
    lines = []
    if told:
        lines.append(_("Where an interval holds 0 %, these visits cannot tell the figure from 0."))
        lines.append(
            _(
                "The rate over all visits is the plain slope of ln area; the rates by therapy "
                "weigh each visit by how sure it is. Over the same visits the two may differ."
            )
        )
    if SizeMethod.BEDSIDE in methods and SizeMethod.TRACED in methods:
        lines.append(_("Sizes by ruler are left out of the rates: methods do not mix."))
    elif SizeMethod.BEDSIDE in methods:
        lines.append(_("The rates are of length × width by ruler: no area was traced."))
    return "\n".join(lines)


# -- the lesion's own figures


def _own(series: Series) -> list[Figure]:
    name = _("Rate over all visits")
    try:
        slope = loglinear.log_slope_per_week(loglinear.sizes_of(series))
    except MeasureError as error:
        return [Figure(name, explain(error)), *_times(series, healing_of(series))]
    share, interval = _shares(slope)
    text = _("{share} a week\n95 %: {interval}").format(share=share, interval=interval)
    return [Figure(name, text, _slope_tip(slope)), *_times(series, healing_of(series))]


def _times(series: Series, healing: Healing | None) -> list[Figure]:
    """How long half and nine tenths of the area take; none where the wound is closed."""
    if healing is None or series.points[-1].method is SizeMethod.CLOSED:
        return []
    why = _("Counted from the first visit, at the rate from first to latest.")
    half, most = healing.half_time_days, healing.time_to_90_days
    if healing.since_first.beyond_error is False:
        # A change within the error says nothing of how long healing will take.
        half = most = None
        why = _("The change since the first visit is within measurement error.")
    elif half is None:
        why = explain(MeasureError("measure.not_shrinking"))
    return [
        Figure(name, DASH if days is None else days_text(days), why)
        for name, days in ((_("Time to half the area"), half), (_("Time to 90 % less"), most))
    ]


def _closure(lesion: Lesion, series: Series) -> list[Figure]:
    """The closure that stands, or since when the wound is open again; the earlier ones in tips."""
    if lesion.became_on is not None:
        return []  # what became another is neither open nor closed
    closures = closures_in(series)
    told = "\n".join(closure_text(closure) for closure in closures)
    if lesion.closed_on is not None:
        confirmed = lesion.closure_confirmed_on
        return [
            Figure(_("First seen closed"), words.date(lesion.closed_on), told),
            Figure(_("Closure confirmed"), words.date(confirmed) if confirmed else _("not yet")),
        ]
    reopened = closures[-1].reopened_on if closures else None
    return [Figure(_("Open again since"), words.date(reopened), told)] if reopened else []


def closure_text(closure: Closure) -> str:
    """One time for which a lesion was closed, in a line."""
    parts = [_("closed {day}").format(day=words.date(closure.first_on))]
    if closure.confirmed_on is not None:
        parts.append(_("confirmed {day}").format(day=words.date(closure.confirmed_on)))
    if closure.reopened_on is not None:
        parts.append(_("open again {day}").format(day=words.date(closure.reopened_on)))
    return ", ".join(parts)


def _total(history: PatientHistory) -> list[Figure]:
    """The patient's total area, where there is more than one lesion."""
    if len(history.lesions) < 2:
        return []
    totals = totals_of(history)
    if not totals:
        return []
    lines = [words.labelled(words.date(total.on), total_text(total)) for total in totals]
    text = f"{total_text(totals[-1])}\n{words.date(totals[-1].on)}"
    return [Figure(_("All lesions together"), text, "\n".join(lines[-DAYS_TOLD:]))]


def total_text(total: TotalArea) -> str:
    """The patient's total area with its ±, or which lesions are missing from it."""
    if total.area_cm2 is None:
        return ngettext(
            "not known, lesion {labels} was not traced",
            "not known, lesions {labels} were not traced",
            len(total.missing),
        ).format(labels=words.together(total.missing))
    if total.area_cm2 == 0:
        return _("all closed")
    return words.area(total.area_cm2, total.area_cm2_sd)


# -- by therapy


def _block(rates: Sequence[PhaseRate]) -> TherapyBlock:
    names = " + ".join(rates[0].therapies)
    together = len(rates[0].therapies) > 1
    title = _("{therapies}, at once").format(therapies=names) if together else names
    return TherapyBlock(title, tuple(_row(rate) for rate in rates))


def _row(rate: PhaseRate) -> PhaseRow:
    phase, time = _(PHASES[rate.phase]), _time(rate)
    slope, delta = rate.log_slope_per_week, rate.delta_vs_before
    if slope is None:
        seen = rate.refused is not None and rate.n_visits > 0
        why = explain(rate.refused) if rate.refused and seen else _("No visit in this time.")
        return PhaseRow(phase, time, why, refused=True, lasts=rate.exposure_days > 0)
    return PhaseRow(
        phase,
        time,
        rate="\n".join(_shares(slope)),
        rate_tip=_slope_tip(slope),
        difference="\n".join(_shares(delta)) if delta else DASH,
        difference_tip=_difference_tip(delta) if delta else "",
    )


def _time(rate: PhaseRate) -> str:
    if rate.days is None:
        return DASH
    visits = counted("{count} visit", "{count} visits", rate.n_visits)
    count = rate.exposure_days
    days = counted("{count} day", "{count} days", count)
    start, stop = rate.days
    return f"{days}, {visits}\n{words.period(start, stop) if count else words.date(start)}"


def _shares(slope: Estimate) -> tuple[str, str]:
    """What one week makes of the area, and the interval of that."""
    low, high = _ends(slope)
    # One decimal where the interval is so narrow that it says something.
    decimals = 1 if abs(_change(high) - _change(low)) < 0.2 else 0
    value, low_text, high_text = (_share(each, decimals) for each in (slope.value, low, high))
    return value, _("{low} to {high}").format(low=low_text, high=high_text)


def _ends(slope: Estimate) -> tuple[float, float]:
    return (
        slope.value if slope.low is None else slope.low,
        slope.value if slope.high is None else slope.high,
    )


def _change(slope: float) -> float:
    return weekly_change(min(max(slope, log(LEAST)), log(MOST)))


def _share(slope: float, decimals: int) -> str:
    text = words.percent(_change(slope), decimals=decimals, signed=True)
    if slope > log(MOST):
        return f"> {text}"
    return f"< {text}" if slope < log(LEAST) else text


def _slope_tip(slope: Estimate) -> str:
    return _("ln area: {slope} a week").format(slope=_logs(slope))


def _difference_tip(delta: Estimate) -> str:
    times = exp(min(max(delta.value, log(LEAST)), log(MOST)))
    return (
        _(
            "Each week the area becomes {times} times what the rate before would have made it."
        ).format(times=words.number(times, decimals=2))
        + "\n"
        + _slope_tip(delta)
    )


def _logs(slope: Estimate) -> str:
    value, low, high = (words.number(each, decimals=3) for each in (slope.value, *_ends(slope)))
    return _("{value} (95 %: {low} to {high})").format(value=value, low=low, high=high)
