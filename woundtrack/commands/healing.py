"""`woundtrack healing`: how lesions heal, by therapy, from tables of visits and courses."""

import argparse
import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

from woundtrack import words
from woundtrack.errors import MeasureError
from woundtrack.explain import explain
from woundtrack.healing import loglinear
from woundtrack.healing.by_therapy import REMINDER, Phase, PhaseRate, by_therapy
from woundtrack.healing.change import Change, Healing, healing_of, trajectory
from woundtrack.healing.closure import closure_dates
from woundtrack.healing.series import Point
from woundtrack.healing.table import TableLesion, read_tables
from woundtrack.raters.statistics import Estimate
from woundtrack.records import SizeMethod
from woundtrack.words import N_, _, counted

ALL_TOLD, SOME_REFUSED = 0, 3
PHASES = {
    Phase.BEFORE: N_("before {therapies}"),
    Phase.DURING: N_("during {therapies}"),
    Phase.AFTER: N_("after {therapies}"),
}
BEYOND = {
    True: N_("beyond measurement error"),
    False: N_("within measurement error"),
    None: N_("measurement error not known"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `healing` takes."""
    parser.add_argument(
        "visits",
        type=Path,
        metavar="VISITS.csv",
        help=_("table: lesion,date,area_cm2[,area_sd_cm2][,perimeter_cm][,closed]"),
    )
    parser.add_argument(
        "--courses",
        type=Path,
        metavar="COURSES.csv",
        help=_("table of therapies: lesion,therapy,start[,stop]"),
    )
    parser.add_argument("--json", action="store_true", help=_("one JSON object a line"))


def run(arguments: argparse.Namespace) -> int:
    """Tell of every lesion, in the order of the table; MeasureError as `read_tables`."""
    some_refused = False
    lesions = read_tables(arguments.visits, courses=arguments.courses)
    for lesion in lesions:
        found = _figures(lesion)
        some_refused |= found.refused is not None
        text = json.dumps(_json(found)) if arguments.json else "\n  ".join(_lines(found))
        print(text, flush=True)
    if not arguments.json and any(lesion.courses for lesion in lesions):
        print(f"\n{_(REMINDER)}")
    return SOME_REFUSED if some_refused else ALL_TOLD


@dataclass(frozen=True, slots=True)
class _Figures:
    name: str
    healing: Healing | None
    slope: Estimate | None
    closed: tuple[dt.date | None, dt.date | None]
    rates: tuple[PhaseRate, ...]
    trajectory: tuple[tuple[Point, Change], ...]
    refused: MeasureError | None


def _figures(lesion: TableLesion) -> _Figures:
    healing = healing_of(lesion.series)
    seen = [point for point in lesion.series.points if point.method is not SizeMethod.NOT_MEASURED]
    return _Figures(
        lesion.name,
        healing,
        _slope(lesion),
        closure_dates((point.on, point.method is SizeMethod.CLOSED) for point in seen),
        by_therapy(lesion.series, courses=lesion.courses),
        trajectory(lesion.series),
        lesion.refused or (None if healing else MeasureError("measure.no_baseline")),
    )


def _slope(lesion: TableLesion) -> Estimate | None:
    try:
        return loglinear.log_slope_per_week(loglinear.sizes_of(lesion.series))
    except MeasureError:
        return None


def _json(found: _Figures) -> dict[str, object]:
    """The stable contract of `--json`: these keys, in this order; null where undefined."""
    healing, refused = found.healing, found.refused
    first_closed, confirmed_closed = found.closed
    return {
        "lesion": found.name,
        "par_pct": _rounded(100 * healing.since_first.reduction) if healing else None,
        "gilman_cm_per_week": _rounded(healing.linear_advance_cm_per_week) if healing else None,
        "log_slope_per_week": _rounded(found.slope.value) if found.slope else None,
        "ci95": _interval(found.slope),
        "t50_days": _rounded(healing.half_time_days) if healing else None,
        "t90_days": _rounded(healing.time_to_90_days) if healing else None,
        "by_therapy": [_rate_json(rate) for rate in found.rates],
        "beyond_error": healing.since_first.beyond_error if healing else None,
        "first_closed": first_closed and first_closed.isoformat(),
        "confirmed_closed": confirmed_closed and confirmed_closed.isoformat(),
        "trajectory": [
            {"date": point.on.isoformat(), "par_pct": _rounded(100 * change.reduction)}
            for point, change in found.trajectory
        ],
        "caution": _(REMINDER) if found.rates else None,
        "refused": _refused_json(refused),
    }


def _rate_json(rate: PhaseRate) -> dict[str, object]:
    slope, delta = rate.log_slope_per_week, rate.delta_vs_before
    return {
        "therapies": list(rate.therapies),
        "phase": str(rate.phase),
        "exposure_days": rate.exposure_days,
        "n_visits": rate.n_visits,
        "log_slope_per_week": _rounded(slope.value) if slope else None,
        "ci95": _interval(slope),
        "delta_vs_before": _rounded(delta.value) if delta else None,
        "delta_ci95": _interval(delta),
        "refused": _refused_json(rate.refused),
    }


def _refused_json(error: MeasureError | None) -> dict[str, str] | None:
    return {"code": error.code, "sentence": explain(error)} if error else None


def _interval(estimate: Estimate | None) -> list[float | None] | None:
    return [_rounded(estimate.low), _rounded(estimate.high)] if estimate else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.6g}")


def _lines(found: _Figures) -> list[str]:
    """A lesion as readable lines, the first with its name."""
    if found.healing is None:
        return [words.labelled(found.name, explain(found.refused)) if found.refused else found.name]
    change = found.healing.since_first
    lines = [
        _("{name}: {change} in {days} days, {beyond}").format(
            name=found.name,
            change=words.percent(-change.reduction, decimals=1, signed=True),
            days=change.days,
            beyond=_(BEYOND[change.beyond_error]),
        )
    ]
    lines += _rate_lines(found.healing, found.slope)
    first_closed, confirmed_closed = found.closed
    if first_closed:
        lines.append(_("first closed on {day}").format(day=words.date(first_closed)))
    if confirmed_closed:
        lines.append(_("closure confirmed on {day}").format(day=words.date(confirmed_closed)))
    return lines + [_phase_line(rate) for rate in found.rates]


def _rate_lines(healing: Healing, slope: Estimate | None) -> list[str]:
    lines = []
    if healing.linear_advance_cm_per_week is not None:
        advance = words.number(healing.linear_advance_cm_per_week, decimals=3)
        lines.append(_("the edge advances {advance} cm a week").format(advance=advance))
    if slope is not None:
        lines.append(_("ln area: {slope} a week").format(slope=_with_interval(slope)))
    if healing.half_time_days is not None and healing.time_to_90_days is not None:
        lines.append(
            _(
                "at the rate from first to last: half gone in {half} days, 90 % in {most} days"
            ).format(
                half=words.number(healing.half_time_days),
                most=words.number(healing.time_to_90_days),
            )
        )
    return lines


def _phase_line(rate: PhaseRate) -> str:
    name = _(PHASES[rate.phase]).format(therapies=" + ".join(rate.therapies))
    if rate.refused is not None or rate.log_slope_per_week is None:
        return words.labelled(name, explain(rate.refused) if rate.refused else "–")
    visits = counted("{count} visit", "{count} visits", rate.n_visits)
    text = _("{days} days, {visits}, ln area {slope} a week").format(
        days=rate.exposure_days, visits=visits, slope=_with_interval(rate.log_slope_per_week)
    )
    if rate.delta_vs_before is not None:
        difference = _with_interval(rate.delta_vs_before)
        text = _("{rate}; difference from before {difference}").format(
            rate=text, difference=difference
        )
    return words.labelled(name, text)


def _with_interval(estimate: Estimate) -> str:
    value, low, high = (
        words.number(each, decimals=3)
        for each in (estimate.value, estimate.low or 0.0, estimate.high or 0.0)
    )
    return _("{value} (95 %: {low} to {high})").format(value=value, low=low, high=high)
