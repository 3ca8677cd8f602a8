"""The crop holds wound and reference with a margin in mm; without a wound there is none."""

from dataclasses import replace

import numpy as np
import pytest

from tests.deidentify.made import MM_PER_PX, OUTLINE, RING, SCALE, SIZE_PX
from woundtrack.deidentify.crop import LEAST_PX, MARGIN_MM, crop_between, proposed_crop
from woundtrack.outline.types import Outline
from woundtrack.scale.card_layout import HEIGHT_MM, WIDTH_MM
from woundtrack.scale.types import ScaleMethod


def test_wound_and_reference_lie_in_it_with_a_margin_in_mm() -> None:
    crop = proposed_crop((4000, 3000), [OUTLINE], SCALE)
    assert crop is not None
    points = np.array([*RING, *SCALE.marks_px])
    margin_px = MARGIN_MM / MM_PER_PX
    assert crop.left_px == pytest.approx(points[:, 0].min() - margin_px, abs=1)
    assert crop.right_px == pytest.approx(points[:, 0].max() + margin_px, abs=2)
    assert crop.bottom_px == pytest.approx(points[:, 1].max() + margin_px, abs=2)


def test_without_a_scale_the_margin_goes_by_the_wound() -> None:
    crop = proposed_crop((4000, 3000), [OUTLINE], None)
    assert crop is not None
    assert crop.left_px == pytest.approx(130 - 0.4 * 100, abs=2)
    assert crop.width_px < 200


def test_a_card_is_shown_whole() -> None:
    card = replace(SCALE, method=ScaleMethod.CARD, marks_px=((10.0, 10.0),))
    crop = proposed_crop((4000, 3000), [OUTLINE], card)
    assert crop is not None
    assert crop.right_px > WIDTH_MM / MM_PER_PX
    assert crop.bottom_px > HEIGHT_MM / MM_PER_PX


@pytest.mark.parametrize("outlines", [[], [Outline()]])
def test_without_an_outline_a_person_has_to_draw_it(outlines: list[Outline]) -> None:
    assert proposed_crop(SIZE_PX, outlines, SCALE) is None


def test_it_stays_in_the_photo_and_can_be_shown() -> None:
    crop = proposed_crop((200, 180), [OUTLINE], SCALE)
    assert crop is not None
    assert (crop.left_px, crop.top_px) >= (0, 0)
    assert (crop.right_px, crop.bottom_px) == (200, 180)
    least = crop_between((639.0, 479.0), (639.0, 479.0), SIZE_PX)
    assert (least.width_px, least.height_px) == (LEAST_PX, LEAST_PX)
    assert (least.right_px, least.bottom_px) == SIZE_PX
