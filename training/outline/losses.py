"""What a proposal costs: every pixel a little, every photo's overlap as much, however small."""

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 (its usual name)

SMOOTH_PX = 8.0
"""Keeps the overlap of a handful of pixels from ruling a batch."""
EDGE_WEIGHT = 0.5


def outline_loss(logits: Tensor, truth: Tensor) -> Tensor:
    """Mean over the batch of focal-weighted cross entropy and, where there is wound, soft Dice.

    Logits and truth (N, 1, H, W). The overlap follows Milletari et al., "V-Net" (2016); the
    weighting Lin et al., "Focal Loss for Dense Object Detection" (2017), with its weights
    summing to one over a photo as Sofiiuk et al. (2019) have it, so that easy background does
    not drown a small wound.
    """
    each = F.binary_cross_entropy_with_logits(logits, truth, reduction="none")
    likely = torch.sigmoid(logits)
    hard = (likely - truth).abs().detach()
    weight = hard.square()
    focal = (weight * each).sum((1, 2, 3)) / (weight.sum((1, 2, 3)) + 0.01 * truth[0].numel())
    plain = each.mean((1, 2, 3))
    shared = (likely * truth).sum((1, 2, 3))
    both = likely.square().sum((1, 2, 3)) + truth.square().sum((1, 2, 3))
    overlap = 1 - (2 * shared + SMOOTH_PX) / (both + SMOOTH_PX)
    wounded = (truth.amax((1, 2, 3)) > EDGE_WEIGHT).to(overlap.dtype)
    # An empty photo's overlap would reward only perfect emptiness, and steeply: by pixels there.
    total: Tensor = (plain + focal + wounded * overlap).mean()
    return total
