"""The fields of records and their values in words, for conflicts and revisions."""

import datetime as dt
from collections.abc import Mapping
from enum import Enum
from typing import Any

from ui.models.names import CONSENTS, ROLES
from woundtrack import words
from woundtrack.anatomy.rule import CLASS_NAMES
from woundtrack.anatomy.sites import SIDE_NAMES, site_name
from woundtrack.context.analytes import ANALYTES
from woundtrack.context.causes import FIELD_NAMES, SUBTYPES
from woundtrack.context.causes import SHAPES as XRAY_SHAPES
from woundtrack.context.drugs import DRUGS, route_name
from woundtrack.context.events import EVENTS, FINDINGS
from woundtrack.context.risks import risk_name
from woundtrack.context.types import CauseFacts, Comparator, RiskFactor
from woundtrack.instruments.bwat import SHAPES
from woundtrack.instruments.forms import instrument_named
from woundtrack.instruments.infection import SIGNS
from woundtrack.measure.types import Measurement
from woundtrack.records import (
    Consent,
    FilledForm,
    Tunnel,
    Undermining,
    WoundQol,
)
from woundtrack.report.labels import (
    AETIOLOGIES,
    BODY_VIEWS,
    DIALYSES,
    LESION_STATES,
    PATIENT_STATES,
    PHOTO_VIEWS,
    SEXES,
    SIZE_METHODS,
)
from woundtrack.report.score_text import wound_qol_text
from woundtrack.scale.told import told
from woundtrack.scale.types import Scale
from woundtrack.therapy.catalogue import ROUTES, THERAPIES, frequency_name, unit_name
from woundtrack.therapy.course import STOP_CAUSES, change_text
from woundtrack.therapy.types import DoseChange
from woundtrack.words import N_, _

FIELDS = {
    "hospital_number": N_("Hospital number"), "birth_name": N_("Name at birth"),
    "first_names": N_("First names"), "birth_date": N_("Birth date"), "sex": N_("Sex"),
    "used_name": N_("Name in use"), "national_number": N_("National number"),
    "dialysis": N_("Dialysis"), "consents": N_("Consents"), "status": N_("Status"),
    "died_on": N_("Died on"), "note": N_("Note"), "code": N_("Code"), "label": N_("Letter"),
    "site": N_("Site"), "side": N_("Side"), "aetiology": N_("Cause"), "onset_on": N_("Onset"),
    "closed_on": N_("First seen closed"), "closure_confirmed_on": N_("Closure confirmed"),
    "class_by_rule": N_("Class by the rule"), "class_rule_version": N_("Version of the rule"),
    "class_override": N_("Class given by a clinician"),
    "class_override_reason": N_("Reason for the class"), "body_view": N_("View"),
    "body_x": N_("Point, across"), "body_y": N_("Point, down"), "on": N_("Day"),
    "general_pain_nrs": N_("General pain"), "general_pain_vas_mm": N_("General pain, mm"),
    "wound_qol": N_("Wound-QoL"), "size_method": N_("How the size was taken"),
    "measurement_id": N_("Measurement"), "measurement": N_("Measurement"),
    "measurement_revision": N_("Revision of the measurement"), "photo_id": N_("Photo"),
    "outline_revision": N_("Revision of the outline"),
    "scale_revision": N_("Revision of the scale"), "scale": N_("Scale"),
    "length_cm": N_("Length, cm"),
    "width_cm": N_("Width, cm"), "depth_cm": N_("Depth, cm"), "undermining": N_("Undermining"),
    "tunnels": N_("Tunnels"), "pain_nrs": N_("Pain"), "pain_vas_mm": N_("Pain, mm"),
    "head_to_toe_cm": N_("Head to toe, cm"), "left_right_cm": N_("Left to right, cm"),
    "shape": N_("Shape"), "dressing": N_("Dressing"),
    "infection_signs": N_("Signs of infection"), "forms": N_("Forms"),
    "retrace_relative_sd": N_("Figure for tracing again"),
    "confirmed": N_("Confirmed"), "therapy": N_("Therapy"), "name": N_("Name"),
    "start_on": N_("First day"), "stop_on": N_("Last day"), "dose": N_("Dose"), "unit": N_("Unit"),
    "route": N_("Route"), "frequency": N_("Frequency"), "stop_reason": N_("Reason for stopping"),
    "role": N_("Role"), "active": N_("Active"), "patient_id": N_("Patient"),
    "visit_id": N_("Visit"), "lesion_id": N_("Lesion"), "course_id": N_("Therapy"),
    "stop_cause": N_("Why it stopped"), "dose_changes": N_("Dose changes"),
    "duration_min": N_("Duration, min"), "blood_flow_ml_min": N_("Blood flow, mL/min"),
    "plasma_percent": N_("Plasma fraction, %"), "plasma_volume_ml": N_("Plasma volume, mL"),
    "effluent_percent": N_("Effluent, % of the plasma"), "albumin_ml": N_("Albumin, mL"),
    "pressure_ata": N_("Pressure, ATA"),
    "analyte": N_("Analyte"), "value": N_("Value"), "comparator": N_("Below or above a limit"),
    "lower_limit": N_("Lower limit"), "upper_limit": N_("Upper limit"),
    "drug": N_("Analgesic"), "times_a_day": N_("Times a day"),
    "kind": N_("Kind"), "until_on": N_("Last day"), "finding": N_("Finding"),
    "text": N_("What exactly"), "dialysis_since_on": N_("Dialysis since"),
    "risk_factors": N_("Risk factors"), "last_contact_on": N_("Last contact"),
    "cause_facts": N_("Facts of the cause"), "became_ids": N_("Became the lesions"),
    "became_on": N_("Became them on"), "view": N_("What the photo takes in"),
}  # fmt: skip

