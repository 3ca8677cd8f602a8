"""How fast the cohort of a large clinic opens, and whether its intervals hold the truth.

Run: python -m benchmarks.cohort. The clinic has 5,000 patients with two lesions each and 20 visits
each, every visit with a confirmed form and a traced area of either lesion: 10,000 lesions, 100,000
visits, 200,000 areas. It is made in the store's own schema and layout, encrypted, without photos,
outlines and revisions, which no cohort reads. Opening is timed in fresh processes with the clinic
unlocked and nothing of the statistics' library imported, from the question to all endpoints of
all three groups. The file is in the system's cache; the database's own cache is empty.
"""

import datetime as dt
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.store_speed import _row as row
from benchmarks.table import Row, markdown
from woundtrack.cohort import curves
from woundtrack.cohort.cohort import cohort_of
from woundtrack.cohort.curves import Times
from woundtrack.cohort.summaries import distribution
from woundtrack.cohort.types import Filter, TherapyChoice
from woundtrack.context.types import AnalgesicUse, CauseFacts
from woundtrack.measure.types import Measurement
from woundtrack.raters.statistics import Estimate
from woundtrack.records import (
    Aetiology,
    Assessment,
    FilledForm,
    Lesion,
    LesionMeasurement,
    Patient,
    PatientStatus,
    Side,
    SiteClass,
    SizeMethod,
    TherapyCourse,
    Visit,
)
from woundtrack.store import database, keys, rows
from woundtrack.store.clinic import Clinic, create_clinic, open_clinic
from woundtrack.store.database import Connection
from woundtrack.store.info import DATABASE_NAME
from woundtrack.store.kinds import spec_of

TITLE = "Cohort: 10,000 lesions, 100,000 visits; what the intervals hold"
PATIENTS, VISITS = 5000, 20
SEED = 20_261_122
TRIALS = 1000
LOWEST, HIGHEST = 0.93, 0.97
YEAR = 365
_USER, _PASSPHRASE = "bench", "a passphrase for benches"
_TODAY = dt.date(2026, 1, 5)
_STS = TherapyChoice("sts_iv")
_AT = dt.datetime(2026, 1, 5, tzinfo=dt.UTC).isoformat()
_OPEN = f"""
import sys, time
from pathlib import Path
from benchmarks.cohort import opened
from woundtrack.store.clinic import open_clinic
clinic = open_clinic(Path(sys.argv[1]), user_name={_USER!r}, passphrase={_PASSPHRASE!r})
assert not any(name in sys.modules for name in ("pandas", "statsmodels", "scipy.stats"))
print(*opened(clinic))
clinic.close()
"""


