"""Rendered photos of a wound with labels of many kinds beside it, and where their ink lies.

None of the typefaces is one that the finder of writing was taught with, where this machine has
others; hands are letters of the hand-like ones, each put and bent anew.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks import scale_skin
from benchmarks.scale_fonts import FOLDERS, typefaces
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Pixels

Chance = np.random.Generator
Ink = NDArray[np.uint8]

SIZE_PX = (1280, 960)
CAPS_PX = (9.0, 70.0)
KEPT_APART = (
    "Cantarell", "FiraCode", "EBGaramond", "ComicNeue", "JetBrainsMono", "OCRB", "Oxygen", "Sora",
    "PTN", "PTS", "PTM", "Quattrocento", "Vollkorn", "dkg", "B612", "ClearSans", "Junction",
)  # fmt: skip
"""How the files of typefaces begin that `training/text` does not use."""
HANDS = ("dkg", "ComicNeue")
"""Those of them that look written."""
NAMES = ("Lefèvre Marie", "MOREAU J.", "Nguyen Thi", "O'Brien, S.", "B. Öztürk", "Dr Klein",
         "Patient 4711", "Garcia Lopez")  # fmt: skip
DARK, BLUE, RED = (25, 22, 20), (130, 50, 25), (35, 30, 160)
PAPER = ((245, 247, 248), (200, 235, 250), (235, 220, 190), (205, 240, 205), (210, 205, 250))


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """One label: its kind, and where its ink lies in the photo."""

    kind: str
    ink: NDArray[np.bool_]
    caps_px: float


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A photo, its wound, and its labels."""

    pixels: Pixels
    wound: Outline
    labels: tuple[Label, ...]


def scene(seed: int, *, kinds: tuple[str, ...] = ()) -> Scene:
    """The photo of a seed, with a label of each of these kinds, each in a quarter of its own."""
    chance = np.random.default_rng([19, seed])
    image = scale_skin.skin(SIZE_PX, chance)
    if chance.random() < 0.5:
        scale_skin.hairs(image, chance, count=int(chance.integers(20, 250)))
    ring = _ring(chance)
    scale_skin.wound(image, ring, chance)
    if chance.random() < 0.4:
        scale_skin.pen_marks(image, ring, chance)
    if chance.random() < 0.5:
        scale_skin.beyond_side(image, ring, chance)
    places = chance.permutation([(0.22, 0.17), (0.78, 0.17), (0.22, 0.83), (0.78, 0.83)])
    labels = []
    for kind, place in zip(kinds, places, strict=False):
        labels.append(_laid(image, kind, np.array(place) * SIZE_PX, chance))
    outline = Outline((tuple((float(x), float(y)) for x, y in ring),))
    return Scene(_taken(image, chance, labels), outline, tuple(labels))


def _ring(chance: Chance) -> NDArray[np.float64]:
    turn = np.linspace(0, 2 * np.pi, 90, endpoint=False)
    reach = 130 * (1 + 0.15 * np.sin(2 * turn + chance.uniform(0, 6))
                   + 0.07 * np.sin(5 * turn + chance.uniform(0, 6)))  # fmt: skip
    return np.array(SIZE_PX) / 2 + np.stack([reach * np.cos(turn), 0.8 * reach * np.sin(turn)], 1)


def _laid(image: Pixels, kind: str, place: NDArray[np.float64], chance: Chance) -> Label:
    """Draw a label of a kind around a place, turned and in perspective."""
    caps = float(np.exp(chance.uniform(*np.log(CAPS_PX))))
    sheet, ink, on_paper, colour = KINDS[kind](chance, caps)
    room = 0.9 * min(0.42 * SIZE_PX[0] / ink.shape[1], 0.33 * SIZE_PX[1] / ink.shape[0])
    caps *= min(1.0, room)
    turn = chance.normal(0, 0.2) + chance.choice([0, 0, 0, np.pi / 2, np.pi])
    if kind == "date stamp":
        turn = 0.0
    if abs(np.sin(turn)) > 0.5:
        room *= 0.66
        caps *= 0.66
    matrix = _matrix(ink.shape, place, turn, min(1.0, room), chance)
    if on_paper:
        cover = cv2.warpPerspective(np.full_like(ink, 255), matrix, SIZE_PX, flags=cv2.INTER_AREA)
        paper = cv2.warpPerspective(sheet, matrix, SIZE_PX, flags=cv2.INTER_LINEAR)
        part = cover[..., None] / np.float32(255)
        image[:] = (image + part * (paper.astype(np.float32) - image)).astype(np.uint8)
    seen = cv2.warpPerspective(ink, matrix, SIZE_PX, flags=cv2.INTER_LINEAR)
    part = seen[..., None] * np.float32(chance.uniform(0.55, 1.0) / 255)
    image[:] = (image + part * (np.array(colour, np.float32) - image)).astype(np.uint8)
    return Label(kind, seen > 110, caps)


