"""What a closed wound's area might have been, below what can be measured.

Left-censoring as in Tobin (Econometrica 1958;26:24-36), for correlated visits and few of them.
What each closed visit might have shown is drawn from what the visits before it in the order leave
open (Student's t), below its bound; every draw counts by how likely the bound was (the simulator of
Geweke, Hajivassiliou and Keane), and is then fitted as if it had been seen: multiple imputation
under a flat prior. The draws are quasi-random and fixed, so the same visits always give the same
figure.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]

DRAWS = 128
_NEVER = 1e-300


@dataclass(frozen=True, slots=True)
class Draws:
    """Complete sets of values; one where there was nothing to draw."""

    values: Array
    """Shape (draws, n)."""
    weights: Array
    """Shape (draws,), adding up to 1."""
    scales: Array
    """The residual scale of each set's own fit, shape (draws,)."""


def completed(rows: Array, y: Array, *, whiten: Array, measured: int) -> Draws:
    """Values for `y`, shape (n,), of which all after the first `measured` are upper bounds.

    `whiten`, lower triangular of shape (n, n), makes the visits independent and of one variance;
    `rows`, shape (n, p), are the columns of the fit so whitened, and more than p must be measured.
    The fit is brought up to date value by value, by recursive residuals (Brown, Durbin & Evans,
    J R Stat Soc B 1975;37:149-92).
    """
    from scipy.special import stdtr, stdtrit
    from statsmodels.regression.linear_model import OLS

    first = OLS(whiten[:measured, :measured] @ y[:measured], rows[:measured]).fit()
    uniform = _uniform(len(y) - measured)
    count = len(uniform)
    values, weights = np.tile(y, (count, 1)), np.ones(count)
    coefficients = np.tile(first.params, (count, 1))
    spread = np.array(first.normalized_cov_params)
    squares, df = np.full(count, first.ssr), measured - rows.shape[1]
    for j in range(measured, len(y)):
        from_others, own = values[:, :j] @ whiten[j, :j], whiten[j, j]
        gain = spread @ rows[j]
        wider = 1 + float(rows[j] @ gain)
        sd = np.maximum(np.sqrt(squares / df * wider), _NEVER)
        expected = coefficients @ rows[j]
        below = np.maximum(stdtr(df, (from_others + own * y[j] - expected) / sd), _NEVER)
        residual = sd * stdtrit(df, np.maximum(uniform[:, j - measured] * below, _NEVER))
        values[:, j] = (expected + residual - from_others) / own
        weights *= below / below.max()
        coefficients = coefficients + np.outer(residual / wider, gain)
        spread = spread - np.outer(gain, gain) / wider
        squares, df = squares + residual**2 / wider, df + 1
    return Draws(values, weights / weights.sum(), squares / df)


def _uniform(count: int) -> Array:
    """Numbers between 0 and 1, shape (draws, count)."""
    if count == 0:
        return np.empty((1, 0))
    from scipy.stats.qmc import Sobol

    found: Array = Sobol(count, scramble=True, rng=0).random(DRAWS)
    return found