def run() -> list[Row]:
    """Speed, then coverage."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "clinic"
        create_clinic(
            folder, clinic_name="Bench", user_name=_USER, passphrase=_PASSPHRASE, cost=keys.CHEAP
        )
        clinic = open_clinic(folder, user_name=_USER, passphrase=_PASSPHRASE)
        try:
            _fill(folder, clinic)
            return [*_speed(folder, clinic), *_coverage()]
        finally:
            clinic.close()


def opened(clinic: Clinic) -> tuple[float, float]:
    """Seconds from the question to every endpoint, as the page asks it, and those of processors."""
    from woundtrack.cohort.cohort import read_beside_library

    start, worked = time.perf_counter(), time.process_time()
    data = read_beside_library(lambda: clinic.read(lambda r: r.cohort_data(today=_TODAY)))
    found = cohort_of(data, Filter(therapy=_STS))
    seconds = time.perf_counter() - start, time.process_time() - worked
    assert found.everyone.lesions == 2 * PATIENTS
    assert len(data.points.day) == 2 * PATIENTS * VISITS
    return seconds


def _speed(folder: Path, clinic: Clinic) -> list[Row]:
    command = [sys.executable, "-c", _OPEN, str(folder)]
    cold, floor = [], []
    for _ in range(7):
        floor.append(_seconds(lambda: clinic.read(_scan)))
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        cold.append([float(word) for word in told.split()])
    data = clinic.read(lambda r: r.cohort_data(today=_TODAY))
    again = [opened(clinic)[0] for _ in range(7)]
    filters = [
        Filter(),
        Filter(therapy=_STS),
        Filter(site_classes=frozenset({SiteClass.CENTRAL})),
        Filter(aetiologies=frozenset({Aetiology.CALCIPHYLAXIS}), uraemic=True, therapy=_STS),
    ]
    asked = [_seconds(lambda one=one: cohort_of(data, one)) for one in filters * 5]  # type: ignore[misc]
    base = sorted(floor)[len(floor) // 2]
    fresh, worked = ([each[place] for each in cold] for place in (0, 1))
    return [
        row("cohort: floor, every measurement read once", floor, base, None),
        row("cohort: opened in a fresh process", fresh, base, 1000.0, "≤ 1 s"),
        row("cohort: processor time of that, on two cores", worked, base, None),
        row("cohort: opened again", again, base, None),
        row("cohort: another filter", asked, base, None),
    ]


def _scan(reader: Any) -> object:
    sql = "SELECT sum(length(measurement)) FROM lesion_measurement"
    return reader._connection.execute(sql).fetchone()


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _fill(folder: Path, clinic: Clinic) -> None:
    connection = database.connect(folder / DATABASE_NAME, data_key=clinic._data_key, writable=True)
    try:
        connection.execute("PRAGMA foreign_keys = OFF")  # no photos, no outlines
        connection.execute("BEGIN")
        connection.execute("INSERT INTO act (at_utc, reason) VALUES (?, '')", (_AT,))
        (act,) = connection.execute("SELECT max(id) FROM act").fetchone()
        chance = np.random.default_rng(SEED)
        ids: dict[type[Any], Iterator[int]] = {}
        for number in range(1, PATIENTS + 1):
            for record_id, value in _patient(number, chance, ids):
                _insert(connection, act, record_id, value)
        connection.execute("COMMIT")
    finally:
        connection.close()


def _insert(connection: Connection, act: int, record_id: int, value: Any) -> None:
    spec = spec_of(type(value))
    head = {
        "id": record_id,
        "uuid": f"{spec.table}-{record_id}",
        "revision": 1,
        "at_utc": _AT,
        "reason": "",
        "act_id": act,
    }
    rows.insert_row(connection, spec, head, value)


def _patient(
    number: int, chance: np.random.Generator, ids: dict[type[Any], Iterator[int]]
) -> Iterator[tuple[int, Any]]:
    """A patient's records in the order in which a clinic makes them, each with its id."""

    def next_id(kind: type[Any]) -> int:
        return next(ids.setdefault(kind, count(1)))

    first_on = dt.date(2020, 1, 1) + dt.timedelta(days=int(chance.integers(0, 1500)))
    died = chance.random() < 0.3
    days = np.cumsum(chance.choice([7, 14, 21, 42], VISITS)) - 7
    last_on = first_on + dt.timedelta(days=int(days[-1]))
    yield next_id(Patient), Patient(
        f"H{number}", "Moreau", "Ann", dt.date(1950, 1, 1), code=f"B{number}",
        status=PatientStatus.DIED if died else PatientStatus.ACTIVE,
        died_on=last_on + dt.timedelta(days=int(chance.integers(1, 60))) if died else None,
    )  # fmt: skip
    lesions = [next_id(Lesion) for _each in range(2)]
    for label, lesion in zip("AB", lesions, strict=True):
        site = SiteClass.CENTRAL if chance.random() < 0.3 else SiteClass.PERIPHERAL
        yield lesion, Lesion(
            number, label, "calf", Side.LEFT, Aetiology.CALCIPHYLAXIS, class_by_rule=site,
            cause_facts=CauseFacts(uraemic=bool(chance.random() < 0.7)),
        )  # fmt: skip
    start_on = first_on + dt.timedelta(days=3)
    yield next_id(TherapyCourse), TherapyCourse(number, _STS.key, "", start_on, dose=25, unit="g")
    if number % 3 == 0:
        yield next_id(TherapyCourse), TherapyCourse(number, "rheopheresis", "", start_on)
    for drug, dose in (("morphine", 10.0), ("oxycodone", 5.0), ("paracetamol", 1000.0)):
        use = AnalgesicUse(number, drug, first_on, None, "", "oral", dose, "mg", 2.0)
        yield next_id(AnalgesicUse), use
    logs = chance.normal(2, 0.7, 2), chance.normal(-0.015, 0.01, 2)
    for day in days.tolist():
        visit = next_id(Visit)
        yield visit, Visit(number, first_on + dt.timedelta(days=day), general_pain_nrs=3)
        for place, lesion in enumerate(lesions):
            area = float(np.exp(logs[0][place] + logs[1][place] * day + chance.normal(0, 0.1)))
            measured = next_id(LesionMeasurement)
            yield measured, _measured(visit, lesion, area)
            yield next_id(Assessment), Assessment(
                visit, lesion, SizeMethod.TRACED if area > 0.3 else SizeMethod.CLOSED, measured,
                1, dressing="hydrocolloid", forms=(FilledForm("bwat", "2001, revised", (3,) * 13),),
                confirmed=True,
            )  # fmt: skip


