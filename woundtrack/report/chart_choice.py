"""Which series a healing chart shows, and which there are of a patient to choose from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from woundtrack.words import N_

AREA = "area"
TOTAL = "total"
"""The area of all lesions together."""
OME = "ome"
LAB = "lab:"
"""Before the key of a laboratory series."""
OWN_LABS = "lab:other:"
"""Before the key of one that the clinic named itself."""
MOST_PANES = 5
"""More would be read by nobody."""


class AreaScale(StrEnum):
    """How the area's axis runs."""

    LINEAR = "linear"
    LOG = "log"
    PERCENT = "percent"
    """Of the first size by the same method."""


AREA_SCALES: Mapping[AreaScale, str] = MappingProxyType(
    {
        AreaScale.LINEAR: N_("Linear"),
        AreaScale.LOG: N_("Logarithmic"),
        AreaScale.PERCENT: N_("% of the first"),
    }
)
"""The English names."""


class Group(StrEnum):
    """Where a series stands in the chooser."""

    WOUND = "wound"
    PAIN = "pain"
    LABORATORY = "laboratory"
    ANALGESICS = "analgesics"


GROUPS: Mapping[Group, str] = MappingProxyType(
    {
        Group.WOUND: N_("Wound"),
        Group.PAIN: N_("Pain"),
        Group.LABORATORY: N_("Laboratory"),
        Group.ANALGESICS: N_("Analgesics"),
    }
)
"""The English names."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A series that was measured for the patient; `name` is in the language in force."""

    key: str
    name: str
    group: Group
    pane: str
    """Series of one pane have one axis."""


@dataclass(frozen=True, slots=True)
class ChartChoice:
    """The series that are shown, as far as a patient has them, and how the area's axis runs."""

    series: tuple[str, ...] = (AREA, TOTAL, "bwat")
    area_scale: AreaScale = AreaScale.LINEAR

    def with_series(self, key: str, *, shown: bool) -> "ChartChoice":
        """The choice with a series added or taken away."""
        others = tuple(each for each in self.series if each != key)
        return replace(self, series=(*others, key) if shown else others)


USUAL = ChartChoice()


def shown_of(offers: Iterable[Offer], choice: ChartChoice) -> tuple[Offer, ...]:
    """What a choice shows of what there is, in at most `MOST_PANES` panes.

    Where nothing chosen was measured it is the first thing that was.
    """
    there = tuple(offers)
    chosen = [offer for offer in there if offer.key in choice.series] or list(there[:1])
    panes = list(dict.fromkeys(offer.pane for offer in chosen))[:MOST_PANES]
    return tuple(offer for offer in chosen if offer.pane in panes)


def is_full(offers: Iterable[Offer], choice: ChartChoice, offer: Offer) -> bool:
    """Whether one more series would need a pane for which there is no room."""
    panes = {each.pane for each in shown_of(offers, choice)}
    return offer.pane not in panes and len(panes) >= MOST_PANES
