"""What the patient page shows, worked out from a history on a worker; knows nothing of Qt."""

import datetime as dt
from dataclasses import dataclass

from ui.body_dots import MapLesion
from ui.models.names import consent_name, dialysis_short, sex_short
from woundtrack import words
from woundtrack.anatomy.places import point_of
from woundtrack.anatomy.rule import class_name
from woundtrack.anatomy.sites import place_name
from woundtrack.errors import MeasureError
from woundtrack.healing.change import Change, since_first
from woundtrack.healing.series import Point, Series, series_of
from woundtrack.records import (
    Consent,
    DialysisMode,
    Lesion,
    LesionStatus,
    Patient,
    PatientHistory,
    PatientStatus,
    Sex,
    SizeMethod,
    Stored,
    Visit,
)
from woundtrack.report.labels import patient_name
from woundtrack.words import _, ngettext


@dataclass(frozen=True, slots=True)
class LesionView:
    """One lesion's card. Texts are in the language in force."""

    id: int
    label: str
    place: str
    class_text: str
    figure: str
    """Latest size with its ± and unit, or why there is none."""
    change: str
    change_tone: str
    status: str
    dot: MapLesion | None
    measured: bool = True
    """Whether `figure` is a size; else it is a sentence, said less loudly."""
    change_hint: str = ""
    """What the change's verdict was judged by."""


@dataclass(frozen=True, slots=True)
class StripPhoto:
    """One photo of the strip, with the area of each lesion outlined in it."""

    id: int
    visit_id: int
    vault_name: str
    on: dt.date
    areas: tuple[tuple[int, str], ...] = ()
    """(lesion id, area text) for each lesion outlined here."""

    def shows(self, lesion_id: int | None) -> bool:
        """Whether the photo belongs in the strip of a lesion; unassigned ones always do."""
        ids = [lesion for lesion, _text in self.areas]
        return lesion_id is None or not ids or lesion_id in ids


@dataclass(frozen=True, slots=True)
class PatientView:
    """A whole patient page."""

    history: PatientHistory
    title: str
    facts: str
    chips: tuple[tuple[str, str], ...]
    """(text, tone) of each chip of the header."""
    lesions: tuple[LesionView, ...]
    photos: tuple[StripPhoto, ...]
    unconfirmed: tuple[Stored[Visit], ...] = ()
    """The visits that somebody began and nobody confirmed, newest first."""

    @property
    def unconfirmed_text(self) -> str:
        """A sentence on the visits that nobody confirmed; empty where there is none."""
        if not self.unconfirmed:
            return ""
        day, more = words.date(self.unconfirmed[0].value.on), len(self.unconfirmed) - 1
        if not more:
            return _("The visit of {date} is not confirmed yet.").format(date=day)
        return ngettext(
            "The visit of {date} and {count} more visit are not confirmed yet.",
            "The visit of {date} and {count} more visits are not confirmed yet.",
            more,
        ).format(date=day, count=more)

    @property
    def id(self) -> int:
        """The patient's id."""
        return self.history.patient.id


def view_of(history: PatientHistory) -> PatientView:
    """Everything the page shows, in the language in force."""
    patient = history.patient.value
    return PatientView(
        history=history,
        title=title_of(patient),
        facts=_facts(patient),
        chips=_chips(patient),
        lesions=tuple(_lesion(history, lesion) for lesion in history.lesions),
        photos=_photos(history),
        unconfirmed=_unconfirmed(history),
    )


def _unconfirmed(history: PatientHistory) -> tuple[Stored[Visit], ...]:
    """Visits with a draft, or with photos that no confirmed assessment speaks of."""
    visit_of = {photo.id: photo.value.visit_id for photo in history.photos}
    said = [(each.value.visit_id, each.value.confirmed) for each in history.assessments]
    said += [
        (visit_of.get(each.value.photo_id, 0), each.value.confirmed)
        for each in (*history.scales, *history.outlines)
    ]
    drafts = {visit_id for visit_id, confirmed in said if not confirmed}
    assessed = {each.value.visit_id for each in history.assessments if each.value.confirmed}
    waiting = drafts | (set(visit_of.values()) - assessed)
    found = [visit for visit in history.visits if visit.id in waiting]
    return tuple(sorted(found, key=lambda visit: (visit.value.on, visit.id), reverse=True))


def title_of(patient: Patient) -> str:
    """Names as the header shows them, with the birth name where another is used."""
    name = patient_name(patient)
    if patient.used_name and patient.used_name != patient.birth_name:
        return _("{name} (born {birth_name})").format(name=name, birth_name=patient.birth_name)
    return name


def _facts(patient: Patient) -> str:
    parts = [
        sex_short(patient.sex) if patient.sex is not Sex.UNKNOWN else "",
        words.date(patient.birth_date),
        dialysis_short(patient.dialysis) if patient.dialysis is not DialysisMode.NONE else "",
        _("no. {number}").format(number=patient.hospital_number) if patient.hospital_number else "",
        _("code {code}").format(code=patient.code) if patient.code else "",
    ]
    return " · ".join(part for part in parts if part)


