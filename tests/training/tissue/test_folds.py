"""Crops of one group are never on both sides of a fold."""

import numpy as np

from training.tissue.crops import FOLDS, dealt, stored_folds


def test_groups_are_never_divided_and_folds_are_even() -> None:
    group = np.random.default_rng(2).integers(0, 30, 90)
    names = [f"crop {number}" for number in range(90)]
    folds = dealt(names, group, seed=1)
    assert sorted(name for fold in folds for name in fold) == sorted(names)
    for number in np.unique(group):
        members = {names[at] for at in np.flatnonzero(group == number)}
        assert sum(bool(members & set(fold)) for fold in folds) == 1
    assert max(map(len, folds)) - min(map(len, folds)) <= 3


def test_the_stored_folds_name_each_crop_once() -> None:
    folds = stored_folds()
    names = [name for fold in folds for name in fold]
    assert len(folds) == FOLDS
    assert len(set(names)) == len(names) == 93
