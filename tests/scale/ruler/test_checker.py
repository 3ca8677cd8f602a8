"""Checker bars: found, read to a part of a pixel, and a scale only where a number tells it."""

import cv2
import numpy as np
import PIL.Image
import pytest
from numpy.typing import NDArray
from PIL import ImageDraw

from benchmarks.scale_scenes import scene
from tests.scale.drawn_ruler import FONTS, font_of, photo_of, seen
from woundtrack.scale.ruler import find_ruler, read_ruler, scale_with_pitch
from woundtrack.scale.ruler.blocks import block_rows
from woundtrack.scale.ruler.checker import find_checkers

Floats = NDArray[np.float64]
Image = NDArray[np.uint8]

BLOCK_PX, FINE = 60.0, 4
WHITE, BLACK = 235, 30


def _drawn(
    *, count: int = 10, broad: float = 30.0, two: bool = False, part: float = 1.0, turn: float = 0.0
) -> tuple[Image, Floats]:
    """A bar of blocks on white, turned by `turn` rad, and where its boundaries' middles are, px."""
    sheet = np.full((600 * FINE, 900 * FINE), WHITE, np.uint8)
    left, top = 130, 280
    for at in range(count):
        x = (left + at * BLOCK_PX) * FINE
        rows = [top + (broad if at % 2 else 0.0)] if two else [top] * (at % 2 == 0)
        for y in rows:
            start = (round(x), round(y * FINE))
            end = (round(x + part * BLOCK_PX * FINE) - 1, round((y + broad) * FINE) - 1)
            cv2.rectangle(sheet, start, end, BLACK, -1)
    small = cv2.resize(sheet, (900, 600), interpolation=cv2.INTER_AREA)
    matrix = cv2.getRotationMatrix2D((449.5, 299.5), np.degrees(turn), 1.0)
    seen = cv2.warpAffine(small, matrix, (900, 600), flags=cv2.INTER_CUBIC, borderValue=WHITE)
    noise = np.random.default_rng(3).normal(0, 2, seen.shape)
    middles = np.array(
        [(left + at * BLOCK_PX - 0.5, top + (broad if two else broad / 2) - 0.5, 1)
         for at in range(count + 1)]
    )  # fmt: skip
    soft = cv2.GaussianBlur(seen, (0, 0), 1.0) + noise
    return np.clip(soft, 0, 255).astype(np.uint8), middles @ matrix.T


@pytest.mark.parametrize("turn", [0.0, 0.4, -1.3, 2.9])
@pytest.mark.parametrize("two", [False, True])
@pytest.mark.parametrize("light", [False, True])
def test_boundaries_are_read_to_a_part_of_a_pixel(turn: float, two: bool, light: bool) -> None:
    grey, truth = _drawn(turn=turn, two=two)
    (edge,) = find_checkers([255 - grey if light else grey])
    off = (edge.middle_px[:, None] - truth[None]) @ np.array(edge.line.axis)
    nearest = np.abs(off).min(axis=1)
    assert len(edge.number) >= 9
    assert edge.blocks
    assert nearest.max() < 0.12
    assert np.hypot(*(edge.tip_px - edge.base_px).T) == pytest.approx(60 if two else 30, abs=0.6)


def test_a_block_more_under_a_finger_is_counted() -> None:
    grey, _ = _drawn(count=12)
    grey[:, 240:420] = WHITE
    (edge,) = find_checkers([grey])
    assert np.ptp(edge.number) >= 9
    assert edge.rms < 0.01


@pytest.mark.parametrize("part", [0.5, 0.8, 1.3])
def test_blocks_that_are_no_halves_of_a_period_are_no_checker(part: float) -> None:
    grey, _ = _drawn(count=10, part=part)
    assert find_checkers([grey]) == []


def test_stripes_longer_than_they_are_apart_are_no_checker() -> None:
    grey, _ = _drawn(count=10, broad=200.0)
    assert block_rows(grey, reduction=1) == []


def test_blocks_without_numbers_tell_no_unit_but_may_be_named() -> None:
    grey, truth = _drawn(turn=0.3)
    pixels = cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR)
    photo = photo_of(pixels, focal_px=1100.0)
    reading = read_ruler(pixels, photo)
    assert reading.refusal is not None
    assert reading.refusal.code == "scale.ambiguous_unit"
    place = next(at for at, edge in enumerate(reading.edges) if edge.blocks)
    scale = scale_with_pitch(reading, photo, pitch_mm=10.0, place=place)
    ends = scale.to_mm(truth[[0, 9]])
    assert float(np.hypot(*(ends[1] - ends[0]))) == pytest.approx(90, abs=0.2)


def test_numbers_beside_the_blocks_tell_their_step() -> None:
    shown = scene(600008, family="checker", limb="flat")
    scale = find_ruler(shown.pixels, shown.photo)
    ends_px = shown.rows[0].ends_px[[0, -1], 0]
    ends = scale.to_mm(ends_px)
    steps = len(shown.rows[0].ends_px) - 1
    assert float(np.hypot(*(ends[1] - ends[0]))) == pytest.approx(10 * steps, rel=0.006)
    assert scale.tilt_deg == pytest.approx(shown.tilt_deg, abs=3)


def _lined(block_px: float, *, count: int = 10) -> Image:
    """A numbered bar of blocks on black, a line drawn between every two of them."""
    unit = FINE * block_px
    sheet = PIL.Image.new("L", (round((count + 2) * unit), round(2.4 * unit)), BLACK)
    pen = ImageDraw.Draw(sheet)
    half, top, middle, bottom = 0.03 * unit, 0.4 * unit, 0.95 * unit, 1.25 * unit
    for at in range(1, count, 2):
        pen.rectangle(((1 + at) * unit, middle, (2 + at) * unit, bottom), WHITE)
    for y in (top, middle, bottom):
        pen.rectangle((unit, y - half, (count + 1) * unit, y + half), WHITE)
    for at in range(count + 1):
        x = (1 + at) * unit
        pen.rectangle((x - half, top, x + half, bottom), WHITE)
        pen.text((x, 1.4 * unit), str(at), WHITE, font_of(FONTS[1], round(0.5 * unit)), "mt")
    small = sheet.resize((sheet.width // FINE, sheet.height // FINE), PIL.Image.Resampling.BOX)
    return seen(np.asarray(small, np.float32), 140, np.random.default_rng(0))


def test_lines_between_blocks_give_way_to_the_blocks() -> None:
    pixels = _lined(80.0)
    scale = find_ruler(pixels, photo_of(pixels))
    middle = (pixels.shape[1] / 2, pixels.shape[0] / 2)
    assert scale.mm_per_px_at(middle) == pytest.approx(10 / 80, rel=0.001)
