"""What a place of the chart stands for: its day, what a click opens, and its words.

Words are made when asked for, in the language in force: most are never looked at.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from woundtrack.context.analgesics import OmeStep
from woundtrack.context.events import event_text
from woundtrack.context.labs import LabPoint
from woundtrack.context.types import AnalgesicUse, ClinicalEvent
from woundtrack.healing.series import Point
from woundtrack.healing.total import TotalArea
from woundtrack.records import Stored, TherapyCourse
from woundtrack.report import chart_text
from woundtrack.therapy.course import therapy_name
from woundtrack.therapy.types import TherapySession
from woundtrack.words import _


class Opens(StrEnum):
    """What a click on a place opens."""

    VISIT = "visit"
    COURSE = "course"
    SESSIONS = "sessions"
    """Those of a course."""
    EVENT = "event"
    LABS = "labs"
    """All laboratory results of the day."""
    ANALGESICS = "analgesics"
    LESION = "lesion"
    PATIENT = "patient"


class Hit(Protocol):
    """What a place stands for."""

    @property
    def on(self) -> dt.date:
        """Its day."""

    @property
    def opens(self) -> Opens:
        """What a click opens."""

    @property
    def id(self) -> int:
        """The record that is opened; the patient's where it is a day's."""

    @property
    def title(self) -> str:
        """Day and what it is."""

    @property
    def lines(self) -> tuple[str, ...]:
        """What there is to say of it."""


@dataclass(frozen=True, slots=True)
class VisitHit:
    """A visit of a lesion."""

    lesion_id: int
    label: str
    point: Point
    courses: tuple[TherapyCourse, ...]
    percent: float | None = None
    """Of the baseline, where the chart shows that."""

    opens = Opens.VISIT

    @property
    def id(self) -> int:
        return self.point.visit_id

    @property
    def on(self) -> dt.date:
        return self.point.on

    @property
    def title(self) -> str:
        return chart_text.point_title(self.point, label=self.label)

    @property
    def lines(self) -> tuple[str, ...]:
        return chart_text.point_lines(
            self.point, courses=self.courses, percent_of_first=self.percent
        )


@dataclass(frozen=True, slots=True)
class TotalHit:
    """All lesions of a day together."""

    total: TotalArea
    id: int
    """A visit of that day."""

    opens = Opens.VISIT

    @property
    def on(self) -> dt.date:
        return self.total.on

    @property
    def title(self) -> str:
        return chart_text.titled(self.on, _("All lesions together"))

    @property
    def lines(self) -> tuple[str, ...]:
        from woundtrack.report.healing_text import total_text  # brings numpy

        return (total_text(self.total),)


@dataclass(frozen=True, slots=True)
class CourseHit:
    """A therapy course on one of its days, with the sessions of that day."""

    course: Stored[TherapyCourse]
    on: dt.date
    sessions: tuple[TherapySession, ...] = ()

    @property
    def opens(self) -> Opens:
        return Opens.SESSIONS if self.sessions else Opens.COURSE

    @property
    def id(self) -> int:
        return self.course.id

    @property
    def title(self) -> str:
        return chart_text.titled(self.on, therapy_name(self.course.value))

    @property
    def lines(self) -> tuple[str, ...]:
        return chart_text.course_lines(self.course.value, on=self.on, sessions=self.sessions)


@dataclass(frozen=True, slots=True)
class EventHit:
    """Something that happened to the patient."""

    event: Stored[ClinicalEvent]
    of: str = ""
    """The label of the lesion it concerns, where it is one."""
    course: TherapyCourse | None = None
    """The therapy it was put down to, where it was."""

    opens = Opens.EVENT

    @property
    def id(self) -> int:
        return self.event.id

    @property
    def on(self) -> dt.date:
        return self.event.value.on

    @property
    def title(self) -> str:
        return event_text(self.event.value)

    @property
    def lines(self) -> tuple[str, ...]:
        return chart_text.event_lines(self.event.value, of=self.of, course=self.course)


@dataclass(frozen=True, slots=True)
class LabHit:
    """A laboratory value."""

    point: LabPoint
    name: str
    id: int
    """The patient: a click opens all results of the day."""

    opens = Opens.LABS

    @property
    def on(self) -> dt.date:
        return self.point.on

    @property
    def title(self) -> str:
        return chart_text.titled(self.on, self.name)

    @property
    def lines(self) -> tuple[str, ...]:
        return chart_text.lab_lines(self.point)


@dataclass(frozen=True, slots=True)
class OmeHit:
    """What was taken against pain from a day on."""

    step: OmeStep
    uses: tuple[AnalgesicUse, ...]
    id: int
    """The patient."""

    opens = Opens.ANALGESICS

    @property
    def on(self) -> dt.date:
        return self.step.from_on

    @property
    def title(self) -> str:
        return chart_text.titled(self.on, _("Analgesics"))

    @property
    def lines(self) -> tuple[str, ...]:
        return chart_text.ome_lines(self.step, uses=self.uses)


@dataclass(frozen=True, slots=True)
class SaidHit:
    """A day and what is said of it, with a record that a click opens."""

    on: dt.date
    opens: Opens
    id: int
    said: tuple[str, ...]
    """Sentences in the language in which the chart was made."""

    @property
    def title(self) -> str:
        return chart_text.titled(self.on, self.said[0])

    @property
    def lines(self) -> tuple[str, ...]:
        return self.said[1:]
