"""The smooth field: follows what most places say, knows where it knows little."""

import numpy as np
import pytest

from woundtrack.align.field import SOFT, STIFF, fitted

MIDDLE, WIDTH = np.array([500.0, 400.0]), 600.0


def ring_of_places(random: np.random.Generator, count: int = 160) -> np.ndarray:
    angle = random.uniform(0, 2 * np.pi, count)
    reach = random.uniform(120, 290, count)
    return MIDDLE + reach[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)


def bent(places: np.ndarray) -> np.ndarray:
    across = (places - MIDDLE) / (WIDTH / 2)
    return np.stack([9 * across[:, 0] ** 2 + 3, -4 * across[:, 1]], axis=1)


def field_of(places, moved, **more):
    more = {"sds": np.zeros(len(places)), **more}
    return fitted(places, moved, middle=MIDDLE, width=WIDTH, reach=40.0, least_noise=0.3, **more)


def margin(radius: float = 110.0, count: int = 24) -> np.ndarray:
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return MIDDLE + radius * np.stack([np.cos(angle), np.sin(angle)], axis=1)


@pytest.mark.parametrize("strays", [0.0, 0.4])
def test_the_bend_is_found_among_strays(strays):
    random = np.random.default_rng(4)
    places = ring_of_places(random)
    moved = bent(places) + random.normal(0, 0.8, places.shape)
    stray = random.uniform(size=len(places)) < strays
    moved[stray] = random.uniform(-40, 40, (int(stray.sum()), 2))
    field = field_of(places, moved)
    off = np.linalg.norm(field.at(margin()) - bent(margin()), axis=1)
    assert off.max() < 1.5
    assert field.noise == pytest.approx(0.8, rel=0.35)
    assert (field.trust[stray] < 0.5).sum() >= 0.9 * stray.sum()


def test_more_likely_by_the_field_than_by_chance_only_where_places_agree():
    random = np.random.default_rng(4)
    places = ring_of_places(random)
    strays = random.uniform(-40, 40, places.shape)
    assert field_of(places, bent(places)).evidence > 200
    assert field_of(places, strays).evidence < 20


def test_a_place_that_is_unsure_by_itself_counts_less():
    random = np.random.default_rng(6)
    places = ring_of_places(random)
    sds = np.where(random.uniform(size=len(places)) < 0.5, 0.3, 6.0)
    moved = bent(places) + sds[:, None] * random.normal(0, 1, places.shape)
    knowing, unknowing = (
        np.linalg.norm(field_of(places, moved, sds=each).at(margin()) - bent(margin()), axis=1)
        for each in (sds, np.full(len(places), sds.mean()))
    )
    assert knowing.max() < 0.6 * unknowing.max()


def test_soft_skin_is_followed_by_a_soft_prior_alone():
    places = ring_of_places(np.random.default_rng(7), 300)

    def wave(at):
        return 2.5 * np.sin(at / 45.0)

    stiff, soft = (
        np.linalg.norm(
            field_of(places, wave(places), prior=prior).at(margin(150.0)) - wave(margin(150.0)),
            axis=1,
        ).mean()
        for prior in (STIFF, SOFT)
    )
    assert soft < 0.5 * stiff


def test_far_from_its_places_it_is_unsure():
    random = np.random.default_rng(5)
    places = ring_of_places(random)
    places = places[places[:, 0] > MIDDLE[0]]
    field = field_of(places, bent(places))
    near, far = field.sd_at(np.array([[650.0, 400.0], [300.0, 400.0]]))
    assert far > 4 * near


def test_what_neighbours_show_alike_and_wrong_is_told_by_leaving_sectors_out():
    random = np.random.default_rng(8)
    places = ring_of_places(random)
    noise = random.normal(0, 1, places.shape)
    angle = np.arctan2(*(places - MIDDLE).T[::-1])
    alike = np.sin(4 * angle)[:, None] * 1.4
    each_its_own, together = (
        field_of(places, bent(places) + off, sds=np.full(len(places), 1.0))
        for off in (noise, alike)
    )
    ratios = [
        field.left_out_sd_at(margin()).mean() / field.sd_at(margin()).mean()
        for field in (each_its_own, together)
    ]
    assert ratios[1] > 1.4 * ratios[0]
