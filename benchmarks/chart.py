"""How fast a full chart is drawn again: 200 visits, 6 courses, 104 sessions, laboratory, events.

Data to picture at 1400 x 600 px, painted by Qt's software painter; a redraw is what zooming,
moving and resizing cost, a change of patient comes once. The floor is an empty widget's repaint
in the same run.
"""

import datetime as dt
import math
import os
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from benchmarks.table import Row, markdown
from woundtrack.context.types import AnalgesicUse, ClinicalEvent, EventKind, LabResult
from woundtrack.instruments.bwat import BWAT
from woundtrack.instruments.forms import filled
from woundtrack.instruments.push import PUSH
from woundtrack.measure.types import Measurement
from woundtrack.records import (
    Assessment,
    Lesion,
    LesionMeasurement,
    Patient,
    PatientHistory,
    Side,
    SizeMethod,
    Stored,
    TherapyCourse,
    Visit,
)
from woundtrack.report.chart_choice import AreaScale, ChartChoice
from woundtrack.therapy.types import DoseChange, TherapySession

TITLE = "A chart of 200 visits"
VISITS, STEP_DAYS, ROUNDS = 200, 4, 40
SIZE = (1400, 600)
CHOICE = ChartChoice(("area", "bwat", "bwat_cua", "push", "pain_nrs", "lab:crp", "ome"))
FIRST_ON = dt.date(2023, 9, 1)
T = TypeVar("T")


def kept(value: T, record_id: int) -> Stored[T]:
    """The value as a store would hold it."""
    return Stored(record_id, f"uuid-{record_id}", 1, value, dt.datetime.now(dt.UTC), 1)


def long_history(visits: int = VISITS) -> PatientHistory:
    """A long record of one wound, the same each time."""
    chance = random.Random(7)
    patient = Patient("H-1", "Lefèvre", "Marie", dt.date(1958, 2, 7), code="7F3K2-C")
    lesion = Lesion(1, "A", "calf", Side.LEFT)
    days = [FIRST_ON + dt.timedelta(days=STEP_DAYS * i) for i in range(visits)]
    found = [_visit(i, day, visits, chance) for i, day in enumerate(days, 1)]
    courses = _courses()
    return PatientHistory(
        patient=kept(patient, 1),
        lesions=(kept(lesion, 1),),
        visits=tuple(visit for visit, _assessment, _measured in found),
        assessments=tuple(assessment for _visit, assessment, _measured in found),
        measurements=tuple(measured for _visit, _assessment, measured in found if measured),
        courses=courses,
        sessions=_sessions(),
        labs=_labs(chance),
        analgesics=_analgesics(),
        events=_events(),
    )


def _visit(
    i: int, on: dt.date, visits: int, chance: random.Random
) -> tuple[Stored[Visit], Stored[Assessment], Stored[LesionMeasurement] | None]:
    share = i / visits
    worst = 1 + 0.9 * math.sin(6.0 * share)
    area = 24.0 * math.exp(-2.2 * share) * worst * chance.uniform(0.9, 1.1)
    closed = share > 0.97
    method = SizeMethod.CLOSED if closed else SizeMethod.TRACED
    if not closed and i % 23 == 0:
        method = SizeMethod.BEDSIDE if i % 2 else SizeMethod.NOT_MEASURED
    scores = [max(1, min(5, round(5 - 4 * share + chance.uniform(-0.8, 0.8)))) for _ in range(13)]
    base = Assessment(
        i, 1, method, i if method is SizeMethod.TRACED else None,
        length_cm=5.0, width_cm=round(area / 5, 1), pain_nrs=max(0, round(8 - 7 * share)),
        confirmed=True,
    )  # fmt: skip
    scored = filled(base, BWAT, scores)
    scored = filled(scored, PUSH, [min(10, round(area / 3)), 1, 2])
    radius = math.sqrt(area / math.pi)
    measured = LesionMeasurement(
        i, 1, i, i, 1, i, 1,
        Measurement(
            area, 0.03 * area, 2 * math.pi * radius, 2 * radius, 2 * radius,
            ((0.0, 0.0), (1.0, 0.0)), ((0.0, 0.0), (0.0, 1.0)),
        ),
        True,
    )  # fmt: skip
    traced = kept(measured, i) if method is SizeMethod.TRACED else None
    return kept(Visit(1, on), i), kept(scored, i), traced


