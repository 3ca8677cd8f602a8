"""A smooth displacement of skin fitted to displacements of places, with its doubt everywhere.

Bayesian linear regression on the parts of a Gaussian process (Rasmussen & Williams 2006, sections
2.1 and 8.3.7), whose prior holds what can lie between two photos of the same skin once a first
homography is taken out: a shift, what is left of tilt and size, what a round limb seen from
another side makes, and a soft stretch. Places that fit no smooth field have no weight.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import comb

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SHIFT, SLANT, BEND = 0.06, 0.06, 0.03
"""One sd of each part half a window from its middle, in windows' widths: 100 mm of skin over a
radius of 60 mm, seen from 15° aside, bend by 0.06 in all."""
POWERS = (1.0, 0.3, 0.1)
"""The variances of a limb's bend of second, third and fourth order, to each other."""
REACHES = (0.3, 0.14)
"""Over so much of the window a stretch is about the same."""
KNOTS = 2.2
"""Knots of a stretch lie so many of its reaches apart, from middle to edge taken as 1."""
ROUNDS = 10
START = 0.25
"""The noise's first sd, in parts of how far was searched."""
AGREES = 0.5
SECTORS = 8


@dataclass(frozen=True, slots=True)
class Prior:
    """How much of what may lie between the photos, as parts of the window's width."""

    shift: float = SHIFT
    slant: float = SLANT
    bend: float = BEND
    stretches: tuple[float, ...] = (0.008,)
    """One sd over each of the first `REACHES`."""


STIFF = Prior()
SOFT = Prior(stretches=(0.008, 0.004))
"""Posture and swelling draw 100 mm of skin by some tenths of a mm over a few centimetres."""


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """Displacements as a function of place; all in px of the earlier photo."""

    middle: Floats
    width: float
    prior: Prior
    places: Floats
    """(N, 2)."""
    moved: Floats
    """(N, 2) displacements seen there."""
    trust: Floats
    """(N,) in 0…1: how likely each place is to be part of the field."""
    counts: Floats
    """(N,) what each place tells: its trust by the variance of its displacement."""
    weights: Floats
    """(K, 2) of the prior's parts."""
    covariance: Floats
    """(K, K) of the weights, alike in both directions."""
    noise: float
    """One sd, in one direction, of what a place's displacement is off by besides its own sd."""
    evidence: float = 0.0
    """How much likelier the displacements are by the field than by chance, as a logarithm."""

    def at(self, points: Floats) -> Floats:
        """Displacements (M, 2) at points (M, 2)."""
        found: Floats = self._parts(points) @ self.weights
        return found

    def sd_at(self, points: Floats) -> Floats:
        """One sd (M,) of a displacement in one direction at points (M, 2)."""
        every = self._parts(points)
        sds: Floats = np.sqrt(np.einsum("ij,ij->i", every @ self.covariance, every))
        return sds

    def left_out_sd_at(self, points: Floats) -> Floats:
        """One sd (M,) in one direction by the jackknife at points (M, 2).

        The places are parted into sectors about the middle, and the field is fitted without one
        after the other (Efron & Stein 1981): what neighbours show alike, and wrong, is in it.
        """
        every, there = self._parts(self.places), self._parts(points)
        angles = np.arctan2(*(self.places - self.middle).T[::-1])
        sector = ((angles + np.pi) / (2 * np.pi) * SECTORS).astype(int) % SECTORS
        used = np.unique(sector)
        total = np.zeros(len(points))
        for each in used:
            weights, _ = _solved(every, self.moved, np.where(sector == each, 0.0, self.counts))
            total += np.sum((there @ (weights - self.weights)) ** 2, axis=1) / 2
        sds: Floats = np.sqrt(total * (len(used) - 1) / len(used))
        return sds

    def _parts(self, points: Floats) -> Floats:
        return parts(points, middle=self.middle, width=self.width, prior=self.prior)


def parts(points: Floats, *, middle: Floats, width: float, prior: Prior) -> Floats:
    """What each part of the prior, one sd of it, does at points (N, 2): (N, K) in px."""
    x, y = 2 * (points - middle).T / width
    columns = [np.full((len(points), 1), prior.shift)]
    for power, size in enumerate((prior.slant, *prior.bend * np.sqrt(POWERS)), start=1):
        columns += [
            (size * np.sqrt(comb(power, k)) * x**k * y ** (power - k))[:, None]
            for k in range(power + 1)
        ]
    for stretch, reach in zip(prior.stretches, REACHES, strict=False):
        knots, whitened = _knots(reach)
        columns.append(stretch * _alike(np.column_stack([x, y]), knots, reach) @ whitened)
    every: Floats = np.hstack(columns) * width
    return every


