"""A line, straight or bent, through the logarithms of a lesion's areas, and how sure it is.

Generalised least squares of statsmodels. A visit's relative variance is what its measurement
leaves open (its own sd and tracing again) plus the wound's own variation from visit to visit, which
is estimated; the scale of all of it is estimated again from what the line leaves over, hence
Student's t with as many degrees of freedom as measured visits are to spare. Neighbouring visits are
alike beyond the line: from so few visits that correlation cannot be estimated, so it is stated.

A closed visit tells that the area was below what can be measured, no more: `censoring` draws what
it might have been. Why so: ADR 10.
"""

from dataclasses import dataclass
from math import log
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from woundtrack.errors import MeasureError
from woundtrack.healing.censoring import completed
from woundtrack.healing.series import Point, Series
from woundtrack.measure.change import RETRACE_RELATIVE_SD
from woundtrack.raters.statistics import Estimate
from woundtrack.records import SizeMethod
from woundtrack.units import DAYS_PER_WEEK

Array: TypeAlias = NDArray[np.float64]

CORRELATION = 0.3
"""Of what one visit and the next, a week or more apart, differ from the line by: stated."""
CLOSED_BELOW_CM2 = 0.3
"""A closed wound was below this, or below the smallest area that was measured of it: the edge of
the lowest size that a published instrument (PUSH 3.0) tells apart. An inference, on the safe side:
too low a bound makes a rate too steep, too high a one only less sure."""
CLOSING_LOG_SD = 0.5
"""How far the last step to closure may leave the line, one sd of ln area: a factor of 1.6. Edges
that advance evenly close what is left faster than any exponential, and one such visit must not
pass for noise in all others. An inference."""
MEASURED_NEEDED = 3


@dataclass(frozen=True, slots=True)
class Sizes:
    """A lesion's visits that have a size of one method or found it closed; arrays of n by day."""

    days: Array
    """Ordinal days."""
    log_areas: Array
    """ln of cm²; at a closed visit the bound that the area was below."""
    variances: Array
    """Of `log_areas`, as far as measuring goes; at a closed visit that of tracing."""
    closed: NDArray[np.bool_]

    def within(self, first_day: float, last_day: float) -> NDArray[np.bool_]:
        """Which visits lie in this time, both ends counted."""
        inside: NDArray[np.bool_] = (self.days >= first_day) & (self.days <= last_day)
        return inside

    def distinct_days(self, *, measured: bool = False) -> int:
        """On how many days there was a visit, or one that measured an area."""
        return len(np.unique(self.days[~self.closed] if measured else self.days))

    def only(self, which: NDArray[np.bool_]) -> "Sizes":
        """These visits alone."""
        return Sizes(
            self.days[which], self.log_areas[which], self.variances[which], self.closed[which]
        )


@dataclass(frozen=True, slots=True)
class Fit:
    """What the visits say together; anything linear in their ln areas can be asked of it."""

    completed: Array
    """ln areas, shape (draws, n): one draw where no visit found the lesion closed."""
    weights: Array
    """Of the draws, adding up to 1."""
    scales: Array
    """The residual scale of each draw."""
    degrees_of_freedom: int
    covariance: Array
    """Of the visits, up to the scale, shape (n, n)."""
    rows: Array
    """What each coefficient takes from each visit, shape (p, n)."""

    def estimate(self, row: Array) -> Estimate:
        """`row` · ln areas, shape (n,): the median of what it may be, and its 95 % interval."""
        from scipy.optimize import brentq
        from scipy.special import stdtr, stdtrit

        centres = self.completed @ row
        sds = np.sqrt(self.scales * float(row @ self.covariance @ row))
        df = self.degrees_of_freedom

        def quantile(probability: float) -> float:
            each = centres + stdtrit(df, probability) * sds
            low, high = float(each.min()), float(each.max())
            if not high - low > 1e-12 * max(abs(low), abs(high), 1e-9):
                return (low + high) / 2
            below = lambda x: self.weights @ stdtr(df, (x - centres) / sds) - probability  # noqa: E731
            return float(brentq(below, low, high))

        return Estimate(quantile(0.5), quantile(0.025), quantile(0.975))


def sizes_of(series: Series) -> Sizes:
    """The visits of a series that a rate may be taken from: traced areas, else bedside sizes.

    Never both: methods do not mix. Empty where nothing was measured.
    """
    methods = {point.method for point in series.points}
    method = SizeMethod.TRACED if SizeMethod.TRACED in methods else SizeMethod.BEDSIDE
    points = [p for p in series.points if p.method is SizeMethod.CLOSED or _measured(p, method)]
    smallest_cm2 = min((p.size_cm2 or 0.0 for p in points if _measured(p, method)), default=1.0)
    bound_cm2 = min(CLOSED_BELOW_CM2, smallest_cm2)
    return Sizes(
        days=np.array([point.on.toordinal() for point in points], np.float64),
        log_areas=np.array([log(point.size_cm2 or bound_cm2) for point in points], np.float64),
        variances=np.array([_variance(point) for point in points], np.float64),
        closed=np.array([p.method is SizeMethod.CLOSED for p in points], np.bool_),
    )


