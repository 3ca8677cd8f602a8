"""Families of rulers, each drawn anew by chance: `design_of(family, chance)`."""

from collections.abc import Callable

import numpy as np

from benchmarks.scale_design import (
    INCH_MM,
    INK,
    WHITE,
    Box,
    Colour,
    Design,
    Lengths,
    Ring,
    Row,
    Text,
    Told,
)

Chance = np.random.Generator
BRANDS = ("DERMASCALE", "Medi·Line", "WoundCare+", "ACME Surgical", "Kliniklineal", "McKay", "N°3")
LIGHT: tuple[Colour, ...] = (WHITE, (235, 240, 240), (225, 238, 244), (250, 250, 250))
DARK: tuple[Colour, ...] = (INK, (60, 40, 35), (20, 20, 20), (110, 50, 20), (30, 30, 120))
SHEETS: tuple[Colour, ...] = (
    (110, 190, 120), (200, 160, 90), (190, 170, 240), (90, 170, 245), (215, 205, 130),
    (150, 220, 235), (70, 120, 40), (140, 70, 30), (150, 60, 160),
)  # fmt: skip


def design_of(family: str, chance: Chance) -> Design:
    """One ruler of a family."""
    return FAMILIES[family](chance)


def _paper(chance: Chance) -> Design:
    length, tall = float(chance.choice([100, 120, 150, 180])), chance.uniform(20, 38)
    row = _mm(chance, int(length) + 1)
    return _finished(chance, "paper", row, length, tall, fields=chance.random() < 0.6)


def _paper_5mm(chance: Chance) -> Design:
    short = chance.uniform(2.0, 4.0)
    count = int(chance.choice([21, 25, 31, 37]))
    lengths = ((1, short), (2, short * chance.uniform(1.25, 1.9)))
    row = _row(chance, 5.0, count, lengths, width=(0.25, 0.6))
    length = 5.0 * (count - 1)
    return _finished(
        chance, "paper_5mm", row, length, chance.uniform(18, 32), every=2, told=Told.DIGITS,
        fields=chance.random() < 0.5,
    )  # fmt: skip


def _dual(chance: Chance) -> Design:
    inches = int(chance.integers(4, 7))
    length = INCH_MM * inches
    tall = chance.uniform(24, 36)
    row = _mm(chance, int(length) + 1)
    other = _inch_row(chance, inches * 16 + 1, 16)
    other = Row(other.pitch_mm, other.count, other.lengths_mm, row.x_mm, tall - row.y_mm, -1,
                row.width_mm)  # fmt: skip
    design = _finished(chance, "dual", row, length, tall, words=("cm",), brand=False)
    high = chance.uniform(2.2, 3.4)
    return _with(
        design,
        rows=(row, other),
        texts=design.texts
        + _digits(chance, other, 16, high=high, face=design.texts[0].face)
        + (Text("INCH", row.x_mm + 12, tall - 11.5, 2.0, design.texts[0].face),),
    )


def _inch16(chance: Chance) -> Design:
    inches = int(chance.integers(4, 8))
    row = _inch_row(chance, inches * 16 + 1, 16)
    return _finished(
        chance, "inch16", row, inches * INCH_MM, chance.uniform(18, 30), every=16,
        words=("inch", "IN", "inches", ""),
    )  # fmt: skip


def _eighth(chance: Chance) -> Design:
    inches = int(chance.integers(5, 10))
    row = _inch_row(chance, inches * 8 + 1, 8)
    return _finished(
        chance, "eighth", row, inches * INCH_MM, chance.uniform(14, 24), every=8,
        words=("inch", "IN", "inches"), told=Told.DIGITS, sheet=_pick(chance, (*LIGHT, SHEETS[5])),
    )  # fmt: skip


def _tenths(chance: Chance) -> Design:
    inches = int(chance.integers(3, 7))
    short = chance.uniform(1.8, 2.8)
    lengths = ((1, short), (5, short * 1.5), (10, short * chance.uniform(1.9, 2.4)))
    row = _row(chance, INCH_MM / 10, inches * 10 + 1, lengths)
    return _finished(
        chance, "tenths", row, inches * INCH_MM, chance.uniform(18, 28), every=10,
        words=("inch", "INCH 1/10", "in."), told=Told.DIGITS,
    )  # fmt: skip


