"""One print run of the card."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CardRun:
    """One print run of the card: its number, and what its 100 mm line measured."""

    number: int
    page_size: str
    measured_mm: float | None = None
    accepted: bool | None = None
    """None: not yet checked, so measurements warn. False: refused, do not use."""
