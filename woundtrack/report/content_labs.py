"""Laboratory results in print: the latest of each with its day, its laboratory's limits, and how
it lies against them."""

from collections.abc import Sequence

from woundtrack.context.labs import LabPoint, lab_series, series_keys_of, series_named
from woundtrack.context.types import Comparator, LabResult
from woundtrack.records import PatientHistory, Stored
from woundtrack.report.content_types import ContextPart, ReportOptions, TextTable
from woundtrack.therapy.session import plain_number
from woundtrack.words import _, date, number, with_unit

DASH = "\N{EN DASH}"
DERIVED = ("ca_p_si", "ca_p_corrected_si", "pth_uln")
"""Figures made of results, of which the report has a line; the product's other unit is in it."""
_OTHER_UNIT = {"ca_p_si": "ca_p_mass", "ca_p_corrected_si": "ca_p_corrected_mass"}
_DECIMALS = {"ca_p_si": 2, "ca_p_corrected_si": 2}
_SHARES = (0.29, 0.20, 0.13, 0.15, 0.07, 0.16)

Labs = Sequence[Stored[LabResult]]


def lab_part(history: PatientHistory, options: ReportOptions) -> ContextPart | None:
    """The latest result of each analyte in the period, and the one before; None without any."""
    labs = [lab for lab in history.labs if options.holds(lab.value.on, lab.value.on)]
    rows = tuple(_row(labs, key) for key in series_keys_of(labs) if _has_line(key))
    if not rows:
        return None
    heads = (
        _("Analyte"), _("Latest"), _("Date"), _("Laboratory’s limits"), _("Flag"), _("Before"),
    )  # fmt: skip
    lines = [_("Limits are the laboratory’s own, and a flag is against them alone.")]
    if any(lab_series(labs, key) for key in _OTHER_UNIT):
        lines.append(_("Calcium × phosphate: both of the same day."))
    return ContextPart(_("Laboratory"), TextTable(heads, rows, _SHARES), (" ".join(lines),))


def _has_line(key: str) -> bool:
    return key in DERIVED or not key.startswith("ca_p_")


def _row(labs: Labs, key: str) -> tuple[str, ...]:
    points = lab_series(labs, key)
    latest, before = points[-1], points[-2] if len(points) > 1 else None
    named = series_named(labs, key)
    return (
        named.title if named else key,
        _value(labs, key, latest),
        date(latest.on),
        DASH if key in DERIVED else limits_text(_result(labs, latest)),
        flag_text(latest),
        _value(labs, key, before, brief=True) if before else DASH,
    )


def _value(labs: Labs, key: str, point: LabPoint, *, brief: bool = False) -> str:
    """A result as it was reported; a figure made of results in its units."""
    if key not in DERIVED:
        return value_text(_result(labs, point))
    shown = _bound(number(point.value, decimals=_DECIMALS.get(key, 1)), point.comparator)
    text = with_unit(shown, _(point.unit))
    if key not in _OTHER_UNIT or brief:
        return text
    same = [other for other in lab_series(labs, _OTHER_UNIT[key]) if other.on == point.on]
    more = _bound(number(same[0].value, decimals=1), point.comparator)
    return f"{text} ({with_unit(more, same[0].unit)})"


def _result(labs: Labs, point: LabPoint) -> LabResult:
    return next(lab.value for lab in labs if lab.id == point.lab_id)


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


def flag_text(point: LabPoint) -> str:
    """Whether it lies beyond the laboratory's limits: "high", "low"; else empty, as where a bound
    leaves it open."""
    below, above = (point.comparator is each for each in (Comparator.BELOW, Comparator.ABOVE))
    # What is more than the limit itself is beyond it.
    if point.high is not None and not below and (point.value, above) > (point.high, False):
        return _("high")
    if point.low is not None and not above and (point.value, not below) < (point.low, True):
        return _("low")
    return ""
