"""What the menu does to the visit in front: its steps, its correction, and leaving it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QAction

from ui.pages.workspace import Workspace
from woundtrack.words import _


def visit_acts(space: Workspace) -> dict[str, Callable[[], None]]:
    """The acts of the Visit menu by their keys in `ui.actions`."""
    return {
        **{f"step_{number}": partial(_show_step, space, number) for number in range(1, 6)},
        "go_on": lambda: space.visit_page.go_on(),
        "reopen": partial(_reopen, space),
        "correct_visit": partial(_correct, space),
        "discard_correction": partial(_discard, space),
        "leave_visit": lambda: space.visit_page.close_visit(),
    }


def photo_actions(space: Workspace | None) -> Sequence[QAction]:
    """The tools and views of the photo in front, none where no photo is."""
    if space is None or not space.on_visit or not space.visit_page.editor_step.isVisible():
        return ()
    return [action for action in space.visit_page.editor_step.editor.actions() if action.text()]


def _show_step(space: Workspace, number: int) -> None:
    from ui.pages.visit.checks import Step

    space.visit_page.show_step(Step(number))


def _correct(space: Workspace) -> None:
    state = space.visit_page.session.state
    if state is not None and state.locked:
        space.visit_page.session.start_correction()
    else:
        space.status.emit(_("This visit is not confirmed yet: it can be changed as it is."))


def _reopen(space: Workspace) -> None:
    header = space.visit_page.header
    if header.reopen.isVisible():
        header.reopen.click()
    else:
        space.status.emit(_("No closed wound can be taken up here."))


def _discard(space: Workspace) -> None:
    state = space.visit_page.session.state
    if state is not None and state.correcting:
        space.visit_page.discard_correction()
    else:
        space.status.emit(_("There is no correction to discard."))
