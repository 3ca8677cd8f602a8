"""The printed report: every page says whose it is, and nothing is lost on the way to paper."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pypdfium2
import pytest

from tests.histories import FIRST_ON, NOW, PATIENT, history_of, second_lesion, stored
from woundtrack import words
from woundtrack.context.types import (
    AnalgesicUse,
    ClinicalEvent,
    EventKind,
    LabResult,
    RiskFactor,
)
from woundtrack.errors import ReportError, StoreError
from woundtrack.records import PatientHistory, PatientStatus
from woundtrack.report.build import build_report, file_name
from woundtrack.report.content import report_content
from woundtrack.report.content_types import PhotoChoice, ReportOptions, ReportPart, TextTable
from woundtrack.report.fonts import printable
from woundtrack.report.healing_text import healing_view
from woundtrack.report.pdf_tables import text_table

PhotoBytes = Callable[[str], bytes]


def built(history: PatientHistory, photo_bytes: PhotoBytes, **options: object) -> bytes:
    return build_report(
        history,
        photo_bytes=photo_bytes,
        clinic_name="North clinic",
        user_name="Marie Dupont",
        now=NOW,
        options=ReportOptions(**options),  # type: ignore[arg-type]
    )


def pages_of(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def pictures_of(data: bytes) -> int:
    document = pypdfium2.PdfDocument(data)
    image = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
    return sum(len(list(page.get_objects(filter=[image]))) for page in document)


LONG = history_of([2.5 - 0.01 * i for i in range(200)], step_days=3)


@pytest.fixture(scope="module")
def long_report(photo_bytes: PhotoBytes) -> bytes:
    """Of 200 visits."""
    return built(LONG, photo_bytes, parts=frozenset([ReportPart.CHART]))


@pytest.fixture(scope="module")
def one_visit(photo_bytes: PhotoBytes) -> bytes:
    return built(history_of([2.0]), photo_bytes)


@pytest.fixture(scope="module")
def two_visits(photo_bytes: PhotoBytes) -> bytes:
    return built(history_of([2.0, 1.5]), photo_bytes)


def test_one_visit_is_one_page(one_visit: bytes) -> None:
    pages = pages_of(one_visit)
    assert len(pages) == 1
    assert "Page 1 of 1" in pages[0]
    assert "12.6 ± 0.5 cm²" in pages[0]


def test_every_page_names_patient_clinic_print_and_page(long_report: bytes) -> None:
    pages = pages_of(long_report)
    assert len(pages) > 2
    for i, page in enumerate(pages, 1):
        for text in (
            "Łukasz, Thị Minh", "7 Feb 1958", "H-20471", "7F3K2-C", "North clinic",
            "Printed on 1 Jun 2026 at 14:30 by Marie Dupont", f"Page {i} of {len(pages)}",
        ):  # fmt: skip
            assert text in page


def test_a_long_table_goes_on_under_the_same_heads(long_report: bytes) -> None:
    with_rows = [page for page in pages_of(long_report) if "cm² –" in page]
    assert len(with_rows) > 1
    assert all("Since first" in page for page in with_rows)


def test_every_number_of_the_content_is_printed(photo_bytes: PhotoBytes) -> None:
    history = history_of([2.0, 1.99, "bedside", "none", 1.5, "closed"], bwat=[30, 28])
    options = ReportOptions()
    content = report_content(history, options=options, clinic_name="", user_name="", now=NOW)
    printed = " ".join(pages_of(built(history, photo_bytes)))
    for row in content.sections[0].rows:
        assert printable(" ".join(" ".join(row.cells()).split())) in printed
    for fact in (*content.sections[0].figures, *content.sections[0].facts):
        assert printable(fact.value) in printed
    for therapy in content.therapies:
        assert printable(therapy.name) in printed
    assert "Nausea" in printed
    for note in content.notes:
        assert printable(note) in printed


def test_a_fall_is_never_printed_without_its_minus(two_visits: bytes) -> None:
    # The fonts have no U+2212, and a sign without a glyph vanishes silently.
    printed = " ".join(pages_of(two_visits))
    assert "\N{EN DASH}44 % *" in printed


def test_french(photo_bytes: PhotoBytes) -> None:
    words.set_language("fr")
    printed = " ".join(pages_of(built(history_of([2.0, 1.5]), photo_bytes)))
    assert "7,07 ± 0,28 cm²" in printed.replace("\N{NO-BREAK SPACE}", " ")
    assert "10 mars 2026" in printed
    assert "7.07" not in printed


@pytest.mark.parametrize(("size", "points"), [("a4", (595.28, 841.89)), ("letter", (612.0, 792.0))])
def test_page_sizes(size: str, points: tuple[float, float], photo_bytes: PhotoBytes) -> None:
    data = built(history_of([2.0]), photo_bytes, page_size=size)
    assert pypdfium2.PdfDocument(data)[0].get_size() == pytest.approx(points, abs=0.01)


def test_an_unknown_page_size_is_refused(photo_bytes: PhotoBytes) -> None:
    with pytest.raises(ReportError) as caught:
        built(history_of([2.0]), photo_bytes, page_size="a3")
    assert caught.value.code == "report.page_size"


def test_photos_are_printed_and_the_chart_is_not_a_picture(photo_bytes: PhotoBytes) -> None:
    history = history_of([2.0, 1.8, 1.5])
    assert pictures_of(built(history, photo_bytes)) == 2
    assert pictures_of(built(history, photo_bytes, photos=PhotoChoice.ALL)) == 3
    assert pictures_of(built(history, photo_bytes, photos=PhotoChoice.NONE)) == 0


def test_photos_keep_their_shape(one_visit: bytes) -> None:
    document = pypdfium2.PdfDocument(one_visit)
    (picture,) = document[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
    left, bottom, right, top = picture.get_bounds()
    assert (right - left) / (top - bottom) == pytest.approx(640 / 480, rel=0.005)


def test_no_photo_no_scale_no_visit(photo_bytes: PhotoBytes) -> None:
    assert len(pages_of(built(history_of([2.0], with_photos=False), photo_bytes))) == 1
    assert "Not measured" in pages_of(built(history_of(["none"]), photo_bytes))[0]
    nothing = pages_of(built(history_of([]), photo_bytes))
    assert "No confirmed visit" in nothing[0]


def test_a_lost_photo_leaves_a_sentence_and_the_rest(photo_bytes: PhotoBytes) -> None:
    def broken(vault_name: str) -> bytes:
        if vault_name == "vault-1":
            raise StoreError("store.photo_damaged", photo="1")
        return photo_bytes(vault_name)

    data = built(history_of([2.0, 1.5]), broken)
    assert pictures_of(data) == 1
    assert "7.07 ± 0.28 cm²" in pages_of(data)[0]


def test_a_patient_who_died(photo_bytes: PhotoBytes) -> None:
    died = replace(PATIENT, status=PatientStatus.DIED, died_on=dt.date(2026, 5, 30))
    assert "30 May 2026" in pages_of(built(history_of([2.0], patient=died), photo_bytes))[0]


def test_what_a_person_typed_is_printed_and_not_obeyed(photo_bytes: PhotoBytes) -> None:
    course = history_of([2.0]).courses[0]
    typed = replace(course, value=replace(course.value, name="A <b>&amp; B", stop_reason="x < y"))
    history = replace(history_of([2.0]), courses=(typed,))
    printed = " ".join(pages_of(built(history, photo_bytes)))
    assert "A <b>&amp; B" in printed
    assert "x < y" in printed


def test_signs_the_fonts_lack_are_seen_to_be_missing() -> None:
    assert printable("Łukasz Nguyễn Ивáн") == "Łukasz Nguyễn Ивáн"
    assert printable("e\u0301") == "é"
    assert printable("王") == "[Chinese characters]"


def test_a_name_in_letters_the_fonts_lack_is_explained(
    photo_bytes: PhotoBytes, one_visit: bytes
) -> None:
    patient = replace(PATIENT, used_name="王")
    printed = " ".join(pages_of(built(history_of([2.0], patient=patient), photo_bytes)))
    assert "Words in square brackets" in printed
    plain = " ".join(pages_of(one_visit))
    assert "Words in square brackets" not in plain


def test_several_lesions_have_a_part_each(photo_bytes: PhotoBytes) -> None:
    history = second_lesion(history_of([2.0, 1.5]), [1.0, 0.9])
    printed = " ".join(pages_of(built(history, photo_bytes)))
    assert "Lesion A: left calf" in printed
    assert "Lesion B: right heel" in printed


def test_very_many_photos_and_therapies_fit(photo_bytes: PhotoBytes) -> None:
    course = history_of([2.0]).courses[0].value
    many = [replace(course, name=f"Therapy number {i}") for i in range(14)]
    history = history_of([2.0 - 0.02 * i for i in range(9)], courses=many)
    data = built(history, photo_bytes, photos=PhotoChoice.ALL)
    assert pictures_of(data) == 9
    assert "Therapy number 13" in " ".join(pages_of(data))


def test_progress_counts_up_and_cancel_stops(photo_bytes: PhotoBytes) -> None:
    history = history_of([2.0, 1.5])
    steps: list[tuple[int, int]] = []
    options: dict[str, object] = {"clinic_name": "", "user_name": "", "now": NOW}
    build_report(
        history, photo_bytes=photo_bytes, progress=lambda *at: steps.append(at), **options,  # type: ignore[arg-type]
    )  # fmt: skip
    assert steps == [(1, 3), (2, 3), (3, 3)]
    with pytest.raises(ReportError) as caught:
        build_report(history, photo_bytes=photo_bytes, cancelled=lambda: True, **options)  # type: ignore[arg-type]
    assert caught.value.code == "report.cancelled"


def test_title_and_file_name_hold_the_code_and_never_the_name(one_visit: bytes) -> None:
    history = history_of([2.0])
    metadata = pypdfium2.PdfDocument(one_visit).get_metadata_dict()
    told = " ".join(metadata.values()) + file_name(history, today=NOW.date())
    assert file_name(history, today=NOW.date()) == "woundtrack-7F3K2-C-2026-06-01.pdf"
    assert "7F3K2-C" in metadata["Title"]
    for name in ("Łukasz", "Nguyễn", "Minh"):
        assert name not in told


def test_the_chart_shows_the_period_that_the_table_shows(photo_bytes: PhotoBytes) -> None:
    history = history_of([2.5 - 0.05 * i for i in range(20)])
    later = dt.date(2026, 6, 16)
    chart: dict[str, object] = {
        "photos": PhotoChoice.NONE, "parts": frozenset([ReportPart.CHART])
    }  # fmt: skip
    whole = " ".join(pages_of(built(history, photo_bytes, **chart)))
    part = " ".join(pages_of(built(history, photo_bytes, from_on=later, **chart)))
    # 22 June is no visit but a Monday, marked where a chart shows few weeks.
    assert "22 Jun" in part
    assert "22 Jun" not in whole


def test_healing_by_therapy_stands_beside_the_reminder(photo_bytes: PhotoBytes) -> None:
    history = history_of([2.0, 1.95, 1.9, 1.7, 1.5, 1.3, 1.1])
    printed = " ".join(pages_of(built(history, photo_bytes, photos=PhotoChoice.NONE)))
    assert "Healing by therapy" in printed
    assert "Sequence is not cause" in printed
    (rheopheresis,) = (
        block
        for block in healing_view(history, lesion_id=1).blocks
        if block.title == "Rheopheresis"
    )
    # The visit on its first day is in both phases: three before, and two from then on.
    assert printable(rheopheresis.rows[0].rate.split("\n")[0]) in printed
    without = built(history, photo_bytes, photos=PhotoChoice.NONE, parts=frozenset())
    assert "Sequence is not cause" not in " ".join(pages_of(without))


def test_an_earlier_period_tells_no_healing_of_later_visits(photo_bytes: PhotoBytes) -> None:
    history = history_of([2.0, 1.95, 1.9, 1.7, 1.5, 1.3, 1.1])
    printed = " ".join(pages_of(built(history, photo_bytes, to_on=dt.date(2026, 3, 24))))
    assert "Healing by therapy" in printed
    assert "to 24 Mar 2026" in printed
    assert "Rheopheresis" not in printed, "it began later"


def test_healing_is_not_printed_where_no_rate_can_be_told(two_visits: bytes) -> None:
    assert "Healing by therapy" not in " ".join(pages_of(two_visits))


def test_what_was_kept_beside_the_wounds_is_printed_whole(photo_bytes: PhotoBytes) -> None:
    patient = replace(PATIENT, risk_factors=(RiskFactor("diabetes", present=True),))
    history = history_of([2.0, 1.5], patient=patient)
    labs = [
        LabResult(1, FIRST_ON + dt.timedelta(days=n), "other", n, "U/L", name=f"Enzyme {n}")
        for n in range(60)
    ]
    uses = [AnalgesicUse(1, "other", FIRST_ON, name="A <b> drug", dose=5.0, unit="mg")]
    events = [ClinicalEvent(1, EventKind.OTHER, FIRST_ON, text="long words " * 40)]
    history = replace(
        history,
        labs=tuple(stored(lab, n) for n, lab in enumerate(labs, 1)),
        analgesics=tuple(stored(use, n) for n, use in enumerate(uses, 1)),
        events=tuple(stored(event, n) for n, event in enumerate(events, 1)),
    )
    content = report_content(
        history, options=ReportOptions(), clinic_name="", user_name="", now=NOW
    )
    pages = pages_of(built(history, photo_bytes))
    printed = " ".join(pages)
    assert [part.title for part in content.context] == [
        "Risk factors", "Laboratory", "Analgesics", "Events",
    ]  # fmt: skip
    for part in content.context:
        texts = [cell for row in part.table.rows for cell in row] if part.table else []
        for text in (part.title, *part.lines, *texts):
            assert printable(" ".join(text.split())) in printed
    with_labs = [page for page in pages if "Enzyme" in page]
    assert len(with_labs) > 1
    assert all("Laboratory’s limits" in page for page in with_labs)


def test_no_row_stands_alone_on_a_page() -> None:
    rows = tuple((f"Enzyme {n}", str(n)) for n in range(30))
    table = text_table(TextTable(("Analyte", "Latest"), rows), width=500.0)
    _width, whole = table.wrap(500.0, 1e6)
    parted = 0
    for room in range(20, round(whole), 5):
        shown = [part._nrows - 1 for part in table.split(500.0, room)]
        parted += bool(shown)
        assert not shown or (sum(shown) == 30 and min(shown) > 1), f"{room} points: {shown}"
    assert parted > 50


def test_the_chart_is_a_little_lower_where_it_then_fits_below_the_photos(
    photo_bytes: PhotoBytes,
) -> None:
    history = history_of([2.0, 1.8, 1.5], bwat=[40, 36, 30])
    first = pages_of(built(history, photo_bytes, page_size="letter"))[0]
    assert "Lesion A: left calf" in first
    assert "Area, cm²" in first
    assert "Sodium thiosulfate, intravenous, 25 g" in first, "the last band of the chart"


def test_two_hundred_visits_are_all_there(long_report: bytes) -> None:
    assert pictures_of(long_report) == 2
    printed = " ".join(pages_of(long_report))
    assert all(printable(words.date(visit.value.on)) in printed for visit in LONG.visits)


def test_a_wound_that_healed_and_opened_again_is_told_as_such(photo_bytes: PhotoBytes) -> None:
    history = history_of([2.0, 1.0, "closed", "closed", 0.5])
    printed = " ".join(pages_of(built(history, photo_bytes)))
    assert "Was closed 17 Mar 2026 to 31 Mar 2026" in printed
    assert "open again" in printed
    assert "No change since last is told across a closure" in printed


def test_every_photo_of_a_visit_can_be_printed(photo_bytes: PhotoBytes) -> None:
    history = history_of([2.0, 1.5])
    more = replace(history.photos[0], id=9, value=replace(history.photos[0].value, visit_id=2))
    history = replace(history, photos=(*history.photos, more))
    assert pictures_of(built(history, photo_bytes, photos=PhotoChoice.ALL)) == 2
    assert pictures_of(built(history, photo_bytes, photos=PhotoChoice.EVERY)) == 3
