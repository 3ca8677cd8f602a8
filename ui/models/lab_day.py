"""One day's laboratory results as a form has them: its rows, and what is remembered of earlier.

Knows nothing of Qt.
"""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol
from urllib.parse import quote

from ui.models.names import known_question
from woundtrack.context.lab_reading import far_from_usual, units_that_fit
from woundtrack.context.labs import ANALYTES, OTHER, analyte_name
from woundtrack.context.types import LabResult
from woundtrack.records import PatientHistory, Stored
from woundtrack.report.content_labs import value_text
from woundtrack.therapy.session import plain_number
from woundtrack.therapy.types import Standing
from woundtrack.words import _, with_unit

_LAST = "laboratory"
"""Under which the window remembers units and limits: of the laboratory, never of a patient."""


class Keeps(Protocol):
    """What remembers a text by name between runs of the program: `ui.settings.Settings`."""

    def last(self, name: str) -> str: ...

    def keep_last(self, name: str, text: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Kept:
    """The unit and the laboratory's limits at an earlier result."""

    unit: str = ""
    low: float | None = None
    high: float | None = None
    on: dt.date | None = None
    """The day of the patient's own result; None where they are the clinic's last."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One row of the form: an analyte, and its result of the day where there is one."""

    analyte: str
    name: str = ""
    stored: Stored[LabResult] | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What makes two rows rows of the same analyte."""
        return key_of(self.analyte, self.name)


def key_of(analyte: str, name: str) -> tuple[str, str]:
    """An analyte, told from others by its name only where it is a free one."""
    return analyte, name.strip().casefold() if analyte == OTHER else ""


def far_question(result: LabResult) -> str:
    """What to ask of a value that hardly occurs in patients; empty where it may."""
    usual = far_from_usual(result.analyte, result.value, result.unit)
    if usual is None:
        return ""
    others = units_that_fit(result.analyte, result.value)
    low, high = (plain_number(float(f"{each:.3g}")) for each in (usual.low, usual.high))
    high = with_unit(high, usual.unit).strip()
    if others:
        text = _("{value} hardly occurs: values in patients are {low} to {high}. Is it {other}?")
    else:
        text = _("{value} hardly occurs: values in patients are {low} to {high}. Is it right?")
    meant = value_text(replace(result, unit=others[0])) if others else ""
    return text.format(value=value_text(result), low=low, high=high, other=meant)


def name_question(name: str) -> str:
    """What to ask of a free name much like an analyte's, in whose series it would not be."""
    return known_question(name, [_(known.name) for key, known in ANALYTES.items() if key != OTHER])


def slots_of(
    labs: Sequence[Stored[LabResult]], *, on: dt.date | None, used: Iterable[Slot] = ()
) -> tuple[Slot, ...]:
    """A row for each analyte that the sources name or that was used before, with the day's results.

    Where a day has several results of one analyte, each has a row.
    """
    ordered = sorted(labs, key=lambda one: (one.value.on, one.id))
    results = [Slot(each.value.analyte, each.value.name, each) for each in ordered]
    before = {slot.key for slot in (*results, *used)}
    kinds = {
        slot.key: slot
        for slot in map(Slot, ANALYTES)
        if ANALYTES[slot.analyte].offers is Standing.PUBLISHED or slot.key in before
    }
    kinds.pop((OTHER, ""), None)
    for slot in results:
        kinds.setdefault(slot.key, Slot(slot.analyte, slot.name))
    of_day: dict[tuple[str, str], list[Slot]] = {}
    for slot in results:
        if slot.stored is not None and slot.stored.value.on == on:
            of_day.setdefault(slot.key, []).append(slot)
    return tuple(slot for key, empty in kinds.items() for slot in of_day.get(key, [empty]))


def usual_day(history: PatientHistory, *, today: dt.date) -> dt.date:
    """The day that a new form begins with: of the last visit, which blood was taken at.

    Today, or the day of death, where there was no visit or the last one has its results already.
    """
    latest = min(today, history.patient.value.died_on or today)
    days = [visit.value.on for visit in history.visits if visit.value.on <= latest]
    last = max(days, default=latest)
    return latest if any(lab.value.on == last for lab in history.labs) else last


def slot_name(slot: Slot) -> str:
    """What a row is called, in the language in force."""
    return analyte_name(LabResult(0, dt.date.min, slot.analyte, 0.0, "", slot.name))


def last_before(
    labs: Iterable[Stored[LabResult]], slot: Slot, *, on: dt.date | None
) -> Stored[LabResult] | None:
    """The newest earlier result of a row's analyte; of all days where none is given."""
    found = [
        each for each in labs
        if key_of(each.value.analyte, each.value.name) == slot.key
        and (on is None or each.value.on < on)
    ]  # fmt: skip
    return max(found, key=lambda one: (one.value.on, one.id), default=None)


class Memory:
    """Units and limits: of the patient's last result of the analyte, else of the clinic's."""

    def __init__(
        self, labs: Sequence[Stored[LabResult]], *, keeps: Keeps, clinic_name: str = ""
    ) -> None:
        self._labs, self._keeps = labs, keeps
        self._name = f"{_LAST} {quote(clinic_name, safe='')}"
        self._clinic = _read(keeps.last(self._name))

    def of(self, slot: Slot, *, unit: str = "") -> Kept:
        """What was last for a row's analyte, in this unit where one is given.

        Limits are never converted: a laboratory prints its own for each unit.
        """
        own = [each for each in self._labs if not unit or each.value.unit == unit]
        last = last_before(own, slot, on=None)
        if last is not None:
            value = last.value
            return Kept(value.unit, value.lower_limit, value.upper_limit, value.on)
        kept = self._clinic.get(slot.key, (slot, Kept()))[1]
        if kept.unit and unit in ("", kept.unit):
            return kept
        known = ANALYTES.get(slot.analyte)
        return Kept(unit or (known.unit if known else ""))

    def slots(self) -> tuple[Slot, ...]:
        """The analytes that were entered here before, for whomever."""
        return tuple(slot for slot, _kept in self._clinic.values())

    def learn(self, results: Iterable[LabResult]) -> None:
        """Remember the units and limits of these."""
        for each in results:
            slot = Slot(each.analyte, each.name.strip() if each.analyte == OTHER else "")
            kept = Kept(each.unit, each.lower_limit, each.upper_limit)
            self._clinic[slot.key] = slot, kept
        rows = [
            [slot.analyte, slot.name, kept.unit, kept.low, kept.high]
            for slot, kept in self._clinic.values()
        ]
        self._keeps.keep_last(self._name, json.dumps(rows))


def _read(text: str) -> dict[tuple[str, str], tuple[Slot, Kept]]:
    """What was remembered; nothing of a text that is not of this program."""
    try:
        rows = [tuple(row) for row in json.loads(text or "[]") if isinstance(row, list)]
    except ValueError:
        return {}
    found = [
        (Slot(str(analyte), str(name)), Kept(str(unit), _limit(low), _limit(high)))
        for analyte, name, unit, low, high in (row for row in rows if len(row) == 5)
    ]
    return {slot.key: (slot, kept) for slot, kept in found}


def _limit(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
