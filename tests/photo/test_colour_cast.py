"""A light's colour is taken out by grey things, and by nothing that is coloured itself."""

import numpy as np
import pytest

from woundtrack.photo.colour_cast import (
    ASSUMED_RELATIVE_SD,
    Correction,
    Light,
    correction_from_greys,
)

GREYS = np.repeat([[40.0], [90.0], [140.0], [200.0]], 3, axis=1)
CAST = np.array([0.8, 1.0, 1.15])


def _linear(levels: np.ndarray) -> np.ndarray:
    part = levels / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def _levels(light: np.ndarray) -> np.ndarray:
    return 255 * np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


def _cast(levels: np.ndarray) -> np.ndarray:
    return _levels(np.clip(_linear(levels) * CAST, 0, 1))


def _found(seen: np.ndarray) -> Correction | None:
    return correction_from_greys(seen, light=Light.CARD, least_relative_sd=0.03)


def test_a_cast_on_greys_is_taken_out_of_everything() -> None:
    found = _found(_cast(GREYS))
    assert found is not None
    wound = np.array([[[60, 50, 150], [90, 140, 190]]], np.uint8)
    seen = np.rint(_cast(wound.astype(float))).astype(np.uint8)
    light = _linear(found.applied(seen).astype(float)) / _linear(wound.astype(float))
    # Brightness is left as it was: what remains is the same factor in all channels.
    assert np.ptp(light, axis=2).max() < 0.03


def test_greys_keep_their_luminance_and_lose_their_colour() -> None:
    seen = np.rint(_cast(GREYS)).astype(np.uint8)[None]
    found = _found(seen[0])
    assert found is not None
    done = found.applied(seen).astype(int)
    assert np.ptp(done, axis=2).max() <= 1
    weights = np.array([0.0722, 0.7152, 0.2126])
    before, after = (_linear(each.astype(float)) @ weights for each in (seen, done))
    assert np.allclose(before, after, atol=0.01)


@pytest.mark.parametrize(
    "seen",
    [
        np.full((4, 3), 253.0),
        np.array([[100.0, 110.0, 120.0]]),
        np.tile([55.0, 209.0, 228.0], (9, 1)),
        np.full((9, 3), 8.0),
    ],
    ids=["clipped", "too few", "yellow paper", "black"],
)
def test_what_tells_no_light_is_refused(seen: np.ndarray) -> None:
    assert _found(seen) is None


def test_doubt_is_never_under_what_paper_leaves_and_grows_with_disagreement() -> None:
    even, uneven = (
        _found(GREYS),
        _found(GREYS * [[0.8, 1, 1], [1, 1, 0.8], [1.1, 1, 1], [1, 1, 1.2]]),
    )
    assert even is not None
    assert uneven is not None
    assert even.relative_sd == pytest.approx(0.03)
    assert uneven.relative_sd > 0.05


def test_nothing_known_changes_nothing_and_doubts_most() -> None:
    pixels = np.random.default_rng(1).integers(0, 255, (4, 5, 3), np.uint8)
    assert np.array_equal(Correction().applied(pixels), pixels)
    assert (Correction().light, Correction().relative_sd) == (Light.ASSUMED, ASSUMED_RELATIVE_SD)


def test_a_shift_moves_red_over_blue_by_the_doubt() -> None:
    blue, _green, red = Correction(relative_sd=0.1).shifted(1.0).gains_bgr
    assert np.log(red / blue) == pytest.approx(0.1)
