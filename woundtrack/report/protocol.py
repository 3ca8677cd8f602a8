"""A page on how to photograph wounds, to hang up where it is done: nine steps, each with a drawing.

What each step rests on, and how far that reaches, stands at the foot of the page.
"""

import io
from dataclasses import dataclass
from typing import Any

from woundtrack.report import pdf_styles as look
from woundtrack.report.fonts import BOLD, ONE_AT_A_TIME, REGULAR, register
from woundtrack.report.pdf_styles import paragraph, style
from woundtrack.report.protocol_drawings import DRAWINGS, HEIGHT_MM, WIDTH_MM
from woundtrack.report.protocol_pen import Pen
from woundtrack.units import points_from_mm
from woundtrack.words import N_, _

MARGIN_MM, GAP_MM, COLUMNS = 15.0, 7.0, 3
HEADING_MM = 17.0
_TEXT_GAP_MM, _TITLE_MM = 1.8, 1.0
_TEXT_SIZES = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0)
"""The largest of them in which every step has room is taken: languages differ in length."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the key of its drawing, its words, and the letters of what it rests on."""

    key: str
    title: str
    text: str
    sources: str


STEPS: tuple[Step, ...] = (
    Step("consent", N_("Consent and code"),
         N_("Ask, and note the consent. Code, lesion and date on the label; no name and no "
            "face in the picture."), "b"),
    Step("position", N_("As last time"),
         N_("Same position, same side, joints bent as then. Dressing off, wound cleaned and dabbed "
            "dry. A plain, pale, matt cloth behind."), "a b c"),
    Step("in_plane", N_("Card beside the wound"),
         N_("Card or ruler flat on the skin, close to the wound and level with its edge. It covers "
            "nothing and is longer than the wound."), "b d"),
    Step("square_on", N_("Square-on"),
         N_("Hold the camera straight above the wound, parallel to the skin. On a round limb move "
            "round it, or turn the limb."), "b d"),
    Step("distance", N_("Distance"),
         N_("30 to 50 cm, a small wound as near as the camera still focuses. Step closer rather "
            "than zoom. Touch the wound on the screen to focus."), "c"),
    Step("light", N_("Even light, no glare"),
         N_("Daylight or a lamp from the side, the same each time. No flash on a wet wound; no "
            "shadow of your hand on it."), "b c"),
    Step("locating", N_("First photo: where it is"),
         N_("Step back until a joint or another landmark is in the picture. It needs no card."),
         "c"),
    Step("close_up", N_("Second photo: the wound"),
         N_("The whole wound, a finger’s breadth of skin all round, and the whole card, all of it "
            "sharp. This one is measured."), "b d"),
    Step("checked", N_("Check, then delete"),
         N_("Import while the patient is still here, and read what is said under each photo. Then "
            "delete the photos from the camera."), "b d"),
)  # fmt: skip
SUBTITLE = N_("From visit to visit only the wound should differ.")
SOURCES: tuple[tuple[str, str], ...] = (
    ("a", N_("Institute of Medical Illustrators, Wound Management Photography, 2019 (a national "
             "guideline, read in excerpt): only the patient should change. NPUAP neither asks for "
             "photographs nor advises against them, but asks for a written protocol.")),
    ("b", N_("Web pages of makers and services (imagemeasurement.com, pkp.net.au, postop.ai, "
             "activheal): usual practice, no guideline.")),
    ("c", N_("Common teaching, without a source that was checked.")),
    ("d", N_("What measuring in woundtrack needs, from its own reckoning and tests.")),
)  # fmt: skip
OWN_RULES = N_("Your institution’s rules on consent, devices and records come first.")


def protocol_pdf(*, page_size: str) -> bytes:
    """The page as PDF bytes, in the language in force; `page_size` is "a4" or "letter".

    Raises ReportError report.page_size.
    """
    from reportlab.pdfgen.canvas import Canvas

    from woundtrack import __version__, words

    width, height = look.page_size(page_size)
    register()
    file = io.BytesIO()
    with ONE_AT_A_TIME:
        canvas = Canvas(
            file,
            pagesize=(width, height),
            invariant=1,
            lang=words.language(),
            initialFontName=REGULAR,  # else a font that is not embedded stands in the file
        )
        canvas.setTitle(_("Photographing wounds"))
        canvas.setAuthor("")
        canvas.setCreator(f"woundtrack {__version__}")
        margin = points_from_mm(MARGIN_MM)
        inner = width - 2 * margin
        _heading(canvas, margin, height - margin, inner)
        foot = _foot(canvas, margin, margin, inner)
        _steps(canvas, margin, height - margin - points_from_mm(HEADING_MM), inner, bottom=foot)
        canvas.showPage()
        canvas.save()
    return file.getvalue()


