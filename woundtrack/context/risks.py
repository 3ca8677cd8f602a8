"""Risk factors of calciphylaxis that the sources name, as data: asked, never weighed.

No score is made of them. Two are the patient's own fields already and are read, not asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from woundtrack.records import DialysisMode, Patient, Sex
from woundtrack.therapy.types import Standing
from woundtrack.words import N_, _

SOURCE = "Ureña Torres 2025; NCT03146793"
"""The review, the cohort's protocol, and a case report; they name the factors together."""


@dataclass(frozen=True, slots=True)
class Risk:
    """One risk factor; `name` and `seen` are English, shown through `_`."""

    key: str
    name: str
    seen: str = ""
    """A figure that the sources print of it."""
    asked: bool = True
    """False where a field of the patient says it."""
    source: str = SOURCE
    standing: Standing = Standing.PUBLISHED


_ALL = (
    Risk("female", N_("Female sex"), N_("3 women to 1 man"), asked=False),
    Risk("peritoneal_dialysis", N_("Peritoneal dialysis"), asked=False),
    Risk("diabetes", N_("Diabetes")),
    Risk("obesity", N_("Body mass index above 30")),
    Risk("low_albumin", N_("Low albumin")),
    Risk("vitamin_k_antagonist", N_("Vitamin K antagonist")),
    Risk("intravenous_iron", N_("Intravenous iron")),
    Risk("active_vitamin_d", N_("Active vitamin D")),
    Risk("calcium_binders", N_("Calcium-based phosphate binders")),
    Risk("hyperparathyroidism", N_("Hyperparathyroidism")),
    Risk("low_pth", N_("Low parathyroid hormone")),
    Risk("inflammation", N_("Inflammation")),
    Risk("hypercoagulability", N_("Hypercoagulability")),
    Risk("autoimmunity", N_("Autoimmune disease")),
    Risk("under_dialysis", N_("Too little dialysis")),
    Risk(
        "insulin_injections",
        N_("Repeated insulin injections in one place"),
        N_("odds ratio 3.74 (2.28 to 6.25)"),
    ),
    Risk("maori_polynesian", N_("Māori or Polynesian origin")),
    Risk("trauma", N_("Trauma")),
    Risk("sepsis", N_("Sepsis")),
    Risk("shock", N_("Shock")),
    Risk("bariatric_surgery", N_("Bariatric surgery")),
)

RISK_FACTORS: Mapping[str, Risk] = MappingProxyType({risk.key: risk for risk in _ALL})
"""Every risk factor by its key, in the order in which they are asked."""


def risk_name(key: str) -> str:
    """A risk factor's name in the language in force; a key that is not known stays as it is."""
    return _(RISK_FACTORS[key].name) if key in RISK_FACTORS else key


def risks_of(patient: Patient) -> Mapping[str, bool | None]:
    """Every risk factor: present, absent, or None where nobody asked or the field is not filled.

    Answers to factors that this program does not know come last, so that none is lost.
    """
    answers = {factor.key: factor.present for factor in patient.risk_factors}
    sex = {Sex.FEMALE: True, Sex.MALE: False}.get(patient.sex)
    read = {
        "female": sex,
        # No dialysis is also how the field stands where nobody said.
        "peritoneal_dialysis": None
        if patient.dialysis is DialysisMode.NONE
        else patient.dialysis is DialysisMode.PERITONEAL,
    }
    return {**{key: read.get(key, answers.get(key)) for key in RISK_FACTORS}, **_others(answers)}


def _others(answers: Mapping[str, bool]) -> dict[str, bool]:
    return {key: present for key, present in answers.items() if key not in RISK_FACTORS}
