"""Photos are shown for teaching or research only while the patient agrees to that."""

import datetime as dt

import pytest

from woundtrack.deidentify.consent import PURPOSES, require_consent
from woundtrack.errors import ExportError
from woundtrack.records import Consent, ConsentPurpose, Patient
from woundtrack.sentences import SENTENCES

GIVEN, WITHDRAWN = dt.date(2026, 3, 1), dt.date(2026, 6, 1)


def _patient(*consents: Consent) -> Patient:
    return Patient("1", "Lefèvre", "Marie", dt.date(1958, 2, 3), consents=consents, code="7F3K2-C")


@pytest.mark.parametrize("purpose", PURPOSES)
def test_consent_to_something_else_is_none(purpose: ConsentPurpose) -> None:
    others = (Consent(each, GIVEN) for each in ConsentPurpose if each is not purpose)
    with pytest.raises(ExportError) as refused:
        require_consent(_patient(*others), purpose, GIVEN)
    assert refused.value.code == f"deidentify.no_consent_to_{purpose}"
    assert refused.value.code in SENTENCES


@pytest.mark.parametrize(
    ("on", "in_force"),
    [
        (GIVEN - dt.timedelta(days=1), False),
        (GIVEN, True),
        (WITHDRAWN - dt.timedelta(days=1), True),
        (WITHDRAWN, False),
    ],
)
def test_consent_counts_from_its_day_to_that_of_its_withdrawal(on: dt.date, in_force: bool) -> None:
    patient = _patient(Consent(ConsentPurpose.TEACHING, GIVEN, WITHDRAWN))
    if in_force:
        require_consent(patient, ConsentPurpose.TEACHING, on)
    else:
        with pytest.raises(ExportError):
            require_consent(patient, ConsentPurpose.TEACHING, on)
