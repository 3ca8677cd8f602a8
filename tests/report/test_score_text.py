"""Scores beside the Bates-Jensen form are printed where they were taken, and only there."""

from dataclasses import replace

import pytest

from tests.histories import history_of, second_lesion, stored
from woundtrack import words
from woundtrack.healing.series import series_of
from woundtrack.instruments.forms import filled
from woundtrack.instruments.push import PUSH
from woundtrack.instruments.revpwat import REVPWAT
from woundtrack.records import PatientHistory, WoundQol
from woundtrack.report import score_text
from woundtrack.report.chart_text import point_lines
from woundtrack.report.content_types import ReportOptions


@pytest.fixture(autouse=True)
def english() -> None:
    words.set_language("en")


def scored() -> PatientHistory:
    history = history_of([2.0, 1.5, 1.2])
    first, second, third = (each.value for each in history.assessments)
    first = replace(filled(first, PUSH, (10, 1, 3)), pain_vas_mm=64)
    second = filled(second, PUSH, (8, 1, None))
    second = filled(second, REVPWAT, (2,) * 8)
    values = [stored(one, number) for number, one in enumerate((first, second, third), 1)]
    on_first = replace(
        history.visits[0].value, general_pain_nrs=7, wound_qol=WoundQol(items=17, mean=2.125)
    )
    visits = (stored(on_first, 1), *history.visits[1:])
    return replace(history, assessments=tuple(values), visits=visits)


def test_only_what_was_taken_has_a_column_and_an_incomplete_form_no_total() -> None:
    table = score_text.lesion_scores(series_of(scored(), lesion_id=1).points)
    assert table is not None
    assert table.heads == ("Date", "PUSH, 0 to 17", "revPWAT, 0 to 32", "Pain, 0 to 100 mm")
    assert table.rows == (
        ("3 Mar 2026", "14", "–", "64 mm"),
        ("10 Mar 2026", "–", "16", "–"),
    )
    assert score_text.lesion_scores(series_of(history_of([2.0]), lesion_id=1).points) is None


def test_the_patient_s_own_scores_are_a_table_of_confirmed_visits() -> None:
    history = scored()
    table = score_text.patient_scores(history, ReportOptions())
    assert table is not None
    assert table.heads == ("Date", "General pain, 0 to 10", "Wound-QoL")
    assert table.rows == (("3 Mar 2026", "7", "2.12 (17 questions)"),)
    later = ReportOptions(from_on=history.visits[1].value.on)
    assert score_text.patient_scores(history, later) is None
    draft = replace(history.assessments[0].value, confirmed=False)
    drafted = replace(history, assessments=(stored(draft, 1), *history.assessments[1:]))
    assert score_text.patient_scores(drafted, ReportOptions()) is None


def test_the_chart_s_tip_names_each_score_that_was_taken() -> None:
    points = series_of(scored(), lesion_id=1).points
    said = point_lines(points[0], courses=())
    assert {"PUSH 14", "Pain 4 of 10", "Pain 64 of 100 mm"} <= set(said)
    said = point_lines(points[1], courses=())
    assert "revPWAT 16" in said
    assert not any(line.startswith("PUSH") for line in said), "its form is incomplete"


def test_each_score_printed_is_credited() -> None:
    history = scored()
    points = series_of(history, lesion_id=1).points
    notes = score_text.score_notes(points, score_text.patient_scores(history, ReportOptions()))
    assert [note.split(":")[0] for note in notes] == ["PUSH", "revPWAT", "Wound-QoL"]
    assert "National Pressure Ulcer Advisory Panel" in notes[0]
    assert score_text.score_notes((), None) == []


def test_several_lesions_have_their_area_together_at_each_visit() -> None:
    history = second_lesion(history_of([2.0, 1.5]), [1.0])
    table = score_text.patient_scores(history, ReportOptions())
    assert table is not None
    assert table.heads == ("Date", "All lesions together")
    assert table.rows == (
        ("3 Mar 2026", "15.7 ± 0.5 cm²"),
        ("10 Mar 2026", "not known, lesion B was not traced"),
    )


def test_all_closed_is_said_in_words() -> None:
    history = second_lesion(history_of([2.0, "closed"]), [])
    table = score_text.patient_scores(history, ReportOptions())
    assert table is not None
    assert table.rows[1] == ("10 Mar 2026", "all closed")
