"""Codes and writing are proposed to be masked; the wound and what gives the scale stay in sight."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
import zxingcpp

from tests.deidentify.made import OUTLINE, SCALE, STICKER, painted
from woundtrack.deidentify import writing
from woundtrack.deidentify.codes import codes_in
from woundtrack.deidentify.kept import (
    CARD_WORDS,
    card_words_px,
    never_writing_px,
    numbers_among,
)
from woundtrack.deidentify.masks import proposed_masks
from woundtrack.deidentify.picture import paint_masks
from woundtrack.deidentify.types import Crop, Mask, MaskReason
from woundtrack.errors import ExportError
from woundtrack.photo.types import Pixels
from woundtrack.scale import card_layout
from woundtrack.scale.types import ScaleMethod

CROP = Crop(60, 60, 420, 340)


def covered(masks: tuple[Mask, ...]) -> np.ndarray:
    """Which px of a photo like the painted one lie under masks."""
    cover = np.zeros((480, 640, 3), np.uint8)
    paint_masks(cover, masks)
    return cover[..., 0] > 0


@pytest.fixture(scope="module")
def masks() -> tuple[Mask, ...]:
    return proposed_masks(painted(), crop=CROP, outlines=[OUTLINE], scale=SCALE)


def test_a_name_on_a_sticker_is_masked_in_whole(masks: tuple[Mask, ...]) -> None:
    left, top, right, bottom = STICKER
    part = np.s_[top:bottom, left:right]
    ink = painted()[part].max(axis=2) < 90
    assert ink.sum() > 500
    assert covered(masks)[part][ink].all()


def test_no_mask_lies_on_the_wound(masks: tuple[Mask, ...]) -> None:
    inside = np.zeros((480, 640), np.uint8)
    cv2.fillPoly(inside, [np.round(OUTLINE.rings[0]).astype(np.int32)], 1)
    assert not (covered(masks) & (cv2.erode(inside, np.ones((7, 7))) > 0)).any()


def test_bare_skin_is_left_in_sight(masks: tuple[Mask, ...]) -> None:
    left, top, right, bottom = STICKER
    hidden = covered(masks)
    hidden[top - 25 : bottom + 25, left - 25 : right + 25] = False
    assert hidden[60:340, 60:420].mean() < 0.02


def _code(kind: zxingcpp.BarcodeFormat, side: int) -> Pixels:
    made = zxingcpp.create_barcode("4711-081500", kind)
    picture = np.asarray(zxingcpp.write_barcode_to_image(made, scale=4))
    high = max(1, round(picture.shape[0] * side / picture.shape[1]))
    grey = cv2.resize(picture, (side, high), interpolation=cv2.INTER_AREA)
    return cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR)


@pytest.mark.parametrize(
    "kind",
    [zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128,
     zxingcpp.BarcodeFormat.DataMatrix],
)  # fmt: skip
def test_a_code_is_masked_with_its_corners(kind: zxingcpp.BarcodeFormat) -> None:
    code = _code(kind, 150)
    pixels = np.full((480, 640, 3), 190, np.uint8)
    high, wide = code.shape[:2]
    pixels[100 : 100 + high, 300 : 300 + wide] = code
    found = codes_in(pixels)
    assert found
    assert {mask.reason for mask in found} == {MaskReason.CODE}
    every = proposed_masks(pixels, crop=Crop(0, 0, 640, 480), outlines=(), scale=None)
    assert covered(every)[pixels.max(axis=2) < 60].all()


def test_a_card_is_masked_where_it_names_its_patient_and_nowhere_else() -> None:
    card = replace(SCALE, method=ScaleMethod.CARD, marks_px=((10.0, 10.0),))
    words = card_words_px(card)
    assert words is not None
    mm = card.to_mm(words)
    assert mm.min(axis=0) == pytest.approx([CARD_WORDS.left_mm, CARD_WORDS.top_mm])
    for box in (card_layout.QR, card_layout.WRITING):
        for x, y in box.corners_mm:
            assert CARD_WORDS.left_mm < x < CARD_WORDS.right_mm
            assert CARD_WORDS.top_mm < y < CARD_WORDS.bottom_mm
    for tag in card_layout.TAGS:
        left, right = tag.box.left_mm, tag.box.right_mm
        assert right < CARD_WORDS.left_mm or left > CARD_WORDS.right_mm
    assert card_words_px(SCALE) is None
    assert len(never_writing_px(card)) == 4 + len(card_layout.PATCHES) + 1


def _box(x: float, y: float, wide: float, high: float) -> np.ndarray:
    return np.array([(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)]) / 0.25


def test_the_numbers_of_a_ruler_stay_and_a_name_beside_them_does_not() -> None:
    strokes = [((10.0 + mm) / 0.25, y / 0.25) for mm in range(60) for y in (20.0, 24.0)]
    ruler = replace(SCALE, method=ScaleMethod.RULER, marks_px=tuple(strokes))
    numbers = [_box(8.9 + 10 * cm, 26.0, 2.2, 3.0) for cm in range(6)]
    name, initials, far = _box(12, 30, 18, 4), _box(33.0, 26.0, 3.0, 3.0), _box(9, 90, 2, 3)
    found = numbers_among([*numbers, name, initials, far], ruler)
    assert found == (*(True,) * 6, False, False, False)
    assert not any(numbers_among([name, initials, far], ruler))
    assert not any(numbers_among(numbers, SCALE))  # two points: no graduation


def test_without_the_finder_nothing_is_proposed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "NAME", "gone.onnx")
    writing._network.cache_clear()
    with pytest.raises(ExportError) as refused:
        proposed_masks(painted(), crop=CROP, outlines=[OUTLINE], scale=None)
    writing._network.cache_clear()
    assert refused.value.code == "deidentify.no_finder"
