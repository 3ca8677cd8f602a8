"""Teachers look at a crop turned four ways, and their opinions are turned back."""

from typing import Any

import numpy as np
import pytest
from PIL import Image

pytest.importorskip("torch", reason="PyTorch is optional: needed to train alone")

from training.tissue.teach import Seen, taught, unlabelled


class Brightness:
    """A teacher that calls bright places class 1 and the others class 0."""

    def __call__(self, view: np.ndarray) -> np.ndarray:
        bright = view.reshape(40, 4, 40, 4, 3).mean(axis=(1, 3, 4)) / 255
        return np.stack([1 - bright, bright, 0 * bright, 0 * bright]).astype(np.float32)


def test_an_opinion_lies_where_it_was_formed() -> None:
    pixels = np.zeros((100, 100, 3), np.uint8)
    pixels[:50, :50] = 255
    crop = Seen(pixels, centre=(49.5, 49.5), side=100.0)
    teacher: Any = Brightness()
    (lesson,) = taught([crop], [teacher, teacher])
    assert lesson.likely.shape == (4, 40, 40)
    assert lesson.likely[1, 2:17, 2:17].min() > 0.95
    assert max(lesson.likely[1, 23:].max(), lesson.likely[1, :, 23:].max()) < 0.05


def test_a_crop_is_seen_about_the_wound_found_in_it_and_left_out_without_one(tmp_path: Any) -> None:
    folder = tmp_path / "tissue" / "unlabelled"
    folder.mkdir(parents=True)
    bare = np.full((200, 160, 3), (200, 160, 140), np.uint8)
    wound = bare.copy()
    wound[60:100, 90:120] = (200, 30, 30)
    for name, colours in (("bare", bare), ("wound", wound)):
        Image.fromarray(colours).save(folder / f"{name}.png")

    def ask(seen: np.ndarray) -> np.ndarray:
        return np.asarray(seen[0] - seen[1] > 0.4, np.float32)

    (crop,) = unlabelled(tmp_path, ask)
    assert crop.centre == pytest.approx((105, 80), abs=3)
    assert crop.side == pytest.approx(80, abs=8)
