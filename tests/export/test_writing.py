"""An export is whole or absent, journalled, stopped on request, and refused with a way out."""

import errno
from pathlib import Path

import pytest
import xlsxwriter

from tests.clinics import PASSPHRASE, USER, a_patient
from tests.export.made import add_marked, csv_rows, mark, sheets, table_of
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.export import sinks, tables
from woundtrack.export.tables import Exported, export_tables
from woundtrack.export.types import Identity
from woundtrack.records import Patient
from woundtrack.store.clinic import Clinic, open_clinic

IDENTIFIED = Identity.IDENTIFIED
FORMULAS = ("=1+1", "+31 6 12", "-2 points", "@SUM(A1)", "\t=1", " =1+1", "＝1")


def refused(clinic: Clinic, target: Path, **more: object) -> WoundtrackError:
    with pytest.raises(WoundtrackError) as failed:
        export_tables(clinic, target, identity=IDENTIFIED, **more)  # type: ignore[arg-type]
    assert explain(failed.value)
    return failed.value


def test_a_workbook_has_numbers_that_are_numbers_and_days_that_are_days(
    clinic: Clinic, out: Path
) -> None:
    clinic.write(add_marked)
    assert export_tables(clinic, out / "t.xlsx", identity=IDENTIFIED) == Exported(1)
    found = sheets(out / "t.xlsx")
    assert list(found)[:3] == ["about", "dictionary", "patients"]
    (row,) = table_of(found["measurements"])
    assert (row["area_cm2"], row["size_method"]) == (1.0, "traced")
    assert row["visit_date"] == ("day", 46146.0)  # 4 May 2026
    assert row["ruler_length_cm"] is None
    (patient,) = table_of(found["patients"])
    assert patient["birth_name"] == mark("birth")
    assert list(out.iterdir()) == [out / "t.xlsx"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_is_never_a_formula(clinic: Clinic, out: Path, text: str) -> None:
    clinic.write(lambda w: w.add(a_patient("1", note=text)))
    export_tables(clinic, out / "csv", identity=IDENTIFIED)
    (row,) = csv_rows(out / "csv", "patients")
    assert row["note"] == f"'{text.strip()}"
    export_tables(clinic, out / "t.xlsx", identity=IDENTIFIED)
    (patient,) = table_of(sheets(out / "t.xlsx")["patients"])  # it fails where a formula is
    assert patient["note"] == text.strip()


def test_a_formula_within_a_text_is_none_for_other_separators_either(
    clinic: Clinic, out: Path
) -> None:
    note = 'sore;=HYPERLINK("x")\n=2+2,@A1 and "more", - 3;＝1\n＠A1'
    clinic.write(lambda w: w.add(a_patient("1", note=note)))
    export_tables(clinic, out / "csv", identity=IDENTIFIED)
    (row,) = csv_rows(out / "csv", "patients")
    assert row["note"] == "sore;'=HYPERLINK(\"x\")\n'=2+2,'@A1 and \"more\", - 3;'＝1\n'＠A1"


def test_numbers_below_0_stay_numbers(clinic: Clinic, out: Path) -> None:
    clinic.write(add_marked)
    export_tables(clinic, out / "csv", identity=Identity.BY_CODE)
    assert csv_rows(out / "csv", "therapies")[0]["start_day"] == "-3"


def test_a_birth_before_excel_counts_is_kept_as_text(clinic: Clinic, out: Path) -> None:
    import datetime as dt

    clinic.write(lambda w: w.add(a_patient("1", birth_date=dt.date(1899, 12, 31))))
    export_tables(clinic, out / "t.xlsx", identity=IDENTIFIED)
    (patient,) = table_of(sheets(out / "t.xlsx")["patients"])
    assert patient["birth_date"] == "1899-12-31"


def test_each_export_is_a_line_of_the_journal(clinic: Clinic, out: Path) -> None:
    case = clinic.write(add_marked)
    export_tables(clinic, out / "a.xlsx", identity=Identity.BY_CODE)
    export_tables(clinic, out / "b.xlsx", identity=IDENTIFIED, patient_id=case.patient.id)
    one, all_ = clinic.read(lambda r: r.journal())[:2]
    assert (all_.action, all_.kind, all_.record_id) == ("exported", "clinic", None)
    assert "by code" in all_.reason
    assert (one.action, one.kind, one.record_id) == ("exported", "patient", case.patient.id)
    assert "by name" in one.reason


def test_only_the_patient_asked_for_is_written(clinic: Clinic, out: Path) -> None:
    case = clinic.write(add_marked)
    clinic.write(lambda w: add_marked(w, "2"))
    export_tables(clinic, out / "csv", identity=IDENTIFIED, patient_id=case.patient.id)
    codes = {row["patient_code"] for row in csv_rows(out / "csv", "labs")}
    assert codes == {case.patient.value.code}


@pytest.mark.parametrize("name", ["t.xlsx", "csv"])
def test_stopped_at_any_point_it_leaves_nothing_and_no_line(
    clinic: Clinic, out: Path, name: str
) -> None:
    for number in "123":
        clinic.write(lambda w, number=number: add_marked(w, number))
    (out / "t.xlsx").write_bytes(b"the last export")
    told: list[tuple[int, int]] = []
    for stop in (0, 2, 3):
        told.clear()

        def progress(done: int, total: int, stop: int = stop) -> bool:
            told.append((done, total))
            return done < stop

        assert export_tables(clinic, out / name, identity=IDENTIFIED, progress=progress) is None
        assert told[-1] == (stop, 3)
    assert [path.name for path in out.iterdir()] == ["t.xlsx"]
    assert (out / "t.xlsx").read_bytes() == b"the last export"
    assert all(entry.action != "exported" for entry in clinic.read(lambda r: r.journal()))


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.EACCES, "report.not_allowed"), (errno.ENOSPC, "report.disk_full"),
     (errno.EIO, "report.not_written")],
)  # fmt: skip
@pytest.mark.parametrize("name", ["t.xlsx", "csv"])
def test_what_the_disk_refuses_is_told_and_leaves_nothing(
    clinic: Clinic, out: Path, monkeypatch: pytest.MonkeyPatch, name: str, number: int, code: str
) -> None:
    clinic.write(add_marked)

    def full(*_args: object) -> None:
        raise OSError(number, "")

    monkeypatch.setattr(sinks.os, "fsync", full)
    assert refused(clinic, out / name).code == code
    assert list(out.iterdir()) == []
    assert all(entry.action != "exported" for entry in clinic.read(lambda r: r.journal()))


