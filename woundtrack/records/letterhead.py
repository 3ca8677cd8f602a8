"""What stands atop everything that a clinic prints."""

from dataclasses import dataclass

LETTERHEAD_LINES = 3
LETTERHEAD_LINE_LENGTH = 90
LOGO_BYTES = 200_000
LOGO_PX = (1200, 480)
"""The widest and the highest logo: 300 dots an inch at four times the height it is printed in."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The clinic's own lines, and its logo. One a clinic."""

    lines: tuple[str, ...] = ()
    """At most `LETTERHEAD_LINES`; without any the clinic's name stands there."""
    logo: bytes = b""
    """A PNG or JPEG made by `woundtrack.report.logo.logo_of`; empty without one."""
