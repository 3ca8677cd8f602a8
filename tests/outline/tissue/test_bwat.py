"""Only amounts that were measured propose a level, and only away from its limits."""

import pytest

from woundtrack.instruments.bwat import BWAT
from woundtrack.outline.tissue.bwat import REASONS, BwatProposal, bwat_proposals
from woundtrack.outline.tissue.types import EVALUATED, Tissue, TissuePart


def _parts(sd: float | None = 0.05, **fractions: float) -> tuple[TissuePart, ...]:
    return tuple(
        TissuePart(t, fractions.get(t.name.lower(), 0.0), sd if t in EVALUATED else None)
        for t in Tissue
    )


def _by(parts: tuple[TissuePart, ...]) -> dict[str, BwatProposal]:
    return {proposal.item: proposal for proposal in bwat_proposals(parts)}


@pytest.mark.parametrize(
    ("slough", "amount", "granulation"),
    [(0.1, 2, 2), (0.37, 3, 3), (0.62, 4, 3), (0.95, 5, 4)],
)
def test_amounts_well_inside_a_band_propose_its_level(
    slough: float, amount: int, granulation: int
) -> None:
    found = _by(_parts(slough=slough, granulation=1 - slough))
    assert found["necrosis_amount"].score == amount
    assert found["granulation"].score == granulation


@pytest.mark.parametrize("slough", [0.24, 0.26, 0.5, 0.74])
def test_near_a_limit_nothing_is_proposed(slough: float) -> None:
    found = _by(_parts(slough=slough, granulation=1 - slough))["necrosis_amount"]
    assert (found.score, found.reason) == (None, "tissue.between_levels")


def test_the_type_of_necrotic_tissue_is_never_proposed() -> None:
    for parts in (_parts(slough=1.0), _parts(granulation=1.0), _parts(necrosis=1.0)):
        assert _by(parts)["necrosis_type"].score is None


def test_that_a_tissue_is_absent_is_never_proposed() -> None:
    assert _by(_parts(sd=0.0, granulation=1.0))["necrosis_amount"].score == 2
    assert _by(_parts(sd=0.0, slough=1.0))["granulation"].score == 4


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        (_parts(granulation=0.9, necrosis=0.1), "tissue.not_evaluated"),
        (_parts(granulation=0.9, epithelium=0.1), "tissue.not_evaluated"),
        (_parts(granulation=0.9, callus=0.1), "tissue.callus_inside"),
        (_parts(sd=None, granulation=1.0), "tissue.by_hand"),
    ],
)
def test_what_was_never_measured_withholds(parts: tuple[TissuePart, ...], reason: str) -> None:
    found = _by(parts)
    for item in ("necrosis_amount", "granulation"):
        assert (found[item].score, found[item].reason) == (None, reason)


def test_every_proposal_is_of_an_item_of_the_form_with_a_sentence() -> None:
    options = {item.key: item.scores for item in BWAT.items}
    for slough in (0.0, 0.1, 0.3, 0.37, 0.62, 0.95):
        for proposal in bwat_proposals(_parts(slough=slough, granulation=1 - slough)):
            assert proposal.score is None or proposal.score in options[proposal.item]
            assert proposal.reason in REASONS


def test_an_interval_never_leaves_what_a_part_can_be() -> None:
    little, most, unknown = (
        TissuePart(Tissue.SLOUGH, fraction, sd)
        for fraction, sd in ((0.1, 0.27), (0.9, 0.1), (0.4, None))
    )
    assert little.interval == (0.0, pytest.approx(0.1 + 1.96 * 0.27, abs=1e-3))
    assert most.interval == (pytest.approx(0.9 - 1.96 * 0.1, abs=1e-3), 1.0)
    assert unknown.interval is None
