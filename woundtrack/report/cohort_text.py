"""A cohort in words: its table of endpoints as the page shows it, and its counts.

It records and measures: no figure here is called good or bad.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

from woundtrack.cohort.methods import (
    DIFFERENCE,
    FEW_NOTE,
    REASONS,
    ZERO_FIRST_DOSE,
    ZERO_FIRST_VISIT,
)
from woundtrack.cohort.rows import GROUPS, Cell, Row, Unit, groups_of, rows_of
from woundtrack.cohort.types import FEW, Cohort, Endpoints, Missing
from woundtrack.raters.statistics import Estimate
from woundtrack.report.cohort_filter import choice_name
from woundtrack.words import N_, _, apart, labelled, ngettext, number, percent, with_unit

COLUMNS = (N_("Endpoint"), N_("All"), N_("Central"), N_("Peripheral"), N_("Difference"))
WARNING = "⚠\N{VARIATION SELECTOR-15}"
"""Stands with words beside what is too small to say much."""
ENDPOINTS = MappingProxyType(
    {
        "survival_1_year": N_("Survival at 1 year"),
        "survival_time": N_("Survival, median"),
        "area_reduction_24_weeks": N_("Area reduction at 24 weeks, median"),
        "area_1_year": N_("Area at 1 year, median"),
        "closure_24_weeks": N_("Closure confirmed by 24 weeks"),
        "closure_1_year": N_("Closure confirmed by 1 year"),
        "closure_time": N_("Time to confirmed closure, median"),
        "therapy_days_to_healing": N_("Days of the therapy until healing, median"),
        "stops_for_adverse_event": N_("Stopped for an adverse event"),
        "analgesics_start": N_("Morphine equivalents at time zero, median"),
        "analgesics_1_year": N_("Morphine equivalents at 1 year, median"),
        "analgesics_change": N_("Change of morphine equivalents in 1 year, median"),
    }
)
"""What each of `woundtrack.cohort.rows` is called."""
DASH = "–"
NEITHER = "neither"
"""The key of patients in neither of the two groups."""
BY_LESION = (
    "area_reduction_24_weeks", "area_1_year", "closure_24_weeks", "closure_1_year", "closure_time",
    "therapy_days_to_healing",
)  # fmt: skip
"""Whose n counts lesions; that of the others counts patients."""
MOST_THERAPIES = 12
"""Associated therapies with a row of their own."""


@dataclass(frozen=True, slots=True)
class CohortCell:
    """One figure as lines: value with interval, n, and what to beware of."""

    lines: tuple[str, ...] = ()
    tip: tuple[str, ...] = ()
    people: str = ""
    """Whose patients the cell counts: one of `rows.GROUPS`, `NEITHER`, or nobody's."""


@dataclass(frozen=True, slots=True)
class CohortRow:
    """One endpoint: its name, how it is computed, and a cell for each of the other columns."""

    name: str
    method: str
    cells: tuple[CohortCell, ...] = ()
    """Empty of a heading."""


def table_of(cohort: Cohort) -> tuple[CohortRow, ...]:
    """The table in the language in force: counts, endpoints, associated therapies."""
    return (_counts(cohort), *map(_endpoint, rows_of(cohort)), *_associated(cohort))


def _counts(cohort: Cohort) -> CohortRow:
    zero = ZERO_FIRST_VISIT if cohort.filter.therapy is None else ZERO_FIRST_DOSE
    cells = [
        CohortCell(
            (
                patients_text(group.patients),
                lesions_text(group.lesions),
                *([few_text()] if group.few else []),
            ),
            (_(FEW_NOTE),) if group.few else (),
            key if group.patients else "",
        )
        for key, group in zip(GROUPS, groups_of(cohort), strict=True)
    ]
    neither = ngettext("{count} in neither", "{count} in neither", cohort.neither)
    texts = (neither.format(count=number(cohort.neither, decimals=0)),) if cohort.neither else ()
    cells.append(CohortCell(texts, (_(DIFFERENCE),), NEITHER if cohort.neither else ""))
    return CohortRow(_("Patients and lesions"), _(zero), tuple(cells))


def _endpoint(row: Row) -> CohortRow:
    cells = [_cell(row, cell) for cell in row.cells]
    cells.append(_difference(row))
    return CohortRow(_(ENDPOINTS[row.key]), _(row.cells[0].method), tuple(cells))


def _cell(row: Row, cell: Cell) -> CohortCell:
    sample = cell.sample
    counts = [_counted(row, sample.n)]
    if cell.events is not None and row.key == "stops_for_adverse_event":
        text = ngettext("{count} stopped", "{count} stopped", cell.events)
        counts.append(text.format(count=number(cell.events, decimals=0)))
    missing = sample.of - sample.n
    if missing:
        text = ngettext("{count} missing", "{count} missing", missing)
        counts.append(text.format(count=number(missing, decimals=0)))
    lines = [_value_line(row, cell), " · ".join(counts)]
    if cell.value is not None and cell.at_risk is not None and cell.at_risk < FEW:
        lines.append(_left_text(cell.at_risk))
    return CohortCell(tuple(lines), _tip(row, cell))


def _value_line(row: Row, cell: Cell) -> str:
    if cell.value is not None:
        return figure_text(cell.value, row.unit)
    if cell.sample.few:
        return few_text()
    if cell.refused:
        return f"{WARNING} " + _("cannot be told")
    return _("not reached") if row.key.endswith("_time") else _("nobody followed so long")


