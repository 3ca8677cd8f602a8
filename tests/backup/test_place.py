"""Where backups may go; a place that does not answer is not waited for, nor asked twice."""

import threading
from pathlib import Path

import pytest

from tests.backup.conftest import refusal
from woundtrack.backup import place
from woundtrack.backup.place import Reach, answers, check_place
from woundtrack.store.clinic import Clinic


def test_on_the_clinics_own_disk_is_told_and_inside_the_clinic_refused(
    clinic: Clinic, stick: Path
) -> None:
    assert check_place(stick, clinic.folder)
    assert refusal(lambda: check_place(clinic.folder / "vault", clinic.folder)) == (
        "backup.inside_clinic"
    )
    assert refusal(lambda: check_place(stick / "nothing", clinic.folder)) == "backup.gone"


def test_another_disk_is_another_disk(clinic: Clinic) -> None:
    others = [Path(name) for name in ("/dev/shm", "/tmp", "/var/tmp") if Path(name).is_dir()]
    here = clinic.folder.stat().st_dev
    apart = [one for one in others if one.stat().st_dev != here]
    if not apart:
        pytest.skip("this machine has one disk")
    assert not check_place(apart[0], clinic.folder)


def test_a_place_is_there_or_not(stick: Path) -> None:
    assert answers(stick)
    assert not answers(stick / "nothing")


def test_a_place_that_hangs_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, go_on = [], threading.Event()

    class Hanging:
        def is_dir(self) -> bool:
            asked.append(self)
            go_on.wait(10)
            return True

    monkeypatch.setattr(place, "PATIENCE_S", 0.02)
    target, reach = Hanging(), Reach()
    assert not reach.answers(target)  # type: ignore[arg-type]
    assert not reach.answers(target)  # type: ignore[arg-type]
    assert len(asked) == 1
    thread = reach._hanging[target]  # type: ignore[index]
    go_on.set()
    thread.join(10)
    assert reach.answers(target)  # type: ignore[arg-type]
    assert len(asked) == 2
