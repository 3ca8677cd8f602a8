"""What looks like a ruler and is none, drawn anew by chance: `lookalike(kind, chance)`."""

from collections.abc import Callable

import numpy as np

from benchmarks.scale_design import INK, WHITE, Box, Colour, Design, Ring, Row, Text, Told
from benchmarks.scale_sheets import Chance, pick

Rect = tuple[float, float, float, float]
PALE: tuple[Colour, ...] = (WHITE, (225, 230, 235), (200, 215, 225), (235, 225, 210))
STRONG: tuple[Colour, ...] = (
    (30, 28, 28), (120, 60, 30), (60, 60, 170), (60, 110, 50), (150, 120, 90), (40, 90, 160),
)  # fmt: skip
SENTENCE = (
    "wound care plan dressing change every second day apply to clean dry skin store below do not "
    "use if the package is damaged sterile single use only lot illicit minimum"
)


def lookalike(kind: str, chance: Chance) -> Design:
    """One thing of a kind."""
    return KINDS[kind](chance)


def _design(kind: str, sheets: tuple[Rect, ...], **parts: object) -> Design:
    given: dict[str, object] = {"rows": (), "told": Told.NOTHING, **parts}
    return Design(kind, sheets, **given)  # type: ignore[arg-type]


def _keyboard(chance: Chance) -> Design:
    pitch, face = chance.uniform(15, 19.5), chance.random()
    dark = chance.random() < 0.6
    body, key, ink = ((50,) * 3, (28,) * 3, (225,) * 3) if dark else ((190,) * 3, (240,) * 3, INK)
    boxes, texts = [], []
    for row, letters in enumerate(("1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM")):
        for column, letter in enumerate(letters):
            x, y = 3 + pitch * (column + 0.3 * row), 3 + pitch * row
            boxes.append(Box(x, y, x + pitch - 2.5, y + pitch - 2.5, key))
            texts.append(Text(letter, x + 0.35 * pitch, y + 0.3 * pitch, 3.2, face))
    size = (0, 0, 11.3 * pitch + 3, 4 * pitch + 4)
    return _design("keyboard", (size,), boxes=tuple(boxes), texts=tuple(texts), sheet=body, ink=ink)


def _stripes(chance: Chance) -> Design:
    wide, tall = 260.0, chance.uniform(60, 200)
    pitch = float(np.exp(chance.uniform(np.log(1.5), np.log(14))))
    part = chance.uniform(0.3, 0.7)
    colours = [pick(chance, STRONG) for _ in range(int(chance.integers(1, 4)))]
    boxes = [
        Box(at * pitch, 0, (at + part) * pitch, tall, colours[at % len(colours)])
        for at in range(int(wide / pitch))
    ]
    return _design(
        "stripes", ((0, 0, wide, tall),), boxes=tuple(boxes), sheet=pick(chance, PALE),
        stuff="cloth",
    )  # fmt: skip


def _gauze(chance: Chance) -> Design:
    side, pitch = chance.uniform(60, 110), chance.uniform(0.8, 2.2)
    thin = chance.uniform(0.3, 0.6) * pitch
    boxes = []
    for at in np.arange(0, side, pitch) + chance.normal(
        0, 0.04 * pitch, len(np.arange(0, side, pitch))
    ):
        grey = int(chance.uniform(165, 200))
        boxes.append(Box(at, 0, at + thin, side, (grey, grey, grey - 5)))
        boxes.append(Box(0, at, side, at + thin, (grey, grey, grey - 5)))
    return _design(
        "gauze", ((0, 0, side, side),), boxes=tuple(boxes), sheet=(228, 232, 234), stuff="cloth"
    )


