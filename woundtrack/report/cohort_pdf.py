"""A cohort's figure as a document of its own: a PDF of vectors, or a picture of that page."""

import io

from woundtrack.report.chart_pdf import PRINT_PALETTE, paint_strokes
from woundtrack.report.cohort_chart import Figure
from woundtrack.report.fonts import ONE_AT_A_TIME, REGULAR, register
from woundtrack.report.pdf_styles import pdf_language
from woundtrack.units import points_from_mm

SIZE = (points_from_mm(170), points_from_mm(115))
"""The figure's width and height in points: the text width of an A4 page."""
TEXT_SIZE = 8.5
MARGIN = points_from_mm(5)
DOTS_PER_INCH = 300.0


def figure_pdf(figure: Figure, *, title: str) -> bytes:
    """The figure, in points, on a page of its size with a margin round it."""
    from reportlab.pdfgen.canvas import Canvas

    from woundtrack import __version__

    file = io.BytesIO()
    page = (figure.width + 2 * MARGIN, figure.height + 2 * MARGIN)
    with ONE_AT_A_TIME:
        register()
        canvas = Canvas(file, pagesize=page, lang=pdf_language(), initialFontName=REGULAR)
        canvas.setTitle(title)
        canvas.setAuthor("")
        canvas.setCreator(f"woundtrack {__version__}")
        paint_strokes(
            canvas, figure.strokes, left=MARGIN, top=page[1] - MARGIN, palette=PRINT_PALETTE
        )
        canvas.save()
    return file.getvalue()


def figure_png(figure: Figure, *, title: str) -> bytes:
    """The same page at `DOTS_PER_INCH`, so that picture and PDF cannot differ."""
    from PIL import Image

    from woundtrack.report.raster import page_pixels

    page = page_pixels(figure_pdf(figure, title=title), page=0, dots_per_inch=DOTS_PER_INCH)
    file = io.BytesIO()
    resolution = (DOTS_PER_INCH, DOTS_PER_INCH)
    Image.fromarray(page[:, :, ::-1].copy()).save(file, "PNG", dpi=resolution)
    return file.getvalue()
