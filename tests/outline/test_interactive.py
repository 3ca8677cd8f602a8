"""Found small, refined in a crop, clicked: with a network that simply sees red."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from woundtrack.outline.clicks import Click
from woundtrack.outline.drawn import outline_of, relative_area_sd
from woundtrack.outline.interactive import ProbabilityMap, corrected, first, from_outline
from woundtrack.outline.masks import mask_from_rings, rings_from_mask
from woundtrack.outline.rings import area_px2, check, contains
from woundtrack.outline.sight import Sight
from woundtrack.outline.types import Outline, OutlineSource


def sees_red(x: np.ndarray) -> np.ndarray:
    """A network of one neuron, a little blurred, that heeds clicks."""
    red = cv2.GaussianBlur(x[0] - x[1], (0, 0), 1.5)
    near = cv2.GaussianBlur(x[3] - x[4], (0, 0), 12) * 200
    return np.asarray(1 / (1 + np.exp(-20 * (red - 0.39) - near)), np.float32)


def counted() -> tuple[Callable[[np.ndarray], np.ndarray], list[int]]:
    asked = [0]

    def ask(x: np.ndarray) -> np.ndarray:
        asked[0] += 1
        return sees_red(x)

    return ask, asked


def photo(*wounds: tuple[int, int, int], shape: tuple[int, int] = (400, 300)) -> tuple:
    """A pale photo, blue first, with red discs (x, y, radius), and where they are."""
    height, width = shape
    truth = np.zeros((height, width), np.uint8)
    for x, y, radius in wounds:
        cv2.circle(truth, (x, y), radius, 1, -1)
    pixels = np.full((height, width, 3), (130, 150, 190), np.uint8)
    pixels[truth > 0] = (40, 40, 200)
    return cv2.GaussianBlur(pixels, (0, 0), 1), truth > 0


def dice(outline: Outline, truth: np.ndarray) -> float:
    height, width = truth.shape
    mask = mask_from_rings(outline.rings, width_px=width, height_px=height) > 0.5
    return 2 * float((mask & truth).sum()) / float(mask.sum() + truth.sum())


def drawn(sight: Sight, found: ProbabilityMap) -> Outline:
    outline = outline_of(sight, found)
    tall, wide = sight.levels[0].shape[:2]
    check(outline, width_px=wide + sight.left_px, height_px=tall + sight.top_px)
    return outline


def test_a_small_wound_is_refined_beyond_what_the_whole_photo_shows() -> None:
    pixels, truth = photo((610, 900, 10), shape=(1200, 900))
    sight = Sight.of(pixels)
    coarse = drawn(sight, first(sees_red, sight, refine=False))
    fine = drawn(sight, first(sees_red, sight))
    assert dice(fine, truth) > dice(coarse, truth)
    assert dice(fine, truth) > 0.94
    assert fine.source is OutlineSource.MODEL


@pytest.mark.parametrize("factor", [1, 4, 10])
def test_the_same_photo_larger_gives_the_same_outline_larger(factor: int) -> None:
    pixels, truth = photo((150, 200, 40))
    sight = Sight.of(cv2.resize(pixels, None, fx=factor, fy=factor))
    area = area_px2(drawn(sight, first(sees_red, sight)))
    assert area / factor**2 == pytest.approx(truth.sum(), rel=0.01)


def test_wounds_far_apart_get_crops_of_their_own() -> None:
    pixels, truth = photo((60, 60, 14), (240, 340, 18))
    ask, asked = counted()
    sight = Sight.of(pixels)
    assert dice(drawn(sight, first(ask, sight)), truth) > 0.95
    assert asked == [3]


def test_nothing_red_proposes_nothing_and_asks_once() -> None:
    pixels, _ = photo()
    ask, asked = counted()
    sight = Sight.of(pixels)
    found = first(ask, sight)
    assert outline_of(sight, found).rings == ()
    assert np.isnan(relative_area_sd(sight, found))
    assert asked == [1]


def test_black_padding_is_not_looked_at() -> None:
    pixels, _ = photo((210, 300, 12))
    padded = np.zeros((512, 512, 3), np.uint8)
    padded[60:460, 40:340] = pixels
    plain, shifted = Sight.of(pixels), Sight.of(padded)
    one, other = first(sees_red, plain), first(sees_red, shifted)
    np.testing.assert_array_equal(one.likely, other.likely)
    ring, moved = drawn(plain, one).rings[0], outline_of(shifted, other).rings[0]
    np.testing.assert_allclose(np.subtract(moved, ring), [[40.0, 60.0]] * len(ring))


@pytest.mark.parametrize("positive", [True, False])
def test_a_click_changes_the_outline_where_it_is_made(positive: bool) -> None:
    pixels, truth = photo((150, 200, 40))
    if positive:  # a patch of slough in the wound, which is not red
        cv2.circle(pixels, (165, 200), 9, (120, 190, 200), -1)
    else:  # a red spot beside the wound
        cv2.circle(pixels, (215, 200), 9, (40, 40, 200), -1)
    sight = Sight.of(pixels)
    before = first(sees_red, sight)
    click = Click(165.0 if positive else 215.0, 200.0, positive)
    after = corrected(sees_red, sight, before, click)
    assert after.clicks == (click,)
    assert dice(drawn(sight, after), truth) > dice(drawn(sight, before), truth)
    assert outline_of(sight, after).source is OutlineSource.CLICK


def test_an_unsure_region_is_not_proposed_but_stays_once_it_was_clicked() -> None:
    pixels, truth = photo((150, 200, 30))

    def ask(x: np.ndarray) -> np.ndarray:
        return np.asarray(0.65 * (sees_red(x) > 0.5), np.float32)

    sight = Sight.of(pixels)
    before = first(ask, sight)
    assert outline_of(sight, before).rings == ()
    after = corrected(ask, sight, before, Click(150, 200))
    assert dice(drawn(sight, after), truth) > 0.9
    again = corrected(ask, sight, after, Click(250, 200, positive=False))
    assert dice(drawn(sight, again), truth) > 0.9


@pytest.mark.parametrize(
    ("sure", "click", "earlier", "stays"),
    [
        (0.65, Click(150, 200, positive=False), (), False),
        (0.95, Click(150, 200, positive=False), (), False),  # not heard: the person's word stands
        (0.65, Click(172, 200, positive=False), (), True),  # clicked at its rim
        (0.65, Click(150, 200, positive=False), (Click(140, 200),), True),  # said to be wound
    ],
)
def test_a_negative_click_in_the_middle_takes_a_region_whole_that_the_network_leaves_as_it_is(
    sure: float, click: Click, earlier: tuple[Click, ...], stays: bool
) -> None:
    pixels, _ = photo((150, 200, 30))
    sight = Sight.of(pixels)
    before = first(sees_red, sight)

    def ask(x: np.ndarray) -> np.ndarray:
        return np.asarray(sure * (sees_red(x) > 0.5), np.float32)

    after = corrected(ask, sight, ProbabilityMap(before.likely, earlier), click)
    assert bool(outline_of(sight, after).rings) is stays


def test_a_negative_click_in_the_middle_that_the_network_hears_makes_an_island() -> None:
    pixels, truth = photo((150, 200, 60))
    sight = Sight.of(pixels)

    def ask(x: np.ndarray) -> np.ndarray:
        near = cv2.GaussianBlur(x[4], (0, 0), 20)
        return np.where(near > 0.1 * near.max(), 0, sees_red(x)).astype(np.float32)

    after = corrected(ask, sight, first(sees_red, sight), Click(150, 200, positive=False))
    outline = drawn(sight, after)
    assert len(outline.rings) == 2
    assert 0.2 < area_px2(outline) / truth.sum() < 0.9


def test_a_click_asks_once_where_there_is_an_outline() -> None:
    pixels, _ = photo((150, 200, 40))
    ask, asked = counted()
    sight = Sight.of(pixels)
    before = first(sees_red, sight)
    corrected(ask, sight, before, Click(180, 200))
    assert asked == [1]


def test_a_click_far_from_any_outline_looks_there_and_leaves_the_rest() -> None:
    pixels, truth = photo((60, 60, 20))
    cv2.circle(pixels, (240, 330), 15, (70, 90, 150), -1)
    sight = Sight.of(pixels)
    before = first(sees_red, sight)
    after = corrected(sees_red, sight, before, Click(240, 330))
    outline = drawn(sight, after)
    assert any(contains(ring, (240, 330)) for ring in outline.rings)
    near_first = Outline(tuple(ring for ring in outline.rings if ring[0][1] < 150))
    assert dice(near_first, truth) > 0.95


def test_only_what_was_clicked_is_one_lesion() -> None:
    pixels, _ = photo((80, 100, 20), (140, 100, 20))
    sight = Sight.of(pixels)
    found = corrected(sees_red, sight, first(sees_red, sight), Click(80, 100))
    assert len(outline_of(sight, found).rings) == 2
    (ring,) = outline_of(sight, found, only_clicked=True).rings
    assert contains(ring, (80, 100))


def test_an_outline_that_was_drawn_is_what_the_next_click_mends() -> None:
    pixels, _ = photo((150, 200, 40))
    sight = Sight.of(pixels)
    outline = drawn(sight, first(sees_red, sight))
    carried = from_outline(sight, outline)
    again = drawn(sight, carried)
    assert area_px2(again) == pytest.approx(area_px2(outline), rel=0.002)
    seen = []

    def ask(x: np.ndarray) -> np.ndarray:
        seen.append(x)
        return sees_red(x)

    corrected(ask, sight, carried, Click(150, 200))
    x = seen[0]
    assert x[5, 192, 192] == pytest.approx(1)
    assert x[5, 0, 0] == 0
    assert x[3, 192, 192] == 1


@pytest.mark.parametrize("radius", [6, 15, 60])
def test_rings_keep_the_area_where_the_map_is_one_half(radius: float) -> None:
    sight = Sight.of(photo(shape=(1024, 768))[0])
    down, along = np.mgrid[0:1024, 0:768]
    far = np.hypot(along - 300.3, down - 500.6)
    likely = 1 / (1 + np.exp((far - radius) / 1.5))
    found = ProbabilityMap(likely.astype(np.float32))
    area = area_px2(outline_of(sight, found)) * sight.frame.factor**2
    assert area == pytest.approx(area_px2(Outline(rings_from_mask(likely))), rel=0.002)
    assert area == pytest.approx(np.pi * radius**2, rel=0.001 + 0.2 / radius**2)


def test_a_soft_edge_makes_the_area_less_sure() -> None:
    sight = Sight.of(photo(shape=(1024, 768))[0])
    down, along = np.mgrid[0:1024, 0:768]
    far = np.hypot(along - 300, down - 500)
    sds = []
    for softness in (1.0, 3.0, 9.0):
        likely = (1 / (1 + np.exp((far - 60) / softness))).astype(np.float32)
        sds.append(relative_area_sd(sight, ProbabilityMap(likely)))
    assert sds == sorted(sds)
    assert sds[-1] > 3 * sds[0]
