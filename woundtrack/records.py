"""The values a clinic keeps. Frozen, without ids: the store gives each its id and revision.

Dates are local calendar dates without zone. Fields ending in `_id` name another record.
`confirmed` tells a person's confirmed statement from a draft kept against loss; charts and
reports use confirmed values only.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from woundtrack.measure.change import RETRACE_RELATIVE_SD
from woundtrack.measure.types import Measurement
from woundtrack.outline.tissue.types import TissueMap
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Photo
from woundtrack.scale.types import Scale
from woundtrack.therapy.types import DoseChange, StopCause, TherapySession

T = TypeVar("T")


class Sex(StrEnum):
    """Administrative sex."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class DialysisMode(StrEnum):
    """How the patient's kidneys are replaced, if they are."""

    NONE = "none"
    HAEMODIALYSIS = "haemodialysis"
    PERITONEAL = "peritoneal"
    TRANSPLANT = "transplant"


class PatientStatus(StrEnum):
    """Whether the patient is seen here."""

    ACTIVE = "active"
    MOVED = "moved"
    DIED = "died"


class ConsentPurpose(StrEnum):
    """What photos may be used for."""

    CARE = "care"
    TEACHING = "teaching"
    RESEARCH = "research"


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


class DateSource(StrEnum):
    """Where a photo's date came from."""

    EXIF = "exif"
    FILE = "file"
    PERSON = "person"


class SizeMethod(StrEnum):
    """How an assessment's size was taken. No percentage is ever taken across methods."""

    TRACED = "traced"
    BEDSIDE = "bedside"
    NOT_MEASURED = "not_measured"
    CLOSED = "closed"


class Role(StrEnum):
    """What a user may do."""

    CLINICIAN = "clinician"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Consent:
    """Consent to photos for one purpose."""

    purpose: ConsentPurpose
    given_on: dt.date
    withdrawn_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Patient:
    """A person in the clinic. `code` is pseudonymous, given by the store when empty."""

    hospital_number: str
    birth_name: str
    first_names: str
    birth_date: dt.date
    sex: Sex = Sex.UNKNOWN
    used_name: str = ""
    national_number: str = ""
    dialysis: DialysisMode = DialysisMode.NONE
    consents: tuple[Consent, ...] = ()
    status: PatientStatus = PatientStatus.ACTIVE
    died_on: dt.date | None = None
    note: str = ""
    code: str = ""

    @property
    def family_name(self) -> str:
        """The name in use, else the name at birth."""
        return self.used_name or self.birth_name


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

    @property
    def site_class(self) -> SiteClass:
        """The clinician's class where given, else the rule's."""
        return self.class_override or self.class_by_rule


@dataclass(frozen=True, slots=True)
class WoundQol:
    """The result of a Wound-QoL: how many questions it had, and its mean score."""

    items: int
    mean: float


@dataclass(frozen=True, slots=True)
class Visit:
    """One local day on which the patient was seen."""

    patient_id: int
    on: dt.date
    general_pain_nrs: int | None = None
    general_pain_vas_mm: int | None = None
    """On a line of 100 mm: another scale than 0 to 10, never computed from it."""
    wound_qol: WoundQol | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class VisitPhoto:
    """A photo of a visit. Its original bytes lie in the vault under `vault_name`."""

    visit_id: int
    vault_name: str
    photo: Photo
    date_source: DateSource = DateSource.PERSON
    head_angle_deg: float | None = None
    """Direction "towards the head", clockwise from up in the upright photo."""
    card_code: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PhotoScale:
    """The scale in force for a photo; `scale` None says that it has none, on purpose."""

    photo_id: int
    scale: Scale | None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class PhotoOutline:
    """All rings of one lesion in one photo, as one outline, and what lies inside it."""

    photo_id: int
    lesion_id: int
    outline: Outline
    confirmed: bool = False
    tissue: TissueMap | None = None
    """What the bed is made of: kept with the very outline that it was drawn in."""


@dataclass(frozen=True, slots=True)
class LesionMeasurement:
    """What was measured, with the revisions of the scale and outline that made it."""

    visit_id: int
    lesion_id: int
    photo_id: int
    outline_id: int
    outline_revision: int
    scale_id: int
    scale_revision: int
    measurement: Measurement
    confirmed: bool = False
    retrace_relative_sd: float | None = None
    """What was known at confirmation of how far two people's tracings differ, as one sd relative
    to the area: given by the store. A change up to this visit is judged by it, then and later."""


