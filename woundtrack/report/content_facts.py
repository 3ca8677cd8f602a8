"""Who a patient is and what a lesion is, as names and values of a report."""

import datetime as dt

from woundtrack.context.causes import FIELD_NAMES, fields_of, shape_name, subtype_name
from woundtrack.context.contact import last_contact_on
from woundtrack.context.types import CalcificationShape, CalcinosisSubtype
from woundtrack.healing.closure import closures_in
from woundtrack.healing.series import Series
from woundtrack.records import Lesion, Patient, PatientHistory
from woundtrack.report.content_types import Fact
from woundtrack.report.labels import AETIOLOGIES, LESION_STATES, SEXES, dialysis_text
from woundtrack.therapy.session import plain_number
from woundtrack.words import _, date, period, together, with_unit


def identity(patient: Patient) -> tuple[Fact, ...]:
    """What stands on every page beside the name."""
    return (
        Fact(_("Born"), date(patient.birth_date)),
        Fact(_("Hospital number"), patient.hospital_number),
        Fact(_("Code"), patient.code),
    )


def patient_facts(history: PatientHistory, *, today: dt.date) -> tuple[Fact, ...]:
    """What else is known of the patient; the last contact up to `today`."""
    patient = history.patient.value
    contact = last_contact_on(history, today=today)
    facts = [
        Fact(_("Sex"), _(SEXES[patient.sex])),
        Fact(_("Dialysis"), dialysis_text(patient)),
    ]
    if patient.used_name and patient.used_name != patient.birth_name:
        facts.insert(0, Fact(_("Birth name"), patient.birth_name))
    if patient.national_number:
        facts.append(Fact(_("National number"), patient.national_number))
    if patient.died_on is not None:
        facts.append(Fact(_("Died on"), date(patient.died_on)))
    elif contact is not None:
        facts.append(Fact(_("Last contact"), date(contact)))
    return tuple(fact for fact in facts if fact.value)


def lesion_facts(history: PatientHistory, series: Series) -> tuple[Fact, ...]:
    """Cause, class, state and dates of the lesion of this series."""
    lesion = next(each.value for each in history.lesions if each.id == series.lesion_id)
    facts = [
        Fact(_("Cause"), _(AETIOLOGIES[lesion.aetiology])),
        *_cause_facts(lesion),
        Fact(_("Site class"), _class_text(lesion)),
        Fact(_("Status"), _status(history, lesion)),
    ]
    facts += _came_from(history, series.lesion_id)
    for closure in closures_in(series):
        if closure.reopened_on is not None:
            facts.append(Fact(_("Was closed"), period(closure.first_on, closure.reopened_on)))
    days = (
        (_("Onset"), lesion.onset_on),
        (_("Seen closed"), lesion.closed_on),
        (_("Closure confirmed"), lesion.closure_confirmed_on),
    )
    return (*facts, *(Fact(label, date(day)) for label, day in days if day is not None))


def _cause_facts(lesion: Lesion) -> list[Fact]:
    """What is known of the cause, of what this aetiology asks."""
    known = lesion.cause_facts
    asked = fields_of(lesion.aetiology, subtype=known.subtype)
    texts = {name: _cause_text(getattr(known, name)) for name in asked}
    return [Fact(_(FIELD_NAMES[name]), text) for name, text in texts.items() if text]


def _cause_text(value: bool | float | str | CalcinosisSubtype | CalcificationShape | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, CalcinosisSubtype):
        return subtype_name(value)
    if isinstance(value, CalcificationShape):
        return shape_name(value)
    if isinstance(value, str):
        return value.strip()
    return with_unit(plain_number(value), "mm")


def _class_text(lesion: Lesion) -> str:
    """The site's class; where a clinician gave it, what the rule says and why."""
    from woundtrack.anatomy.rule import class_name

    if lesion.class_override is None or lesion.class_override is lesion.class_by_rule:
        return class_name(lesion.site_class)
    return _("{given} (given by a clinician: {reason}; by the rule {rule})").format(
        given=class_name(lesion.class_override),
        reason=lesion.class_override_reason,
        rule=class_name(lesion.class_by_rule),
    )


def _status(history: PatientHistory, lesion: Lesion) -> str:
    if lesion.became_on is None or not lesion.became_ids:
        return _(LESION_STATES[lesion.status])
    labels = [each.value.label for each in history.lesions if each.id in lesion.became_ids]
    text = (
        _("parted into {labels} on {date}")
        if len(lesion.became_ids) > 1
        else _("grew together into {labels} on {date}")
    )
    return text.format(labels=together(labels), date=date(lesion.became_on))


def _came_from(history: PatientHistory, lesion_id: int) -> list[Fact]:
    from_labels = [
        each.value.label for each in history.lesions if lesion_id in each.value.became_ids
    ]
    return [Fact(_("Came from lesion"), together(from_labels))] if from_labels else []
