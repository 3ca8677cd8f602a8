"""Scores beside the Bates-Jensen form, as tables of a report: only what occurs has a column."""

from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar

from woundtrack.healing.series import Point
from woundtrack.healing.total import totals_of
from woundtrack.instruments import wound_qol
from woundtrack.instruments.forms import INSTRUMENTS
from woundtrack.records import PatientHistory, Visit, WoundQol
from woundtrack.report.content_types import ReportOptions, TextTable
from woundtrack.report.healing_text import total_text
from woundtrack.words import _, date, ngettext, number, with_unit

T = TypeVar("T")
Column: TypeAlias = tuple[str, Callable[[T], str]]
DASH = "\N{EN DASH}"
_SHARES = (0.13, *[0.87 / 4] * 4)
"""Of the most columns that a table may have: fewer are no wider."""


def lesion_scores(points: Sequence[Point]) -> TextTable | None:
    """PUSH, revPWAT and the line of pain, a visit a row; None where none was taken."""
    columns: list[Column[Point]] = [
        (_("PUSH, 0 to 17"), lambda point: _whole(point.push)),
        (_("revPWAT, 0 to 32"), lambda point: _whole(point.revpwat)),
        (_("Pain, 0 to 100 mm"), lambda point: _millimetres(point.pain_vas_mm)),
    ]
    return _table(points, columns, on=lambda point: date(point.on))


def patient_scores(history: PatientHistory, options: ReportOptions) -> TextTable | None:
    """The area of several lesions together, pain in general and quality of life, visit by visit."""
    confirmed = {each.value.visit_id for each in history.assessments if each.value.confirmed}
    visits = [
        each.value
        for each in history.visits
        if each.id in confirmed and options.holds(each.value.on, each.value.on)
    ]
    several = len(history.lesions) > 1
    totals = {total.on: total for total in totals_of(history)} if several else {}
    columns: list[Column[Visit]] = [
        (
            _("All lesions together"),
            lambda visit: total_text(totals[visit.on]) if visit.on in totals else DASH,
        ),
        (_("General pain, 0 to 10"), lambda visit: _whole(visit.general_pain_nrs)),
        (_("General pain, 0 to 100 mm"), lambda visit: _millimetres(visit.general_pain_vas_mm)),
        (wound_qol.NAME, lambda visit: wound_qol_text(visit.wound_qol)),
    ]
    return _table(visits, columns, on=lambda visit: date(visit.on))


def wound_qol_text(value: WoundQol | None) -> str:
    """A mean with what it is the mean of: "1.25 (17 questions)"."""
    if value is None:
        return DASH
    text = ngettext("{mean} ({count} question)", "{mean} ({count} questions)", value.items)
    return text.format(mean=number(value.mean, decimals=2), count=value.items)


def score_notes(points: Sequence[Point], of_patient: TextTable | None) -> list[str]:
    """Credit and range of each score that a report prints, the Bates-Jensen form's apart."""
    notes = []
    for instrument in INSTRUMENTS:
        if instrument.key == "bwat":
            continue
        if any(getattr(point, instrument.key) is not None for point in points):
            text = _("{short}: {name}, {least} to {most} (worst). {credit}")
            notes.append(
                text.format(
                    short=instrument.short,
                    name=_(instrument.name),
                    least=instrument.minimum,
                    most=instrument.maximum,
                    credit=_(instrument.credit),
                )
            )
    if of_patient is not None and wound_qol.NAME in of_patient.heads:
        notes.append(
            _("Wound-QoL: mean from 0 (best) to 4. {credit}").format(credit=_(wound_qol.CREDIT))
        )
    return notes


def _whole(value: int | None) -> str:
    return DASH if value is None else number(value, decimals=0)


def _millimetres(value: int | None) -> str:
    return DASH if value is None else with_unit(number(value, decimals=0), "mm")


def _table(
    things: Sequence[T], columns: Sequence[Column[T]], *, on: Callable[[T], str]
) -> TextTable | None:
    lines = [(on(one), [text(one) for _head, text in columns]) for one in things]
    used = [i for i in range(len(columns)) if any(cells[i] != DASH for _day, cells in lines)]
    rows = tuple((day, *(cells[i] for i in used)) for day, cells in lines if set(cells) != {DASH})
    heads = (_("Date"), *(columns[i][0] for i in used))
    return TextTable(heads, rows, tuple(_SHARES[: len(heads)])) if used else None
