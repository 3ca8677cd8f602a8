"""What a click on the chart opens: the dialogs that the page's own lists open.

Where the clinic can only be read the list itself is shown, for those dialogs write.
"""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from woundtrack.records import Stored

if TYPE_CHECKING:
    from ui.pages.workspace import Workspace
    from ui.patient_acts import PatientActs

T = TypeVar("T")


class ChartLinks:
    """Connects the patient page's chart with the acts on a patient."""

    def __init__(self, workspace: "Workspace", acts: "PatientActs") -> None:
        self._space, self._acts = workspace, acts
        self._card = workspace.patient_page.healing
        chart = workspace.patient_page.chart
        chart.course_chosen.connect(self._course)
        chart.sessions_chosen.connect(acts.sessions)
        chart.event_chosen.connect(self._event)
        chart.labs_chosen.connect(self._labs)
        chart.analgesics_chosen.connect(lambda _day: self._card.turn_to(self._card.analgesics))
        chart.lesion_chosen.connect(acts.edit_lesion)
        chart.patient_chosen.connect(lambda _id: acts.edit_patient())

    def _course(self, course_id: int) -> None:
        view = self._space.view
        course = _with_id(view.history.courses, course_id) if view else None
        if course is None:
            return
        if self._space.clinic.read_only:
            self._acts.sessions(course_id)
        else:
            self._acts.new_therapy(course)

    def _event(self, event_id: int) -> None:
        view = self._space.view
        event = _with_id(view.history.events, event_id) if view else None
        if self._space.clinic.read_only:
            self._card.turn_to(self._card.events)
        elif event is not None:
            self._acts.context.new_event(event)

    def _labs(self, day: dt.date) -> None:
        if self._space.clinic.read_only:
            self._card.turn_to(self._card.labs)
        else:
            self._acts.context.labs(day)


def _with_id(records: Sequence[Stored[T]], record_id: int) -> Stored[T] | None:
    return next((each for each in records if each.id == record_id), None)
