"""The values a clinic keeps. Frozen, without ids: the store gives each its id and revision.

Dates are local calendar dates without zone. Fields ending in `_id` name another record.
`confirmed` tells a person's confirmed statement from a draft kept against loss; charts and
reports use confirmed values only. What is kept beside the wound is in `woundtrack.context.types`.
"""

from woundtrack.records.assessment import Assessment, FilledForm, SizeMethod, Tunnel, Undermining
from woundtrack.records.card_run import CardRun
from woundtrack.records.course import TherapyCourse
from woundtrack.records.history import PatientHistory, Stored
from woundtrack.records.lesion import Aetiology, BodyView, Lesion, LesionStatus, Side, SiteClass
from woundtrack.records.letterhead import Letterhead
from woundtrack.records.people import (
    Consent,
    ConsentPurpose,
    DialysisMode,
    Patient,
    PatientStatus,
    Role,
    Sex,
    User,
)
from woundtrack.records.visit import (
    DateSource,
    LesionMeasurement,
    PhotoOutline,
    PhotoScale,
    PhotoView,
    Visit,
    VisitPhoto,
    WoundQol,
)

__all__ = [
    "Aetiology",
    "Assessment",
    "BodyView",
    "CardRun",
    "Consent",
    "ConsentPurpose",
    "DateSource",
    "DialysisMode",
    "FilledForm",
    "Lesion",
    "LesionMeasurement",
    "LesionStatus",
    "Letterhead",
    "Patient",
    "PatientHistory",
    "PatientStatus",
    "PhotoOutline",
    "PhotoScale",
    "PhotoView",
    "Role",
    "Sex",
    "Side",
    "SiteClass",
    "SizeMethod",
    "Stored",
    "TherapyCourse",
    "Tunnel",
    "Undermining",
    "User",
    "Visit",
    "VisitPhoto",
    "WoundQol",
]
