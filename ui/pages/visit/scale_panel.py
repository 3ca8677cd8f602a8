"""The scale of the shown photo: what gave it and how sure it is, and the ways to give one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import icons, theme
from ui.pages.visit.checks import scale_warnings
from ui.pages.visit.run_row import RunRow, run_to_check
from ui.pages.visit.state import VisitState
from ui.photo_editor.editor import Tool
from ui.widgets.form import card
from ui.widgets.quantity import QuantityField
from woundtrack import words
from woundtrack.errors import ScaleError, WoundtrackError
from woundtrack.explain import explain
from woundtrack.photo.types import Photo
from woundtrack.records import PhotoScale
from woundtrack.scale.types import PointPx, Scale, ScaleMethod
from woundtrack.words import N_, NORMAL_95, _

METHOD_NAMES: dict[ScaleMethod, str] = {
    ScaleMethod.CARD: N_("printed card"),
    ScaleMethod.RULER: N_("ruler, read by the program"),
    ScaleMethod.TWO_POINTS: N_("two clicks"),
    ScaleMethod.FOUR_POINTS: N_("four corners"),
}


def scale_line(decided: PhotoScale | None) -> str:
    """The scale in one line: method, tilt, ± of a length."""
    if decided is None:
        return _("No scale yet")
    scale = decided.scale
    if scale is None:
        return _("No scale in this photo: kept and shown, not measured")
    parts = [_(METHOD_NAMES[scale.method])]
    if scale.tilt_deg is not None:
        parts.append(_("tilt {degrees}°").format(degrees=words.number(scale.tilt_deg, decimals=0)))
    parts.append("± " + words.percent(NORMAL_95 * scale.relative_sd, decimals=1))
    return ", ".join(parts)


class ScalePanel(QWidget):
    """A card with the scale's line; with `open_up` its tools too."""

    scale_given = Signal(object)
    tool_wanted = Signal(object)
    look_again = Signal()
    check_wanted = Signal()
    run_measured = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photo: Photo | None = None
        self._points: tuple[PointPx, ...] = ()
        frame, column = card(margins=1.5)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        top = QHBoxLayout()
        top.addWidget(theme.label(_("Scale"), role="heading"), 1)
        self.check = QPushButton(_("Check"))
        self.check.setToolTip(_("Look at the 1 cm grid, and give another scale if it is wrong"))
        self.check.clicked.connect(self.check_wanted)
        top.addWidget(self.check)
        column.addLayout(top)
        self.line = _wrapped()
        self.warning = _wrapped("warning")
        self.refusal = _wrapped("error")
        for label in (self.line, self.warning, self.refusal):
            column.addWidget(label)
        self.run_row = RunRow()
        self.run_row.measured.connect(self.run_measured)
        column.addWidget(self.run_row)
        self.tools = self._tool_buttons()
        column.addWidget(self.tools)
        self.two_row = self._two_points_row()
        self.four_row = self._four_points_row()
        column.addWidget(self.two_row)
        column.addWidget(self.four_row)

    def _tool_buttons(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, theme.grid(0.5), 0, 0)
        column.setSpacing(theme.grid(0.5))
        hint = _wrapped("muted")
        hint.setText(_("The squares of the grid must be 1 cm on the ruler or card."))
        column.addWidget(hint)
        self.two = _button("ruler", _("Two clicks on a ruler"))
        self.two.clicked.connect(lambda: self.begin(Tool.TWO_POINTS))
        self.four = _button("vector-square", _("Four corners of a rectangle"))
        self.four.clicked.connect(lambda: self.begin(Tool.FOUR_POINTS))
        self.again = _button("refresh-cw", _("Look for card or ruler again"))
        self.again.clicked.connect(self.look_again)
        self.none = _button("circle-slash", _("No scale in this photo"))
        self.none.clicked.connect(lambda: self.scale_given.emit(None))
        for button in (self.two, self.four, self.again, self.none):
            column.addWidget(button)
        return holder

    def _two_points_row(self) -> QWidget:
        self.distance = QuantityField(highest=2000.0, takes_enter=True)
        self.distance.setAccessibleName(_("mm between the two points"))
        self.distance.entered.connect(self.apply)
        return self._row(_("Between the two:"), [self.distance])

    def _four_points_row(self) -> QWidget:
        self.long_side = QuantityField(highest=2000.0, takes_enter=True)
        self.short_side = QuantityField(highest=2000.0, takes_enter=True)
        self.long_side.entered.connect(self.short_side.setFocus)
        self.short_side.entered.connect(self.apply)
        return self._row(_("Its sides:"), [self.long_side, self.short_side])

    def _row(self, text: str, fields: list[QuantityField]) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, theme.grid(0.5), 0, 0)
        row.addWidget(theme.label(text))
        for index, field in enumerate(fields):
            if index:
                row.addWidget(theme.label("×"))
            row.addWidget(field)
        row.addWidget(theme.label(_("mm")))
        use = QPushButton(_("Use"))
        use.clicked.connect(self.apply)
        row.addWidget(use)
        row.addStretch(1)
        holder.hide()
        return holder

    # -- showing

    def show_scale(self, state: VisitState, photo_id: int, *, open_up: bool, looking: bool) -> None:
        """Show a photo's scale, and the tools where they are asked for or needed."""
        stored = state.photo(photo_id)
        self._photo = stored.value.photo if stored else None
        decided = state.photo_scale(photo_id)
        problem = state.scale_problems.get(photo_id)
        waiting = looking and decided is None
        self.line.setText(_("Looking for card or ruler…") if waiting else scale_line(decided))
        warnings = scale_warnings(state, photo_id)
        self.warning.setText("\n".join(warnings))
        self.warning.setVisible(bool(warnings))
        self.run_row.ask(None if state.locked else run_to_check(state.scale(photo_id)))
        self._refuse(problem if decided is None and not waiting else None)
        self.check.setVisible(not open_up)
        self.check.setText(_("Set…") if decided is None else _("Check"))
        self.tools.setVisible(open_up and not state.locked)
        if not open_up or state.locked:
            self._hide_rows()

    def begin(self, tool: Tool) -> None:
        """Take a scale tool in hand."""
        self._points = ()
        self._hide_rows()
        self.tool_wanted.emit(tool)

    def show_points(self, points: tuple[PointPx, ...]) -> None:
        """The points are clicked: ask for the mm."""
        self._points = tuple(points)
        is_two = len(self._points) == 2
        self.two_row.setVisible(is_two)
        self.four_row.setVisible(not is_two)
        field = self.distance if is_two else self.long_side
        field.setFocus()
        field.selectAll()

    def apply(self) -> None:
        """Make the scale of the points and the mm typed, or say why there is none."""
        if self._photo is None:
            return
        try:
            scale = self._made(self._photo)
        except WoundtrackError as error:
            self._refuse(error)
            return
        self._points = ()
        self._hide_rows()
        self.scale_given.emit(scale)

    def _made(self, photo: Photo) -> Scale:
        from woundtrack.scale.manual import from_four_points, from_two_points

        if len(self._points) == 2:
            distance = self.distance.value()
            if distance is None:
                raise ScaleError("scale.mm_not_positive")
            return from_two_points(self._points[0], self._points[1], distance, photo)
        sides = (self.long_side.value(), self.short_side.value())
        if sides[0] is None or sides[1] is None:
            raise ScaleError("scale.mm_not_positive")
        return from_four_points(self._points, sides[0], sides[1], photo)

    def _hide_rows(self) -> None:
        self.two_row.hide()
        self.four_row.hide()

    def _refuse(self, error: WoundtrackError | None) -> None:
        self.refusal.setText(explain(error) if error else "")
        self.refusal.setVisible(error is not None)


def _wrapped(role: str = "") -> QLabel:
    label = theme.label(role=role)
    label.setWordWrap(True)
    return label


def _button(icon: str, text: str) -> QPushButton:
    button = QPushButton(icons.icon(icon), text)
    button.setStyleSheet("text-align: left; padding: 4px 8px;")
    return button