def _heading(canvas: Any, left: float, top: float, width: float) -> None:
    title = paragraph(_("Photographing wounds"), style(18.0, bold=True))
    _w, taken = title.wrap(width, top)
    title.drawOn(canvas, left, top - taken)
    under = paragraph(_(SUBTITLE), style(10.0, colour=look.SOFT))
    _w, more = under.wrap(width, top)
    under.drawOn(canvas, left, top - taken - more)


def _foot(canvas: Any, left: float, bottom: float, width: float) -> float:
    """What the steps rest on, upwards from the margin; how high that reaches."""
    made = style(look.SMALL, colour=look.SOFT)
    notes = [paragraph(_(OWN_RULES), style(look.SMALL, bold=True))]
    notes += [paragraph(f"{letter}  {_(text)}", made) for letter, text in SOURCES]
    y = bottom
    for note in reversed(notes):
        _w, taken = note.wrap(width, 1e4)
        note.drawOn(canvas, left, y)
        y += taken
    canvas.setStrokeColor(look.RULE)
    canvas.setLineWidth(0.5)
    y += points_from_mm(1.5)
    canvas.line(left, y, left + width, y)
    return y + points_from_mm(2.0)


def _steps(canvas: Any, left: float, top: float, width: float, *, bottom: float) -> None:
    gap = points_from_mm(GAP_MM)
    column = (width - (COLUMNS - 1) * gap) / COLUMNS
    row = (top - bottom) / (len(STEPS) // COLUMNS)
    room = row - HEIGHT_MM * column / WIDTH_MM - points_from_mm(3 * _TEXT_GAP_MM)
    size = next((each for each in _TEXT_SIZES if _fit(each, column, room)), _TEXT_SIZES[-1])
    for place, step in enumerate(STEPS):
        corner = (left + place % COLUMNS * (column + gap), top - place // COLUMNS * row)
        _step(canvas, _words_of(step, place, size), step, corner, column)


def _words_of(step: Step, place: int, size: float) -> tuple[Any, Any]:
    """Number and title, and what is to be done."""
    title = paragraph(f"{place + 1}  {_(step.title)}", style(size + 1.0, bold=True))
    return title, paragraph(_(step.text), style(size))


def _fit(size: float, column: float, room: float) -> bool:
    """Whether the words of every step have room in that size, its title in one line."""
    heights = [
        [words.wrap(column, room)[1] for words in _words_of(step, place, size)]
        for place, step in enumerate(STEPS)
    ]
    in_one_line = max(title for title, _text in heights) < 2.0 * (size + 1.0)
    tallest = max(title + text for title, text in heights) + points_from_mm(_TITLE_MM)
    return in_one_line and bool(tallest <= room)


def _step(
    canvas: Any,
    words: tuple[Any, Any],
    step: Step,
    corner: tuple[float, float],
    width: float,
) -> None:
    """A drawing, and its words under it; `corner` is the upper left one."""
    x, y = corner
    scale = width / WIDTH_MM
    canvas.setFillColor(look.PALE)
    canvas.roundRect(x, y - HEIGHT_MM * scale, width, HEIGHT_MM * scale, 4, stroke=0, fill=1)
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(scale, -scale)
    DRAWINGS[step.key](Pen(canvas))
    canvas.restoreState()
    y -= HEIGHT_MM * scale + points_from_mm(_TEXT_GAP_MM)
    _letters(canvas, step.sources, x + width, y + points_from_mm(_TEXT_GAP_MM) + 4.0)
    for part in words:
        _w, taken = part.wrap(width, 1e4)
        part.drawOn(canvas, x, y - taken)
        y -= taken + points_from_mm(_TITLE_MM)


def _letters(canvas: Any, letters: str, right: float, base: float) -> None:
    """What a step rests on, in the corner of its drawing."""
    canvas.setFont(BOLD, 6.5)
    canvas.setFillColor(look.SOFT)
    canvas.drawRightString(right - 4.0, base, letters)
