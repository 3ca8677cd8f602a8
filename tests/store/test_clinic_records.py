"""Records: added, revised, found, kept."""

import datetime as dt
import threading
from dataclasses import replace
from types import SimpleNamespace

import pytest

from tests.clinics import MEASUREMENT, OUTLINE, TODAY, a_patient, counts
from woundtrack.errors import RecordError, StoreError
from woundtrack.outline.types import Outline
from woundtrack.photo.code import check_patient_code
from woundtrack.records import (
    Assessment,
    CardRun,
    Consent,
    ConsentPurpose,
    DialysisMode,
    Lesion,
    Patient,
    PatientStatus,
    PhotoOutline,
    Sex,
    Visit,
    VisitPhoto,
)
from woundtrack.store.clinic import Clinic
from woundtrack.store.reader import Reader


def test_a_patient_comes_back_as_entered_with_a_code(clinic: Clinic) -> None:
    value = a_patient(
        used_name="Øster-O'Brien",
        national_number="2 58 03",
        sex=Sex.FEMALE,
        dialysis=DialysisMode.HAEMODIALYSIS,
        consents=(Consent(ConsentPurpose.CARE, dt.date(2026, 1, 1), dt.date(2026, 2, 1)),),
        note="lit 12\nétage 3",
    )
    stored = clinic.write(lambda w: w.add(value))
    assert check_patient_code(stored.value.code)
    assert stored.value == replace(value, code=stored.value.code)
    assert stored.revision == 1
    assert stored.at_utc == TODAY
    assert stored.user_id == clinic.user.id
    assert clinic.read(lambda r: r.get(Patient, stored.id)) == stored


def test_everything_survives_closing_and_opening(clinic, opened, case: SimpleNamespace) -> None:
    before = clinic.read(lambda r: r.history(case.patient.id))
    clinic.close()
    assert opened().read(lambda r: r.history(case.patient.id)) == before
    assert counts(opened(), case.patient.id) == (2, 1, 1, 1, 2, 2, 2, 1)


def test_a_correction_is_a_new_revision_and_the_old_one_stays(
    clinic: Clinic, case: SimpleNamespace
) -> None:
    old = case.assessments[0]
    new = clinic.write(
        lambda w: w.revise(old, replace(old.value, pain_nrs=7), reason="asked again")
    )
    assert (new.revision, new.reason, new.value.pain_nrs) == (2, "asked again", 7)
    first, second = clinic.read(lambda r: r.revisions(Assessment, old.id))
    assert first == old
    assert second == new


def test_an_equal_value_makes_no_revision(clinic: Clinic, case: SimpleNamespace) -> None:
    same = clinic.write(lambda w: w.revise(case.visit, case.visit.value))
    assert same == case.visit


def test_a_correction_of_what_is_no_longer_latest_is_refused(
    clinic: Clinic, case: SimpleNamespace
) -> None:
    old = case.visit
    clinic.write(lambda w: w.revise(old, replace(old.value, note="one")))
    with pytest.raises(RecordError) as refused:
        clinic.write(lambda w: w.revise(old, replace(old.value, note="two")))
    assert refused.value.code == "record.changed_meanwhile"
    assert clinic.read(lambda r: r.get(Visit, old.id)).value.note == "one"


def test_drafts_are_overwritten_until_confirmed(clinic: Clinic, case: SimpleNamespace) -> None:
    clinic.write(lambda w: w.delete(PhotoOutline, case.outlines[0].id))
    draft = clinic.write(
        lambda w: w.add(PhotoOutline(case.photo.id, case.lesions[0].id, Outline()))
    )
    for x in (1.0, 2.0, 3.0):
        value = replace(draft.value, outline=Outline((((0.0, 0.0), (x, 0.0), (0.0, x)),)))
        draft = clinic.write(lambda w, old=draft, value=value: w.revise(old, value))
        assert (draft.revision, draft.value) == (1, value)
    done = clinic.write(lambda w: w.revise(draft, replace(draft.value, confirmed=True)))
    assert done.revision == 2
    kept = clinic.read(lambda r: r.revisions(PhotoOutline, draft.id))
    assert [one.value for one in kept] == [draft.value, done.value]
    actions = [e.action for e in clinic.read(lambda r: r.journal(kind="photo_outline"))]
    assert actions[:2] == ["confirmed", "added"]