def _matrix(
    shape: tuple[int, ...], place: NDArray[np.float64], turn: float, scale: float, chance: Chance
) -> NDArray[np.float64]:
    high, wide = shape[:2]
    cos, sin = scale * np.cos(turn), scale * np.sin(turn)
    middle = np.array([[1, 0, -wide / 2], [0, 1, -high / 2], [0, 0, 1.0]])
    turned = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1.0]])
    tilt = chance.normal(0, 0.0002, 2)
    seen = np.array([[1, 0, 0], [0, 1, 0], [*tilt, 1.0]])
    there = np.array([[1, 0, place[0]], [0, 1, place[1]], [0, 0, 1.0]])
    return np.asarray(there @ seen @ turned @ middle, np.float64)


# -- kinds of labels: the sheet, its ink, whether the sheet is laid below, the ink's colour

Drawn = tuple[Pixels, Ink, bool, tuple[int, int, int]]


def _sticker(chance: Chance, caps: float) -> Drawn:
    lines = [str(chance.choice(NAMES)), f"{chance.integers(1, 29):02d}/{chance.integers(1, 13):02d}"
             f"/{chance.integers(1930, 2010)}", f"IPP {chance.integers(10**6, 10**8)}"]  # fmt: skip
    ink = _stacked([_print(line, caps, chance) for line in lines[: chance.integers(1, 4)]], caps)
    return _sheet(ink, caps, PAPER[chance.integers(len(PAPER))], DARK)


def _band(chance: Chance, caps: float) -> Drawn:
    text = f"{chance.choice(NAMES)}  {chance.integers(10**5, 10**7)}"
    ink = _print(text, min(caps, 30.0), chance)
    return _sheet(ink, min(caps, 30.0), (230, 225, 222), DARK)


def _hand_on_paper(chance: Chance, caps: float) -> Drawn:
    ink = _hand(str(chance.choice(NAMES)), caps, chance)
    return _sheet(ink, caps, PAPER[chance.integers(2)], (DARK, BLUE, RED)[chance.integers(3)])


def _hand_on_skin(chance: Chance, caps: float) -> Drawn:
    caps = max(caps, 20.0)
    ink = _hand(f"{chance.integers(1, 29)}.{chance.integers(1, 13)} {chance.choice(NAMES)[:5]}",
                caps, chance)  # fmt: skip
    return np.zeros((*ink.shape, 3), np.uint8), ink, False, (BLUE, DARK)[chance.integers(2)]


def _stamp(chance: Chance, caps: float) -> Drawn:
    ink = _print(f"{chance.integers(1, 29):02d}/{chance.integers(1, 13):02d}/2017", caps, chance)
    colour = ((40, 165, 250), (60, 230, 255), (255, 255, 255))[chance.integers(3)]
    return np.zeros((*ink.shape, 3), np.uint8), ink, False, colour


def _light_on_dark(chance: Chance, caps: float) -> Drawn:
    ink = _print(f"{chance.choice(NAMES)} {chance.integers(100, 999)}", caps, chance)
    return _sheet(ink, caps, ((60, 40, 20), (40, 40, 45))[chance.integers(2)], (245, 245, 245))


def _name_line(chance: Chance, caps: float) -> Drawn:
    """A ruler's line for a name, filled in by hand; its own words are print."""
    caps = min(caps, 36.0)
    words = _print("Name:", 0.8 * caps, chance), _hand(str(chance.choice(NAMES)), caps, chance)
    return _sheet(_beside(words, round(caps)), caps, (245, 246, 246), DARK)


def _qr(chance: Chance, caps: float) -> Drawn:
    import zxingcpp

    text = f"PAT:{chance.integers(10**8, 10**9)}"
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    side = round(4 * max(caps, 22.0))
    code = 255 - np.asarray(zxingcpp.write_barcode_to_image(made, scale=1, add_quiet_zones=False))
    ink = cv2.resize(code, (side, side), interpolation=cv2.INTER_NEAREST)
    return _sheet(ink, side / 8, (248, 248, 248), DARK)


def _bars(chance: Chance, caps: float) -> Drawn:
    import zxingcpp

    text = f"{chance.integers(10**8, 10**9)}"
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128)
    code = 255 - np.asarray(zxingcpp.write_barcode_to_image(made, scale=1, add_quiet_zones=False))
    wide = round(8 * max(caps, 26.0))
    ink = cv2.resize(code[:1], (wide, round(0.3 * wide)), interpolation=cv2.INTER_NEAREST)
    return _sheet(ink, wide / 20, (248, 248, 248), DARK)


KINDS: dict[str, Callable[[Chance, float], Drawn]] = {
    "patient sticker": _sticker,
    "wrist band": _band,
    "hand on paper": _hand_on_paper,
    "hand on skin": _hand_on_skin,
    "date stamp": _stamp,
    "light on dark": _light_on_dark,
    "name on a ruler's line": _name_line,
    "QR code": _qr,
    "bar code": _bars,
}


