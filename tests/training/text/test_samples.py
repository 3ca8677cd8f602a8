"""What the finder of writing is taught with: ink lies where the truth says, nowhere else."""

import importlib.util

import numpy as np
import pytest

from training.digits.fonts import HERSHEY, Typeface
from training.text.samples import SIDE_PX, STRIDE, sample
from training.text.writing import coded, handwritten, printed, words

FACES = [Typeface(f"hershey/{font}", None, font, 3) for font in HERSHEY]


@pytest.mark.parametrize("made", ["printed", "handwritten", "coded"])
def test_all_ink_lies_in_its_boxes(made: str) -> None:
    rng = np.random.default_rng(5)
    for _ in range(8):
        written = {
            "printed": lambda: printed(rng, FACES),
            "handwritten": lambda: handwritten(rng),
            "coded": lambda: coded(rng),
        }[made]()
        rest = written.ink.copy()
        for left, top, right, bottom in written.boxes:
            rest[max(0, int(top)) : int(bottom) + 1, max(0, int(left)) : int(right) + 1] = 0
        assert (written.ink > 60).any()
        assert (rest > 60).sum() <= 0.01 * (written.ink > 60).sum()


def test_words_say_something() -> None:
    rng = np.random.default_rng(1)
    assert all(words(rng).strip() for _ in range(200))


@pytest.mark.skipif(
    not all(map(importlib.util.find_spec, ("skimage", "sklearn"))),
    reason="the photos of scikit-image and scikit-learn are not installed",
)
def test_a_sample_has_a_truth_of_a_quarter_its_size() -> None:
    rng = np.random.default_rng(2)
    drawn = [sample(rng, FACES) for _ in range(12)]
    assert {picture.shape for picture, _truth in drawn} == {(SIDE_PX, SIDE_PX, 3)}
    assert {truth.shape for _picture, truth in drawn} == {(SIDE_PX // STRIDE,) * 2}
    assert any(truth.max() == 255 for _picture, truth in drawn)
    assert any(truth.max() == 0 for _picture, truth in drawn)
