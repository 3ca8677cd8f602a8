"""An outline carried from photo to photo: found again after a move, refused elsewhere."""

import math

import cv2
import numpy as np
import pytest

from woundtrack.align import marks
from woundtrack.errors import OutlineError
from woundtrack.outline.carry import View, carried
from woundtrack.outline.rings import area_px2, centroid
from woundtrack.outline.strokes import overlap
from woundtrack.outline.types import Outline, OutlineSource
from woundtrack.scale.types import Scale, ScaleMethod

SIZE = 600
CENTRE = (300.0, 280.0)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """The photos here are small: they need not be enlarged."""
    monkeypatch.setattr(marks, "LONGEST_PX", SIZE)
    monkeypatch.setattr(marks, "MOST_MARKS", 1200)


def skin(seed: int) -> np.ndarray:
    """Mottled skin with a red wound, (600, 600, 3), BGR."""
    random = np.random.default_rng(seed)
    texture = np.zeros((SIZE, SIZE))
    for sd, weight in ((2, 40), (5, 90), (14, 160)):
        texture += weight * cv2.GaussianBlur(random.normal(0, 1, (SIZE, SIZE)), (0, 0), sd)
    colours = np.array([120.0, 150.0, 200.0]) + texture[..., None]
    y, x = np.mgrid[0:SIZE, 0:SIZE]
    wound = np.hypot(x - CENTRE[0], (y - CENTRE[1]) * 1.4) < 60
    colours[wound] = (40, 30, 150)
    return np.clip(colours, 0, 255).astype(np.uint8)


def outline() -> Outline:
    angles = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    ring = tuple((CENTRE[0] + 60 * math.cos(a), CENTRE[1] + 60 / 1.4 * math.sin(a)) for a in angles)
    return Outline((ring,))


def moved(pixels, *, turn_deg: float, larger: float, by=(0.0, 0.0)):
    """The photo turned clockwise about its middle; the motion as a function of points."""
    matrix = cv2.getRotationMatrix2D((SIZE / 2, SIZE / 2), -turn_deg, larger)
    matrix[:, 2] += by
    noise = np.random.default_rng(9).normal(0, 4, pixels.shape)
    seen = cv2.warpAffine(pixels, matrix, (SIZE, SIZE), borderMode=cv2.BORDER_REFLECT) + noise
    brighter = np.clip(1.1 * seen + 5, 0, 255).astype(np.uint8)
    return brighter, lambda ring: tuple(
        tuple(float(v) for v in matrix @ (x, y, 1.0)) for x, y in ring
    )


def flat_scale(mm_per_px: float) -> Scale:
    h = ((mm_per_px, 0.0, 0.0), (0.0, mm_per_px, 0.0), (0.0, 0.0, 1.0))
    return Scale(ScaleMethod.CARD, h, 0.01)


@pytest.mark.parametrize(("turn_deg", "larger"), [(0.0, 1.0), (25.0, 1.3), (-40.0, 0.75)])
def test_a_moved_photo_takes_the_outline_along(turn_deg, larger):
    pixels = skin(1)
    later, motion = moved(pixels, turn_deg=turn_deg, larger=larger, by=(12.0, -20.0))
    found = carried(View(pixels), outline(), View(later))
    assert overlap(found.outline, Outline((motion(outline().rings[0]),))) > 0.97
    assert found.outline.source is OutlineSource.CARRIED
    assert found.turned_deg == pytest.approx(turn_deg, abs=2.0)
    assert found.larger == pytest.approx(larger, rel=0.03)


def test_with_two_scales_the_size_in_mm_stays():
    pixels = skin(2)
    later, motion = moved(pixels, turn_deg=10.0, larger=1.5)
    found = carried(View(pixels, flat_scale(0.3)), outline(), View(later, flat_scale(0.2)))
    assert found.larger == pytest.approx(1.0, rel=0.02)
    assert centroid(found.outline) == pytest.approx(
        centroid(Outline((motion(outline().rings[0]),))), abs=3.0
    )
    mm2 = area_px2(found.outline) * 0.2**2
    assert mm2 == pytest.approx(area_px2(outline()) * 0.3**2, rel=0.04)


def test_two_scales_that_say_another_size_are_refused():
    pixels = skin(2)
    later, _motion = moved(pixels, turn_deg=10.0, larger=1.5)
    with pytest.raises(OutlineError) as told:
        carried(View(pixels, flat_scale(0.3)), outline(), View(later, flat_scale(0.4)))
    assert told.value.code == "outline.not_alike"


@pytest.mark.parametrize("turn_deg", [100.0, 180.0])
def test_a_reference_may_lie_another_way_round(turn_deg):
    pixels = skin(2)
    later, motion = moved(pixels, turn_deg=10.0, larger=1.5)
    turn = np.exp(1j * np.radians(turn_deg)) * 0.2
    h = ((turn.real, -turn.imag, 30.0), (turn.imag, turn.real, 5.0), (0.0, 0.0, 1.0))
    found = carried(
        View(pixels, flat_scale(0.3)), outline(), View(later, Scale(ScaleMethod.CARD, h, 0.01))
    )
    assert overlap(found.outline, Outline((motion(outline().rings[0]),))) > 0.97
    assert found.turned_deg == pytest.approx(10.0, abs=2.0)


def test_arrows_towards_the_head_let_a_photo_be_upside_down():
    pixels = skin(3)
    later, motion = moved(pixels, turn_deg=170.0, larger=1.0)
    with pytest.raises(OutlineError):
        carried(View(pixels), outline(), View(later))
    found = carried(View(pixels, None, 20.0), outline(), View(later, None, 180.0))
    assert overlap(found.outline, Outline((motion(outline().rings[0]),))) > 0.95


def test_other_skin_is_refused():
    with pytest.raises(OutlineError) as told:
        carried(View(skin(1)), outline(), View(skin(4)))
    assert told.value.code == "outline.not_alike"


def test_a_date_stamp_in_both_photos_is_no_likeness():
    pixels, other = skin(1), skin(5)
    for each in (pixels, other):
        cv2.putText(each, "09/22/2017", (360, 400), cv2.FONT_HERSHEY_SIMPLEX, 0.8,
                    (40, 120, 230), 2)  # fmt: skip
    with pytest.raises(OutlineError) as told:
        carried(View(pixels), outline(), View(other))
    assert told.value.code == "outline.not_alike"


def test_a_photo_without_marks_is_refused():
    plain = np.full((SIZE, SIZE, 3), (120, 150, 200), np.uint8)
    with pytest.raises(OutlineError) as told:
        carried(View(plain), outline(), View(skin(1)))
    assert told.value.code == "outline.not_alike"


def test_a_wound_out_of_the_later_photo_is_refused():
    pixels = skin(1)
    later, _motion = moved(pixels, turn_deg=0.0, larger=1.0, by=(390.0, 0.0))
    with pytest.raises(OutlineError):
        carried(View(pixels), outline(), View(later))
