"""Puts the tool into the hand that the step shown wants, and takes it back when it is over."""

from ui.pages.visit.checks import Step
from ui.pages.visit.scale_ways import FITTING, OTHERWISE, SEEN, Way
from ui.pages.visit.state import Cell, VisitState
from ui.photo_editor.editor import PhotoEditor, Tool


class ToolOffer:
    """One click proposes an outline where there is none; two clicks give a scale likewise.

    A ruler that was seen and not understood is shown with what was seen of it.

    Each is offered once, and only to the hand that holds no tool: what a person chose stays.
    """

    def __init__(self, editor: PhotoEditor) -> None:
        self._editor = editor
        self._asked: set[tuple[Step, Cell]] = set()
        self._given: tuple[Step, Cell] | None = None
        self._tool = Tool.PAN

    def turn(self) -> None:
        """Another photo or step is shown."""
        self._take_back()
        self._asked.clear()

    def used(self) -> None:
        """The person works with the tool: it is theirs now."""
        self._given = None

    def look(self, state: VisitState, mode: Step, cell: Cell, *, looking: bool) -> None:
        """Offer what the photo and lesion shown lack; `looking`: the program still looks itself."""
        if state.locked:
            return
        if mode is Step.SCALE:
            missing, tool = state.photo_scale(cell[0]) is None, _scale_tool(state, cell[0])
            cell = (cell[0], 0)
            if looking and missing:
                return
        elif cell in state.cells():
            missing, tool = state.outline(cell) is None, Tool.CLICK
        else:
            return
        question = (mode, cell)
        if not missing and question == self._given and not self._editor.is_proposing():
            # The program's own finding has come: a click there would begin another one.
            self._take_back()
        if question in self._asked:
            return
        self._asked.add(question)
        if missing and self._editor.tool() is Tool.PAN:
            self._editor.set_tool(tool)
            self._given, self._tool = question, tool

    def _take_back(self) -> None:
        if self._given is not None and self._editor.tool() is self._tool:
            self._editor.set_tool(Tool.PAN)
        self._given = None


def _scale_tool(state: VisitState, photo_id: int) -> Tool:
    """What gives a photo its scale soonest; nothing where only another photo helps."""
    problem = state.scale_problems.get(photo_id)
    if problem is not None and problem.code in SEEN:
        return Tool.RULER
    fitting = OTHERWISE if problem is None else FITTING.get(problem.code, OTHERWISE)
    return Tool.TWO_POINTS if Way.TWO_POINTS in fitting else Tool.PAN
