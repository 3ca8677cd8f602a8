"""What each kind of mark means: only the kinds that occur are explained."""

from collections.abc import Sequence

from woundtrack.healing.series import Series
from woundtrack.records import SizeMethod
from woundtrack.report.chart_marks import Style
from woundtrack.report.chart_types import MUTED, TEXT, Label, Sample, Shape
from woundtrack.report.fonts import text_width
from woundtrack.words import _

_SAMPLE = 1.5
_GAP = 1.6


def legend_of(
    all_series: Sequence[Series],
    *,
    styles: Sequence[Style],
    width: float,
    text_size: float,
    bwat: bool,
) -> tuple[tuple[Label, ...], tuple[Sample, ...], int]:
    """Labels and samples in rows at the chart's top, and how many rows they take."""
    entries = _entries(all_series, styles, bwat)
    labels: list[Label] = []
    samples: list[Sample] = []
    x, row = 0.0, 0
    for text, shape, colour, filled, interval in entries:
        wide = (_SAMPLE + _GAP) * text_size + text_width(text, size=text_size)
        if x > 0 and x + wide - _GAP * text_size > width:
            x, row = 0.0, row + 1
        base = (1.0 + 1.6 * row) * text_size
        middle = base - 0.35 * text_size
        samples.append(Sample(x + 0.6 * text_size, middle, shape, colour, filled, interval))
        labels.append(Label(x + _SAMPLE * text_size, base, text, "start", TEXT))
        x += wide
    return tuple(labels), tuple(samples), row + 1 if entries else 0


def _entries(
    all_series: Sequence[Series], styles: Sequence[Style], bwat: bool
) -> list[tuple[str, Shape, str, bool, bool]]:
    used = {point.method for series in all_series for point in series.points}
    several = len(all_series) > 1
    colour = MUTED if several else styles[0].colour
    entries: list[tuple[str, Shape, str, bool, bool]] = []
    if several:
        for series, style in zip(all_series, styles, strict=True):
            name = _("Lesion {label}").format(label=series.label)
            entries.append((name, style.shape, style.colour, True, False))
    elif SizeMethod.TRACED in used:
        text = _("Traced area, 95 % interval")
        entries.append((text, styles[0].shape, styles[0].colour, True, True))
    if SizeMethod.BEDSIDE in used:
        entries.append((_("Bedside length × width"), Shape.CIRCLE, colour, False, False))
    if SizeMethod.CLOSED in used:
        entries.append((_("Closed"), Shape.RING, colour, True, False))
    if SizeMethod.NOT_MEASURED in used:
        entries.append((_("Not measured"), Shape.CROSS, colour, False, False))
    if bwat:
        entries.append((_("BWAT (right axis)"), Shape.TRIANGLE, MUTED, False, False))
    return entries
