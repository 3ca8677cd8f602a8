"""What is asked of the network: nothing where all is right, and the fractions as well."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="PyTorch is optional: needed to train alone")

from training.tissue.crops import Crop, Taught  # noqa: E402 - after the skip
from training.tissue.train import loss_of  # noqa: E402
from training.tissue.views import taught_view, view  # noqa: E402


def _truth() -> "torch.Tensor":
    truth = torch.zeros(1, 4, 8, 8)
    truth[:, 0, :, :4] = 1
    truth[:, 1, :4, 4:] = 1
    truth[:, 2, 4:, 4:] = 1
    return truth


def test_a_right_answer_costs_nothing_and_a_wrong_one_much() -> None:
    truth = _truth()
    assert float(loss_of(40 * truth, truth)) == pytest.approx(0, abs=1e-3)
    assert float(loss_of(40 * truth.roll(1, 1), truth)) > 5


def test_a_wrong_fraction_costs_more_than_the_same_number_of_wrong_places() -> None:
    truth = _truth()
    swapped, added = truth.clone(), truth.clone()
    swapped[0, 1:3, 0, 4], swapped[0, 1:3, 7, 4] = truth[0, 1:3, 7, 4], truth[0, 1:3, 0, 4]
    added[0, 1:3, 0:2, 4] = torch.tensor([[0.0, 0.0], [1.0, 1.0]])
    assert float(loss_of(40 * added, truth)) > float(loss_of(40 * swapped, truth))


def test_a_view_shows_the_region_and_counts_nothing_beyond_the_crop() -> None:
    labels = np.zeros((60, 60), np.uint8)
    labels[20:40, 20:40] = 2
    crop = Crop("one", np.full((60, 60, 3), 128, np.uint8), labels)
    seen, parts = view(crop, np.random.default_rng(4))
    assert seen.shape == (3, 160, 160)
    assert parts.shape == (4, 40, 40)
    assert float(parts[2].sum()) > 100
    assert float(parts.sum(0).max()) <= 1


@pytest.mark.parametrize("seed", range(6))
def test_what_teachers_said_lies_where_they_saw_it(seed: int) -> None:
    pixels = np.full((90, 120, 3), 40, np.uint8)
    pixels[:, :60] = (40, 40, 220)
    likely = np.zeros((4, 40, 40), np.float32)
    likely[2, :, :20], likely[1, :, 20:] = 1, 1  # the square's left half is the crop's red one
    crop = Taught(pixels, centre=(59.5, 44.5), side=60.0, likely=likely)
    seen, parts = taught_view(crop, np.random.default_rng(seed))
    red = (seen[0] - seen[2]).reshape(40, 4, 40, 4).mean(dim=(1, 3))
    threshold = (red.min() + red.max()) / 2
    known = parts.sum(0) > 0.99
    assert int(known.sum()) > 200
    agree = (red > threshold) == (parts[2] > 0.5)
    assert float(agree[known].float().mean()) > 0.97
