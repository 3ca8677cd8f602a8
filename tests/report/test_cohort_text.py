"""A cohort's table in words: figures with intervals, n, who is missing, and what is too few."""

import pytest

from tests.cohort.made_cohort import made_cohort, refused_cohort
from woundtrack.cohort.rows import Unit
from woundtrack.cohort.types import Cohort
from woundtrack.raters.statistics import Estimate
from woundtrack.report.cohort_text import COLUMNS, CohortRow, figure_text, p_text, table_of


def row(cohort: Cohort, name: str) -> CohortRow:
    return next(each for each in table_of(cohort) if each.name == name)


@pytest.mark.parametrize(
    ("found", "unit", "difference", "text"),
    [
        (Estimate(0.781, 0.64, 0.879), Unit.SHARE, False, "78 % (64 to 88)"),
        (Estimate(0.781, 0.7761, 0.786), Unit.SHARE, False, "78.1 % (77.6 to 78.6)"),
        (Estimate(-0.12, -0.25, 0.018), Unit.SHARE, True, "−12 points (−25 to 2)"),
        (Estimate(265.0, 148.0, 488.0), Unit.DAYS, False, "265 days (148 to 488)"),
        (Estimate(265.0, 148.0, None), Unit.DAYS, False, "265 days (148 or more)"),
        (Estimate(265.0), Unit.DAYS, False, "265 days"),
        (Estimate(1.54, 0.83, 4.0), Unit.CM2, False, "1.5 cm² (0.8 to 4.0)"),
        (Estimate(-20.0, -20.0, 40.0), Unit.MG_PER_DAY, False, "−20 mg (−20 to 40)"),
    ],
)
def test_a_figure_has_its_unit_and_as_many_decimals_as_its_interval_deserves(
    found: Estimate, unit: Unit, difference: bool, text: str
) -> None:
    assert figure_text(found, unit, difference=difference) == text


def test_each_endpoint_has_a_cell_for_every_column_and_says_how_it_is_computed() -> None:
    for each in table_of(made_cohort()):
        assert each.method
        assert len(each.cells) in (0, len(COLUMNS) - 1)


def test_survival_is_told_with_its_patients_and_the_difference_with_its_test() -> None:
    found = row(made_cohort(), "Survival at 1 year")
    everyone, central, peripheral, difference = found.cells
    assert central.lines[0].startswith("50 % (")
    assert central.lines[1] == "8 patients"
    assert "Died in the whole time: 4" in central.tip
    assert peripheral.lines[0].startswith("100 % (")
    assert difference.lines[0].startswith("−50 points (")
    assert difference.lines[1].startswith("log-rank p = 0.0")
    assert everyone.lines[1] == "16 patients"


def test_who_is_missing_is_counted_in_the_cell_and_told_in_its_tip() -> None:
    central = row(made_cohort(), "Area reduction at 24 weeks, median").cells[1]
    assert central.lines == ("⚠\ufe0e fewer than 5", "4 lesions · 4 missing")
    assert "Missing: patient died before (4)" in central.tip
    assert "4 lesions of 4 patients" in central.tip


def test_a_group_under_5_is_flagged_by_sign_and_words_and_has_no_figure() -> None:
    cohort = made_cohort(central=4)
    for each in table_of(cohort):
        if each.name != "Associated therapies" and "equivalents" not in each.name and each.cells:
            flagged = any("⚠" in line and "fewer than 5" in line for line in each.cells[1].lines)
            assert flagged or each.cells[1].lines == ("0",), each.name
        assert not any("Under watch" in line for cell in each.cells[1:2] for line in cell.tip)
    assert row(cohort, "Rheopheresis").cells[1].lines == ("0",)
    assert row(cohort, "Rheopheresis").cells[2].lines == ("8 (100 %)",)


def test_a_figure_that_hardly_anyone_was_watched_for_is_flagged() -> None:
    left = row(made_cohort(central=8), "Survival at 1 year").cells[1]
    assert left.lines[-1] == "⚠\ufe0e 4 left under watch"


def test_a_median_that_was_not_reached_is_said_to_be_so() -> None:
    assert row(made_cohort(), "Survival, median").cells[2].lines[0] == "not reached"


def test_survival_that_cannot_be_told_says_so_and_why() -> None:
    cohort = refused_cohort()
    assert cohort.everyone.survival.refused
    for name in ("Survival at 1 year", "Survival, median"):
        cell = row(cohort, name).cells[0]
        assert cell.lines == ("⚠\ufe0e cannot be told", "6 patients")
        assert cell.tip[0] == cohort.everyone.survival.refused
        assert "First seen here after time zero: 5" in cell.tip


def test_the_counts_say_whose_patients_they_are() -> None:
    counts = row(made_cohort(), "Patients and lesions")
    assert [cell.people for cell in counts.cells] == ["all", "central", "peripheral", ""]
    assert counts.cells[0].lines == ("16 patients", "16 lesions")


def test_p_is_told_to_three_decimals() -> None:
    assert p_text(0.0421) == "log-rank p = 0.042"
    assert p_text(0.00002) == "log-rank p < 0.001"