@lru_cache(maxsize=1)
def _faces() -> tuple[str, ...]:
    found = []
    for folder in (Path(each) for each in FOLDERS if Path(each).is_dir()):
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() in (".ttf", ".otf") and path.stem.startswith(KEPT_APART):
                found.append(str(path))
    return tuple(found) or typefaces()


def _print(text: str, caps: float, chance: Chance) -> Ink:
    from PIL import Image, ImageDraw, ImageFont

    faces = _faces()
    font = ImageFont.truetype(faces[int(chance.integers(len(faces)))], max(8, round(1.4 * caps)))
    left, top, right, bottom = font.getbbox(text)
    image = Image.new("L", (max(2, int(right - left) + 4), max(2, int(bottom - top) + 4)))
    ImageDraw.Draw(image).text((2 - left, 2 - top), text, fill=255, font=font)
    return np.array(image)


def _hand(text: str, caps: float, chance: Chance) -> Ink:
    """A hand's letters: no two alike in size and place, on a line that sways, leaning, uneven."""
    faces = [face for face in _faces() if Path(face).stem.startswith(HANDS)] or list(_faces())
    face, large = faces[int(chance.integers(len(faces)))], 60
    letters = [_letter(face, sign, large * chance.uniform(0.85, 1.2)) for sign in text]
    ink = np.zeros((3 * large, sum(each.shape[1] for each in letters) + 4 * large), np.uint8)
    at = 2 * large
    for letter in letters:
        high, wide = letter.shape
        top = min(max(0, round(1.9 * large - high + chance.normal(0, 4))), 3 * large - high)
        there = ink[top : top + high, at : at + wide]
        np.maximum(there, letter, out=there)
        at += max(4, wide + round(chance.normal(-1, 4)))
    return _bent(ink, caps / (0.72 * large), chance)


def _bent(ink: Ink, scale: float, chance: Chance) -> Ink:
    xs, ys = np.meshgrid(np.arange(ink.shape[1]), np.arange(ink.shape[0]))
    sway = 7 * np.sin(xs / chance.uniform(60, 200) + chance.uniform(0, 6))
    lean = chance.normal(0.1, 0.3) * (ys - ink.shape[0] / 2) + 4 * np.sin(xs / 37)
    bent = cv2.remap(ink, (xs + lean).astype(np.float32), (ys + sway).astype(np.float32),
                     cv2.INTER_LINEAR)  # fmt: skip
    pen = int(chance.integers(1, 5))
    bent = cv2.dilate(bent, np.ones((pen, pen), np.uint8))
    columns, rows = (np.nonzero(bent.max(axis=axis) > 60)[0] for axis in (0, 1))
    cut = bent[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    small = cv2.resize(cut, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(np.pad(small, 2), np.uint8)


def _letter(face: str, sign: str, size: float) -> Ink:
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.truetype(face, round(size))
    _left, _top, right, bottom = font.getbbox(sign)
    image = Image.new("L", (max(8, int(right)), max(8, int(bottom))))
    ImageDraw.Draw(image).text((0, 0), sign, fill=255, font=font)
    return np.array(image)


def _stacked(lines: list[Ink], caps: float) -> Ink:
    gap, wide = round(0.6 * caps), max(line.shape[1] for line in lines)
    padded = [np.pad(line, ((0, gap), (0, wide - line.shape[1]))) for line in lines]
    return np.vstack(padded)


def _beside(parts: tuple[Ink, ...], gap: int) -> Ink:
    high = max(part.shape[0] for part in parts)
    padded = [np.pad(part, ((high - part.shape[0], 0), (0, gap))) for part in parts]
    return np.hstack(padded)


def _sheet(
    ink: Ink, caps: float, paper: tuple[int, int, int], colour: tuple[int, int, int]
) -> Drawn:
    rim = round(1.2 * caps)
    padded = np.pad(ink, rim)
    sheet = np.empty((*padded.shape, 3), np.uint8)
    sheet[:] = paper
    return sheet, padded, True, colour


def _taken(image: Pixels, chance: Chance, labels: list[Label]) -> Pixels:
    """Light from a side, blur as far as it can be read, noise, and JPEG."""
    width, height = SIZE_PX
    ys, xs = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    turn = chance.uniform(0, 6.3)
    light = 1 + chance.uniform(0, 0.3) * (np.cos(turn) * xs + np.sin(turn) * ys)
    seen = image * light[..., None].astype(np.float32) * np.float32(chance.uniform(0.6, 1.05))
    smallest = min((label.caps_px for label in labels), default=20.0)
    sigma = chance.uniform(0.2, max(0.3, min(2.5, 0.09 * smallest)))
    seen = cv2.GaussianBlur(seen, (0, 0), float(sigma))
    seen += chance.normal(0, chance.uniform(1, 5), seen.shape)
    whole = np.clip(seen, 0, 255).astype(np.uint8)
    data = cv2.imencode(".jpg", whole, [cv2.IMWRITE_JPEG_QUALITY, int(chance.integers(60, 95))])[1]
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
