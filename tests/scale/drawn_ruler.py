"""Flat rulers drawn to scale with real print, for tests of what their graduations are."""

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from woundtrack.paths import resources_dir
from woundtrack.photo.types import Photo, Pixels

MARGIN_MM = 14.0
FONTS = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "DejaVuSans.ttf")


@dataclass(frozen=True)
class Drawn:
    """A ruler: graduations `step_mm` apart of a length by period, numbers, a word."""

    step_mm: float
    lengths_mm: dict[int, float]
    count: int
    every: int = 0
    """From number to number, in steps; 0 for none."""
    counts: int = 1
    """From number to number, in what they count."""
    first: int = 0
    word: str = ""
    digit_mm: float = 3.0
    px_per_mm: float = 8.0
    font: int = 0
    number_turns: int = 0
    """Quarter turns by which numbers lie, the word upright."""
    mirrored: bool = False
    touching: bool = False
    """Numbers touch their graduations."""
    faint: tuple[int, float] = (0, 1.0)
    """Graduations that this does not divide have only so much ink."""
    stroke_mm: float = 0.22
    light: bool = False


def photo_of(pixels: Pixels, *, focal_px: float | None = None) -> Photo:
    height, width = pixels.shape[:2]
    return Photo(width, height, "image/png", 0, focal_px=focal_px)


@lru_cache(maxsize=100)
def font_of(name: str, size: int) -> ImageFont.FreeTypeFont:
    """A font of the program's own."""
    return ImageFont.truetype(str(resources_dir() / "fonts" / name), size)


def draw(ruler: Drawn, *, seed: int = 0) -> Pixels:
    """The ruler on skin, upright, softly seen, with a little noise."""
    scale, fine = ruler.px_per_mm, 3
    tall = max(ruler.lengths_mm.values()) + 4.2 * ruler.digit_mm + 4
    wide = (ruler.count - 1) * ruler.step_mm + 12
    sheet = Image.new("L", (round(wide * scale * fine), round(tall * scale * fine)), 242)
    pen, unit = ImageDraw.Draw(sheet), scale * fine
    for number in range(ruler.count):
        _graduation(sheet, ruler, number, unit)
    if ruler.word:
        longest = max(ruler.lengths_mm.values())
        place = (16 * unit, (longest + 2.4 * ruler.digit_mm + 1) * unit)
        pen.text(
            place, ruler.word, 30, font_of(FONTS[ruler.font], _size(ruler.digit_mm, unit)), "mm"
        )
    small = sheet.resize((round(wide * scale), round(tall * scale)), Image.Resampling.BOX)
    grey = np.asarray(small, np.float32)
    if ruler.light:
        grey = 275 - grey
    if ruler.mirrored:
        grey = grey[:, ::-1]
    return seen(grey, round(MARGIN_MM * scale), np.random.default_rng(seed))


def _graduation(sheet: Image.Image, ruler: Drawn, number: int, unit: float) -> None:
    pen = ImageDraw.Draw(sheet)
    periods = [each for each in ruler.lengths_mm if number % each == 0]
    length = ruler.lengths_mm[max(periods)]
    x = (6 + number * ruler.step_mm) * unit
    half = 0.5 * ruler.stroke_mm * unit
    part, ink = ruler.faint
    grey = 30 if not part or number % part == 0 else round(242 - ink * 212)
    pen.rectangle((x - half, 0.8 * unit, x + half, (0.8 + length) * unit), fill=grey)
    if ruler.every and number % ruler.every == 0:
        value = ruler.first + number // ruler.every * ruler.counts
        gap = -0.1 if ruler.touching else 0.35 * ruler.digit_mm
        place = (x, (0.8 + length + gap) * unit)
        font = font_of(FONTS[ruler.font], _size(ruler.digit_mm, unit))
        if not ruler.number_turns:
            pen.text(place, str(value), 30, font, "mt")
            return
        label = Image.new("L", (round(font.getlength(str(value))), round(ruler.digit_mm * unit)))
        ImageDraw.Draw(label).text((0, label.height), str(value), 255, font, "ls")
        turned = label.rotate(90 * ruler.number_turns, expand=True)
        sheet.paste(30, (round(place[0] - 0.5 * turned.width), round(place[1])), turned)


def _size(digit_mm: float, unit: float) -> int:
    """Of a font whose digits are so high."""
    return round(digit_mm * unit / 0.714)


def seen(grey: NDArray[np.float32], margin: int, chance: np.random.Generator) -> Pixels:
    """A grey sheet on skin, a margin about it, softly seen, with a little noise."""
    skin = np.array([140, 176, 216], np.float32)
    height, width = grey.shape[0] + 2 * margin, grey.shape[1] + 2 * margin
    image = np.broadcast_to(skin, (height, width, 3)).copy()
    image[margin:-margin, margin:-margin] = grey[..., None]
    soft = cv2.GaussianBlur(image, (0, 0), 0.7)
    soft += chance.normal(0, 1.5, soft.shape).astype(np.float32)
    return np.clip(soft, 0, 255).astype(np.uint8)
