"""What one step of the graduations is in mm, as far as the order of their lengths tells it."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from woundtrack.scale.median import median
from woundtrack.units import MM_PER_INCH

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

MARGIN = 8.0
"""Log-likelihood by which a unit must beat every other: 1 in 3 000."""
LONE_MARGIN = 14.0
"""The same where one period alone speaks for the unit."""
LEAST_ALONE = 12
"""So many graduations tell the unit by their lengths alone; of fewer, their numbers must."""
EXPLAINED, LEAST_EXPLAINED, LEAST_EXPLAINED_KIND = 0.6, 0.7, 0.55
"""So near its kind's length, in pitches, must be so large a part of all, and of each kind."""
LEAST_ALIKE = (0.6, 0.7)
"""So many of the longest are alike: in decimal orders, and in those by halves."""
MOST_SHORTEST_MM, LEAST_LONGEST_MM = 9.0, 3.0
LEAST_STEP = 0.22
"""Two kinds of graduations differ in length by at least this part of the pitch."""
LEAST_RATIO = 1.12
"""And by this ratio."""
STRAY = 0.08
"""The part of the graduations whose length may be anything: hidden, or run into a digit."""
STRAY_RANGE = 6.0
"""Such lengths are spread over this many pitches."""
LIKELY_PHASES = 4
LEAST_SPREAD, MOST_SPREAD = 0.06, 0.5


@dataclass(frozen=True, slots=True)
class Pattern:
    """Graduation i is of the kind of the first period that divides i − phase."""

    name: str
    periods: tuple[int, ...]
    """From the longest graduations to the next-to-shortest; all others are the shortest."""
    pitch_mm: float | None
    """None where the pattern exists in more than one unit."""
    least_longest: int = 2
    """So many of the longest must be seen. Of two half-inch marks one is an inch mark."""
    least_mm: float = 1.3
    """The shortest are printed at least so long, seen up to a quarter foreshortened. What looks
    like millimetres but is shorter is graduated in centimetres or tenths of an inch."""

    @property
    def period(self) -> int:
        """That of the longest, which all others divide."""
        return self.periods[0] if self.periods else 1

    @property
    def cycle(self) -> NDArray[np.uint8]:
        """The kinds of one period: 0 for the shortest graduations, len(periods) for the longest."""
        kind = np.zeros(self.period, np.uint8)
        for rank, period in enumerate(reversed(self.periods), start=1):
            kind[::period] = rank
        return kind

    def kinds(self, number: Ints, phase: int) -> Ints:
        """Of each graduation, as `cycle`."""
        return self.cycle[(number - phase) % self.period].astype(np.intp)


PATTERNS = (
    Pattern("mm", (10, 5), 1.0),
    Pattern("mm without 5", (10,), 1.0),
    Pattern("half mm", (20, 10, 2), 0.5, least_mm=0.8),
    Pattern("half mm, tall cm", (20, 2), 0.5, least_mm=0.8),
    Pattern("1/16 inch", (16, 8, 4, 2), MM_PER_INCH / 16, 3),
    Pattern("1/16 inch, no 1/8", (16, 8, 4), MM_PER_INCH / 16, 3),
    Pattern("1/32 inch", (32, 16, 8, 4, 2), MM_PER_INCH / 32, 3, 0.8),
    Pattern("1/8 inch", (8, 4, 2), None),
    Pattern("quarters", (4, 2), None),
    Pattern("eighth", (8,), None),
    Pattern("fourth", (4,), None),
    Pattern("eighth and fourth", (8, 4), None),
    Pattern("fifth", (5,), None),
    Pattern("second", (2,), None),
    Pattern("third", (3,), None),
    Pattern("sixth", (6,), None),
    Pattern("twelfth", (12, 6), None),
    Pattern("twenty", (20, 10), None),
    Pattern("even", (), None),
)
PERIODS = np.array([pattern.period for pattern in PATTERNS])
KIND_COUNTS = np.array([len(pattern.periods) + 1 for pattern in PATTERNS])
CYCLES = np.stack([np.resize(pattern.cycle, PERIODS.max()) for pattern in PATTERNS])


