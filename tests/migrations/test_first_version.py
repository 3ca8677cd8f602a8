"""A clinic of the first version (tests/data/first_version) opens with all that was in it."""

import json
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.clinics import PASSPHRASE, TODAY, USER
from tests.store.soundness import faults
from woundtrack.errors import RecordError, StoreError
from woundtrack.explain import explain
from woundtrack.healing.series import series_of
from woundtrack.instruments import forms
from woundtrack.instruments.bwat import BWAT, BWAT_CUA
from woundtrack.records import Assessment, Patient, TherapyCourse, Visit, VisitPhoto
from woundtrack.store import migrating
from woundtrack.store.clinic import Clinic, open_clinic
from woundtrack.store.info import BACKUPS_NAME, DATABASE_NAME, clinic_info
from woundtrack.store.kinds import SPECS, spec_of
from woundtrack.store.lock import WriterLock
from woundtrack.store.rows import value_from_json, value_json

KEPT = Path(__file__).parents[1] / "data" / "first_version"
SCAR = "right calf, above the scar"
"""What one form's location said beside the lesion's own site."""


@cache
def said() -> dict[str, Any]:
    """What the program that made the clinic said of it."""
    return json.loads((KEPT / "said.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def brought(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The clinic's folder after today's program opened it once."""
    folder = tmp_path_factory.mktemp("brought") / "clinic"
    shutil.copytree(KEPT / "clinic", folder)
    open_clinic(folder, user_name=USER, passphrase=PASSPHRASE).close()
    return folder


@pytest.fixture
def kept(brought: Path, tmp_path: Path) -> Iterator[Clinic]:
    """A copy of it, open."""
    folder = Path(shutil.copytree(brought, tmp_path / "clinic"))
    clinic = open_clinic(folder, user_name=USER, passphrase=PASSPHRASE, clock=lambda: TODAY)
    yield clinic
    clinic.close()


def same(before: dict[str, Any], value: object) -> None:
    """Every field of the old value is there with the same content; the form is among the forms."""
    now = json.loads(value_json(value))
    form = before.get("bwat")
    noted = form is not None and form["location"] == SCAR
    assert within({name: one for name, one in before.items() if not noted or name != "note"}, now)
    if form is None:
        return
    filled = [each for each in now["forms"] if each["instrument"] == "bwat"]
    answered = any(score is not None for score in form["scores"])
    assert [each["scores"] for each in filled] == ([form["scores"]] if answered else [])
    assert now["shape"] == form["shape"]
    assert (SCAR in now["note"]) == noted


def within(before: Any, now: Any) -> bool:
    """Whether all that was is there unchanged; fields may have been added at any depth."""
    if isinstance(before, dict):
        names = set(before) - {"bwat"}
        return names <= set(now) and all(within(before[name], now[name]) for name in names)
    if isinstance(before, list):
        return len(before) == len(now) and all(map(within, before, now))
    return before == now


def test_it_is_backed_up_as_it_was_and_brought_forward(brought: Path) -> None:
    (backup,) = (brought / BACKUPS_NAME).iterdir()
    assert backup.stat().st_size > 0
    assert clinic_info(KEPT / "clinic").schema_version == 1
    assert clinic_info(brought).schema_version == len(migrating.STEP_NAMES)


def test_the_backup_put_back_opens_again(brought: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(brought, tmp_path / "clinic"))
    (backup,) = (folder / BACKUPS_NAME).iterdir()
    backup.replace(folder / DATABASE_NAME)
    clinic = open_clinic(folder, user_name=USER, passphrase=PASSPHRASE)
    assert clinic.read(lambda r: len(r.find(Assessment))) > 0
    clinic.close()


def test_a_folder_that_may_only_be_read_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(KEPT / "clinic", tmp_path / "clinic"))

    def refuse(_lock: object) -> bool:
        raise StoreError("store.not_writable")

    monkeypatch.setattr(WriterLock, "acquire", refuse)
    with pytest.raises(StoreError) as refused:
        open_clinic(folder, user_name=USER, passphrase=PASSPHRASE)
    assert refused.value.code == "store.older"
    assert "{" not in explain(refused.value)


def test_nothing_is_wrong_with_it(kept: Clinic) -> None:
    assert kept.check() == []
    assert faults(kept) == []


@pytest.mark.parametrize("table", sorted(said()["records"]))
def test_every_record_has_its_values(kept: Clinic, table: str) -> None:
    spec = next(spec for spec in SPECS if spec.table == table)
    for record_id, uuid, revision, at_utc, user_id, reason, deleted, value in said()["records"][
        table
    ]:
        one = kept.read(lambda r, i=record_id: r.get(spec.kind, i))
        head = (one.uuid, one.revision, one.at_utc.isoformat(), one.user_id, one.reason)
        assert (*head, one.deleted) == (uuid, revision, at_utc, user_id, reason, deleted)
        same(value, one.value)


def test_no_record_was_added(kept: Clinic) -> None:
    for spec in SPECS:
        every = kept.read(lambda r, k=spec.kind: [*r.find(k), *r.find(k, deleted=True)])
        assert len(every) == len(said()["records"].get(spec.table, []))


def test_every_total_is_what_it_was(kept: Clinic) -> None:
    totals = said()["totals"]
    assert {tuple(pair) for pair in totals.values()} >= {
        (47, 28),
        (46, 28),
        (26, 14),
        (9, 8),
        (None, None),
    }
    for record_id, expected in totals.items():
        assessment = kept.read(lambda r, i=record_id: r.get(Assessment, int(i))).value
        now = [forms.total_of(assessment, instrument) for instrument in (BWAT, BWAT_CUA)]
        assert now == expected


def test_every_revision_can_be_read_and_says_the_same(kept: Clinic) -> None:
    rows = kept.read(
        lambda r: r._connection.execute(
            "SELECT kind, record_id, revision, value, deleted, draft, at_utc, act_id "
            "FROM revision ORDER BY id"
        ).fetchall()
    )
    assert len(rows) == len(said()["revisions"])
    for row, before in zip(rows, said()["revisions"], strict=True):
        assert [*row[:3], *row[4:]] == [*before[:3], *before[4:]]
        kind = next(spec.kind for spec in SPECS if spec.table == row[0])
        same(before[3], value_from_json(kind, row[3]))


def test_revisions_are_kept_again(kept: Clinic) -> None:
    for statement in ("UPDATE revision SET value = '{}'", "DELETE FROM revision"):
        with pytest.raises(RecordError):
            kept.write(lambda w, s=statement: w._connection.execute(s))


def test_the_correction_that_waits_is_there(kept: Clinic) -> None:
    pending = kept.read(lambda r: r.correction(2))
    before = said()["correction"]
    now = json.loads(value_json(pending.correction))
    assert pending.user_name == USER
    for name in ("scales", "taken_away", "on_revisions", "chosen"):
        assert now[name] == before[name]
    assert before["edge_sd_px"] == [[2, 1, 1.5]]
    assert "edge_sd_px" not in now
    for part in ("outlines", "assessments"):
        assert len(now[part]) == len(before[part]) == 1
        same(before[part][0], getattr(pending.correction, part)[0])


def test_the_journal_and_the_bin_are_there(kept: Clinic) -> None:
    journal = kept.read(lambda r: r.journal())
    assert [
        [one.id, one.user_id, one.action, one.kind, one.record_id, one.act_id, one.reason]
        for one in journal
        if one.id <= said()["journal"][0][0]
    ] == said()["journal"]
    found = kept.read(lambda r: r.bin())
    assert [[type(one.value).__name__, one.id] for one in found] == said()["bin"]


def test_what_lies_in_the_bin_comes_back_with_its_photo(kept: Clinic) -> None:
    (visit,) = kept.read(lambda r: r.find(Visit, deleted=True, patient_id=2))
    kept.write(lambda w: w.restore(Visit, visit.id))
    (photo,) = kept.read(lambda r: r.find(VisitPhoto, visit_id=visit.id))
    assert kept.read(lambda r: r.photo_bytes(photo.value.vault_name)).startswith(b"\xff\xd8")
    (assessment,) = kept.read(lambda r: r.find(Assessment, visit_id=visit.id))
    assert forms.total_of(assessment.value, BWAT) == 47
    (course,) = kept.read(lambda r: r.find(TherapyCourse, deleted=True))
    kept.write(lambda w: w.restore(TherapyCourse, course.id))
    assert faults(kept) == []


def act_on(clinic: Clinic, kind: type, record_id: int, revision: int) -> int:
    (row,) = clinic.read(
        lambda r: r._connection.execute(
            "SELECT act_id FROM revision WHERE kind = ? AND record_id = ? AND revision = ?",
            (spec_of(kind).table, record_id, revision),
        ).fetchone()
    )
    return row


def test_acts_of_then_are_undone_or_refused(kept: Clinic) -> None:
    form = kept.read(lambda r: r.find(Assessment, visit_id=1, lesion_id=1))[0]
    assert forms.total_of(form.value, BWAT) == 46
    kept.write(lambda w: w.undo(act_on(kept, Assessment, form.id, form.revision)))
    undone = kept.read(lambda r: r.get(Assessment, form.id))
    assert forms.total_of(undone.value, BWAT) == 47
    with pytest.raises(StoreError) as refused:
        kept.write(lambda w: w.undo(act_on(kept, Assessment, form.id, 1)))
    assert refused.value.code == "store.visit_confirmed_since"


def test_the_merged_patient_comes_apart_again(kept: Clinic) -> None:
    double = kept.read(lambda r: r.get(Patient, 3))
    assert double.deleted
    kept.write(lambda w: w.undo(act_on(kept, Patient, 1, 2)))
    history = kept.read(lambda r: r.history(3))
    assert [one.value.label for one in history.lesions] == ["A"]
    assert [one.value.note for one in history.visits] == ["seen in the ward"]


def test_areas_and_scores_are_charted_as_before(kept: Clinic) -> None:
    history = kept.read(lambda r: r.history(1))
    (lesion,) = [one for one in history.lesions if one.value.label == "A"]
    points = series_of(history, lesion_id=lesion.id).points
    assert [(one.area_cm2, one.bwat, one.pain_nrs) for one in points] == [
        (9.0, 46, 4),
        (6.25, 26, 4),
        (None, 26, 2),
    ]
    assert points[2].product_cm2 == 3.0


@pytest.fixture
def opened_again(brought: Path) -> Callable[[], Clinic]:
    return lambda: open_clinic(brought, user_name="Ben Ořech", passphrase=PASSPHRASE)


def test_the_other_user_signs_in(opened_again: Callable[[], Clinic]) -> None:
    clinic = opened_again()
    assert clinic.user.value.name == "Ben Ořech"
    clinic.close()
