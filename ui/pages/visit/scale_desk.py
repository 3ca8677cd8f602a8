"""Gives the shown photo a scale by hand: points and rulers from the editor, the rest typed."""

from PySide6.QtCore import QObject, Signal

from ui.pages.visit.scale_panel import ScalePanel
from ui.pages.visit.scale_trial import ScaleTrial, Tried
from ui.pages.visit.scale_ways import WAYS, Way
from ui.pages.visit.session import VisitSession
from ui.photo_editor.editor import PhotoEditor, Tool
from ui.photo_editor.tools import SCALE_TOOLS
from ui.photo_editor.undo import ValueChange
from woundtrack.errors import ScaleError, WoundtrackError
from woundtrack.outline.types import Outline
from woundtrack.records import PhotoScale
from woundtrack.scale.types import Scale
from woundtrack.words import _


class ScaleDesk(QObject):
    """Shows each scale on trial over the photo, and makes it the photo's own when accepted."""

    scale_step_wanted = Signal()
    photos_step_wanted = Signal()

    def __init__(self, session: VisitSession, editor: PhotoEditor, panel: ScalePanel) -> None:
        super().__init__(editor)
        self._session, self._editor, self._panel = session, editor, panel
        self.photo_id: int | None = None
        self.trial = ScaleTrial(session.background, self)
        self.tried: Tried | None = None
        self._accepts = False
        """Whether the answer still to come is accepted already."""
        self.trial.answered.connect(self._show)
        self.trial.refused.connect(self._refuse)
        editor.tool_changed.connect(self._take_tool)
        editor.points_chosen.connect(panel.show_points)
        editor.ruler_looked.connect(panel.show_look)
        editor.scale_accepted.connect(self.accept)
        editor.scale_dropped.connect(self.drop)
        panel.way_chosen.connect(self._go)
        panel.asked.connect(self.ask)
        panel.accepted.connect(self.accept)
        panel.dropped.connect(lambda: editor.set_tool(Tool.PAN))
        panel.edge_wanted.connect(editor.choose_edge)

    def show_photo(self, photo_id: int | None) -> None:
        """Another photo is shown, or none."""
        self.photo_id = photo_id
        self.drop()
        self._panel.forget()

    # -- trying

    def ask(self) -> None:
        """Try the scale that the panel's fields and the editor's points come to."""
        self.drop()
        row, state = self._panel.row, self._session.state
        pixels = self._session.pixels.get(self.photo_id or -1)
        stored = state.photo(self.photo_id or -1) if state else None
        if row is None or state is None or stored is None or pixels is None or state.locked:
            return
        try:
            make = row.make()
        except WoundtrackError as error:
            self._panel.refuse_trial(error)
            return
        if make is not None:
            self.trial.ask(make, pixels=pixels, photo=stored.value.photo, outlines=self._outlines())

    def _outlines(self) -> dict[str, Outline]:
        """What is drawn in the photo, by letter."""
        state = self._session.state
        found: dict[str, Outline] = {}
        for cell in state.cells(self.photo_id) if state else ():
            lesion, outline = state.lesion(cell[1]), state.outline(cell)  # type: ignore[union-attr]
            if lesion is not None and outline is not None:
                found[lesion.value.label] = outline
        return found

    def _show(self, tried: Tried) -> None:
        from woundtrack.scale.choose import check_tilt

        state = self._session.state
        try:
            check_tilt(
                tried.scale, state.scale_problems.get(self.photo_id or -1) if state else None
            )
        except WoundtrackError as error:
            self._refuse(error)
            return
        self.tried = tried
        if self._accepts:
            self.accept()
            return
        self._editor.set_trial(tried.scale)
        self._panel.show_trial(tried)

    def _refuse(self, error: WoundtrackError) -> None:
        self._accepts = False
        self._panel.refuse_trial(error)

    def drop(self) -> None:
        """Give up what is on trial; the photo's own scale is shown again."""
        self.trial.drop()
        self.tried, self._accepts = None, False
        self._editor.set_trial(None)
        self._panel.show_trial(None)

    # -- deciding

    def accept(self) -> bool:
        """Take the scale on trial, now or when it is worked out; whether there is one."""
        if self.tried is None and not self.trial.waits:
            self.ask()
        if self.tried is not None:
            scale = self.tried.scale
            if self._panel.row is not None:
                self._panel.row.used()
            self.give(scale)
            return True
        if self.trial.waits:
            self._accepts = True
            self.trial.hurry()
            return True
        if self._panel.row is not None and self._panel.is_ready_but_empty():
            self._panel.refuse_trial(ScaleError("scale.mm_not_positive"))
        return False

    def give(self, scale: Scale | None) -> None:
        """Decide the photo's scale, undoably; None says that it has none, on purpose."""
        state, photo_id = self._session.state, self.photo_id
        if state is None or photo_id is None or state.locked:
            return
        before, after = state.photo_scale(photo_id), PhotoScale(photo_id, scale)
        self.drop()
        self._editor.set_tool(Tool.PAN)
        self._editor.undo_stack().push(
            ValueChange(
                lambda decided: self._session.put_scale(photo_id, decided),
                before=before, after=after, text=_("Scale"),
            )
        )  # fmt: skip
        self._editor.setFocus()

    def _go(self, way: Way) -> None:
        if way is Way.RETAKE:
            self.photos_step_wanted.emit()
        elif way is Way.NONE:
            self.give(None)
        elif way is Way.AGAIN and self.photo_id is not None:
            self._editor.set_tool(Tool.PAN)
            self._session.album.look_again(self.photo_id)
        elif (tool := WAYS[way].tool) is not None:
            self._editor.set_tool(tool)
            self._editor.setFocus()

    def _take_tool(self, tool: Tool) -> None:
        self.drop()
        self._panel.show_tool(tool)
        if tool in SCALE_TOOLS:
            self.scale_step_wanted.emit()
