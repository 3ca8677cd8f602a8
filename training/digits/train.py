"""Trains the label reader and writes resources/digits/labels.npz with its table of accuracy.

Run in the environment that README.md describes: python -m training.digits.train
"""

import argparse
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from torch import nn

from training.digits.fonts import KEPT_APART, TRAINED, missing, typefaces
from training.digits.glyphs import Sample, codes, sample
from woundtrack.scale.ruler.digits import BLANK, NAMES, Reader

SEED = 20261122
SAMPLES, EPOCHS, BATCH = 140_000, 9, 128
CHECKED = 6_000
WIDTHS = (12, 24, 40, 56, 56)
HEIGHTS_PX = (6, 8, 10, 14, 20, 32)
ROOT = Path(__file__).resolve().parent.parent.parent


def block(inputs: int, outputs: int, size: tuple[int, int], pad: tuple[int, int]) -> nn.Sequential:
    """A convolution with its normalisation, which export folds into it."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, size, padding=pad, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(),
    )


def network() -> nn.Sequential:
    """(N, 1, 20, 48) to (N, classes, 1, 24)."""
    a, b, c, d, e = WIDTHS
    return nn.Sequential(
        block(1, a, (3, 3), (1, 1)),
        nn.MaxPool2d(2),
        block(a, b, (3, 3), (1, 1)),
        nn.MaxPool2d((2, 1)),
        block(b, c, (3, 3), (1, 1)),
        nn.MaxPool2d((2, 1)),
        block(c, d, (2, 3), (0, 1)),
        block(d, e, (1, 3), (0, 1)),
        nn.Conv2d(e, len(NAMES), 1),
    )


def drawn(count: int, packages: tuple[str, ...], *, hershey: bool, seed: int) -> list[Sample]:
    """So many samples of typefaces."""
    chance = np.random.default_rng(seed)
    faces = typefaces(packages, hershey=hershey)
    return [sample(chance, faces) for _ in range(count)]


def trained(samples: list[Sample]) -> nn.Sequential:
    """The network after EPOCHS rounds with the connectionist temporal loss (Graves et al. 2006)."""
    torch.manual_seed(SEED)
    net = network()
    images = torch.from_numpy(np.stack([each.image for each in samples]))[:, None]
    targets = [torch.tensor(codes(each.text)) for each in samples]
    best = torch.optim.AdamW(net.parameters(), lr=3e-3, weight_decay=1e-3)
    steps = EPOCHS * (len(samples) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(best, 4e-3, total_steps=steps + 1)
    loss_of = nn.CTCLoss(blank=BLANK, zero_infinity=True)
    for epoch in range(EPOCHS):
        order, total = torch.randperm(len(samples)), 0.0
        for start in range(0, len(samples) - BATCH + 1, BATCH):
            some = order[start : start + BATCH]
            log = net(images[some])[:, :, 0].permute(2, 0, 1).log_softmax(2)
            text = [targets[int(place)] for place in some]
            sizes = torch.tensor([len(each) for each in text])
            loss = loss_of(log, torch.cat(text), torch.full((BATCH,), log.shape[0]), sizes)
            best.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            best.step()
            schedule.step()
            total += float(loss.detach())
        print(f"round {epoch + 1}: loss {total / (len(samples) // BATCH):.4f}", flush=True)
    return net.eval()


def exported(net: nn.Sequential, path: Path) -> None:
    """The weights as half floats, each normalisation folded into its convolution."""
    arrays: dict[str, np.ndarray] = {}
    layers = [layer for layer in net if not isinstance(layer, nn.MaxPool2d)]
    for place, layer in enumerate(layers):
        if isinstance(layer, nn.Sequential):
            convolution, norm = layer[0], layer[1]
            factor = norm.weight / torch.sqrt(norm.running_var + norm.eps)
            weight = convolution.weight * factor[:, None, None, None]
            bias = norm.bias - norm.running_mean * factor
        else:
            weight, bias = layer.weight, layer.bias
        arrays[f"weight_{place}"] = weight.detach().numpy().astype(np.float16)
        arrays[f"bias_{place}"] = bias.detach().numpy().astype(np.float16)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **arrays)


def table(reader: Reader, samples: list[Sample]) -> list[str]:
    """Accuracy by height of the print in px, on numbers and unit words alone; and false reads."""
    said = [text for text, _ in reader.best(np.stack([each.image for each in samples]))]
    legible = [each.text != "?" for each in samples]
    right = [one == each.text for one, each in zip(said, samples, strict=True)]
    lines = ["| height px | labels | read right |", "|---|---|---|"]
    for low, high in pairwise(HEIGHTS_PX):
        within = [
            ok
            for ok, each, is_text in zip(right, samples, legible, strict=True)
            if is_text and low <= each.height_px < high
        ]
        lines.append(f"| {low}-{high} | {len(within)} | {100 * np.mean(within):.1f} % |")
    other = [text for text, is_text in zip(said, legible, strict=True) if not is_text]
    false = np.mean([text != "?" for text in other])
    lines.append(f"\nTurned, mirrored, letters, clutter: {len(other)}, read as a label "
                 f"{100 * false:.1f} %")  # fmt: skip
    return lines


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--samples", type=int, default=SAMPLES)
    options.add_argument("--to", type=Path, default=ROOT / "resources/digits/labels.npz")
    chosen = options.parse_args()
    if lacking := missing():
        raise SystemExit("Install first: apt-get install " + " ".join(lacking))
    torch.set_num_threads(1)
    start = time.monotonic()
    samples = drawn(chosen.samples, TRAINED, hershey=True, seed=SEED)
    print(f"{len(samples)} drawn in {time.monotonic() - start:.0f} s", flush=True)
    exported(trained(samples), chosen.to)
    checked = drawn(CHECKED, KEPT_APART, hershey=False, seed=SEED + 1)
    print("\n".join(table(Reader.load(chosen.to), checked)))
    print(f"{time.monotonic() - start:.0f} s in all")


if __name__ == "__main__":
    main()
