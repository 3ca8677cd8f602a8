"""Robust non-linear least squares for a few parameters and some hundred residuals."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ROUNDS = 30
SETTLED = 1e-5
BLOCK, MOST_ALIKE = 6, 6.0
"""Strokes over which errors may be alike; by how much that widens their common variance."""


@dataclass(frozen=True, slots=True)
class Solution:
    """Where the search ended: parameters (P,) and the robust cost."""

    x: Floats
    cost: float


def minimise(
    residuals: Callable[[Floats], Floats],
    slopes: Callable[[Floats], Floats],
    start: Floats,
    *,
    limit: float | Floats,
    rounds: int = ROUNDS,
) -> Solution:
    """Levenberg–Marquardt with Cauchy's weights 1 / (1 + (r / limit)²), reweighted each round.

    `slopes` is the Jacobian (N, P) of the residuals (N,), which are in standard deviations; the
    limit may be one for each. After
    Madsen, Nielsen & Tingleff, Methods for Non-Linear Least Squares Problems (2004), §3.2.
    """
    x = start.astype(np.float64)
    here = residuals(x)
    cost = _cost(here, limit)
    damping = 1e-3
    for _ in range(rounds):
        root = np.sqrt(weights(here, limit))
        jacobian = slopes(x) * root[:, None]
        normal, gradient = jacobian.T @ jacobian, jacobian.T @ (root * here)
        improved = 0.0
        for _ in range(8):
            scale = damping * np.maximum(np.diag(normal), 1e-12)
            step = np.linalg.solve(normal + np.diag(scale), -gradient)
            there = residuals(x + step)
            new_cost = _cost(there, limit)
            if np.isfinite(new_cost) and new_cost < cost:
                improved = (cost - new_cost) / max(cost, 1e-12)
                x, here, cost = x + step, there, new_cost
                damping = max(damping * 0.1, 1e-12)
                break
            damping *= 8
        if improved < SETTLED:
            break
    return Solution(x, cost)


def weights(residuals: Floats, limit: float | Floats) -> Floats:
    """Cauchy's: how far each residual (N,) counts, between 0 and 1."""
    weights: Floats = 1 / (1 + (residuals / limit) ** 2)
    return weights


def _cost(residuals: Floats, limit: float | Floats) -> float:
    return 0.5 * float(np.sum(limit**2 * np.log1p((residuals / limit) ** 2)))


def alike(groups: list[Floats]) -> float:
    """The variance of the sums of neighbours, over that of as many independent ones.

    Light, print and JPEG blocks move neighbouring strokes alike. Residuals are cut at 3 sd.
    """
    blocks: list[float] = []
    squares: list[Floats] = []
    for group in groups:
        cut = np.clip(group, -3.0, 3.0)
        whole = cut[: len(cut) // BLOCK * BLOCK].reshape(-1, BLOCK)
        blocks += list(np.sum(whole, axis=1) ** 2 / BLOCK)
        squares.append(cut**2)
    if len(blocks) < BLOCK:
        return 1.0
    ratio = float(np.mean(blocks)) / max(float(np.mean(np.concatenate(squares))), 1e-12)
    return float(np.clip(ratio, 1.0, MOST_ALIKE))