def _measured(visit: int, lesion: int, area_cm2: float) -> LesionMeasurement:
    segment = ((1523.25, 2521.5), (300.5, 400.75))
    measurement = Measurement(area_cm2, 0.03 * area_cm2, 14.1, 5.1, 3.2, segment, segment)
    return LesionMeasurement(visit, lesion, 1, 1, 1, 1, 1, measurement, True, 0.032)


def _coverage() -> list[Row]:
    """How often the 95 % intervals hold the truth of simulated cohorts."""
    rng = np.random.default_rng(SEED)
    found = [
        _held(f"survival at 1 year, {n} patients{late and ', 40 % came late'}",
              lambda n=n, late=late: _survival(rng, n, bool(late)), 0.6)
        for n in (20, 60, 200) for late in ("", "late")
    ]  # fmt: skip
    pools = _lesions(rng, 200_000)
    incidence = float(np.mean((pools[1] <= YEAR) & (pools[1] <= pools[2])))
    early = float(np.quantile(pools[1], 0.45))
    medians = {day: float(np.median(_reduction(pools, day))) for day in (0.0, early)}
    for n in (20, 60, 200):
        found.append(
            _held(f"closure at 1 year, {n} patients, 2.5 lesions each that heal alike",
                  lambda n=n: _incidence(rng, n), incidence)
        )  # fmt: skip
        found += [
            _held(f"median reduction, {n} patients, 2.5 lesions each that heal alike"
                  f"{', 45 % closed' if day else ''}",
                  lambda n=n, day=day: _median(rng, n, day), median)
            for day, median in medians.items()
        ]  # fmt: skip
    return found


def _held(name: str, estimate: Callable[[], Estimate | None], truth: float) -> Row:
    found = [one for one in (estimate() for _trial in range(TRIALS)) if one is not None]
    inside = [
        one.low is not None and one.high is not None and one.low <= truth <= one.high
        for one in found
    ]
    held = float(np.mean(inside))
    bias = float(np.mean([one.value for one in found])) - truth
    spread = f"± {100 * np.sqrt(held * (1 - held) / len(found)):.1f} (1 se), {len(found)} cohorts"
    return Row(
        f"{name}: 95 % interval holds the truth",
        100 * held,
        "%",
        f"{spread}; bias {bias:+.3f} of {truth:.2f}",
        "93–97 %",
        LOWEST <= held <= HIGHEST,
    )


def _survival(rng: np.random.Generator, n: int, late: bool) -> Estimate | None:
    die = np.ceil(rng.exponential(-YEAR / np.log(0.6), n))
    leave = np.ceil(rng.uniform(100, 900, n))
    entry = np.where(rng.random(n) < 0.4 * late, np.ceil(rng.uniform(0, 150, n)), 0.0)
    here = np.minimum(die, leave) >= entry
    times = Times(entry[here], np.minimum(die, leave)[here], (die <= leave)[here].astype(np.int64))
    return curves.at_day(curves.survival_curve(times), YEAR).share


def _lesions(rng: np.random.Generator, patients: int) -> tuple[Any, ...]:
    """Owner, day of closure, of death, and reduction, of lesions that are alike in a patient."""
    owner = np.repeat(np.arange(patients), rng.integers(1, 5, patients))
    alike = rng.gamma(1.25, 0.8, patients)[owner]
    close = np.ceil(rng.exponential(300 / np.maximum(alike, 1e-9)))
    die = np.ceil(rng.exponential(700, patients))[owner]
    left = np.exp(rng.normal(-0.5, 0.5, patients)[owner] + rng.normal(0, 0.5, len(owner)))
    return owner, close, die, 1 - left


def _incidence(rng: np.random.Generator, patients: int) -> Estimate | None:
    owner, close, die, _reduction = _lesions(rng, patients)
    leave = np.ceil(rng.uniform(100, 700, patients))[owner]
    event = np.where((close <= die) & (close <= leave), 1, np.where(die <= leave, 2, 0))
    times = Times(np.zeros(len(owner)), np.minimum(np.minimum(close, die), leave), event)
    return curves.at_day(curves.incidence_curve(times, owner), YEAR).share


def _reduction(lesions: tuple[Any, ...], day: float) -> Any:
    """Of what has closed by a day, 1."""
    _owner, close, _die, reduction = lesions
    return np.where(close <= day, 1.0, reduction)


def _median(rng: np.random.Generator, patients: int, day: float) -> Estimate | None:
    lesions = _lesions(rng, patients)
    return distribution(_reduction(lesions, day), lesions[0], missing=(), method="").median


if __name__ == "__main__":
    print(markdown(run()))
