"""What was recorded since a backup: what would be lost without a new one, or given up for it."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.clinics import PASSPHRASE, TODAY, USER, a_patient, a_photo, jpeg
from woundtrack.backup.making import back_up
from woundtrack.backup.opening import opened_by_passphrase
from woundtrack.backup.restoring import restore
from woundtrack.backup.since import Parted, changed_since, parted
from woundtrack.errors import StoreError
from woundtrack.store.clinic import Clinic
from woundtrack.store.writer import Writer

MADE = dt.datetime(2100, 1, 1, 9, 30, tzinfo=dt.UTC)
"""A backup, after everything that a template holds."""
AFTER = MADE + dt.timedelta(hours=1)


def take_in(writer: Writer) -> None:
    writer.import_photo(jpeg(7), a_photo(jpeg(7)), b"thumb")


@pytest.mark.parametrize(
    "act", [lambda writer: writer.add(a_patient()), take_in], ids=["record", "photo"]
)
def test_a_record_and_a_photo_are_worth_a_backup(
    clinic: Clinic, act: Callable[[Writer], object]
) -> None:
    assert changed_since(clinic, None)
    assert not changed_since(clinic, MADE)
    clinic._clock = lambda: AFTER
    clinic.write(act)
    assert changed_since(clinic, MADE)
    assert not changed_since(clinic, AFTER)


def test_looking_and_backing_up_are_not(clinic: Clinic, stick: Path) -> None:
    back_up(clinic, stick, now=lambda: MADE)
    clinic._clock = lambda: AFTER
    clinic.note("viewed", "patient", 1)
    assert not changed_since(clinic, MADE)


def test_what_only_the_clinic_in_place_has_is_given_up(
    clinic: Clinic, case: SimpleNamespace, folder: Path, stick: Path, tmp_path: Path
) -> None:
    made = back_up(clinic, stick, now=lambda: TODAY)
    assert made is not None
    opener = opened_by_passphrase(made.backup, user_name=USER, passphrase=PASSPHRASE)
    back = tmp_path / "back"
    assert restore(made.backup, back, opener=opener) is not None
    key = opener.data_key
    assert parted(folder, back, data_key=key) == Parted(0, None, None)
    clinic.write(lambda w: w.add(a_patient("2002")))
    clinic.write(lambda w: w.add(a_patient("2003")))
    assert parted(folder, back, data_key=key) == Parted(2, TODAY, TODAY)
    assert parted(back, folder, data_key=key) == Parted(0, None, None)
    with pytest.raises(StoreError):
        parted(folder, back, data_key=bytes(32))
