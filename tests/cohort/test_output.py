"""The plain table of a cohort: what it holds, how spreadsheets of each language read it."""

import csv
import datetime as dt
import io
from collections.abc import Iterator

import pytest

from tests.cohort.made import STS, MadeClinic
from tests.cohort.made_cohort import made_cohort, refused_cohort
from woundtrack import words
from woundtrack.cohort.cohort import cohort_of
from woundtrack.cohort.output import COLUMNS, CONTRAST, csv_text
from woundtrack.cohort.rows import GROUPS, rows_of
from woundtrack.cohort.types import Filter, TherapyChoice

DAY = dt.date(2026, 3, 17)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    yield
    words.set_language("en")


def lines(text: str, *, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def one(found: list[dict[str, str]], endpoint: str, group: str, statistic: str) -> dict[str, str]:
    (line,) = [
        each
        for each in found
        if (each["endpoint"], each["group"], each["statistic"]) == (endpoint, group, statistic)
    ]
    return line


def test_every_figure_of_the_page_is_a_line_with_its_interval_and_its_n() -> None:
    cohort = made_cohort()
    found = lines(csv_text(cohort, made_on=DAY))
    for row in rows_of(cohort):
        for group, cell in zip(GROUPS, row.cells, strict=True):
            line = one(found, row.key, group, "median" if row.is_median else "share")
            assert line["n"] == str(cell.sample.n)
            assert line["missing"] == str(cell.sample.of - cell.sample.n)
            assert (line["value"] == "") == (cell.value is None), row.key
            if cell.value is not None:
                assert float(line["value"]) == pytest.approx(cell.value.value, abs=0.05)
    survival = one(found, "survival_1_year", "central", "share")
    assert survival["value"] == "0.5"
    assert 0 < float(survival["ci95_low"]) < 0.5 < float(survival["ci95_high"]) < 1
    assert (survival["n"], survival["events_whole_time"], survival["few"]) == ("8", "4", "no")


def test_the_difference_and_the_log_rank_test_are_lines_of_their_own() -> None:
    found = lines(csv_text(made_cohort(), made_on=DAY))
    difference = one(found, "survival_1_year", CONTRAST, "difference")
    assert float(difference["value"]) == -0.5
    assert 0 < float(one(found, "survival_1_year", CONTRAST, "log_rank_p")["value"]) < 0.05


def test_a_group_under_5_has_counts_and_no_figure() -> None:
    found = lines(csv_text(made_cohort(central=4), made_on=DAY))
    line = one(found, "survival_1_year", "central", "share")
    assert (line["few"], line["n"], line["value"], line["ci95_low"]) == ("yes", "4", "", "")
    assert line["at_risk"] == ""  # not 0: they were under watch
    assert one(found, "patients", "central", "count")["value"] == "4"


def test_survival_that_cannot_be_told_is_empty_and_says_why() -> None:
    cohort = refused_cohort()
    line = one(lines(csv_text(cohort, made_on=DAY)), "survival_1_year", "all", "share")
    assert (line["value"], line["few"]) == ("", "no")
    assert line["refused"] == cohort.everyone.survival.refused


def test_each_line_says_the_filter_the_day_and_the_version() -> None:
    found = lines(csv_text(made_cohort(), made_on=DAY))
    assert {line["filter"] for line in found} == {"Sodium thiosulfate, intravenous"}
    assert {line["made_on"] for line in found} == {"2026-03-17"}
    assert all(line["version"] for line in found)


def test_french_spreadsheets_get_semicolons_and_decimal_commas() -> None:
    cohort = made_cohort()
    english = lines(csv_text(cohort, made_on=DAY))
    words.set_language("fr")
    text = csv_text(cohort, made_on=DAY)
    assert text.startswith(";".join(COLUMNS))
    french = lines(text, delimiter=";")
    for a, b in zip(english, french, strict=True):
        for name in ("value", "ci95_low", "ci95_high"):
            assert b[name] == a[name].replace(".", ",")
        assert (a["endpoint"], a["group"], a["n"]) == (b["endpoint"], b["group"], b["n"])


def test_what_a_clinic_wrote_is_no_formula_for_a_spreadsheet() -> None:
    clinic = MadeClinic()
    data = clinic.data
    asked = Filter(therapy=TherapyChoice("other", "=1+1"))
    found = lines(csv_text(cohort_of(data, asked), made_on=DAY))
    assert {line["filter"] for line in found} == {"'=1+1"}


def test_an_empty_cohort_has_counts_of_0_and_no_figure() -> None:
    found = lines(csv_text(cohort_of(MadeClinic().data, Filter(therapy=STS)), made_on=DAY))
    assert one(found, "patients", "all", "count")["value"] == "0"
    assert all(not line["value"] for line in found if line["statistic"] != "count")
