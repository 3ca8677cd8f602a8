"""The demonstration's photos are as photos should be: nothing is said of them, until spoilt."""

import datetime as dt

import cv2
import numpy as np
import pytest

from woundtrack.demo.people import people
from woundtrack.demo.shots import Shot as DemoShot
from woundtrack.demo.shots import take_shots
from woundtrack.outline.types import Outline
from woundtrack.photo.code import new_patient_code
from woundtrack.photo.framing import Shot, framing
from woundtrack.photo.quality import quality
from woundtrack.photo.read import decode_photo
from woundtrack.records import CardRun

DAY = dt.date(2026, 3, 17)


@pytest.fixture(scope="module")
def taken() -> tuple[DemoShot, np.ndarray]:
    """The first photo of one patient, and its pixels."""
    run, code = CardRun(1, "a4", 100.0, accepted=True), new_patient_code(b"card")
    person = people(DAY)[1]
    shot = take_shots(person, 0, DAY, seed=1, skin_seed=1, code=code, run=run)[0]
    return shot, decode_photo(shot.data)[1]


def told(pixels: np.ndarray, shot: DemoShot, outline: Outline | None = None) -> tuple[str, ...]:
    drawn = outline or shot.lesions[0].outline
    height, width = pixels.shape[:2]
    seen = Shot(width, height, drawn, shot.scale, 0.0)
    return (*quality(pixels, rings_px=drawn.rings).warnings, *framing(seen, before=seen))


def test_a_good_photo_is_told_nothing(taken: tuple[DemoShot, np.ndarray]) -> None:
    shot, pixels = taken
    assert told(pixels, shot) == ()
    assert quality(pixels).warnings == ()


def test_each_way_to_spoil_it_is_told_as_what_it_is(taken: tuple[DemoShot, np.ndarray]) -> None:
    shot, pixels = taken
    light = (pixels / 255.0) ** 2.2
    dark = (light / 2**4) ** (1 / 2.2)
    bright = np.clip(light * 2**2, 0, 1) ** (1 / 2.2)
    assert told(cv2.GaussianBlur(pixels, (0, 0), 5), shot) == ("quality.blurred",)
    assert told((dark * 255).astype(np.uint8), shot) == ("quality.too_dark",)
    assert "quality.too_bright" in told((bright * 255).astype(np.uint8), shot)


def test_a_wound_cut_off_by_the_border_is_told(taken: tuple[DemoShot, np.ndarray]) -> None:
    shot, pixels = taken
    outline = shot.lesions[0].outline
    middle = float(np.mean([x for ring in outline.rings for x, _y in ring]))
    cut = tuple(tuple((max(0.0, x - middle), y) for x, y in ring) for ring in outline.rings)
    rest = np.ascontiguousarray(pixels[:, int(middle) :])
    assert "framing.cut_off" in told(rest, shot, Outline(cut))
