"""From the tracings of a study to how far its raters agree, with others and with themselves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

import numpy as np

from woundtrack.errors import MeasureError
from woundtrack.outline.strokes import overlap
from woundtrack.raters import statistics
from woundtrack.raters.statistics import DETECTABLE, Estimate, Limits
from woundtrack.raters.types import RESULT_PHOTOS, RaterTrace

Reading: TypeAlias = tuple[int, int]
"""Rater id and round: one column of the table."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two readings of the same photos beside each other; differences are second less first."""

    first: Reading
    second: Reading
    areas_cm2: tuple[tuple[float, float], ...]
    """First and second area of each photo."""
    limits_cm2: Limits
    relative: Limits
    """Of the second area over the first, as a fraction."""
    dice: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far readings of the same photos agree: between raters, or of each with themselves."""

    photo_ids: tuple[int, ...]
    """The study's photos that all these readings share."""
    rater_ids: tuple[int, ...]
    relative_sd: Estimate
    """Of one area, as a fraction of it: the coefficient of variation."""
    sem_cm2: float
    icc: Estimate | None
    """ICC(2,1) of the areas; None within raters, or where all photos show the same area."""
    dice: float
    """Mean over photos and pairs."""
    pairs: tuple[Pair, ...]
    photo_sds: tuple[float, ...]
    """The relative sd of each photo's readings, in the order of `photo_ids`."""

    @property
    def detectable_relative(self) -> float:
        """The smallest detectable change, as a fraction of the area: 1.96·√2 sd."""
        return DETECTABLE * self.relative_sd.value

    @property
    def detectable_cm2(self) -> float:
        """The smallest detectable change over all these photos, in cm²: 1.96·√2 SEM."""
        return DETECTABLE * self.sem_cm2


Cells: TypeAlias = Mapping[tuple[int, Reading], RaterTrace]


def between_raters(traces: Iterable[RaterTrace]) -> Agreement:
    """How far the raters agree with each other, each by the first round.

    Of the raters with `RESULT_PHOTOS` photos or more, on the photos that all of them traced.
    Raises MeasureError raters.too_few where there are fewer than two raters or too few photos.
    """
    cells = _cells(traces)
    readings = _enough(cells, {reading for _photo, reading in cells if reading[1] == 1})
    photo_ids = _shared(cells, readings)
    if len(readings) < 2 or len(photo_ids) < RESULT_PHOTOS:
        raise MeasureError("raters.too_few", needed=RESULT_PHOTOS)
    table = _areas(cells, photo_ids, readings)
    variances = statistics.log_variances(table)
    pairs = tuple(_pair(cells, photo_ids, a, b) for a, b in combinations(readings, 2))
    return Agreement(
        photo_ids=photo_ids,
        rater_ids=tuple(rater for rater, _round in readings),
        relative_sd=statistics.relative_sd(variances),
        sem_cm2=statistics.sem(table),
        icc=_icc(table),
        dice=float(np.mean([pair.dice for pair in pairs])),
        pairs=pairs,
        photo_sds=_relative(variances),
    )


def within_raters(traces: Iterable[RaterTrace]) -> Agreement:
    """How far raters agree with themselves, from the two rounds of each, pooled.

    Of the raters who traced `RESULT_PHOTOS` photos twice, on the photos that all of them did.
    Raises MeasureError raters.too_few where nobody has.
    """
    cells = _cells(traces)
    second = _enough(cells, {reading for _photo, reading in cells if reading[1] == 2})
    readings = [(rater, round_) for rater, _two in second for round_ in (1, 2)]
    photo_ids = _shared(cells, readings)
    if not readings or len(photo_ids) < RESULT_PHOTOS:
        raise MeasureError("raters.too_few", needed=RESULT_PHOTOS)
    pairs = tuple(_pair(cells, photo_ids, (rater, 1), (rater, 2)) for rater, _two in second)
    tables = [_areas(cells, photo_ids, (pair.first, pair.second)) for pair in pairs]
    variances = np.mean([statistics.log_variances(table) for table in tables], axis=0)
    squares = [statistics.sem(table) ** 2 for table in tables]
    return Agreement(
        photo_ids=photo_ids,
        rater_ids=tuple(rater for rater, _two in second),
        relative_sd=statistics.relative_sd(variances),
        sem_cm2=float(np.sqrt(np.mean(squares))),
        icc=None,
        dice=float(np.mean([pair.dice for pair in pairs])),
        pairs=pairs,
        photo_sds=_relative(variances),
    )


def _cells(traces: Iterable[RaterTrace]) -> Cells:
    return {(t.rater_photo_id, (t.rater_id, t.round)): t for t in traces}


def _enough(cells: Cells, readings: Iterable[Reading]) -> list[Reading]:
    """The readings of enough photos, in the order of raters."""
    counts = {one: sum(reading == one for _photo, reading in cells) for one in readings}
    return sorted(one for one, count in counts.items() if count >= RESULT_PHOTOS)


def _shared(cells: Cells, readings: Sequence[Reading]) -> tuple[int, ...]:
    photos = {photo for photo, _reading in cells}
    return tuple(sorted(p for p in photos if all((p, one) in cells for one in readings)))


def _areas(cells: Cells, photo_ids: Sequence[int], readings: Sequence[Reading]) -> statistics.Table:
    rows = [[cells[photo, one].measurement.area_cm2 for one in readings] for photo in photo_ids]
    return np.array(rows, dtype=np.float64)


def _pair(cells: Cells, photo_ids: Sequence[int], first: Reading, second: Reading) -> Pair:
    table = _areas(cells, photo_ids, (first, second))
    a, b = table.T
    shares = [overlap(cells[p, first].outline, cells[p, second].outline) for p in photo_ids]
    return Pair(
        first=first,
        second=second,
        areas_cm2=tuple((float(one), float(other)) for one, other in table),
        limits_cm2=statistics.limits(b - a),
        relative=statistics.relative_limits(a, b),
        dice=float(np.mean(shares)),
    )


def _relative(log_variances: statistics.Table) -> tuple[float, ...]:
    """Relative sds from variances of logarithms, shape (n,)."""
    return tuple(float(one) for one in np.sqrt(np.expm1(log_variances)))


def _icc(table: statistics.Table) -> Estimate | None:
    try:
        return statistics.icc_2_1(table)
    except MeasureError:
        return None