def design(days: Array, stretches: tuple[tuple[float, float], ...]) -> Array:
    """The columns of a continuous line, shape (n, 1 + stretches): level, then each slope a week.

    A stretch is (first day, last day); each begins where the one before it ends.
    """
    columns = [np.clip(days, first, last) - first for first, last in stretches]
    return np.column_stack([np.ones_like(days), *(each / DAYS_PER_WEEK for each in columns)])


def fitted(sizes: Sizes, columns: Array) -> Fit:
    """The line with these columns, shape (n, p), through the visits.

    Raises MeasureError measure.too_few_visits where fewer visits than p + 1 measured an area.
    """
    order = np.argsort(sizes.closed, kind="stable")
    measured = int((~sizes.closed).sum())
    if measured <= columns.shape[1]:
        raise MeasureError("measure.too_few_visits", needed=columns.shape[1] + 1)
    alike = _correlations(sizes.days)[np.ix_(order, order)]
    x, y, variances = columns[order], sizes.log_areas[order], sizes.variances[order]
    own = _own_variance(y[:measured], x[:measured], alike[:measured, :measured],
                        variances[:measured])  # fmt: skip
    covariance = _covariance(alike, variances + own)
    covariance += np.diag(np.where(np.arange(len(y)) < measured, 0.0, CLOSING_LOG_SD**2))
    whiten = np.linalg.inv(np.linalg.cholesky(covariance))
    draws = completed(whiten @ x, y, whiten=whiten, measured=measured)
    back = np.argsort(order)
    rows = (np.linalg.pinv(whiten @ x) @ whiten).astype(np.float64)
    return Fit(
        completed=draws.values[:, back],
        weights=draws.weights,
        scales=draws.scales,
        degrees_of_freedom=len(y) - x.shape[1],
        covariance=covariance[np.ix_(back, back)],
        rows=rows[:, back],
    )


def log_slope_per_week(sizes: Sizes) -> Estimate:
    """The least-squares slope of ln A over all visits, a week, with its 95 % interval.

    The plain slope, known as the log healing rate (attributed to Gelfand and Margolis; not checked
    against their paper), its interval knowing of the correlation; where visits found the wound
    closed, the slope of the weighted fit. Raises MeasureError measure.too_few_visits below three
    measured visits.
    """
    if not sizes.distinct_days(measured=True) >= MEASURED_NEEDED:
        raise MeasureError("measure.too_few_visits", needed=MEASURED_NEEDED)
    columns = design(sizes.days, ((float(sizes.days[0]), float(sizes.days[-1])),))
    fit = fitted(sizes, columns)
    return fit.estimate(fit.rows[1] if sizes.closed.any() else np.linalg.pinv(columns)[1])


def _measured(point: Point, method: SizeMethod) -> bool:
    return point.method is method and (point.size_cm2 or 0.0) > 0


def _variance(point: Point) -> float:
    """Of ln area: the measurement's own relative sd, and that of tracing again."""
    retrace = point.retrace_relative_sd or RETRACE_RELATIVE_SD
    own = point.area_cm2_sd / point.area_cm2 if point.area_cm2 else 0.0
    return own**2 + retrace**2


def _correlations(days: Array) -> Array:
    """0.3 from one visit to the next, and more where they are less than a week apart.

    Two of one day are taken as a day apart: no visit is all that another was.
    """
    steps = np.clip(np.diff(days), 1.0, DAYS_PER_WEEK) / DAYS_PER_WEEK
    places = np.concatenate([[0.0], np.cumsum(steps)])
    found: Array = CORRELATION ** np.abs(np.subtract.outer(places, places))
    return found


def _covariance(correlations: Array, variances: Array) -> Array:
    sds = np.sqrt(variances)
    found: Array = correlations * np.outer(sds, sds)
    return found


def _own_variance(y: Array, x: Array, correlations: Array, variances: Array) -> float:
    """How much the wound varies from visit to visit beyond measuring, as a variance of ln area.

    That with which the line leaves over what it should: Paule & Mandel's estimator (J Res Natl
    Bur Stand 1982;87:377-85) with correlated errors.
    """
    from scipy.optimize import brentq
    from statsmodels.regression.linear_model import GLS

    def excess(own: float) -> float:
        return float(GLS(y, x, sigma=_covariance(correlations, variances + own)).fit().scale) - 1

    if excess(0.0) <= 0:
        return 0.0
    most = 1.0
    while excess(most) > 0:
        most *= 10
    return float(brentq(excess, 0.0, most, rtol=1e-4))
