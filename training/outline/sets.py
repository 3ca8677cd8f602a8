"""What is trained on and what is measured: the photos of a data folder, by the split."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from training.outline.pictures import (
    Grey,
    Picture,
    files,
    fingerprint,
    labelled,
    pairs,
    read_mask,
    read_photo,
    without_wound,
)
from training.outline.split import SETS, Split, outlined_in

NEGATIVES = ("crops/normal_skin", "crops/background")


@dataclass(frozen=True, slots=True)
class Pool:
    """What a run trains on: outlined photos, photos without wounds, a teacher's outlines."""

    outlined: tuple[Picture, ...]
    without: tuple[Picture, ...]
    taught: tuple[Picture, ...] = ()
    softened: dict[str, Grey] = field(default_factory=dict)
    """By an outlined photo's name, what a teacher thinks of it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a run is measured on."""

    outlined: tuple[Picture, ...]
    without: tuple[Picture, ...]
    series: tuple[Picture, ...] = ()
    """One patient's wound, which no training photo shows."""


def gather(data: Path, split: Split, *, taught: Path | None = None) -> tuple[Pool, Kept]:
    """Pictures of a data folder by the split; every second photo without a wound is kept."""
    train: list[Picture] = []
    kept: list[Picture] = []
    followed: list[Picture] = []
    use = {
        **dict.fromkeys(split.train, train),
        **dict.fromkeys(split.validation, kept),
        **dict.fromkeys(split.series, followed),
    }
    softened: dict[str, Grey] = {}
    for image, mask in pairs(outlined_in(data)):
        name = fingerprint(image)
        if name not in use:
            continue
        picture = labelled(image, mask)
        use[name].append(picture)
        if taught is not None and (taught / f"{name}.png").exists() and use[name] is train:
            softened[picture.name] = read_mask(taught / f"{name}.png")
    negatives = [without_wound(path) for folder in NEGATIVES for path in files(data / folder)]
    pool = Pool(
        tuple(train),
        tuple(negatives[0::2]),
        tuple(_taught(data, split, taught)) if taught is not None else (),
        softened,
    )
    return pool, Kept(tuple(kept), tuple(negatives[1::2]), tuple(followed))


def unlabelled(data: Path, split: Split) -> Iterator[Path]:
    """Photos without outlines that a teacher may draw: none alike to a measured one."""
    near = set(split.near_held)
    for kind, folder in SETS.items():
        if kind in {"fuseg", "medetec", "series"}:
            continue
        for path in files(data / folder):
            if fingerprint(path) not in near:
                yield path


def _taught(data: Path, split: Split, taught: Path) -> Iterator[Picture]:
    for path in unlabelled(data, split):
        drawn = taught / f"{fingerprint(path)}.png"
        if drawn.exists():
            yield Picture(path.stem, read_photo(path), read_mask(drawn))
