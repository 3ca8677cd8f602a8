"""What the measured 100 mm line says of a print run of the card."""

from dataclasses import replace

from woundtrack.errors import ReportError
from woundtrack.records import CardRun
from woundtrack.scale.warnings import CHECK_LINE_MM
from woundtrack.words import _, number

TOLERANCE_MM = 2.0
"""Beyond this the printer scaled the page, and nobody knows how evenly: print it again."""
LIKELY_MM = (70.0, 140.0)
"""Outside, the line was not measured in mm, or something else was."""


def checked_run(run: CardRun, *, measured_mm: float) -> CardRun:
    """The run as its line measured: accepted within 2 mm of 100 (lengths follow the measured
    line), refused beyond. Raises ReportError report.card_line_unlikely.
    """
    low, high = LIKELY_MM
    if not low <= measured_mm <= high:
        raise ReportError("report.card_line_unlikely")
    accepted = abs(measured_mm - CHECK_LINE_MM) <= TOLERANCE_MM
    return replace(run, measured_mm=measured_mm, accepted=accepted)


def run_text(run: CardRun) -> str:
    """A run in one line: "Run 3 · A4 · 99.8 mm, accepted"."""
    if run.accepted is None or run.measured_mm is None:
        state = _("not checked yet")
    elif run.accepted:
        state = _("{length} mm, accepted").format(length=number(run.measured_mm))
    else:
        state = _("{length} mm, refused").format(length=number(run.measured_mm))
    papers = {"a4": "A4", "letter": "Letter", "": _("printed elsewhere")}
    paper = papers.get(run.page_size, run.page_size)
    return _("Run {number} · {paper} · {state}").format(number=run.number, paper=paper, state=state)
