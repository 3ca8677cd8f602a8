"""A patient's laboratory results as a table: a row an analyte, a column a day, the newest first.

Knows nothing of Qt.
"""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ui.models.lab_day import key_of
from ui.models.lab_figures import DERIVED, TOLD_GAPS
from woundtrack import words
from woundtrack.context.labs import (
    ANALYTES,
    GAPS,
    OTHER,
    LabPoint,
    analyte_name,
    in_unit,
    lab_gaps,
    lab_series,
    series_named,
)
from woundtrack.context.types import LabResult
from woundtrack.errors import RecordError
from woundtrack.records import Stored
from woundtrack.report.content_labs import DASH, figure_number, flag_of, limits_text, value_text
from woundtrack.therapy.session import plain_number
from woundtrack.words import _, labelled

SIGNS = {1: "↑", -1: "↓", 0: ""}

Labs = Sequence[Stored[LabResult]]


@dataclass(frozen=True, slots=True)
class LabCell:
    """What one day has of one analyte; `flag` as `flag_of`, of several the one they share."""

    text: str = ""
    flag: int = 0
    tip: str = ""


@dataclass(frozen=True, slots=True)
class LabLine:
    """One row: its name with the unit, the limits of its newest result, and a cell for each day."""

    name: str
    limits: str
    cells: tuple[LabCell, ...]
    derived: bool = False


@dataclass(frozen=True, slots=True)
class LabTable:
    """The whole table; `days` and every row's cells in the same order."""

    days: tuple[dt.date, ...] = ()
    lines: tuple[LabLine, ...] = ()

    def as_text(self) -> str:
        """Tab-separated lines with a head, as spreadsheets take them."""
        head = ["", _("Laboratory’s limits"), *(day.isoformat() for day in self.days)]
        rows = [[one.name, one.limits, *(cell.text for cell in one.cells)] for one in self.lines]
        return "\n".join(
            "\t".join(part.replace("\n", "; ") for part in row) for row in [head, *rows]
        )


def lab_table(labs: Labs) -> LabTable:
    """The table of these results, with the figures that follow from them below."""
    labs = sorted(labs, key=lambda lab: (lab.value.on, lab.id))
    days = tuple(sorted({lab.value.on for lab in labs}, reverse=True))
    groups: dict[tuple[str, ...], list[LabResult]] = {}
    for lab in sorted(labs, key=lambda lab: _place(lab.value)):
        groups.setdefault(_group_of(lab.value), []).append(lab.value)
    lines = [_line(results, days) for results in groups.values()]
    lines += [_derived(labs, key, days) for key in DERIVED if lab_series(labs, key)]
    return LabTable(days, tuple(lines))


def _place(result: LabResult) -> tuple[int, str]:
    keys = list(ANALYTES)
    known = result.analyte in keys and result.analyte != OTHER
    return (keys.index(result.analyte), "") if known else (len(keys), analyte_name(result))


def _group_of(result: LabResult) -> tuple[str, ...]:
    """What stands in one row: a free analyte's units are not known to convert."""
    key = key_of(result.analyte, result.name)
    return key if result.analyte in ANALYTES and result.analyte != OTHER else (*key, result.unit)


def _line(results: Sequence[LabResult], days: Iterable[dt.date]) -> LabLine:
    newest = results[-1]
    name = ", ".join(part for part in (analyte_name(newest), newest.unit) if part)
    by_day: dict[dt.date, list[LabResult]] = {}
    for each in results:
        by_day.setdefault(each.on, []).append(each)
    return LabLine(
        name, limits_text(newest), tuple(_cell(by_day.get(day, []), newest.unit) for day in days)
    )


def _cell(results: Sequence[LabResult], unit: str) -> LabCell:
    texts = [f"{SIGNS[_flag(each)]} {_in(each, unit)}".strip() for each in results]
    flags = {_flag(each) for each in results}
    flag = flags.pop() if len(flags) == 1 else 0
    return LabCell("\n".join(texts), flag, "\n".join(_tip(each, unit) for each in results))


def _flag(result: LabResult) -> int:
    low, high = result.lower_limit, result.upper_limit
    return flag_of(LabPoint(result.on, result.value, result.unit, low, high, result.comparator))


def _in(result: LabResult, unit: str) -> str:
    """A result's number in the row's unit; with its own unit where that does not convert."""
    if result.unit == unit:
        return result.comparator.value + plain_number(result.value)
    try:
        value = in_unit(result, unit)
    except RecordError:
        return value_text(result)
    return result.comparator.value + _three_digits(value)


def _three_digits(value: float) -> str:
    """A converted number is no more exact than it was: three digits, more where they are whole."""
    decimals = 2 - math.floor(math.log10(value)) if value > 0 else 0
    return words.number(value, decimals=min(6, max(0, decimals)))


def _tip(result: LabResult, unit: str) -> str:
    """What a cell rests on: the limits, the unit in which it was reported, the note."""
    parts = []
    flag, limits = _flag(result), limits_text(result)
    if limits != DASH:
        parts.append(labelled(_("Laboratory’s limits"), f"{limits} {result.unit}".strip()))
    if flag:
        parts.append(_("above the laboratory’s limit") if flag > 0 else
                     _("below the laboratory’s limit"))  # fmt: skip
    if result.unit != unit:
        parts.append(_("reported as {value}").format(value=value_text(result)))
    return ", ".join((*parts, result.note) if result.note else parts)


def _derived(labs: Labs, key: str, days: Iterable[dt.date]) -> LabLine:
    series = series_named(labs, key)
    assert series is not None
    cells: dict[dt.date, list[LabCell]] = {}
    for point in lab_series(labs, key):
        cells.setdefault(point.on, []).append(LabCell(figure_number(point)))
    for gap in lab_gaps(labs, key):
        if gap.reason in TOLD_GAPS:
            cells.setdefault(gap.on, []).append(LabCell(DASH, 0, _(GAPS[gap.reason])))
    return LabLine(
        f"{series.title}, {series.unit}",
        "",
        tuple(
            LabCell(
                "\n".join(cell.text for cell in cells.get(day, [])),
                0,
                "\n".join(cell.tip for cell in cells.get(day, []) if cell.tip),
            )
            for day in days
        ),
        derived=True,
    )
