"""PDF pages become pictures from any thread."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from woundtrack.errors import ReportError
from woundtrack.report.card import card_pdf
from woundtrack.report.raster import page_pixels, page_sizes_mm, page_texts


def test_many_threads_get_the_same_picture() -> None:
    data = card_pdf(page_size="a4", run_number=3)
    alone = page_pixels(data, page=0, dots_per_inch=60)
    with ThreadPoolExecutor(4) as pool:
        seen = list(pool.map(lambda _n: page_pixels(data, page=0, dots_per_inch=60), range(40)))
        sizes = list(pool.map(lambda _n: page_sizes_mm(data), range(20)))
    assert all(np.array_equal(each, alone) for each in seen)
    assert set(sizes) == {page_sizes_mm(data)}


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(ReportError) as refused:
        page_texts(b"no PDF")
    assert refused.value.code == "report.not_a_pdf"