def _half_mm(chance: Chance) -> Design:
    count = int(chance.choice([101, 121, 201]))
    short = chance.uniform(1.5, 2.4)
    tall = bool(chance.random() < 0.5)
    lengths = ((1, short), (2, short * 1.45), (10, short * 2.0), (20, short * 2.7))
    lengths = lengths if tall else (lengths[0], lengths[1], lengths[3])
    row = _row(chance, 0.5, count, lengths, width=(0.09, 0.16))
    grey = int(chance.uniform(150, 205))
    return _with(
        _finished(chance, "half_mm", row, 0.5 * (count - 1), chance.uniform(13, 26), every=20,
                  sheet=(grey + 4, grey + 2, grey), words=("mm", "STAINLESS STEEL", "mm 1/2")),
        stuff="steel",
    )  # fmt: skip


def _clear(chance: Chance) -> Design:
    count = int(chance.choice([81, 101, 121, 151]))
    ink = _pick(chance, ((30, 26, 24), (140, 60, 20), (40, 36, 150), (245, 245, 245), (120, 60, 0)))
    design = _finished(chance, "clear", _mm(chance, count), count - 1.0, chance.uniform(20, 36))
    return _with(
        design, ink=ink, sheet=(236, 240, 238), opacity=float(chance.uniform(0.06, 0.3)),
        stuff="plastic", flipped=bool(chance.random() < 0.3),
    )  # fmt: skip


def _tape(chance: Chance) -> Design:
    count = int(chance.choice([151, 201, 301]))
    sheet = _pick(chance, ((60, 200, 240), (90, 215, 245), WHITE, (235, 240, 240), (205, 225, 235)))
    tall = chance.uniform(12, 20)
    row = _mm(chance, count, longest=0.5 * tall)
    design = _finished(chance, "tape", row, count - 1.0, tall, sheet=sheet, line=0.7, words=("",))
    return _with(design, stuff=_pick(chance, ("cloth", "plastic", "paper")))


def _both_mm(chance: Chance) -> Design:
    count, tall = int(chance.choice([81, 101, 131, 151])), chance.uniform(26, 38)
    row = _mm(chance, count, longest=7.5)
    other = Row(row.pitch_mm, count, row.lengths_mm, row.x_mm, tall - row.y_mm, -1, row.width_mm)
    design = _finished(chance, "both_mm", row, count - 1.0, tall, brand=False)
    if chance.random() < 0.6:
        more = _digits(chance, other, 10, high=design.texts[0].height_mm, face=design.texts[0].face)
        design = _with(design, texts=design.texts + more)
    return _with(design, rows=(row, other))


def _sticker(chance: Chance) -> Design:
    row = _mm(chance, 51, longest=5.5)
    sheet = _pick(chance, (*LIGHT, (210, 225, 240)))
    return _finished(chance, "sticker", row, 50.0, chance.uniform(12, 20), sheet=sheet)


def _dark(chance: Chance) -> Design:
    count = int(chance.choice([101, 121, 151]))
    grey = int(chance.uniform(18, 50))
    design = _finished(chance, "dark", _mm(chance, count), count - 1.0, chance.uniform(18, 32),
                       sheet=(grey + 3, grey, grey))  # fmt: skip
    ink = _pick(chance, ((238, 240, 240), (225, 225, 225), (120, 220, 245)))
    return _with(design, ink=ink, stuff=_pick(chance, ("plastic", "paper")))


def _coloured(chance: Chance) -> Design:
    count = int(chance.choice([81, 101, 121, 151]))
    sheet = SHEETS[int(chance.integers(len(SHEETS)))]
    bright = 0.11 * sheet[0] + 0.59 * sheet[1] + 0.3 * sheet[2]
    design = _finished(chance, "coloured", _mm(chance, count), count - 1.0, chance.uniform(18, 32),
                       sheet=sheet)  # fmt: skip
    return _with(design, ink=(240, 242, 240) if bright < 125 else _pick(chance, DARK))


def _no_fives(chance: Chance) -> Design:
    count = int(chance.choice([81, 101, 121]))
    short = chance.uniform(1.8, 3.0)
    row = _row(chance, 1.0, count, ((1, short), (10, short * chance.uniform(1.6, 2.3))))
    return _finished(chance, "no_fives", row, count - 1.0, chance.uniform(16, 28))


def _equal_digits(chance: Chance) -> Design:
    count, long = int(chance.choice([81, 101, 121])), chance.uniform(2.0, 5.0)
    row = _row(chance, 1.0, count, ((1, long),))
    return _finished(
        chance, "equal_digits", row, count - 1.0, chance.uniform(14, 24), told=Told.DIGITS
    )


def _fives_digits(chance: Chance) -> Design:
    count, short = int(chance.choice([81, 101, 121])), chance.uniform(1.8, 3.0)
    row = _row(chance, 1.0, count, ((1, short), (5, short * chance.uniform(1.6, 2.2))))
    return _finished(
        chance, "fives_digits", row, count - 1.0, chance.uniform(15, 26), told=Told.DIGITS
    )