def test_a_confirmed_revision_cannot_be_changed_even_by_sql(
    clinic: Clinic, case: SimpleNamespace
) -> None:
    for sql in (
        "UPDATE revision SET value = '{}'",
        "DELETE FROM revision",
        "UPDATE journal SET action = 'nothing'",
        "DELETE FROM journal",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal",
    ):
        with pytest.raises(RecordError) as refused:
            clinic.write(lambda w, sql=sql: w._connection.execute(sql))
        assert refused.value.code == "record.conflict"
    assert clinic.read(lambda r: len(r.journal())) > 5


def test_records_are_found_by_their_fields(clinic: Clinic, case: SimpleNamespace) -> None:
    def found(**equal: object) -> list[str]:
        lesions = clinic.read(lambda r: r.find(Lesion, **equal))
        return [lesion.value.label for lesion in lesions]

    assert found(patient_id=case.patient.id) == ["A", "B"]
    assert found(patient_id=case.patient.id, label="B") == ["B"]
    assert found(onset_on=dt.date(2026, 1, 1)) == ["A", "B"]
    assert found(closed_on=None) == ["A", "B"]
    assert found(label="Z") == []
    with pytest.raises(TypeError):
        found(colour="red")


def test_history_is_in_the_order_of_its_dates(clinic: Clinic, case: SimpleNamespace) -> None:
    for day in (dt.date(2026, 6, 1), dt.date(2026, 3, 1)):
        clinic.write(lambda w, day=day: w.add(Visit(case.patient.id, day)))
    history = clinic.read(lambda r: r.history(case.patient.id))
    assert [v.value.on.month for v in history.visits] == [3, 5, 6]
    assert history.measurements[0].value.measurement == MEASUREMENT
    assert history.outlines[0].value.outline == OUTLINE


def test_a_record_that_is_not_there_says_so(clinic: Clinic) -> None:
    with pytest.raises(RecordError) as missing:
        clinic.read(lambda r: r.get(Visit, 99))
    assert missing.value.code == "record.missing"
    with pytest.raises(RecordError):
        clinic.read(lambda r: r.history(99))


def test_a_failed_act_changes_nothing(clinic: Clinic, case: SimpleNamespace) -> None:
    def act(writer) -> None:
        writer.add(a_patient("2002"))
        writer.revise(case.visit, replace(case.visit.value, note="changed"))
        raise ValueError("a bug")

    before = clinic.read(lambda r: (r.history(case.patient.id), r.journal()))
    with pytest.raises(ValueError, match="a bug"):
        clinic.write(act)
    assert clinic.read(lambda r: (r.history(case.patient.id), r.journal())) == before
    assert len(clinic.read(lambda r: r.search_patients())) == 1


def test_a_question_sees_one_state_while_acts_go_on(clinic: Clinic) -> None:
    def question(reader) -> tuple[int, int, int]:
        first = len(reader.search_patients())
        thread = threading.Thread(target=lambda: clinic.write(lambda w: w.add(a_patient())))
        thread.start()
        thread.join()
        return first, len(reader.search_patients()), clinic.read(lambda r: len(r.find(Patient)))

    assert clinic.read(question) == (0, 0, 0)
    assert len(clinic.read(lambda r: r.search_patients())) == 1


def test_many_threads_write_and_read(clinic: Clinic) -> None:
    problems: list[Exception] = []

    def work(number: int) -> None:
        try:
            for i in range(5):
                clinic.write(lambda w, i=i: w.add(a_patient(f"{number}-{i}")))
                clinic.read(lambda r: r.search_patients())
        except Exception as error:  # noqa: BLE001 (collected for the test)
            problems.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert len(clinic.read(lambda r: r.find(Patient))) == 30


def test_a_closed_clinic_answers_nothing(clinic: Clinic) -> None:
    clinic.close()
    clinic.close()
    for ask in (lambda: clinic.read(lambda r: r.bin()), lambda: clinic.write(lambda w: w.bin())):
        with pytest.raises(StoreError) as closed:
            ask()
        assert closed.value.code == "store.closed"


