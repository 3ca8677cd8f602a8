"""A cohort as a plain table (CSV), for a spreadsheet or a statistician's own program.

Long: one line a figure. Names of columns, endpoints and groups are the same in every language;
numbers, and what parts the columns, are as spreadsheets of the language in force read them: commas
and decimal points, in French semicolons and decimal commas (R reads it with `read.csv2`). A line
holds counts and figures, and names nobody.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from typing import TypeAlias

from woundtrack import __version__
from woundtrack.cohort.methods import DIFFERENCE
from woundtrack.cohort.rows import GROUPS, Cell, Row, Unit, groups_of, rows_of
from woundtrack.cohort.types import Cohort
from woundtrack.export.spreadsheet import delimiter, plain
from woundtrack.raters.statistics import Estimate
from woundtrack.report.cohort_filter import choice_name, filter_text
from woundtrack.report.cohort_text import reasons_text
from woundtrack.words import _

COLUMNS = (
    "endpoint", "group", "statistic", "unit", "value", "ci95_low", "ci95_high", "n", "patients",
    "missing", "events_whole_time", "at_risk", "few", "therapy", "missing_reasons", "refused",
    "method", "filter", "made_on", "version",
)  # fmt: skip
CONTRAST = "central_less_peripheral"
"""The group of a difference."""
_DECIMALS = {Unit.SHARE: 4, Unit.DAYS: 1, Unit.CM2: 3, Unit.MG_PER_DAY: 1}
Fields: TypeAlias = dict[str, object]


def csv_text(cohort: Cohort, *, made_on: dt.date) -> str:
    """The whole table. Figures that there are none of are empty, never 0."""
    shared = {"filter": filter_text(cohort.filter), "made_on": made_on, "version": __version__}
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", delimiter=delimiter(), lineterminator="\r\n")
    writer.writeheader()
    for line in _lines(cohort):
        writer.writerow({key: plain(value) for key, value in {**line, **shared}.items()})
    return out.getvalue()


def _lines(cohort: Cohort) -> Iterator[Fields]:
    for name, group in zip(GROUPS, groups_of(cohort), strict=True):
        few = _yes(group.few)
        for key, count in (("patients", group.patients), ("lesions", group.lesions)):
            yield {"endpoint": key, "group": name, "statistic": "count", "value": count, "few": few}
    for row in rows_of(cohort):
        for name, cell in zip(GROUPS, row.cells, strict=True):
            yield from _cell_lines(row, name, cell)
        yield from _contrast_lines(row)
    for name, group in zip(GROUPS, groups_of(cohort), strict=True):
        for each in group.associated:
            yield {
                "endpoint": "associated_therapy", "group": name, "statistic": "count",
                "value": each.patients, "n": group.patients, "patients": group.patients,
                "few": _yes(group.few), "therapy": choice_name(each.therapy),
                "method": _(group.associated_method),
            }  # fmt: skip


def _cell_lines(row: Row, group: str, cell: Cell) -> Iterator[Fields]:
    sample = cell.sample
    line: Fields = {
        "endpoint": row.key, "group": group, "unit": row.unit.value, "n": sample.n,
        "patients": sample.patients, "missing": sample.of - sample.n, "few": _yes(sample.few),
        "missing_reasons": reasons_text(sample.missing), "refused": _(cell.refused),
        "method": _(cell.method),
    }  # fmt: skip
    for key, count in (("events_whole_time", cell.events), ("at_risk", cell.at_risk)):
        if count is not None:
            line[key] = count
    statistic = "median" if row.is_median else "share"
    yield {**line, "statistic": statistic, **_interval(cell.value, row.unit)}
    if cell.mean is not None:
        yield {**line, "statistic": "mean", **_interval(cell.mean, row.unit)}
    for name, quartile in zip(("lower_quartile", "upper_quartile"), cell.quartiles or (),
                              strict=False):  # fmt: skip
        yield {**line, "statistic": name, "value": round(quartile, _DECIMALS[row.unit])}


def _contrast_lines(row: Row) -> Iterator[Fields]:
    line: Fields = {"endpoint": row.key, "group": CONTRAST, "method": _(DIFFERENCE)}
    if row.difference is not None:
        yield {**line, "statistic": "difference", "unit": row.unit.value,
               **_interval(row.difference, row.unit)}  # fmt: skip
    if row.p is not None:
        yield {**line, "statistic": "log_rank_p", "value": float(f"{row.p:.3g}")}


def _interval(found: Estimate | None, unit: Unit) -> Fields:
    if found is None:
        return {}
    named = {"value": found.value, "ci95_low": found.low, "ci95_high": found.high}
    decimals = _DECIMALS[unit]
    return {key: round(value, decimals) for key, value in named.items() if value is not None}


def _yes(truth: bool) -> str:
    return "yes" if truth else "no"
