"""The reader of labels reads print it has never seen, and knows what is none."""

import cv2
import numpy as np
import pytest

from tests.scale.drawn_ruler import FONTS
from woundtrack.paths import resources_dir
from woundtrack.scale.ruler.digits import (
    BLANK,
    COLUMNS,
    NAMES,
    ROWS,
    likelihoods,
    normalised,
    placed,
    reader,
    spelled,
)

PIL_FONTS = [str(resources_dir() / "fonts" / name) for name in FONTS]


def label(text: str, *, height_px: float, font: int = 0, turns: int = 0) -> np.ndarray:
    """What the reader gets of a text printed so high."""
    from PIL import Image, ImageDraw, ImageFont

    sheet = Image.new("L", (400, 120))
    ImageDraw.Draw(sheet).text(
        (200, 60), text, 255, ImageFont.truetype(PIL_FONTS[font], 60), anchor="mm"
    )
    drawn = np.asarray(sheet, np.float32) / 255
    rows, columns = np.nonzero(drawn > 0.3)
    scale = height_px / (rows.max() - rows.min() + 1)
    small = cv2.resize(drawn, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small = np.ascontiguousarray(np.rot90(cv2.GaussianBlur(small, (0, 0), 0.6), turns))
    rows, columns = np.nonzero(small > 0.3)
    box = (float(columns.min()), float(rows.min()), columns.max() + 1.0, rows.max() + 1.0)
    return normalised(placed(small, box))


def said(images: list[np.ndarray]) -> list[str]:
    return [text for text, _ in reader().best(np.stack(images))]


@pytest.mark.parametrize(("height_px", "least"), [(24.0, 0.97), (12.0, 0.95), (8.0, 0.85)])
def test_numbers_of_three_typefaces_are_read(height_px: float, least: float) -> None:
    numbers = [str(each) for each in (*range(31), *range(40, 310, 10))]
    for font in range(len(FONTS)):
        texts = said([label(each, height_px=height_px, font=font) for each in numbers])
        right = np.mean([one == other for one, other in zip(texts, numbers, strict=True)])
        assert right >= least


@pytest.mark.parametrize("word", ["cm", "mm", "inch", "CM", "INCH"])
def test_words_of_units_are_read(word: str) -> None:
    texts = said([label(word, height_px=16.0, font=font) for font in range(len(FONTS))])
    assert texts.count(word.lower()) >= 2


def test_turned_numbers_are_no_numbers() -> None:
    numbers = [str(each) for each in (2, 3, 4, 5, 7, *range(12, 17), *range(20, 60))]
    for turns in (1, 2, 3):
        texts = said([label(each, height_px=18.0, turns=turns) for each in numbers])
        assert np.mean([text.isdigit() for text in texts]) < 0.1


def test_the_probability_of_a_text_is_summed_over_all_its_spellings() -> None:
    chance = np.random.default_rng(1)
    seen = chance.random((1, 4, len(NAMES))).astype(np.float32)
    seen /= seen.sum(axis=2, keepdims=True)
    total = 0.0
    for path in np.ndindex(*(3,) * 4):
        classes = [(BLANK, NAMES.index("1"), NAMES.index("2"))[each] for each in path]
        kept = [c for at, c in enumerate(classes) if at == 0 or classes[at - 1] != c]
        if "".join(NAMES[c] for c in kept) == "12":
            total += float(np.prod([seen[0, step, c] for step, c in enumerate(classes)]))
    assert likelihoods(seen, ["12"])[0] == pytest.approx(total, rel=1e-5)


def test_repeated_classes_are_one_character_unless_a_blank_parts_them() -> None:
    steps = [NAMES.index(each) for each in "11"] + [BLANK] + [NAMES.index(each) for each in "12"]
    assert spelled(np.eye(len(NAMES), dtype=np.float32)[steps]) == "112"


def test_no_label_gives_no_reading() -> None:
    assert reader().probabilities(np.zeros((0, ROWS, COLUMNS), np.float32)).shape[0] == 0
    assert likelihoods(np.zeros((0, 24, len(NAMES)), np.float32), []).shape == (0,)


def test_the_reader_is_small() -> None:
    assert (resources_dir() / "digits" / "labels.npz").stat().st_size < 300_000
