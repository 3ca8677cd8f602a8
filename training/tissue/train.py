"""One network from labelled crops: seeded, a few minutes on one core."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from training.outline.efficient import EfficientEncoder
from training.outline.state import Average
from training.outline.weights import start
from training.tissue.crops import Crop
from training.tissue.model import ENCODER, TissueNet
from training.tissue.views import view

EPOCHS, BATCH = 30, 8
ENCODER_RATE, RATE = 4e-4, 2e-3
DECAY, KEEP, MOST_GRADIENT = 0.02, 0.98, 5.0
SOME = 2.0
"""Places of bed, from which on its fractions are asked."""


def trained(crops: Sequence[Crop], *, seed: int) -> nn.Module:
    """The averaged network of one run."""
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    net = TissueNet()
    start_encoder(net)
    average = Average(net, KEEP)
    rest = [each for name, each in net.named_parameters() if not name.startswith("encoder.")]
    groups = [{"params": list(net.encoder.parameters())}, {"params": rest}]
    optimiser = torch.optim.AdamW(groups, lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * (len(crops) // BATCH)
    pace = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [ENCODER_RATE, RATE], total_steps=steps, pct_start=0.2
    )
    for epoch in range(EPOCHS):
        net.train()
        order = random.permutation(len(crops))
        losses = []
        for first in range(0, len(crops) - BATCH + 1, BATCH):
            chosen = [crops[int(at)] for at in order[first : first + BATCH]]
            pairs = [view(crop, random) for crop in chosen]
            x, truth = (torch.stack(each) for each in zip(*pairs, strict=True))
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = net(x)
            loss = loss_of(logits.float(), truth)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), MOST_GRADIENT)
            optimiser.step()
            pace.step()
            average.update(net)
            losses.append(float(loss.detach()))
        print(f"epoch {epoch + 1} of {EPOCHS}: loss {np.mean(losses):.3f}", flush=True)
    return average.net


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
