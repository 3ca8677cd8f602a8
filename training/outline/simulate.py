"""A person at the training bench: looks at what the network shows, and clicks where it errs."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from training.outline.clicks import disturbed, next_click
from training.outline.recipe import Recipe
from woundtrack.outline.clicks import Click, discs

ROUNDS = ((1, 0.5), (2, 0.3), (3, 0.2))
"""How often the network is shown and corrected, and how likely each is."""
TWICE = 0.3
"""How likely a second click is made before looking again."""
BLIND = 0.4
"""How likely the first click is made before any proposal."""
FORGOTTEN = 0.15
"""How likely the clicks come without what was shown before."""


class Bench:
    """The extra inputs of one batch, filled as clicks are made."""

    def __init__(self, truth: Tensor, random: np.random.Generator) -> None:
        self.truth: NDArray[np.float32] = truth[:, 0].cpu().numpy().astype(np.float32)
        self.random = random
        count, size, _ = self.truth.shape
        self.size = size
        self.clicks: list[list[Click]] = [[] for _ in range(count)]
        self.before = np.zeros_like(self.truth)

    def extras(self) -> Tensor:
        """(N, 3, S, S): positive and negative clicks and what was shown before."""
        maps = np.stack([discs(clicks, self.size) for clicks in self.clicks])
        return torch.from_numpy(np.concatenate([maps, self.before[:, None]], axis=1))

    def look(self, number: int, shown: NDArray[np.float32]) -> None:
        """One example is shown and corrected by a click, sometimes two at once."""
        truth = self.truth[number] > 0.5
        now = shown > 0.5
        for _ in range(2 if self.random.random() < TWICE else 1):
            click = next_click(now, truth, random=self.random)
            if click is None:
                break
            self.clicks[number].append(click)
            now = now.copy()
            column, row = round(click.x), round(click.y)
            reach = self.size // 24
            rows = slice(max(0, row - reach), row + reach + 1)
            columns = slice(max(0, column - reach), column + reach + 1)
            now[rows, columns] = truth[rows, columns]
        self.before[number] = shown


def simulated(
    net: nn.Module, colours: Tensor, truth: Tensor, recipe: Recipe, random: np.random.Generator
) -> Tensor:
    """(N, 6, S, S): the batch with clicks made on some of its examples, as a person would.

    `net` is asked without learning; it stays in the mode it is in.
    """
    bench = Bench(truth, random)
    count = len(colours)
    draws = random.random(count)
    clicked = [n for n in range(count) if draws[n] < recipe.clicked]
    carried = [n for n in range(count) if 0 <= draws[n] - recipe.clicked < recipe.carried]
    for number in carried:
        if bench.truth[number].max() > 0.5:
            bench.before[number] = disturbed(bench.truth[number], random)
    rounds = random.choice([n for n, _ in ROUNDS], p=[p for _, p in ROUNDS], size=count)
    blind = random.random(count) < BLIND
    for turn in range(max(n for n, _ in ROUNDS)):
        now = [n for n in clicked if rounds[n] > turn]
        unseen = [n for n in now if turn == 0 and blind[n]]
        for number in unseen:
            bench.look(number, np.zeros_like(bench.truth[number]))
        asked = [n for n in now if n not in unseen]
        if asked:
            extras = bench.extras()[asked].to(colours.device)
            with torch.no_grad():
                shown = torch.sigmoid(net(torch.cat([colours[asked], extras], dim=1)).float())
            for number, likely in zip(asked, shown[:, 0].cpu().numpy(), strict=True):
                bench.look(number, likely)
    for number in clicked:
        if random.random() < FORGOTTEN:
            bench.before[number] = 0
    return torch.cat([colours, bench.extras().to(colours.device)], dim=1)
