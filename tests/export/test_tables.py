"""What is confirmed stands in the tables as it was recorded; drafts and the bin never do."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from tests.export.made import FIRST, add_bedside, add_marked, csv_rows, mark
from woundtrack import words
from woundtrack.export.dictionary import TABLES
from woundtrack.export.tables import Exported, export_tables
from woundtrack.export.types import Identity
from woundtrack.measure.change import RETRACE_RELATIVE_SD
from woundtrack.records import Assessment, SizeMethod, Visit
from woundtrack.store.clinic import Clinic

IDENTIFIED = Identity.IDENTIFIED


@pytest.fixture
def folder(clinic: Clinic, out: Path) -> Path:
    """The tables of a patient with a traced visit and one by ruler a week later."""
    case = clinic.write(add_marked)
    clinic.write(lambda w: add_bedside(w, case, FIRST + dt.timedelta(7)))
    assert export_tables(clinic, out / "tables", identity=IDENTIFIED) == Exported(1)
    return out / "tables"


def test_a_traced_size_stands_with_its_doubt_and_what_made_it(folder: Path) -> None:
    traced = csv_rows(folder, "measurements")[0]
    assert traced["visit_date"] == "2026-05-04"
    assert (traced["size_method"], traced["area_cm2"], traced["area_sd_cm2"]) == (
        "traced", "1", "0.02",
    )  # fmt: skip
    assert traced["retrace_relative_sd"] == f"{RETRACE_RELATIVE_SD:g}"
    assert (traced["length_cm"], traced["ruler_length_cm"]) == ("1.4142", "")
    assert (traced["scale_method"], traced["scale_relative_sd"]) == ("two_points", "0.01")
    assert (traced["bed_by"], traced["bed_granulation_percent"], traced["bed_slough_percent"]) == (
        "network", "100", "0",
    )  # fmt: skip


def test_a_size_by_ruler_is_no_area(folder: Path) -> None:
    ruled = csv_rows(folder, "measurements")[1]
    assert (ruled["size_method"], ruled["area_cm2"], ruled["area_sd_cm2"]) == ("bedside", "", "")
    assert ruled["retrace_relative_sd"] == ""
    assert (ruled["ruler_length_cm"], ruled["ruler_width_cm"], ruled["ruler_product_cm2"]) == (
        "4", "2.5", "10",
    )  # fmt: skip
    assert (ruled["undermining"], ruled["tunnels"]) == ("1.5 cm 3-6 h", "2 cm 9 h")
    assert ruled["infection_signs"] == "pus odour"


def test_an_answer_of_0_is_0_and_what_was_not_asked_is_empty(folder: Path) -> None:
    traced, ruled = csv_rows(folder, "scores")
    assert (ruled["pain_nrs"], traced["pain_nrs"]) == ("0", "")
    assert (ruled["bwat_total"], ruled["bwat_cua_total"], ruled["bwat_13_epithelialisation"]) == (
        "39", "24", "3",
    )  # fmt: skip
    assert (traced["bwat_total"], ruled["push_total"]) == ("", "")
    first, second = csv_rows(folder, "visits")
    assert (first["general_pain_nrs"], second["wound_qol_mean"]) == ("3", "1.25")
    assert (first["photos"], second["photos"], second["note"]) == ("1", "0", mark("visit"))


def test_therapies_results_and_events_are_joined_by_numbers(folder: Path) -> None:
    (course,), (change,), (session,) = (
        csv_rows(folder, name) for name in ("therapies", "dose_changes", "therapy_sessions")
    )
    assert course["course"] == change["course"] == session["course"] == "1"
    assert (course["name"], course["dose"], course["dose_unit"]) == (
        mark("therapy"), "12.5", mark("unit"),
    )  # fmt: skip
    assert (change["from_date"], change["dose"]) == ("2026-05-04", "25")
    assert (session["dose"], session["duration_min"]) == ("20", "60")
    (event,) = csv_rows(folder, "events")
    assert (event["kind"], event["lesion"], event["course"]) == ("infection", "1", "")


def test_a_result_stays_as_reported_beside_its_series_value(folder: Path) -> None:
    phosphate, other = sorted(csv_rows(folder, "labs"), key=lambda row: row["analyte"] == "other")
    assert (phosphate["comparator"], phosphate["value"], phosphate["unit"]) == ("<", "3", "mg/dL")
    assert float(phosphate["series_value"]) == pytest.approx(3.0 / 3.097)
    assert phosphate["series_unit"] == "mmol/L"
    assert (other["name"], other["series_value"], other["series_unit"]) == (mark("analyte"), "", "")


def test_morphine_equivalents_are_told_or_why_not(folder: Path) -> None:
    of = {row["drug"]: row for row in csv_rows(folder, "analgesics")}
    assert (of["oxycodone"]["oral_morphine_mg_a_day"], of["oxycodone"]["dose"]) == ("30", "10")
    assert of["other"]["oral_morphine_mg_a_day"] == ""
    assert of["other"]["oral_morphine_missing"] == "not_known"


def test_drafts_and_the_bin_are_not_exported(clinic: Clinic, out: Path) -> None:
    case = clinic.write(add_marked)
    day = FIRST + dt.timedelta(7)
    draft = clinic.write(lambda w: add_bedside(w, case, day, confirmed=False))
    gone = clinic.write(lambda w: add_bedside(w, case, day + dt.timedelta(7)))
    clinic.write(lambda w: w.delete(Visit, gone.visit.id))
    export_tables(clinic, out / "tables", identity=IDENTIFIED)
    for table in ("visits", "measurements", "scores"):
        assert [row["visit_date"] for row in csv_rows(out / "tables", table)] == ["2026-05-04"]
    (patient,) = csv_rows(out / "tables", "patients")
    assert patient["last_contact_date"] == "2026-05-04"

    clinic.write(lambda w: w.revise(draft.assessment, replace(draft.assessment.value,
                                                              confirmed=True)))  # fmt: skip
    export_tables(clinic, out / "again", identity=IDENTIFIED)
    assert len(csv_rows(out / "again", "visits")) == 2


def test_a_closed_visit_has_an_area_of_0_without_a_doubt(clinic: Clinic, out: Path) -> None:
    case = clinic.write(add_marked)

    def close(writer: object) -> None:
        visit = writer.add(Visit(case.patient.id, FIRST + dt.timedelta(14)))  # type: ignore[attr-defined]
        closed = Assessment(visit.id, case.lesion.id, SizeMethod.CLOSED, confirmed=True)
        writer.add(closed)  # type: ignore[attr-defined]

    clinic.write(close)
    export_tables(clinic, out / "tables", identity=IDENTIFIED)
    closed = csv_rows(out / "tables", "measurements")[1]
    assert (closed["size_method"], closed["area_cm2"], closed["area_sd_cm2"]) == ("closed", "0", "")


def test_every_column_is_in_the_dictionary_with_what_its_keys_mean(folder: Path) -> None:
    told = csv_rows(folder, "dictionary")
    for table in TABLES:
        with (folder / f"{table.key}.csv").open(encoding="utf-8-sig") as file:
            head = file.readline().strip().split(",")
        mine = [row for row in told if row["table"] == table.key]
        assert [row["column"] for row in mine] == ["", *head]
        assert len(set(head)) == len(head)
        assert all(row["meaning"] for row in mine)
    (method,) = (row for row in told if row["column"] == "size_method")
    assert "traced = traced on a photo" in method["values"]


def test_every_key_that_is_exported_is_explained(folder: Path) -> None:
    told = {(row["table"], row["column"]): row["values"] for row in csv_rows(folder, "dictionary")}
    for table in TABLES:
        keys = [each for each in table.columns_in(IDENTIFIED) if each.values and not each.typed]
        for column in keys:
            explained = {each.split(" = ")[0] for each in told[table.key, column.name].split("; ")}
            for row in csv_rows(folder, table.key):
                assert set(row[column.name].split()) <= explained, (table.key, column.name)


def test_french_files_are_as_french_spreadsheets_read_them(clinic: Clinic, out: Path) -> None:
    clinic.write(add_marked)
    words.set_language("fr")
    export_tables(clinic, out / "tables", identity=IDENTIFIED)
    traced = csv_rows(out / "tables", "measurements", delimiter=";")[0]
    assert (traced["size_method"], traced["area_sd_cm2"]) == ("traced", "0,02")
    told = csv_rows(out / "tables", "dictionary", delimiter=";")
    assert next(row["meaning"] for row in told if row["column"] == "sex") == "Sexe"
