"""The marks of a card that a camera reads: tags, patches, code, graduation.

All draw on a reportlab canvas whose unit is the mm, with the card's frame: y down.
"""

from typing import Any

from woundtrack.scale import card_layout as design
from woundtrack.scale.card_layout import Box, CellGrid

_EVEN_ODD = 0
"""reportlab's name for it is FILL_EVEN_ODD; overlapping parts of a path are then left out."""


def draw_tags(canvas: Any) -> None:
    """The four fiducials as one path: black squares with their white cells left out.

    One path, because renderers fill a lone rectangle out to whole pixels (PDFium does, by up to
    one to the right and below), and leave hairlines between neighbouring fills.
    """
    path = canvas.beginPath()
    for tag in design.TAGS:
        _add_rect(path, tag.box)
        _add_cells(path, tag.box, design.tag_cells(tag.id))
    canvas.setFillGray(0)
    canvas.drawPath(path, stroke=0, fill=1, fillMode=_EVEN_ODD)


def draw_patches(canvas: Any) -> None:
    """The neutral and colour patches, in a fine frame so that white ends somewhere."""
    for patch in design.PATCHES:
        red, green, blue = patch.rgb
        if red == green == blue:
            canvas.setFillGray(red)  # black ink alone, so that a grey has no cast
        else:
            canvas.setFillColorRGB(red, green, blue)
        _rect(canvas, patch.box)
    first, last = design.PATCHES[0].box, design.PATCHES[-1].box
    canvas.setStrokeGray(0.45)
    canvas.setLineWidth(0.12)
    frame = (first.left_mm, first.top_mm, last.right_mm - first.left_mm, first.height_mm)
    canvas.rect(*frame, stroke=1, fill=0)


def draw_qr(canvas: Any, payload: str) -> None:
    """The code, error correction level M, filling `card_layout.QR`."""
    path = canvas.beginPath()
    _add_cells(path, design.QR, _qr_cells(payload))
    canvas.setFillGray(0)
    canvas.drawPath(path, stroke=0, fill=1)


def draw_graduation(canvas: Any, *, font: str, colour: tuple[float, float, float]) -> None:
    """Millimetre marks standing on the lower edge, with a numeral at each centimetre."""
    canvas.setFillColorRGB(*colour)
    path = canvas.beginPath()
    for tick in design.TICKS:
        top_mm = design.HEIGHT_MM - tick.length_mm
        left_mm = tick.x_mm - design.TICK_WIDTH_MM / 2
        _add_rect(path, Box(left_mm, top_mm, design.TICK_WIDTH_MM, tick.length_mm))
        if tick.cm is not None:
            unit = " cm" if tick.cm == 0 else ""
            _numeral(canvas, f"{tick.cm}", unit, tick.x_mm, top_mm - 0.7, font=font)
    canvas.drawPath(path, stroke=0, fill=1)


def _numeral(canvas: Any, text: str, unit: str, x_mm: float, base_mm: float, *, font: str) -> None:
    """A numeral centred on its mark; the unit hangs on to its right."""
    size_mm = 2.3
    half_mm = canvas.stringWidth(text, font, size_mm) / 2
    canvas.saveState()
    canvas.translate(x_mm - half_mm, base_mm)
    canvas.scale(1, -1)
    canvas.setFont(font, size_mm)
    canvas.drawString(0, 0, text + unit)
    canvas.restoreState()


def _qr_cells(payload: str) -> CellGrid:
    """The modules of a QR code; True is dark."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(payload)
    code.make()
    count = code.getModuleCount()
    return tuple(
        tuple(bool(code.isDark(row, column)) for column in range(count)) for row in range(count)
    )


def _rect(canvas: Any, box: Box) -> None:
    canvas.rect(box.left_mm, box.top_mm, box.width_mm, box.height_mm, stroke=0, fill=1)


def _add_rect(path: Any, box: Box) -> None:
    path.rect(box.left_mm, box.top_mm, box.width_mm, box.height_mm)


def _add_cells(path: Any, box: Box, cells: CellGrid) -> None:
    """The True cells of a grid laid over a box, as whole runs."""
    step_mm = box.width_mm / len(cells)
    for row, values in enumerate(cells):
        column = 0
        while column < len(values):
            end = column
            while end < len(values) and values[end]:
                end += 1
            if end > column:
                left_mm, top_mm = box.left_mm + column * step_mm, box.top_mm + row * step_mm
                path.rect(left_mm, top_mm, (end - column) * step_mm, step_mm)
            column = end + 1