@dataclass(frozen=True, slots=True)
class Unit:
    """The pattern that explains the lengths, its phase, and how clearly it wins."""

    pattern: Pattern
    phase: int
    margin: float
    """Log-likelihood over the best pattern of another unit."""
    kinds: Ints
    """Of each graduation, as `Pattern.kinds`."""
    typical: tuple[float, ...]
    """Length of each kind, in pitches."""
    beyond: Floats
    """How much longer each graduation is than is typical of its kind, in pitches."""
    costs: tuple[float, ...]
    """Negative log-likelihood of each of PATTERNS."""
    settled: bool | None = None
    """What all evidence together said of it; None before it was asked."""
    borne_out: bool = field(init=False)
    """Do the lengths look as the pattern has them?"""

    def __post_init__(self) -> None:
        # It is asked for often, and the lengths stay.
        object.__setattr__(self, "borne_out", self._is_borne_out())

    @property
    def sure(self) -> bool:
        """Is the unit known, by all evidence or beyond the margin by lengths that could be so?"""
        if self.settled is not None:
            return self.settled
        if self.pattern.pitch_mm is None or len(self.kinds) < LEAST_ALONE:
            return False
        least = MARGIN if len(self.pattern.periods) > 1 else LONE_MARGIN
        return self.margin >= least and self.borne_out and self._printable()

    def _is_borne_out(self) -> bool:
        """Of each kind, most are as long as they should be; and of those so long, most are of it.

        The longest must be alike: where half of them are shorter, their period is twice as long.
        """
        near = np.abs(self.beyond) < EXPLAINED
        length = self.beyond + np.array(self.typical)[self.kinds]
        looks = np.argmin(np.abs(length[:, None] - np.array(self.typical)), axis=1)
        shares = [float(near[self.kinds == kind].mean()) for kind in np.unique(self.kinds)]
        shares += [float((self.kinds == kind)[looks == kind].mean()) for kind in np.unique(looks)]
        longest = near[self.kinds == len(self.pattern.periods)]
        binary = self.pattern.least_longest > 2
        if len(longest) < self.pattern.least_longest or longest.mean() < LEAST_ALIKE[binary]:
            return False
        return bool(near.mean() > LEAST_EXPLAINED and min(shares) > LEAST_EXPLAINED_KIND)

    def _printable(self) -> bool:
        """Are the lengths, in mm, what rulers have?"""
        shortest, longest = (self.typical[at] * (self.pattern.pitch_mm or 0.0) for at in (0, -1))
        return self.pattern.least_mm < shortest < MOST_SHORTEST_MM and longest > LEAST_LONGEST_MM


def read_unit(number: Ints, length: Floats) -> Unit | None:
    """The unit of graduations of a `length` in pitches each; None if too few to tell.

    Each kind has its own typical length; the scatter about it is taken as double exponential
    with a limit, so that a stroke half hidden or running into a digit costs a bounded amount.
    """
    if len(number) < 6:
        return None
    spread = MOST_SPREAD
    for _ in range(3):
        scored = _scored(number, length, spread)
        place = min(range(len(PATTERNS)), key=lambda at: scored[at][0])
        best, (_, phase, rest) = PATTERNS[place], scored[place]
        spread = float(np.clip(1.44 * np.median(rest), LEAST_SPREAD, spread))
        length = _level(number, length, best.kinds(number, phase))
    scored = _scored(number, length, spread)
    place = min(range(len(PATTERNS)), key=lambda at: scored[at][0])
    best, (best_cost, phase, _) = PATTERNS[place], scored[place]
    rivals = [
        cost
        for pattern, (cost, _, _) in zip(PATTERNS, scored, strict=True)
        if pattern is not best
        if pattern.pitch_mm is None or pattern.pitch_mm != best.pitch_mm
    ]
    kinds = best.kinds(number, phase)
    typical = tuple(median(length[kinds == kind]) for kind in range(len(best.periods) + 1))
    beyond = length - np.array(typical)[kinds]
    costs = tuple(cost for cost, _, _ in scored)
    return Unit(best, phase, min(rivals) - best_cost, kinds, typical, beyond, costs)


