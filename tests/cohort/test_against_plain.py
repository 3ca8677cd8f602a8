"""Columns against plain loops over the same clinics, made at random: every figure and count."""

import random
from collections import Counter
from dataclasses import dataclass

import numpy as np
import pytest

from tests.cohort.made import DAY_0, RHEO, STS, TODAY, MadeClinic, on
from woundtrack.cohort.cohort import cohort_of
from woundtrack.cohort.people import watched
from woundtrack.cohort.selection import select
from woundtrack.cohort.types import Endpoints, Filter, Reason, Sample
from woundtrack.healing.closure import closures_of
from woundtrack.records import Aetiology, SiteClass, SizeMethod
from woundtrack.therapy.types import StopCause

FILTERS = (
    Filter(),
    Filter(therapy=STS),
    Filter(therapy=RHEO, site_classes=frozenset({SiteClass.CENTRAL, SiteClass.ACRAL})),
    Filter(aetiologies=frozenset({Aetiology.CALCIPHYLAXIS}), uraemic=True),
    Filter(therapy=STS, from_on=on(100), to_on=on(900)),
)


def a_clinic(seed: int) -> MadeClinic:
    """Forty patients with up to three lesions, seen, closed, reopened, parted, lost and dead."""
    chance = random.Random(seed)
    clinic = MadeClinic()
    for _each in range(40):
        first = chance.randrange(0, 1400)
        died = first + chance.randrange(0, 700) if chance.random() < 0.3 else None
        end = min(died or TODAY, TODAY, first + chance.choice((10, 200, 500, 900)))
        undated = died is None and chance.random() < 0.05
        last = end if died is None else died
        patient = clinic.patient(died=died, contact=last, undated=undated)
        for _lesion in range(chance.randrange(0, 4)):
            became = chance.randrange(first, end + 1) if chance.random() < 0.15 else None
            lesion = clinic.lesion(
                patient,
                site=chance.choice(list(SiteClass)),
                cause=chance.choice((Aetiology.CALCIPHYLAXIS, Aetiology.VENOUS)),
                uraemic=chance.choice((None, True, False)),
                became=became,
            )
            visits(clinic, chance, lesion, first, end if became is None else became - 1)
        for therapy in (STS, STS, RHEO):
            if chance.random() < 0.5:
                start = min(first + chance.randrange(-200, 300), last)
                stop = chance.choice((None, start + chance.randrange(0, 200)))
                cause = chance.choice((None, StopCause.ADVERSE_EVENT)) if stop else None
                clinic.course(patient, start, stop, therapy=therapy, cause=cause)
    return clinic


def visits(clinic: MadeClinic, chance: random.Random, lesion: int, first: int, end: int) -> None:
    day = first + chance.choice((0, 0, 0, 40, 200))
    bedside, shut = chance.random() < 0.15, False
    while day <= end:
        shut = chance.random() < (0.8 if shut else 0.15)
        size = 0.0 if shut else None if chance.random() < 0.1 else chance.uniform(0.2, 30)
        if bedside or chance.random() < 0.05:
            clinic.seen(lesion, day, size, SizeMethod.BEDSIDE)
        else:
            clinic.seen(lesion, day, size)
        day += chance.choice((5, 7, 14, 14, 30, 90))


@dataclass(frozen=True)
class Seen:
    """One visit of a lesion, in days from `DAY_0`."""

    day: float
    method: SizeMethod
    size: float

    @property
    def shut(self) -> bool:
        return self.method is SizeMethod.CLOSED


def plain_visits(clinic: MadeClinic, lesion: int) -> list[Seen]:
    became = clinic.lesions[lesion][5]
    return [
        Seen(day, list(SizeMethod)[method], size)
        for owner, day, method, size in sorted(clinic.points)
        if owner == lesion and (became is None or day < became)
    ]


def plain_fits(clinic: MadeClinic, lesion: int, asked: Filter) -> bool:
    _patient, cause, site, uraemic, _subtype, _became = clinic.lesions[lesion]
    aetiology = list(Aetiology)[cause]
    if asked.aetiologies and aetiology not in asked.aetiologies:
        return False
    if asked.site_classes and list(SiteClass)[site] not in asked.site_classes:
        return False
    needs = asked.uraemic is not None and aetiology is Aetiology.CALCIPHYLAXIS
    return not needs or uraemic == int(bool(asked.uraemic))


