"""Whether the interval of a therapy's difference holds the truth, on simulated lesions.

Run: python -m benchmarks.healing [LESIONS]. Each lesion's ln area follows a line that bends on the
day a therapy starts, with 3 to 8 visits on either side, a week apart with gaps of two or three,
biological noise of 10 to 15 % from visit to visit, correlated 0.3 from one visit to the next, and a
measurement error whose sd is told; the noise is not. One half of them close towards the end: from
the visit at which the area falls below what that lesion's clinic can measure (0.05 to 0.3 cm²) they
are closed, which is all that the fit is told. Beside it, other worlds: noise correlated otherwise,
no sd told, an area that jumps when the therapy starts, and a third phase after the therapy.
"""

import datetime as dt
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.table import Row, markdown
from woundtrack.healing.by_therapy import Phase, by_therapy
from woundtrack.healing.series import Point, Series
from woundtrack.records import SizeMethod, TherapyCourse
from woundtrack.therapy.catalogue import OTHER

TITLE = "Healing by therapy: what the intervals hold"
LESIONS = 1000
OTHERS = 400
SEED = 20_261_122
LOWEST, HIGHEST, BIAS = 0.93, 0.97, 0.05
FIRST_ON = dt.date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class World:
    """How lesions are made."""

    name: str
    closing: float = 0.0
    """Share of lesions whose line reaches what can be measured near the last visit."""
    correlation: float = 0.3
    told_sd: bool = True
    jump: float = 0.0
    """Of ln area, on the day the therapy starts: what a continuous line does not allow."""
    ends: bool = False
    """Whether the therapy stops, and 3 to 8 visits follow at the rate of before."""


ISSUE = World("a therapy starts", closing=0.5)
WORLDS = (
    World("all close", closing=1.0),
    World("noise without correlation", closing=0.5, correlation=0.0),
    World("noise correlated 0.5", closing=0.5, correlation=0.5),
    World("no sd told", closing=0.5, told_sd=False),
    World("the area jumps by −20 % at the start", jump=float(np.log(0.8))),
    World("the therapy stops again", ends=True),
)


@dataclass(frozen=True, slots=True)
class Trial:
    """One lesion: the difference that was put in, and what was found."""

    truth: float
    found: float
    low: float
    high: float
    visits: int
    """During the therapy, as made."""
    closed: bool

    @property
    def held(self) -> bool:
        """Whether the interval holds the truth."""
        return self.low <= self.truth <= self.high


def trial(world: World, rng: np.random.Generator) -> Trial | None:
    """One simulated lesion; None where the program refuses the difference."""
    visits = rng.integers(3, 9, 3 if world.ends else 2)
    days, start, stop = _calendar(rng, visits)
    closing, bound = bool(rng.random() < world.closing), np.log(rng.uniform(0.05, 0.3))
    first, before = np.log(rng.uniform(1, 30)), rng.normal(0, 0.05)
    change = rng.uniform(-0.3, -0.05)
    if closing:
        weeks = (days[-1] - start) / 7 * rng.uniform(0.75, 1.05)
        change = (bound - first - before * start / 7) / weeks - before
    logs = first + before * days / 7 + change * (np.clip(days, start, stop) - start) / 7
    logs = logs + world.jump * (days > start) + _noise(rng, len(days), world.correlation)
    sds = rng.uniform(0.01, 0.06, len(days))
    logs = logs + sds * rng.normal(size=len(days))
    closed = np.logical_or.accumulate(closing & (logs < bound) & (days > start))
    told = sds if world.told_sd else np.zeros(len(days))
    points = [
        _point(int(day), float(np.exp(log)), float(sd), bool(shut))
        for day, log, sd, shut in zip(days, logs, told, closed, strict=True)
    ]
    found = _difference(points, start, stop if world.ends else None)
    if found is None:
        return None
    return Trial(float(change), *found, visits=int(visits[1]), closed=bool(closed.any()))


