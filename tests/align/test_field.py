"""The smooth field: follows what most places say, knows where it knows little."""

import numpy as np
import pytest

from woundtrack.align.field import fitted, left_out

MIDDLE, WIDTH = np.array([500.0, 400.0]), 600.0


def ring_of_places(random: np.random.Generator, count: int = 160) -> np.ndarray:
    angle = random.uniform(0, 2 * np.pi, count)
    reach = random.uniform(120, 290, count)
    return MIDDLE + reach[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)


def bent(places: np.ndarray) -> np.ndarray:
    across = (places - MIDDLE) / (WIDTH / 2)
    return np.stack([9 * across[:, 0] ** 2 + 3, -4 * across[:, 1]], axis=1)


def field_of(places, moved):
    return fitted(places, moved, middle=MIDDLE, width=WIDTH, reach=40.0, least_noise=0.3)


@pytest.mark.parametrize("strays", [0.0, 0.4])
def test_the_bend_is_found_among_strays(strays):
    random = np.random.default_rng(4)
    places = ring_of_places(random)
    moved = bent(places) + random.normal(0, 0.8, places.shape)
    stray = random.uniform(size=len(places)) < strays
    moved[stray] = random.uniform(-40, 40, (int(stray.sum()), 2))
    field = field_of(places, moved)
    margin = MIDDLE + 110 * np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]])
    off = np.linalg.norm(field.at(margin) - bent(margin), axis=1)
    assert off.max() < 1.5
    assert field.noise == pytest.approx(0.8, rel=0.35)
    assert np.mean(field.trust[stray] < 0.5) > 0.9 if stray.any() else True
    assert left_out(field, moved) < 1.6


def test_far_from_its_places_it_is_unsure():
    random = np.random.default_rng(5)
    places = ring_of_places(random)
    places = places[places[:, 0] > MIDDLE[0]]
    field = field_of(places, bent(places))
    near, far = field.sd_at(np.array([[650.0, 400.0], [300.0, 400.0]]))
    assert far > 4 * near
