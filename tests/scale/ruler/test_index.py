"""Strokes along a line become numbered graduations, whatever is missing or extra."""

import numpy as np
import pytest

from woundtrack.scale.ruler.index import (
    Numbered,
    evidence_of,
    fit_projective,
    number_strokes,
    projective,
)


def places(*, pitch: float = 12.0, depth: float = 0.0008, count: int = 100) -> np.ndarray:
    return projective((pitch, 20.0, depth), np.arange(count, dtype=np.float64))


def test_the_projective_model_is_recovered_exactly() -> None:
    model = fit_projective(np.arange(100), places())
    assert model == pytest.approx((12.0, 20.0, 0.0008), rel=1e-6)


@pytest.mark.parametrize("depth", [0.0, 0.001, -0.002])
def test_missing_and_extra_strokes_do_not_shift_the_numbers(depth: float) -> None:
    chance = np.random.default_rng(3)
    true = places(depth=depth)
    kept = np.sort(chance.permutation(100)[:70])
    extra = chance.uniform(true[0], true[-1], 12)
    position = np.concatenate([true[kept] + chance.normal(0, 0.2, 70), extra])
    order = np.argsort(position)
    numbered = number_strokes(position[order], least=12)
    assert numbered is not None
    source = order[numbered.which]
    real = source < 70
    shift = kept[source[real]] - numbered.number[real]
    assert np.all(shift == shift[0])
    assert real.sum() >= 65


def test_a_gap_as_wide_as_a_dressing_is_walked_over() -> None:
    true = places(depth=0.0015)
    kept = np.concatenate([np.arange(0, 40), np.arange(49, 100)])
    numbered = number_strokes(true[kept], least=12)
    assert numbered is not None
    assert len(numbered.number) == len(kept)
    assert np.all(np.diff(numbered.number - kept) == 0)


def test_every_second_stroke_is_not_taken_for_every_stroke() -> None:
    numbered = number_strokes(places(pitch=6.0, depth=0.0), least=12)
    assert numbered is not None
    assert float(np.median(numbered.pitch(numbered.number))) == pytest.approx(6.0, rel=0.01)


def test_strokes_at_random_places_are_no_ruler() -> None:
    chance = np.random.default_rng(5)
    for _ in range(10):
        position = np.sort(chance.uniform(0, 1000, 60))
        numbered = number_strokes(position, least=12)
        assert numbered is None or min(numbered.filled, numbered.used) < 0.55


@pytest.mark.parametrize("depth", [0.0, 0.0012, -0.0015])
def test_both_sides_of_a_hand_get_the_numbers_of_one_ruler(depth: float) -> None:
    chance = np.random.default_rng(6)
    true = places(depth=depth)
    kept = np.concatenate([np.arange(0, 32), np.arange(72, 100)])
    numbered = number_strokes(true[kept] + chance.normal(0, 0.1, len(kept)), least=12)
    assert numbered is not None
    assert len(numbered.number) == len(kept)
    assert np.all(np.diff(numbered.number - kept[numbered.which]) == 0)
    assert numbered.filled == pytest.approx(1.0, abs=0.02)


def test_another_ruler_beyond_a_hand_is_not_joined() -> None:
    one = 20 + 12.0 * np.arange(32)
    other = 900 + 12.6 * np.arange(30)
    numbered = number_strokes(np.concatenate([one, other]), least=12)
    assert numbered is not None
    assert len(numbered.number) <= 32


def test_steps_that_shrink_fast_are_walked_to_the_end() -> None:
    position = np.cumsum(23.0 * 0.984 ** np.arange(26))
    numbered = number_strokes(position, least=8)
    assert numbered is not None
    assert len(numbered.number) >= 24


def test_uneven_half_steps_weigh_less_than_whole_even_steps() -> None:
    assert evidence_of(240, 0.06) < evidence_of(120, 0.005)
    assert evidence_of(240, 0.01) > evidence_of(120, 0.01)
    assert evidence_of(50, 0.2) < 0


def test_what_is_covered_at_two_places_is_not_missing() -> None:
    kept = np.concatenate([np.arange(0, 14), np.arange(24, 36), np.arange(47, 60)])
    numbered = number_strokes(places()[kept], least=8)
    assert numbered is not None
    assert numbered.filled > 0.9


@pytest.mark.parametrize("every", [2, 3, 5])
def test_steps_too_small_are_not_filled(every: int) -> None:
    chance = np.random.default_rng(every)
    number = np.sort(np.concatenate([np.arange(0, 100, every), chance.integers(1, 100, 3)]))
    number = np.unique(number)
    model = fit_projective(number, places()[number])
    numbered = Numbered(np.arange(len(number)), number, model, 0.01)
    assert numbered.filled < 0.56
