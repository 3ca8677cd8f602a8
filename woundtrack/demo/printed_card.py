"""The card as a printer would give it: the program's own PDF, made into pixels."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from woundtrack.scale.card_layout import PAGES
from woundtrack.units import MM_PER_INCH


@lru_cache(maxsize=16)
def card_picture(
    px_per_mm: float, *, code: str, run: int, lesion: str | None = None
) -> NDArray[np.uint8]:
    """One card of the A4 sheet, (height, width, 3) BGR at the given px per mm."""
    from woundtrack.report.card import card_pdf
    from woundtrack.report.raster import page_pixels

    content = card_pdf(page_size="a4", run_number=run, patient_code=code, lesion_label=lesion)
    sheet = page_pixels(content, page=0, dots_per_inch=px_per_mm * MM_PER_INCH)
    box = PAGES["a4"].cards[0]
    top, bottom = (round(y * px_per_mm) for y in (box.top_mm, box.bottom_mm))
    left, right = (round(x * px_per_mm) for x in (box.left_mm, box.right_mm))
    return np.ascontiguousarray(sheet[top:bottom, left:right])
