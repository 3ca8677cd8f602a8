"""The closure dates that a confirmed visit gives its lesions, written in the same act."""

import datetime as dt
from collections.abc import Collection
from dataclasses import replace

from ui.pages.visit.state import VisitState
from woundtrack.healing.closure import after_visit
from woundtrack.records import Assessment, Lesion, LesionStatus, SizeMethod, Stored, Visit
from woundtrack.store.clinic import Writer


def close_lesions(
    writer: Writer, state: VisitState, *, found_again: Collection[int], reason: str
) -> tuple[Stored[Lesion], ...]:
    """Give each lesion the closure dates that this confirmed visit makes.

    Those `found_again` are not lost to follow-up any more.
    """
    changed: list[Stored[Lesion]] = []
    for lesion in state.lesions:
        if not state.visit or not state.has_findings(lesion.id):
            continue
        on, closed = state.visit.value.on, _is_closed(state.assessment(lesion.id))
        latest = writer.get(Lesion, lesion.id)
        later = [found for found in _findings(writer, lesion.id) if found[0] > on]
        was = latest.value
        if lesion.id in found_again and was.status is LesionStatus.LOST:
            was = replace(was, status=LesionStatus.OPEN)
        value = after_visit(was, on=on, closed=closed, later=later)
        if value != latest.value:
            changed.append(writer.revise(latest, value, reason=reason))
    return tuple(changed)


def _findings(writer: Writer, lesion_id: int) -> list[tuple[dt.date, bool]]:
    """The days of all confirmed visits of a lesion, and whether they found it closed."""
    confirmed = writer.find(Assessment, lesion_id=lesion_id, confirmed=True)
    return [
        (writer.get(Visit, each.value.visit_id).value.on, _is_closed(each.value))
        for each in confirmed
    ]


def _is_closed(value: Assessment) -> bool:
    return value.size_method is SizeMethod.CLOSED