_COMPARATORS = {Comparator.BELOW: N_("below"), Comparator.ABOVE: N_("above")}
_SUBTYPES = {kind: subtype.name for kind, subtype in SUBTYPES.items()}
_EVENTS = {kind: event.name for kind, event in EVENTS.items()}
_NAMED: Mapping[str, Mapping[str, Any]] = {
    "therapy": THERAPIES, "analyte": ANALYTES, "drug": DRUGS,
}  # fmt: skip
"""By field, what its keys stand for."""
_TABLES: tuple[Mapping[Any, str], ...] = (
    SEXES, DIALYSES, PATIENT_STATES, AETIOLOGIES, LESION_STATES, CLASS_NAMES, SIDE_NAMES, ROLES,
    CONSENTS, _COMPARATORS, SIZE_METHODS, BODY_VIEWS, STOP_CAUSES, _EVENTS,
    _SUBTYPES, XRAY_SHAPES, PHOTO_VIEWS,
)  # fmt: skip


def field_name(field: str) -> str:
    """A record's field in the language in force."""
    return _(FIELDS.get(field, field))


def value_text(value: object, *, field: str = "") -> str:
    """A field's value in the language in force; a dash where there is none."""
    if value is None or value == "" or value == ():
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int) and value < 0 and field.endswith(("_id", "_ids")):
        return _("one that is not here")  # `store.carried_values.stand_in`
    if isinstance(value, Enum):
        return _enum_text(value)
    if isinstance(value, dt.date):
        return words.date(value)
    if field == "retrace_relative_sd" and isinstance(value, float):
        return words.percent(value, decimals=1)
    if isinstance(value, float):
        return words.number(value, decimals=2)
    if isinstance(value, str):
        return _key_text(value, field)
    if isinstance(value, tuple):
        return ", ".join(value_text(part, field=field) for part in value)
    return _part_text(value)


def _key_text(value: str, field: str) -> str:
    """What a key of a fixed list is called; other text stays as written."""
    if value in (table := _NAMED.get(field, {})):
        return _(table[value].name)
    if field == "finding":
        return _finding_name(value)
    if field == "infection_signs":
        return _(dict(SIGNS).get(value, value))
    if field == "shape":
        return _(dict(SHAPES).get(value, value))
    names = {
        "site": site_name, "route": _route_name, "frequency": frequency_name, "unit": unit_name,
    }  # fmt: skip
    return names[field](value) if field in names else value


def _finding_name(finding: str) -> str:
    """Of whatever kind of event; what several kinds call differently stays the plain word."""
    names = {findings[finding] for findings in FINDINGS.values() if finding in findings}
    return _(names.pop()) if len(names) == 1 else _("another one")


def _route_name(route: str) -> str:
    """Of a therapy or of an analgesic."""
    return _(ROUTES[route]) if route in ROUTES else route_name(route)


def _part_text(value: object) -> str:
    """A part of a record that has fields of its own."""
    if isinstance(value, Consent):
        return _consent_text(value)
    if isinstance(value, FilledForm):
        return _form_text(value)
    if isinstance(value, RiskFactor):
        return words.labelled(risk_name(value.key), _("yes") if value.present else _("no"))
    if isinstance(value, CauseFacts):
        return _facts_text(value)
    if isinstance(value, DoseChange):
        return change_text(value)
    if isinstance(value, WoundQol):
        return wound_qol_text(value)
    if isinstance(value, Undermining):
        return _("undermined {depth} from {start} to {end} o’clock").format(
            depth=words.length(value.depth_cm), start=value.from_hour, end=value.to_hour
        )
    if isinstance(value, Tunnel):
        return _("tunnel {length} at {hour} o’clock").format(
            length=words.length(value.length_cm), hour=value.hour
        )
    if isinstance(value, Measurement):
        return _measurement_text(value)
    if isinstance(value, Scale):
        return told(value)
    return str(value)


def parts_of(value: object) -> dict[str, object] | None:
    """The parts of a value that is told part by part, by their names; None of any other."""
    if isinstance(value, CauseFacts):
        facts = {name: getattr(value, name) for name in FIELD_NAMES}
        if value.largest_mm is not None:
            facts["largest_mm"] = words.with_unit(value_text(value.largest_mm), "mm")
        return {
            _(FIELD_NAMES[name]): fact for name, fact in facts.items() if fact not in (None, "")
        }
    if isinstance(value, tuple) and value and isinstance(value[0], RiskFactor):
        return {risk_name(factor.key): factor.present for factor in value}
    return None


def _facts_text(facts: CauseFacts) -> str:
    """What is known of a cause, field by field; a dash where nothing is."""
    parts = parts_of(facts) or {}
    said = [words.labelled(name, value_text(part)) for name, part in parts.items()]
    return ", ".join(said) or "–"


def _form_text(value: FilledForm) -> str:
    known = instrument_named(value.instrument)
    scores = " ".join("–" if score is None else str(score) for score in value.scores)
    return words.labelled(known.short if known else value.instrument, scores)


def _measurement_text(value: Measurement) -> str:
    area = words.area(value.area_cm2, value.area_cm2_sd)
    return f"{area}, {words.number(value.length_cm)} × {words.length(value.width_cm)}"


def _enum_text(value: Enum) -> str:
    # Members of different enums with one text ("other") are equal: identity tells them apart.
    for table in _TABLES:
        for member, text in table.items():
            if member is value:
                return _(text)
    return str(value.value).replace("_", " ")


def _consent_text(consent: Consent) -> str:
    name = _(CONSENTS[consent.purpose])
    if consent.withdrawn_on is not None:
        return _("{name} (withdrawn {day})").format(name=name, day=words.date(consent.withdrawn_on))
    return _("{name} ({day})").format(name=name, day=words.date(consent.given_on))
