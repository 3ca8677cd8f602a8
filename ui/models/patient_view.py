"""What the patient page shows, worked out from a history on a worker; knows nothing of Qt."""

from dataclasses import dataclass

from ui.models.lesion_view import LesionView, lesion_view
from ui.models.names import consent_name, dialysis_short, sex_short
from ui.models.timeline import StripPhoto, strip_photos
from woundtrack import words
from woundtrack.healing.total import totals_of
from woundtrack.records import (
    Consent,
    DialysisMode,
    Lesion,
    Patient,
    PatientHistory,
    PatientStatus,
    Sex,
    Stored,
    Visit,
)
from woundtrack.report.healing_text import total_text
from woundtrack.report.labels import patient_name
from woundtrack.words import _, ngettext


@dataclass(frozen=True, slots=True)
class TotalView:
    """The area of all lesions together, and of which day; where it is not known, why."""

    figure: str
    day: str
    known: bool = True


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
    total: TotalView | None = None
    """None where the patient has no more than one lesion."""
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
        lesions=tuple(lesion_view(history, lesion) for lesion in _own_first(history)),
        photos=strip_photos(history),
        total=_total(history),
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
        _dialysis(patient),
        _("no. {number}").format(number=patient.hospital_number) if patient.hospital_number else "",
        _("code {code}").format(code=patient.code) if patient.code else "",
    ]
    return " · ".join(part for part in parts if part)


def _dialysis(patient: Patient) -> str:
    if patient.dialysis is DialysisMode.NONE:
        return ""
    name, since = dialysis_short(patient.dialysis), patient.dialysis_since_on
    if since is None:
        return name
    return _("{dialysis} since {month}").format(dialysis=name, month=words.month_and_year(since))


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


def _own_first(history: PatientHistory) -> list[Stored[Lesion]]:
    """The lesions; those that became others come last."""
    return sorted(history.lesions, key=lambda lesion: lesion.value.became_on is not None)


def _total(history: PatientHistory) -> TotalView | None:
    if len(history.lesions) < 2:
        return None
    totals = totals_of(history)
    if not totals:
        return None
    latest = totals[-1]
    day = words.date(latest.on)
    if latest.area_cm2 is not None:
        return TotalView(total_text(latest), day)
    missing = _("{lesions} not traced, {date}")
    return TotalView(
        _("not known"), missing.format(lesions=words.together(latest.missing), date=day), False
    )
