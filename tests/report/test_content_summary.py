"""A patient's lesions at a glance: a line each, their places, a sum that is never too small."""

from collections.abc import Callable
from dataclasses import replace

from tests.histories import FIRST_ON, NOW, history_of, second_lesion, stored
from woundtrack.records import BodyView, Lesion, LesionStatus, PatientHistory, Side
from woundtrack.report.build import build_report
from woundtrack.report.content import report_content
from woundtrack.report.content_summary import SummaryPart
from woundtrack.report.content_types import PhotoChoice, ReportKind, ReportOptions, ReportPart
from woundtrack.report.raster import page_texts

PhotoBytes = Callable[[str], bytes]


def summary_of(history: PatientHistory, **options: object) -> SummaryPart:
    chosen = ReportOptions(kind=ReportKind.PATIENT, **options)  # type: ignore[arg-type]
    content = report_content(history, options=chosen, clinic_name="", user_name="", now=NOW)
    assert content.summary is not None
    return content.summary


def printed(history: PatientHistory, photo_bytes: PhotoBytes, **options: object) -> str:
    chosen = ReportOptions(kind=ReportKind.PATIENT, **options)  # type: ignore[arg-type]
    data = build_report(
        history, photo_bytes=photo_bytes, clinic_name="", user_name="", now=NOW, options=chosen
    )
    return " ".join(page_texts(data))


def test_a_line_a_lesion() -> None:
    history = second_lesion(history_of([2.0, 1.5], bwat=[34, 30]), [1.0, 0.9])
    assert summary_of(history).table.rows == (
        (
            "A: left calf", "peripheral, calciphylaxis", "15 Jan 2026",
            "7.07 ± 0.28 cm²\n10 Mar 2026", "−44 % *\n−50 to −37 %", "30 (16)", "open",
        ),
        (
            "B: right heel", "peripheral, calciphylaxis", "15 Jan 2026",
            "2.54 ± 0.10 cm²\n10 Mar 2026", "−19 % *\n−27 to −10 %", "–", "open",
        ),
    )  # fmt: skip


def test_the_sum_is_told_or_who_is_missing_from_it() -> None:
    history = second_lesion(history_of([2.0, 1.5]), [1.0, 0.9])
    assert summary_of(history).total == "All lesions together on 10 Mar 2026: 9.61 ± 0.29 cm²"
    partly = second_lesion(history_of([2.0, 1.5]), [1.0])
    assert "lesion B was not traced" in summary_of(partly).total
    assert summary_of(history_of([2.0])).total == ""
    first_day = summary_of(history, to_on=FIRST_ON)
    assert "3 Mar 2026" in first_day.total
    assert "12.6 ± 0.5 cm²" in first_day.table.rows[0][3]


def test_lesions_have_their_places_and_those_without_one_are_named() -> None:
    history = history_of([2.0, "closed"])
    placed = replace(history.lesions[0].value, body_view=BodyView.BACK, body_x=0.4, body_y=0.8)
    nowhere = Lesion(1, "C", "calf", Side.MIDLINE)
    history = replace(history, lesions=(stored(placed, 1), stored(nowhere, 2)))
    found = summary_of(history)
    (mark,) = found.marks
    assert (mark.label, mark.view, mark.x, mark.y, mark.hollow) == (
        "A", BodyView.BACK, 0.4, 0.8, True,
    )  # fmt: skip
    assert found.notes == ("Without a place on the body map: C.",)


def test_a_closed_and_an_unseen_lesion_say_so() -> None:
    history = history_of([2.0, "closed"])
    closed = replace(
        history.lesions[0].value, status=LesionStatus.CLOSED, closed_on=FIRST_ON, onset_on=None
    )
    unseen = Lesion(1, "B", "heel", Side.RIGHT)
    rows = summary_of(replace(history, lesions=(stored(closed, 1), stored(unseen, 2)))).table.rows
    assert rows[0][2] == "first seen 3 Mar 2026"
    assert rows[0][3].startswith("Closed\n")
    assert rows[0][6] == "closed, 3 Mar 2026"
    assert rows[1][2:5] == ("–", "no visit", "–")


def test_parts_can_be_left_out(photo_bytes: PhotoBytes) -> None:
    history = second_lesion(history_of([2.0, 1.5]), [1.0, 0.9])
    whole = printed(history, photo_bytes, photos=PhotoChoice.NONE)
    bare = printed(history, photo_bytes, photos=PhotoChoice.NONE, parts=frozenset())
    for text in ("front view", "Course of the lesions", "Therapies"):
        assert text in whole
        assert text not in bare
    without_map = frozenset(ReportPart) - {ReportPart.BODY_MAP}
    mapless = printed(history, photo_bytes, photos=PhotoChoice.NONE, parts=without_map)
    assert "front view" not in mapless


def test_a_patient_without_lesions_has_a_summary_too(photo_bytes: PhotoBytes) -> None:
    assert "No lesion is noted yet." in printed(replace(history_of([]), lesions=()), photo_bytes)
