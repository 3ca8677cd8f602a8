"""One wound of a patient."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from woundtrack.context.types import CauseFacts


class Aetiology(StrEnum):
    """What made the wound."""

    CALCIPHYLAXIS = "calciphylaxis"
    CALCINOSIS = "calcinosis"
    VENOUS = "venous"
    ARTERIAL = "arterial"
    DIABETIC_FOOT = "diabetic_foot"
    PRESSURE = "pressure"
    SURGICAL = "surgical"
    TRAUMATIC = "traumatic"
    OTHER = "other"
    UNKNOWN = "unknown"


class Side(StrEnum):
    """Side of the body, the patient's own."""

    LEFT = "left"
    RIGHT = "right"
    MIDLINE = "midline"


class LesionStatus(StrEnum):
    """Where a lesion stands. Closure has two dates: first seen closed, and confirmed."""

    OPEN = "open"
    CLOSED = "closed"
    LOST = "lost"


class SiteClass(StrEnum):
    """Class of a site (CLINICAL §6: Ureña Torres 2025 and the other named sources)."""

    CENTRAL = "central"
    PERIPHERAL = "peripheral"
    ACRAL = "acral"
    GENITAL = "genital"
    BREAST = "breast"
    UNCLASSIFIED = "unclassified"


class BodyView(StrEnum):
    """Which drawing of the body map a point lies on."""

    FRONT = "front"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Lesion:
    """One wound of a patient, from its first visit to its closure."""

    patient_id: int
    label: str
    site: str
    """A key of `woundtrack.anatomy.sites.SITES`."""
    side: Side
    aetiology: Aetiology = Aetiology.UNKNOWN
    onset_on: dt.date | None = None
    status: LesionStatus = LesionStatus.OPEN
    closed_on: dt.date | None = None
    closure_confirmed_on: dt.date | None = None
    class_by_rule: SiteClass = SiteClass.UNCLASSIFIED
    class_rule_version: str = ""
    class_override: SiteClass | None = None
    class_override_reason: str = ""
    body_view: BodyView = BodyView.FRONT
    body_x: float | None = None
    """0 to 1 across the body map's drawing, from its left edge."""
    body_y: float | None = None
    """0 to 1 down the body map's drawing, from its top edge."""
    note: str = ""
    cause_facts: CauseFacts = field(default_factory=CauseFacts)
    became_ids: tuple[int, ...] = ()
    """The lesions that this one parted into, or the one that it and others grew into."""
    became_on: dt.date | None = None
    """The first day on which it is no lesion of its own any more."""

    def became_others_by(self, day: dt.date) -> bool:
        """Whether it was no lesion of its own any more on a day."""
        return self.became_on is not None and self.became_on <= day

    @property
    def site_class(self) -> SiteClass:
        """The clinician's class where given, else the rule's."""
        return self.class_override or self.class_by_rule
