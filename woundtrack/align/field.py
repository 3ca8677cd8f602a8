"""A smooth displacement of skin fitted to displacements of places, with its doubt everywhere.

A Gaussian process (Rasmussen & Williams 2006, eq. 2.23–2.24) whose prior holds what can lie
between two photos of the same skin once a first homography is taken out: a shift, what is left of
tilt and size, the quadric that a round limb seen from another side makes, and a soft stretch.
Places that fit no smooth field have no weight.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SHIFT, SLANT, BEND, STRETCH = 0.06, 0.06, 0.03, 0.008
"""One sd of each part half a window from its middle, in windows' widths: 100 mm of skin over a
radius of 60 mm, seen from 15° aside, bend by 0.06 in all."""
STRETCH_REACH = 0.3
"""Over so much of the window a stretch is about the same."""
ROUNDS = 10
START = 0.25
"""The noise's first sd, in parts of how far was searched."""
BLOCKS = 8
AGREES = 0.5


@dataclass(frozen=True, slots=True)
class Prior:
    """How much of what may lie between the photos, as parts of the window's width."""

    shift: float = SHIFT
    slant: float = SLANT
    bend: float = BEND
    stretch: float = STRETCH


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """Displacements as a function of place; all in px of the earlier photo."""

    middle: Floats
    width: float
    prior: Prior
    places: Floats
    """(N, 2)."""
    weights: Floats
    """(N, 2), of the kernel's columns."""
    inverse: Floats
    """(N, N), of the noisy covariance."""
    trust: Floats
    """(N,) in 0…1: how likely each place is to be part of the field."""
    noise: float
    """One sd of a place's displacement, in one direction."""

    def at(self, points: Floats) -> Floats:
        """Displacements (M, 2) at points (M, 2)."""
        found: Floats = self._kernel(points, self.places) @ self.weights
        return found

    def sd_at(self, points: Floats) -> Floats:
        """One sd (M,) of a displacement in one direction at points (M, 2)."""
        across = self._kernel(points, self.places)
        own = np.array([self._kernel(p[None], p[None])[0, 0] for p in points])
        left = own - np.einsum("ij,jk,ik->i", across, self.inverse, across)
        sds: Floats = np.sqrt(np.maximum(left, 0.0))
        return sds

    def _kernel(self, first: Floats, second: Floats) -> Floats:
        return kernel(first, second, middle=self.middle, width=self.width, prior=self.prior)


def kernel(
    first: Floats, second: Floats, *, middle: Floats, width: float, prior: Prior
) -> Floats:  # fmt: skip
    """The prior's covariance (N, M) between places (N, 2) and (M, 2)."""
    one, other = (2 * (each - middle) / width for each in (first, second))
    product = one @ other.T
    apart2 = np.sum((one[:, None] - other[None]) ** 2, axis=2)
    parts = (
        prior.shift**2
        + prior.slant**2 * product
        + prior.bend**2 * (product**2 + 0.3 * product**3 + 0.1 * product**4)
        + prior.stretch**2 * np.exp(-apart2 / (2 * (2 * STRETCH_REACH) ** 2))
    )
    covariance: Floats = parts * width**2
    return covariance


def fitted(
    places: Floats,
    moved: Floats,
    *,
    middle: Floats,
    width: float,
    reach: float,
    least_noise: float,
) -> Field:
    """The field of displacements `moved` (N, 2) at `places` (N, 2), the noise from their spread.

    A place either agrees, up to noise, or lies anywhere within `reach` of what was expected:
    how likely it is to agree is its weight (expectation–maximisation), told by all others.
    """
    prior = Prior()
    covariance = kernel(places, places, middle=middle, width=width, prior=prior)
    noise, trust, share = START * reach, np.full(len(places), 0.5), 0.5
    for _ in range(ROUNDS):
        off2, told = _foretold(_inverse(covariance, noise, trust), moved, noise, trust)
        fits = share * np.exp(-off2 / (2 * told)) / (2 * np.pi * told)
        trust = np.maximum(fits / (fits + (1 - share) / (2 * reach) ** 2), 1e-4)
        share = float(np.clip(trust.mean(), 0.05, 0.95))
        spread = np.sqrt(float((trust * np.minimum(off2, 9 * told)).sum() / (2 * trust.sum())))
        noise = float(np.clip(spread, least_noise, max(least_noise, noise)))
    inverse = _inverse(covariance, noise, trust)
    return Field(middle, width, prior, places, inverse @ moved, inverse, trust, noise)


def exact(
    places: Floats, moved: Floats, *, middle: Floats, width: float, noise: float, prior: Prior
) -> Field:  # fmt: skip
    """The field of displacements that all count, of known noise (one sd in one direction)."""
    covariance = kernel(places, places, middle=middle, width=width, prior=prior)
    trust = np.ones(len(places))
    inverse = _inverse(covariance, noise, trust)
    return Field(middle, width, prior, places, inverse @ moved, inverse, trust, noise)


def foretold(field: Field, moved: Floats) -> tuple[Floats, Floats]:
    """How far off, squared, the others foretell each place (N,), and the variance they tell.

    Rasmussen & Williams 2006, eq. 5.12; the variance is of one direction, noise included.
    """
    return _foretold(field.inverse, moved, field.noise, field.trust)


def _foretold(
    inverse: Floats, moved: Floats, noise: float, trust: Floats
) -> tuple[Floats, Floats]:  # fmt: skip
    own = 1 / np.diag(inverse)
    off2 = np.sum(((inverse @ moved) * own[:, None]) ** 2, axis=1)
    return off2, np.maximum(own - noise**2 / trust, 0.0) + noise**2


def _inverse(covariance: Floats, noise: float, trust: Floats) -> Floats:
    return np.asarray(np.linalg.inv(covariance + np.diag(noise**2 / trust)), np.float64)


def left_out(field: Field, moved: Floats) -> float:
    """By what factor the field's own sd falls short where it is foretold without what is near.

    The places are parted into sectors about the middle; each is foretold by all others. 1 where
    the doubt told is the doubt seen, more where the field is less sure than it says.
    """
    kept = field.trust > AGREES
    places, seen = field.places[kept], moved[kept]
    angles = np.arctan2(*(places - field.middle).T[::-1])
    sector = ((angles + np.pi) / (2 * np.pi) * BLOCKS).astype(int) % BLOCKS
    covariance = kernel(places, places, middle=field.middle, width=field.width, prior=field.prior)
    told: list[Floats] = []
    for each in range(BLOCKS):
        out = sector == each
        if not out.any() or out.all():
            continue
        inverse = np.linalg.inv(covariance[~out][:, ~out] + field.noise**2 * np.eye((~out).sum()))
        across = covariance[out][:, ~out]
        off = np.linalg.norm(seen[out] - across @ (inverse @ seen[~out]), axis=1)
        own = np.diag(covariance[out][:, out]) + field.noise**2
        sd = np.sqrt(np.maximum(own - np.einsum("ij,jk,ik->i", across, inverse, across), 1e-12))
        told.append(off / sd)
    if not told:
        return 1.0
    return max(1.0, float(np.sqrt(np.mean(np.concatenate(told) ** 2) / 2)))
