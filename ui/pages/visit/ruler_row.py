"""What one step of a ruler is: named, or from the length between two of its marks."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import icons, theme
from ui.pages.visit.scale_rows import Make, WayRow, line
from ui.photo_editor.ruler_look import RulerLook
from ui.widgets.form import Choice
from ui.widgets.quantity import QuantityField
from woundtrack import words
from woundtrack.errors import ScaleError
from woundtrack.photo.types import Photo, Pixels
from woundtrack.scale.types import Scale
from woundtrack.units import MM_PER_INCH
from woundtrack.words import N_, _, counted

MM_PITCHES = (1.0, 0.5, 2.0, 5.0, 10.0)
INCH_PARTS = (32, 16, 10, 8, 4, 2, 1)
UNITS_MM = {N_("mm"): 1.0, N_("cm"): 10.0, N_("inches"): MM_PER_INCH}


class RulerRow(WayRow):
    """Shows what was read and asks for the step; the program's own unit is chosen already."""

    def __init__(self) -> None:
        super().__init__()
        self._look: RulerLook | None = None
        self.found = theme.label()
        self.found.setWordWrap(True)
        self.before = theme.icon_button(icons.icon("chevron-left"), _("Previous edge"))
        self.after = theme.icon_button(icons.icon("chevron-right"), _("Next edge"))  # fmt: skip
        top = QHBoxLayout()
        top.addWidget(self.found, 1)
        top.addWidget(self.before)
        top.addWidget(self.after)
        self.column.addLayout(top)
        self._asks = QWidget()
        asks = QVBoxLayout(self._asks)
        asks.setContentsMargins(0, 0, 0, 0)
        asks.setSpacing(theme.grid(0.5))
        self.pitch = Choice([(None, "–"), *_pitches()])
        self.pitch.setAccessibleName(_("One small step of the ruler"))
        self.pitch.currentIndexChanged.connect(lambda _index: self._name())
        asks.addLayout(line(_("One small step is"), self.pitch))
        self.length: QuantityField = self.field(_("Length between the two ends"))
        self.length.changed.connect(self._measure)
        self.unit = Choice([(mm, _(name)) for name, mm in UNITS_MM.items()])
        self.unit.setAccessibleName(_("Unit of the length"))
        self.unit.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.between = theme.label()
        self.between.setWordWrap(True)
        asks.addWidget(self.between)
        asks.addLayout(line(self.length, self.unit))
        self.column.addWidget(self._asks)

    @property
    def look(self) -> RulerLook | None:
        """What is shown in the photo."""
        return self._look

    @property
    def ready(self) -> bool:
        return self._look is not None

    def show_look(self, look: RulerLook) -> None:
        """Show a reading; the unit it proposes is taken over, unless a length was typed."""
        before, self._look = self._look, look
        edges = look.reading.edges
        same = before is not None and before.reading is look.reading and before.place == look.place
        if not same and not self.length.text():
            self._choose(_proposed_mm(look))
        self.found.setText(_found(look))
        for arrow in (self.before, self.after):
            arrow.setVisible(len(edges) > 1)
        text = _("Or all {steps} steps together are")
        self.between.setText(text.format(steps=look.steps))
        self._asks.setVisible(bool(edges))

    def start(self) -> None:
        self.pitch.setFocus()

    def used(self) -> None:
        self.length.clear()

    def forget(self) -> None:
        self._look = None
        self.length.clear()

    def make(self) -> Make | None:
        look = self._look
        if look is None or not look.reading.edges:
            return None
        reading, place, pitch_mm = look.reading, look.place, self._pitch_mm(look)
        if pitch_mm is None:
            return None
        own = reading.scale
        if own is not None and place == 0 and pitch_mm == _proposed_mm(look):
            return lambda _pixels, _photo: own  # nobody had to name it

        def made(pixels: Pixels, photo: Photo) -> Scale:
            from woundtrack.scale.ruler import scale_with_pitch

            return scale_with_pitch(reading, photo, pitch_mm=pitch_mm, place=place, pixels=pixels)

        return made

    def _pitch_mm(self, look: RulerLook) -> float | None:
        """The step named, or what the typed length comes to. Raises ScaleError."""
        if not self.length.text().strip():
            named: float | None = self.pitch.value()
            return named
        from woundtrack.scale.ruler import pitch_between

        length, ends = self.length.value(), look.ends_px
        if not length or ends is None:
            raise ScaleError("scale.mm_not_positive")
        return pitch_between(
            look.reading.edges[look.place],
            start_px=ends[0],
            end_px=ends[1],
            length_mm=length * self.unit.value(),
        )

    def _name(self) -> None:
        """The step was named: a length typed before no longer counts."""
        self.length.clear()
        self.changed.emit()

    def _measure(self) -> None:
        """A length was typed: the name chosen before no longer counts."""
        self._choose(None)

    def _choose(self, pitch_mm: float | None) -> None:
        self.pitch.blockSignals(True)
        self.pitch.set_value(pitch_mm)
        self.pitch.blockSignals(False)


def _found(look: RulerLook) -> str:
    edges = look.reading.edges
    if not edges:
        return _("No marks found. Draw a line along them, from one end to the other.")
    count = len(look.ticks[look.place])
    marks = counted("{count} mark found", "{count} marks found", count)
    if len(edges) == 1:
        return marks
    edge = _("edge {number} of {total}").format(number=look.place + 1, total=len(edges))
    return f"{marks}, {edge}"


def _proposed_mm(look: RulerLook) -> float | None:
    """The step of the edge meant where its unit is sure."""
    edges = look.reading.edges
    edge = edges[look.place] if edges else None
    if edge is None or not edge.sure or edge.unit is None:
        return None
    return edge.unit.pattern.pitch_mm


def _pitches() -> list[tuple[float, str]]:
    """The steps rulers have, with their names."""
    metric = [
        (mm, _("1 cm") if mm == 10.0 else _("{count} mm").format(count=_plain(mm)))
        for mm in MM_PITCHES
    ]
    inches = [(MM_PER_INCH / parts, _inches(parts)) for parts in INCH_PARTS]
    return [*metric, *inches]


def _plain(value: float) -> str:
    return words.number(value, decimals=0 if value == round(value) else 1)


def _inches(parts: int) -> str:
    fraction = {1: "1", 2: "½", 4: "¼", 8: "⅛"}.get(parts, f"1/{parts}")
    return _("{fraction} inch").format(fraction=fraction)
