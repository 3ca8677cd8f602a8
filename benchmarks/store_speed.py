"""How fast a large clinic answers: 2,000 patients, 20,000 visits, one with 100 visits.

That one has 300 laboratory results, 20 analgesics and 30 events beside them.

Times are medians with the middle half, each also as a ratio to a floor of the same run: one
`SELECT 1` through the same question-and-snapshot path.
"""

import datetime as dt
import math
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.table import Row, markdown
from woundtrack.context.types import AnalgesicUse, ClinicalEvent, EventKind, LabResult
from woundtrack.measure.types import Measurement
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Photo
from woundtrack.records import (
    Assessment,
    FilledForm,
    Lesion,
    LesionMeasurement,
    Patient,
    PhotoOutline,
    PhotoScale,
    Side,
    SizeMethod,
    TherapyCourse,
    Visit,
    VisitPhoto,
)
from woundtrack.scale.types import Scale, ScaleMethod
from woundtrack.store import keys
from woundtrack.store.clinic import Clinic, Writer, create_clinic, open_clinic

TITLE = "The store: 2,000 patients, 20,000 visits"
PATIENTS = 2000
VISITS = 20_000
LONG_VISITS = 100
LABS, ANALGESICS, EVENTS = 300, 20, 30
OUTLINE_POINTS = 200
_USER, _PASSPHRASE = "bench", "a passphrase for benches"
_LAST_DAY = dt.date(2026, 1, 5)
_FAMILY = ("Lefèvre", "Moreau", "Nguyễn", "García", "O'Brien", "Łukasz", "Sørensen", "Weiß")
_FIRST = ("Marie", "Jean-Paul", "Thị", "José", "Ann", "Zoë", "Ole", "Jürgen", "Inès")
_SCALE = Scale(
    method=ScaleMethod.CARD,
    homography_px_to_mm=((0.1, 0.001, -3.0), (-0.001, 0.1, 2.0), (1e-6, 2e-6, 1.0)),
    relative_sd=0.004,
    tilt_deg=12.0,
    marks_px=tuple((float(i), float(2 * i)) for i in range(16)),
)


