"""Families of rulers, each drawn anew by chance: `design_of(family, chance)`."""

from collections.abc import Callable
from dataclasses import replace

from benchmarks.scale_blocks import checker, checker_mm, first_cm_mm, l_scale
from benchmarks.scale_design import INCH_MM, WHITE, Box, Design, Lengths, Row, Text, Told
from benchmarks.scale_sheets import (
    DARK,
    LIGHT,
    SHEETS,
    Chance,
    digits,
    finished,
    graduated,
    inch_row,
    mm_row,
    pick,
)


def design_of(family: str, chance: Chance) -> Design:
    """One ruler of a family."""
    return FAMILIES[family](chance)


def _paper(chance: Chance) -> Design:
    length, tall = float(chance.choice([100, 120, 150, 180])), chance.uniform(20, 38)
    row = mm_row(chance, int(length) + 1)
    return finished(chance, "paper", row, length, tall, fields=chance.random() < 0.6)


def _paper_5mm(chance: Chance) -> Design:
    short = chance.uniform(2.0, 4.0)
    count = int(chance.choice([21, 25, 31, 37]))
    lengths = ((1, short), (2, short * chance.uniform(1.25, 1.9)))
    row = graduated(chance, 5.0, count, lengths, width=(0.25, 0.6))
    length = 5.0 * (count - 1)
    return finished(
        chance, "paper_5mm", row, length, chance.uniform(18, 32), every=2, told=Told.DIGITS,
        fields=chance.random() < 0.5,
    )  # fmt: skip


def _dual(chance: Chance) -> Design:
    inches = int(chance.integers(4, 7))
    length = INCH_MM * inches
    tall = chance.uniform(24, 36)
    row = mm_row(chance, int(length) + 1)
    other = inch_row(chance, inches * 16 + 1, 16)
    other = Row(other.pitch_mm, other.count, other.lengths_mm, row.x_mm, tall - row.y_mm, -1,
                row.width_mm)  # fmt: skip
    design = finished(chance, "dual", row, length, tall, words=("cm",), brand=False)
    high = chance.uniform(2.2, 3.4)
    return replace(
        design,
        rows=(row, other),
        texts=design.texts
        + digits(chance, other, 16, high=high, face=design.texts[0].face)
        + (Text("INCH", row.x_mm + 12, tall - 11.5, 2.0, design.texts[0].face),),
    )


def _inch16(chance: Chance) -> Design:
    inches = int(chance.integers(4, 8))
    row = inch_row(chance, inches * 16 + 1, 16)
    return finished(
        chance, "inch16", row, inches * INCH_MM, chance.uniform(18, 30), every=16,
        words=("inch", "IN", "inches", ""),
    )  # fmt: skip


def _eighth(chance: Chance) -> Design:
    inches = int(chance.integers(5, 10))
    row = inch_row(chance, inches * 8 + 1, 8)
    return finished(
        chance, "eighth", row, inches * INCH_MM, chance.uniform(14, 24), every=8,
        words=("inch", "IN", "inches"), told=Told.DIGITS, sheet=pick(chance, (*LIGHT, SHEETS[5])),
    )  # fmt: skip


def _tenths(chance: Chance) -> Design:
    inches = int(chance.integers(3, 7))
    short = chance.uniform(1.8, 2.8)
    lengths = ((1, short), (5, short * 1.5), (10, short * chance.uniform(1.9, 2.4)))
    row = graduated(chance, INCH_MM / 10, inches * 10 + 1, lengths)
    return finished(
        chance, "tenths", row, inches * INCH_MM, chance.uniform(18, 28), every=10,
        words=("inch", "INCH 1/10", "in."), told=Told.DIGITS,
    )  # fmt: skip


def _half_mm(chance: Chance) -> Design:
    count = int(chance.choice([101, 121, 201]))
    short = chance.uniform(1.5, 2.4)
    tall = bool(chance.random() < 0.5)
    lengths = ((1, short), (2, short * 1.45), (10, short * 2.0), (20, short * 2.7))
    lengths = lengths if tall else (lengths[0], lengths[1], lengths[3])
    row = graduated(chance, 0.5, count, lengths, width=(0.09, 0.16))
    grey = int(chance.uniform(150, 205))
    return replace(
        finished(chance, "half_mm", row, 0.5 * (count - 1), chance.uniform(13, 26), every=20,
                  sheet=(grey + 4, grey + 2, grey), words=("mm", "STAINLESS STEEL", "mm 1/2")),
        stuff="steel",
    )  # fmt: skip


def _clear(chance: Chance) -> Design:
    count = int(chance.choice([81, 101, 121, 151]))
    ink = pick(chance, ((30, 26, 24), (140, 60, 20), (40, 36, 150), (245, 245, 245), (120, 60, 0)))
    design = finished(chance, "clear", mm_row(chance, count), count - 1.0, chance.uniform(20, 36))
    return replace(
        design, ink=ink, sheet=(236, 240, 238), opacity=float(chance.uniform(0.06, 0.3)),
        stuff="plastic", flipped=bool(chance.random() < 0.3),
    )  # fmt: skip


def _tape(chance: Chance) -> Design:
    count = int(chance.choice([151, 201, 301]))
    sheet = pick(chance, ((60, 200, 240), (90, 215, 245), WHITE, (235, 240, 240), (205, 225, 235)))
    tall = chance.uniform(12, 20)
    row = mm_row(chance, count, longest=0.5 * tall)
    design = finished(chance, "tape", row, count - 1.0, tall, sheet=sheet, line=0.7, words=("",))
    return replace(design, stuff=pick(chance, ("cloth", "plastic", "paper")))


