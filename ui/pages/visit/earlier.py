"""The outline that a lesion had at its last visit, and its way into the photo of today.

Qt-free, for workers.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from ui.pages.visit.analysis import pixels_of
from ui.pages.visit.recall import earlier_days
from ui.pages.visit.state import Cell, VisitState
from woundtrack.errors import OutlineError
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Pixels
from woundtrack.records import PatientHistory, Stored, VisitPhoto
from woundtrack.scale.types import Scale
from woundtrack.store.clinic import Clinic


@dataclass(frozen=True, slots=True)
class Earlier:
    """A confirmed outline of an earlier visit, its photo, and that visit's day."""

    photo: Stored[VisitPhoto]
    outline: Outline
    scale: Scale | None
    on: dt.date


def earlier_outline(
    history: PatientHistory | None, state: VisitState, lesion_id: int
) -> Earlier | None:
    """The lesion's latest confirmed outline before this visit, the one that counted first."""
    if history is None:
        return None
    days = earlier_days(history, state)
    photos = {photo.id: photo for photo in history.photos}
    scales = {each.value.photo_id: each.value.scale for each in history.scales}
    counted = {each.value.measurement_id for each in history.assessments}
    counting = {each.value.outline_id for each in history.measurements if each.id in counted}
    found = []
    for stored in history.outlines:
        value, photo = stored.value, photos.get(stored.value.photo_id)
        on = days.get(photo.value.visit_id) if photo else None
        if value.lesion_id != lesion_id or not value.confirmed or not value.outline.rings:
            continue
        if photo is None or on is None:
            continue
        rank = (on, stored.id in counting, stored.id)
        found.append((rank, Earlier(photo, value.outline, scales.get(photo.id), on)))
    return max(found, key=lambda each: each[0])[1] if found else None


def carried_over(
    clinic: Clinic,
    earlier: Earlier,
    state: VisitState,
    cell: Cell,
    *,
    pixels: Pixels | None = None,
) -> Callable[[Callable[[], bool]], Outline]:
    """Work for a worker: the earlier outline in the photo of `cell`, on its edge of today.

    It asks between its steps whether it was cancelled, and then ends with outline.not_alike.
    Raises what reading the photos raises.
    """
    stored = state.photo(cell[0])
    assert stored is not None  # the cell is of the visit shown
    now, scale = stored.value, state.scale(cell[0])

    def work(cancelled: Callable[[], bool]) -> Outline:
        from woundtrack.outline.carry import View, carried
        from woundtrack.outline.proposer import Proposer

        def go_on() -> None:
            if cancelled():
                raise OutlineError("outline.not_alike")

        today = pixels if pixels is not None else pixels_of(clinic, now)[1]
        go_on()
        before = pixels_of(clinic, earlier.photo.value)[1]
        go_on()
        found = carried(
            View(before, earlier.scale, earlier.photo.value.head_angle_deg),
            earlier.outline,
            View(today, scale, now.head_angle_deg),
        )
        go_on()
        return Proposer(today).settled(found.outline)

    return work