def _comb(chance: Chance) -> Design:
    pitch, count = chance.uniform(1.0, 3.0), int(chance.integers(35, 70))
    part, long, spine = chance.uniform(0.4, 0.6), chance.uniform(9, 25), chance.uniform(5, 10)
    teeth = [
        (3 + at * pitch, spine - 1, 3 + (at + part) * pitch, spine + long) for at in range(count)
    ]
    sheets = ((0.0, 0.0, 6 + count * pitch, spine), *teeth)
    return _design("comb", sheets, sheet=pick(chance, STRONG), stuff="plastic")


def _barcode(chance: Chance) -> Design:
    module, x = chance.uniform(0.25, 0.6), 6.0
    tall, boxes = chance.uniform(10, 22), []
    while x < 75:
        wide = module * int(chance.integers(1, 4))
        extra = 2.0 if len(boxes) % 12 in (0, 1) else 0.0
        boxes.append(Box(x, 4, x + wide, 4 + tall + extra))
        x += wide + module * int(chance.integers(1, 4))
    digits = " ".join(str(each) for each in chance.integers(0, 10, 13))
    texts = (Text(digits, 0.5 * x, tall + 8.5, 2.6, chance.random()),)
    size = (0, 0, x + 5, tall + 13)
    return _design("barcode", (size,), boxes=tuple(boxes), texts=texts, sheet=WHITE)


def _dressing(chance: Chance) -> Design:
    """A film with its name printed again and again, dashes along its rim, sometimes squares."""
    wide, tall, face = chance.uniform(80, 150), chance.uniform(40, 90), chance.random()
    step = chance.uniform(14, 30)
    texts = tuple(
        Text("FILMOPLAST" if row % 2 else "5×7", x, y, 2.4, face, colour=(150, 110, 60))
        for row, y in enumerate(np.arange(10, tall - 8, 9.0))
        for x in np.arange(step, wide - 8, step)
    )
    dash = chance.uniform(2, 5)
    boxes = [
        Box(x, y, x + 0.6 * dash, y + 0.5, (160, 120, 70))
        for x in np.arange(4, wide - 4, dash)
        for y in (4.0, tall - 4.5)
    ]
    return _design(
        "dressing", ((0, 0, wide, tall),), boxes=tuple(boxes), texts=texts,
        sheet=(205, 220, 235), opacity=float(chance.uniform(0.5, 1.0)),
    )  # fmt: skip


def _zip(chance: Chance) -> Design:
    pitch, count = chance.uniform(1.6, 3.2), int(chance.integers(40, 70))
    length, grey = count * pitch, int(chance.uniform(150, 210))
    boxes = [Box(0, 0, length, 30, pick(chance, STRONG))]
    for at in range(count):
        x, shift = at * pitch, 1.4 * (at % 2)
        boxes.append(Box(x, 12.5 + shift, x + 0.6 * pitch, 16.2 + shift, (grey, grey, grey)))
    return _design("zip", ((0, 0, length, 30),), boxes=tuple(boxes), stuff="cloth")


def _seam(chance: Chance) -> Design:
    """A row of stitches on cloth, some slanted pairs, or sutures across a closed wound."""
    pitch, count = chance.uniform(2.0, 8.0), int(chance.integers(14, 45))
    long = chance.uniform(2.5, 8)
    if chance.random() < 0.5:
        sutures = [
            (at * pitch, chance.uniform(-0.8, 0.8) + 4, at * pitch + 0.5, long + 4.0)
            for at in range(count)
        ]
        line = (0.0, 0.5 * long + 3.6, count * pitch, 0.5 * long + 4.4)
        return _design("sutures", (line, *sutures), sheet=(50, 40, 60))
    boxes = [
        Box(at * pitch, y, (at + 0.65) * pitch, y + 0.5) for at in range(count) for y in (6.0, 9.0)
    ]
    return _design(
        "seam", ((0, 0, count * pitch, 40.0),), boxes=tuple(boxes), sheet=pick(chance, PALE),
        stuff="cloth",
    )  # fmt: skip


