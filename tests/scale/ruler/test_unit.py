"""The unit comes from the order of the lengths, or is not known."""

import numpy as np
import pytest

from woundtrack.scale.ruler.unit import Unit, read_unit

MM = {1: 2.6, 5: 4.0, 10: 5.6}
HALF_MM = {1: 3.0, 2: 5.0, 10: 7.0, 20: 10.0}
SIXTEENTHS = {1: 1.4, 2: 1.9, 4: 2.5, 8: 3.2, 16: 4.2}


def lengths(periods: dict[int, float], *, count: int, phase: int = 0) -> np.ndarray:
    fits = [[p for p in periods if (number - phase) % p == 0] for number in range(count)]
    return np.array([periods[max(each)] for each in fits])


def unit_of(periods: dict[int, float], *, count: int, seed: int = 0, noise: float = 0.05) -> Unit:
    chance = np.random.default_rng(seed)
    phase = int(chance.integers(max(periods)))
    length = lengths(periods, count=count, phase=phase) + chance.normal(0, noise, count)
    unit = read_unit(np.arange(count), length)
    assert unit is not None
    return unit


@pytest.mark.parametrize(
    ("periods", "pitch_mm"),
    [
        (MM, 1.0),
        ({1: 2.5, 10: 5.0}, 1.0),
        (HALF_MM, 0.5),
        ({1: 3.0, 2: 6.0, 20: 9.0}, 0.5),
        (SIXTEENTHS, 25.4 / 16),
    ],
)
@pytest.mark.parametrize("seed", range(4))
def test_known_orders_of_lengths_tell_the_unit(
    periods: dict[int, float], pitch_mm: float, seed: int
) -> None:
    unit = unit_of(periods, count=81, seed=seed)
    assert unit.sure
    assert unit.pattern.pitch_mm == pitch_mm


@pytest.mark.parametrize(
    "periods",
    [
        {1: 4.0},
        {1: 2.5, 5: 5.0},
        {1: 3.0, 2: 5.0},
        {1: 2.0, 4: 4.0},
        {1: 2.0, 2: 3.0, 4: 4.0},
        {1: 2.0, 2: 3.0, 4: 4.0, 8: 5.0},
        {1: 2.0, 3: 4.0},
        {1: 2.0, 6: 3.0, 12: 4.0},
    ],
)
@pytest.mark.parametrize("seed", range(4))
def test_orders_of_more_than_one_unit_stay_unknown(periods: dict[int, float], seed: int) -> None:
    assert not unit_of(periods, count=81, seed=seed).sure


@pytest.mark.parametrize("keep", [0.5, 0.7])
def test_hidden_and_wrong_lengths_do_not_change_the_unit(keep: float) -> None:
    for seed in range(5):
        chance = np.random.default_rng(seed)
        number = np.sort(chance.permutation(100)[: int(100 * keep)])
        length = lengths(MM, count=100, phase=3)[number] + chance.normal(0, 0.08, len(number))
        length[chance.random(len(number)) < 0.08] = chance.uniform(1, 6)
        unit = read_unit(number, length)
        assert unit is not None
        assert not unit.sure or unit.pattern.pitch_mm == 1.0


def test_twenty_clear_millimetres_are_enough() -> None:
    assert sum(unit_of(MM, count=24, seed=seed).sure for seed in range(10)) >= 8


def test_random_lengths_hardly_ever_tell_a_unit() -> None:
    chance = np.random.default_rng(11)
    sure = 0
    for _ in range(60):
        unit = read_unit(np.arange(60), chance.uniform(1.5, 6, 60))
        sure += unit is not None and unit.sure
    assert sure == 0


def test_two_lengths_by_chance_hardly_ever_tell_a_unit() -> None:
    chance = np.random.default_rng(12)
    sure = 0
    for _ in range(60):
        unit = read_unit(np.arange(50), np.where(chance.random(50) < 0.15, 5.0, 3.0))
        sure += unit is not None and unit.sure
    assert sure == 0


def test_a_drift_of_the_lengths_along_the_ruler_is_no_order() -> None:
    for slope in (-0.004, 0.004):
        number = np.arange(90)
        unit = read_unit(number, lengths(MM, count=90) * (1 + slope * (number - 45)))
        assert unit is not None
        assert unit.sure
        assert unit.pattern.pitch_mm == 1.0
