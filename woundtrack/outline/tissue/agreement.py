"""How well people agree on how much of a wound is which tissue: published values."""

from dataclasses import dataclass

from woundtrack.outline.tissue.types import Tissue


@dataclass(frozen=True, slots=True)
class Agreement:
    """Between raters who each measured tissues in the same photos."""

    icc: float
    """Intraclass correlation of the tissue's part between raters."""
    sem_points: float
    """Standard error of measurement, in points of 100, test against retest."""


SOURCE = (
    "Landa DLC, van Dishoeck AM, Steyerberg EW, Hovius SER. Quality of measurements of acute "
    "surgical and traumatic wounds using a digital wound-analysing tool. Int Wound J "
    "2016;13(5):619-624. doi:10.1111/iwj.12330. Twenty photos of acute wounds."
)

AGREEMENT: dict[Tissue, Agreement] = {
    Tissue.GRANULATION: Agreement(icc=0.76, sem_points=6.88),
    Tissue.SLOUGH: Agreement(icc=0.67, sem_points=7.17),
    Tissue.NECROSIS: Agreement(icc=0.22, sem_points=0.35),
}
"""Necrosis was rare in those photos: its small error goes with poor agreement."""
