"""PDF pages as pictures, for preview and print. PDFium is not safe to use from two threads."""

from threading import Lock
from typing import Any

from woundtrack.errors import ReportError
from woundtrack.photo.types import Pixels
from woundtrack.units import MM_PER_INCH, POINTS_PER_MM

POINTS_PER_INCH = MM_PER_INCH * POINTS_PER_MM
_one_at_a_time = Lock()


def page_sizes_mm(data: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of every page in mm. Raises ReportError report.not_a_pdf."""
    with _one_at_a_time:
        document = _opened(data)
        try:
            sizes = [document[i].get_size() for i in range(len(document))]
        finally:
            document.close()
    return tuple((width / POINTS_PER_MM, height / POINTS_PER_MM) for width, height in sizes)


def page_texts(data: bytes) -> tuple[str, ...]:
    """The words of every page. Raises ReportError report.not_a_pdf."""
    with _one_at_a_time:
        document = _opened(data)
        try:
            texts = [document[i].get_textpage().get_text_range() for i in range(len(document))]
        finally:
            document.close()
    return tuple(" ".join(text.split()) for text in texts)


def page_pixels(data: bytes, *, page: int, dots_per_inch: float) -> Pixels:
    """One page (height, width, 3), BGR, on white. Raises ReportError report.not_a_pdf."""
    with _one_at_a_time:
        document = _opened(data)
        try:
            bitmap = document[page].render(scale=dots_per_inch / POINTS_PER_INCH)
            pixels: Pixels = bitmap.to_numpy()[:, :, :3].copy()
            bitmap.close()  # here, for its end is PDFium's work too
        finally:
            document.close()
    return pixels


def _opened(data: bytes) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ReportError("report.not_a_pdf") from error