def _calendar(
    rng: np.random.Generator, visits: NDArray[np.int64]
) -> tuple[NDArray[np.int64], int, int]:
    """The days of all visits, and those on which the therapy starts and stops."""
    steps = 7 * rng.choice([1, 1, 1, 2, 3], int(visits.sum()))
    days = np.cumsum(steps) - steps[0]
    changes = [
        int(days[at - 1] + rng.integers(0, steps[at])) for at in np.cumsum(visits)[:-1].tolist()
    ]
    return days, changes[0], changes[1] if len(changes) > 1 else int(days[-1])


def _noise(rng: np.random.Generator, count: int, correlation: float) -> NDArray[np.float64]:
    """What the wound itself varies by from visit to visit, in ln area: shape (count,)."""
    away = np.abs(np.subtract.outer(np.arange(count), np.arange(count)))
    root = np.linalg.cholesky(correlation**away if correlation else np.eye(count))
    noise: NDArray[np.float64] = rng.uniform(0.10, 0.15) * (root @ rng.normal(size=count))
    return noise


def _point(day: int, area_cm2: float, relative_sd: float, closed: bool) -> Point:
    on = FIRST_ON + dt.timedelta(days=day)
    if closed:
        return Point(day, on, SizeMethod.CLOSED, area_cm2=0.0)
    return Point(day, on, SizeMethod.TRACED, area_cm2=area_cm2, area_cm2_sd=relative_sd * area_cm2)


def _difference(
    points: Sequence[Point], start: int, stop: int | None
) -> tuple[float, float, float] | None:
    """During less before and its interval, as the program tells them."""
    course = TherapyCourse(
        patient_id=0,
        therapy=OTHER,
        name="therapy",
        start_on=FIRST_ON + dt.timedelta(days=start),
        stop_on=None if stop is None else FIRST_ON + dt.timedelta(days=stop),
    )
    rates = by_therapy(Series(1, "A", tuple(points)), courses=[course])
    found = next(rate.delta_vs_before for rate in rates if rate.phase is Phase.DURING)
    if found is None or found.low is None or found.high is None:
        return None
    return found.value, found.low, found.high


def run(lesions: int = LESIONS, others: int = OTHERS) -> list[Row]:
    """Coverage and bias: of the issue's world with their bars, of others without."""
    trials, refused = _trials(ISSUE, lesions)
    rows = _rows(ISSUE.name, trials, refused, bar=True)
    for closed in (False, True):
        part = [one for one in trials if one.closed is closed]
        rows += _rows(f"{ISSUE.name}, {'closing' if closed else 'open to the end'}", part)[:1]
    for count in sorted({one.visits for one in trials}):
        part = [one for one in trials if one.visits == count]
        rows += _rows(f"{ISSUE.name}, {count} visits during", part)[:1]
    for world in WORLDS:
        rows += _rows(world.name, *_trials(world, others))
    return rows


def _trials(world: World, count: int) -> tuple[list[Trial], int]:
    rng = np.random.default_rng(SEED)
    every = [trial(world, rng) for _number in range(count)]
    return [one for one in every if one is not None], sum(one is None for one in every)


def _rows(name: str, trials: Sequence[Trial], refused: int = 0, *, bar: bool = False) -> list[Row]:
    """How often the interval holds the truth, and by how much the figure misses it on average."""
    held = float(np.mean([one.held for one in trials]))
    widths = [(one.high - one.low) / 2 for one in trials]
    missed = sum(one.found - one.truth for one in trials) / sum(one.truth for one in trials)
    low, mid, high = np.percentile(widths, [25, 50, 75])
    spread = (
        f"± {100 * np.sqrt(held * (1 - held) / len(trials)):.1f} (1 se), {len(trials)} lesions; "
        f"half-width {mid:.2f} ({low:.2f}–{high:.2f}) a week"
    )
    if refused:
        spread += f"; {refused} refused"
    return [
        Row(f"{name}: 95 % interval holds the truth", 100 * held, "%", spread,
            *(("93–97 %", LOWEST <= held <= HIGHEST) if bar else ())),
        Row(f"{name}: bias, of the difference", 100 * missed, "%", "",
            *(("within ± 5 %", abs(missed) < BIAS) if bar else ())),
    ]  # fmt: skip


if __name__ == "__main__":
    print(markdown(run(*(int(number) for number in sys.argv[1:]))))
