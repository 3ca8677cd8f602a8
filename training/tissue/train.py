"""One network from labelled crops: seeded, a few minutes on one core."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from training.outline.efficient import EfficientEncoder
from training.outline.state import Average
from training.outline.weights import start
from training.tissue.crops import Crop, Taught
from training.tissue.model import ENCODER, TissueNet
from training.tissue.views import taught_view, view

ENCODER_RATE, RATE = 4e-4, 2e-3
DECAY, MOST_GRADIENT = 0.02, 5.0
SOME = 2.0
"""Places of bed, from which on its fractions are asked."""
TAUGHT_WEIGHT = 0.7
"""What a teacher says counts so much beside a label."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How long a run is, how many crops of either kind a step sees, and how slowly it averages."""

    epochs: int
    labelled: int
    taught: int
    keep: float


TEACHER = Plan(epochs=30, labelled=8, taught=0, keep=0.98)
STUDENT = Plan(epochs=45, labelled=6, taught=6, keep=0.99)


def trained(
    crops: Sequence[Crop], *, seed: int, taught: Sequence[Taught] = (), plan: Plan = TEACHER
) -> nn.Module:
    """The averaged network of one run; a student's learns from taught crops beside labelled ones.

    Xie et al., "Self-training with Noisy Student", CVPR 2020: the student's views are turned
    and lit anew, its teachers' were not.
    """
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    net = TissueNet()
    start_encoder(net)
    average = Average(net, plan.keep)
    rest = [each for name, each in net.named_parameters() if not name.startswith("encoder.")]
    groups = [{"params": list(net.encoder.parameters())}, {"params": rest}]
    optimiser = torch.optim.AdamW(groups, lr=RATE, weight_decay=DECAY)
    steps = plan.epochs * (len(crops) // plan.labelled)
    pace = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [ENCODER_RATE, RATE], total_steps=steps, pct_start=0.2
    )
    for epoch in range(plan.epochs):
        net.train()
        order = random.permutation(len(crops))
        losses = []
        for first in range(0, len(crops) - plan.labelled + 1, plan.labelled):
            pairs = [view(crops[int(at)], random) for at in order[first : first + plan.labelled]]
            for at in random.choice(len(taught), plan.taught) if plan.taught else ():
                pairs.append(taught_view(taught[int(at)], random))
            loss = _loss(net, pairs, plan)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(net.parameters(), MOST_GRADIENT)
            optimiser.step()
            pace.step()
            average.update(net)
            losses.append(float(loss.detach()))
        print(f"epoch {epoch + 1} of {plan.epochs}: loss {np.mean(losses):.3f}", flush=True)
    return average.net


def _loss(net: nn.Module, pairs: Sequence[tuple[Tensor, Tensor]], plan: Plan) -> Tensor:
    """Of the labelled views, which come first, and of the taught ones."""
    x, truth = (torch.stack(each) for each in zip(*pairs, strict=True))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = net(x)
    logits, labelled = logits.float(), plan.labelled
    loss = loss_of(logits[:labelled], truth[:labelled])
    if plan.taught:
        loss = loss + TAUGHT_WEIGHT * loss_of(logits[labelled:], truth[labelled:])
    return loss


def start_encoder(net: TissueNet) -> None:
    """The published weights for the part of the encoder that is kept."""
    whole = EfficientEncoder(ENCODER, inputs=3)
    start(whole, ENCODER)
    theirs = whole.state_dict()
    net.encoder.load_state_dict({name: theirs[name] for name in net.encoder.state_dict()})


def loss_of(logits: Tensor, truth: Tensor) -> Tensor:
    """Of (N, 4, h, w): all classes everywhere, the tissues where labelled, and the fractions.

    What is asked of the network in the end are fractions: the absolute error of those of the
    labelled region, and of the bed, is added to the cross-entropy of the places.
    """
    everywhere = -(truth * logits.log_softmax(1)).sum(1).mean()
    places, fraction = _within(logits[:, 1:], truth[:, 1:])
    _, of_bed = _within(logits[:, 1:3], truth[:, 1:3])
    has_bed = (truth[:, 1:3].sum((1, 2, 3)) > SOME).float()
    bed = (of_bed * has_bed).sum() / has_bed.sum().clamp(min=1e-6)
    return 0.5 * everywhere + places.mean() + fraction.mean() + 0.5 * bed


def _within(logits: Tensor, truth: Tensor) -> tuple[Tensor, Tensor]:
    """Per picture (N,), among these classes where they are: cross-entropy, error of fractions."""
    cover = truth.sum(1, keepdim=True)
    weight = cover / (cover.sum((2, 3), keepdim=True) + 1e-6)
    part = truth / (cover + 1e-6)
    logs = logits.log_softmax(1)
    places = -(weight * part * logs).sum((1, 2, 3))
    return places, (weight * (logs.exp() - part)).sum((2, 3)).abs().sum(1)
