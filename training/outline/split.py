"""Which photos train and which measure: alike ones never fall on both sides.

Two photos are alike where their perceptual hashes differ in few bits (Zauner, "Implementation
and Benchmarking of Perceptual Image Hash Functions", 2010) or where the starting network's
features point the same way; groups are what is connected through alike pairs. A photo alike to
one of the off-domain set is used for neither. Written as a list of fingerprints, never of
pictures.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from training.outline.pictures import Colours

HASH_SIDE, HASH_FROM = 8, 32
BITS_APART = 8
"""Hashes of 64 bits that differ in at most so many belong to alike photos."""
COSINE = 0.62
"""Features whose directions agree more than this belong to alike photos."""
HELD = 0.15
"""The part of all photos that is measured, the followed wound's included."""
LARGEST_GROUP = 0.03
"""Groups holding more than this part of all photos train: validation wants many patients."""


@dataclass(frozen=True, slots=True)
class Split:
    """Fingerprints by use; `near_held` are other sets' photos alike to ones not trained on."""

    train: tuple[str, ...]
    validation: tuple[str, ...]
    series: tuple[str, ...]
    """Alike to the followed wound: one patient, measured by itself lest it rule the figures."""
    apart: tuple[str, ...]
    near_held: tuple[str, ...]
    seed: int
    groups: int

    def save(self, path: Path) -> None:
        """Write the list as JSON."""
        path.write_text(json.dumps(asdict(self), indent=0) + "\n", encoding="utf-8")

    def all_trains(self) -> "Split":
        """The same photos with none held back: for the last run, once everything is decided."""
        train = tuple(sorted((*self.train, *self.validation, *self.series)))
        return replace(self, train=train, validation=(), series=(), near_held=())

    @classmethod
    def load(cls, path: Path) -> "Split":
        """A list written by `save`."""
        stored = json.loads(path.read_text(encoding="utf-8"))

        def names(key: str) -> tuple[str, ...]:
            return tuple(str(name) for name in stored[key])

        return cls(
            train=names("train"),
            validation=names("validation"),
            series=names("series"),
            apart=names("apart"),
            near_held=names("near_held"),
            seed=int(stored["seed"]),
            groups=int(stored["groups"]),
        )


def outlined_in(data: Path) -> Path:
    """Where a data folder has `images/` and `masks/` of outlined photos: in its own set, or plain.

    A clinic's own export is plain; a collection of several sets is not.
    """
    own = data / "outlines" / "fuseg"
    return own if own.is_dir() else data


def perceptual_hash(colours: Colours) -> NDArray[np.bool_]:
    """64 bits: the signs of the photo's slowest waves about their median."""
    grey = cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (HASH_FROM, HASH_FROM), interpolation=cv2.INTER_AREA)
    waves = cv2.dct(small.astype(np.float32))[:HASH_SIDE, :HASH_SIDE].ravel()
    return np.asarray(waves > np.median(waves[1:]), np.bool_)


def alike(
    hashes: NDArray[np.bool_], directions: NDArray[np.float32], *, cosine: float = COSINE
) -> NDArray[np.bool_]:
    """(N, N): which pairs are alike by hash or by features."""
    signs = hashes.astype(np.float32) * 2 - 1
    apart = (hashes.shape[1] - signs @ signs.T) / 2
    return np.asarray((apart <= BITS_APART) | (directions @ directions.T >= cosine), np.bool_)


def components(joined: NDArray[np.bool_]) -> NDArray[np.int64]:
    """(N,) the group of each, numbered by its first member."""
    group = np.full(len(joined), -1, np.int64)
    for start in range(len(joined)):
        if group[start] >= 0:
            continue
        waiting = [start]
        while waiting:
            here = waiting.pop()
            if group[here] >= 0:
                continue
            group[here] = start
            waiting += np.flatnonzero(joined[here] & (group < 0)).tolist()
    return group


def divided(
    names: Sequence[str], sets: Sequence[str], group: NDArray[np.int64], *, seed: int
) -> Split:
    """Groups dealt out: off-domain ones apart, the series' by itself, the rest by chance.

    `sets` says of each photo where it is from: "fuseg" is divided, "medetec" is off-domain,
    "series" is the one followed wound, anything else has no outlines.
    """
    kind = np.array(sets)
    members = {int(g): np.flatnonzero(group == g) for g in np.unique(group)}
    ours = int((kind == "fuseg").sum())
    apart: set[int] = set()
    followed: set[int] = set()
    validation: set[int] = set()
    free = []
    for number, inside in members.items():
        held = set(kind[inside])
        if "medetec" in held:
            apart.add(number)
        elif "series" in held:
            followed.add(number)
        elif "fuseg" in held and (kind[inside] == "fuseg").sum() <= LARGEST_GROUP * ours:
            free.append(number)
    np.random.default_rng(seed).shuffle(free)

    def size(numbers: set[int]) -> int:
        return sum(int((kind[members[number]] == "fuseg").sum()) for number in numbers)

    for number in free:
        if size(validation) + size(followed) >= HELD * ours:
            break
        validation.add(number)

    def of(wanted: str, numbers: set[int], *, within: bool) -> tuple[str, ...]:
        chosen = (kind == "fuseg") if wanted == "fuseg" else ~np.isin(kind, ["fuseg", "medetec"])
        inside = np.isin(group, list(numbers))
        return tuple(
            sorted(
                name for name, here in zip(names, chosen & (inside == within), strict=True) if here
            )
        )

    return Split(
        train=of("fuseg", apart | followed | validation, within=False),
        validation=of("fuseg", validation, within=True),
        series=of("fuseg", followed, within=True),
        apart=of("fuseg", apart, within=True),
        near_held=of("other", apart | followed | validation, within=True),
        seed=seed,
        groups=len({int(g) for g in group[kind == "fuseg"]}),
    )


SETS = {
    "fuseg": "outlines/fuseg/images",
    "medetec": "outlines/medetec/images",
    "series": "series/toe_2017",
    "tissue": "tissue/images",
    "unlabelled": "tissue/unlabelled",
    "diabetic": "crops/diabetic",
    "pressure": "crops/pressure",
    "surgical": "crops/surgical",
    "venous": "crops/venous",
}
