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
IN_BRACKETS = {
    "ca_p_si": "ca_p_mass",
    "ca_p_corrected_si": "ca_p_corrected_mass",
    "pth": "pth_uln",
}
"""The same thing otherwise counted: it stands in brackets and has no line of its own."""
_SHARES = (0.29, 0.20, 0.13, 0.15, 0.07, 0.16)

Labs = Sequence[Stored[LabResult]]


def lab_part(history: PatientHistory, options: ReportOptions) -> ContextPart | None:
    """The latest result of each analyte in the period, and the one before; None without any."""
    labs = [lab for lab in history.labs if options.holds(lab.value.on, lab.value.on)]
    rows = tuple(_row(labs, key) for key in series_keys_of(labs) if key not in IN_BRACKETS.values())
    if not rows:
        return None
    heads = (
        _("Analyte"), _("Latest"), _("Date"), _("Laboratory’s limits"), _("Flag"), _("Before"),
    )  # fmt: skip
    lines = [_("Limits are the laboratory’s own, and a flag is against them alone.")]
    if any(lab_series(labs, key) for key in IN_BRACKETS if key.startswith("ca_p")):
        lines.append(_("Calcium × phosphate: both of the same day."))
    return ContextPart(_("Laboratory"), TextTable(heads, rows, _SHARES), (" ".join(lines),))


def _row(labs: Labs, key: str) -> tuple[str, ...]:
    points = lab_series(labs, key)
    latest, before = points[-1], points[-2] if len(points) > 1 else None
    named = series_named(labs, key)
    return (
        named.title if named else key,
        _value(labs, key, latest),
        date(latest.on),
        DASH if key.startswith("ca_p") else limits_text(_result(labs, latest)),
        flag_text(latest),
        _value(labs, key, before, brief=True) if before else DASH,
    )


def _value(labs: Labs, key: str, point: LabPoint, *, brief: bool = False) -> str:
    """A result as it was reported, a product in its unit; unless `brief` otherwise as well."""
    text = _counted(point, 2) if key.startswith("ca_p") else value_text(_result(labs, point))
    others = () if brief or key not in IN_BRACKETS else lab_series(labs, IN_BRACKETS[key])
    same = [_counted(other, 1) for other in others if other.lab_id == point.lab_id]
    if not same:
        return text
    # What is in brackets is not parted between lines.
    brackets = same[0].replace(" ", "\N{NO-BREAK SPACE}")
    return f"{text} ({brackets})"


def _counted(point: LabPoint, decimals: int) -> str:
    shown = _bound(number(point.value, decimals=decimals), point.comparator)
    return with_unit(shown, _(point.unit))


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
