"""What a tissue map can honestly propose for BWAT items 5, 6 and 12: amounts, and little else.

Item 5, the type of necrotic tissue, is never proposed: it turns on whether slough or eschar is
loose or held, which a photo does not show, and there are no labels of eschar.
Item 6 counts slough and eschar together; slough alone has labels. It is proposed from slough,
and only where nothing of the outline is drawn as a tissue without labels.
Item 12 turns on the amount and on "bright red" or "dull"; the amount has labels. It is proposed
with the condition said, where the amount decides alone or bright red is what most often holds.
"None" (item 6 level 1, item 12 level 5) is never proposed: that a tissue is wholly absent was
never measured. Levels: CLINICAL §1, `instruments.bwat`.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from woundtrack.outline.tissue.types import Tissue, TissuePart
from woundtrack.words import N_

LEAST_SURE = 0.8
"""A level is proposed where the fraction lies in its band with at least this probability."""
LARGEST_BESIDE = 0.05
"""The part of the outline that may be callus, or tissues without labels, before amounts of the
bed are not proposed: a fifth of the narrowest band."""

Level: TypeAlias = tuple[int, float, float]
NECROSIS_AMOUNT: tuple[Level, ...] = (
    (2, 0.0, 0.25),
    (3, 0.25, 0.50),
    (4, 0.50, 0.75),
    (5, 0.75, 1.0),
)
"""Item 6: score and the band of the necrotic part of the bed."""
DULL_OR_LITTLE = 4
GRANULATION: tuple[Level, ...] = ((DULL_OR_LITTLE, 0.0, 0.25), (3, 0.25, 0.75), (2, 0.75, 1.0))
"""Item 12: score and the band of the bright red part of the bed."""

REASONS: dict[str, str] = {
    "tissue.type_unseen": N_(
        "A photo does not show whether slough or eschar is loose or held: score it at the bedside."
    ),
    "tissue.slough_amount": N_(
        "By the slough in the photo. Choose “none” if there is none, and add eschar if there is."
    ),
    "tissue.granulation_little": N_(
        "Granulation fills a quarter at most. Choose “none” if there is none."
    ),
    "tissue.granulation_if_bright": N_(
        "If the granulation is bright red. Where it is dull, choose “dull pink”."
    ),
    "tissue.between_levels": N_("The amount is too near the limit of two levels to propose one."),
    "tissue.not_evaluated": N_(
        "Part of the wound is drawn as a tissue whose proposals were never measured."
    ),
    "tissue.callus_inside": N_(
        "Callus is no wound bed. Draw the outline inside it, and propose the tissues again."
    ),
    "tissue.by_hand": N_(
        "The map was corrected by hand, so how sure it is is not known. Score what you see."
    ),
}
"""Why a level is proposed, or none is. Translate when shown."""


@dataclass(frozen=True, slots=True)
class BwatProposal:
    """A score for one item, by its key in `instruments.bwat`, or None; and why."""

    item: str
    score: int | None
    probability: float | None
    """That the fraction lies in the level's band; None where nothing is proposed."""
    reason: str
    """A key of `REASONS`."""


def bwat_proposals(parts: Sequence[TissuePart]) -> tuple[BwatProposal, ...]:
    """Items 5, 6 and 12 from the fractions of one map, each with a score or with None."""
    by = {part.tissue: part for part in parts}
    return (
        BwatProposal("necrosis_type", None, None, "tissue.type_unseen"),
        _amount("necrosis_amount", by, Tissue.SLOUGH, NECROSIS_AMOUNT),
        _amount("granulation", by, Tissue.GRANULATION, GRANULATION),
    )


def _amount(
    item: str, by: Mapping[Tissue, TissuePart], tissue: Tissue, bands: Sequence[Level]
) -> BwatProposal:
    refusal = _withheld(by, tissue)
    if refusal:
        return BwatProposal(item, None, None, refusal)
    probability, score = max((_within(by[tissue], low, high), score) for score, low, high in bands)
    if probability < LEAST_SURE:
        return BwatProposal(item, None, None, "tissue.between_levels")
    return BwatProposal(item, score, probability, _reason(tissue, score))


def _withheld(by: Mapping[Tissue, TissuePart], tissue: Tissue) -> str | None:
    if by[tissue].fraction_sd is None:
        return "tissue.by_hand"
    if sum(part.fraction for part in by.values() if not part.evaluated) > LARGEST_BESIDE:
        return "tissue.not_evaluated"
    return "tissue.callus_inside" if by[Tissue.CALLUS].fraction > LARGEST_BESIDE else None


def _reason(tissue: Tissue, score: int) -> str:
    if tissue is Tissue.SLOUGH:
        return "tissue.slough_amount"
    return f"tissue.granulation_{'little' if score == DULL_OR_LITTLE else 'if_bright'}"


def _within(part: TissuePart, low: float, high: float) -> float:
    """The probability that a normal fraction lies in a band; the first and last have its tails."""
    sd = max(part.fraction_sd or 0.0, 1e-6)
    below = 0.0 if low <= 0 else _normal((low - part.fraction) / sd)
    up_to = 1.0 if high >= 1 else _normal((high - part.fraction) / sd)
    return up_to - below


def _normal(z: float) -> float:
    return 0.5 * (1 + math.erf(z / math.sqrt(2)))
