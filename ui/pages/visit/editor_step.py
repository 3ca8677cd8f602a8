"""Steps 2 and 3: the photo with its grid and outlines, and beside it what they measure."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.pages.visit.carry_row import CarryRow
from ui.pages.visit.checks import Step, way_to_measure
from ui.pages.visit.circumstances import CircumstanceWatch
from ui.pages.visit.convention import ConventionPanel
from ui.pages.visit.head import HeadRow
from ui.pages.visit.lesion_chips import LesionChips
from ui.pages.visit.measure_panel import MeasurePanel
from ui.pages.visit.outline_remark import outline_remark
from ui.pages.visit.photo_title import PhotoTitle
from ui.pages.visit.quality_watch import QualityWatch
from ui.pages.visit.runs import check_run
from ui.pages.visit.scale_desk import ScaleDesk
from ui.pages.visit.scale_panel import ScalePanel
from ui.pages.visit.session import VisitSession
from ui.pages.visit.state import VisitState
from ui.pages.visit.tissue_desk import TissueDesk
from ui.pages.visit.tissue_panel import TissuePanel
from ui.pages.visit.tool_offer import ToolOffer
from ui.photo_editor.editor import PhotoEditor, Tool
from ui.settings import Settings
from ui.widgets.down_scroll import DownScroll
from woundtrack.outline.types import Outline

PANEL_WIDTH = 328


def panel_width() -> int:
    """The width beside the photo in px: more for larger text, as far as the photo allows."""
    return round(PANEL_WIDTH * min(1.4, theme.zoom_in_force(theme.application())))


class EditorStep(QWidget):
    """One photo under the editor; `mode` is Step.SCALE or Step.OUTLINE."""

    photo_shown = Signal(int)
    scale_step_wanted = Signal()
    photos_step_wanted = Signal()

    def __init__(
        self,
        session: VisitSession,
        parent: QWidget | None = None,
        *,
        settings: Settings | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.photo_id: int | None = None
        self._loaded: int | None = None
        self._shown_scale: object = ()
        self._shown_head: object = ()
        self._active: int | None = None
        self.mode = Step.OUTLINE
        self.editor = PhotoEditor(session.background, self)
        self._offer = ToolOffer(self.editor)
        self.scale_panel = ScalePanel(settings)
        self.scale_desk = ScaleDesk(session, self.editor, self.scale_panel)
        self.measure_panel = MeasurePanel()
        self.title = PhotoTitle()
        self.lesions = LesionChips()
        self.remark = theme.label(role="muted")
        self.remark.setWordWrap(True)
        self.carry = CarryRow(session, self.editor)
        self.tissue_panel = TissuePanel(self.editor)
        self.tissue_desk = TissueDesk(session, self.editor, self.tissue_panel, settings=settings)
        self.convention = ConventionPanel(settings)
        self._circumstances = CircumstanceWatch(session)
        self._quality = QualityWatch(session)
        self.head = HeadRow()
        self._shown: object = None
        self._build()
        self._connect()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.editor, 1)
        side = QWidget()
        self.panel = DownScroll(side, width_px=panel_width())
        row.addWidget(self.panel)  # before it is filled: all below is styled anew with each parent
        column = QVBoxLayout(side)
        column.setContentsMargins(theme.grid(1.5), theme.grid(), theme.grid(1.5), theme.grid())
        column.setSpacing(theme.grid())
        column.addWidget(self.title)
        for widget in (self.lesions, self.head, self.carry, self.measure_panel, self.remark,
                       self.tissue_panel, self.scale_panel, self.convention):  # fmt: skip
            column.addWidget(widget)
        column.addStretch(1)
        self._side = column

    def _connect(self) -> None:
        session, editor = self._session, self.editor
        session.changed.connect(self.refresh)
        session.pixels.ready.connect(self._show_pixels)
        editor.outline_changed.connect(self._take_outline)
        editor.active_lesion_changed.connect(self._set_active)
        editor.head_angle_changed.connect(self._take_head)
        self.scale_desk.scale_step_wanted.connect(self._want_scale_step)
        self.scale_desk.photos_step_wanted.connect(self.photos_step_wanted)
        self.scale_panel.check_wanted.connect(self.scale_step_wanted)
        self.scale_panel.run_measured.connect(lambda run: check_run(session, run))
        self.title.stepped.connect(self.step)
        self.head.kept.connect(self._take_head)
        self.lesions.toggled.connect(self._toggle_lesion)
        self.measure_panel.lesion_chosen.connect(self._choose_lesion)
        self.measure_panel.counted.connect(self._count)

    # -- which photo

    def clear(self) -> None:
        """Another visit is opened."""
        self.photo_id = self._loaded = self._active = None
        self.scale_desk.show_photo(None)
        self._shown_scale = ()
        self.editor.clear()

    def show_photo(self, photo_id: int | None, mode: Step) -> None:
        """Show a photo (the first where None) for its scale or its outlines."""
        state = self._session.state
        if state is None or not state.photos:
            return
        if mode is not self.mode:
            self.mode = mode
            # What the step is about stands first.
            self._side.removeWidget(self.scale_panel)
            place = 1 if mode is Step.SCALE else self._side.indexOf(self.convention)
            self._side.insertWidget(place, self.scale_panel)
            self._offer.turn()
        if state.photo(photo_id or -1) is None:
            photo_id = state.photos[0].id
        if photo_id != self.photo_id:
            self.photo_id, self._loaded, self._active = photo_id, None, None
            self._shown_scale = ()
            self.editor.clear()
            self.scale_desk.show_photo(photo_id)
        photo = state.photo(photo_id or -1)
        assert photo is not None
        self._session.album.proposals.first(photo.id)
        self._session.pixels.ask(photo)
        self.refresh()
        self.editor.setFocus()
        self.photo_shown.emit(photo.id)

    def shows(self, photo_id: int) -> bool:
        """Whether this photo's pixels are the ones on show."""
        return self.photo_id == self._loaded == photo_id

    def step(self, by: int) -> bool:
        """Go to the next photo (1) or the one before (−1); False at the end."""
        state = self._session.state
        ids = [photo.id for photo in state.photos] if state else []
        if self.photo_id not in ids or not 0 <= ids.index(self.photo_id) + by < len(ids):
            return False
        self.show_photo(ids[ids.index(self.photo_id) + by], self.mode)
        return True

    def _show_pixels(self, photo_id: int, pixels: object) -> None:
        state = self._session.state
        stored = state.photo(photo_id) if state else None
        if stored is None or photo_id != self.photo_id or self._loaded == photo_id:
            return
        self._loaded = photo_id
        self._shown_scale = ()
        self._shown = None
        self.editor.set_tool(Tool.PAN)
        self._offer.turn()
        self.editor.set_photo(pixels, stored.value.photo)
        self._shown_head = ()
        self.editor.canvas.fit()
        self.refresh()
        self._ask_next()

    def _ask_next(self) -> None:
        """Have the next photo's pixels ready when it is wanted."""
        state = self._session.state
        ids = [photo.id for photo in state.photos] if state else []
        if state and self.photo_id in ids and ids.index(self.photo_id) + 1 < len(ids):
            self._session.pixels.ask(state.photos[ids.index(self.photo_id) + 1])

    # -- showing

    def refresh(self) -> None:
        """Show the state of the photo in the editor and the panel."""
        state = self._session.state
        stored = state.photo(self.photo_id or -1) if state else None
        if state is None or stored is None or not self.isVisible():
            return
        photo_id = stored.id
        looking = self._session.album.proposals.is_waiting(photo_id)
        self.title.show_photo(state, photo_id)
        self.lesions.show_photo(state, photo_id)
        cells = state.cells(photo_id)
        if state.lesion(self._active or -1) is None:
            self._active = cells[0][1] if cells else None
        self.scale_panel.show_scale(
            state, photo_id, open_up=self.mode is Step.SCALE, looking=looking
        )
        self.measure_panel.show_photo(state, photo_id, active=self._active, looking=looking)
        self.convention.setVisible(self.mode is Step.OUTLINE)
        cell = (photo_id, self._active or -1)
        of_outline = outline_remark(state, cell) if self.mode is Step.OUTLINE else ""
        remark = way_to_measure(state, photo_id) or of_outline
        self.remark.setText(remark)
        self.remark.setVisible(bool(remark))
        loaded = self._loaded == photo_id and self.mode is Step.OUTLINE
        self.carry.show_cell(state, cell if loaded else None)
        self.tissue_desk.show_photo(state, photo_id, self._active if loaded else None)
        if self._loaded == photo_id:
            self._circumstances.look(state, photo_id)
            self._quality.look(state, photo_id)
            self._refresh_editor(state, photo_id)

    def _refresh_editor(self, state: VisitState, photo_id: int) -> None:
        arrow = self.head.show_photo(self._session.history, state, photo_id)
        if arrow != self._shown_head:
            self._shown_head = arrow
            self.editor.set_head_angle(arrow[0], proposed=arrow[1])
        scale = state.scale(photo_id)
        if scale != self._shown_scale:
            self._shown_scale = scale
            self.editor.set_scale(scale)
        cells = state.cells(photo_id)
        if self.mode is Step.OUTLINE:
            state.seen.update(cell for cell in cells if state.outline(cell))
        # Empty ones too: the editor keeps its undo only where it is shown what it has.
        outlines = {cell[1]: state.outline(cell) or Outline() for cell in cells}
        measured = {cell[1]: taken for cell in cells if (taken := state.measurement(cell))}
        shown = (outlines, measured, self._active, photo_id)
        if shown != self._shown:  # else what is being drawn just now would be dropped
            self._shown = shown
            # All letters, so that each lesion has the same colour in every photo.
            labels = {lesion.id: lesion.value.label for lesion in state.lesions}
            self.editor.set_outlines(outlines, labels=labels, active=self._active)
            for lesion_id in outlines:
                taken = measured.get(lesion_id)
                self.editor.set_measurement(lesion_id, taken.measurement if taken else None)
        self.editor.set_read_only(state.locked)
        looking = self._session.album.proposals.is_waiting(photo_id)
        self._offer.look(state, self.mode, (photo_id, self._active or -1), looking=looking)

    # -- what the person does

    def _toggle_lesion(self, lesion_id: int, present: bool) -> None:
        if self.photo_id is not None:
            if present:
                self._active = lesion_id
            self._session.set_lesion_in_photo(self.photo_id, lesion_id, present)

    def _take_outline(self, lesion_id: int, outline: Outline) -> None:
        if self.photo_id is not None:
            self._offer.used()
            # What was asked for may come while another step is shown.
            cell, seen = (self.photo_id, lesion_id), self.isVisible()
            self._session.set_outline(cell, outline, by_person=seen)

    def _set_active(self, lesion_id: int) -> None:
        self._active = lesion_id
        self.refresh()

    def _choose_lesion(self, lesion_id: int) -> None:
        self._active = lesion_id
        self.refresh()
        self.editor.setFocus()

    def _count(self, lesion_id: int) -> None:
        if self.photo_id is not None:
            self._session.choose(lesion_id, self.photo_id)

    def _want_scale_step(self) -> None:
        if self.mode is not Step.SCALE:
            self.scale_step_wanted.emit()

    def _take_head(self, angle_deg: float) -> None:
        if self.photo_id is not None:
            self._session.album.keep(self.photo_id, head_angle_deg=angle_deg)
