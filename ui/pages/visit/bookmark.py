"""Where somebody stands in a visit, and what they gave that the store does not have yet.

Pages are made anew for another language or larger text: a visit without a day is no record yet,
so what was typed in it goes from the old page to the new one by this.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.pages.visit.checks import Step
from ui.pages.visit.session import VisitSession
from ui.pages.visit.state import Key, VisitState

if TYPE_CHECKING:
    from ui.pages.visit_page import VisitPage


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A visit as it was left; `visit_id` is None while it is no record."""

    visit_id: int | None
    on: dt.date | None = None
    step: Step | None = None
    """The step shown, where the page should come back to it."""
    at_what_lacks: bool = False
    """Begin at the first step that lacks something."""
    lesion_id: int | None = None
    """The lesion whose form was shown."""
    typed: Mapping[Key, Any] = field(default_factory=dict)
    """What is not saved; None where something was taken away."""
    slip: str = ""
    """Of a visit without a day: what the store keeps it under."""
    paths: tuple[Path, ...] = ()
    """Photos that are on their way into the visit, or wait for an answer."""


def bookmark_of(page: "VisitPage", state: VisitState) -> Bookmark:
    """Where a page stands that shows a visit."""
    return Bookmark(
        state.visit.id if state.visit else None,
        on=state.on,
        step=None if state.visit else page.step,
        lesion_id=page.form.lesion_id,
        typed=_typed_in(page.session),
        slip=state.slip,
        paths=page.desk.to_come(),
    )


def _typed_in(session: VisitSession) -> dict[Key, Any]:
    """What is not saved of the visit shown. The store keeps a correction by itself."""
    state = session.state
    if state is None or state.confirmed:
        return {}
    return {key: state.values.get(key) for key in session.saver.dirty}


def put_back(session: VisitSession, kept: Bookmark) -> None:
    """Lay what was not saved over the visit that is loaded again, and go on saving it."""
    state = session.state
    if state is None or state.locked:
        return
    state.slip = kept.slip
    session.unfinished.forget(kept.slip)
    if kept.typed:
        state.values.update(kept.typed)
        session.saver.touch(*kept.typed)
    if kept.on is not None and state.visit is None:
        state.on = kept.on
        session.day.reload(state, kept.on)
    session.tell()
