"""The wound bed in one line: by whom, how much, how surely; nothing where it has gaps."""

from dataclasses import replace

import numpy as np

from tests.clinics import OUTLINE, SCALE, TISSUE
from woundtrack.outline.tissue.types import Tissue, png_of
from woundtrack.records import PhotoOutline
from woundtrack.report.bed_text import bed_text

PROPOSED = PhotoOutline(1, 1, OUTLINE, confirmed=True, tissue=TISSUE)


def test_a_proposal_says_so_and_has_its_interval() -> None:
    text = bed_text(PROPOSED, SCALE)
    assert text == "wound bed, proposed by a network: granulation 100 % (49–100 %)"


def test_a_painted_map_says_so_and_what_was_never_measured() -> None:
    cells = png_of(np.full((100, 100), Tissue.NECROSIS, np.uint8))
    painted = replace(PROPOSED, tissue=replace(TISSUE, png=cells, repainted=True))
    text = bed_text(painted, None)
    assert text == "wound bed, painted by hand: necrosis or eschar 100 %"


def test_without_a_map_or_with_gaps_nothing_is_said() -> None:
    gaps = png_of(np.eye(100, dtype=np.uint8))
    assert bed_text(replace(PROPOSED, tissue=None), SCALE) == ""
    assert bed_text(replace(PROPOSED, tissue=replace(TISSUE, png=gaps)), SCALE) == ""
