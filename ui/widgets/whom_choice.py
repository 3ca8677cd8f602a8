"""Of whom something is exported: the patient who is open, or the whole clinic."""

from ui.widgets.form import Choice
from woundtrack.records import Patient, Stored
from woundtrack.report.labels import patient_name
from woundtrack.words import _


def whom_choice(patient: Stored[Patient] | None, *, named: bool = True) -> Choice:
    """The patient's id, chosen at first where there is one, or None for the whole clinic.

    Without `named` the patient is told by code alone.
    """
    whom: list[tuple[int | None, str]] = [(None, _("The whole clinic"))]
    if patient is not None:
        value = patient.value
        told = f"{patient_name(value)} · {value.code}" if named else value.code
        whom.insert(0, (patient.id, told))
    return Choice(whom, chosen=whom[0][0])
