"""What is asked of a cohort, and what it answers: every figure with its n, missing and interval.

Times are days from time zero, areas cm², shares fractions of 1. None where there is no figure.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from enum import StrEnum

from woundtrack.context.types import CalcinosisSubtype
from woundtrack.raters.statistics import Estimate
from woundtrack.records import Aetiology, SiteClass

FEW = 5
"""Patients below which a group is flagged: only its counts are told, no figure and no interval."""
YEAR_DAYS = 365
WEEKS_52_DAYS = 364
"""A year as visits go: who was last seen after 52 weeks was followed for a year."""


@dataclass(frozen=True, slots=True)
class TherapyChoice:
    """A therapy of the catalogue, or one that the clinic named."""

    key: str
    """A key of `woundtrack.therapy.catalogue.THERAPIES`."""
    name: str = ""
    """Where the key is "other": the clinic's name, as most often written."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which lesions, of which patients. What is empty or None asks nothing."""

    aetiologies: frozenset[Aetiology] = frozenset()
    uraemic: bool | None = None
    """Narrows calciphylaxis alone; lesions of which nobody said are left out then."""
    subtypes: frozenset[CalcinosisSubtype] = frozenset()
    """Narrow calcinosis alone."""
    site_classes: frozenset[SiteClass] = frozenset()
    therapy: TherapyChoice | None = None
    from_on: dt.date | None = None
    """The first and the last day on which a patient's time zero may lie: the first dose of the
    therapy, else the first visit that saw one of these lesions."""
    to_on: dt.date | None = None


class Reason(StrEnum):
    """Why a patient or lesion has no figure."""

    NEVER_SEEN = "never_seen"
    NOT_STARTED = "not_started"
    AFTER_DEATH = "after_death"
    DEATH_WITHOUT_DATE = "death_without_date"
    NO_FOLLOW_UP = "no_follow_up"
    APPEARED_LATER = "appeared_later"
    CLOSED_BEFORE = "closed_before"
    ENDED_BEFORE = "ended_before"
    NO_BASELINE = "no_baseline"
    BECAME_OTHERS = "became_others"
    DIED = "died"
    OTHER_METHOD = "other_method"
    NOT_DUE = "not_due"
    NOT_SEEN = "not_seen"
    NOT_FOLLOWED = "not_followed"
    NOT_CLOSED = "not_closed"
    NOT_RECORDED = "not_recorded"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class Missing:
    """How many have no figure for one reason."""

    reason: Reason
    count: int


@dataclass(frozen=True, slots=True)
class Sample:
    """Who a figure rests on: `n` patients or lesions, of so many patients, and who is missing."""

    n: int
    patients: int
    missing: tuple[Missing, ...] = ()

    @property
    def few(self) -> bool:
        """Whether there are too few patients for a figure."""
        return self.patients < FEW

    @property
    def of(self) -> int:
        """Those of the figure and the missing together."""
        return self.n + sum(each.count for each in self.missing)


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What a curve says of one day."""

    day: float
    share: Estimate | None
    """None in a group under 5, and where nobody was followed for so long."""
    at_risk: int | None
    """Under watch on the eve of this day's events; None where there is no curve."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A step curve from day 0: from `days[i]` on the share is `shares[i]`. Empty under 5."""

    days: tuple[float, ...] = ()
    shares: tuple[float, ...] = ()
    lows: tuple[float | None, ...] = ()
    highs: tuple[float | None, ...] = ()
    censored_days: tuple[float, ...] = ()
    """When those left who did not have the event, rising."""
    entry_days: tuple[float, ...] = ()
    """From when each was under watch, rising: 0 but for who came after time zero."""
    exit_days: tuple[float, ...] = ()
    """Until when each was, rising."""

    @property
    def last_day(self) -> float:
        """The last day on which anyone was under watch."""
        return self.exit_days[-1] if self.exit_days else 0.0

    @property
    def ended(self) -> bool:
        """Whether everyone had an event in the end: what the curve says last then stays true."""
        return not self.censored_days or self.censored_days[-1] < self.last_day

    def on(self, day: float) -> Estimate:
        """What a curve with steps says of a day from 0 on."""
        step = bisect_right(self.days, day) - 1
        return Estimate(self.shares[step], self.lows[step], self.highs[step])

    def at_risk(self, day: float) -> int:
        """How many are under watch on the eve of a day's events."""
        return bisect_right(self.entry_days, day) - bisect_left(self.exit_days, day)


@dataclass(frozen=True, slots=True)
class Survival:
    """Survival from time zero, of patients."""

    sample: Sample
    deaths: int
    curve: Curve
    at_year: CurvePoint
    median_days: Estimate | None
    """Its `high` is None where the upper limit was not reached."""
    method: str
    late: int = 0
    """Patients under watch only from a day after time zero."""
    refused: str = ""
    """Why there is no curve in a group that is large enough, as a sentence."""


@dataclass(frozen=True, slots=True)
class Closure:
    """Time to the first confirmed closure, of lesions; the curve rises from 0."""

    sample: Sample
    closed: int
    died: int
    """Lesions that death ended first."""
    reopened: int
    """Of the closed, how many were seen open later."""
    curve: Curve
    at_24_weeks: CurvePoint
    at_year: CurvePoint
    median_days: Estimate | None
    method: str


@dataclass(frozen=True, slots=True)
class Distribution:
    """How a figure is spread: median and mean with intervals, lower and upper quartile."""

    sample: Sample
    median: Estimate | None
    quartiles: tuple[float, float] | None
    mean: Estimate | None
    method: str


@dataclass(frozen=True, slots=True)
class Proportion:
    """How many of the sample's n."""

    sample: Sample
    count: int
    share: Estimate | None
    method: str


@dataclass(frozen=True, slots=True)
class AnalgesicChange:
    """Oral morphine equivalents a day, in mg, of patients followed for a year."""

    before: Distribution
    """On time zero."""
    after: Distribution
    """A year later, of the same patients."""
    change: Distribution
    """After less before, patient by patient."""


@dataclass(frozen=True, slots=True)
class TherapyCount:
    """Another therapy, and how many patients had it."""

    therapy: TherapyChoice
    patients: int


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Everything that is told of one group."""

    patients: int
    lesions: int
    survival: Survival
    area_reduction: Distribution
    """At 24 weeks, as a fraction of the area at time zero; negative is growth."""
    area_at_year: Distribution
    """cm²"""
    closure: Closure
    days_to_healing: Distribution | None
    """Days of the therapy until closure was confirmed; None where no therapy was chosen."""
    analgesics: AnalgesicChange
    associated: tuple[TherapyCount, ...]
    """The most frequent first."""
    associated_method: str
    stops: Proportion | None
    """Patients who stopped the therapy for an adverse event; None where none was chosen."""

    @property
    def few(self) -> bool:
        """Whether the group is flagged."""
        return self.patients < FEW


@dataclass(frozen=True, slots=True)
class Difference:
    """Central less peripheral; a figure is None where one side has none."""

    survival_at_year: Estimate | None
    survival_p: float | None
    """Log-rank test over the whole time."""
    area_reduction: Estimate | None
    closure_at_24_weeks: Estimate | None
    closure_at_year: Estimate | None
    method: str


@dataclass(frozen=True, slots=True)
class Cohort:
    """What the filter finds, as a whole, and central against peripheral."""

    filter: Filter
    everyone: Endpoints
    central: Endpoints
    peripheral: Endpoints
    difference: Difference
    neither: int = 0
    """Patients who are in neither of the two."""
    left_out: tuple[Missing, ...] = field(default=())
    """Patients whom the filter finds but who have no time zero, by reason."""
