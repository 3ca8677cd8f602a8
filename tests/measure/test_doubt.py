"""Whose doubt of the edge an area carries, and how often the truth then lies within it."""

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from woundtrack.errors import MeasureError
from woundtrack.measure.measurement import measure
from woundtrack.outline import edit, strokes
from woundtrack.outline.types import Outline, OutlineSource, Ring
from woundtrack.pipeline import measured
from woundtrack.scale.types import Scale, ScaleMethod, matrix3

SCALE = Scale(ScaleMethod.TWO_POINTS, matrix3(np.diag([0.1, 0.1, 1.0])), relative_sd=0.0)
SKIN, WOUND = np.array((135.0, 160.0, 215.0)), np.array((50.0, 50.0, 150.0))
RADIUS_PX, CENTRE = 110.0, (200.0, 180.0)
WOBBLE = 0.12


def outlined(
    out_px: float = 0.0, *, jitter: Callable[[np.ndarray], np.ndarray] | None = None
) -> Ring:
    """A wobbly wound's edge, drawn `out_px` too far out, and a hand's tremor on top."""
    a = np.linspace(0, 2 * np.pi, 360, endpoint=False)
    r = RADIUS_PX * (1 + WOBBLE * np.cos(3 * a)) + out_px + (jitter(a) if jitter else 0.0)
    points = np.column_stack([CENTRE[0] + r * np.cos(a), CENTRE[1] + r * np.sin(a)])
    return tuple((float(x), float(y)) for x, y in points)


def photo(ramp_px: float, *, seed: int = 1) -> np.ndarray:
    """The wound with an edge that changes from skin to wound within `ramp_px`."""
    y, x = np.mgrid[0:360, 0:400].astype(float)
    a = np.arctan2(y - CENTRE[1], x - CENTRE[0])
    beyond = np.hypot(y - CENTRE[1], x - CENTRE[0]) - RADIUS_PX * (1 + WOBBLE * np.cos(3 * a))
    inside = np.clip(0.5 - beyond / ramp_px, 0.0, 1.0)[..., None]
    noise = np.random.default_rng(seed).normal(0, 4, (360, 400, 3))
    return (SKIN + inside * (WOUND - SKIN) + noise).clip(0, 255).astype(np.uint8)


def relative_sd(pixels: np.ndarray, outline: Outline) -> float:
    found = measured(pixels, outline, SCALE)
    return found.area_cm2_sd / found.area_cm2


def test_what_the_network_drew_carries_its_own_band() -> None:
    told = Outline((outlined(),), OutlineSource.MODEL, "network 0123", 0.07)
    assert relative_sd(photo(4.0), told) == pytest.approx(0.07)


@pytest.mark.parametrize(
    "change",
    [
        lambda o: edit.move_points(o, ring=0, indices=frozenset({3}), by_px=(2.0, 1.0)),
        lambda o: edit.add_ring(o, ring=((5.0, 5.0), (20.0, 5.0), (12.0, 20.0))),
        lambda o: strokes.cut_hole(o, ring=((190.0, 170.0), (210.0, 170.0), (200.0, 190.0))),
        lambda o: strokes.draw_over(
            Outline((*o.rings, ((5.0, 5.0), (20.0, 5.0), (12.0, 20.0))), o.source, o.method, 0.07),
            drawn=Outline((outlined(2.0),)),
        ),
    ],
    ids=["vertex", "ring", "hole", "drawn over"],
)
def test_once_a_person_changed_it_the_edge_decides(change: Callable[[Outline], Outline]) -> None:
    told = Outline((outlined(),), OutlineSource.MODEL, "network 0123", 0.07)
    changed = change(told)
    assert changed.relative_area_sd is None
    assert (changed.source, changed.method) == (told.source, told.method)
    assert relative_sd(photo(4.0), changed) < 0.03


def test_a_soft_edge_is_less_sure_than_a_sharp_one() -> None:
    drawn = Outline((outlined(),))
    sds = [relative_sd(photo(ramp), drawn) for ramp in (1.0, 3.0, 6.0, 12.0)]
    assert sds == sorted(sds)
    assert sds[-1] > 3 * sds[0]


def test_an_edge_that_is_soft_in_half_lies_between() -> None:
    sharp, soft = photo(1.0), photo(12.0)
    half = np.hstack([sharp[:, :200], soft[:, 200:]])
    drawn = Outline((outlined(),))
    assert relative_sd(sharp, drawn) < relative_sd(half, drawn) < relative_sd(soft, drawn)


@pytest.mark.parametrize("ramp_px", [1.0, 3.0, 6.0, 12.0])
def test_the_true_area_lies_within_the_doubt_of_people_who_trace(ramp_px: float) -> None:
    """Each takes another part of the ramp for the edge, slips by 0.3 px, and shakes."""
    random = np.random.default_rng(7)
    truth = measure(Outline((outlined(),)), SCALE).area_cm2
    photos = [photo(ramp_px, seed=seed) for seed in range(4)]
    off = []
    for number in range(100):
        waves = random.normal(0, 0.7, 6)
        ring = outlined(
            random.normal(0, 0.2 * ramp_px) + random.normal(0, 0.3),
            jitter=lambda a, w=waves: sum(
                w[k] * np.cos((k + 2) * a + k) / math.sqrt(3) for k in range(6)
            ),
        )
        found = measured(photos[number % 4], Outline((ring,)), SCALE)
        off.append(abs(found.area_cm2 - truth) / found.area_cm2_sd)
    within = np.mean(np.array(off) <= 1)
    assert 0.58 <= within <= 0.9
    assert np.mean(np.array(off) <= 2) >= 0.92


def test_an_outline_without_rings_is_refused_as_ever() -> None:
    with pytest.raises(MeasureError) as caught:
        measured(photo(4.0), replace(Outline(), source=OutlineSource.HAND), SCALE)
    assert caught.value.code == "measure.no_outline"
