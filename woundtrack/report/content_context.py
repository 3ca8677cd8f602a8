"""What was kept beside the wounds, in print: risk factors, laboratory, analgesics, events."""

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType

from woundtrack.context.analgesics import (
    OME_GAPS,
    TABLE,
    daily_ome,
    drug_name,
    ome_of,
    uses_until_death,
)
from woundtrack.context.drugs import DRUGS, route_name
from woundtrack.context.events import event_days, event_name, finding_name
from woundtrack.context.risks import risk_name, risks_of
from woundtrack.context.types import AnalgesicUse, ClinicalEvent
from woundtrack.records import PatientHistory
from woundtrack.report.content_labs import lab_part
from woundtrack.report.content_types import ContextPart, ReportOptions, ReportPart, TextTable
from woundtrack.therapy.course import therapy_name
from woundtrack.therapy.session import plain_number
from woundtrack.words import _, date, labelled, period, with_unit

DASH = "\N{EN DASH}"
_ANALGESIC_SHARES = (0.22, 0.16, 0.135, 0.295, 0.19)
_EVENT_SHARES = (0.29, 0.135, 0.295, 0.08, 0.20)


def context_parts(history: PatientHistory, options: ReportOptions) -> tuple[ContextPart, ...]:
    """Every part that was asked for and has something to say."""
    made = [make(history, options) for part, make in _MAKERS.items() if part in options.parts]
    return tuple(part for part in made if part is not None)


def risk_part(history: PatientHistory, _options: ReportOptions) -> ContextPart | None:
    """Which risk factors are present, absent and unknown; None where nobody asked."""
    patient = history.patient.value
    if not patient.risk_factors:
        return None
    risks = risks_of(patient)
    lines = [
        labelled(title, " · ".join(names))
        for title, wanted in ((_("Present"), True), (_("Absent"), False))
        if (names := [risk_name(key) for key, present in risks.items() if present is wanted])
    ]
    if None in risks.values():
        lines.append(_("Of the others nobody noted whether they are there."))
    return ContextPart(_("Risk factors"), None, tuple(lines))


def analgesic_part(history: PatientHistory, options: ReportOptions) -> ContextPart | None:
    """What was taken in the period, and the oral morphine equivalents at its ends."""
    uses = [use for use in uses_until_death(history) if options.holds(use.start_on, use.stop_on)]
    if not uses:
        return None
    heads = (
        _("Analgesic"), _("Dose"), _("Route"), _("Period"), _("Oral morphine equivalents a day"),
    )  # fmt: skip
    rows = tuple(
        (
            drug_name(use),
            dose_text(use),
            route_name(use.route),
            period(use.start_on, use.stop_on),
            _ome_text(use),
        )
        for use in sorted(uses, key=lambda use: (use.start_on, drug_name(use)))
    )
    table = TextTable(heads, rows, _ANALGESIC_SHARES)
    return ContextPart(_("Analgesics"), table, _ome_lines(history, options, uses))


def dose_text(use: AnalgesicUse) -> str:
    """One dose and how often: "10 mg, 2 times a day"; a dash where nobody said."""
    dose = "" if use.dose is None else with_unit(plain_number(use.dose), use.unit).strip()
    often = ""
    if use.times_a_day is not None:
        often = _("{count} × a day").format(count=plain_number(use.times_a_day))
    return ", ".join(part for part in (dose, often) if part) or DASH


def _ome_text(use: AnalgesicUse) -> str:
    drug, ome = DRUGS.get(use.drug), ome_of(use)
    if ome.mg is None:
        return _("no figure")
    return with_unit(plain_number(ome.mg), "mg") if drug and drug.opioid else _("no opioid")


def _ome_lines(
    history: PatientHistory, options: ReportOptions, uses: list[AnalgesicUse]
) -> tuple[str, ...]:
    days = sorted({v.value.on for v in history.visits if options.holds(v.value.on, v.value.on)})
    ends = dict.fromkeys([*days[:1], *days[-1:]])
    lines = [
        labelled(_("All together on {date}").format(date=date(day)), _day_text(history, day))
        for day in ends
    ]
    reasons = {
        drug_name(use): _(OME_GAPS[ome.reason])
        for use in uses
        if (ome := ome_of(use)).mg is None and ome.reason
    }
    lines += [labelled(name, reason) for name, reason in reasons.items()]
    factors = _("Factors: {source}.").format(source=TABLE.source)
    return (*lines, f"{factors} {_(TABLE.purpose)}")


def _day_text(history: PatientHistory, day: dt.date) -> str:
    ome = daily_ome(uses_until_death(history), day)
    if ome.mg is not None:
        return _("{amount} a day").format(amount=with_unit(plain_number(ome.mg), "mg"))
    if not ome.incomplete:
        return _("nothing noted yet")
    names = " · ".join(ome.incomplete)
    return _("incomplete, without a figure for {names}").format(names=names)


def event_part(history: PatientHistory, options: ReportOptions) -> ContextPart | None:
    """What befell the patient in the period, of the chosen lesions or of none; None without any."""
    events = [
        event.value
        for event in history.events
        if options.holds(event.value.on, event.value.until_on or event.value.on)
        and (not options.lesion_ids or event.value.lesion_id in (None, *options.lesion_ids))
    ]
    if not events:
        return None
    heads = (_("Date"), _("Event"), _("What exactly"), _("Lesion"), _("Put down to"))
    rows = tuple(_event_row(event, history) for event in sorted(events, key=lambda event: event.on))
    return ContextPart(_("Events"), TextTable(heads, rows, _EVENT_SHARES))


def _event_row(event: ClinicalEvent, history: PatientHistory) -> tuple[str, ...]:
    found, text = finding_name(event.kind, event.finding), event.text.strip()
    labels = {lesion.id: lesion.value.label for lesion in history.lesions}
    courses = {course.id: therapy_name(course.value) for course in history.courses}
    return (
        event_days(event),
        event_name(event.kind),
        labelled(found, text) if found and text else found or text or DASH,
        labels.get(event.lesion_id or 0, DASH),
        courses.get(event.course_id or 0, DASH),
    )


_MAKERS: Mapping[ReportPart, Callable[[PatientHistory, ReportOptions], ContextPart | None]] = (
    MappingProxyType(
        {
            ReportPart.RISKS: risk_part,
            ReportPart.LABORATORY: lab_part,
            ReportPart.ANALGESICS: analgesic_part,
            ReportPart.EVENTS: event_part,
        }
    )
)
"""The parts in the order in which they are printed."""
