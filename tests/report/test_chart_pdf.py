"""The chart in a PDF: vectors, at the places the chart says, in the embedded font."""

import io
from dataclasses import replace

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.histories import default_courses, history_of
from tests.report.charts import day
from woundtrack.report import chart_pdf
from woundtrack.report.chart import chart_of
from woundtrack.report.chart_data import chart_data
from woundtrack.report.chart_types import Chart, Shape
from woundtrack.report.fonts import printable
from woundtrack.therapy.types import DoseChange

LEFT, BOTTOM = 40.0, 300.0


@pytest.fixture
def chart() -> Chart:
    """Visits of every kind."""
    radii = [2.6, 2.5, "bedside", 2.2, "none", 1.7, 0.6, "closed"]
    data = chart_data(history_of(radii, bwat=[44, 42, 40]))
    return chart_of(data, width=480, height=240, text_size=8)


@pytest.fixture
def page(chart: Chart) -> pypdfium2.PdfPage:
    """A page of A4 with the chart somewhere on it."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    chart_pdf.paint(canvas, chart, left=LEFT, bottom=BOTTOM, palette=chart_pdf.PRINT_PALETTE)
    canvas.save()
    return pypdfium2.PdfDocument(file.getvalue())[0]


def test_every_mark_is_a_path_at_its_place(chart: Chart, page: pypdfium2.PdfPage) -> None:
    paths = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH])
    small = [path.get_bounds() for path in paths]
    middles = [((a + c) / 2, (b + d) / 2) for a, b, c, d in small if c - a < 14 and d - b < 14]
    for mark in chart.marks:
        x, y = LEFT + mark.x, BOTTOM + chart.height - mark.y
        lower = 0.3 * 8 if mark.shape is Shape.TRIANGLE else 0.3
        assert any(abs(u - x) < 0.3 and abs(v - y) < lower for u, v in middles), mark


def test_there_are_no_pictures_and_the_words_can_be_searched(
    chart: Chart, page: pypdfium2.PdfPage
) -> None:
    assert list(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])) == []
    text = page.get_textpage().get_text_range()
    for axis in chart.axes:
        for tick in axis.ticks:
            assert tick.text in text
    for band in chart.bands:
        assert band.label in text


def test_a_raised_dose_is_printed_whole() -> None:
    first, _second = default_courses()
    raised = replace(first, dose=12.5, dose_changes=(DoseChange(day(30), 25.0, "g"),))
    chart = chart_of(chart_data(history_of([2.0] * 10, courses=[raised])), width=480, height=240)
    assert "12.5 g → 25 g" in chart.bands[0].label
    assert "12.5 g › 25 g" in printable(chart.bands[0].label)
