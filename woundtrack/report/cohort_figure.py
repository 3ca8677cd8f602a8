"""Which curves of a cohort are drawn, with their words: titles, notes, and a day read aloud."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from woundtrack.cohort.rows import GROUPS, Unit, groups_of
from woundtrack.cohort.types import YEAR_DAYS, Cohort, Endpoints
from woundtrack.report.cohort_chart import (
    DAYS_PER_WEEK,
    Figure,
    Group,
    figure_of,
    no_figure,
    unit_days,
)
from woundtrack.report.cohort_filter import filter_text
from woundtrack.report.cohort_text import COLUMNS, figure_text
from woundtrack.words import _, apart, date, labelled, ngettext, number


class Event(StrEnum):
    """What a curve counts."""

    SURVIVAL = "survival"
    CLOSURE = "closure"


@dataclass(frozen=True, slots=True)
class Drawn:
    """What of a cohort is drawn."""

    event: Event = Event.SURVIVAL
    by_site: bool = True
    """Central against peripheral; else everyone together."""
    whole: bool = False
    """The whole time under watch; else one year."""


def cohort_figure(
    cohort: Cohort,
    drawn: Drawn,
    *,
    size: tuple[float, float],
    text_size: float,
    made_on: dt.date | None = None,
) -> Figure:
    """The curves asked for; with a day they say below what they are of, to stand alone."""
    groups = curves_of(cohort, drawn)
    notes = [_why_none(cohort, group, drawn) for group in groups if not group.curve.days]
    shown = [group for group in groups if group.curve.days]
    if not shown:
        return no_figure(notes, size=size, text_size=text_size)
    if made_on is not None:
        notes += [_how(drawn), f"{filter_text(cohort.filter)} · {date(made_on)}"]
    span = max(group.curve.last_day for group in shown) if drawn.whole else YEAR_DAYS
    return figure_of(
        shown,
        title=event_name(drawn.event),
        time_title=_time_title(span, by_dose=cohort.filter.therapy is not None),
        span_days=max(span, DAYS_PER_WEEK),
        size=size,
        text_size=text_size,
        notes=notes,
    )


def curves_of(cohort: Cohort, drawn: Drawn) -> tuple[Group, ...]:
    """The groups asked for, those of too few with an empty curve."""
    keys = GROUPS[1:] if drawn.by_site else GROUPS[:1]
    return tuple(
        Group(key, group_name(key), getattr(_endpoints(cohort, key), drawn.event.value).curve)
        for key in keys
    )


def _why_none(cohort: Cohort, group: Group, drawn: Drawn) -> str:
    found = _endpoints(cohort, group.key)
    few = _("fewer than 5 patients, so no curve is drawn.")
    refused = found.survival.refused if drawn.event is Event.SURVIVAL else ""
    return labelled(group.name, _(refused) if refused else few)


def _endpoints(cohort: Cohort, key: str) -> Endpoints:
    return groups_of(cohort)[GROUPS.index(key)]


def group_name(key: str) -> str:
    """One of `rows.GROUPS` in the language in force."""
    return _(COLUMNS[1 + GROUPS.index(key)])


def event_name(event: Event) -> str:
    """What a curve tells the share of."""
    return _("Alive") if event is Event.SURVIVAL else _("Closure confirmed")


def reading_text(figure: Figure, day: float) -> str:
    """What the curves of a figure say of a day, in one line."""
    return labelled(
        _("Day {day}").format(day=number(int(day), decimals=0)),
        apart(_read(group, float(int(day))) for group in figure.groups),
    )


def _read(group: Group, day: float) -> str:
    curve = group.curve
    if day > curve.last_day:
        return _("{group} (nobody under watch any more)").format(group=group.name)
    at_risk = curve.at_risk(day)
    risk = ngettext("{count} at risk", "{count} at risk", at_risk)
    count = risk.format(count=number(at_risk, decimals=0))
    return f"{group.name} {figure_text(curve.on(day), Unit.SHARE)}, {count}"


def _how(drawn: Drawn) -> str:
    if drawn.event is Event.SURVIVAL:
        return _("Kaplan–Meier, 95 % interval shaded; a tick is a patient not followed further.")
    return _(
        "Cumulative incidence with death competing (Aalen–Johansen), 95 % interval shaded; a tick "
        "is a lesion not followed further."
    )


def _time_title(span_days: float, *, by_dose: bool) -> str:
    weeks = unit_days(span_days) == DAYS_PER_WEEK
    if by_dose:
        return _("Weeks since the first dose") if weeks else _("Months since the first dose")
    return _("Weeks since the first visit") if weeks else _("Months since the first visit")
