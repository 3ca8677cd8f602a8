"""What follows from laboratory results, in words: products, multiples, flags; nothing is stored."""

import datetime as dt
from collections.abc import Iterable

from woundtrack.context.labs import GAPS, LAB_SERIES, lab_gaps, lab_series
from woundtrack.context.types import LabResult
from woundtrack.records import Stored
from woundtrack.report.content_labs import figure_text
from woundtrack.words import _, labelled

PRODUCTS = (("ca_p_si", "ca_p_mass"), ("ca_p_corrected_si", "ca_p_corrected_mass"))
"""Each product in both of its units."""
OF_LIMIT = "pth_uln"
DERIVED = (*(key for pair in PRODUCTS for key in pair), OF_LIMIT)
TOLD_GAPS = ("several", "bounds", "upper_limit")
"""Reasons for which a figure is missing that are worth a word; that a value is, is seen."""


def derived_lines(results: Iterable[LabResult], *, on: dt.date) -> tuple[str, ...]:
    """What the results of one day come to, or why one of the figures cannot be said."""
    at = dt.datetime.min.replace(tzinfo=dt.UTC)
    labs = [Stored(i, "", 0, each, at, None) for i, each in enumerate(results) if each.on == on]
    lines = []
    for keys in (*PRODUCTS, (OF_LIMIT,)):
        figures = [figure_text(point) for key in keys for point in lab_series(labs, key)]
        why = [_(GAPS[gap.reason]) for gap in lab_gaps(labs, keys[0]) if gap.reason in TOLD_GAPS]
        if figures or why:
            lines.append(labelled(_(LAB_SERIES[keys[0]].title), " = ".join(figures) or why[0]))
    return tuple(lines)
