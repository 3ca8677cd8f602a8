"""The fields of a session by name, unit and range, and a session in one line."""

from dataclasses import dataclass
from types import MappingProxyType

from woundtrack.records import TherapyCourse
from woundtrack.therapy.catalogue import OTHER, THERAPIES, unit_name
from woundtrack.therapy.types import Standing, TherapySession
from woundtrack.words import N_, _, number, with_unit


@dataclass(frozen=True, slots=True)
class SessionField:
    """One field of a session: its name, its unit, and the most it can be."""

    name: str
    short: str
    """Its name before a value in one line; empty where the unit says enough."""
    unit: str
    most: float
    """Above this it is a slip of the unit or of the decimal point, and refused."""
    standing: Standing = Standing.PUBLISHED
    """Inferred where the source prints a share and does not say of what."""


_OURS = Standing.INFERRED

FIELDS = MappingProxyType(
    {
        "dose": SessionField(N_("Dose"), "", "", 1e6),
        "pressure_ata": SessionField(N_("Pressure"), "", "ATA", 10.0),
        "duration_min": SessionField(N_("Duration"), "", "min", 1440.0),
        "blood_flow_ml_min": SessionField(N_("Blood flow"), N_("blood"), "mL/min", 1000.0),
        "plasma_percent": SessionField(N_("Plasma fraction"), N_("plasma"), "%", 100.0, _OURS),
        "plasma_volume_ml": SessionField(N_("Plasma volume"), N_("plasma"), "mL", 20000.0),
        "effluent_percent": SessionField(
            N_("Effluent of the plasma"), N_("effluent"), "%", 100.0, _OURS
        ),
        "albumin_ml": SessionField(N_("Albumin"), N_("albumin"), "mL", 10000.0),
    }
)
"""Every field that a therapy may ask, by its name in `TherapySession`."""


def fields_of(course: TherapyCourse) -> tuple[str, ...]:
    """What a session of this course is asked; the general fields where the catalogue has none."""
    known = THERAPIES.get(course.therapy, THERAPIES[OTHER])
    return known.session_fields or THERAPIES[OTHER].session_fields


def session_text(session: TherapySession) -> str:
    """What was given, in one line: "25 g · 60 min"; empty where nothing was noted."""
    parts = []
    for name, field in FIELDS.items():
        value = getattr(session, name)
        if value is None:
            continue
        unit = unit_name(session.unit) if name == "dose" else field.unit
        if name != "dose":  # kept in one unit: what was typed in another has no more digits
            value = round(value, 2)
        shown = with_unit(plain_number(value), unit).strip()
        # A line that wraps keeps each value with its name and unit.
        parts.append(f"{_(field.short)} {shown}".strip().replace(" ", "\N{NO-BREAK SPACE}"))
    return " · ".join(parts)


def plain_number(value: float) -> str:
    """A number with the decimals it has, at most six."""
    shown = f"{value:.6f}".rstrip("0").rstrip(".")
    return number(value, decimals=len(shown.partition(".")[2]))
