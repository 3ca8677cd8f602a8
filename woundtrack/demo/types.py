"""What an invented patient is made of; times are weeks from the first visit."""

from dataclasses import dataclass, field

from woundtrack.context.types import (
    AnalgesicUse,
    CauseFacts,
    ClinicalEvent,
    LabResult,
)
from woundtrack.demo.wound import Tissue, Wound
from woundtrack.records import Aetiology, BodyView, Patient, Side
from woundtrack.therapy.types import StopCause, TherapySession


@dataclass(frozen=True, slots=True)
class DemoLesion:
    """A lesion and its course.

    `lengths` are its relative size at each visit: 0 is closed, None is not there, before it came
    from another or after it became others.
    """

    label: str
    site: str
    side: Side
    aetiology: Aetiology
    view: BodyView
    body: tuple[float, float]
    """Where on the body map, 0 to 1."""
    wound: Wound
    last_tissue: Tissue
    lengths: tuple[float | None, ...]
    first_bwat: tuple[int, ...]
    last_bwat: tuple[int, ...]
    pain: tuple[int, int]
    """First and last, 0 to 10."""
    revpwat: tuple[tuple[int, ...], tuple[int, ...]] | None = None
    """First and last scores of its items but the size; None where that form is not used."""
    onset_weeks: int | None = None
    """Before the first visit."""
    cause: CauseFacts = field(default_factory=CauseFacts)
    became: tuple[str, ...] = ()
    """The labels of what it parted into, from the first visit at which it is not there."""
    beside: str = ""
    """The label of the lesion that shares its photo, which has the card."""
    offset_mm: tuple[float, float] = (0.0, 0.0)
    """Where it lies in its photo, against the usual place."""


@dataclass(frozen=True, slots=True)
class DemoCourse:
    """A therapy course."""

    therapy: str
    start_week: int
    stop_week: int | None
    dose: float | None
    unit: str
    route: str
    frequency: str
    stop_cause: StopCause | None = None
    weekdays: tuple[int, ...] = ()
    """On which weekdays a session was given, Monday 0."""
    session: TherapySession | None = None
    """What each session was; its course and day are given when it is stored."""
    stop_reason: str = ""
    """English, shown through `_`: what an adverse event or another reason was."""


@dataclass(frozen=True, slots=True)
class Happened:
    """An event, with the label of its lesion and the key of the therapy it was put down to."""

    event: ClinicalEvent
    lesion: str = ""
    therapy: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What is kept beside the wounds; the patient is given when it is stored."""

    labs: tuple[LabResult, ...] = ()
    analgesics: tuple[AnalgesicUse, ...] = ()
    events: tuple[Happened, ...] = ()


@dataclass(frozen=True, slots=True)
class DemoPatient:
    """A patient, the weeks of the visits, the lesions, the therapies, and the rest."""

    patient: Patient
    weeks: tuple[int, ...]
    lesions: tuple[DemoLesion, ...]
    courses: tuple[DemoCourse, ...]
    skin_bgr: tuple[float, float, float] = (0.56, 0.67, 0.85)
    without_scale: tuple[int, ...] = ()
    """Weeks whose photo shows no card: kept, and shown as not measured."""
    bedside: tuple[int, ...] = ()
    """Weeks measured by a ruler at the bedside, without a photo."""
    vas: bool = False
    """Whether pain is marked on a line of 100 mm as well."""
    wound_qol: tuple[tuple[int, float], ...] = ()
    """Weeks with the mean of a Wound-QoL of 17 questions."""
    context: Context = Context()
