"""Rendered photos tried one after the other, each by its seed."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import cv2

Trial = TypeVar("Trial")


def seeds_of(arguments: Sequence[str], *, count: int, first: int) -> range:
    """The seeds that [COUNT] [FIRST_SEED] of a command line ask for; else `count` from `first`."""
    count = int(arguments[0]) if arguments else count
    first = int(arguments[1]) if len(arguments) > 1 else first
    return range(first, first + count)


def tried(
    trial: Callable[[int], Trial],
    seeds: Sequence[int],
    *,
    told: Callable[[Trial], str] | None = None,
) -> list[Trial]:
    """The trial of each seed, on one thread; each printed as it is done where it is `told`."""
    cv2.setNumThreads(1)
    trials = []
    for seed in seeds:
        trials.append(trial(seed))
        if told is not None:
            print(told(trials[-1]))
    return trials