def _shaded(kind: str, pitch: float, length: float, broad: float, chance: Chance) -> Design:
    """Ridges that catch the light: eight strips a pitch."""
    base = np.array(pick(chance, (*PALE, *STRONG)), float)
    boxes = []
    for at in range(int(8 * length / pitch)):
        light = 1 + 0.3 * np.sin(2 * np.pi * at / 8) + 0.08 * np.sin(4 * np.pi * at / 8)
        colour = tuple(int(each) for each in np.clip(base * light, 0, 255))
        boxes.append(Box(at * pitch / 8, 0, (at + 1) * pitch / 8, broad, colour))
    return _design(kind, ((0, 0, length, broad),), boxes=tuple(boxes), stuff="plastic")


def _tube(chance: Chance) -> Design:
    return _shaded("tube", chance.uniform(1.5, 5), 200.0, chance.uniform(12, 24), chance)


def _thread(chance: Chance) -> Design:
    return _shaded("thread", chance.uniform(0.8, 2), 70.0, chance.uniform(4, 10), chance)


def _blinds(chance: Chance) -> Design:
    return _shaded("blinds", chance.uniform(8, 20), 300.0, 220.0, chance)


def _syringe(chance: Chance) -> Design:
    """A barrel graduated in mL: fifths or tenths, their numbers, the plunger."""
    parts = int(chance.choice([5, 10]))
    count, pitch = int(chance.integers(4, 11)) * parts, chance.uniform(0.6, 1.8)
    short, broad = chance.uniform(2, 4), chance.uniform(10, 18)
    row = Row(pitch, count + 1, ((1, short), (parts, 1.8 * short)), 8.0, 2.5, width_mm=0.25)
    face = chance.random()
    texts = tuple(
        Text(
            str(at // parts), 8 + at * pitch, 2.5 + 2.6 * short, 2.4, face, int(chance.integers(2))
        )
        for at in range(parts, count + 1, parts)
    )
    texts += (Text("mL", 4.0, 0.5 * broad, 2.4, face),)
    stop = chance.uniform(0.4, 0.9) * count * pitch
    boxes = (Box(stop, 0.6, stop + 5, broad - 0.6, (40, 38, 38)),)
    return _design(
        "syringe", ((0, 0, count * pitch + 20, broad),), rows=(row,), texts=texts, boxes=boxes,
        sheet=(232, 236, 236), opacity=0.35, stuff="plastic",
    )  # fmt: skip


def _page(chance: Chance) -> Design:
    wide, tall, high = chance.uniform(90, 180), chance.uniform(70, 140), chance.uniform(1.7, 3.2)
    face, texts = chance.random(), []
    for y in np.arange(8, tall - 6, 1.9 * high):
        words = " ".join(chance.choice(SENTENCE.split(), int(wide / high / 4.2)))
        texts.append(Text(words, 0.5 * wide, y, high, face))
    return _design("page", ((0, 0, wide, tall),), texts=tuple(texts))


def _graph_paper(chance: Chance) -> Design:
    """Squared paper or that of a heart's trace: lines both ways, every fifth or tenth heavy."""
    pitch, wide, tall = float(chance.choice([1.0, 1.0, 2.0, 5.0])), 120.0, chance.uniform(60, 110)
    heavy = int(chance.choice([5, 10]))
    ink = pick(chance, ((140, 140, 235), (190, 150, 90), (150, 180, 120), (120, 120, 120)))
    boxes = []
    for at in range(int(wide / pitch) + 1):
        line = 0.28 if at % heavy == 0 else 0.12
        boxes.append(Box(at * pitch, 0, at * pitch + line, tall))
        boxes.append(Box(0, at * pitch, wide, at * pitch + line))
    return _design("graph paper", ((0, 0, wide, tall),), boxes=tuple(boxes), ink=ink)


def _form(chance: Chance) -> Design:
    """A printed form: lines a row high, a column of numbers, boxes to tick."""
    pitch, rows, wide = (
        chance.uniform(4.5, 8),
        int(chance.integers(10, 22)),
        chance.uniform(90, 170),
    )
    face, boxes, texts = chance.random(), [], []
    for at in range(rows + 1):
        boxes.append(Box(5, 5 + at * pitch, wide - 5, 5.25 + at * pitch))
        if at < rows:
            texts.append(Text(str(at + 1), 9, 5 + (at + 0.5) * pitch, 2.4, face))
            texts.append(
                Text(str(chance.choice(SENTENCE.split())), 30, 5 + (at + 0.5) * pitch, 2.4, face)
            )
    boxes += [Box(x, 5, x + 0.25, 5 + rows * pitch) for x in (5.0, 13.0, 60.0, wide - 5.25)]
    size = (0, 0, wide, 10 + rows * pitch)
    return _design("form", (size,), boxes=tuple(boxes), texts=tuple(texts))


def _cable_tie(chance: Chance) -> Design:
    pitch, length, broad = chance.uniform(1.0, 2.2), 160.0, chance.uniform(3.5, 8)
    dark = chance.random() < 0.5
    body, tooth = ((35,) * 3, (85,) * 3) if dark else ((225,) * 3, (170,) * 3)
    boxes = [
        Box(12 + at * pitch, 0.22 * broad, 12 + (at + 0.45) * pitch, 0.78 * broad, tooth)
        for at in range(int(140 / pitch))
    ]
    sheets = ((0.0, 0.0, length, broad), (0.0, -1.0, 7.0, broad + 1.0))
    return _design("cable tie", sheets, boxes=tuple(boxes), sheet=body, stuff="plastic")


def _random_strokes(chance: Chance) -> Design:
    """A base line with strokes at even steps, their lengths by chance."""
    pitch, count = chance.uniform(1.0, 3.0), int(chance.integers(40, 90))
    boxes = [Box(3, 2, 3 + count * pitch, 2.2)]
    for at in range(count):
        x = 3 + at * pitch
        boxes.append(Box(x, 2, x + 0.25, 2 + chance.uniform(1.5, 8)))
    size = (0, 0, 8 + count * pitch, 20)
    return _design("random strokes", (size,), boxes=tuple(boxes))


def _calendar(chance: Chance) -> Design:
    pitch, face = chance.uniform(7, 12), chance.random()
    texts = tuple(
        Text(str(at + 1), 8 + pitch * (at % 7), 12 + 0.8 * pitch * (at // 7), 3.0, face)
        for at in range(31)
    )
    lines = tuple(
        Box(3, 8 + 0.8 * pitch * at, 3 + 7 * pitch, 8.2 + 0.8 * pitch * at) for at in range(6)
    )
    return _design("calendar", ((0, 0, 7 * pitch + 8, 4 * pitch + 18),), texts=texts, boxes=lines)


def _wristband(chance: Chance) -> Design:
    pitch, count = chance.uniform(4, 9), int(chance.integers(10, 22))
    rings = tuple(Ring(10 + at * pitch, 12.5, 1.2, 0.8) for at in range(count))
    texts = (Text("PATIENT  12.03.1958  F", 0.3 * count * pitch, 5, 3, chance.random()),)
    size = (0, 0, 20 + count * pitch, 25)
    return _design("wristband", (size,), rings=rings, texts=texts, sheet=pick(chance, PALE))


KINDS: dict[str, Callable[[Chance], Design]] = {
    "keyboard": _keyboard,
    "stripes": _stripes,
    "gauze": _gauze,
    "comb": _comb,
    "barcode": _barcode,
    "dressing": _dressing,
    "zip": _zip,
    "seam": _seam,
    "tube": _tube,
    "thread": _thread,
    "blinds": _blinds,
    "syringe": _syringe,
    "page": _page,
    "graph paper": _graph_paper,
    "form": _form,
    "cable tie": _cable_tie,
    "random strokes": _random_strokes,
    "calendar": _calendar,
    "wristband": _wristband,
}
