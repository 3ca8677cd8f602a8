"""Pictures of a visit's steps, for the tour of all pages."""

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ui.screenshots import Camera


def visit_tour(camera: "Camera") -> None:
    """Every step of the latest visit of the patient in view; nothing is changed."""
    space = camera.window.workspace
    visits = space.view.history.visits
    if not visits:
        return
    try:
        page = space.visit_page
    except ImportError as error:
        sys.stderr.write(f"visit: not there ({error.name})\n")
        return
    space.open_visit(visits[-1].id)
    camera.settle()
    from ui.pages.visit.checks import Step

    for step in Step:
        page.show_step(step)
        camera.settle()
        camera.shoot(f"visit-{step.name.lower()}")
    _scale_by_hand(camera, page)
    page.close_visit()
    camera.settle()


def _scale_by_hand(camera: "Camera", page: Any) -> None:
    """The ways to give a scale; nothing is changed, so nothing is kept."""
    from ui.pages.visit.checks import Step
    from ui.photo_editor.tools import Tool

    page.session.start_correction()
    page.show_step(Step.SCALE)
    camera.settle()
    camera.shoot("visit-scale-ways")
    editor, trial = page.editor_step.editor, page.editor_step.scale_desk.trial
    for tool in (Tool.RULER, Tool.TWO_POINTS):
        editor.set_tool(tool)
        camera.settle(lambda: not (editor.canvas.tool.is_waiting() or trial.waits))
        camera.shoot(f"visit-scale-{tool.value}")
    editor.set_tool(Tool.PAN)
