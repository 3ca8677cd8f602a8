"""Families of scales with blocks: checker bars, L-shaped ones, cards of centimetre lines."""

from benchmarks.scale_design import INK, WHITE, Box, Design, Ring, Row, Text, Told
from benchmarks.scale_sheets import LIGHT, Chance, digits, mm_row, pick


def checker(chance: Chance) -> Design:
    """Blocks of 10 mm alone."""
    return _blocks(chance, "checker", ticks=False)


def checker_mm(chance: Chance) -> Design:
    """Blocks of 10 mm with mm beside them."""
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
    texts = digits(chance, below, 1, high=high, face=face)
    texts += (Text(pick(chance, ("cm", "CENTIMETRES", "cm")), x + 5 * count, y + bar + 2.4 * high
                   + 2, 2.4, face),)  # fmt: skip
    wide, tall = x + 10 * count + chance.uniform(3, 8), y + bar + 2.4 * high + 5
    return Design(
        family, ((0, 0, wide, tall),), rows, texts, tuple(boxes), sheet=pick(chance, LIGHT),
        told=Told.DIGITS if not ticks else Told.TICKS, stuff=pick(chance, ("paper", "plastic")),
    )  # fmt: skip


def l_scale(chance: Chance) -> Design:
    """Two arms with mm outside or inside, a bar of blocks, circles at the ends and the corner."""
    broad, arm, other = chance.uniform(22, 30), chance.choice([80, 100]), chance.choice([60, 80])
    inner, dark = bool(chance.random() < 0.5), bool(chance.random() < 0.3)
    kinds = mm_row(chance, 3, longest=6.0).lengths_mm
    width, start = chance.uniform(0.15, 0.25), broad + 3.0
    y0 = broad - 0.6 if inner else 0.6
    side = -1 if inner else 1
    row = Row(1.0, int(arm) - 9, kinds, start, y0, side, width)
    down = Row(1.0, int(other) - 9, kinds, y0, start, side, width, turned=True)
    face, high = chance.random(), chance.uniform(2.2, 3.0)
    texts = digits(chance, row, 10, high=high, face=face)
    texts += digits(chance, down, 10, high=high, face=face)
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


def first_cm_mm(chance: Chance) -> Design:
    """A card of centimetre lines, its first centimetre alone in mm; white on black, or not."""
    count, long = int(chance.integers(8, 16)), chance.uniform(4, 8)
    x, y = chance.uniform(3, 8), chance.uniform(1, 4)
    lines = Row(10.0, count + 1, ((1, long),), x, y, width_mm=chance.uniform(0.25, 0.5))
    fine = Row(1.0, 11, ((1, 0.55 * long), (5, 0.75 * long)), x, y, width_mm=0.2)
    face, high = chance.random(), chance.uniform(2.4, 4)
    dark = chance.random() < 0.6
    texts = digits(chance, lines, 1, high=high, face=face)
    texts += (Text("cm", x + 10 * count - 4, y + long + 2.6 * high, 2.4, face),)
    size = (0.0, 0.0, x + 10 * count + 6, y + long + 3.5 * high + 2)
    return Design(
        "first_cm_mm", (size,), (lines, fine), texts,
        boxes=(Box(x, y, x + 10 * count, y + 0.25),),
        sheet=(28, 26, 25) if dark else WHITE, ink=(240, 242, 242) if dark else INK,
        told=Told.DIGITS,
    )  # fmt: skip
