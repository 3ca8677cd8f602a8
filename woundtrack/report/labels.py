"""What the records' fixed choices are called in print, in the language in force."""

from types import MappingProxyType

from woundtrack.records import (
    Aetiology,
    BodyView,
    DialysisMode,
    Lesion,
    LesionStatus,
    Patient,
    PatientStatus,
    PhotoView,
    Sex,
    SizeMethod,
)
from woundtrack.words import N_, _, date

SEXES = MappingProxyType(
    {
        Sex.FEMALE: N_("female"),
        Sex.MALE: N_("male"),
        Sex.OTHER: N_("other"),
        Sex.UNKNOWN: N_("unknown"),
    }
)
DIALYSES = MappingProxyType(
    {
        DialysisMode.NONE: N_("no dialysis"),
        DialysisMode.HAEMODIALYSIS: N_("haemodialysis"),
        DialysisMode.PERITONEAL: N_("peritoneal dialysis"),
        DialysisMode.TRANSPLANT: N_("kidney transplant"),
    }
)
PATIENT_STATES = MappingProxyType(
    {
        PatientStatus.ACTIVE: N_("seen here"),
        PatientStatus.MOVED: N_("moved away"),
        PatientStatus.DIED: N_("died"),
    }
)
AETIOLOGIES = MappingProxyType(
    {
        Aetiology.CALCIPHYLAXIS: N_("calciphylaxis"),
        Aetiology.CALCINOSIS: N_("calcinosis cutis"),
        Aetiology.VENOUS: N_("venous ulcer"),
        Aetiology.ARTERIAL: N_("arterial ulcer"),
        Aetiology.DIABETIC_FOOT: N_("diabetic foot ulcer"),
        Aetiology.PRESSURE: N_("pressure ulcer"),
        Aetiology.SURGICAL: N_("surgical wound"),
        Aetiology.TRAUMATIC: N_("traumatic wound"),
        Aetiology.OTHER: N_("other cause"),
        Aetiology.UNKNOWN: N_("unknown cause"),
    }
)
LESION_STATES = MappingProxyType(
    {
        LesionStatus.OPEN: N_("open"),
        LesionStatus.CLOSED: N_("closed"),
        LesionStatus.LOST: N_("lost to follow-up"),
    }
)
SIZE_METHODS = MappingProxyType(
    {
        SizeMethod.TRACED: N_("traced on a photo"),
        SizeMethod.BEDSIDE: N_("by ruler"),
        SizeMethod.NOT_MEASURED: N_("not measured"),
        SizeMethod.CLOSED: N_("closed"),
    }
)
BODY_VIEWS = MappingProxyType({BodyView.FRONT: N_("front view"), BodyView.BACK: N_("back view")})
PHOTO_VIEWS = MappingProxyType(
    {PhotoView.OVERVIEW: N_("overview"), PhotoView.CLOSE_UP: N_("close-up")}
)


def patient_name(patient: Patient) -> str:
    """Family name in use, then first names."""
    parts = (patient.family_name.strip(), patient.first_names.strip())
    return ", ".join(part for part in parts if part)


def dialysis_text(patient: Patient) -> str:
    """How the kidneys are replaced and since when, as far as it is known."""
    text = _(DIALYSES[patient.dialysis])
    if patient.dialysis is DialysisMode.NONE or patient.dialysis_since_on is None:
        return text
    return _("{dialysis} since {start}").format(
        dialysis=text, start=date(patient.dialysis_since_on)
    )


def lesion_name(lesion: Lesion) -> str:
    """Label and place: "Lesion A: left calf"."""
    from woundtrack.anatomy.sites import place_name

    place = place_name(lesion.site, lesion.side)
    return _("Lesion {label}: {place}").format(label=lesion.label, place=place)