@lru_cache(maxsize=len(REACHES))
def _knots(reach: float) -> tuple[Floats, Floats]:
    """Places (K, 2) that tell a stretch all over the window, and what makes them independent."""
    side = np.linspace(-1.1, 1.1, int(np.ceil(2.2 / (KNOTS * reach))) + 1)
    knots = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    lower = np.linalg.cholesky(_alike(knots, knots, reach) + 1e-6 * np.eye(len(knots)))
    return knots, np.asarray(np.linalg.inv(lower).T, np.float64)


def _alike(first: Floats, second: Floats, reach: float) -> Floats:
    """How alike a stretch is (N, M) at places (N, 2) and (M, 2) in half windows."""
    apart2 = np.sum((first[:, None] - second[None]) ** 2, axis=2)
    alike: Floats = np.exp(-apart2 / (2 * (2 * reach) ** 2))
    return alike


def fitted(
    places: Floats,
    moved: Floats,
    *,
    sds: Floats,
    middle: Floats,
    width: float,
    reach: float,
    least_noise: float,
    overlap: float = 1.0,
    prior: Prior = STIFF,
) -> Field:
    """The field of displacements `moved` (N, 2), each with its own sd (N,), at `places` (N, 2).

    A place either agrees, up to its sd and a noise that all have, or lies anywhere within `reach`
    of what was expected: how likely it is to agree is its weight (expectation–maximisation), told
    by all others. Of `overlap` places one tells what the others do not.
    """
    every = parts(places, middle=middle, width=width, prior=prior)
    noise, trust, share = START * reach, np.full(len(places), 0.5), 0.5
    stray = 1 / (2 * reach) ** 2
    for _ in range(ROUNDS):
        variance = noise**2 + sds**2
        off2, lever = _foretold(every, moved, trust / variance / overlap)
        told = lever + variance
        fits = np.exp(-off2 / (2 * told)) / (2 * np.pi * told)
        evidence = float(np.log(share * fits / stray + 1 - share).sum()) / overlap
        trust = np.maximum(share * fits / (share * fits + (1 - share) * stray), 1e-4)
        share = float(np.clip(trust.mean(), 0.05, 0.95))
        weigh = trust / variance
        more = np.minimum(off2, 9 * told) / 2 - sds**2
        spread = float(np.sqrt(max((weigh * more).sum() / weigh.sum(), 0.0)))
        noise = float(np.clip(spread, least_noise, max(least_noise, noise)))
    counts = trust / (noise**2 + sds**2) / overlap
    solved = _solved(every, moved, counts)
    return Field(middle, width, prior, places, moved, trust, counts, *solved, noise, evidence)


def exact(
    places: Floats, moved: Floats, *, middle: Floats, width: float, noise: float, prior: Prior
) -> Field:  # fmt: skip
    """The field of displacements that all count, of known noise (one sd in one direction)."""
    every = parts(places, middle=middle, width=width, prior=prior)
    trust = np.ones(len(places))
    solved = _solved(every, moved, trust / noise**2)
    return Field(middle, width, prior, places, moved, trust, trust / noise**2, *solved, noise)


def foretold(field: Field) -> tuple[Floats, Floats]:
    """How far off, squared, the others foretell each place (N,), and the variance they tell.

    Of an `exact` field; the variance is of one direction, noise included.
    """
    every = parts(field.places, middle=field.middle, width=field.width, prior=field.prior)
    off2, lever = _foretold(every, field.moved, field.counts)
    return off2, lever + field.noise**2


def _solved(every: Floats, moved: Floats, counts: Floats) -> tuple[Floats, Floats]:
    """The parts' weights (K, 2) and their covariance (K, K), by what each place tells (N,)."""
    precision = (every.T * counts) @ every + np.eye(every.shape[1])
    covariance = np.asarray(np.linalg.inv(precision), np.float64)
    return covariance @ (every.T @ (counts[:, None] * moved)), covariance


def _foretold(every: Floats, moved: Floats, counts: Floats) -> tuple[Floats, Floats]:
    """How far off, squared, the others foretell each place (N,), and their variance there."""
    weights, covariance = _solved(every, moved, counts)
    lever = np.einsum("ij,ij->i", every @ covariance, every)
    left = np.maximum(1 - lever * counts, 1e-9)
    return np.sum((moved - every @ weights) ** 2, axis=1) / left**2, lever / left
