"""What a report says, before it is laid out."""

import datetime as dt
from dataclasses import replace

import pytest

from tests.histories import FIRST_ON, NOW, PATIENT, history_of, second_lesion, stored
from woundtrack import words
from woundtrack.errors import RecordError, ReportError
from woundtrack.instruments.bwat import BWAT
from woundtrack.instruments.forms import filled, scores_of
from woundtrack.records import PatientHistory, PatientStatus, SiteClass
from woundtrack.report.content import report_content
from woundtrack.report.content_figures import days_text, weeks_text
from woundtrack.report.content_types import PhotoChoice, ReportContent, ReportOptions, VisitRow


def content_of(history: PatientHistory, **options: object) -> ReportContent:
    return report_content(
        history,
        options=ReportOptions(**options),  # type: ignore[arg-type]
        clinic_name="North clinic",
        user_name="Marie Dupont",
        now=NOW,
    )


def values_of(row: VisitRow) -> tuple[str, ...]:
    """The cells of a line without their intervals."""
    return tuple(cell.split("\n")[0] for cell in row.cells())


def test_a_change_stands_above_its_interval() -> None:
    rows = content_of(history_of([2.0, 1.5, "closed"])).sections[0].rows
    assert rows[1].since_first == "−44 % *\n−50 to −37 %"
    assert rows[2].since_first == "−100 % *", "closed is 0 by definition"


def test_a_line_for_each_visit() -> None:
    content = content_of(history_of([2.0, 1.99, "bedside", "none", 1.5, "closed"], bwat=[30]))
    rows = content.sections[0].rows
    assert [values_of(row) for row in rows] == [
        ("3 Mar 2026", "12.6 ± 0.5 cm²", "–", "–", "4.0 × 4.0 cm", "30 (16)", "4", "1"),
        ("10 Mar 2026", "12.4 ± 0.5 cm²", "−1 %", "−1 %", "4.0 × 4.0 cm", "–", "4", "1"),
        ("17 Mar 2026", "Bedside 3.0 × 2.0 cm", "–", "–", "3.0 × 2.0 cm", "–", "4", "1"),
        ("24 Mar 2026", "Not measured", "–", "–", "–", "–", "4", "1"),
        ("31 Mar 2026", "7.07 ± 0.28 cm²", "−44 % *", "−43 % *", "3.0 × 3.0 cm", "–", "4", "1"),
        ("7 Apr 2026", "Closed", "−100 % *", "−100 % *", "–", "–", "4", "1"),
    ]


def test_a_form_without_its_first_items_still_has_its_part_for_calciphylaxis() -> None:
    history = history_of([2.0, 1.5], bwat=[30, 30])
    first = history.assessments[0]
    scores = (None, *scores_of(first.value, BWAT)[1:])
    part = replace(first, value=filled(first.value, BWAT, scores))
    rows = content_of(replace(history, assessments=(part, *history.assessments[1:]))).sections[0]
    assert [row.bwat for row in rows.rows] == ["– (16)", "30 (16)"]


def test_no_change_is_a_plain_zero() -> None:
    rows = content_of(history_of(["bedside", "bedside"])).sections[0].rows
    assert rows[1].since_last == "0 %"


def test_no_percentage_since_the_last_visit_runs_across_a_closure() -> None:
    content = content_of(history_of([2.0, 1.0, "closed", "bedside", 0.5, 0.4]))
    rows = content.sections[0].rows
    assert [row.since_last.split("\n")[0] for row in rows] == [
        "–", "−75 % *", "−100 % *", "–", "open again", "−36 % *",
    ]  # fmt: skip
    assert rows[4].since_first.startswith("−94 % *"), "it is one wound, judged by its first size"
    assert any(note.startswith("Open again:") for note in content.notes)
    never = content_of(history_of([2.0, 1.0, "closed"]))
    assert not any(note.startswith("Open again:") for note in never.notes)


def test_a_wound_that_stays_closed_changed_by_nothing_since_last() -> None:
    rows = content_of(history_of([2.0, "closed", "closed"])).sections[0].rows
    assert [row.since_last for row in rows] == ["–", "−100 % *", "–"]
    assert [row.since_first for row in rows][1:] == ["−100 % *", "−100 % *"]


def test_growth_shows_its_plus() -> None:
    rows = content_of(history_of([1.0, 2.0])).sections[0].rows
    assert rows[1].since_last == "+300 % *\n+241 to +381 %"


def test_french_numbers_and_dates() -> None:
    words.set_language("fr")
    row = content_of(history_of([2.0, 1.5])).sections[0].rows[1]
    assert row.date == "10 mars 2026"
    assert row.size == "7,07 ± 0,28\N{NO-BREAK SPACE}cm²"
    assert row.dimensions == "3,0 × 3,0\N{NO-BREAK SPACE}cm"


def test_a_period_keeps_the_first_visit_as_baseline() -> None:
    history = history_of([2.0, 1.8, 1.5])
    content = content_of(history, from_on=FIRST_ON + dt.timedelta(days=14))
    (row,) = content.sections[0].rows
    assert row.since_first == "−44 % *\n−50 to −37 %"
    assert content.period == "Visits from 17 Mar 2026 on"


def test_summary_of_a_shrinking_wound() -> None:
    figures = content_of(history_of([2.0, 1.75, 1.5])).sections[0].figures
    assert [(fact.label, fact.value) for fact in figures] == [
        ("Latest, 17 Mar 2026", "7.07 ± 0.28 cm²"),
        ("Change in 2 weeks", "−44 % *\n−50 to −37 %"),
        ("Advance of the edge", "0.25 cm/week\n0.20 to 0.30"),
        ("Time to half the area", "17 days\n14 to 21"),
        ("Time to 90 % less", "56 days\n47 to 70"),
    ]


