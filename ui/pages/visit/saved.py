"""What comes back from the store goes onto the page, except where the page is newer. Qt-free."""

from ui.pages.visit import drafts
from ui.pages.visit.state import Cell, Key, VisitState, measurement_key
from woundtrack.errors import WoundtrackError
from woundtrack.records import LesionMeasurement


def apply_saved(state: VisitState, saved: drafts.Saved, *, newer: set[Key]) -> None:
    """Take over what was stored, except where the page already has something newer."""
    for key, stored in saved.stored.items():
        if stored is None:
            state.stored.pop(key, None)
            if key not in newer:
                state.values.pop(key, None)
            continue
        state.stored[key] = stored
        if key not in newer:
            state.values[key] = stored.value
    _keep_problems(state, saved.problems)
    state.slip = ""
    if saved.visit and (state.visit is None or saved.visit.revision > state.visit.revision):
        state.visit = saved.visit
    if saved.lesions:
        changed = {lesion.id: lesion for lesion in saved.lesions}
        state.lesions = tuple(changed.get(lesion.id, lesion) for lesion in state.lesions)


def show_preview(state: VisitState, shown: drafts.Preview) -> None:
    """Show what a correction would measure."""
    for cell, measurement in shown.measured.items():
        key = measurement_key(cell)
        if measurement is None or state.visit is None:
            state.values.pop(key, None)
            continue
        state.values[key] = LesionMeasurement(
            state.visit.id, cell[1], cell[0], 0, 0, 0, 0, measurement
        )
    _keep_problems(state, shown.problems)


def _keep_problems(state: VisitState, problems: dict[Cell, WoundtrackError | None]) -> None:
    for cell, problem in problems.items():
        if problem is None:
            state.problems.pop(cell, None)
        else:
            state.problems[cell] = problem
