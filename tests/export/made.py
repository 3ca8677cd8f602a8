"""A clinic with everything that a record can hold, each text a mark of its own, and a reader."""

import csv
import datetime as dt
import zipfile
from dataclasses import fields, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

from tests.clinics import a_patient, add_visit
from woundtrack.context.types import (
    AnalgesicUse,
    CalcinosisSubtype,
    CauseFacts,
    ClinicalEvent,
    Comparator,
    EventKind,
    LabResult,
    RiskFactor,
)
from woundtrack.instruments.bwat import BWAT
from woundtrack.instruments.forms import filled
from woundtrack.records import (
    Aetiology,
    Assessment,
    Consent,
    ConsentPurpose,
    DialysisMode,
    Lesion,
    Side,
    SizeMethod,
    TherapyCourse,
    Tunnel,
    Undermining,
    Visit,
    WoundQol,
)
from woundtrack.store.clinic import Writer
from woundtrack.therapy.types import DoseChange, StopCause, TherapySession

MARK = "Zq"
"""How every text that a person typed begins here."""
FIRST = dt.date(2026, 5, 4)
NAMESPACE = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
RESEARCH = (Consent(ConsentPurpose.RESEARCH, dt.date(2026, 1, 5)),)


def mark(name: str) -> str:
    return f"{MARK}{name}"


def add_marked(writer: Writer, number: str = "1", *, consents: tuple[Consent, ...] = RESEARCH):
    """A patient of whom every field that takes a text holds a mark."""
    patient = writer.add(
        a_patient(
            mark(f"number{number}"), mark("birth"), first_names=mark("first"),
            used_name=mark("used"), national_number=mark("national"), note=mark("note"),
            consents=consents, risk_factors=(RiskFactor("diabetes", True),),
            dialysis=DialysisMode.HAEMODIALYSIS,
            dialysis_since_on=dt.date(2024, 5, 4),
        )
    )  # fmt: skip
    lesion = writer.add(
        Lesion(
            patient.id, mark("A"), "calf", Side.LEFT, Aetiology.CALCINOSIS,
            onset_on=FIRST - dt.timedelta(30), note=mark("lesion"),
            class_override_reason=mark("reason"), body_x=0.25, body_y=0.5,
            cause_facts=CauseFacts(
                subtype=CalcinosisSubtype.IATROGENIC, underlying=mark("under"), given=mark("given"),
                tissue_damaged=True, largest_mm=12.5,
            ),
        )
    )  # fmt: skip
    seen = add_visit(writer, patient.id, FIRST, [lesion.id], int(number))
    course = writer.add(
        TherapyCourse(
            patient.id, "other", mark("therapy"), FIRST - dt.timedelta(3), FIRST, 12.5,
            mark("unit"), mark("route"), mark("often"), mark("stop"), mark("course"),
            StopCause.ADVERSE_EVENT, (DoseChange(FIRST, 25.0, "g", mark("oftener")),),
        )
    )  # fmt: skip
    writer.add(TherapySession(course.id, FIRST, 20.0, "g", 60.0, note=mark("session")))
    writer.add(
        LabResult(patient.id, FIRST, "phosphate", 3.0, "mg/dL", comparator=Comparator.BELOW,
                  upper_limit=4.5, note=mark("lab"))
    )  # fmt: skip
    writer.add(LabResult(patient.id, FIRST, "other", 7.0, mark("labunit"), mark("analyte")))
    writer.add(
        AnalgesicUse(patient.id, "other", FIRST, name=mark("drug"), route=mark("by"), dose=5.0,
                     unit=mark("doseunit"), note=mark("analgesic"))
    )  # fmt: skip
    writer.add(
        AnalgesicUse(patient.id, "oxycodone", FIRST, route="oral", dose=10.0, unit="mg",
                     times_a_day=2.0)
    )  # fmt: skip
    event = ClinicalEvent(
        patient.id, EventKind.INFECTION, FIRST, lesion_id=lesion.id, finding="bone",
        text=mark("event"),
    )  # fmt: skip
    writer.add(event)
    return SimpleNamespace(patient=patient, lesion=lesion, course=course, seen=seen)


