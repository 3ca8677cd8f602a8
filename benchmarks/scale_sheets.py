"""The parts that rulers are made of, drawn by chance: rows, numbers, the sheet about them."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

from benchmarks.scale_design import (
    INCH_MM,
    INK,
    WHITE,
    Box,
    Colour,
    Design,
    Lengths,
    Row,
    Text,
    Told,
)

Chance = np.random.Generator
Choice = TypeVar("Choice")
BRANDS = ("DERMASCALE", "Medi·Line", "WoundCare+", "ACME Surgical", "Kliniklineal", "McKay", "N°3")
LIGHT: tuple[Colour, ...] = (WHITE, (235, 240, 240), (225, 238, 244), (250, 250, 250))
DARK: tuple[Colour, ...] = (INK, (60, 40, 35), (20, 20, 20), (110, 50, 20), (30, 30, 120))
SHEETS: tuple[Colour, ...] = (
    (110, 190, 120), (200, 160, 90), (190, 170, 240), (90, 170, 245), (215, 205, 130),
    (150, 220, 235), (70, 120, 40), (140, 70, 30), (150, 60, 160),
)  # fmt: skip


def graduated(
    chance: Chance,
    pitch: float,
    count: int,
    lengths: Lengths,
    width: tuple[float, float] = (0.14, 0.3),
) -> Row:
    """Graduations from the sheet's edge or from a little inside it."""
    inset = 0.0 if chance.random() < 0.5 else float(chance.uniform(0.8, 3.0))
    return Row(
        pitch, count, lengths, float(chance.uniform(2, 8)), inset, 1, float(chance.uniform(*width))
    )


def mm_row(chance: Chance, count: int, longest: float = 8.0) -> Row:
    """Millimetres, every fifth longer and every tenth longest."""
    short = chance.uniform(1.9, min(3.4, longest / 2))
    middle = short * chance.uniform(1.3, 1.6)
    lengths = ((1, short), (5, middle), (10, min(longest, middle * chance.uniform(1.25, 1.5))))
    return graduated(chance, 1.0, count, lengths)


def inch_row(chance: Chance, count: int, parts: int) -> Row:
    """Inches in so many parts, the longer the larger the part they begin."""
    periods = [2**power for power in range(parts.bit_length())]
    length, lengths = chance.uniform(1.9, 2.6), []
    for period in periods:
        lengths.append((period, float(length)))
        length *= chance.uniform(1.24, 1.38)
    return graduated(chance, INCH_MM / parts, count, tuple(lengths))


def finished(
    chance: Chance,
    family: str,
    row: Row,
    length: float,
    tall: float,
    *,
    every: int = 10,
    words: tuple[str, ...] = ("cm", "cm", "mm", "", "CM"),
    sheet: Colour | None = None,
    line: float = 0.2,
    fields: bool = False,
    told: Told = Told.TICKS,
    brand: bool = True,
) -> Design:
    """A sheet about a row, with its digits, a word, often a brand, sometimes fields and a frame."""
    face, high = chance.random(), chance.uniform(1.9, 3.6)
    if told is Told.DIGITS:
        high = max(high, 2.4)
    word = pick(chance, words)
    texts = digits(chance, row, every, high=high, face=face, factor=10 if word == "mm" else 1)
    wide = length + row.x_mm + float(chance.uniform(2, 9))
    longest = float(row.lengths().max())
    floor = row.y_mm + longest + 1.7 * high
    if word:
        texts += (Text(word, row.x_mm + 0.62 * row.pitch_mm * max(every, 5), floor + 1.2, 2.2,
                       face),)  # fmt: skip
    tall = max(tall, floor + 2.5)
    if tall - floor > 5 and every and chance.random() < 0.7 and brand:
        at = chance.uniform(0.3, 0.7) * wide
        texts += (Text(pick(chance, BRANDS), at, tall - 3.2, chance.uniform(1.6, 2.6),
                       chance.random()),)  # fmt: skip
    boxes: tuple[Box, ...] = ()
    if chance.random() < line:
        end = row.x_mm + (row.count - 1) * row.pitch_mm
        boxes += (Box(row.x_mm - 0.1, row.y_mm - 0.12, end + 0.1, row.y_mm + 0.08),)
    if fields and tall - floor > 7:
        for place, name in ((0.06, "Name:"), (0.62, "Date:")):
            texts += (Text(name, place * wide + 4, tall - 3, 1.7, face),)
            boxes += (Box(place * wide + 9, tall - 2, (place + 0.24) * wide + 9, tall - 1.8),)
    if chance.random() < 0.2 and row.y_mm > 0.7:
        boxes += _frame(wide, tall)
    ink = INK if chance.random() < 0.6 else pick(chance, DARK)
    return Design(
        family, ((0.0, 0.0, wide, tall),), (row,), texts, boxes, sheet=sheet or
        pick(chance, LIGHT), ink=ink, told=told,
    )  # fmt: skip


def _frame(wide: float, tall: float) -> tuple[Box, ...]:
    inset, line = 0.3, 0.2
    x1, y1 = wide - inset, tall - inset
    return (
        Box(inset, inset, x1, inset + line),
        Box(inset, y1 - line, x1, y1),
        Box(inset, inset, inset + line, y1),
        Box(x1 - line, inset, x1, y1),
    )


def digits(
    chance: Chance, row: Row, every: int, *, high: float, face: float, factor: int = 1
) -> tuple[Text, ...]:
    """Numbers beyond the tips of the row's longest graduations, sometimes only of every second.

    Beside the tip of short ones where the design has them there; turned rows have them upright.
    """
    if not every:
        return ()
    skip = int(chance.choice([1, 1, 1, 2])) if row.count > 8 * every else 1
    gap, zero = chance.uniform(0.5, 1.2), chance.random() < 0.7
    turn = int(chance.choice([0, 0, 0, 0, 0, 1])) if row.side > 0 and not row.turned else 0
    texts = []
    for number in range(row.phase, row.count, every * skip):
        value = (number - row.phase) // every * factor
        if value == 0 and not zero:
            continue
        text = str(value)
        reach = high / 2 if not turn else 0.32 * high * len(text)
        away = float(row.lengths()[number]) + gap + reach
        x, y = number * row.pitch_mm, row.side * away
        if row.turned:
            x, y = row.side * (away + 0.25 * high), number * row.pitch_mm
        texts.append(
            Text(text, row.x_mm + x, row.y_mm + y, high, face, quarter_turns=turn, counts=True)
        )
    return tuple(texts)


def pick(chance: Chance, choices: Sequence[Choice]) -> Choice:
    """One of some, each as likely."""
    return choices[int(chance.integers(len(choices)))]
