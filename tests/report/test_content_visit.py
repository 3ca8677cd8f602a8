"""One visit in print: what was found that day, against what, and who stands for it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.histories import FIRST_ON, NOW, history_of, second_lesion, stored
from woundtrack.errors import ReportError
from woundtrack.photo.types import Photo
from woundtrack.records import (
    Assessment,
    PatientHistory,
    PhotoView,
    Tunnel,
    Undermining,
    Visit,
    VisitPhoto,
)
from woundtrack.report.build import build_report, file_name
from woundtrack.report.content_types import PhotoChoice, ReportKind, ReportOptions
from woundtrack.report.content_visit import VisitPart, visit_part
from woundtrack.report.raster import page_texts
from woundtrack.therapy.types import TherapySession

PhotoBytes = Callable[[str], bytes]


def visit_of(history: PatientHistory, visit_id: int, **options: object) -> VisitPart:
    chosen = ReportOptions(kind=ReportKind.VISIT, visit_id=visit_id, **options)  # type: ignore[arg-type]
    return visit_part(history, chosen, {1: "Ann Blanc"}, NOW)


def printed(
    history: PatientHistory,
    visit_id: int,
    photo_bytes: PhotoBytes,
    photos: PhotoChoice = PhotoChoice.ALL,
) -> tuple[str, ...]:
    options = ReportOptions(kind=ReportKind.VISIT, visit_id=visit_id, photos=photos)
    data = build_report(
        history, photo_bytes=photo_bytes, clinic_name="", user_name="Marie", now=NOW,
        options=options, user_names={1: "Ann Blanc"},
    )  # fmt: skip
    return page_texts(data)


def changed(history: PatientHistory, at: int, **fields: object) -> PatientHistory:
    """With other findings at the visit in this place."""
    found = history.assessments[at]
    other = replace(found, value=replace(found.value, **fields))  # type: ignore[arg-type]
    return replace(
        history, assessments=(*history.assessments[:at], other, *history.assessments[at + 1 :])
    )


def test_changes_are_against_the_last_and_the_first_visit_with_interval_and_verdict() -> None:
    (lesion,) = visit_of(history_of([2.0, 1.99, 1.5]), 3).lesions
    assert [(fact.label, fact.value) for fact in lesion.figures] == [
        ("Area", "7.07 ± 0.28 cm²"),
        ("Since 10 Mar 2026", "−43 %\n−49 to −36 %, beyond measurement error"),
        ("Since the first, 3 Mar 2026", "−44 %\n−50 to −37 %, beyond measurement error"),
    ]
    (lesion,) = visit_of(history_of([2.0, 1.99]), 2).lesions
    assert [fact.label for fact in lesion.figures] == ["Area", "Since 3 Mar 2026"]
    assert lesion.figures[1].value.endswith("within measurement error")


def test_the_method_its_scale_and_who_confirmed_stand_beside_the_figures() -> None:
    (lesion,) = visit_of(history_of([2.0, 1.5]), 2).lesions
    facts = {fact.label: fact.value for fact in lesion.facts}
    assert facts["Method"] == "traced on a photo"
    assert facts["Scale"] == "printed card, tilt 0°, ± 0.8 %"
    assert facts["Perimeter"] == "9.4 cm"
    at = dt.datetime(2026, 6, 1, 12, 0, tzinfo=dt.UTC).astimezone(NOW.tzinfo)
    assert lesion.confirmed == (f"Confirmed by Ann Blanc on 1 Jun 2026 at {at:%H:%M}, revision 1")


def test_a_correction_tells_its_reason_and_an_unknown_user_is_said_to_be_unknown() -> None:
    history = history_of([2.0])
    again = replace(history.assessments[0], revision=3, reason="wrong leg", user_id=9)
    (lesion,) = visit_of(replace(history, assessments=(again,)), 1).lesions
    assert "a user whose name is not known" in lesion.confirmed
    assert lesion.confirmed.endswith("revision 3: wrong leg")


def test_every_answer_is_printed_with_its_meaning(photo_bytes: PhotoBytes) -> None:
    (text,) = printed(history_of([2.0], bwat=[30]), 1, photo_bytes)
    assert "BWAT 30 of 65" in text
    (lesion,) = visit_of(history_of([2.0], bwat=[30]), 1).lesions
    (form,) = lesion.forms
    assert len(form.rows) == 13
    for item, score, answer in form.rows:
        assert f"{item} {score} {answer}".replace("\N{NO-BREAK SPACE}", " ") in text


def test_an_unfinished_form_has_no_total() -> None:
    history = history_of([2.0], bwat=[30])
    form = history.assessments[0].value.forms[0]
    history = changed(history, 0, forms=(replace(form, scores=(None, *form.scores[1:])),))
    (lesion,) = visit_of(history, 1).lesions
    assert lesion.forms[0].total.startswith("BWAT: 1 item not answered, no total")
    assert lesion.forms[0].rows[0][1:] == ("–", "not answered")


def test_bedside_findings_and_notes_are_printed() -> None:
    history = changed(
        history_of(["bedside"]), 0, depth_cm=0.5, undermining=(Undermining(1.0, 2, 5),),
        tunnels=(Tunnel(2.0, 7),), infection_signs=("pus",), dressing="Alginate", note="Smells",
    )  # fmt: skip
    (lesion,) = visit_of(history, 1).lesions
    assert lesion.figures[0].value == "Bedside 3.0 × 2.0 cm"
    assert lesion.lines == (
        "Pain 4 of 10, depth 0.5 cm, undermined 1.0 cm from 2 to 5 o’clock, tunnel 2.0 cm at 7 "
        "o’clock, pus",
        "Dressing: Alginate",
        "Smells",
    )


def test_therapies_are_those_that_ran_that_day_with_the_dose_and_session_of_the_day() -> None:
    history = history_of([2.0, 1.9, 1.8, 1.7, 1.6])
    given = TherapySession(1, FIRST_ON + dt.timedelta(days=7), 25.0, "g")
    history = replace(history, sessions=(stored(given, 1),))
    assert visit_of(history, 1).therapies is None, "before the first course"
    table = visit_of(history, 2).therapies
    assert table is not None
    assert [row[0] for row in table.rows] == ["Sodium thiosulfate, intravenous"]
    assert table.rows[0][1] == "25 g"
    assert table.rows[0][4] == "25\N{NO-BREAK SPACE}g"


def test_two_photos_of_a_visit_are_both_shown_and_only_the_measured_one_bears_the_size() -> None:
    history = history_of([2.0])
    overview = VisitPhoto(1, "vault-9", Photo(640, 480, "image/png", 1000), view=PhotoView.OVERVIEW)
    history = replace(history, photos=(stored(overview, 9), *history.photos))
    (lesion,) = visit_of(history, 1).lesions
    assert [plate.photo_id for plate in lesion.plates] == [1, 9]
    assert lesion.plates[0].caption.startswith("12.6 ± 0.5 cm²")
    assert lesion.plates[1].caption == "overview"


def test_of_several_lesions_a_photo_that_shows_none_stands_apart() -> None:
    history = second_lesion(history_of([2.0]), [1.0])
    other = VisitPhoto(1, "vault-9", Photo(640, 480, "image/png", 1000))
    history = replace(history, photos=(*history.photos, stored(other, 9)))
    part = visit_of(history, 1)
    assert [plate.photo_id for plate in part.others] == [9]
    assert [lesion.title for lesion in part.lesions] == [
        "Lesion A: left calf", "Lesion B: right heel",
    ]  # fmt: skip


def test_an_open_lesion_that_nobody_looked_at_is_named() -> None:
    history = second_lesion(history_of([2.0, 1.9]), [1.0])
    assert visit_of(history, 1).lines == ()
    assert visit_of(history, 2).lines == ("Not noted at this visit: B.",)


def test_without_photo_scale_or_form_it_still_prints(photo_bytes: PhotoBytes) -> None:
    (text,) = printed(history_of(["none"], with_photos=False), 1, photo_bytes)
    assert "Not measured" in text
    assert "No photo." in text
    assert "No form was filled in." in text


def test_photos_left_out_are_not_said_to_be_missing(photo_bytes: PhotoBytes) -> None:
    (text,) = printed(history_of([2.0]), 1, photo_bytes, photos=PhotoChoice.NONE)
    assert "No photo." not in text


def test_no_method_is_printed_twice(photo_bytes: PhotoBytes) -> None:
    (text,) = printed(history_of([2.0]), 1, photo_bytes, photos=PhotoChoice.NONE)
    assert text.count("Area: polygon traced") == 1


def test_a_note_in_letters_the_fonts_lack_is_explained(photo_bytes: PhotoBytes) -> None:
    (text,) = printed(changed(history_of([2.0]), 0, note="ألم"), 1, photo_bytes)
    assert "[Arabic letters]" in text
    assert "Words in square brackets" in text


def test_of_several_lesions_forms_and_confirmation_say_whose_they_are() -> None:
    history = history_of([2.0], bwat=[30])
    (alone,) = visit_of(history, 1).lesions
    assert alone.forms[0].total.startswith("BWAT 30 of 65")
    first, second = visit_of(second_lesion(history, [1.0]), 1).lesions
    assert first.forms[0].total.startswith("A: BWAT 30 of 65")
    assert second.confirmed.startswith("B: Confirmed by Ann Blanc")


def test_a_wound_that_reopened_tells_no_change_across_its_closure() -> None:
    (lesion,) = visit_of(history_of([2.0, "closed", 1.0]), 3).lesions
    assert ("Since the last visit", "open again") in [
        (fact.label, fact.value) for fact in lesion.figures
    ]


def test_a_draft_and_a_visit_that_is_not_there_are_refused() -> None:
    with pytest.raises(ReportError, match=r"report\.nothing_confirmed"):
        visit_of(history_of([2.0], confirmed=False), 1)
    with pytest.raises(ReportError, match=r"report\.no_visit"):
        visit_of(history_of([2.0]), 99)


def test_one_lesion_fits_on_one_page_and_a_long_note_goes_on_to_the_next(
    photo_bytes: PhotoBytes,
) -> None:
    history = history_of([2.0, 1.5], bwat=[34, 30])
    assert len(printed(history, 2, photo_bytes)) == 1
    long_note = changed(history, 1, note="A long note. " * 900)
    pages = printed(long_note, 2, photo_bytes)
    assert sum(page.count("A long note.") for page in pages) == 900


def test_the_file_is_named_by_code_and_the_day_of_the_visit() -> None:
    history = replace(history_of([2.0]), visits=(stored(Visit(1, FIRST_ON, note="x"), 1),))
    options = ReportOptions(kind=ReportKind.VISIT, visit_id=1)
    named = file_name(history, today=NOW.date(), options=options)
    assert named == "woundtrack-7F3K2-C-visit-2026-03-03.pdf"
    assert visit_of(history, 1).lines == ("Note of the visit: x",)


def test_a_lesion_can_be_left_out() -> None:
    history = second_lesion(history_of([2.0]), [1.0])
    part = visit_of(history, 1, lesion_ids=(2,))
    assert [lesion.title for lesion in part.lesions] == ["Lesion B: right heel"]
    with pytest.raises(ReportError, match=r"report\.nothing_confirmed"):
        visit_of(replace(history, assessments=(stored(Assessment(1, 1), 1),)), 1)
