"""A contact sheet: all photos with their words, and nothing else in the file."""

import io
from dataclasses import replace

import numpy as np
import pikepdf
import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from tests.compare.shots import FIRST, laid_series
from woundtrack import words
from woundtrack.compare import contact
from woundtrack.compare.contact import columns_of, contact_pdf, contact_png
from woundtrack.compare.showing import SeriesOptions, showing_of
from woundtrack.deidentify.picture import check_plain

SMALL = SeriesOptions(longest_px=240, day_0=FIRST, title="Étude ≥ 1")


@pytest.fixture(autouse=True)
def _english():
    words.set_language("en")


def test_a_png_holds_every_photo_and_nothing_but_pixels():
    data, lights = contact_png(showing_of(laid_series(3), SMALL), options=SMALL)
    check_plain(data)
    sheet = np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).astype(int)
    reds = (sheet[..., 0] - sheet[..., 1] > 80) & (sheet[..., 2] < 80)
    columns = np.flatnonzero(reds.any(axis=0))
    assert (np.diff(columns) > 20).sum() == 2  # three wounds beside each other
    assert len(lights) == 3
    assert (sheet[0] == 255).all()


def test_words_are_made_smaller_where_there_is_no_room():
    options = replace(SMALL, longest_px=640, title="A title that goes on " * 4, unaligned=True)
    long = [replace(each, shot=replace(each.shot, size="12.34 ± 0.56 cm², and more")) for each in
            laid_series(2, refused=(1,))]  # fmt: skip
    data, _lights = contact_png(showing_of(long, options), options=options)
    sheet = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    rim = round(0.07 * 640)
    assert (sheet[:, -rim + 1 :] == 255).all()


@pytest.mark.parametrize("count", [2, 4])
def test_pictures_are_made_smaller_where_a_png_would_be_too_long(count, monkeypatch):
    monkeypatch.setattr(contact, "MOST_LONG_PX", 600)
    options = replace(SMALL, longest_px=900)
    data, _lights = contact_png(showing_of(laid_series(count), options), options=options)
    assert 540 < max(Image.open(io.BytesIO(data)).size) <= 600


@pytest.mark.parametrize(
    ("count", "columns"), [(2, 2), (3, 3), (4, 2), (6, 3), (8, 4), (9, 5), (12, 4), (24, 6)]
)
def test_a_png_is_about_as_wide_as_a_slide(count, columns):
    assert columns_of(count) == columns


def test_a_pdf_has_its_words_fonts_title_and_language():
    data, _lights = contact_pdf(showing_of(laid_series(3), SMALL), options=SMALL)
    document = PdfDocument(data)
    text = document[0].get_textpage().get_text_range()
    for said in ("Day 0", "Day 7", "Day 14", "7.0 ± 0.4 cm²", "Étude ≥ 1", "Page 1 of 1",
                 "Colours as taken.",
                 "within 0.4 mm (95 %)", "± is the 95 % interval"):  # fmt: skip
        assert said in text
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.Root.Lang == "en"
        assert pdf.docinfo["/Title"] == "Étude ≥ 1"
        assert str(pdf.docinfo["/CreationDate"]).endswith("120000Z"), "the day alone"
        fonts = pdf.pages[0].Resources.Font
        embedded = [
            "/FontFile2" in font.FontDescriptor
            for font in fonts.values()
            if font.get("/FontDescriptor") is not None
        ]
        assert len(embedded) >= 2
        assert all(embedded)


def test_pictures_are_printed_at_300_dots_an_inch():
    data, _lights = contact_pdf(showing_of(laid_series(2), SMALL), options=SMALL)
    page = PdfDocument(data)[0]
    pictures = [each for each in page.get_objects() if each.type == 3]
    assert len(pictures) == 2
    for picture in pictures:
        left, _bottom, right, _top = picture.get_bounds()
        assert picture.get_px_size()[0] / ((right - left) / 72) == pytest.approx(300, rel=0.02)


def test_many_photos_go_on_to_further_pages():
    photos = [photo for _ in range(5) for photo in laid_series(3)]
    data, _lights = contact_pdf(showing_of(photos, SMALL), options=SMALL)
    document = PdfDocument(data)
    assert len(document) == 2
    assert "Page 2 of 2" in document[1].get_textpage().get_text_range()
