"""Robust non-linear least squares for a few parameters and some hundred residuals."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

STEP = 1e-6
ROUNDS = 30
SETTLED = 1e-7


@dataclass(frozen=True, slots=True)
class Solution:
    """Where the search ended: parameters (P,), weighted Jacobian (N, P), robust cost."""

    x: Floats
    jacobian: Floats
    cost: float


def minimise(
    residuals: Callable[[Floats], Floats], start: Floats, *, limit: float, rounds: int = ROUNDS
) -> Solution:
    """Levenberg–Marquardt with Cauchy's weights 1 / (1 + (r / limit)²), reweighted each round.

    After Madsen, Nielsen & Tingleff, Methods for Non-Linear Least Squares Problems (2004), §3.2.
    """
    x = start.astype(np.float64)
    here = residuals(x)
    cost = _cost(here, limit)
    damping = 1e-3
    for _ in range(rounds):
        root = np.sqrt(_weights(here, limit))
        jacobian = _jacobian(residuals, x, here) * root[:, None]
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
    root = np.sqrt(_weights(here, limit))
    return Solution(x, _jacobian(residuals, x, here) * root[:, None], cost)


def _weights(residuals: Floats, limit: float) -> Floats:
    weights: Floats = 1 / (1 + (residuals / limit) ** 2)
    return weights


def _cost(residuals: Floats, limit: float) -> float:
    return 0.5 * limit**2 * float(np.sum(np.log1p((residuals / limit) ** 2)))


def _jacobian(residuals: Callable[[Floats], Floats], x: Floats, here: Floats) -> Floats:
    """By forward differences: the residuals are smooth, and their unit is a standard deviation."""
    columns = []
    for place in range(len(x)):
        moved = x.copy()
        moved[place] += STEP
        columns.append((residuals(moved) - here) / STEP)
    return np.stack(columns, axis=1)
