"""A record in one line, and the words of the journal, for the bin, journal and revisions."""

from typing import Any

from woundtrack import words
from woundtrack.context.events import event_days, event_text
from woundtrack.context.types import AnalgesicUse, ClinicalEvent, LabResult
from woundtrack.raters.types import RaterPhoto, RaterStudy, RaterTrace, RetraceValue
from woundtrack.records import (
    Assessment,
    Lesion,
    LesionMeasurement,
    Patient,
    PhotoOutline,
    PhotoScale,
    Stored,
    TherapyCourse,
    User,
    Visit,
    VisitPhoto,
)
from woundtrack.report.labels import lesion_name, patient_name
from woundtrack.therapy.types import TherapySession
from woundtrack.words import N_, _

SETTINGS: dict[str, str] = {
    "lock_minutes_most": N_("lock time of the clinic"),
    "backup_plan": N_("where and when backups are made"),
    "backup_last": N_("when the last backup was made"),
}
KINDS: dict[str, str] = {
    "patient": N_("patient"), "lesion": N_("lesion"), "visit": N_("visit"),
    "visit_photo": N_("photo"), "photo_scale": N_("scale"), "photo_outline": N_("outline"),
    "lesion_measurement": N_("measurement"), "assessment": N_("assessment"),
    "therapy_course": N_("therapy"), "therapy_session": N_("therapy session"),
    "clinical_event": N_("event"),
    "lab_result": N_("laboratory result"), "analgesic_use": N_("analgesic"),
    "card_run": N_("card print run"), "user": N_("user"), "cohort": N_("cohort"),
    "rater_study": N_("rater study"), "rater_photo": N_("photo of a rater study"),
    "rater_trace": N_("tracing of a rater study"),
    "retrace_value": N_("figure for tracing again"), "letterhead": N_("letterhead"),
    "vault_file": N_("photo without a visit"), "setting": N_("setting"),
    "clinic": N_("clinic"), "act": N_("act"), "journal": N_("journal"),
}  # fmt: skip
KIND_OF: dict[type[Any], str] = {
    Patient: "patient", Lesion: "lesion", Visit: "visit", VisitPhoto: "visit_photo",
    PhotoScale: "photo_scale", PhotoOutline: "photo_outline",
    LesionMeasurement: "lesion_measurement", Assessment: "assessment",
    TherapyCourse: "therapy_course", TherapySession: "therapy_session",
    ClinicalEvent: "clinical_event", User: "user",
    LabResult: "lab_result", AnalgesicUse: "analgesic_use",
    RaterStudy: "rater_study",
    RaterPhoto: "rater_photo", RaterTrace: "rater_trace", RetraceValue: "retrace_value",
}  # fmt: skip
ACTIONS: dict[str, str] = {
    "added": N_("added"), "revised": N_("corrected"), "confirmed": N_("confirmed"),
    "corrected": N_("corrected"), "deleted": N_("to the bin"), "restored": N_("restored"),
    "moved": N_("moved"), "merged": N_("merged"), "undone": N_("undone"), "viewed": N_("viewed"),
    "exported": N_("exported"), "printed": N_("printed"), "signed_in": N_("signed in"),
    "signed_out": N_("signed out"), "sealed": N_("sealed what was there before"),
    "cut_off": N_("left out a last change that was not whole"),
    "sign_in_failed": N_("failed to sign in"),
    "recovery_failed": N_("gave a wrong recovery key"),
    "keyring_older": N_("found an older key file"),
    "keyring_accepted": N_("accepted the key file"),
    "database_older": N_("found an older database"),
    "set": N_("set"), "imported": N_("imported"), "drafted": N_("kept as a draft"),
    "passphrase_changed": N_("changed the passphrase"),
    "passphrase_reset": N_("gave a new passphrase"),
    "backed_up": N_("backed up"),
    "copied": N_("copied to another place"), "removed_for_good": N_("removed for good"),
    "recovery_key_changed": N_("replaced the recovery key"), "unconfirmed": N_("unconfirmed"),
    "rolled_back": N_("went back to before an upgrade"),
}  # fmt: skip


def kind_name(kind: str) -> str:
    """A kind of record in the language in force."""
    return _(KINDS.get(kind, kind))


def setting_name(name: str) -> str:
    """A setting of the clinic in the language in force."""
    return _(SETTINGS.get(name, name))


def action_name(action: str) -> str:
    """What was done, in the language in force."""
    return _(ACTIONS.get(action, action))


def _photo_line(value: VisitPhoto, photo_id: int) -> str:
    """A photo by when it was taken, where the camera said it."""
    line, taken_at = f"{kind_name('visit_photo')} {photo_id}", value.photo.taken_at
    if taken_at is None:
        return line
    return f"{line} · {words.date(taken_at.date())}, {words.time_of_day(taken_at)}"


def record_line(stored: Stored[Any]) -> str:
    """A record in one line."""
    value = stored.value
    if isinstance(value, Patient):
        return f"{patient_name(value)} · {words.date(value.birth_date)}"
    if isinstance(value, Lesion):
        return lesion_name(value)
    if isinstance(value, Visit):
        return _("Visit of {day}").format(day=words.date(value.on))
    if isinstance(value, ClinicalEvent):
        return f"{event_text(value)} · {event_days(value)}"
    if isinstance(value, LabResult):
        from woundtrack.context.labs import analyte_name
        from woundtrack.report.content_labs import value_text

        return f"{words.labelled(analyte_name(value), value_text(value))} · {words.date(value.on)}"
    if isinstance(value, AnalgesicUse):
        from woundtrack.context.analgesics import drug_name
        from woundtrack.report.content_context import dose_text

        days = words.period(value.start_on, value.stop_on)
        return f"{drug_name(value)}, {dose_text(value)} · {days}"
    if isinstance(value, TherapyCourse):
        from woundtrack.therapy.course import course_label, period_text

        return f"{course_label(value)}, {period_text(value)}"
    if isinstance(value, TherapySession):
        from woundtrack.therapy.session import session_text

        line = _("Session of {day}").format(day=words.date(value.on))
        return " · ".join(part for part in (line, session_text(value)) if part)
    if isinstance(value, VisitPhoto):
        return _photo_line(value, stored.id)
    if isinstance(value, User | RaterStudy):
        return value.name
    return f"{kind_name(KIND_OF.get(type(value), ''))} {stored.id}"
