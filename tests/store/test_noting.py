"""Who came, went and looked is in the journal; who may only read has lines that wait."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.clinics import PASSPHRASE, USER, spoiled
from woundtrack.errors import StoreError
from woundtrack.store import files
from woundtrack.store.clinic import Clinic, open_clinic
from woundtrack.store.waiting import WAITING_NAME


def told(clinic: Clinic) -> list[tuple[str, str, int | None]]:
    """What the journal says, oldest first, without its first line."""
    clinic.write(lambda _: None)  # behind what is queued
    lines = clinic.read(lambda r: r.journal())
    return [(line.action, line.kind, line.record_id) for line in reversed(lines)][1:]


def test_coming_and_going_are_told(opened: Callable[..., Clinic]) -> None:
    clinic = opened()
    clinic.write(lambda w: w.note("viewed", "patient", 4))
    clinic.close()
    again = opened()
    again.note("printed", "patient", 5)
    assert told(again) == [
        ("signed_in", "user", 1), ("viewed", "patient", 4), ("signed_out", "user", 1),
        ("signed_in", "user", 1), ("printed", "patient", 5),
    ]  # fmt: skip


def test_what_a_second_opener_looks_at_waits_and_is_taken_in(
    folder: Path, opened: Callable[..., Clinic]
) -> None:
    writer = opened()
    reader = open_clinic(folder, user_name=USER, passphrase=PASSPHRASE)
    assert reader.read_only
    reader.note("viewed", "patient", 7, reason="secret reason")
    reader.close()
    waiting = list((folder / WAITING_NAME).iterdir())
    assert len(waiting) == 3
    assert all(b"viewed" not in path.read_bytes() for path in waiting)
    assert ("viewed", "patient", 7) not in told(writer)
    writer.close()
    assert not (folder / WAITING_NAME).exists()
    again = opened()
    assert [one[0] for one in told(again)].count("signed_in") == 3
    lines = again.read(lambda r: r.journal())
    (line,) = [one for one in lines if one.action == "viewed"]
    assert (line.user_id, line.record_id, line.reason) == (1, 7, "secret reason")
    assert again.check() == []


def test_a_line_that_was_taken_in_before_a_crash_is_not_taken_twice(
    folder: Path, opened: Callable[..., Clinic], monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = opened()
    reader = open_clinic(folder, user_name=USER, passphrase=PASSPHRASE)
    reader.note("viewed", "patient", 7)
    with monkeypatch.context() as patch:
        patch.setattr("woundtrack.store.waiting.WaitingLines.remove", lambda *_: None)
        writer.close()
    reader.close()
    again = opened()
    assert [one[0] for one in told(again)].count("viewed") == 1
    assert not (folder / WAITING_NAME).exists()


def test_a_line_of_someone_whom_the_database_does_not_know_names_nobody_else(
    folder: Path, opened: Callable[..., Clinic], monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = opened()
    reader = open_clinic(folder, user_name=USER, passphrase=PASSPHRASE)
    stranger = replace(reader.user, uuid="b3bb2a0e-0000-4000-8000-000000000000")
    monkeypatch.setattr(reader._noting, "_user", stranger)
    reader.note("viewed", "patient", 7)
    reader.close()
    writer.close()
    again = opened()
    assert told(again)[-1][0] == "signed_in"
    lines = again.read(lambda r: r.journal())
    assert [line.user_id for line in lines if line.action == "viewed"] == [None]


def test_a_damaged_line_stays_and_the_check_tells_of_it(
    folder: Path, opened: Callable[..., Clinic]
) -> None:
    writer = opened()
    reader = open_clinic(folder, user_name=USER, passphrase=PASSPHRASE)
    (path,) = (folder / WAITING_NAME).iterdir()
    path.write_bytes(spoiled(path.read_bytes()))
    (found,) = writer.check()
    assert (found.code, found.data) == ("check.waiting_damaged", (("count", 1),))
    writer.close()
    assert path.exists()
    reader.close()


def test_who_may_write_nothing_reads_on_but_prints_nothing(
    folder: Path, opened: Callable[..., Clinic], monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = opened()

    def refuse(*_args: object) -> None:
        raise PermissionError(13, "refused")

    monkeypatch.setattr("woundtrack.store.waiting.make_folder", refuse)
    reader = open_clinic(folder, user_name=USER, passphrase=PASSPHRASE)
    assert reader.read(lambda r: r.search_patients()) == []
    with pytest.raises(StoreError) as refused:
        reader.note("printed", "patient", 7)
    assert refused.value.code == "store.not_writable"
    reader.close()
    writer.close()
    assert files.PART_SUFFIX not in {path.suffix for path in folder.iterdir()}
