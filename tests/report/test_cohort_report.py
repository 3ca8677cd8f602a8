"""A cohort on paper: what the page tells, by nobody's name, and nothing of fewer than five."""

import datetime as dt

import pytest

from tests.cohort.made_cohort import made_cohort, refused_cohort
from tests.histories import NOW
from woundtrack import words
from woundtrack.cohort.types import Cohort
from woundtrack.report.cohort_report import CohortOptions, cohort_file_name, cohort_report
from woundtrack.report.cohort_text import few_text, table_of
from woundtrack.report.fonts import printable
from woundtrack.report.raster import page_texts


def printed(cohort: Cohort, **options: object) -> str:
    data = cohort_report(
        cohort, clinic_name="North", user_name="Marie", now=NOW,
        options=CohortOptions(**options),  # type: ignore[arg-type]
    )  # fmt: skip
    return plain(" ".join(page_texts(data)))


def plain(text: str) -> str:
    return "".join(text.split()).replace("\N{NO-BREAK SPACE}", "")


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_figure_of_the_page_is_on_paper_with_its_n_interval_and_method(
    language: str,
) -> None:
    cohort = made_cohort()
    text = printed(cohort, language=language)
    with words.speaking(language):
        for row in table_of(cohort):
            told = [row.name, row.method, *(line for cell in row.cells for line in cell.lines)]
            told += [line for cell in row.cells[:3] for line in cell.tip]
            for part in told:
                assert plain(printable(part)) in text


def test_the_filter_time_zero_and_the_reminder_are_told() -> None:
    text = printed(made_cohort())
    for part in (
        "Filter: Sodium thiosulfate, intravenous", "Time zero is the first dose",
        "Sequence is not cause", "Made from the clinic’s record as it was on 1 Jun 2026 at 14:30",
        "Kaplan–Meier", "Aalen–Johansen", "At risk",
    ):  # fmt: skip
        assert plain(part) in text


def test_of_fewer_than_five_there_is_no_estimate_and_no_curve() -> None:
    text = printed(made_cohort(central=3, peripheral=8))
    assert plain(printable(few_text())) in text
    assert plain("Central: fewer than 5 patients, so no curve is drawn.") in text
    nobody = printed(made_cohort(central=2, peripheral=2))
    assert "%(" not in nobody.partition("Associated")[0], "no interval of anything"


def test_where_no_curve_can_be_told_it_says_why() -> None:
    assert plain("cannot be told") in printed(refused_cohort())


def test_curves_can_be_left_out_and_a_line_to_sign_on_added() -> None:
    bare = printed(made_cohort(), curves=False)
    assert plain("At risk") not in bare
    assert "Signature" not in bare
    assert "Signature" in printed(made_cohort(), signature=True)


def test_the_file_is_named_by_its_day_alone() -> None:
    assert cohort_file_name(today=dt.date(2026, 6, 1)) == "woundtrack-cohort-2026-06-01.pdf"