def _two_mm(chance: Chance) -> Design:
    count, short = int(chance.choice([51, 61, 76])), chance.uniform(2.0, 3.0)
    lengths: Lengths = ((1, short), (5, short * chance.uniform(1.5, 2.2)))
    row = _row(chance, 2.0, count, lengths)
    return _finished(
        chance, "two_mm", row, 2.0 * (count - 1), chance.uniform(15, 26), every=5, told=Told.DIGITS
    )


def _checker(chance: Chance) -> Design:
    return _blocks(chance, "checker", ticks=False)


def _checker_mm(chance: Chance) -> Design:
    return _blocks(chance, "checker_mm", ticks=True)


def _blocks(chance: Chance, family: str, *, ticks: bool) -> Design:
    """A bar of 10 mm blocks by turns black and white, with digits, with or without mm."""
    count = int(chance.integers(6, 16))
    bar, x, y = chance.uniform(3.5, 7.0), chance.uniform(3, 8), chance.uniform(4.5, 8)
    two = chance.random() < 0.4
    edges = Row(10.0, count + 1, ((1, bar),), x, y, boundary=True)
    rows = (edges,)
    if ticks:
        short = chance.uniform(1.6, 2.4)
        kinds = ((1, short), (5, 1.5 * short), (10, 2 * short))
        rows = (Row(1.0, 10 * count + 1, kinds, x, y, -1, 0.18), edges)
    boxes = [Box(x, y, x + 10 * count, y + 0.2), Box(x, y + bar - 0.2, x + 10 * count, y + bar)]
    for at in range(count):
        top, mid = (y, y + bar) if not two else (y, y + bar / 2)
        if at % 2 == 0:
            boxes.append(Box(x + 10 * at, top, x + 10 * at + 10, mid))
        elif two:
            boxes.append(Box(x + 10 * at, mid, x + 10 * at + 10, y + bar))
    face, high = chance.random(), chance.uniform(2.2, 3.6)
    below = Row(10.0, count + 1, ((1, bar),), x, y)
    texts = _digits(chance, below, 1, high=high, face=face)
    texts += (Text(_pick(chance, ("cm", "CENTIMETRES", "cm")), x + 5 * count, y + bar + 2.4 * high
                   + 2, 2.4, face),)  # fmt: skip
    wide, tall = x + 10 * count + chance.uniform(3, 8), y + bar + 2.4 * high + 5
    return Design(
        family, ((0, 0, wide, tall),), rows, texts, tuple(boxes), sheet=_pick(chance, LIGHT),
        told=Told.DIGITS if not ticks else Told.TICKS, stuff=_pick(chance, ("paper", "plastic")),
    )  # fmt: skip


