"""The patient whom a code on the command line means."""

from woundtrack.errors import RecordError
from woundtrack.store.clinic import Clinic


def patient_of_code(clinic: Clinic, text: str) -> int:
    """The patient's id, also where that record was merged since. record.no_patient_code."""
    from woundtrack.photo.code import typed_patient_code

    code = typed_patient_code(text) or text.strip()
    found = clinic.read(lambda reader: reader.patient_by_code(code))
    if found is None:
        raise RecordError("record.no_patient_code", patient_code=code)
    return found.id
