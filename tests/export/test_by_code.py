"""By code nothing names a person: no text that was typed, no date; consent comes first."""

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.export.made import (
    FIRST,
    MARK,
    add_bedside,
    add_marked,
    csv_rows,
    sheets,
    texts_of,
    without_consent,
)
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.export.tables import Exported, export_tables, exported_text, who_would_be
from woundtrack.export.types import Identity
from woundtrack.records import Consent, ConsentPurpose, Patient
from woundtrack.store.clinic import Clinic

BY_CODE = Identity.BY_CODE
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def all_texts(folder: Path) -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8-sig") for path in folder.iterdir()}


def test_no_typed_text_and_no_date_leaves(clinic: Clinic, out: Path) -> None:
    case = clinic.write(add_marked)
    clinic.write(lambda w: add_bedside(w, case, FIRST + dt.timedelta(7)))
    history = clinic.read(lambda r: r.history(case.patient.id))
    records = [each.value for part in (
        (history.patient,), history.lesions, history.visits, history.assessments, history.courses,
        history.sessions, history.labs, history.analgesics, history.events,
    ) for each in part]  # fmt: skip
    marks = {text for value in records for text in texts_of(value) if text.startswith(MARK)}
    assert len(marks) > 25

    export_tables(clinic, out / "named", identity=Identity.IDENTIFIED)
    named = "".join(all_texts(out / "named").values())
    assert [mark for mark in marks if mark not in named] == []
    export_tables(clinic, out / "coded", identity=BY_CODE)
    for name, text in all_texts(out / "coded").items():
        assert MARK not in text, name
        if name != "about":  # the day on which it was made stands there
            assert not DATE.search(text), name
    assert "1958" not in all_texts(out / "coded")["patients"]


def test_days_count_from_the_first_confirmed_visit(clinic: Clinic, out: Path) -> None:
    case = clinic.write(add_marked)
    clinic.write(lambda w: add_bedside(w, case, FIRST - dt.timedelta(days=60), confirmed=False))
    clinic.write(lambda w: add_bedside(w, case, FIRST + dt.timedelta(days=35)))
    export_tables(clinic, out / "coded", identity=BY_CODE)
    assert [row["visit_day"] for row in csv_rows(out / "coded", "visits")] == ["0", "35"]
    (course,) = csv_rows(out / "coded", "therapies")
    assert (course["start_day"], course["stop_day"]) == ("-3", "0")
    (patient,) = csv_rows(out / "coded", "patients")
    assert (patient["baseline"], patient["age_years"]) == ("first_visit", "68")
    assert (patient["patient_code"], patient["consent_research"]) == (
        case.patient.value.code, "yes",
    )  # fmt: skip


def test_what_was_typed_instead_of_a_key_is_other(clinic: Clinic, out: Path) -> None:
    clinic.write(add_marked)
    export_tables(clinic, out / "coded", identity=BY_CODE)
    (course,) = csv_rows(out / "coded", "therapies")
    assert (course["therapy"], course["dose_unit"], course["route"], course["frequency"]) == (
        ("other",) * 4
    )
    assert "name" not in course


def test_without_a_visit_days_count_from_the_first_record(clinic: Clinic, out: Path) -> None:
    case = clinic.write(add_marked)
    clinic.write(lambda w: w.delete(type(case.seen.visit.value), case.seen.visit.id))
    export_tables(clinic, out / "coded", identity=BY_CODE)
    (patient,) = csv_rows(out / "coded", "patients")
    assert patient["baseline"] == "first_record"
    assert csv_rows(out / "coded", "therapies")[0]["start_day"] == "0"


def test_the_very_old_are_not_told_apart(clinic: Clinic, out: Path) -> None:
    case = clinic.write(add_marked)
    old = replace(case.patient.value, birth_date=dt.date(1931, 5, 5))  # 94 on day 0
    clinic.write(lambda w: w.revise(case.patient, old))
    export_tables(clinic, out / "coded", identity=BY_CODE)
    assert csv_rows(out / "coded", "patients")[0]["age_years"] == "90"


def test_patients_without_consent_are_left_out_and_counted(clinic: Clinic, out: Path) -> None:
    kept = clinic.write(add_marked)
    left = clinic.write(lambda w: add_marked(w, "2"))
    clinic.write(lambda w: without_consent(w, left.patient))
    assert who_would_be(clinic, identity=BY_CODE) == Exported(1, 1)
    done = export_tables(clinic, out / "t.xlsx", identity=BY_CODE)
    assert done == Exported(1, 1)
    assert "1 was left out" in exported_text(done)
    found = sheets(out / "t.xlsx")
    for name, rows in found.items():
        assert left.patient.value.code not in str(rows), name
    assert kept.patient.value.code in str(found["patients"])
    assert ["Left out, without consent to research", 1.0] in found["about"]
    assert export_tables(clinic, out / "n.xlsx", identity=Identity.IDENTIFIED) == Exported(2)


@pytest.mark.parametrize("whole", [True, False])
def test_nobody_with_consent_is_refused(clinic: Clinic, out: Path, whole: bool) -> None:
    case = clinic.write(lambda w: add_marked(w, consents=()))
    patient_id = None if whole else case.patient.id
    with pytest.raises(WoundtrackError) as refused:
        export_tables(clinic, out / "coded", identity=BY_CODE, patient_id=patient_id)
    assert refused.value.code == ("export.nobody" if whole else "export.no_consent")
    assert "consent" in explain(refused.value)
    assert list(out.iterdir()) == []


def consent(given: str, withdrawn: str = "", purpose: str = "research") -> Consent:
    day = dt.date.fromisoformat
    return Consent(ConsentPurpose(purpose), day(given), day(withdrawn) if withdrawn else None)


@pytest.mark.parametrize(
    ("consents", "in_force"),
    [
        ((), False),
        ((consent("2026-01-01"),), True),
        ((consent("2026-06-02"),), False),
        ((consent("2026-01-01", "2026-06-01"),), False),
        ((consent("2026-01-01", "2026-06-02"),), True),
        ((consent("2026-01-01", "2026-02-01"), consent("2026-03-01")), True),
        ((consent("2026-01-01", purpose="teaching"), consent("2026-01-01", purpose="care")), False),
    ],
)
def test_consent_is_of_one_purpose_and_holds_until_withdrawn(
    consents: tuple[Consent, ...], in_force: bool
) -> None:
    born = dt.date(1958, 3, 2)
    patient = Patient("1", "Lefèvre", "Marie", born, consents=consents)
    assert patient.consents_to(ConsentPurpose.RESEARCH, on=dt.date(2026, 6, 1)) is in_force


def test_patients_stand_in_the_order_of_their_codes(clinic: Clinic, out: Path) -> None:
    for number in ("3", "1", "2"):
        clinic.write(lambda w, number=number: add_marked(w, number))
    export_tables(clinic, out / "coded", identity=BY_CODE)
    codes = [row["patient_code"] for row in csv_rows(out / "coded", "patients")]
    assert codes == sorted(codes)
    assert len(codes) == 3
