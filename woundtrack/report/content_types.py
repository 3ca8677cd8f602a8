"""The values a report is made of: frozen text and numbers, ready to be laid out."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from woundtrack.measure.types import Measurement
from woundtrack.outline.types import Outline
from woundtrack.records import Letterhead, PatientHistory
from woundtrack.report.chart_choice import USUAL, ChartChoice
from woundtrack.scale.types import Scale

if TYPE_CHECKING:
    from woundtrack.report.content_summary import SummaryPart
    from woundtrack.report.content_visit import VisitPart
    from woundtrack.report.healing_text import HealingView


class ReportKind(StrEnum):
    """What a report of one patient is about. That of a cohort is `report.cohort_report`."""

    PROGRESS = "progress"
    """The course of lesions, one after the other."""
    PATIENT = "patient"
    """All lesions in one table and on the body map, their sum, and what is kept beside them."""
    VISIT = "visit"
    """One day, with everything that was found on it."""


class PhotoChoice(StrEnum):
    """Which photos are printed of each lesion."""

    NONE = "none"
    FIRST_AND_LATEST = "first_and_latest"
    ALL = "all"
    """One of each visit."""
    EVERY = "every"
    """All that show the lesion."""


class ReportPart(StrEnum):
    """What is printed beside lesions and photos, where there is any of it."""

    CHART = "chart"
    BODY_MAP = "body_map"
    """In a patient's summary."""
    THERAPIES = "therapies"
    HEALING = "healing"
    """How each lesion healed by therapy."""
    RISKS = "risks"
    LABORATORY = "laboratory"
    ANALGESICS = "analgesics"
    EVENTS = "events"


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What is to be printed; no lesion named means all of them."""

    lesion_ids: tuple[int, ...] = ()
    from_on: dt.date | None = None
    to_on: dt.date | None = None
    page_size: str = "a4"
    photos: PhotoChoice = PhotoChoice.FIRST_AND_LATEST
    parts: frozenset[ReportPart] = frozenset(ReportPart)
    chart: ChartChoice = USUAL
    kind: ReportKind = ReportKind.PROGRESS
    visit_id: int | None = None
    """Which visit, of `ReportKind.VISIT`."""
    language: str = ""
    """One of `woundtrack.words.LANGUAGES`; empty: the one in force."""
    signature: bool = True
    """Whether a line to sign on ends it."""

    def holds(self, first: dt.date, last: dt.date | None) -> bool:
        """Whether the period has a day from `first` to `last`, None for one that goes on."""
        return (self.to_on is None or first <= self.to_on) and (
            self.from_on is None or last is None or last >= self.from_on
        )


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and a value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One line of a lesion's table; empty where there is nothing to say.

    What follows a line break in a cell belongs to what stands before it, as an interval does.
    """

    visit_id: int
    date: str
    size: str
    since_first: str
    since_last: str
    dimensions: str
    bwat: str
    """The 13-item total; the 8-item one for calciphylaxis in brackets."""
    pain: str
    revision: str
    measured: bool

    def cells(self) -> tuple[str, ...]:
        """The line's texts, in the order of the table's columns."""
        return (
            self.date, self.size, self.since_first, self.since_last, self.dimensions,
            self.bwat, self.pain, self.revision,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table of texts: its heads, and its rows."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...] = ()
    """How wide the columns are, as parts of the page; equally where empty."""


@dataclass(frozen=True, slots=True)
class Plate:
    """One photo with what is drawn over it and written below it."""

    photo_id: int
    vault_name: str
    photo_size_px: tuple[int, int]
    """The photo's width and height."""
    scale: Scale | None
    outlines: tuple[Outline, ...]
    labels: tuple[str, ...]
    measurements: tuple[Measurement | None, ...]
    title: str
    caption: str
    field_mm: float | None = None
    """Width of what is printed, about the first outline; None prints the whole photo."""
    box_mm: tuple[float, float] = (90.0, 59.0)
    """The widest and the highest that it is printed: of two photos side by side."""


@dataclass(frozen=True, slots=True)
class LesionSection:
    """All that is said of one lesion."""

    lesion_id: int
    title: str
    facts: tuple[Fact, ...]
    figures: tuple[Fact, ...]
    rows: tuple[VisitRow, ...]
    plates: tuple[Plate, ...]
    scores: TextTable | None = None
    """Scores that the rows do not have; None where none was taken."""
    healing: "HealingView | None" = None
    """None where no therapy was noted, or it was not asked for."""


@dataclass(frozen=True, slots=True)
class TherapyRow:
    """One line of the table of therapies."""

    name: str
    dose: str
    route: str
    frequency: str
    period: str
    stop_reason: str

    def cells(self) -> tuple[str, ...]:
        """The line's texts, in the order of the table's columns."""
        return (self.name, self.dose, self.route, self.frequency, self.period, self.stop_reason)


@dataclass(frozen=True, slots=True)
class ContextPart:
    """What was kept beside the wounds: a table with sentences beneath it, or these alone."""

    title: str
    table: TextTable | None
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportContent:
    """A whole report, ready to be laid out."""

    history: PatientHistory
    options: ReportOptions
    clinic_name: str
    patient_name: str
    identity: tuple[Fact, ...]
    """Birth date, hospital number, code: on every page."""
    facts: tuple[Fact, ...]
    title: str
    made: tuple[str, ...]
    """Who printed it and when, and the state of the record that it was made from."""
    code: str
    period: str = ""
    sections: tuple[LesionSection, ...] = ()
    therapies: tuple[TherapyRow, ...] = ()
    scores: TextTable | None = None
    """Those of the patient, not of one lesion."""
    context: tuple[ContextPart, ...] = ()
    notes: tuple[str, ...] = ()
    letterhead: Letterhead = field(default_factory=Letterhead)
    summary: "SummaryPart | None" = None
    """Of `ReportKind.PATIENT`."""
    visit: "VisitPart | None" = None
    """Of `ReportKind.VISIT`, which has no sections."""

    @property
    def plates(self) -> tuple[Plate, ...]:
        """Every photo that is printed."""
        parts = [section.plates for section in self.sections]
        if self.visit is not None:
            parts += [lesion.plates for lesion in self.visit.lesions]
            parts.append(self.visit.others)
        return tuple(plate for part in parts for plate in part)