def plain_zeros(clinic: MadeClinic, asked: Filter) -> dict[int, tuple[float, float]]:
    """Time zero of each patient of the cohort, and the day a lesion of it was first seen."""
    zeros = {}
    for patient, (died, _undated, _contact) in enumerate(clinic.patients):
        own = [n for n, les in enumerate(clinic.lesions)
               if les[0] == patient and plain_fits(clinic, n, asked)]  # fmt: skip
        seen = [visit.day for lesion in own for visit in plain_visits(clinic, lesion)]
        if not seen:
            continue
        zero = min(seen)
        if asked.therapy is not None:
            place = (STS, RHEO).index(asked.therapy)
            starts = [course[2] for course in clinic.courses if course[:2] == (patient, place)]
            if not starts:
                continue
            zero = min(starts)
        early = asked.from_on is not None and zero < (asked.from_on - DAY_0).days
        late = asked.to_on is not None and zero > (asked.to_on - DAY_0).days
        if early or late or zero > TODAY or (died is not None and zero > died):
            continue
        zeros[patient] = (zero, min(seen))
    return zeros


SIZED = (SizeMethod.TRACED, SizeMethod.BEDSIDE)


def plain_lesion(
    clinic: MadeClinic, lesion: int, zero: float
) -> tuple[float | Reason, float | Reason, tuple[float, int, bool] | Reason]:
    """Reduction at 24 weeks, area at one year, and (days, event, reopened), or why not."""
    seen = plain_visits(clinic, lesion)
    became = clinic.lesions[lesion][5]
    died = clinic.patients[clinic.lesions[lesion][0]][0]
    away = None
    if became is not None and became <= zero:
        away = Reason.ENDED_BEFORE
    elif not seen:
        away = Reason.NEVER_SEEN
    elif seen[0].day > zero + 7:
        away = Reason.APPEARED_LATER
    elif ([v for v in seen if v.day <= zero] or seen[:1])[-1].shut:
        away = Reason.CLOSED_BEFORE
    if away is not None:
        return away, away, away
    closures = closures_of((on(int(visit.day)), visit.shut) for visit in seen)
    first = next((c for c in closures if c.confirmed_on and c.confirmed_on > on(int(zero))), None)
    confirmed = (first.confirmed_on - DAY_0).days if first and first.confirmed_on else None
    reopened = (first.reopened_on - DAY_0).days if first and first.reopened_on else None

    def at(
        day: float, around: float, method: SizeMethod, *, only_where_last: bool = False
    ) -> float | Reason:
        near = [v for v in seen if abs(v.day - day) <= around and not np.isnan(v.size)]
        until = day + around
        measured = [v.method for v in seen if v.day <= until and v.method in SIZED
                    and not np.isnan(v.size)]  # fmt: skip
        closes = not only_where_last or measured[-1:] == [method]
        methods = (method, SizeMethod.CLOSED) if closes else (method,)
        good = [v for v in near if v.method in methods]
        if good:
            return min(good, key=lambda v: (abs(v.day - day), v.day)).size
        if confirmed is not None and confirmed <= until and not (reopened or np.inf) <= until:
            return 0.0 if closes else Reason.OTHER_METHOD
        if near:
            return Reason.OTHER_METHOD
        if became is not None and became <= until:
            return Reason.BECAME_OTHERS
        if died is not None and died <= until:
            return Reason.DIED
        return Reason.NOT_DUE if until >= TODAY else Reason.NOT_SEEN

    sized = [v for v in seen if v.size > 0 and -28 <= v.day - zero <= 7]
    reduction: float | Reason = Reason.NO_BASELINE
    if sized:
        base = min(sized, key=lambda v: (abs(v.day - zero), v.day))
        reduction = at(zero + 168, 28, base.method)
        if not isinstance(reduction, Reason):
            reduction = (base.size - reduction) / base.size
    area = at(zero + 364, 56, SizeMethod.TRACED, only_where_last=True)
    last = seen[-1].day
    if confirmed is not None:
        closed = (confirmed - zero, 1, reopened is not None)
    elif became is not None:
        closed = (became - zero, 0, False)
    elif died is not None and died - last <= 84:
        closed = (died - zero, 2, False)
    else:
        closed = (last - zero, 0, False)
    return reduction, area, closed if closed[0] > 0 else Reason.NO_FOLLOW_UP


