"""What a therapy of the catalogue says, and the parts of a course and of a session.

Values only; nothing here knows of patients or of the store.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """How well a statement of the catalogue is supported."""

    PUBLISHED = "published"
    """Read in the source that stands with it."""
    CORRECTED = "corrected"
    """Printed wrongly in its source, and put right by others that agree."""
    MEMORY = "memory"
    """Not confirmed against any source."""
    INFERRED = "inferred"
    """Concluded by this project, not printed anywhere."""


class Per(StrEnum):
    """What a published dose is counted by."""

    DOSE = "dose"
    DAY = "day"
    SESSION = "session"


@dataclass(frozen=True, slots=True)
class PublishedDose:
    """A dose as published, from lowest to highest: to ask about slips, never to fill in.

    `low` is None where only the highest was published.
    """

    low: float | None
    high: float
    unit: str
    per: Per
    standing: Standing = Standing.PUBLISHED


@dataclass(frozen=True, slots=True)
class Therapy:
    """One therapy of the catalogue; `name`, `group` and sentences are English, shown through `_`.

    `routes`, `unit` and `frequencies` are offered to save typing; `offers` says whether the
    source names them or this project added the usual forms.
    """

    key: str
    name: str
    group: str
    routes: tuple[str, ...] = ()
    unit: str = ""
    frequencies: tuple[str, ...] = ()
    source: str = ""
    offers: Standing = Standing.PUBLISHED
    doses: tuple[PublishedDose, ...] = ()
    described: str = ""
    """What the source says was given and what came of it."""
    cautions: str = ""
    session_fields: tuple[str, ...] = ()
    """Fields of `TherapySession`, in the order in which a form asks them."""


class StopCause(StrEnum):
    """Why a course ended."""

    HEALED = "healed"
    COMPLETED = "completed"
    ADVERSE_EVENT = "adverse_event"
    REFUSAL = "refusal"
    DEATH = "death"
    OTHER = "other"


NEEDS_TEXT = (StopCause.ADVERSE_EVENT, StopCause.OTHER)
"""Causes that say nothing without words: which event, which reason."""


@dataclass(frozen=True, slots=True)
class DoseChange:
    """Another dose from a day on; an empty frequency is the one before."""

    from_on: dt.date
    dose: float
    unit: str
    frequency: str = ""


@dataclass(frozen=True, slots=True)
class TherapySession:
    """What was given on one day of a course; None where it was not noted."""

    course_id: int
    on: dt.date
    dose: float | None = None
    """What went in, in `unit`: infused, injected or applied."""
    unit: str = ""
    duration_min: float | None = None
    blood_flow_ml_min: float | None = None
    plasma_percent: float | None = None
    """Plasma separated, as a share of the blood that flowed."""
    plasma_volume_ml: float | None = None
    effluent_percent: float | None = None
    """Plasma discarded, as a share of the plasma separated."""
    albumin_ml: float | None = None
    """Albumin solution given in exchange."""
    pressure_ata: float | None = None
    note: str = ""