def _l_scale(chance: Chance) -> Design:
    """Two arms with mm outside or inside, a bar of blocks, circles at the ends and the corner."""
    broad, arm, other = chance.uniform(22, 30), chance.choice([80, 100]), chance.choice([60, 80])
    inner, dark = bool(chance.random() < 0.5), bool(chance.random() < 0.3)
    kinds = _mm(chance, 3, longest=6.0).lengths_mm
    width, start = chance.uniform(0.15, 0.25), broad + 3.0
    y0 = broad - 0.6 if inner else 0.6
    side = -1 if inner else 1
    row = Row(1.0, int(arm) - 9, kinds, start, y0, side, width)
    down = Row(1.0, int(other) - 9, kinds, y0, start, side, width, turned=True)
    face, high = chance.random(), chance.uniform(2.2, 3.0)
    texts = _digits(chance, row, 10, high=high, face=face)
    texts += _digits(chance, down, 10, high=high, face=face)
    boxes, rings = [], []
    middle = 0.5 * broad + (-3.0 if inner else 3.5)
    for at in range(int(arm - 10) // 10):
        shift = 2.5 * (at % 2)
        x = start + 10 * at
        boxes.append(Box(x, middle + shift, x + 10, middle + shift + 2.5))
    for x, y in ((broad / 2, broad / 2), (start + arm - 16, middle + 2), (broad / 2, other + 6)):
        rings += [Ring(x, y, 5.0, 0.5), Ring(x, y, 2.5, 0.3)]
        boxes += [Box(x - 5, y - 0.1, x + 5, y + 0.1), Box(x - 0.1, y - 5, x + 0.1, y + 5)]
    texts += (Text("No. 2", broad + 16, middle - 3 if not inner else middle - 4, 2.0, face),)
    sheets = ((0.0, 0.0, start + arm, broad), (0.0, 0.0, broad, start + other))
    return Design(
        "l_scale", sheets, (row, down), texts, tuple(boxes), tuple(rings),
        sheet=(35, 33, 32) if dark else WHITE, ink=(240, 240, 240) if dark else INK,
        stuff="plastic",
    )  # fmt: skip


def _untold(chance: Chance) -> Design:
    """Graduations that exist in more than one unit, without a digit: to be refused."""
    short = chance.uniform(2.0, 4.0)
    pitch, lengths = [
        (2.0, ((1, short),)),
        (1.0, ((1, short),)),
        (1.0, ((1, short), (5, 1.7 * short))),
        (INCH_MM / 10, ((1, short), (5, 1.5 * short), (10, 2 * short))),
        (5.0, ((1, short), (2, 1.6 * short))),
        (INCH_MM / 8, ((1, short), (2, 1.4 * short), (4, 1.8 * short))),
    ][int(chance.integers(6))]
    count = int(chance.uniform(90, 140) / pitch) + 1
    row = _row(chance, pitch, count, lengths)
    return _finished(chance, "untold", row, pitch * (count - 1), 20.0, every=0, told=Told.NOTHING,
                     words=("",))  # fmt: skip


def _row(
    chance: Chance,
    pitch: float,
    count: int,
    lengths: Lengths,
    width: tuple[float, float] = (0.14, 0.3),
) -> Row:
    inset = 0.0 if chance.random() < 0.5 else float(chance.uniform(0.8, 3.0))
    return Row(
        pitch, count, lengths, float(chance.uniform(2, 8)), inset, 1, float(chance.uniform(*width))
    )


def _mm(chance: Chance, count: int, longest: float = 8.0) -> Row:
    short = chance.uniform(1.9, min(3.4, longest / 2))
    middle = short * chance.uniform(1.3, 1.6)
    lengths = ((1, short), (5, middle), (10, min(longest, middle * chance.uniform(1.25, 1.5))))
    return _row(chance, 1.0, count, lengths)


def _inch_row(chance: Chance, count: int, parts: int) -> Row:
    periods = [2**power for power in range(parts.bit_length())]
    length, lengths = chance.uniform(1.9, 2.6), []
    for period in periods:
        lengths.append((period, float(length)))
        length *= chance.uniform(1.24, 1.38)
    return _row(chance, INCH_MM / parts, count, tuple(lengths))


def _finished(
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
    word = _pick(chance, words)
    texts = _digits(chance, row, every, high=high, face=face, factor=10 if word == "mm" else 1)
    wide = length + row.x_mm + float(chance.uniform(2, 9))
    longest = float(row.lengths().max())
    floor = row.y_mm + longest + 1.7 * high
    if word:
        texts += (Text(word, row.x_mm + 0.62 * row.pitch_mm * max(every, 5), floor + 1.2, 2.2,
                       face),)  # fmt: skip
    tall = max(tall, floor + 2.5)
    if tall - floor > 5 and every and chance.random() < 0.7 and brand:
        at = chance.uniform(0.3, 0.7) * wide
        texts += (Text(_pick(chance, BRANDS), at, tall - 3.2, chance.uniform(1.6, 2.6),
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
    ink = INK if chance.random() < 0.6 else _pick(chance, DARK)
    return Design(
        family, ((0.0, 0.0, wide, tall),), (row,), texts, boxes, sheet=sheet or
        _pick(chance, LIGHT), ink=ink, told=told,
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


def _digits(
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


def _with(design: Design, **wish: object) -> Design:
    from dataclasses import replace

    return replace(design, **wish)  # type: ignore[arg-type]


def _pick(chance: Chance, choices):  # type: ignore[no-untyped-def]
    return choices[int(chance.integers(len(choices)))]


FAMILIES: dict[str, Callable[[Chance], Design]] = {
    "paper": _paper,
    "paper_5mm": _paper_5mm,
    "dual": _dual,
    "inch16": _inch16,
    "half_mm": _half_mm,
    "clear": _clear,
    "tape": _tape,
    "l_scale": _l_scale,
    "checker": _checker,
    "checker_mm": _checker_mm,
    "dark": _dark,
    "coloured": _coloured,
    "equal_digits": _equal_digits,
    "fives_digits": _fives_digits,
    "two_mm": _two_mm,
    "both_mm": _both_mm,
    "sticker": _sticker,
    "tenths": _tenths,
    "eighth": _eighth,
    "no_fives": _no_fives,
    "untold": _untold,
}
