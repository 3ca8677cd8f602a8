"""Tables are exported on the clinic's own day."""

import pytest

from tests.clinic_to_export import clinic as clinic
from tests.clinic_to_export import out as out
from tests.clinics import TODAY
from woundtrack.export import tables


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_today", TODAY.date)
