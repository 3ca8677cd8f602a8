"""One therapy of a patient, from its start to its stop."""

import datetime as dt
from dataclasses import dataclass

from woundtrack.therapy.types import DoseChange, StopCause


@dataclass(frozen=True, slots=True)
class TherapyCourse:
    """One therapy from its start to its stop."""

    patient_id: int
    therapy: str
    """A key of `woundtrack.therapy.catalogue.THERAPIES`, or "other"."""
    name: str
    start_on: dt.date
    stop_on: dt.date | None = None
    dose: float | None = None
    unit: str = ""
    route: str = ""
    frequency: str = ""
    stop_reason: str = ""
    note: str = ""
    stop_cause: StopCause | None = None
    """None while it goes on, and where nobody said why it stopped."""
    dose_changes: tuple[DoseChange, ...] = ()
    """In the order of their days; `dose` holds until the first."""