def _both_mm(chance: Chance) -> Design:
    count, tall = int(chance.choice([81, 101, 131, 151])), chance.uniform(26, 38)
    row = mm_row(chance, count, longest=7.5)
    other = Row(row.pitch_mm, count, row.lengths_mm, row.x_mm, tall - row.y_mm, -1, row.width_mm)
    design = finished(chance, "both_mm", row, count - 1.0, tall, brand=False)
    if chance.random() < 0.6:
        more = digits(chance, other, 10, high=design.texts[0].height_mm, face=design.texts[0].face)
        design = replace(design, texts=design.texts + more)
    return replace(design, rows=(row, other))


def _sticker(chance: Chance) -> Design:
    row = mm_row(chance, 51, longest=5.5)
    sheet = pick(chance, (*LIGHT, (210, 225, 240)))
    return finished(chance, "sticker", row, 50.0, chance.uniform(12, 20), sheet=sheet)


def _dark(chance: Chance) -> Design:
    count = int(chance.choice([101, 121, 151]))
    grey = int(chance.uniform(18, 50))
    design = finished(chance, "dark", mm_row(chance, count), count - 1.0, chance.uniform(18, 32),
                       sheet=(grey + 3, grey, grey))  # fmt: skip
    ink = pick(chance, ((238, 240, 240), (225, 225, 225), (120, 220, 245)))
    return replace(design, ink=ink, stuff=pick(chance, ("plastic", "paper")))


def _coloured(chance: Chance) -> Design:
    count = int(chance.choice([81, 101, 121, 151]))
    sheet = SHEETS[int(chance.integers(len(SHEETS)))]
    bright = 0.11 * sheet[0] + 0.59 * sheet[1] + 0.3 * sheet[2]
    tall = chance.uniform(18, 32)
    design = finished(chance, "coloured", mm_row(chance, count), count - 1.0, tall, sheet=sheet)
    return replace(design, ink=(240, 242, 240) if bright < 125 else pick(chance, DARK))


def _no_fives(chance: Chance) -> Design:
    count = int(chance.choice([81, 101, 121]))
    short = chance.uniform(1.8, 3.0)
    row = graduated(chance, 1.0, count, ((1, short), (10, short * chance.uniform(1.6, 2.3))))
    return finished(chance, "no_fives", row, count - 1.0, chance.uniform(16, 28))


def _equal_digits(chance: Chance) -> Design:
    count, long = int(chance.choice([81, 101, 121])), chance.uniform(2.0, 5.0)
    row = graduated(chance, 1.0, count, ((1, long),))
    return finished(
        chance, "equal_digits", row, count - 1.0, chance.uniform(14, 24), told=Told.DIGITS
    )


def _fives_digits(chance: Chance) -> Design:
    count, short = int(chance.choice([81, 101, 121])), chance.uniform(1.8, 3.0)
    row = graduated(chance, 1.0, count, ((1, short), (5, short * chance.uniform(1.6, 2.2))))
    return finished(
        chance, "fives_digits", row, count - 1.0, chance.uniform(15, 26), told=Told.DIGITS
    )


def _two_mm(chance: Chance) -> Design:
    count, short = int(chance.choice([51, 61, 76])), chance.uniform(2.0, 3.0)
    lengths: Lengths = ((1, short), (5, short * chance.uniform(1.5, 2.2)))
    row = graduated(chance, 2.0, count, lengths)
    return finished(
        chance, "two_mm", row, 2.0 * (count - 1), chance.uniform(15, 26), every=5, told=Told.DIGITS
    )


def _numbered_mm(chance: Chance) -> Design:
    """A fine rule with a small number at each mm between the large ones at each cm."""
    count, short = int(chance.choice([121, 161, 201])), chance.uniform(1.6, 2.2)
    lengths = ((1, short), (2, 1.5 * short), (10, 1.8 * short), (20, 2.6 * short))
    row = graduated(chance, 0.5, count, lengths, width=(0.08, 0.14))
    design = finished(chance, "numbered_mm", row, 0.5 * (count - 1), 16.0, every=20, brand=False)
    top = row.y_mm + 1.5 * short + 0.8
    small = tuple(
        Text(str(number // 2 % 10), row.x_mm + 0.5 * number, top, 0.75, design.texts[0].face)
        for number in range(2, count, 2)
        if number % 20
    )
    return replace(design, texts=design.texts + small)


def _centre(chance: Chance) -> Design:
    """A tape whose graduations cross a line along its middle."""
    count, tall = int(chance.choice([101, 151, 201])), chance.uniform(13, 19)
    row = replace(mm_row(chance, count, longest=0.34 * tall), y_mm=0.46 * tall)
    up = replace(row, side=-1)
    x1 = row.x_mm + count - 1.0
    line = Box(row.x_mm, row.y_mm - 0.12, x1, row.y_mm + 0.12)
    sheet = pick(chance, (WHITE, (90, 215, 245), (60, 200, 240), (190, 230, 190)))
    design = finished(
        chance, "centre", row, count - 1.0, tall, sheet=sheet, words=("",), brand=False
    )
    return replace(design, rows=(row, up), boxes=(line,), stuff=pick(chance, ("cloth", "plastic")))


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
    row = graduated(chance, pitch, count, lengths)
    return finished(chance, "untold", row, pitch * (count - 1), 20.0, every=0, told=Told.NOTHING,
                     words=("",))  # fmt: skip


FAMILIES: dict[str, Callable[[Chance], Design]] = {
    "paper": _paper,
    "paper_5mm": _paper_5mm,
    "dual": _dual,
    "inch16": _inch16,
    "half_mm": _half_mm,
    "clear": _clear,
    "tape": _tape,
    "l_scale": l_scale,
    "checker": checker,
    "checker_mm": checker_mm,
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
    "numbered_mm": _numbered_mm,
    "centre": _centre,
    "first_cm_mm": first_cm_mm,
    "untold": _untold,
}