def add_bedside(writer: Writer, case: Any, day: dt.date, *, confirmed: bool = True):
    """A visit by ruler with a whole BWAT form."""
    visit = writer.add(
        Visit(case.patient.id, day, general_pain_nrs=4, wound_qol=WoundQol(17, 1.25),
              note=mark("visit"))
    )  # fmt: skip
    assessment = Assessment(
        visit.id, case.lesion.id, SizeMethod.BEDSIDE, length_cm=4.0, width_cm=2.5, depth_cm=0.5,
        undermining=(Undermining(1.5, 3, 6),), tunnels=(Tunnel(2.0, 9),), pain_nrs=0,
        infection_signs=("pus", "odour"), dressing=mark("dressing"), note=mark("assessment"),
        confirmed=confirmed,
    )  # fmt: skip
    assessment = filled(assessment, BWAT, [3] * 13)
    return SimpleNamespace(visit=visit, assessment=writer.add(assessment))


def csv_rows(folder: Path, table: str, *, delimiter: str = ",") -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def sheets(path: Path) -> dict[str, list[list[object]]]:
    """Every sheet's rows: texts, numbers, and ("day", serial) where a cell is shown as a date."""
    with zipfile.ZipFile(path) as book:
        parts = {name: ElementTree.fromstring(book.read(name)) for name in book.namelist()
                 if name.endswith(".xml")}  # fmt: skip
    dates = _date_formats(parts["xl/styles.xml"])
    names = [
        each.get("name") for each in parts["xl/workbook.xml"].iterfind(".//m:sheet", NAMESPACE)
    ]
    return {
        str(name): [_cells(row, dates) for row in
                    parts[f"xl/worksheets/sheet{place}.xml"].iterfind(".//m:row", NAMESPACE)]
        for place, name in enumerate(names, 1)
    }  # fmt: skip


def table_of(rows: list[list[object]]) -> list[dict[str, object]]:
    head = [str(cell) for cell in rows[0]]
    return [dict(zip(head, [*row, *[None] * len(head)], strict=False)) for row in rows[1:]]


def _date_formats(styles: ElementTree.Element) -> set[str]:
    codes = {each.get("numFmtId"): str(each.get("formatCode"))
             for each in styles.iterfind(".//m:numFmt", NAMESPACE)}  # fmt: skip
    looks = styles.findall("./m:cellXfs/m:xf", NAMESPACE)
    return {str(n) for n, look in enumerate(looks) if "yyyy" in codes.get(look.get("numFmtId"), "")}


def _cells(row: ElementTree.Element, dates: set[str]) -> list[object]:
    found: list[object] = []
    for cell in row.iterfind("m:c", NAMESPACE):
        assert cell.find("m:f", NAMESPACE) is None  # no formula anywhere
        place = _place(str(cell.get("r")))
        found += [None] * (place - len(found))
        text = "".join(each.text or "" for each in cell.iterfind(".//m:t", NAMESPACE))
        value = cell.find("m:v", NAMESPACE)
        if cell.get("t") == "inlineStr":
            found.append(text)
        elif value is None or value.text is None:
            found.append(None)
        else:
            number = float(value.text)
            found.append(("day", number) if cell.get("s") in dates else number)
    return found


def _place(name: str) -> int:
    place = 0
    for letter in name.rstrip("0123456789"):
        place = 26 * place + ord(letter) - ord("A") + 1
    return place - 1


def texts_of(value: object) -> list[str]:
    """Every text in a record, whatever it lies in."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for each in value for text in texts_of(each)]
    if hasattr(value, "__dataclass_fields__"):
        return [text for each in fields(value) for text in texts_of(getattr(value, each.name))]  # type: ignore[arg-type]
    return []


def without_consent(writer: Writer, patient: Any) -> None:
    withdrawn = replace(RESEARCH[0], withdrawn_on=dt.date(2026, 2, 1))
    writer.revise(patient, replace(patient.value, consents=(withdrawn,)))
