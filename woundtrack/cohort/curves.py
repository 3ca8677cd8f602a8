"""Survival and cumulative incidence with their intervals, from statsmodels.

The curves and Greenwood's errors are the library's; limits are log-log (Kalbfleisch & Prentice
1980). Lesions of one patient are not independent: their error is the sum over patients of what each
patient contributes to the estimate (its influence; Lin & Wei 1989, Ying & Wei 1994).
"""

from dataclasses import dataclass

import numpy as np

from woundtrack.cohort.data import Days, Places
from woundtrack.cohort.summaries import student_95
from woundtrack.cohort.types import WEEKS_52_DAYS, YEAR_DAYS, Curve, CurvePoint
from woundtrack.raters.statistics import Estimate
from woundtrack.words import NORMAL_95

MOST_STEPS = 200
"""A band's errors are computed on so many days at most, and interpolated between."""


@dataclass(frozen=True, slots=True)
class Times:
    """When each subject, shape (n,), came under watch and left it, and how."""

    entry: Days
    exit: Days
    event: Places
    """0 censored, 1 the event, 2 the event that rules it out."""

    @property
    def under_watch(self) -> tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]:
        """Entry, exit and censored days, each rising."""
        censored = self.exit[self.event == 0]
        return _rising(self.entry), _rising(self.exit), _rising(censored)


def load_library() -> None:
    """Import what the curves need, so that it is there when they are asked for."""
    import statsmodels.duration.survfunc
    import statsmodels.stats.proportion  # noqa: F401


def survival_curve(times: Times) -> Curve:
    """Kaplan & Meier's curve of event 1, shares falling from 1, with late entry allowed for."""
    from statsmodels.duration.survfunc import SurvfuncRight

    # Half a day before: who is seen and dies on one day was under watch.
    found = SurvfuncRight(times.exit, times.event == 1, entry=times.entry - 0.5)
    shares = np.concatenate([[1.0], found.surv_prob])
    errors = np.concatenate([[np.nan], found.surv_prob_se])
    return _curve(np.concatenate([[0.0], found.surv_times]), shares, errors, times, NORMAL_95)


def incidence_curve(times: Times, patient: Places) -> Curve:
    """Aalen & Johansen's cumulative incidence of event 1 where event 2 rules it out.

    Shares rise from 0; the interval knows which subjects, shape (n,), are of one patient.
    """
    from statsmodels.duration.survfunc import CumIncidenceRight

    if not (times.event == 1).any():
        return _curve(np.zeros(1), np.zeros(1), np.full(1, np.nan), times, NORMAL_95)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = CumIncidenceRight(times.exit, times.event)
    days = np.unique(times.exit[times.event == 1])
    # A sum of fractions: where every lesion closed it is 1 and no hair more.
    shares = found.cinc[0][np.searchsorted(found.times, days)].round(12)
    chosen = np.unique(np.linspace(0, len(days) - 1, MOST_STEPS).astype(np.int64))
    errors = np.interp(days, days[chosen], incidence_errors(times, patient, days=days[chosen]))
    first = np.zeros(1)
    return _curve(
        np.concatenate([first, days]),
        np.concatenate([first, shares]),
        np.concatenate([[np.nan], errors]),
        times,
        student_95(len(np.unique(patient))),
    )


def incidence_errors(times: Times, patient: Places, *, days: Days) -> Days:
    """Standard errors of the cumulative incidence of event 1 on some days, by patients."""
    when, place = np.unique(times.exit, return_inverse=True)
    ended = np.bincount(place, weights=times.event > 0, minlength=len(when))
    closed = np.bincount(place, weights=times.event == 1, minlength=len(when))
    at_risk = np.bincount(place, minlength=len(when))[::-1].cumsum()[::-1]
    left = at_risk - ended
    survival = np.cumprod(1 - ended / at_risk)
    before = np.concatenate([[1.0], survival[:-1]])
    incidence = np.cumsum(before * closed / at_risk)
    # Where nobody is left the incidence changes no more, so these terms count for nothing.
    spent = np.divide(ended, at_risk * left, out=np.zeros(len(when)), where=left > 0)
    own = np.divide(1.0, left, out=np.zeros(len(when)), where=left > 0)
    gained = np.cumsum(before * closed / at_risk**2)
    hazard, weighted = np.cumsum(spent), np.cumsum(spent * incidence)
    clusters, cluster = np.unique(patient, return_inverse=True)
    errors = []
    for day in days:
        last = int(np.searchsorted(when, day, side="right")) - 1
        until = np.minimum(place, last)
        happened = (times.event > 0) & (place <= last)
        share = incidence[last]
        effect = np.where((times.event == 1) & happened, (before / at_risk)[place], 0.0)
        effect -= gained[until]
        effect -= np.where(happened, (share - incidence[place]) * own[place], 0.0)
        effect += share * hazard[until] - weighted[until]
        errors.append(np.sqrt((np.bincount(cluster, weights=effect) ** 2).sum()))
    count = len(clusters)
    found: Days = np.array(errors) * np.sqrt(count / max(1, count - 1))
    return found