@dataclass(frozen=True, slots=True)
class Undermining:
    """Undermined margin: its greatest depth, and from which clock hour to which."""

    depth_cm: float
    from_hour: int
    to_hour: int


@dataclass(frozen=True, slots=True)
class Tunnel:
    """One sinus tract: its length, and its clock hour."""

    length_cm: float
    hour: int


@dataclass(frozen=True, slots=True)
class FilledForm:
    """The answers to one instrument: one score an item, None where unanswered."""

    instrument: str
    """A key of `woundtrack.instruments.forms.INSTRUMENTS`."""
    version: str
    scores: tuple[int | None, ...]
    size_cm: tuple[float, float] | None = None
    """The two extents that its size was scored from; None where a person judged it."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What was found of one lesion at one visit. Names the one measurement that counts."""

    visit_id: int
    lesion_id: int
    size_method: SizeMethod = SizeMethod.NOT_MEASURED
    measurement_id: int | None = None
    measurement_revision: int | None = None
    """The revision of that measurement that counts: another outline makes another revision."""
    length_cm: float | None = None
    """Longest length, by ruler on the patient."""
    width_cm: float | None = None
    depth_cm: float | None = None
    undermining: tuple[Undermining, ...] = ()
    tunnels: tuple[Tunnel, ...] = ()
    head_to_toe_cm: float | None = None
    """Greatest extent towards the head, by ruler; PUSH wants it where no photo gives it."""
    left_right_cm: float | None = None
    pain_nrs: int | None = None
    pain_vas_mm: int | None = None
    dressing: str = ""
    infection_signs: tuple[str, ...] = ()
    note: str = ""
    shape: str = ""
    """A key of `woundtrack.instruments.bwat.SHAPES`: the form's unscored item."""
    forms: tuple[FilledForm, ...] = ()
    """One an instrument, in its order; none where nothing is answered."""
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class TherapyCourse:
    """One therapy from its start to its stop."""

    patient_id: int
    therapy: str
    """A key of `woundtrack.therapy.catalogue.THERAPIES`, or "other"."""
    name: str
    start_on: dt.date
    stop_on: dt.date | None = None
    dose: float | None = None
    unit: str = ""
    route: str = ""
    frequency: str = ""
    stop_reason: str = ""
    note: str = ""
    stop_cause: StopCause | None = None
    """None while it goes on, and where nobody said why it stopped."""
    dose_changes: tuple[DoseChange, ...] = ()
    """In the order of their days; `dose` holds until the first."""


@dataclass(frozen=True, slots=True)
class CardRun:
    """One print run of the card: its number, and what its 100 mm line measured."""

    number: int
    page_size: str
    measured_mm: float | None = None
    accepted: bool | None = None
    """None: not yet checked, so measurements warn. False: refused, do not use."""


@dataclass(frozen=True, slots=True)
class User:
    """A person who signs in."""

    name: str
    role: Role = Role.CLINICIAN
    active: bool = True


@dataclass(frozen=True, slots=True)
class Stored(Generic[T]):
    """A value as the store holds it: which record, which revision, by whom, when, why."""

    id: int
    uuid: str
    revision: int
    value: T
    at_utc: dt.datetime
    user_id: int | None
    reason: str = ""
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class PatientHistory:
    """Everything of one patient, in the order of its dates: what pages and reports read."""

    patient: Stored[Patient]
    lesions: tuple[Stored[Lesion], ...] = ()
    visits: tuple[Stored[Visit], ...] = ()
    photos: tuple[Stored[VisitPhoto], ...] = ()
    scales: tuple[Stored[PhotoScale], ...] = ()
    outlines: tuple[Stored[PhotoOutline], ...] = ()
    measurements: tuple[Stored[LesionMeasurement], ...] = ()
    assessments: tuple[Stored[Assessment], ...] = ()
    courses: tuple[Stored[TherapyCourse], ...] = ()
    sessions: tuple[Stored[TherapySession], ...] = ()
    retrace_relative_sd: float = RETRACE_RELATIVE_SD
    """How far two people's tracings differ as it is known now; confirmed ones keep their own."""
