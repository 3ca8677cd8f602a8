"""Keeps what a card's 100 mm line measured, and lets the scales of the open visit follow."""

from dataclasses import replace
from typing import TYPE_CHECKING

from ui.pages.visit.run_row import run_to_check
from ui.pages.visit.state import scale_key
from woundtrack.errors import ScaleError
from woundtrack.records import CardRun, Stored
from woundtrack.scale.warnings import with_run_check
from woundtrack.store.clinic import Clinic, Writer

if TYPE_CHECKING:
    from ui.pages.visit.session import VisitSession


def keep_run(clinic: Clinic, checked: CardRun) -> Stored[CardRun]:
    """Store a run's check; a run printed elsewhere is registered by it."""

    def act(writer: Writer) -> Stored[CardRun]:
        known = writer.find(CardRun, number=checked.number)
        if not known:
            return writer.add(checked)
        value = replace(known[0].value, measured_mm=checked.measured_mm, accepted=checked.accepted)
        return writer.revise(known[0], value)

    return clinic.write(act)


def check_run(session: "VisitSession", checked: CardRun) -> None:
    """Store a run's check in the background, then apply it to the visit's photos."""
    session.background.run(
        lambda: keep_run(session.clinic, checked),
        done=lambda stored: apply_run(session, stored.value),
        failed=session.failed.emit,
    )


def apply_run(session: "VisitSession", run: CardRun) -> None:
    """Let every scale of the open visit that waits for this run follow its check."""
    state = session.state
    if state is None or state.locked:
        return
    for photo in state.photos:
        scale = state.scale(photo.id)
        if scale is None or run_to_check(scale) != run.number:
            continue
        try:
            session.set_scale(photo.id, with_run_check(scale, run))
        except ScaleError as refused:
            # The card is not true to size: its scale goes, and the page says why.
            state.values[scale_key(photo.id)] = None
            state.scale_problems[photo.id] = refused
            session.saver.touch(scale_key(photo.id), cells=session.cells(photo.id))
    session.tell()