def test_a_disk_that_fills_while_the_workbook_is_made_is_told(
    clinic: Clinic, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.write(add_marked)

    def full(_book: object) -> None:
        raise OSError(errno.ENOSPC, "")

    monkeypatch.setattr(xlsxwriter.Workbook, "_store_workbook", full)
    assert refused(clinic, out / "t.xlsx").code == "report.disk_full"
    assert list(out.iterdir()) == []


def test_a_workbook_open_in_excel_stays_and_is_told(
    clinic: Clinic, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.write(add_marked)
    (out / "t.xlsx").write_bytes(b"open in Excel")

    def held(_made: Path, _target: Path) -> None:
        raise PermissionError(errno.EACCES, "")

    monkeypatch.setattr(tables, "put", held)
    assert "open in another program" in explain(refused(clinic, out / "t.xlsx"))
    assert [path.name for path in out.iterdir()] == ["t.xlsx"]
    assert (out / "t.xlsx").read_bytes() == b"open in Excel"


def test_nothing_is_written_over_but_a_workbook(clinic: Clinic, out: Path) -> None:
    clinic.write(add_marked)
    (out / "kept").write_text("mine")
    assert refused(clinic, out).code == "store.folder_not_empty"
    assert refused(clinic, out / "kept").code == "store.not_a_folder"
    assert refused(clinic, out / "nowhere" / "csv").code == "report.folder_gone"
    assert refused(clinic, clinic.folder / "t.xlsx").code == "store.inside_clinic"
    assert refused(clinic, clinic.folder / "vault" / "csv").code == "store.inside_clinic"
    (out / "new").mkdir()
    export_tables(clinic, out / "new", identity=IDENTIFIED)
    assert (out / "new" / "patients.csv").exists()


def test_who_cannot_journal_cannot_export(clinic: Clinic, out: Path) -> None:
    clinic.write(add_marked)
    second = open_clinic(clinic.folder, user_name=USER, passphrase=PASSPHRASE)
    assert second.read_only
    assert refused(second, out / "t.xlsx").code == "store.read_only"
    second.close()


def test_what_excel_cannot_take_is_refused_not_cut_off(
    clinic: Clinic, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.write(lambda w: w.add(a_patient("1", note="é" * 32_768)))
    assert refused(clinic, out / "t.xlsx").code == "export.too_much_for_excel"
    export_tables(clinic, out / "csv", identity=IDENTIFIED)
    assert len(csv_rows(out / "csv", "patients")[0]["note"]) == 32_768
    patient = clinic.read(lambda r: r.find(Patient))[0]
    clinic.write(lambda w: w.delete(Patient, patient.id))
    monkeypatch.setattr(sinks, "MOST_ROWS", 1)
    clinic.write(add_marked)
    assert refused(clinic, out / "t.xlsx").code == "export.too_much_for_excel"


def test_no_part_of_a_workbook_lies_in_the_system_s_folder_for_such(
    clinic: Clinic, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    clinic.write(add_marked)
    folders: list[object] = []
    make = tempfile.mkstemp

    def spied(*args: object, **more: object) -> object:
        folders.append(more.get("dir"))
        return make(*args, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(tempfile, "mkstemp", spied)
    export_tables(clinic, out / "t.xlsx", identity=IDENTIFIED)
    assert folders
    assert all(out in Path(str(each)).parents for each in folders)


@pytest.mark.parametrize("when", [1, 3])
def test_a_clinic_that_is_locked_meanwhile_stops_it(clinic: Clinic, out: Path, when: int) -> None:
    for number in "123":
        clinic.write(lambda w, number=number: add_marked(w, number))

    def lock(done: int, _total: int) -> None:
        if done == when:
            clinic.close()

    assert refused(clinic, out / "t.xlsx", progress=lock).code == "store.closed"
    assert list(out.iterdir()) == []
