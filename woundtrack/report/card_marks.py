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

    One path of outlines, because renderers fill a lone rectangle out to whole pixels (PDFium
    does, by up to one to the right and below), and leave hairlines between neighbouring fills.
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
    canvas.drawPath(path, stroke=0, fill=1, fillMode=_EVEN_ODD)


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
    """The True cells of a grid laid over a box, by the outlines of the areas they form."""
    step_mm = box.width_mm / len(cells)
    for loop in _loops(cells):
        places = [(box.left_mm + x * step_mm, box.top_mm + y * step_mm) for x, y in loop]
        path.moveTo(*places[0])
        for place in places[1:]:
            path.lineTo(*place)
        path.close()


def _loops(cells: CellGrid) -> list[list[tuple[int, int]]]:
    """Closed outlines of the True cells, in cell corners: sides between two True cells cancel."""
    ahead: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for y, row in enumerate(cells):
        for x, filled in enumerate(row):
            if not filled:
                continue
            corners = ((x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1))
            for start, end in zip(corners, corners[1:] + corners[:1], strict=True):
                if start in ahead.get(end, ()):
                    ahead[end].remove(start)
                else:
                    ahead.setdefault(start, []).append(end)
    loops = []
    for start, ends in ahead.items():
        while ends:
            loop, here = [start], ends.pop()
            while here != start:
                loop.append(here)
                here = ahead[here].pop()
            loops.append(loop)
    return loops
