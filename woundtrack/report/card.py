"""The printable sheet of cards: a PDF, true to size, from the design in `scale.card_layout`."""

import io
from dataclasses import dataclass
from typing import Any

from woundtrack.errors import ReportError
from woundtrack.photo.code import MAX_RUN_DIGITS
from woundtrack.report.card_marks import draw_graduation, draw_patches, draw_qr, draw_tags
from woundtrack.report.fonts import BOLD, ONE_AT_A_TIME, REGULAR, register
from woundtrack.report.pdf_styles import pdf_language
from woundtrack.scale import card_layout as design
from woundtrack.scale.card_layout import Box, Page
from woundtrack.units import points_from_mm
from woundtrack.words import _

INK, SOFT, LINE = (0.09, 0.11, 0.13), (0.36, 0.40, 0.44), (0.62, 0.66, 0.70)


@dataclass(frozen=True, slots=True)
class CardText:
    """What one print run's cards say: run, pseudonymous code, lesion, and the QR's payload."""

    run_number: int
    patient_code: str
    lesion_label: str
    payload: str


def card_pdf(
    *,
    page_size: str,
    run_number: int,
    patient_code: str | None = None,
    lesion_label: str | None = None,
    page_count: int = 1,
) -> bytes:
    """A PDF of sheets of cards in the language in force.

    `page_size` is a key of `card_layout.PAGES`. Raises ReportError report.card_page_size,
    report.card_run, report.card_page_count.
    """
    page = design.PAGES.get(page_size)
    if page is None:
        raise ReportError("report.card_page_size", size=page_size)
    if not 1 <= run_number < 10**MAX_RUN_DIGITS:
        raise ReportError("report.card_run", run=run_number)
    if not 1 <= page_count <= 50:
        raise ReportError("report.card_page_count", count=page_count)
    text = _card_text(run_number, patient_code, lesion_label)
    buffer = io.BytesIO()
    with ONE_AT_A_TIME:
        canvas = _canvas(buffer, page)
        for _sheet in range(page_count):
            _draw_heading(canvas, page, text)
            _draw_check_line(canvas, page)
            for box in page.cards:
                _draw_card(canvas, page, box, text)
            canvas.showPage()
        canvas.save()
    return buffer.getvalue()


def _card_text(run_number: int, patient_code: str | None, lesion_label: str | None) -> CardText:
    from woundtrack.photo.code import CardCode, code_text

    code = CardCode(patient_code or "", lesion_label or None, run_number)
    return CardText(run_number, patient_code or "", lesion_label or "", code_text(code))


def _canvas(buffer: io.BytesIO, page: Page) -> Any:
    from reportlab.pdfgen.canvas import Canvas

    register()
    size = (points_from_mm(page.width_mm), points_from_mm(page.height_mm))
    canvas = Canvas(
        buffer, pagesize=size, invariant=1, lang=pdf_language(), initialFontName=REGULAR
    )
    canvas.setTitle(_("Cards for wound photographs"))
    canvas.setCreator("woundtrack")
    # Viewers that honour it then propose "actual size" by themselves.
    canvas.setViewerPreference("PrintScaling", "None")
    return canvas


def _draw_heading(canvas: Any, page: Page, text: CardText) -> None:
    left_mm, top_mm = page.cards[0].left_mm, page.cards[0].top_mm - design.HEADING_MM + 4.0
    right_mm = page.width_mm - left_mm
    _words(canvas, page, _("Cards for wound photographs"), (left_mm, top_mm), size=14, bold=True)
    facts = [_("Print run {run}").format(run=text.run_number)]
    facts += [text.patient_code] if text.patient_code else []
    facts += [_("Lesion {label}").format(label=text.lesion_label)] if text.lesion_label else []
    _words(canvas, page, "  ·  ".join(facts), (right_mm, top_mm), size=10, align="right")
    steps = (
        _("Print at 100 % (“actual size”), on matt white paper; never “fit to page”."),
        _("Measure the line below with a ruler; enter its length in woundtrack before first use."),
        _("Cut along the dashed lines. Lay the card flat in the plane of the wound, beside it."),
        _("Graduated edge towards the wound, all four squares in view. Single use: then discard."),
    )
    width_mm = right_mm - left_mm - 5.0
    for place, step in enumerate(steps):
        y_mm = top_mm + 6.2 + 4.3 * place
        _words(canvas, page, str(place + 1), (left_mm, y_mm), size=8.5, bold=True)
        at_mm = (left_mm + 4.5, y_mm)
        _words(canvas, page, step, at_mm, size=8.5, colour=SOFT, width_mm=width_mm)


