"""A patient's summary laid out: the lesions' table, the body map, the curve of their sum."""

from typing import Any

from woundtrack.report import pdf_parts as parts
from woundtrack.report import pdf_styles as look
from woundtrack.report import pdf_tables as tables
from woundtrack.report.content_types import ReportContent, ReportPart
from woundtrack.report.pdf_body import body_map
from woundtrack.report.pdf_styles import paragraph, style
from woundtrack.words import _


def summary_parts(content: ReportContent, width: float) -> list[Any]:
    """What stands before therapies and laboratory."""
    from reportlab.platypus import KeepTogether, Spacer

    summary = content.summary
    if summary is None or not summary.table.rows:
        sentence = _("No lesion is noted yet.")
        return [paragraph(sentence, style(look.BODY, colour=look.SOFT, after=4))]
    table = tables.text_table(summary.table, width=width)
    story: list[Any] = [parts.heading(_("Lesions")), table, Spacer(1, 4)]
    if summary.total:
        story.append(paragraph(summary.total, style(look.BODY, bold=True, after=3)))
    if summary.marks and ReportPart.BODY_MAP in content.options.parts:
        drawn = body_map(summary.marks)
        drawn.hAlign = "CENTER"
        told = [paragraph(text, style(look.SMALL, colour=look.SOFT)) for text in summary.notes]
        story += [KeepTogether([Spacer(1, look.GAP), drawn, *told]), Spacer(1, look.GAP)]
    return [*story, *_curve(content, width)]


def _curve(content: ReportContent, width: float) -> list[Any]:
    """All lesions that are printed in one chart, with their sum where none is left out."""
    from reportlab.platypus import CondPageBreak, Spacer

    visits = {row.visit_id for section in content.sections for row in section.rows}
    if len(visits) < 2 or ReportPart.CHART not in content.options.parts:
        return []
    ids = tuple(section.lesion_id for section in content.sections)
    title = _("Course of the lesions") if len(ids) > 1 else _("Course of the lesion")
    chart = parts.chart_flowable(content, lesion_ids=ids, width=width)
    # Kept together they would be as tall as the chart is at its best.
    together = CondPageBreak(chart.lowest + 2 * look.HEADING)
    return [together, parts.heading(title), chart, Spacer(1, look.GAP)]