def _tip(row: Row, cell: Cell) -> tuple[str, ...]:
    sample = cell.sample
    lines = [_(text) for text in (FEW_NOTE if sample.few else cell.refused,) if text]
    if row.key in BY_LESION:
        both = _("{lesions} of {patients}")
        lesions, patients = lesions_text(sample.n), patients_text(sample.patients)
        lines.append(both.format(lesions=lesions, patients=patients))
    if cell.quartiles is not None:
        low, high = (value_text(one, row.unit) for one in cell.quartiles)
        lines.append(labelled(_("Quartiles"), _("{low} to {high}").format(low=low, high=high)))
    if cell.mean is not None:
        lines.append(labelled(_("Mean"), figure_text(cell.mean, row.unit)))
    for name, count in cell.beside:
        if count:
            lines.append(labelled(_(name), number(count, decimals=0)))
    if cell.at_risk is not None:
        lines.append(labelled(_("Under watch until then"), number(cell.at_risk, decimals=0)))
    if sample.missing:
        lines.append(labelled(_("Missing"), reasons_text(sample.missing)))
    return tuple(lines)


def reasons_text(missing: Sequence[Missing]) -> str:
    """How many lack a figure, for which reasons."""
    return apart(f"{_(REASONS[one.reason])} ({number(one.count, decimals=0)})" for one in missing)


def _difference(row: Row) -> CohortCell:
    lines = []
    if row.difference is not None:
        lines.append(figure_text(row.difference, row.unit, difference=True))
    if row.p is not None:
        lines.append(p_text(row.p))
    return CohortCell(tuple(lines), (_(DIFFERENCE),) if lines else ())


def p_text(p: float) -> str:
    """The log-rank test's p, to three decimals."""
    shown = f"< {number(0.001, decimals=3)}" if p < 0.001 else f"= {number(p, decimals=3)}"
    return _("log-rank p {shown}").format(shown=shown)


def _associated(cohort: Cohort) -> tuple[CohortRow, ...]:
    groups = groups_of(cohort)
    therapies = [each.therapy for each in groups[0].associated[:MOST_THERAPIES]]
    if not therapies:
        return ()
    method = _(groups[0].associated_method)
    rows = [CohortRow(_("Associated therapies"), method)]
    for therapy in therapies:
        cells = []
        for group in groups:
            had = {each.therapy: each.patients for each in group.associated}
            cells.append(CohortCell((_share_of(had.get(therapy, 0), group),)))
        rows.append(CohortRow(choice_name(therapy), method, (*cells, CohortCell())))
    more = len(groups[0].associated) - len(therapies)
    if more:
        text = ngettext("and {count} other therapy", "and {count} other therapies", more)
        rows.append(CohortRow(text.format(count=number(more, decimals=0)), method))
    return tuple(rows)


def _share_of(count: int, group: Endpoints) -> str:
    text = number(count, decimals=0)
    return text if group.few else f"{text} ({percent(count / group.patients)})"


# -- figures


def figure_text(found: Estimate, unit: Unit, *, difference: bool = False) -> str:
    """A figure with its 95 % interval: "78 % (64 to 88)"; a difference of shares in points."""
    decimals = _decimals(found, unit)
    value = value_text(found.value, unit, decimals=decimals, difference=difference)
    if found.low is None and found.high is None:
        return value
    limits = [
        DASH if limit is None else number(_scaled(limit, unit), decimals=decimals)
        for limit in (found.low, found.high)
    ]
    if found.high is None:
        return _("{value} ({low} or more)").format(value=value, low=limits[0])
    return _("{value} ({low} to {high})").format(value=value, low=limits[0], high=limits[1])


def value_text(
    value: float, unit: Unit, *, decimals: int | None = None, difference: bool = False
) -> str:
    """A value with its unit."""
    decimals = _USUAL[unit] if decimals is None else decimals
    text = number(_scaled(value, unit), decimals=decimals)
    if unit is Unit.DAYS:
        return ngettext("{days} day", "{days} days", round(value, decimals)).format(days=text)
    if unit is Unit.SHARE and difference:
        return _("{number} points").format(number=text)
    return with_unit(text, {Unit.SHARE: "%", Unit.CM2: "cm²"}.get(unit, "mg"))


def _scaled(value: float, unit: Unit) -> float:
    return 100 * value if unit is Unit.SHARE else value


_USUAL = {Unit.SHARE: 0, Unit.DAYS: 0, Unit.CM2: 1, Unit.MG_PER_DAY: 0}


def _decimals(found: Estimate, unit: Unit) -> int:
    """One more than usual where the interval is narrow."""
    usual = _USUAL[unit]
    if found.low is None or found.high is None or unit is Unit.DAYS:
        return usual
    half = _scaled(found.high - found.low, unit) / 2
    return usual + 1 if 0 < half < 10**-usual else usual


# -- counts


def patients_text(count: int) -> str:
    """So many patients."""
    text = ngettext("{count} patient", "{count} patients", count)
    return text.format(count=number(count, decimals=0))


def lesions_text(count: int) -> str:
    """So many lesions."""
    text = ngettext("{count} lesion", "{count} lesions", count)
    return text.format(count=number(count, decimals=0))


def visits_text(count: int) -> str:
    """So many visits."""
    text = ngettext("{count} visit", "{count} visits", count)
    return text.format(count=number(count, decimals=0))


def _counted(row: Row, count: int) -> str:
    return lesions_text(count) if row.key in BY_LESION else patients_text(count)


def few_text() -> str:
    """That a group is too small for figures: in words, and with a sign."""
    return f"{WARNING} " + _("fewer than 5")


def _left_text(count: int) -> str:
    text = ngettext("{count} left under watch", "{count} left under watch", count)
    return f"{WARNING} " + text.format(count=number(count, decimals=0))