def _draw_check_line(canvas: Any, page: Page) -> None:
    left_mm, y_mm = page.check_line_left_mm, page.check_line_y_mm
    canvas.setStrokeColorRGB(*INK)
    canvas.setLineWidth(points_from_mm(0.25))
    canvas.setLineCap(0)
    ends_mm = (left_mm, left_mm + design.CHECK_LINE_MM)
    _line(canvas, page, (ends_mm[0], y_mm), (ends_mm[1], y_mm))
    for x_mm in ends_mm:
        _line(canvas, page, (x_mm, y_mm - 2.5), (x_mm, y_mm + 2.5))
    label = _("This line is exactly 100 mm long, from the middle of one end mark to the other.")
    at_mm = (ends_mm[1] + 4.0, y_mm - 0.9)
    room_mm = page.width_mm - left_mm - at_mm[0]
    _paragraph(canvas, page, label, at_mm, size=8, width_mm=room_mm)


def _draw_card(canvas: Any, page: Page, box: Box, text: CardText) -> None:
    """One card; inside, the frame is the card's own, in mm with y down."""
    canvas.setStrokeColorRGB(*LINE)
    canvas.setLineWidth(0.5)
    canvas.setDash(3, 2.5)
    low_y = points_from_mm(page.height_mm - box.bottom_mm)
    sides = (points_from_mm(box.width_mm), points_from_mm(box.height_mm))
    canvas.rect(points_from_mm(box.left_mm), low_y, *sides, stroke=1, fill=0)
    canvas.setDash()
    canvas.saveState()
    canvas.translate(points_from_mm(box.left_mm), points_from_mm(page.height_mm - box.top_mm))
    scale = points_from_mm(1.0)
    canvas.scale(scale, -scale)
    draw_tags(canvas)
    draw_patches(canvas)
    draw_qr(canvas, text.payload)
    draw_graduation(canvas, font=BOLD, colour=INK)
    canvas.restoreState()
    _draw_card_words(canvas, page, box, text)


def _draw_card_words(canvas: Any, page: Page, box: Box, text: CardText) -> None:
    left_mm, top_mm = box.left_mm, box.top_mm
    x_mm = left_mm + design.WRITING.left_mm
    width_mm = design.WRITING.width_mm
    _words(canvas, page, "woundtrack", (x_mm, top_mm + 5.0), size=8, bold=True)
    run = _("Run {run}").format(run=text.run_number)
    at_mm = (x_mm + width_mm, top_mm + 5.0)
    _words(canvas, page, run, at_mm, size=7, align="right", colour=SOFT)
    labels = (_("Date"), _("Initials"), _("Site"))
    first_mm = top_mm + design.WRITING.top_mm + 6.0
    for place, label in enumerate(labels):
        y_mm = first_mm + 7.0 * place
        canvas.setStrokeColorRGB(*LINE)
        canvas.setLineWidth(0.4)
        start_mm = x_mm + _words(canvas, page, label, (x_mm, y_mm), size=6.5, colour=SOFT)
        _line(canvas, page, (start_mm + 1.2, y_mm + 0.3), (x_mm + width_mm, y_mm + 0.3))
    middle_mm = left_mm + design.QR.centre_mm[0]
    below_mm = top_mm + design.QR.bottom_mm
    who = " · ".join(part for part in (text.patient_code, text.lesion_label) if part)
    room_mm = design.QR.width_mm + 1.5
    at_mm = (middle_mm, below_mm + 3.4)
    _words(canvas, page, who, at_mm, size=7, bold=True, align="centre", width_mm=room_mm)
    _draw_single_use(canvas, page, (middle_mm, below_mm + 7.2), room_mm=room_mm)


