"""Whether a patient's photos may be shown for teaching or research."""

import datetime as dt

from woundtrack.errors import ExportError
from woundtrack.records import ConsentPurpose, Patient

PURPOSES = (ConsentPurpose.TEACHING, ConsentPurpose.RESEARCH)
"""What pictures without names leave the clinic for."""
_REFUSED = {
    ConsentPurpose.CARE: "deidentify.no_consent_to_care",
    ConsentPurpose.TEACHING: "deidentify.no_consent_to_teaching",
    ConsentPurpose.RESEARCH: "deidentify.no_consent_to_research",
}


def require_consent(patient: Patient, purpose: ConsentPurpose, on: dt.date) -> None:
    """Refuse where consent to the purpose is not in force on a day.

    A consent that was withdrawn counts no more from the day of its withdrawal on. Raises
    ExportError deidentify.no_consent_to_care, _to_teaching or _to_research.
    """
    if not patient.consents_to(purpose, on=on):
        raise ExportError(_REFUSED[purpose])
