"""An instrument as data: items with scored options, and what a total is called."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

Answers: TypeAlias = Sequence[int | None]
"""One score an item, in the instrument's order; None where unanswered."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: its score, and our own short label for it (marked, not translated)."""

    score: int
    label: str


@dataclass(frozen=True, slots=True)
class Item:
    """One scored question."""

    key: str
    label: str
    options: tuple[Option, ...]

    @property
    def scores(self) -> tuple[int, ...]:
        """The scores this item can take, lowest first."""
        return tuple(option.score for option in self.options)

    def option(self, score: int | None) -> Option | None:
        """The option with this score, None where there is none."""
        return next((option for option in self.options if option.score == score), None)


@dataclass(frozen=True, slots=True)
class Band:
    """A named stretch of totals, up to and with `up_to`."""

    up_to: int
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """Items scored and added up; `bands` from mild to severe, empty where none is published."""

    key: str
    name: str
    credit: str
    items: tuple[Item, ...]
    bands: tuple[Band, ...] = ()

    @property
    def maximum(self) -> int:
        """The greatest possible total."""
        return sum(max(item.scores) for item in self.items)

    @property
    def minimum(self) -> int:
        """The smallest possible total."""
        return sum(min(item.scores) for item in self.items)
