"""An instrument as data: items with scored options, what a total is called, how it is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

Answers: TypeAlias = Sequence[int | None]
"""One score an item, in the instrument's order; None where unanswered."""


class Basis(StrEnum):
    """How well a fact of an instrument is known."""

    PRINTED = "printed"
    INFERRED = "inferred"
    """This project's own reading, where the print leaves a gap."""
    MEMORY = "memory"
    """Not confirmed against a printed source."""


@dataclass(frozen=True, slots=True)
class Note:
    """What a clinician should know of an instrument or item (marked), and how it is known."""

    text: str
    source: str
    basis: Basis = Basis.PRINTED


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
    note: Note | None = None

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
    short: str
    """What it is called on a form and in a table, the same in every language."""
    name: str
    version: str
    """Of the printed form and of this data; stored with every answer."""
    credit: str
    source: str
    """Where its items, levels and bands are printed."""
    items: tuple[Item, ...]
    bands: tuple[Band, ...] = ()
    notes: tuple[Note, ...] = ()
    size_item: str = ""
    """The item that is scored from what was measured; "" where none is."""
    part_of: str = ""
    """The instrument whose answers these items are; it then has no form of its own."""

    @property
    def maximum(self) -> int:
        """The greatest possible total."""
        return sum(max(item.scores) for item in self.items)

    @property
    def minimum(self) -> int:
        """The smallest possible total."""
        return sum(min(item.scores) for item in self.items)

    def index(self, key: str) -> int:
        """The place of an item, from 0. Raises KeyError."""
        return {item.key: place for place, item in enumerate(self.items)}[key]


def item(key: str, label: str, *labels: str, lowest: int = 0, note: Note | None = None) -> Item:
    """An item whose options count up from `lowest`."""
    options = tuple(Option(score, text) for score, text in enumerate(labels, lowest))
    return Item(key, label, options, note)