def plain_cohort(clinic: MadeClinic, asked: Filter) -> list[tuple]:
    zeros = plain_zeros(clinic, asked)
    told = []
    for lesion, (patient, *_rest) in enumerate(clinic.lesions):
        if patient in zeros and plain_fits(clinic, lesion, asked):
            seen = plain_visits(clinic, lesion)
            zero = zeros[patient][0] if asked.therapy else seen[0].day if seen else np.nan
            told.append(plain_lesion(clinic, lesion, zero))
    return told


def counts(told: list, sample: Sample) -> None:
    """That n and the reasons of the missing are those of the plain loop."""
    missing = Counter(each for each in told if isinstance(each, Reason))
    assert {each.reason: each.count for each in sample.missing} == missing
    assert sample.n == len(told) - missing.total()


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("asked", FILTERS)
def test_every_lesion_is_told_as_a_plain_loop_tells_it(seed: int, asked: Filter) -> None:
    clinic = a_clinic(seed)
    group = cohort_of(clinic.data, asked).everyone
    told = plain_cohort(clinic, asked)
    assert group.lesions == len(told)
    reductions, areas, closures = zip(*told, strict=True) if told else ((), (), ())
    counts(list(reductions), group.area_reduction.sample)
    counts(list(areas), group.area_at_year.sample)
    counts(list(closures), group.closure.sample)
    ended = [each for each in closures if not isinstance(each, Reason)]
    assert group.closure.closed == sum(event == 1 for _day, event, _again in ended)
    assert group.closure.died == sum(event == 2 for _day, event, _again in ended)
    assert group.closure.reopened == sum(again for _day, _event, again in ended)
    values = [each for each in reductions if not isinstance(each, Reason)]
    if group.area_reduction.median is not None:
        assert group.area_reduction.median.value == pytest.approx(np.median(values))
        assert group.closure.curve.exit_days == tuple(sorted(day for day, _e, _a in ended))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("asked", FILTERS)
def test_every_patient_is_followed_as_a_plain_loop_follows_them(seed: int, asked: Filter) -> None:
    clinic = a_clinic(seed)
    zeros = plain_zeros(clinic, asked)
    expected = []
    for patient, (zero, seen) in zeros.items():
        died, undated, contact = clinic.patients[patient]
        end = died if died is not None else contact
        from_ = max(zero, seen)
        if not undated and end is not None and end >= from_:
            expected.append((from_ - zero, end - zero, int(died is not None)))
    times, _missing = watched(select(clinic.data, asked))
    rows = zip(times.entry.tolist(), times.exit.tolist(), times.event.tolist(), strict=True)
    assert sorted(rows) == sorted(expected)


def samples_of(group: Endpoints) -> list[tuple[Sample, int]]:
    """Every sample, with how many it must account for."""
    told = [
        (group.survival.sample, group.patients),
        (group.analgesics.change.sample, group.patients),
        *((each.sample, group.lesions)
          for each in (group.area_reduction, group.area_at_year, group.closure)),
    ]  # fmt: skip
    if group.stops is not None and group.days_to_healing is not None:
        told += [
            (group.stops.sample, group.patients),
            (group.days_to_healing.sample, group.lesions),
        ]
    return told


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("asked", FILTERS)
def test_nobody_is_dropped_silently(seed: int, asked: Filter) -> None:
    cohort = cohort_of(a_clinic(seed).data, asked)
    for group in (cohort.everyone, cohort.central, cohort.peripheral):
        for sample, of in samples_of(group):
            assert sample.of == of
            assert sample.patients <= group.patients
    inside = cohort.central.patients + cohort.peripheral.patients + cohort.neither
    assert inside == cohort.everyone.patients
