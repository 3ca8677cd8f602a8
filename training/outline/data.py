"""The stream of training examples: each a function of the seed and its number alone.

So a run that was stopped goes on with the example it would have had, whatever the workers.
"""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.utils.data import Dataset, Sampler

from training.outline.augment import spoiled
from training.outline.pictures import Grey, Picture
from training.outline.recipe import Recipe
from training.outline.sets import Pool
from training.outline.windows import CLOSE, EMPTY, FRAME, seen, view


class Examples(Dataset[tuple[Tensor, Tensor]]):
    """The examples of a recipe, by number; pictures stay in memory."""

    def __init__(self, pool: Pool, recipe: Recipe) -> None:
        self.pool, self.recipe = pool, recipe

    def __len__(self) -> int:
        return self.recipe.examples

    def __getitem__(self, number: int) -> tuple[Tensor, Tensor]:
        """Colours (3, S, S) and truth (1, S, S) of example `number`."""
        cv2.setNumThreads(1)
        random = np.random.default_rng([self.recipe.seed, number])
        picture, kind = self._chosen(number, random)
        size = self.recipe.size(number)
        colours, truth = seen(
            picture, view(picture, kind, random), size, fill=bool(random.random() < 0.6)
        )
        return as_tensors(spoiled(colours, random), truth)

    def _chosen(self, number: int, random: np.random.Generator) -> tuple[Picture, str]:
        """Every outlined photo once a round, in an order of its own each round."""
        share = self.recipe.shares
        draw = random.random()
        if draw < share.without and self.pool.without:
            return _any(self.pool.without, random), FRAME
        if draw < share.without + share.taught and self.pool.taught:
            return _any(self.pool.taught, random), FRAME if random.random() < 0.5 else CLOSE
        count = len(self.pool.outlined)
        order = np.random.default_rng([self.recipe.seed, 7, number // count]).permutation(count)
        picture = self._softened(self.pool.outlined[int(order[number % count])])
        return picture, str(random.choice([FRAME, CLOSE, EMPTY], p=share.views))

    def _softened(self, picture: Picture) -> Picture:
        thought = self.pool.softened.get(picture.name)
        if thought is None:
            return picture
        weight = self.recipe.teacher_weight
        mask = cv2.addWeighted(picture.mask, 1 - weight, thought, weight, 0)
        return Picture(picture.name, picture.colours, np.asarray(mask, np.uint8))


def as_tensors(colours: NDArray[np.uint8], truth: Grey) -> tuple[Tensor, Tensor]:
    """Channels first, 0…1."""
    x = torch.from_numpy(np.ascontiguousarray(colours.transpose(2, 0, 1))).float() / 255
    return x, torch.from_numpy(truth[None]).float() / 255


def _any(pictures: Sequence[Picture], random: np.random.Generator) -> Picture:
    return pictures[int(random.integers(len(pictures)))]


class From(Sampler[int]):
    """Numbers from where a run stopped to its end."""

    def __init__(self, start: int, end: int) -> None:
        self.start, self.end = start, end

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.start, self.end))

    def __len__(self) -> int:
        return self.end - self.start
