"""The scale of the shown photo: what gave it and how sure it is, and the ways to give one."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.pages.visit.checks import scale_warnings, warning_texts
from ui.pages.visit.ruler_row import RulerRow
from ui.pages.visit.run_row import RunRow, run_to_check
from ui.pages.visit.scale_rows import WayRow, points_rows
from ui.pages.visit.scale_trial import Tried
from ui.pages.visit.scale_ways import FITTING, OTHERWISE, SEEN, WayButtons
from ui.pages.visit.state import VisitState
from ui.photo_editor.ruler_look import RulerLook
from ui.photo_editor.tools import Tool
from ui.settings import Settings
from ui.widgets.banner import Banner
from ui.widgets.form import card
from ui.widgets.level import SpiritLevel
from ui.widgets.notes import Note, NoteList
from woundtrack import words
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.records import PhotoScale
from woundtrack.scale.tilt import tilt_towards_deg
from woundtrack.scale.told import told
from woundtrack.scale.types import PointPx
from woundtrack.words import _


def scale_line(decided: PhotoScale | None) -> str:
    """The scale in one line: method, tilt, ± of a length."""
    if decided is None:
        return _("No scale yet")
    scale = decided.scale
    if scale is None:
        return _("No scale in this photo: kept and shown, not measured")
    return told(scale)


class ScalePanel(QWidget):
    """A card with the scale's line; with `open_up` the ways to give another."""

    way_chosen = Signal(object)
    asked = Signal()
    """What the fields come to has changed."""
    accepted = Signal()
    dropped = Signal()
    edge_wanted = Signal(int)
    check_wanted = Signal()
    run_measured = Signal(object)

    def __init__(self, settings: Settings | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tool = Tool.PAN
        self._open = False
        self._decided: PhotoScale | None = None
        self._waiting = False
        self._warned: list[str] = []
        self._seen = False
        self.ruler = RulerRow()
        self.points = points_rows(settings)
        self._rows: dict[Tool, WayRow] = {Tool.RULER: self.ruler, **self.points}
        frame, self._column = card(margins=1.5)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self._build_head()
        self._build_rows()
        self.ways = WayButtons()
        self.ways.chosen.connect(self.way_chosen)
        self._column.addWidget(self.ways)

    def _build_head(self) -> None:
        top = QHBoxLayout()
        top.addWidget(theme.label(_("Scale"), role="heading"), 1)
        self.check = QPushButton(_("Check"))
        self.check.setToolTip(_("Look at the 1 cm grid, and give another scale if it is wrong"))
        self.check.clicked.connect(self.check_wanted)
        top.addWidget(self.check)
        self._column.addLayout(top)
        self.level = SpiritLevel()
        self.line = theme.label()
        self.line.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(theme.grid(1.5))
        row.addWidget(self.level)
        row.addWidget(self.line, 1)
        self._column.addLayout(row)
        self.notes = NoteList()
        self.hint = theme.label(role="muted")
        self.hint.setWordWrap(True)
        self.hint.setText(_("The squares of the grid must be 1 cm on the ruler or card."))
        self.refusal = Banner()
        self.run_row = RunRow()
        self.run_row.measured.connect(self.run_measured)
        for widget in (self.notes, self.hint, self.refusal, self.run_row):
            self._column.addWidget(widget)

    def _build_rows(self) -> None:
        for row in self._rows.values():
            row.hide()
            row.changed.connect(self.asked)
            row.entered.connect(self.accepted)
            self._column.addWidget(row)
        self.ruler.before.clicked.connect(lambda: self._step_edge(-1))
        self.ruler.after.clicked.connect(lambda: self._step_edge(1))
        self.trial_error = theme.label(role="error")
        self.trial_error.setWordWrap(True)
        self.trial_area = theme.label(role="heading")
        self.trial_area.setWordWrap(True)
        self._column.addWidget(self.trial_error)
        self._column.addWidget(self.trial_area)
        self._decide = QWidget()
        row_ = QHBoxLayout(self._decide)
        row_.setContentsMargins(0, 0, 0, 0)
        self.accept = theme.primary(QPushButton(_("Use this scale")))
        self.accept.clicked.connect(self.accepted)
        self.cancel = QPushButton(_("Cancel"))
        self.cancel.clicked.connect(self.dropped)
        row_.addWidget(self.accept)
        row_.addWidget(self.cancel)
        row_.addStretch(1)
        self._column.addWidget(self._decide)
        self.show_trial(None)

    def _step_edge(self, by: int) -> None:
        if self.ruler.look is not None:
            self.edge_wanted.emit(self.ruler.look.place + by)

    # -- showing

    def show_scale(self, state: VisitState, photo_id: int, *, open_up: bool, looking: bool) -> None:
        """Show a photo's scale, and the ways where they are asked for or needed."""
        self._decided = state.photo_scale(photo_id)
        refused = state.scale_problems.get(photo_id) if self._decided is None else None
        self._waiting = looking and self._decided is None and refused is None
        self._open = open_up and not state.locked
        if self._tried is None:
            self._show_head(self._decided)
        self._warned = scale_warnings(state, photo_id)
        self._seen = refused is not None and refused.code in SEEN
        self.refusal.say(explain(refused) if refused else "")
        self.ways.arrange(FITTING.get(refused.code, OTHERWISE) if refused else ())
        self.run_row.ask(None if state.locked else run_to_check(state.scale(photo_id)))
        self.check.setVisible(not open_up and not (state.locked and self._decided is None))
        self.check.setText(_("Set…") if self._decided is None else _("Check"))
        self._show_row()

    def _show_head(self, decided: PhotoScale | None) -> None:
        scale = decided.scale if decided else None
        line = _("Looking for card or ruler…") if self._waiting else scale_line(decided)
        # A number stays with its name, sign and unit where the line is broken.
        self.line.setText(re.sub(r" (?=[0-9%])", "\N{NO-BREAK SPACE}", line))
        self.level.setVisible(scale is not None)
        if scale is not None:
            self.level.show_tilt(scale.tilt_deg, tilt_towards_deg(scale))

    def forget(self) -> None:
        """Another photo is shown: nothing read or typed for the last one is for it."""
        for row in self._rows.values():
            row.forget()
        self._show_row()

    @property
    def row(self) -> WayRow | None:
        """The fields of the tool in hand, where they are shown."""
        return next((row for row in self._rows.values() if not row.isHidden()), None)

    def show_tool(self, tool: Tool) -> None:
        """Another tool was taken in hand; what its points come to is not known yet."""
        self._tool = tool
        for row in self.points.values():
            row.set_points(())
        self.ways.show_tool(tool)
        self._show_row()

    def show_points(self, tool: Tool, points: Sequence[PointPx]) -> None:
        """The points are set: ask for what is still open. Nothing where they are taken back."""
        row = self.points[tool]
        fresh = bool(points) and not row.points
        row.set_points(points)
        self._show_row()
        if fresh:
            row.start()
        self.asked.emit()

    def show_look(self, look: RulerLook) -> None:
        """The ruler was read: ask for its step, at once where the program does not know it."""
        fresh = self.ruler.isHidden()
        self.ruler.show_look(look)
        self._show_row()
        if fresh and look.reading.edges and self.ruler.pitch.value() is None:
            self.ruler.start()
        self.asked.emit()

    def is_ready_but_empty(self) -> bool:
        """Whether only a length is missing."""
        row = self.points.get(self._tool)
        return row is not None and bool(row.points)

    def _show_row(self) -> None:
        for tool, row in self._rows.items():
            row.setVisible(self._open and tool is self._tool and row.ready)
        asks = self.row is not None
        self._decide.setVisible(asks)
        self.ways.setVisible(self._open and not asks)
        self._show_refusal()
        self.hint.setVisible(self._open and self._decided is not None and not asks)
        if not asks:
            self.trial_error.hide()
        self._show_notes()

    def _show_refusal(self) -> None:
        """Why there is none: until a way is taken; of a ruler that was seen, until it is told."""
        reads = self.row is self.ruler and self._seen and self._tried is None
        wanted = self.row is None or reads
        self.refusal.setVisible(bool(self.refusal.label.text()) and wanted)

    def _show_notes(self) -> None:
        """What to beware of: of the scale on trial, else of the photo's own."""
        if self._tried is not None:
            texts = warning_texts(self._tried.scale.warnings)
        else:
            texts = self._warned if self.row is None else []
        self.notes.show_notes([Note(text) for text in texts])

    # -- the scale on trial

    def show_trial(self, tried: Tried | None) -> None:
        """Show a scale that is not accepted yet, with the areas it would give; None: no more."""
        self._tried = tried
        self._show_head(PhotoScale(0, tried.scale) if tried else self._decided)
        self._show_notes()
        self._show_refusal()
        self.accept.setEnabled(tried is not None)
        areas, reasons = _areas_and_reasons(tried) if tried else ("", "")
        for label, text in ((self.trial_area, areas), (self.trial_error, reasons)):
            label.setText(text)
            label.setVisible(bool(text))

    def refuse_trial(self, error: WoundtrackError) -> None:
        """Say why what the fields come to is no scale."""
        self.show_trial(None)
        self.trial_error.setText(explain(error))
        self.trial_error.show()


def _areas_and_reasons(tried: Tried) -> tuple[str, str]:
    """The areas that a scale would give, a lesion a line, and why it would give others none."""
    areas, reasons = [], []
    for letter, each in tried.measured:
        if isinstance(each, WoundtrackError):
            reasons.append(words.labelled(letter, explain(each)))
        else:
            areas.append(words.labelled(letter, words.area(each.area_cm2, each.area_cm2_sd)))
    return "\n".join(areas), "\n".join(reasons)
