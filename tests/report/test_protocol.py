"""The page on how to photograph wounds: one page, all its words on it, nothing over another."""

import re

import numpy as np
import pypdfium2
import pytest

from woundtrack import words
from woundtrack.errors import ReportError
from woundtrack.report.protocol import SOURCES, STEPS, protocol_pdf
from woundtrack.report.protocol_drawings import DRAWINGS, HEIGHT_MM, WIDTH_MM
from woundtrack.report.protocol_pen import Pen
from woundtrack.report.raster import page_pixels, page_sizes_mm, page_texts

EVERY = pytest.mark.parametrize(
    ("language", "page_size"),
    [(each, size) for each in words.LANGUAGES for size in ("a4", "letter")],
)


def plain(text: str) -> str:
    """The text without what line breaks and no-break spaces do to it."""
    return re.sub(r"[\s\u00a0\u202f\u00ad\ufffe-]+", "", text)


@EVERY
def test_it_is_one_page_of_the_paper_with_every_word_on_it(language: str, page_size: str) -> None:
    words.set_language(language)
    data = protocol_pdf(page_size=page_size)
    sizes = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
    (size,) = page_sizes_mm(data)
    assert size == pytest.approx(sizes[page_size], abs=0.1)
    (text,) = page_texts(data)
    for step in STEPS:
        assert plain(words._(step.title)) in plain(text)
        assert plain(words._(step.text)) in plain(text)
    for _letter, source in SOURCES:
        assert plain(words._(source)) in plain(text)
    assert "[" not in text, "every sign has a glyph"


@EVERY
def test_no_line_of_words_lies_over_another_or_off_the_page(language: str, page_size: str) -> None:
    words.set_language(language)
    page = pypdfium2.PdfDocument(protocol_pdf(page_size=page_size))[0]
    found = page.get_textpage()
    boxes = np.array([found.get_rect(at) for at in range(found.count_rects())])
    assert boxes[:, :2].min() > 14 / 25.4 * 72
    assert (boxes[:, 2] < page.get_width() - 14 / 25.4 * 72).all()
    for place, one in enumerate(boxes):
        others = boxes[place + 1 :]
        across = np.minimum(one[2], others[:, 2]) - np.maximum(one[0], others[:, 0])
        down = np.minimum(one[3], others[:, 3]) - np.maximum(one[1], others[:, 1])
        assert not ((across > 1) & (down > 2)).any()


def test_each_step_has_its_drawing_and_stands_on_a_source_that_is_named() -> None:
    assert [step.key for step in STEPS] == list(DRAWINGS)
    letters = {letter for letter, _text in SOURCES}
    assert all(step.sources and set(step.sources.split()) <= letters for step in STEPS)


@pytest.mark.parametrize("key", list(DRAWINGS))
def test_each_drawing_stays_in_its_box(key: str) -> None:
    import io

    from reportlab.pdfgen.canvas import Canvas

    around, file = 10.0, io.BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH_MM + 2 * around, HEIGHT_MM + 2 * around))
    canvas.translate(around, HEIGHT_MM + around)
    canvas.scale(1, -1)
    DRAWINGS[key](Pen(canvas))
    canvas.showPage()
    canvas.save()
    dots_per_mm = 4
    page = page_pixels(file.getvalue(), page=0, dots_per_inch=72 * dots_per_mm)
    drawn = np.argwhere((page < 250).any(axis=2)) / dots_per_mm - around
    assert drawn.min() > 0
    assert (drawn.max(axis=0) < (HEIGHT_MM, WIDTH_MM)).all()
    assert len(drawn) > 400 * dots_per_mm


def test_it_says_who_made_it_in_which_language_and_embeds_its_letters() -> None:
    words.set_language("fr")
    data = protocol_pdf(page_size="a4")
    assert b"/Lang (fr)" in data
    assert pypdfium2.PdfDocument(data).get_metadata_dict()["Title"] == words._(
        "Photographing wounds"
    )
    assert data.count(b"/FontFile2") == 2
    assert b"Helvetica" not in data
    words.set_language("en")
    assert protocol_pdf(page_size="a4") == protocol_pdf(page_size="a4")


def test_a_paper_it_does_not_know_is_refused() -> None:
    with pytest.raises(ReportError) as told:
        protocol_pdf(page_size="a7")
    assert told.value.code == "report.page_size"