def _courses() -> tuple[Stored[TherapyCourse], ...]:
    def on(days: int) -> dt.date:
        return FIRST_ON + dt.timedelta(days=days)

    values = (
        TherapyCourse(1, "sts_iv", "", on(20), on(320), 12.5, "g", "intravenous", "each_dialysis",
                      dose_changes=(DoseChange(on(60), 25.0, "g"),)),
        TherapyCourse(1, "rheopheresis", "", on(90), on(300), frequency="twice_weekly"),
        TherapyCourse(1, "hyperbaric", "", on(340), on(420), 2.5, "ATA"),
        TherapyCourse(1, "other", "Vitamin K1", on(120), None, 10.0, "mg"),
        TherapyCourse(1, "other", "Negative pressure", on(430), on(600)),
        TherapyCourse(1, "sts_iv", "", on(500), None, 25.0, "g", "intravenous", "each_dialysis"),
    )  # fmt: skip
    return tuple(kept(value, i) for i, value in enumerate(values, 1))


def _sessions() -> tuple[Stored[TherapySession], ...]:
    rheo = [
        TherapySession(2, FIRST_ON + dt.timedelta(days=90 + 4 * i), duration_min=90.0,
                       blood_flow_ml_min=120.0, plasma_percent=25.0, albumin_ml=400.0)
        for i in range(52)
    ]  # fmt: skip
    oxygen = [
        TherapySession(3, FIRST_ON + dt.timedelta(days=340 + 2 * i), duration_min=90.0,
                       pressure_ata=2.5)
        for i in range(40)
    ]  # fmt: skip
    sts = [
        TherapySession(1, FIRST_ON + dt.timedelta(days=20 + 7 * i), 25.0, "g") for i in range(12)
    ]
    return tuple(kept(value, i) for i, value in enumerate([*rheo, *oxygen, *sts], 1))


def _labs(chance: random.Random) -> tuple[Stored[LabResult], ...]:
    values = []
    for i in range(60):
        on = FIRST_ON + dt.timedelta(days=13 * i)
        fall = math.exp(-i / 20)
        values += [
            LabResult(1, on, "crp", round(4 + 90 * fall * chance.uniform(0.6, 1.4)), "mg/L",
                      upper_limit=5.0),
            LabResult(1, on, "calcium_total", round(2.2 + chance.uniform(-0.15, 0.15), 2), "mmol/L",
                      lower_limit=2.15, upper_limit=2.55),
            LabResult(1, on, "phosphate", round(1.7 + chance.uniform(-0.4, 0.4), 2), "mmol/L",
                      lower_limit=0.8, upper_limit=1.45),
            LabResult(1, on, "pth", round(300 + chance.uniform(-120, 200)), "pg/mL",
                      upper_limit=65.0),
            LabResult(1, on, "albumin", round(30 + i / 10 + chance.uniform(-2, 2)), "g/L",
                      lower_limit=35.0, upper_limit=52.0),
        ]  # fmt: skip
    return tuple(kept(value, i) for i, value in enumerate(values, 1))


def _analgesics() -> tuple[Stored[AnalgesicUse], ...]:
    def on(days: int) -> dt.date:
        return FIRST_ON + dt.timedelta(days=days)

    values = (
        AnalgesicUse(1, "oxycodone", on(0), on(150), route="oral", dose=10.0, unit="mg",
                     times_a_day=2.0),
        AnalgesicUse(1, "oxycodone", on(151), on(400), route="oral", dose=20.0, unit="mg",
                     times_a_day=2.0),
        AnalgesicUse(1, "tramadol", on(401), on(560), route="oral", dose=50.0, unit="mg",
                     times_a_day=3.0),
        AnalgesicUse(1, "other", on(230), on(270), name="Nefopam"),
        AnalgesicUse(1, "paracetamol", on(0), None, route="oral", dose=1.0, unit="g",
                     times_a_day=3.0),
    )  # fmt: skip
    return tuple(kept(value, i) for i, value in enumerate(values, 1))