def _chips(patient: Patient) -> tuple[tuple[str, str], ...]:
    chips: list[tuple[str, str]] = []
    if patient.status is PatientStatus.DIED:
        when = words.date(patient.died_on) if patient.died_on else ""
        chips.append((_("died {day}").format(day=when).strip(), "neutral"))
    elif patient.status is PatientStatus.MOVED:
        chips.append((_("moved away"), "neutral"))
    given = [consent for consent in patient.consents if consent.withdrawn_on is None]
    chips += [(_consent_text(consent), "ok") for consent in given]
    chips += [
        (_("{purpose}: withdrawn").format(purpose=consent_name(consent.purpose)), "danger")
        for consent in patient.consents
        if consent.withdrawn_on is not None
    ]
    if not patient.consents:
        chips.append((_("no photo consent noted"), "warning"))
    return tuple(chips)


def _consent_text(consent: Consent) -> str:
    return _("photos for {purpose} ✓").format(purpose=consent_name(consent.purpose))


def _lesion(history: PatientHistory, lesion: Stored[Lesion]) -> LesionView:
    value = lesion.value
    series = series_of(history, lesion_id=lesion.id)
    figure, change, tone, hint = _latest(series)
    place = place_name(value.site, value.side)
    closed = value.status is LesionStatus.CLOSED or value.closed_on is not None
    if closed and value.closed_on:
        confirmed = value.closure_confirmed_on
        figure = _("closed") if confirmed else _("closed, to be confirmed")
        change, tone, hint = words.date(confirmed or value.closed_on), "ok", ""
    status = "" if value.status is LesionStatus.OPEN else value.status.value
    return LesionView(
        id=lesion.id,
        label=value.label,
        place=place,
        class_text=class_name(value.site_class),
        figure=figure,
        change=change,
        change_tone=tone,
        status=status,
        dot=_dot(lesion, place, figure),
        measured=closed or any(point.size_cm2 is not None for point in series.points),
        change_hint=hint,
    )


def _latest(series: Series) -> tuple[str, str, str, str]:
    """Size, change since the first comparable visit, the tone of the change, and its hint."""
    sized = [point for point in series.points if point.size_cm2 is not None]
    if not sized:
        return _("not measured yet"), "", "muted", ""
    latest = sized[-1]
    try:
        change = since_first(series, point=latest)
    except MeasureError:
        change = None
    if change is None or change.days <= 0:
        return (
            size_text(latest),
            _("first measured {day}").format(day=words.date(latest.on)),
            "muted",
            "",
        )
    hint = "" if change.beyond_error is None else judged_by(change.retrace_relative_sd)
    return size_text(latest), change_text(change), _change_tone(change), hint


def size_text(point: Point) -> str:
    """The size of a point with its unit and method."""
    if point.method is SizeMethod.CLOSED:
        return _("closed")
    if point.method is SizeMethod.BEDSIDE and point.length_cm and point.width_cm:
        return _("{length} × {width} cm, by ruler").format(
            length=words.number(point.length_cm), width=words.number(point.width_cm)
        )
    if point.area_cm2 is None:
        return _("not measured")
    return words.area(point.area_cm2, point.area_cm2_sd)


def change_text(change: Change) -> str:
    """Change in percent over weeks or days, and whether it is beyond measurement error."""
    percent = words.percent(-change.reduction, signed=True)
    if change.days >= 14:
        weeks = round(change.days / 7)
        when = ngettext("{count} wk", "{count} wk", weeks).format(count=weeks)
    else:
        when = ngettext("{count} day", "{count} days", change.days).format(count=change.days)
    text = _("{percent} in {time}").format(percent=percent, time=when)
    if change.beyond_error is None:
        return text
    verdict = _("beyond error") if change.beyond_error else _("within error")
    return f"{text}, {verdict}"


def judged_by(retrace_relative_sd: float) -> str:
    """How far two people's tracings differ, by which a change is called beyond error or not."""
    text = _("Judged by {share} of the area, one standard deviation, for tracing again.")
    return text.format(share=words.percent(retrace_relative_sd, decimals=1))


def _change_tone(change: Change) -> str:
    if not change.beyond_error:
        return "muted"
    return "ok" if change.reduction > 0 else "warning"


def _dot(lesion: Stored[Lesion], place: str, figure: str) -> MapLesion | None:
    value = lesion.value
    if value.body_x is not None and value.body_y is not None:
        where = (value.body_view, value.body_x, value.body_y)
    else:
        found = point_of(value.site, value.side)
        if found is None:
            return None
        where = found
    return MapLesion(
        lesion.id, value.label, *where, site_class=value.site_class,
        closed=value.status is not LesionStatus.OPEN, hint=f"{value.label} · {place} · {figure}",
    )  # fmt: skip


def _photos(history: PatientHistory) -> tuple[StripPhoto, ...]:
    days = {visit.id: visit.value.on for visit in history.visits}
    areas: dict[int, dict[int, str]] = {}
    for outline in history.outlines:
        areas.setdefault(outline.value.photo_id, {})[outline.value.lesion_id] = ""
    for measured in history.measurements:
        value = measured.value
        # An area that nobody confirmed is not yet the record's.
        text = words.area(value.measurement.area_cm2) if value.confirmed else _("draft")
        areas.setdefault(value.photo_id, {})[value.lesion_id] = text
    photos = [
        StripPhoto(
            id=photo.id,
            visit_id=photo.value.visit_id,
            vault_name=photo.value.vault_name,
            on=days[photo.value.visit_id],
            areas=tuple(areas.get(photo.id, {}).items()),
        )
        for photo in history.photos
        if photo.value.visit_id in days
    ]
    return tuple(sorted(photos, key=lambda photo: (photo.on, photo.visit_id, photo.id)))
