"""Alike photos stay on one side; the off-domain set's likes are used for nothing."""

from pathlib import Path

import cv2
import numpy as np

from training.outline.split import (
    Split,
    alike,
    components,
    divided,
    perceptual_hash,
)


def _picture(seed: int) -> np.ndarray:
    small = np.random.default_rng(seed).integers(0, 255, (6, 5, 3), np.uint8)
    return cv2.resize(small, (200, 240), interpolation=cv2.INTER_CUBIC)


def test_a_copy_hashes_alike_and_another_photo_does_not() -> None:
    one = _picture(1)
    copy = cv2.resize((one * 0.8 + 10).astype(np.uint8), (97, 130), interpolation=cv2.INTER_AREA)
    hashes = np.stack([perceptual_hash(one), perceptual_hash(copy), perceptual_hash(_picture(2))])
    joined = alike(hashes, np.eye(3, dtype=np.float32))
    assert joined[0, 1]
    assert not joined[0, 2]


def test_groups_are_chains() -> None:
    joined = np.eye(5, dtype=bool)
    for a, b in ((0, 3), (3, 4)):
        joined[a, b] = joined[b, a] = True
    assert components(joined).tolist() == [0, 1, 2, 0, 0]


def test_no_group_is_on_two_sides(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    group = random.integers(0, 90, 400)
    sets = random.choice(["fuseg", "fuseg", "fuseg", "medetec", "series", "tissue"], 400).tolist()
    names = [f"{number:04d}" for number in range(400)]
    split = divided(names, sets, group, seed=3)
    of = dict(zip(names, group.tolist(), strict=True))
    sides = [
        {of[name] for name in side}
        for side in (split.train, split.validation, split.apart, split.series)
    ]
    assert sum(map(len, sides)) == len(set().union(*sides))
    off_domain = {of[n] for n, kind in zip(names, sets, strict=True) if kind == "medetec"}
    assert not off_domain & (sides[0] | sides[1])
    fuseg = {n for n, kind in zip(names, sets, strict=True) if kind == "fuseg"}
    assert fuseg == {*split.train, *split.validation, *split.apart, *split.series}
    followed = {of[n] for n, kind in zip(names, sets, strict=True) if kind == "series"}
    assert {of[name] for name in split.series} <= followed
    assert {of[name] for name in split.near_held} <= sides[1] | off_domain | followed
    split.save(tmp_path / "split.json")
    assert Split.load(tmp_path / "split.json") == split
    assert fuseg == {*split.all_trains().train, *split.apart}


def test_the_seed_decides() -> None:
    group = np.arange(200)
    names, sets = [f"{n:03d}" for n in group], ["fuseg"] * 200
    one, two, other = (divided(names, sets, group, seed=seed) for seed in (1, 1, 2))
    assert one == two
    assert one.validation != other.validation
    assert len(one.validation) == 30
