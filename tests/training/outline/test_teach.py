"""What a teacher draws is turned back to where it was seen, and doubt is left out."""

import numpy as np
import pytest

pytest.importorskip("torch")

from training.outline.teach import drawn, is_sure


def test_a_drawing_lies_on_the_photo_however_it_was_turned() -> None:
    colours = np.full((90, 60, 3), 100, np.uint8)
    colours[10:30, 35:50, 0] = 220

    def sees_red(x: np.ndarray) -> np.ndarray:
        return np.asarray(x[0] - x[1] > 0.2, np.float32)

    drawing = drawn([sees_red, sees_red], colours)
    wanted = np.zeros((90, 60), bool)
    wanted[10:30, 35:50] = True
    assert np.mean((drawing > 127) == wanted) > 0.98


def test_a_drawing_of_doubt_teaches_nothing() -> None:
    sure = np.zeros((40, 40), np.uint8)
    assert is_sure(sure)
    sure[10:20, 10:20] = 250
    assert is_sure(sure)
    sure[20:35, 10:20] = 127
    assert not is_sure(sure)