def at_day(curve: Curve, day: float, *, per_patient: float = 1.0) -> CurvePoint:
    """What a curve says of a day.

    Where nothing has happened yet the interval is the exact one (Clopper & Pearson 1934) of those
    who were followed until then; of lesions as of so many patients, `per_patient` lesions each.
    """
    if not curve.days:
        return CurvePoint(day, None, None)
    at_risk, found = curve.at_risk(day), curve.on(day)
    if day > curve.last_day and not curve.ended:
        return CurvePoint(day, None, at_risk)
    if found.value != curve.shares[0]:
        return CurvePoint(day, found, at_risk)
    known = len(curve.exit_days) if day > curve.last_day else at_risk
    if known == 0:
        return CurvePoint(day, None, at_risk)
    from statsmodels.stats.proportion import proportion_confint

    count = max(1, int(known / per_patient))
    low, high = proportion_confint(round(found.value * count), count, method="beta")
    return CurvePoint(day, Estimate(found.value, float(low), float(high)), at_risk)


def at_year(curve: Curve, *, per_patient: float = 1.0) -> CurvePoint:
    """What a curve says of one year: of day 365, or of 52 weeks where nobody was followed longer.

    `per_patient` as in `at_day`.
    """
    day = min(max(curve.last_day, WEEKS_52_DAYS), YEAR_DAYS)
    return at_day(curve, day, per_patient=per_patient)


def median_day(curve: Curve) -> Estimate | None:
    """When a curve passes one half; the limits where those of the curve do (Brookmeyer & Crowley
    1982)."""
    sign = -1.0 if curve.shares and curve.shares[0] == 0.0 else 1.0

    def passed(values: tuple[float | None, ...]) -> float | None:
        pairs = zip(curve.days, values, strict=True)
        return next((day for day, v in pairs if v is not None and sign * (v - 0.5) <= 0), None)

    value = passed(curve.shares)
    if value is None:
        return None
    first, last = (curve.lows, curve.highs) if sign > 0 else (curve.highs, curve.lows)
    return Estimate(value, passed(first), passed(last))


def log_rank_p(first: Times, second: Times) -> float | None:
    """The log-rank test of event 1 between two groups; None where nothing can be compared.

    That is where nothing happened, or only while nobody of the other group was under watch.
    """
    from statsmodels.duration.survfunc import survdiff

    exits = np.concatenate([first.exit, second.exit])
    events = np.concatenate([first.event, second.event]) == 1
    entries = np.concatenate([first.entry, second.entry]) - 0.5
    group = np.repeat([0, 1], [len(first.exit), len(second.exit)])
    if not events.any():
        return None
    try:
        with np.errstate(divide="ignore", invalid="ignore"):
            _square, p = survdiff(exits, events.astype(np.int64), group, entry=entries)
    except np.linalg.LinAlgError:  # no variance: at each event one group was gone
        return None
    return float(p) if np.isfinite(p) else None


def difference(first: Estimate | None, second: Estimate | None) -> Estimate | None:
    """First less second, its limits from those of both (Zou & Donner, Stat Med 2008;27:1693)."""
    if first is None or second is None:
        return None
    value = first.value - second.value
    if first.low is None or first.high is None or second.low is None or second.high is None:
        return None
    below = np.hypot(first.value - first.low, second.high - second.value)
    above = np.hypot(first.high - first.value, second.value - second.low)
    return Estimate(value, float(value - below), float(value + above))


def _curve(days: Days, shares: Days, errors: Days, times: Times, quantile: float) -> Curve:
    entries, exits, censored = times.under_watch
    lows, highs = _limits(shares, errors, quantile)
    return Curve(
        tuple(days.tolist()),
        tuple(shares.tolist()),
        lows,
        highs,
        censored_days=censored,
        entry_days=entries,
        exit_days=exits,
    )


def _limits(
    shares: Days, errors: Days, quantile: float
) -> tuple[tuple[float | None, ...], tuple[float | None, ...]]:
    """Log-log limits. Where a share has come to 0 or 1 the limit on its other side stays."""
    lows: list[float | None] = []
    highs: list[float | None] = []
    for share, error in zip(shares.tolist(), errors.tolist(), strict=True):
        if 0.0 < share < 1.0 and error > 0:
            power = float(np.exp(quantile * error / abs(share * np.log(share))))
            lows.append(share**power)
            highs.append(share ** (1 / power))
        elif lows:
            lows.append(0.0 if share == 0.0 else lows[-1])
            highs.append(1.0 if share == 1.0 else highs[-1])
        else:
            lows.append(None)
            highs.append(None)
    return tuple(lows), tuple(highs)


def _rising(days: Days) -> tuple[float, ...]:
    return tuple(np.sort(days).tolist())