def test_closing_breaks_off_the_question_that_is_under_way_and_waits_for_its_end(
    clinic: Clinic,
) -> None:
    """A connection closed under a statement would end the program."""
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    begun, ended, told = threading.Event(), threading.Event(), list[str]()

    def ask(reader: Reader) -> None:
        begun.set()
        try:
            reader._connection.execute(endless).fetchall()
        finally:
            ended.set()

    def work() -> None:
        try:
            clinic.read(ask)
        except StoreError as error:
            told.append(error.code)

    thread = threading.Thread(target=work)
    thread.start()
    assert begun.wait(5)
    clinic.close()
    assert ended.is_set()
    thread.join()
    assert told == ["store.closed"]


def test_closing_waits_for_a_question_that_thinks_between_two_readings(clinic: Clinic) -> None:
    begun, go_on, counts = threading.Event(), threading.Event(), list[int]()

    def ask(reader: Reader) -> None:
        begun.set()
        go_on.wait(5)
        counts.append(len(reader.find(Patient)))

    asking = threading.Thread(target=lambda: clinic.read(ask))
    closing = threading.Thread(target=clinic.close)
    asking.start()
    assert begun.wait(5)
    closing.start()
    closing.join(0.1)
    assert closing.is_alive()
    go_on.set()
    closing.join(5)
    asking.join(5)
    assert counts == [0]


def test_an_act_within_an_act_is_a_mistake(clinic: Clinic) -> None:
    with pytest.raises(RuntimeError):
        clinic.write(lambda _w: clinic.write(lambda w: w.bin()))


def test_journal_tells_who_did_what(clinic: Clinic, case: SimpleNamespace) -> None:
    clinic.write(lambda w: w.note("viewed", "patient", case.patient.id))
    newest = clinic.read(lambda r: r.journal(limit=1))[0]
    assert (newest.action, newest.kind, newest.record_id) == ("viewed", "patient", case.patient.id)
    assert (newest.user_id, newest.at_utc, newest.act_id) == (clinic.user.id, TODAY, None)
    older = clinic.read(lambda r: r.journal(before_id=newest.id, limit=1000))
    assert older[-1].action == "added"
    assert older[-1].kind == "user"
    assert {"signed_in", "added"} == {entry.action for entry in older}
    mine = clinic.read(lambda r: r.journal(kind="patient", record_id=case.patient.id))
    assert [entry.action for entry in mine] == ["viewed", "added"]


def test_print_runs_are_numbered_and_settings_kept(clinic: Clinic) -> None:
    assert [clinic.write(lambda w: w.next_card_run("a4")) for _ in range(3)] == [1, 2, 3]
    clinic.write(lambda w: w.add(CardRun(2611212230, "a4")))
    assert clinic.write(lambda w: w.next_card_run("a4")) == 4
    (run,) = clinic.read(lambda r: r.find(CardRun, number=2))
    clinic.write(lambda w: w.revise(run, replace(run.value, measured_mm=99.5, accepted=True)))
    assert clinic.read(lambda r: r.find(CardRun, accepted=True))[0].value.measured_mm == 99.5
    assert clinic.read(lambda r: r.setting("idle")) is None
    for minutes in ("5", "10"):
        clinic.write(lambda w, minutes=minutes: w.set_setting("idle", minutes))
    assert clinic.read(lambda r: r.setting("idle")) == "10"


def test_a_patient_who_died_leaves_the_list_and_keeps_the_record(
    clinic: Clinic, case: SimpleNamespace
) -> None:
    died = replace(case.patient.value, status=PatientStatus.DIED, died_on=dt.date(2026, 6, 1))
    clinic.write(lambda w: w.revise(case.patient, died))
    assert clinic.read(lambda r: r.search_patients("lef")) == []
    (row,) = clinic.read(lambda r: r.search_patients("lef", everyone=True))
    assert row.patient == died
    assert counts(clinic, case.patient.id) == (2, 1, 1, 1, 2, 2, 2, 1)


def test_the_code_stays_when_a_form_leaves_it_out(clinic: Clinic) -> None:
    stored = clinic.write(lambda w: w.add(a_patient()))
    value = replace(stored.value, code="", note="new")
    assert clinic.write(lambda w: w.revise(stored, value)).value.code == stored.value.code


def test_a_photo_without_import_is_refused(clinic: Clinic, case: SimpleNamespace) -> None:
    with pytest.raises(RecordError) as refused:
        clinic.write(lambda w: w.add(VisitPhoto(case.visit.id, "0" * 64, case.photo.value.photo)))
    assert refused.value.code == "record.photo_not_imported"