def _level(number: Ints, length: Floats, kinds: Ints) -> Floats:
    """Lengths without the drift along the edge that a tilted or turned ruler shows.

    The drift is the same for all kinds: a straight line through length over typical length.
    """
    ratio = np.ones(len(length))
    for kind in np.unique(kinds):
        ratio[kinds == kind] = length[kinds == kind] / max(median(length[kinds == kind]), 1e-6)
    at = (number - number.mean()).astype(np.float64)
    near = np.abs(ratio - 1) < 0.25
    if int(near.sum()) < 8:
        return length
    slope, start = np.polyfit(at[near], ratio[near], 1)
    levelled: Floats = length / np.clip(start + slope * at, 0.5, 2.0)
    return levelled


@dataclass(frozen=True, slots=True, eq=False)
class _Orders:
    """Pattern and phase (H,) of each order that is tried, with the kinds (H, N) that it gives."""

    pattern: Ints
    phase: Ints
    kinds: NDArray[np.uint8]


def _scored(number: Ints, length: Floats, spread: float) -> list[tuple[float, int, Floats]]:
    """Of each of PATTERNS its lowest cost (negative log-likelihood, penalised by kinds), the phase
    that has it, and how far each length is from what is typical of its kind."""
    orders = _likely_orders(number, length)
    rest = _rest(orders, length)
    likely = (1 - STRAY) * np.exp(-rest / spread) / (2 * spread) + STRAY / STRAY_RANGE
    costs = -np.sum(np.log(likely), axis=1)
    costs[np.isinf(rest[:, 0])] = np.inf
    first = np.searchsorted(orders.pattern, np.arange(len(PATTERNS) + 1))
    scored = []
    for pattern, start, end in zip(PATTERNS, first, first[1:], strict=False):
        best = start + int(np.argmin(costs[start:end]))
        penalty = 0.5 * (len(pattern.periods) + 1) * float(np.log(len(number)))
        cost = float(costs[best]) + penalty + float(np.log(pattern.period))
        scored.append((cost, int(orders.phase[best]), rest[best]))
    return scored


def _likely_orders(number: Ints, length: Floats) -> _Orders:
    """Each pattern at the phases at which the longest graduations of its period may lie."""
    capped = np.minimum(length, 3 * median(length))
    likely: dict[int, Ints] = {}
    for period in set(PERIODS.tolist()):
        residue = number % period
        counts = np.bincount(residue, minlength=period)
        means = np.bincount(residue, capped, minlength=period) / np.maximum(counts, 1)
        likely[period] = np.argsort(-means)[:LIKELY_PHASES]
    phases = [likely[period] for period in PERIODS.tolist()]
    pattern = np.repeat(np.arange(len(phases)), [len(each) for each in phases])
    phase = np.concatenate(phases)
    at = (number - phase[:, None]) % PERIODS[pattern][:, None]
    return _Orders(pattern, phase, CYCLES[pattern[:, None], at])


def _rest(orders: _Orders, length: Floats) -> Floats:
    """How far (H, N) each length is from what is typical of its kind; ∞ where kinds are alike."""
    every, lengthwise = np.arange(len(orders.kinds)), np.argsort(length)
    by_kind = np.argsort(orders.kinds[:, lengthwise], axis=1, kind="stable")
    ordered = length[lengthwise][by_kind]
    kind_counts = KIND_COUNTS[orders.pattern]
    typical = np.zeros((len(every), KIND_COUNTS.max()))
    fair = np.ones(len(every), np.bool_)
    start, most = np.zeros(len(every), np.intp), len(length) - 1
    for kind in range(typical.shape[1]):
        count = np.sum(orders.kinds == kind, axis=1)
        middle = start + count // 2, start + (count - 1) // 2
        low, high = (ordered[every, np.minimum(at, most)] for at in middle)
        typical[:, kind] = 0.5 * (low + high)
        good = count >= 2
        if kind:
            last = typical[:, kind - 1]
            good &= typical[:, kind] >= np.maximum(last + LEAST_STEP, last * LEAST_RATIO)
        fair &= good | (kind >= kind_counts)
        start = start + count
    rest = np.abs(length - typical[every[:, None], orders.kinds])
    rest[~fair] = np.inf
    return rest
