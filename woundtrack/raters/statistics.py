"""Agreement of repeated measurements in a table of photos × raters, each cell one area.

The classical estimators, written out: of the maintained libraries one has them under a licence
that binds its users, the others lack the intervals. Quantiles are SciPy's.
"""

from dataclasses import dataclass
from math import exp, expm1, log, sqrt
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from woundtrack.errors import MeasureError
from woundtrack.words import NORMAL_95

Table: TypeAlias = NDArray[np.float64]
"""Photos × raters, shape (n, k), both at least 2."""

DETECTABLE = NORMAL_95 * sqrt(2)
"""Two measurements differ by more than this many sd once in twenty by chance."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval; None where there is none, such as of no spread at all."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """Mean difference (bias) and the limits that 95 % of differences lie within."""

    bias: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class _MeanSquares:
    photos: float
    raters: float
    residual: float


def icc_2_1(table: Table) -> Estimate:
    """ICC(2,1): two-way random effects, absolute agreement, one rater.

    Estimate after Shrout & Fleiss, Psychol Bull 1979;86:420-8; interval after McGraw & Wong,
    Psychol Methods 1996;1:30-46, ICC(A,1). Raises MeasureError raters.no_spread where the
    photos do not differ, raters.too_small a table.
    """
    from scipy.special import fdtri

    n, k = _checked(table).shape
    squares = _mean_squares(table)
    noise = k * squares.raters + (k * n - k - n) * squares.residual
    if not squares.photos > 0:
        raise MeasureError("raters.no_spread")
    value = (squares.photos - squares.residual) / (
        squares.photos + (k - 1) * squares.residual + k * (squares.raters - squares.residual) / n
    )
    if noise <= 0:
        return Estimate(value)
    df = _satterthwaite(squares, n, k, max(value, 0.0))
    above, below = fdtri(n - 1, df, 0.975), fdtri(df, n - 1, 0.975)
    low = n * (squares.photos - above * squares.residual) / (above * noise + n * squares.photos)
    high = n * (below * squares.photos - squares.residual) / (noise + n * below * squares.photos)
    return Estimate(value, float(low), float(high))


def log_variances(table: Table) -> Table:
    """The within-photo variance of the logarithms of the areas, one a photo, shape (n,)."""
    variances: Table = np.var(np.log(_checked(table)), axis=1, ddof=1)
    return variances


def relative_sd(variances: Table) -> Estimate:
    """The sd of one area between columns, as a part of the area: its coefficient of variation.

    From the mean s² of `log_variances`, for the error grows with the area (Bland & Altman,
    BMJ 1996;313:106 and 744): √(exp(s²) − 1). It holds the raters' own tendencies too, and so
    is the standard error of measurement for agreement (de Vet et al., J Clin Epidemiol
    2006;59:1033-9). The interval is that of these raters on other photos: the jackknife of
    ln s² over photos (Miller, Ann Math Stat 1968;39:567-82), which allows some photos to be
    harder than others. Areas must be above 0.
    """
    from scipy.special import stdtrit

    n, total = len(variances), float(variances.sum())
    value = sqrt(expm1(total / n))
    without = (total - variances) / (n - 1)
    if not without.min() > 0:
        return Estimate(value)
    centre = log(total / n)
    pseudo = n * centre - (n - 1) * np.log(without)
    half = float(stdtrit(n - 1, 0.975)) * float(np.std(pseudo, ddof=1)) / sqrt(n)
    low, high = (sqrt(expm1(exp(centre + side * half))) for side in (-1, 1))
    return Estimate(value, low, high)


def sem(table: Table) -> float:
    """The standard error of measurement for agreement, in the table's unit.

    √(σ²_rater + σ²_residual) of the two-way table, which is the root of the mean within-photo
    variance (de Vet et al. 2006).
    """
    return sqrt(float(np.var(_checked(table), axis=1, ddof=1).mean()))


def limits(differences: Table) -> Limits:
    """Bias and 95 % limits of agreement (Bland & Altman, Lancet 1986;327:307-10), shape (n,)."""
    bias = float(differences.mean())
    half = NORMAL_95 * float(np.std(differences, ddof=1))
    return Limits(bias, bias - half, bias + half)


def relative_limits(first: Table, second: Table) -> Limits:
    """The same of the second areas over the first, as parts of the area: 0.05 is 5 % more.

    From the differences of the logarithms (Bland & Altman, Stat Methods Med Res 1999;8:135-60).
    """
    found = limits(np.log(second) - np.log(first))
    return Limits(expm1(found.bias), expm1(found.low), expm1(found.high))


def _checked(table: Table) -> Table:
    if table.ndim != 2 or min(table.shape) < 2:
        raise MeasureError("raters.too_small")
    return table


def _mean_squares(table: Table) -> _MeanSquares:
    n, k = table.shape
    mean = table.mean()
    of_photos = table.mean(axis=1, keepdims=True)
    of_raters = table.mean(axis=0, keepdims=True)
    residual = table - of_photos - of_raters + mean
    return _MeanSquares(
        photos=k * float(((of_photos - mean) ** 2).sum()) / (n - 1),
        raters=n * float(((of_raters - mean) ** 2).sum()) / (k - 1),
        residual=float((residual**2).sum()) / ((n - 1) * (k - 1)),
    )


def _satterthwaite(squares: _MeanSquares, n: int, k: int, value: float) -> float:
    """The degrees of freedom of the noise (McGraw & Wong 1996, table 7)."""
    a = k * value / (n * (1 - value))
    b = 1 + k * value * (n - 1) / (n * (1 - value))
    of_raters, of_residual = a * squares.raters, b * squares.residual
    parts = of_raters**2 / (k - 1) + of_residual**2 / ((n - 1) * (k - 1))
    return float((of_raters + of_residual) ** 2 / parts)
