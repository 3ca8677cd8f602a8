"""Laboratory results in print: the latest of each with its day, its laboratory's limits, and how
it lies against them."""

from collections.abc import Sequence
from itertools import groupby

from woundtrack.context.labs import (
    ANALYTES,
    LAB_SERIES,
    ULN,
    LabPoint,
    analyte_name,
    lab_series,
)
from woundtrack.context.types import Comparator, LabResult
from woundtrack.records import PatientHistory, Stored
from woundtrack.report.content_types import ContextPart, ReportOptions, TextTable
from woundtrack.therapy.session import plain_number
from woundtrack.words import _, date, number, with_unit

DASH = "\N{EN DASH}"
PRODUCTS = {"ca_p_si": "ca_p_mass", "ca_p_corrected_si": "ca_p_corrected_mass"}
"""Each product, and the same in its other unit."""
_SHARES = (0.29, 0.20, 0.13, 0.15, 0.07, 0.16)

Labs = Sequence[Stored[LabResult]]


def lab_part(history: PatientHistory, options: ReportOptions) -> ContextPart | None:
    """The latest result of each analyte in the period, and the one before; None without any."""
    labs = [lab for lab in history.labs if options.holds(lab.value.on, lab.value.on)]
    if not labs:
        return None
    products = [_product_row(labs, key) for key in PRODUCTS if lab_series(labs, key)]
    rows = (*(_row(same, labs) for same in _by_analyte(labs)), *products)
    heads = (
        _("Analyte"), _("Latest"), _("Date"), _("Laboratory’s limits"), _("Flag"), _("Before"),
    )  # fmt: skip
    lines = [_("Limits are the laboratory’s own, and a flag is against them alone.")]
    if products:
        lines.append(_("Calcium × phosphate: both of the same day."))
    return ContextPart(_("Laboratory"), TextTable(heads, rows, _SHARES), (" ".join(lines),))


def _by_analyte(labs: Labs) -> list[Labs]:
    """The results of each analyte by day; those that the clinic named come last, by name."""
    order = {key: place for place, key in enumerate(ANALYTES)}

    def key(lab: Stored[LabResult]) -> tuple[int, str]:
        result = lab.value
        name = "" if result.analyte in LAB_SERIES else analyte_name(result).casefold()
        return order.get(result.analyte, len(order)), name

    ordered = sorted(labs, key=lambda lab: (*key(lab), lab.value.on, lab.id))
    return [list(same) for _key, same in groupby(ordered, key=key)]


def _row(same: Labs, labs: Labs) -> tuple[str, ...]:
    """One analyte; where a day has several results all of them stand there."""
    days = [list(of_day) for _on, of_day in groupby(same, key=lambda lab: lab.value.on)]
    latest = days[-1][-1].value
    flags = dict.fromkeys(flag_text(_point(lab)) for lab in days[-1])
    return (
        analyte_name(latest),
        _values(days[-1], labs),
        date(latest.on),
        limits_text(latest),
        ", ".join(flag for flag in flags if flag),
        _values(days[-2]) if len(days) > 1 else DASH,
    )


def _values(of_day: Labs, labs: Labs = ()) -> str:
    """The results of a day as reported; parathyroid hormone in its upper limits as well."""
    texts = []
    for lab in of_day:
        counted = [point for point in lab_series(labs, "pth_uln") if point.lab_id == lab.id]
        texts.append(_with_brackets(value_text(lab.value), [figure_text(one) for one in counted]))
    return " · ".join(texts)


def _product_row(labs: Labs, key: str) -> tuple[str, ...]:
    points = lab_series(labs, key)
    latest = points[-1]
    others = [each for each in lab_series(labs, PRODUCTS[key]) if each.on == latest.on]
    return (
        _(LAB_SERIES[key].title),
        _with_brackets(figure_text(latest), [figure_text(other) for other in others]),
        date(latest.on),
        DASH,
        "",
        figure_text(points[-2]) if len(points) > 1 else DASH,
    )


def _with_brackets(text: str, others: Sequence[str]) -> str:
    """With the same thing otherwise counted, which is not parted between lines."""
    unparted = [other.replace(" ", "\N{NO-BREAK SPACE}") for other in others]
    return " ".join([text, *(f"({other})" for other in unparted)])


def _point(lab: Stored[LabResult]) -> LabPoint:
    """A result as its laboratory reported it."""
    one = lab.value
    return LabPoint(
        one.on, one.value, one.unit, one.lower_limit, one.upper_limit, one.comparator, lab.id
    )


def figure_number(point: LabPoint) -> str:
    """A figure made of results, as exact as its factors are usually given."""
    many = point.unit == "mg²/dL²" or (point.unit == ULN and point.value >= 1)
    return point.comparator.value + number(point.value, decimals=1 if many else 2)


def figure_text(point: LabPoint) -> str:
    """A figure made of results, with its unit."""
    return with_unit(figure_number(point), _(point.unit))


def value_text(result: LabResult) -> str:
    """A result in the unit in which it was reported: "< 0.6 mg/L"."""
    return with_unit(_bound(plain_number(result.value), result.comparator), result.unit).strip()


def _bound(text: str, comparator: Comparator) -> str:
    return f"{comparator.value}\N{NO-BREAK SPACE}{text}" if comparator.value else text


def limits_text(result: LabResult) -> str:
    """The laboratory's limits: "2.10 to 2.55", "up to 5"; a dash without any."""
    low, high = (
        None if each is None else plain_number(each)
        for each in (result.lower_limit, result.upper_limit)
    )
    if low is not None and high is not None:
        return _("{low} to {high}").format(low=low, high=high)
    if high is not None:
        return _("up to {high}").format(high=high)
    return DASH if low is None else _("from {low}").format(low=low)


def flag_of(point: LabPoint) -> int:
    """1 above the laboratory's upper limit, −1 below its lower one; else 0, as where a bound
    leaves it open."""
    below, above = (point.comparator is each for each in (Comparator.BELOW, Comparator.ABOVE))
    # What is more than the limit itself is beyond it.
    if point.high is not None and not below and (point.value, above) > (point.high, False):
        return 1
    if point.low is not None and not above and (point.value, not below) < (point.low, True):
        return -1
    return 0


def flag_text(point: LabPoint) -> str:
    """Whether it lies beyond the laboratory's limits: "high", "low"; else empty."""
    return {1: _("high"), -1: _("low")}.get(flag_of(point), "")