def _events() -> tuple[Stored[ClinicalEvent], ...]:
    def on(days: int) -> dt.date:
        return FIRST_ON + dt.timedelta(days=days)

    kinds = EventKind
    values = (
        ClinicalEvent(1, kinds.BIOPSY, on(12), lesion_id=1, finding="confirmed"),
        ClinicalEvent(1, kinds.INFECTION, on(150), on(171), 1, finding="local", text="S. aureus"),
        ClinicalEvent(1, kinds.HOSPITAL_STAY, on(152), on(160), finding="wound"),
        ClinicalEvent(1, kinds.ADVERSE_EVENT, on(301), course_id=2, finding="grade_2",
                      text="Low pressure"),
        ClinicalEvent(1, kinds.AMPUTATION, on(460), finding="toe"),
        ClinicalEvent(1, kinds.INFECTION, on(462), on(475), 1, finding="spreading"),
    )  # fmt: skip
    return tuple(kept(value, i) for i, value in enumerate(values, 1))


def run() -> list[Row]:
    """Draw it again and again, and an empty widget between."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication, QWidget

    from ui import app as application
    from ui import theme
    from ui.chart_view import ChartView

    app = QApplication.instance() or application.make_application([])
    assert isinstance(app, QApplication)
    theme.apply(app, choice="light")
    history, image = long_history(), QImage(*SIZE, QImage.Format.Format_RGB32)
    view, empty = ChartView(), QWidget()
    for widget in (view, empty):
        widget.resize(*SIZE)
    view.set_choice(CHOICE)
    times: dict[str, list[float]] = {"floor": [], "redraw": [], "log": [], "patient": []}
    for _round in range(ROUNDS):
        times["floor"].append(_took(lambda: empty.render(image)))
        times["redraw"].append(_redraw(view, image, CHOICE, history))
        logarithmic = replace(CHOICE, area_scale=AreaScale.LOG)
        times["log"].append(_redraw(view, image, logarithmic, history))
        times["patient"].append(_took(lambda: (view.set_history(history, 1), view.render(image))))
    floor = statistics.median(times["floor"])
    return [
        Row("chart: floor, an empty widget's repaint", floor, "ms", _spread(times["floor"])),
        _row("chart: redraw, 7 series in 5 panes", times["redraw"], floor),
        _row("chart: redraw, logarithmic", times["log"], floor),
        _row("chart: another patient's, from the record", times["patient"], floor, bar_ms=None),
    ]


def _redraw(view: Any, image: Any, choice: ChartChoice, history: PatientHistory) -> float:
    view.set_history(history, 1)
    view.set_choice(choice)
    view.render(image)  # once, so that a redraw is what is timed
    view.show_all()  # what is laid out is forgotten, as on every step of the wheel
    return _took(lambda: view.render(image))


def _took(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - start)


def _row(name: str, values: list[float], floor: float, bar_ms: float | None = 50.0) -> Row:
    figure = statistics.median(values)
    told = f"{_spread(values)}; {figure / max(floor, 1e-6):.0f} × floor"
    if bar_ms is None:
        return Row(name, figure, "ms", told)
    return Row(name, figure, "ms", told, f"≤ {bar_ms:g} ms", figure <= bar_ms)


def _spread(values: list[float]) -> str:
    parts = statistics.quantiles(values, n=20)
    return f"{parts[4]:.3g} to {parts[14]:.3g} (middle half), 95 % under {parts[18]:.3g}"


if __name__ == "__main__":
    print(markdown(run()))
