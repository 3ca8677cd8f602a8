"""What kinds of events there are, and what is asked of each; words in the language in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from woundtrack.context.types import ClinicalEvent, EventKind
from woundtrack.therapy.types import Standing
from woundtrack.words import N_, _, date, labelled, period


@dataclass(frozen=True, slots=True)
class EventType:
    """What a kind of event is called and asked; English, shown through `_`."""

    name: str
    finding: str = ""
    """What its finding is called; empty where it has none."""
    text: str = N_("What exactly")
    """What its own words are called."""
    lasts: bool = False
    """Whether a last day is asked."""
    of_lesion: bool = True
    """Whether it may concern one lesion."""
    note: str = ""
    standing: Standing = Standing.INFERRED
    """How the list of findings is known: this project's own, or that of a published scale."""


EVENTS: Mapping[EventKind, EventType] = MappingProxyType(
    {
        EventKind.BIOPSY: EventType(
            N_("Biopsy"), N_("Result"), N_("The pathologist’s words")
        ),
        EventKind.INFECTION: EventType(
            N_("Infection"), N_("How deep"), N_("Germ, or what exactly"), lasts=True
        ),
        EventKind.ADVERSE_EVENT: EventType(
            N_("Adverse event"), N_("How severe"), N_("Which event"), lasts=True,
            of_lesion=False,
            note=N_("Five grades after CTCAE 4.0, in short words of this project’s own."),
            standing=Standing.PUBLISHED,
        ),
        EventKind.AMPUTATION: EventType(N_("Amputation"), N_("Level")),
        EventKind.HOSPITAL_STAY: EventType(
            N_("Hospital stay"), N_("Reason"), N_("Ward, or what exactly"), lasts=True
        ),
        EventKind.OTHER: EventType(N_("Other event"), lasts=True),
    }
)  # fmt: skip
"""Every kind, in the order in which they are offered."""

FINDINGS: Mapping[EventKind, Mapping[str, str]] = MappingProxyType(
    {
        EventKind.BIOPSY: MappingProxyType(
            {
                "confirmed": N_("confirms the diagnosis"),
                "compatible": N_("compatible with the diagnosis"),
                "not_found": N_("diagnosis not found"),
                "inconclusive": N_("inconclusive"),
                "awaited": N_("result awaited"),
            }
        ),
        EventKind.INFECTION: MappingProxyType(
            {
                "local": N_("local"),
                "spreading": N_("deep or spreading"),
                "bone": N_("bone"),
                "sepsis": N_("sepsis"),
            }
        ),
        EventKind.ADVERSE_EVENT: MappingProxyType(
            {
                "grade_1": N_("1, mild"),
                "grade_2": N_("2, moderate"),
                "grade_3": N_("3, severe"),
                "grade_4": N_("4, life-threatening"),
                "grade_5": N_("5, fatal"),
            }
        ),
        EventKind.AMPUTATION: MappingProxyType(
            {
                "finger": N_("finger"),
                "hand_or_arm": N_("hand or arm"),
                "toe": N_("toe"),
                "foot": N_("part of the foot"),
                "below_knee": N_("below the knee"),
                "above_knee": N_("knee or above"),
                "penis": N_("penis"),
                "other": N_("another level"),
            }
        ),
        EventKind.HOSPITAL_STAY: MappingProxyType(
            {
                "wound": N_("for the wound or its disease"),
                "treatment": N_("for a treatment’s adverse event"),
                "other": N_("another reason"),
            }
        ),
        EventKind.OTHER: MappingProxyType({}),
    }
)
"""The findings of each kind by key, with their English names; none where a kind has only words."""


def event_name(kind: EventKind) -> str:
    """A kind's name in the language in force."""
    return _(EVENTS[kind].name)


def finding_name(kind: EventKind, finding: str) -> str:
    """A finding's name in the language in force; a key that is not known stays as written."""
    names = FINDINGS[kind]
    return _(names[finding]) if finding in names else finding


def event_text(event: ClinicalEvent) -> str:
    """Kind, finding and words in one line: "Infection: bone, Pseudomonas"."""
    said = (finding_name(event.kind, event.finding), event.text.strip())
    details = ", ".join(part for part in said if part)
    name = event_name(event.kind)
    return labelled(name, details) if details else name


def event_days(event: ClinicalEvent) -> str:
    """The day of an event, or its first and last."""
    if event.until_on is None or event.until_on == event.on:
        return date(event.on)
    return period(event.on, event.until_on)