def test_no_forecast_from_a_change_within_the_error() -> None:
    figures = content_of(history_of([2.0, 1.99])).sections[0].figures
    assert len(figures) == 3


def test_no_forecast_from_growth() -> None:
    figures = content_of(history_of([1.5, 2.0])).sections[0].figures
    assert len(figures) == 3
    assert figures[2].value == "−0.50 cm/week\n−0.59 to −0.41"


def test_nothing_confirmed_gives_no_line_and_no_figure() -> None:
    section = content_of(history_of([2.0, 1.5], confirmed=False)).sections[0]
    assert section.rows == ()
    assert section.figures == ()
    assert section.plates == ()


def test_lesions_can_be_chosen() -> None:
    history = second_lesion(history_of([2.0, 1.5]), [1.0])
    assert [s.lesion_id for s in content_of(history).sections] == [1, 2]
    assert [s.lesion_id for s in content_of(history, lesion_ids=(2,)).sections] == [2]
    with pytest.raises(RecordError):
        content_of(history, lesion_ids=(7,))


def test_photos_first_and_latest_all_or_none() -> None:
    history = history_of([2.0, 1.8, 1.6, "none"])
    chosen = content_of(history).sections[0].plates
    assert [plate.photo_id for plate in chosen] == [1, 3]
    everything = content_of(history, photos=PhotoChoice.ALL).sections[0].plates
    assert [plate.photo_id for plate in everything] == [1, 2, 3, 4]
    assert everything[3].scale is None
    assert everything[3].caption == "Not measured"
    assert content_of(history, photos=PhotoChoice.NONE).sections[0].plates == ()


def test_photos_of_a_lesion_are_printed_at_one_scale() -> None:
    plates = content_of(history_of([2.4, 1.2]), photos=PhotoChoice.ALL).sections[0].plates
    assert [plate.field_mm for plate in plates] == [pytest.approx(1.9 * 48, rel=0.01)] * 2
    small = content_of(history_of([0.5, "none"]), photos=PhotoChoice.ALL).sections[0].plates
    assert [plate.field_mm for plate in small] == [70.0, None]


def test_a_photo_shows_all_its_lesions_its_own_first() -> None:
    history = second_lesion(history_of([2.0]), [1.0])
    other = replace(history.outlines[0].value, lesion_id=2)
    both = replace(history, outlines=(stored(other, 5), *history.outlines))
    plate = content_of(both).sections[0].plates[0]
    assert plate.labels == ("A", "B")
    assert plate.measurements[0] is not None
    assert plate.measurements[1] is None


def test_an_unmeasured_visit_with_several_photos_guesses_none() -> None:
    history = history_of(["none"])
    photo = history.photos[0]
    twice = replace(history, photos=(photo, replace(photo, id=2)))
    assert content_of(twice).sections[0].plates == ()


def test_a_patient_who_died_keeps_the_record() -> None:
    died = replace(PATIENT, status=PatientStatus.DIED, died_on=dt.date(2026, 5, 30))
    content = content_of(history_of([2.0, 1.5], patient=died))
    assert ("Died on", "30 May 2026") in [(fact.label, fact.value) for fact in content.facts]
    assert len(content.sections[0].rows) == 2


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ReportError) as caught:
        content_of(history_of([2.0]), from_on=NOW.date(), to_on=FIRST_ON)
    assert caught.value.code == "report.period"


def test_only_methods_that_occur_are_explained() -> None:
    plain = " ".join(content_of(history_of([2.0])).notes)
    mixed = " ".join(content_of(history_of([2.0, "bedside", "none", "closed"])).notes)
    assert "Bedside" not in plain
    assert "Bedside" in mixed
    assert "Not measured:" in mixed
    assert "95 % interval" in plain
    assert "Not a certified medical device" in plain


@pytest.mark.parametrize(
    ("days", "text"), [(1, "1 day"), (7, "1 week"), (42, "6 weeks"), (46, "6.5 weeks")]
)
def test_times_in_words(days: int, text: str) -> None:
    assert weeks_text(days) == text


def test_a_day_is_the_least() -> None:
    assert days_text(0.2) == "1 day"


def test_a_class_given_by_a_clinician_says_so_and_what_the_rule_says() -> None:
    history = history_of([2.0])
    lesion = history.lesions[0]
    given = replace(
        lesion.value, class_override=SiteClass.CENTRAL, class_override_reason="deep, fatty"
    )
    history = replace(history, lesions=(replace(lesion, value=given),))
    facts = {fact.label: fact.value for fact in content_of(history).sections[0].facts}
    assert facts["Site class"] == (
        "central (given by a clinician: deep, fatty; by the rule peripheral)"
    )


def test_the_figure_of_retracing_that_changes_were_judged_by_is_printed() -> None:
    def notes(radii_cm: list[float], *figures: float) -> str:
        history = history_of(radii_cm)
        measured = tuple(
            replace(one, value=replace(one.value, retrace_relative_sd=figure))
            for one, figure in zip(history.measurements, figures, strict=True)
        )
        return " ".join(content_of(replace(history, measurements=measured)).notes)

    published = notes([2.0, 1.5], 0.032, 0.032)
    assert "tracing again, 3.2 % of the area" in published
    assert "was known when" not in published
    both = notes([2.0, 1.5, 1.0], 0.032, 0.032, 0.061)
    assert "tracing again, 3.2 % and 6.1 % of the area" in both
    assert "that was known when its later visit was confirmed" in both
    # Nothing was judged by what was known at the first visit.
    own = notes([2.0, 1.5], 0.032, 0.061)
    assert "tracing again, 6.1 % of the area" in own
    assert "was known when" not in own
