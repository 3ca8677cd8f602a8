"""The figures of a rater study as lines of tables; knows nothing of Qt."""

from collections.abc import Callable, Sequence

from ui.models.rater_study import Results, pair_name, share_text
from woundtrack import words
from woundtrack.raters.agreement import Agreement, Pair
from woundtrack.raters.statistics import Estimate, Limits
from woundtrack.words import N_, _

FIGURE_COLUMNS = (N_("Figure"), N_("Between raters"), N_("Each with themselves"))
PAIR_COLUMNS = (
    N_("Compared"), N_("Bias, %"), N_("95 % limits, %"), N_("Bias, cm²"), N_("95 % limits, cm²"),
    N_("Dice"),
)  # fmt: skip
DASH = "–"


def figure_rows(results: Results) -> list[tuple[str, ...]]:
    """Name, value between raters, value within raters."""
    both = (results.between, results.within)
    return [
        (_("Raters, photos"), *(_counts(one) for one in both)),
        (_("CV of the area (95 % interval)"), *(_cv(one) for one in both)),
        (_("ICC(2,1) (95 % interval)"), *(_icc(one) for one in both)),
        (_("Dice, mean of pairs"), *(_dice(one) for one in both)),
        (_("Standard error of measurement"), *(_sem(one) for one in both)),
        (_("Smallest detectable change"), *(_detectable(one) for one in both)),
    ]


def pair_rows(pairs: Sequence[Pair], names: dict[int, str]) -> list[tuple[str, ...]]:
    """One line a pair of readings; differences are the second less the first."""
    return [
        (
            pair_name(pair, names),
            share_text(pair.relative.bias, signed=True),
            _span(pair.relative),
            words.number(pair.limits_cm2.bias, decimals=2),
            _span_cm2(pair.limits_cm2),
            words.number(pair.dice, decimals=3),
        )
        for pair in pairs
    ]


def _counts(found: Agreement | None) -> str:
    return DASH if found is None else f"{len(found.rater_ids)}, {len(found.photo_ids)}"


def _cv(found: Agreement | None) -> str:
    if found is None:
        return DASH
    return _with_interval(found.relative_sd, share_text)


def _icc(found: Agreement | None) -> str:
    if found is None or found.icc is None:
        return DASH
    return _with_interval(found.icc, lambda value: words.number(value, decimals=3))


def _dice(found: Agreement | None) -> str:
    return DASH if found is None else words.number(found.dice, decimals=3)


def _sem(found: Agreement | None) -> str:
    return DASH if found is None else _cm2(found.sem_cm2)


def _detectable(found: Agreement | None) -> str:
    if found is None:
        return DASH
    share, size = share_text(found.detectable_relative), _cm2(found.detectable_cm2)
    return _("{share}; {size}").format(share=share, size=size)


def _cm2(area_cm2: float) -> str:
    return words.with_unit(words.number(area_cm2, decimals=2), "cm²")


def _with_interval(found: Estimate, shown: Callable[[float], str]) -> str:
    if found.low is None or found.high is None:
        return shown(found.value)
    return _("{value} ({low} to {high})").format(
        value=shown(found.value), low=shown(found.low), high=shown(found.high)
    )


def _span(found: Limits) -> str:
    return _("{low} to {high}").format(
        low=share_text(found.low, signed=True), high=share_text(found.high, signed=True)
    )


def _span_cm2(found: Limits) -> str:
    low, high = (words.number(value, decimals=2) for value in (found.low, found.high))
    return _("{low} to {high}").format(low=low, high=high)
