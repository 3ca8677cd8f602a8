"""What was found of one lesion at one visit."""

from dataclasses import dataclass
from enum import StrEnum


class SizeMethod(StrEnum):
    """How an assessment's size was taken. No percentage is ever taken across methods."""

    TRACED = "traced"
    BEDSIDE = "bedside"
    NOT_MEASURED = "not_measured"
    CLOSED = "closed"


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
