"""What follows from laboratory results, in words: products, multiples, flags; nothing is stored."""

import datetime as dt
from collections.abc import Iterable

from woundtrack.context.labs import GAPS, LAB_SERIES, lab_gaps, lab_series
from woundtrack.context.types import LabResult
from woundtrack.records import Stored
from woundtrack.report.content_labs import PRODUCTS, figure_text
from woundtrack.words import _, labelled

OF_LIMIT = "pth_uln"
DERIVED = (*(key for pair in PRODUCTS.items() for key in pair), OF_LIMIT)
TOLD_GAPS = ("several", "bounds", "upper_limit")
"""Reasons for which a figure is missing that are worth a word; that a value is, is seen."""


def derived_lines(results: Iterable[LabResult], *, on: dt.date) -> tuple[str, ...]:
    """What the results of one day come to, or why one of the figures cannot be said."""
    at = dt.datetime.min.replace(tzinfo=dt.UTC)
    labs = [Stored(i, "", 0, each, at, None) for i, each in enumerate(results) if each.on == on]
    lines = []
    for keys in (*PRODUCTS.items(), (OF_LIMIT,)):
        each = [" · ".join(map(figure_text, lab_series(labs, key))) for key in keys]
        figures = " = ".join(filter(None, each))
        why = [_(GAPS[gap.reason]) for gap in lab_gaps(labs, keys[0]) if gap.reason in TOLD_GAPS]
        if figures or why:
            lines.append(labelled(_(LAB_SERIES[keys[0]].title), figures or why[0]))
    return tuple(lines)
