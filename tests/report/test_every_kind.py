"""Every kind of report in both languages: sound, embedded, titled, counted, nothing left out."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache

import pytest

from tests.cohort.made_cohort import made_cohort
from tests.histories import NOW, history_of, second_lesion
from tests.report.reading import Read, read
from woundtrack import words
from woundtrack.records import Letterhead, PatientHistory
from woundtrack.report.build import build_report
from woundtrack.report.cohort_report import CohortOptions, cohort_report
from woundtrack.report.content import report_content
from woundtrack.report.content_types import ReportContent, ReportKind, ReportOptions
from woundtrack.report.fonts import printable
from woundtrack.report.pdf_document import Sheet, letterhead_height
from woundtrack.report.raster import page_texts

LETTERHEAD = Letterhead(("Hôpital Nord", "12 rue des Lilas"))
COHORT = "cohort"
EVERY = pytest.mark.parametrize(
    ("kind", "language"),
    [(kind, each) for kind in (*ReportKind, COHORT) for each in words.LANGUAGES],
)


def case() -> PatientHistory:
    """Two lesions over four visits, one of them scored."""
    return second_lesion(history_of([2.0, 1.9, 1.7, 1.5], bwat=[40, 36, 34, 30]), [1.0, 0.9])


def options_of(kind: ReportKind, language: str) -> ReportOptions:
    return ReportOptions(kind=kind, language=language, visit_id=2)


@pytest.fixture(scope="module")
def made(photo_bytes: Callable[[str], bytes]) -> Callable[[str, str], bytes]:
    """Makes each report once."""

    @cache
    def one(kind: str, language: str) -> bytes:
        if kind == COHORT:
            return cohort_report(
                made_cohort(), clinic_name="North", user_name="Marie", now=NOW,
                options=CohortOptions(language=language, signature=True), letterhead=LETTERHEAD,
            )  # fmt: skip
        return build_report(
            case(), photo_bytes=photo_bytes, clinic_name="North", user_name="Marie", now=NOW,
            options=options_of(ReportKind(kind), language), letterhead=LETTERHEAD,
            user_names={1: "Ann Blanc"},
        )  # fmt: skip

    return one


def plain(text: str) -> str:
    """Without what line breaks, and no-break spaces against them, do to a text."""
    return "".join(text.split()).replace("\N{NO-BREAK SPACE}", "").replace("\N{SOFT HYPHEN}", "")


@EVERY
def test_it_is_sound_titled_and_all_its_fonts_are_embedded(
    made: Callable[[str, str], bytes], kind: str, language: str
) -> None:
    found: Read = read(made(kind, language))
    assert found.not_embedded == ()
    assert found.fonts <= {"NotoSans-Regular", "NotoSans-Bold", "DejaVuSans"}
    assert found.language == {"en": "en-GB", "fr": "fr"}[language]
    assert found.title
    assert found.contents, "a viewer lists its parts"
    assert found.images_with_metadata == 0
    if kind != COHORT:
        assert "7F3K2-C" in found.title
    for name in ("Łukasz", "Nguyễn", "Minh", "Marie", "Ann"):
        assert name not in found.facts + " ".join(found.contents)


@EVERY
def test_each_page_is_counted_and_says_what_it_was_made_from(
    made: Callable[[str, str], bytes], kind: str, language: str
) -> None:
    texts = page_texts(made(kind, language))
    with words.speaking(language):
        for page, text in enumerate(texts, 1):
            counted = words._("Page {page} of {pages}").format(page=page, pages=len(texts))
            assert plain(counted) in plain(text)
            assert plain(words.date(NOW.date())) in plain(text)
            assert ("7F3K2-C" in text) == (kind != COHORT)
        assert "Hôpital Nord" in texts[0]
        assert plain(words._("Signature")) in plain(texts[-1])


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("kind", list(ReportKind))
def test_every_text_of_the_content_is_on_paper(
    made: Callable[[str, str], bytes], kind: ReportKind, language: str
) -> None:
    printed = plain(" ".join(page_texts(made(kind, language))))
    with words.speaking(language):
        content = report_content(
            case(), options=options_of(kind, language), clinic_name="", user_name="", now=NOW,
            user_names={1: "Ann Blanc"},
        )  # fmt: skip
        for text in texts_of(content):
            assert plain(printable(text)) in printed


def texts_of(content: ReportContent) -> list[str]:
    texts = [content.title, *content.notes, *(f.value for f in content.facts)]
    for section in content.sections if content.options.kind is ReportKind.PROGRESS else ():
        texts += [section.title, *(cell for row in section.rows for cell in row.cells())]
        texts += [line for fact in section.figures for line in fact.value.split("\n")]
    if content.summary:
        texts += [*content.summary.table.heads, content.summary.total]
        texts += [cell for row in content.summary.table.rows for cell in row]
    if content.visit:
        for lesion in content.visit.lesions:
            texts += [lesion.title, lesion.confirmed, *lesion.lines, *lesion.warnings]
            texts += [line for fact in lesion.figures for line in fact.value.split("\n")]
            texts += [fact.value for fact in lesion.facts]
            texts += [text for form in lesion.forms for row in form.rows for text in row]
        table = content.visit.therapies
        texts += [cell for row in table.rows for cell in row] if table else []
    return texts


def test_a_french_report_has_decimal_commas_and_french_days(
    made: Callable[[str, str], bytes],
) -> None:
    words.set_language("en")
    text = plain(" ".join(page_texts(made(ReportKind.VISIT, "fr"))))
    assert "11,3±0,4cm²" in text
    assert "10mars2026" in text
    assert "11.3" not in text
    assert words.language() == "en", "the window goes on in its own"


def test_a_letterhead_without_anything_takes_no_room(photo_bytes: Callable[[str], bytes]) -> None:
    data = build_report(
        history_of([2.0], with_photos=False), photo_bytes=photo_bytes, clinic_name="North clinic",
        user_name="", now=NOW,
    )  # fmt: skip
    assert "North clinic" in page_texts(data)[0], "its name stands there instead"
    sheet = Sheet("Title", "Heading", "Identity", "North clinic", ("Printed",), "a4")
    assert letterhead_height(sheet) == 0
    assert letterhead_height(replace(sheet, letterhead=LETTERHEAD)) > 0


def test_the_record_s_time_is_that_of_the_latest_confirmed_change(
    made: Callable[[str, str], bytes],
) -> None:
    del made
    history = case()
    draft = replace(
        history.assessments[0],
        value=replace(history.assessments[0].value, confirmed=False),
        at_utc=dt.datetime(2026, 8, 1, tzinfo=dt.UTC),
    )
    content = report_content(
        replace(history, assessments=(draft, *history.assessments[1:])),
        options=ReportOptions(), clinic_name="", user_name="",
        now=dt.datetime(2026, 8, 2, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=2))),
    )  # fmt: skip
    assert "last changed on 1 Jun 2026 at 14:00" in content.made[1], "in the clinic's own zone"


def test_two_reports_in_two_languages_can_be_made_at_once(
    photo_bytes: Callable[[str], bytes],
) -> None:
    def one(language: str) -> str:
        data = build_report(
            case(), photo_bytes=photo_bytes, clinic_name="", user_name="", now=NOW,
            options=options_of(ReportKind.VISIT, language),
        )  # fmt: skip
        return plain(page_texts(data)[0])

    with ThreadPoolExecutor(4) as pool:
        texts = list(pool.map(one, ("en", "fr") * 2))
    assert all(("11.3±0.4cm²" in text) != ("11,3±0,4cm²" in text) for text in texts)
    assert ["11,3" in text for text in texts] == [False, True] * 2
    assert len(set(texts)) == 2