def _draw_single_use(
    canvas: Any, page: Page, centre_mm: tuple[float, float], *, room_mm: float
) -> None:
    """The struck-out 2 of ISO 7000-1051 (do not re-use), and the words beside it."""
    size, radius_mm = 6.5, 1.7
    words = _("Single use")
    length_mm = _length_mm(canvas, words, size=size)
    size *= min(1.0, (room_mm - 2 * radius_mm - 1.0) / length_mm)
    length_mm = _length_mm(canvas, words, size=size)
    x_mm = centre_mm[0] - (2 * radius_mm + 1.0 + length_mm) / 2 + radius_mm
    y_mm = centre_mm[1]
    canvas.setStrokeColorRGB(*INK)
    canvas.setLineWidth(points_from_mm(0.2))
    at = (points_from_mm(x_mm), points_from_mm(page.height_mm - y_mm))
    canvas.circle(*at, points_from_mm(radius_mm), stroke=1, fill=0)
    reach_mm = radius_mm * 0.707
    _words(canvas, page, "2", (x_mm, y_mm + 0.85), size=6.5, bold=True, align="centre")
    _line(canvas, page, (x_mm - reach_mm, y_mm - reach_mm), (x_mm + reach_mm, y_mm + reach_mm))
    _words(canvas, page, words, (x_mm + radius_mm + 1.0, y_mm + 0.8), size=size, colour=SOFT)


def _length_mm(canvas: Any, text: str, *, size: float, bold: bool = False) -> float:
    return float(canvas.stringWidth(text, BOLD if bold else REGULAR, size)) / points_from_mm(1.0)


def _words(
    canvas: Any,
    page: Page,
    text: str,
    at_mm: tuple[float, float],
    *,
    size: float,
    bold: bool = False,
    align: str = "left",
    colour: tuple[float, float, float] = INK,
    width_mm: float | None = None,
) -> float:
    """One line of text on its base line, made smaller to fit `width_mm`; its length in mm."""
    length_mm = _length_mm(canvas, text, size=size, bold=bold)
    if width_mm is not None and length_mm > width_mm:
        size, length_mm = size * width_mm / length_mm, width_mm
    canvas.setFont(BOLD if bold else REGULAR, size)
    canvas.setFillColorRGB(*colour)
    back_mm = {"left": 0.0, "centre": length_mm / 2, "right": length_mm}[align]
    y = points_from_mm(page.height_mm - at_mm[1])
    canvas.drawString(points_from_mm(at_mm[0] - back_mm), y, text)
    return length_mm


def _paragraph(
    canvas: Any,
    page: Page,
    text: str,
    at_mm: tuple[float, float],
    *,
    size: float,
    width_mm: float,
) -> None:
    """Text broken into lines of at most `width_mm`, centred on `at_mm` in height."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if _length_mm(canvas, longer, size=size) > width_mm and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    step_mm = 1.25 * size / points_from_mm(1.0)
    first_mm = at_mm[1] - step_mm * (len(lines) - 1) / 2 + 1.6
    for place, line in enumerate(lines):
        y_mm = first_mm + step_mm * place
        _words(canvas, page, line, (at_mm[0], y_mm), size=size, colour=SOFT)


def _line(
    canvas: Any, page: Page, start_mm: tuple[float, float], end_mm: tuple[float, float]
) -> None:
    (x1, y1), (x2, y2) = start_mm, end_mm
    canvas.line(
        points_from_mm(x1),
        points_from_mm(page.height_mm - y1),
        points_from_mm(x2),
        points_from_mm(page.height_mm - y2),
    )
