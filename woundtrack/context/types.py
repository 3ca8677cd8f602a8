"""What a record keeps beside the wound. Values only; nothing here knows of patients or stores."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Comparator(StrEnum):
    """How a laboratory's value is meant: some report no more than that it lies beyond a limit."""

    EXACT = ""
    BELOW = "<"
    ABOVE = ">"


@dataclass(frozen=True, slots=True)
class LabResult:
    """One laboratory value of one day, in the unit in which it was reported."""

    patient_id: int
    on: dt.date
    analyte: str
    """A key of `woundtrack.context.labs.ANALYTES`, or "other"."""
    value: float
    unit: str
    name: str = ""
    """What was measured, where the analyte is "other"."""
    comparator: Comparator = Comparator.EXACT
    lower_limit: float | None = None
    """The laboratory's own, in the same unit."""
    upper_limit: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class AnalgesicUse:
    """One analgesic as it was really taken, from a day on; another dose is another record."""

    patient_id: int
    drug: str
    """A key of `woundtrack.context.analgesics.DRUGS`, or "other"."""
    start_on: dt.date
    stop_on: dt.date | None = None
    """The last day on which it was taken so; None while it goes on."""
    name: str = ""
    """Which one, where the drug is "other"."""
    route: str = ""
    dose: float | None = None
    """One dose, in `unit`; of a patch what it gives in an hour."""
    unit: str = ""
    times_a_day: float | None = None
    """How often, on average; None for a patch, and where nobody said."""
    note: str = ""


class EventKind(StrEnum):
    """What may befall a patient. Death is the patient's own field."""

    BIOPSY = "biopsy"
    INFECTION = "infection"
    ADVERSE_EVENT = "adverse_event"
    AMPUTATION = "amputation"
    HOSPITAL_STAY = "hospital_stay"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ClinicalEvent:
    """Something that happened to the patient on a day, or from one to another."""

    patient_id: int
    kind: EventKind
    on: dt.date
    until_on: dt.date | None = None
    lesion_id: int | None = None
    """The lesion it concerns, where it is one."""
    course_id: int | None = None
    """The therapy it was put down to, where it was."""
    finding: str = ""
    """A key of the kind's findings in `woundtrack.context.events.FINDINGS`."""
    text: str = ""
    """What exactly: the pathologist's words, the level, the name of the event."""


@dataclass(frozen=True, slots=True)
class RiskFactor:
    """Whether a patient has a risk factor. What nobody asked about is not listed at all."""

    key: str
    """A key of `woundtrack.context.risks.RISK_FACTORS`."""
    present: bool


class CalcinosisSubtype(StrEnum):
    """The four kinds of calcinosis cutis (Fabreguet 2015)."""

    DYSTROPHIC = "dystrophic"
    METASTATIC = "metastatic"
    IDIOPATHIC = "idiopathic"
    IATROGENIC = "iatrogenic"


class CalcificationShape(StrEnum):
    """How calcification looks on an X-ray (Fabreguet 2015)."""

    RETICULAR = "reticular"
    NODULAR = "nodular"
    LINEAR = "linear"
    AMORPHOUS = "amorphous"
    SHEET_LIKE = "sheet_like"


@dataclass(frozen=True, slots=True)
class CauseFacts:
    """What is known of a lesion's cause; None and empty where nobody said."""

    uraemic: bool | None = None
    """Of calciphylaxis: whether the kidneys fail."""
    subtype: CalcinosisSubtype | None = None
    """Of calcinosis, as this and everything below."""
    calcium_or_phosphate_raised: bool | None = None
    tissue_damaged: bool | None = None
    """Calcium and phosphate alone cannot tell dystrophic from idiopathic."""
    underlying: str = ""
    """The disease or injury that damaged the tissue, or that raised calcium or phosphate."""
    given: str = ""
    """Of iatrogenic: what was given, such as calcium in a vein or calcium heparin."""
    tumoral: bool | None = None
    xray: CalcificationShape | None = None
    largest_mm: float | None = None
    """The largest deposit across."""
