"""One day on which the patient was seen: its photos, and what was measured in them."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from woundtrack.measure.types import Measurement
from woundtrack.outline.tissue.types import TissueMap
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Photo
from woundtrack.scale.types import Scale


class DateSource(StrEnum):
    """Where a photo's date came from."""

    EXIF = "exif"
    FILE = "file"
    PERSON = "person"


class PhotoView(StrEnum):
    """How much a photo takes in."""

    OVERVIEW = "overview"
    """The wound on its part of the body."""
    CLOSE_UP = "close_up"
    """The wound and the skin around it."""


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
    view: PhotoView | None = None
    """As a person told it; None where nobody has."""


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
