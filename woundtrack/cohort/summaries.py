"""Medians, means and shares with intervals that know which figures are of one patient."""

from collections.abc import Mapping

import numpy as np

from woundtrack.cohort.data import Days, Places, Which
from woundtrack.cohort.types import FEW, Distribution, Missing, Proportion, Reason, Sample
from woundtrack.raters.statistics import Estimate


def distribution(
    values: Days, patient: Places, *, missing: tuple[Missing, ...], method: str
) -> Distribution:
    """Median, quartiles and mean of values, shape (n,), of these patients, shape (n,).

    The median's limits are those at which the share of lower values, with its error by patients,
    is one half (Woodruff, J Am Stat Assoc 1952;47:635-46). Where many values are equal (all closed
    lesions are), the shares of those below and of those up to the median differ, and the larger
    error counts. The mean's limits are Student's.
    """
    patients = len(np.unique(patient))
    sample = Sample(len(values), patients, missing)
    if patients < FEW:
        return Distribution(sample, None, None, None, method)
    quarters = np.quantile(values, [0.25, 0.5, 0.75])
    middle = float(quarters[1])
    lower = (values < middle, values <= middle)
    half = student_95(patients) * max(cluster_error(each, patient) for each in lower)
    # The median of an even count lies between two values: at least half of one value's step.
    half = max(half, 0.5 / len(values))
    low, high = np.quantile(
        values, [max(0.0, 0.5 - half), min(1.0, 0.5 + half)], method="inverted_cdf"
    )
    mean = float(values.mean())
    error = student_95(patients) * cluster_error(values, patient)
    return Distribution(
        sample,
        Estimate(middle, min(float(low), middle), max(float(high), middle)),
        (float(quarters[0]), float(quarters[2])),
        Estimate(mean, mean - error, mean + error),
        method,
    )


def proportion(
    count: int, *, patients: int, method: str, missing: tuple[Missing, ...] = ()
) -> Proportion:
    """So many of so many patients, with Wilson's interval (J Am Stat Assoc 1927;22:209-12)."""
    sample = Sample(patients, patients, missing)
    if sample.few:
        return Proportion(sample, count, None, method)
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(count, patients, method="wilson")
    return Proportion(sample, count, Estimate(count / patients, float(low), float(high)), method)


def cluster_error(values: Days | Which, patient: Places) -> float:
    """The standard error of a mean of values, shape (n,), where those of a patient are alike.

    Liang & Zeger's (Biometrika 1986;73:13-22), with the usual G / (G − 1) for G patients.
    """
    _names, place = np.unique(patient, return_inverse=True)
    sums = np.bincount(place, weights=values - values.mean())
    count = len(sums)
    return float(np.sqrt(count / (count - 1) * (sums**2).sum()) / len(values))


def counted(reasons: Mapping[Reason, Which]) -> tuple[Missing, ...]:
    """How many lack a figure for each reason, without those that nobody lacks it for."""
    found = ((reason, int(np.sum(which))) for reason, which in reasons.items())
    return tuple(Missing(reason, count) for reason, count in found if count)


def student_95(patients: int) -> float:
    """How many standard errors of so many patients, two or more, a 95 % interval goes each way."""
    from scipy.special import stdtrit

    return float(stdtrit(patients - 1, 0.975))
