"""The parts of a printed report beside its tables: summary, chart and photos."""

import io
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias

from woundtrack.report import pdf_styles as look
from woundtrack.report.chart import chart_of, whole_window
from woundtrack.report.chart_data import chart_data
from woundtrack.report.chart_pdf import PRINT_PALETTE, paint
from woundtrack.report.content_types import (
    Fact,
    Plate,
    ReportContent,
)
from woundtrack.report.pdf_styles import paragraph, style
from woundtrack.report.pictures import Picture
from woundtrack.units import points_from_mm
from woundtrack.words import _

CHART_PLOT_HEIGHT = 112.0
CHART_TEXT_SIZE = 8.0
CHART_MOST_HEIGHT = 520.0
"""It must fit on a page; therapies that find no room then stand in their table alone."""
CHART_LOWEST = 0.68
"""The part of its height at which a chart still reads well at the foot of a page."""
SIGNING_HEIGHT = points_from_mm(8)

Pictures: TypeAlias = Mapping[int, Picture]
"""By the `id` of their plate, which lives as long as the content it is of."""


def figure_row(figures: Sequence[Fact], *, width: float) -> Any:
    """The summary of a lesion: names small, values large, side by side."""
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Table, TableStyle

    names = [paragraph(f.label, style(look.SMALL, colour=look.SOFT)) for f in figures]
    values = [_with_interval(f.value) for f in figures]
    wide = 1.35
    shares = [wide if i == 0 else 1.0 for i in range(len(figures))]
    table = Table([names, values], [width * share / sum(shares) for share in shares])
    table.setStyle(
        TableStyle(
            [
                look.PLAIN_CELLS,
                ("BACKGROUND", (0, 0), (-1, -1), HexColor(look.PALE)),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 8),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4),
                ("TOPPADDING", (0, 0), (-1, 0), 6),
                ("BOTTOMPADDING", (0, 0), (-1, 0), 0),
                ("TOPPADDING", (0, 1), (-1, 1), 1),
                ("BOTTOMPADDING", (0, 1), (-1, 1), 7),
            ]
        )
    )
    return table


def _with_interval(text: str) -> list[Any]:
    """A value, large, and its 95 % interval below it."""
    value, _between, interval = text.partition("\n")
    shown = [paragraph(value, style(look.FIGURE, bold=True))]
    return shown + ([paragraph(interval, style(look.SMALL))] if interval else [])


def chart_flowable(content: ReportContent, *, lesion_ids: tuple[int, ...], width: float) -> Any:
    """The healing chart of some lesions, as vectors."""
    from reportlab.platypus import Flowable

    options = content.options
    data = chart_data(content.history, lesion_ids=lesion_ids)
    window = whole_window(data, options.chart, from_on=options.from_on, to_on=options.to_on)
    draw = partial(
        chart_of, data, choice=options.chart, width=width, text_size=CHART_TEXT_SIZE, window=window
    )
    chart = draw(plot_height=CHART_PLOT_HEIGHT)
    if chart.height > CHART_MOST_HEIGHT:
        chart = draw(height=CHART_MOST_HEIGHT)

    class ChartFlowable(Flowable):  # type: ignore[misc]
        """Paints the chart where the layout puts it, a little lower where it then fits."""

        shown = chart
        lowest = CHART_LOWEST * chart.height

        def wrap(self, _available_width: float, available_height: float) -> tuple[float, float]:
            self.shown = chart
            if self.lowest <= available_height < chart.height:
                self.shown = draw(height=available_height)
            return self.shown.width, self.shown.height

        def draw(self) -> None:
            paint(self.canv, self.shown, left=0, bottom=0, palette=PRINT_PALETTE)

    return ChartFlowable()


def plate_rows(plates: Sequence[Plate], *, width: float, pictures: Pictures) -> list[Any]:
    """Photos two by two."""
    each = (width - look.GAP) / 2
    rows = []
    for i in range(0, len(plates), 2):
        pair: list[Any] = [plate_cell(one, pictures, width=each) for one in plates[i : i + 2]]
        pair += [""] * (2 - len(pair))
        rows.append(two_columns(pair, width=width, above=0, below=8))
    return rows


def two_columns(columns: Sequence[Any], *, width: float, above: float, below: float) -> Any:
    """Two parts side by side, each half as wide, with so much room above and below them, pt."""
    from reportlab.platypus import Table, TableStyle

    each = (width - look.GAP) / 2
    table = Table([[columns[0], "", columns[1]]], [each, look.GAP, each])
    table.setStyle(
        TableStyle(
            [
                look.PLAIN_CELLS,
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), above),
                ("BOTTOMPADDING", (0, 0), (-1, -1), below),
            ]
        )
    )
    return table


def plate_cell(plate: Plate, pictures: Pictures, *, width: float) -> list[Any]:
    """One photo with its caption, or the sentence that stands in its place."""
    from reportlab.lib.utils import ImageReader
    from reportlab.platypus import Image, Spacer

    picture = pictures[id(plate)]
    said = "  ·  ".join(part for part in (plate.title, plate.caption) if part)
    caption = paragraph(said, style(look.BODY))
    if not picture.jpeg:
        why = paragraph(picture.refused, style(look.BODY, colour=look.SOFT))
        return [why, Spacer(1, 3), caption]
    width_px, height_px = ImageReader(io.BytesIO(picture.jpeg)).getSize()
    most_wide, most_high = (points_from_mm(side) for side in plate.box_mm)
    factor = min(min(width, most_wide) / width_px, most_high / height_px)
    image = Image(io.BytesIO(picture.jpeg), width_px * factor, height_px * factor)
    image.hAlign = "LEFT"
    return [image, Spacer(1, 3), caption]


def heading(text: str) -> Any:
    """A lesion's or part's heading, which the viewer's list of contents has too."""
    made = paragraph(text, style(look.HEADING, bold=True, colour=look.ACCENT, after=3))
    made.outline_entry = text
    return made


def no_visits() -> Any:
    """What is said where the period holds no confirmed visit."""
    sentence = _("No confirmed visit of this lesion in this period.")
    return paragraph(sentence, style(look.BODY, colour=look.SOFT))


def signature(width: float) -> list[Any]:
    """Lines for name, date and signature."""
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Spacer, Table, TableStyle

    names = [_("Name"), _("Date"), _("Signature")]
    cells = [paragraph(name, style(look.SMALL, colour=look.SOFT)) for name in names]
    gap = look.GAP
    shares = (0.36, 0.22, 0.42)
    widths = [share * (width - 2 * gap) for share in shares]
    row = [cells[0], "", cells[1], "", cells[2]]
    table = Table([row], [widths[0], gap, widths[1], gap, widths[2]])
    lines = [("LINEABOVE", (at, 0), (at, 0), 0.7, HexColor(look.INK)) for at in (0, 2, 4)]
    table.setStyle(TableStyle([look.PLAIN_CELLS, *lines, ("LEFTPADDING", (0, 0), (-1, -1), 0)]))
    return [Spacer(1, SIGNING_HEIGHT), table]
