"""The tables of patients, their risk factors and their lesions."""

import datetime as dt

from woundtrack.anatomy.rule import CLASS_NAMES
from woundtrack.anatomy.sites import SIDE_NAMES, SITES
from woundtrack.context.causes import FIELD_NAMES, SHAPES, SUBTYPES
from woundtrack.context.contact import last_contact_on
from woundtrack.context.risks import RISK_FACTORS
from woundtrack.export.case import BASELINES, Case
from woundtrack.export.types import (
    YES_NO,
    Column,
    Identity,
    Table,
    code,
    day,
    key,
    number,
    text,
)
from woundtrack.records import ConsentPurpose
from woundtrack.report.labels import (
    AETIOLOGIES,
    BODY_VIEWS,
    DIALYSES,
    LESION_STATES,
    PATIENT_STATES,
    SEXES,
)
from woundtrack.words import N_

OLDEST_TOLD = 90
"""Ages above 89 are told as 90 (45 CFR 164.514(b)(2)(i)(C): so few are older that age names)."""
WHOSE = code("patient_code", N_("Code of the patient"), lambda case, _row: case.patient.code)
"""The first column of every table."""
_CONSENT = {
    "yes": N_("consent in force"),
    "withdrawn": N_("consent withdrawn"),
}
ASKED = N_("Number within the patient, the same in all tables of this export")


def lesion_number(of: object = None) -> Column:
    """The lesion of a row, as it is numbered in the table of lesions."""
    get = of if callable(of) else lambda case, row: case.lesion_numbers.get(row.value.lesion_id)
    return number("lesion", N_("Number of the lesion in the table of lesions"), get)


def _age(case: Case, _row: object) -> int | None:
    """Whole years on day 0."""
    on, born = case.baseline_on, case.patient.birth_date
    if on is None:
        return None
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return min(years, OLDEST_TOLD)


def _consent(purpose: ConsentPurpose) -> Column:
    def state(case: Case, _row: object) -> str | None:
        if case.patient.consents_to(purpose, on=case.today):
            return "yes"
        known = any(each.purpose is purpose for each in case.patient.consents)
        return "withdrawn" if known else None

    meaning = {
        ConsentPurpose.CARE: N_("Consent to photos for care"),
        ConsentPurpose.TEACHING: N_("Consent to photos for teaching"),
        ConsentPurpose.RESEARCH: N_("Consent to photos for research"),
    }[purpose]
    return key(f"consent_{purpose}", meaning, state, _CONSENT)


def _last_contact(case: Case, _row: object) -> dt.date | None:
    return last_contact_on(case.history, today=case.today)


PATIENTS = Table(
    "patients",
    N_("One row a patient."),
    lambda case: (case.history.patient,),
    (
        WHOSE,
        text("hospital_number", N_("Hospital number"), "hospital_number"),
        text("national_number", N_("National number"), "national_number"),
        text("birth_name", N_("Name at birth"), "birth_name"),
        text("used_name", N_("Name in use"), "used_name"),
        text("first_names", N_("First names"), "first_names"),
        day("birth", N_("Birth date"), "birth_date", only=Identity.IDENTIFIED),
        number("age_years", N_("Age on day 0 in whole years; 90 means 90 or more"), _age, "a",
               only=Identity.BY_CODE),
        key("sex", N_("Sex"), "sex", SEXES),
        key("dialysis", N_("Dialysis"), "dialysis", DIALYSES),
        day("dialysis_since", N_("Dialysis since"), "dialysis_since_on"),
        key("status", N_("Status"), "status", PATIENT_STATES),
        day("died", N_("Died on"), "died_on"),
        day("last_contact", N_("When the patient was last known alive, from the whole record"),
            _last_contact),
        key("baseline", N_("What day 0 is"), lambda case, _row: case.baseline, BASELINES),
        *(_consent(purpose) for purpose in ConsentPurpose),
        text("note", N_("Note"), "note"),
    ),
)  # fmt: skip

RISKS = Table(
    "risk_factors",
    N_("One row a risk factor that was asked about; the others were not."),
    lambda case: case.patient.risk_factors,
    (
        WHOSE,
        key("factor", N_("Risk factor"), lambda _case, row: row.key,
            {each.key: each.name for each in RISK_FACTORS.values()}),
        key("present", N_("Whether the patient has it"), lambda _case, row: row.present, YES_NO),
    ),
)  # fmt: skip


def _became(case: Case, row: object) -> str:
    numbers = (case.lesion_numbers.get(each) for each in row.value.became_ids)  # type: ignore[attr-defined]
    return " ".join(str(each) for each in numbers if each)


_SITES = {site.key: site.name for site in SITES.values()}
_CAUSE = FIELD_NAMES

LESIONS = Table(
    "lesions",
    N_("One row a lesion."),
    lambda case: case.history.lesions,
    (
        WHOSE,
        number("lesion", ASKED, lambda case, row: case.lesion_numbers[row.id]),
        text("label", N_("Letter"), "label"),
        key("site", N_("Site"), "site", _SITES),
        key("side", N_("Side"), "side", SIDE_NAMES),
        key("aetiology", N_("Cause"), "aetiology", AETIOLOGIES),
        day("onset", N_("Onset"), "onset_on"),
        key("status", N_("Status"), "status", LESION_STATES),
        day("closed", N_("First seen closed"), "closed_on"),
        day("closure_confirmed", N_("Closure confirmed"), "closure_confirmed_on"),
        key("site_class", N_("Class of the site: the clinician’s where given, else the rule’s"),
            "site_class", CLASS_NAMES),
        key("site_class_by_rule", N_("Class by the rule"), "class_by_rule", CLASS_NAMES),
        code("site_class_rule_version", N_("Version of the rule"), "class_rule_version"),
        key("site_class_by_clinician", N_("Class given by a clinician"), "class_override",
            CLASS_NAMES),
        text("site_class_reason", N_("Reason for the class"), "class_override_reason"),
        key("body_view", N_("Drawing of the body map on which its point lies"),
            lambda _case, row: None if row.value.body_x is None else row.value.body_view,
            BODY_VIEWS),
        number("body_x", N_("Point on the drawing, 0 to 1 from its left edge"), "body_x",
               decimals=4),
        number("body_y", N_("Point on the drawing, 0 to 1 from its top edge"), "body_y",
               decimals=4),
        key("uraemic", _CAUSE["uraemic"], "cause_facts.uraemic", YES_NO),
        key("calcinosis_subtype", _CAUSE["subtype"], "cause_facts.subtype",
            {each: subtype.name for each, subtype in SUBTYPES.items()}),
        key("calcium_or_phosphate_raised", _CAUSE["calcium_or_phosphate_raised"],
            "cause_facts.calcium_or_phosphate_raised", YES_NO),
        key("tissue_damaged", _CAUSE["tissue_damaged"], "cause_facts.tissue_damaged", YES_NO),
        text("underlying", _CAUSE["underlying"], "cause_facts.underlying"),
        text("given", _CAUSE["given"], "cause_facts.given"),
        key("tumoral", _CAUSE["tumoral"], "cause_facts.tumoral", YES_NO),
        key("xray", _CAUSE["xray"], "cause_facts.xray", SHAPES),
        number("largest_deposit_mm", _CAUSE["largest_mm"], "cause_facts.largest_mm", "mm"),
        code("became", N_("Numbers of the lesions that it parted into or grew into"), _became),
        day("became", N_("First day on which it was no lesion of its own"), "became_on"),
        text("note", N_("Note"), "note"),
    ),
)  # fmt: skip