def run() -> list[Row]:
    """Build the clinic in a temporary folder and time what a clinician waits for."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "clinic"
        start = time.perf_counter()
        # A key that costs nothing here, so that opening is timed beyond its derivation.
        create_clinic(
            folder,
            clinic_name="Bench",
            user_name=_USER,
            passphrase=_PASSPHRASE,
            cost=keys.CHEAP,
        )
        clinic = open_clinic(folder, user_name=_USER, passphrase=_PASSPHRASE)
        long_id = clinic.write(_fill)
        built_s = time.perf_counter() - start
        clinic.close()
        rows = [Row("store: building the clinic", built_s, "s")]
        rows += _opening(folder)
        clinic = open_clinic(folder, user_name=_USER, passphrase=_PASSPHRASE)
        try:
            rows += _asking(clinic, long_id)
        finally:
            clinic.close()
    return rows


def _fill(writer: Writer) -> int:
    chance = random.Random(7)
    long_id = _long_patient(writer, chance)
    per_patient = (VISITS - LONG_VISITS) / (PATIENTS - 1)
    made, kept = 0.0, 0
    for number in range(1, PATIENTS):
        patient = writer.add(a_patient(chance, number))
        lesion = writer.add(Lesion(patient.id, "A", "calf", Side.LEFT))
        made += per_patient
        for week in range(round(made) - kept):
            day = _LAST_DAY - dt.timedelta(weeks=week)
            visit = writer.add(Visit(patient.id, day))
            writer.add(Assessment(visit.id, lesion.id, pain_nrs=3, confirmed=True))
        kept = round(made)
    return long_id


def a_patient(chance: random.Random, number: int) -> Patient:
    return Patient(
        hospital_number=f"H{100_000 + number}",
        birth_name=f"{chance.choice(_FAMILY)}-{chance.choice(_FAMILY)}",
        first_names=chance.choice(_FIRST),
        birth_date=dt.date(1930, 1, 1) + dt.timedelta(days=chance.randrange(25_000)),
        national_number=str(chance.randrange(10**12)),
    )


def _long_patient(writer: Writer, chance: random.Random) -> int:
    patient = writer.add(a_patient(chance, 0))
    lesions = [writer.add(Lesion(patient.id, label, "calf", Side.LEFT)) for label in "AB"]
    for n in range(6):
        start = _LAST_DAY - dt.timedelta(weeks=90 - n)
        writer.add(TherapyCourse(patient.id, "sts_iv", f"Course {n}", start_on=start))
    for week in range(LONG_VISITS):
        visit = writer.add(Visit(patient.id, _LAST_DAY - dt.timedelta(weeks=week)))
        for number, lesion in enumerate(lesions):
            add_measured(writer, visit.id, lesion.id, b"%d %d" % (week, number))
    _beside_the_wound(writer, patient.id)
    return patient.id


def _beside_the_wound(writer: Writer, patient_id: int) -> None:
    for number in range(LABS):
        day = _LAST_DAY - dt.timedelta(days=2 * (number // 3))
        key, unit = (("calcium_total", "mmol/L"), ("phosphate", "mmol/L"), ("crp", "mg/L"))[
            number % 3
        ]
        writer.add(LabResult(patient_id, day, key, 2.1, unit, lower_limit=0.8, upper_limit=2.5))
    for number in range(ANALGESICS):
        start = _LAST_DAY - dt.timedelta(weeks=4 * number + 3)
        stop = start + dt.timedelta(weeks=2)
        writer.add(AnalgesicUse(patient_id, "oxycodone", start, stop, "", "oral", 10.0, "mg", 2.0))
    for number in range(EVENTS):
        day = _LAST_DAY - dt.timedelta(weeks=number)
        writer.add(ClinicalEvent(patient_id, EventKind.OTHER, day, text="fall"))


def add_measured(
    writer: Writer, visit_id: int, lesion_id: int, data: bytes, thumbnail: bytes = b"thumbnail"
) -> None:
    """A photo with scale, outline and all that is measured of a lesion in it."""
    photo = Photo(4000, 3000, "image/jpeg", len(data), camera="Bench")
    kept = writer.import_photo(data, photo, thumbnail)
    shown = writer.add(VisitPhoto(visit_id, kept.vault_name, photo))
    scale = writer.add(PhotoScale(shown.id, _SCALE, confirmed=True))
    ring = tuple(
        (
            2000.0 + 300.3 * math.cos(2 * math.pi * i / OUTLINE_POINTS),
            1500.0 + 200.7 * math.sin(2 * math.pi * i / OUTLINE_POINTS),
        )
        for i in range(OUTLINE_POINTS)
    )
    outline = writer.add(PhotoOutline(shown.id, lesion_id, Outline((ring,)), confirmed=True))
    segment = ((1.5, 2.5), (300.5, 400.5))
    measurement = Measurement(12.3, 0.3, 14.1, 5.1, 3.2, segment, segment)
    measured = writer.add(
        LesionMeasurement(
            visit_id, lesion_id, shown.id, outline.id, 1, scale.id, 1, measurement, True
        )
    )
    writer.add(
        Assessment(
            visit_id,
            lesion_id,
            SizeMethod.TRACED,
            measured.id,
            forms=(FilledForm("bwat", "2001, revised", (3,) * 13),),
            confirmed=True,
        )
    )


def _opening(folder: Path) -> list[Row]:
    opened = []
    for _ in range(7):
        start = time.perf_counter()
        clinic = open_clinic(folder, user_name=_USER, passphrase=_PASSPHRASE)
        clinic.read(lambda r: r.search_patients())
        opened.append(time.perf_counter() - start)
        clinic.close()
    cost = keys.tuned_cost()
    data_key = keys.new_data_key()

    def derive() -> None:
        keys.wrap_with_passphrase(data_key, _PASSPHRASE, owner="", cost=cost)

    bar = "≤ 1 s beyond the key derivation"
    return [
        _row("store: key derivation", _times(derive, 5), 1.0, None),
        _row("store: passphrase to patient list, beyond the key", opened, 1.0, 1000.0, bar),
    ]


def _asking(clinic: Clinic, long_id: int) -> list[Row]:
    floor = _times(lambda: clinic.read(lambda r: r.setting("none")), 50)
    base = statistics.median(floor)
    typed = ["l", "le", "lef", "lefe", "lefevre m", "ngu", "1950", "02.03.19", "h1005", "obrien z"]
    searches = [
        seconds
        for text in typed
        for seconds in _times(lambda text=text: clinic.read(lambda r: r.search_patients(text)), 5)
    ]
    histories = _times(lambda: clinic.read(lambda r: r.history(long_id)), 20)
    kinds = (LabResult, AnalgesicUse, ClinicalEvent)
    beside = _times(
        lambda: clinic.read(lambda r: [r.find(kind, patient_id=long_id) for kind in kinds]), 20
    )
    look = clinic.read(lambda r: r.get(Patient, long_id)).value
    alike = _times(lambda: clinic.read(lambda r: r.look_alikes(look)), 10)
    draft = clinic.write(lambda w: w.add(Visit(long_id, _LAST_DAY + dt.timedelta(days=1))))
    notes = iter(range(1000))

    def save() -> None:
        def act(writer: Writer) -> None:
            latest = writer.get(Visit, draft.id)
            value = Visit(long_id, latest.value.on, note=f"note {next(notes)}")
            writer.revise(latest, value)

        clinic.write(act)

    return [
        _row("store: floor, one trivial question", floor, base, None),
        _row("store: patient search as one types", searches, base, 30.0, "≤ 30 ms"),
        _row("store: history of 100 visits", histories, base, 60.0, "≤ 60 ms"),
        _row("store: of it, 300 results, 20 analgesics, 30 events", beside, base, None),
        _row("store: look-alikes of a new patient", alike, base, None),
        _row("store: one saved correction, on the disk", _times(save, 30), base, None),
    ]


def _times(work: Callable[[], object], count: int) -> list[float]:
    seconds = []
    for _ in range(count):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return seconds


def _row(name: str, seconds: list[float], base: float, bar_ms: float | None, bar: str = "") -> Row:
    low, median, high = statistics.quantiles(seconds, n=4)
    ratio = f", {median / base:.0f} × floor" if base < 1.0 else ""
    return Row(
        name=name,
        figure=1000 * median,
        unit="ms",
        spread=f"{1000 * low:.3g} to {1000 * high:.3g}, worst {1000 * max(seconds):.3g}{ratio}",
        bar=bar,
        met=None if bar_ms is None else 1000 * median <= bar_ms,
    )


if __name__ == "__main__":
    print(markdown(run()))
