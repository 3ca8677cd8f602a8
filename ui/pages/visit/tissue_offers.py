"""What a tissue map offers to the form: amounts for two items, taken by a person or not at all."""

from dataclasses import dataclass

from ui.pages.visit.tissue_keeper import Bed
from woundtrack import words
from woundtrack.instruments import bwat
from woundtrack.outline.tissue.bwat import REASONS, BwatProposal, bwat_proposals
from woundtrack.outline.tissue.types import WARNINGS
from woundtrack.words import _

TISSUE_ITEMS = tuple(
    index
    for index, item in enumerate(bwat.BWAT.items)
    if item.key in ("necrosis_amount", "granulation")
)
"""The rows, from 0, of the amount of necrotic and of granulation tissue."""


@dataclass(frozen=True, slots=True)
class TissueOffer:
    """A score to be taken, or None, with its words; `hint` says why, or why none is offered."""

    score: int | None = None
    note: str = ""
    hint: str = ""


NO_OFFER = TissueOffer()


def tissue_offers(bed: Bed | None) -> dict[int, TissueOffer]:
    """By row: what the fractions of a bed say of an item. Empty where there are none."""
    if bed is None or not bed.parts:
        return {}
    rows = {bwat.BWAT.items[index].key: index for index in TISSUE_ITEMS}
    found = bwat_proposals(bed.parts)
    return {rows[each.item]: _offer(each) for each in found if each.item in rows}


def _offer(proposal: BwatProposal) -> TissueOffer:
    reason = _(REASONS[proposal.reason])
    if proposal.score is None or proposal.probability is None:
        return TissueOffer(hint=reason)
    note = _("{score} proposed, from the tissue map").format(score=proposal.score)
    sure = _("{percent} sure that the amount lies in this level.").format(
        percent=words.percent(proposal.probability)
    )
    cautions = [_(sentence) for sentence in WARNINGS.values()]
    return TissueOffer(proposal.score, note, "\n".join([reason, sure, *cautions]))
