"""Short names of the records' choices, as headers and dialogs show them; knows nothing of Qt."""

from collections.abc import Iterable

from woundtrack.records import ConsentPurpose, DialysisMode, PhotoView, Role, Sex
from woundtrack.report.labels import PHOTO_VIEWS
from woundtrack.words import N_, _

SEX_SHORT = {Sex.FEMALE: N_("F"), Sex.MALE: N_("M"), Sex.OTHER: N_("X"), Sex.UNKNOWN: ""}
DIALYSIS_SHORT = {
    DialysisMode.NONE: "",
    DialysisMode.HAEMODIALYSIS: N_("HD"),
    DialysisMode.PERITONEAL: N_("PD"),
    DialysisMode.TRANSPLANT: N_("transplant"),
}
CONSENTS = {
    ConsentPurpose.CARE: N_("care"),
    ConsentPurpose.TEACHING: N_("teaching"),
    ConsentPurpose.RESEARCH: N_("research"),
}
ROLES = {Role.CLINICIAN: N_("clinician"), Role.ADMINISTRATOR: N_("administrator")}

LEAST_LETTERS = 3
"""With fewer, what is only somewhere within a name says nothing: K is no alkaline phosphatase."""


def sex_short(sex: Sex) -> str:
    """One letter, or nothing where it is not known."""
    return _(SEX_SHORT[sex])


def dialysis_short(mode: DialysisMode) -> str:
    """The usual abbreviation, or nothing."""
    return _(DIALYSIS_SHORT[mode])


def consent_name(purpose: ConsentPurpose) -> str:
    """What photos may be used for."""
    return _(CONSENTS[purpose])


def role_name(role: Role) -> str:
    """What a user may do."""
    return _(ROLES[role])


def known_question(name: str, known: Iterable[str]) -> str:
    """What to ask of a free name much like one in the list; empty where none is."""
    text = name.strip().casefold()
    alike = [
        each
        for each in known
        if (text in each.casefold() and len(text) >= LEAST_LETTERS)
        or each.casefold().startswith(text)
        or each.casefold().split(",")[0] in text
    ]
    if not alike:
        return ""
    best = min(alike, key=lambda each: not each.casefold().startswith(text))
    return _("“{name}” is not in the list. Is it {known}? Then choose that one.").format(
        name=name, known=best
    )


def view_name(view: PhotoView | None, *, told: bool) -> str:
    """What a photo takes in, and whether that is only proposed."""
    if view is None:
        return _("Overview or close-up: not told")
    name = _(PHOTO_VIEWS[view])
    text = name if told else _("{view}, proposed").format(view=name)
    return text[:1].upper() + text[1:]
