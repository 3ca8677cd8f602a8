"""`python -m training.text.train [--pictures N] [--rounds N] [--out FILE]`: makes the finder."""

import argparse
import time
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from training.digits.fonts import KEPT_APART, TRAINED, Typeface, missing, typefaces
from training.outline.export import write
from training.text.model import Finder, Likely
from training.text.samples import SIDE_PX, STRIDE, sample
from woundtrack.paths import resources_dir

BATCH, RATE = 16, 3e-3
OF_WRITING = 3.0
"""A place of writing that is missed counts as much as so many that are found where none is."""
CHECKED = 300
LIKELY = 0.3
VIEW_PX = 384
"""The side of the views that the program shows it."""
Pictures = tuple[NDArray[np.uint8], NDArray[np.uint8]]


def main() -> None:
    """Draw the pictures, teach, say how good it is, and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=12000)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=Path, help="the state of an earlier finder to go on from")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, default=resources_dir() / "writing" / "finder.onnx")
    options = parser.parse_args()
    if missing():
        raise SystemExit(f"apt-get install {' '.join(missing())}")
    cv2.setNumThreads(1)
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    taught = drawn(options.seed, options.pictures, typefaces(TRAINED, hershey=True))
    kept = drawn(10**6, CHECKED, typefaces(KEPT_APART, hershey=False))
    print(f"{options.pictures} pictures drawn", flush=True)
    net = Finder()
    if options.first:
        net.load_state_dict(torch.load(options.first, weights_only=True))
    print(f"{sum(each.numel() for each in net.parameters())} weights", flush=True)
    teach(net, taught, kept, rounds=options.rounds, rate=options.rate, out=options.out)


def drawn(seed: int, count: int, faces: list[Typeface]) -> Pictures:
    """Many samples, from a seed."""
    rng = np.random.default_rng(seed)
    grid = SIDE_PX // STRIDE
    pictures = np.empty((count, SIDE_PX, SIDE_PX, 3), np.uint8)
    truths = np.empty((count, grid, grid), np.uint8)
    for place in range(count):
        pictures[place], truths[place] = sample(rng, faces)
    return pictures, truths


def teach(
    net: Finder, taught: Pictures, kept: Pictures, *, rounds: int, rate: float, out: Path
) -> None:
    """Round by round, each picture turned and mirrored anew; the file is written after each."""
    rng = np.random.default_rng(3)
    count, started = len(taught[0]), time.monotonic()
    steps = rounds * (count // BATCH)
    mind = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=1e-4)
    pace = torch.optim.lr_scheduler.OneCycleLR(mind, rate, total_steps=steps, pct_start=0.15)
    loss_of = nn.BCEWithLogitsLoss(pos_weight=torch.tensor(OF_WRITING))
    for each in range(rounds):
        net.train()
        total, order = 0.0, rng.permutation(count)
        for start in range(0, count - BATCH + 1, BATCH):
            seen, truth = _batch(taught, order[start : start + BATCH], rng)
            loss = loss_of(net(seen), truth)
            mind.zero_grad()
            loss.backward()
            mind.step()
            pace.step()
            total += loss.item()
        found, false = checked(net, kept)
        print(
            f"round {each + 1}: loss {total / (count // BATCH):.4f}, found {found:.4f}, "
            f"false {false:.4f}, {time.monotonic() - started:.0f} s", flush=True,
        )  # fmt: skip
        net.eval()
        torch.save(net.state_dict(), out.with_suffix(".pt"))
        write(Likely(net), torch.zeros(1, 3, VIEW_PX, VIEW_PX), out)


def _batch(
    pictures: Pictures, places: NDArray[np.int64], rng: np.random.Generator
) -> tuple[Tensor, Tensor]:
    seen, truth = pictures[0][places], pictures[1][places]
    turns, mirrored = int(rng.integers(4)), rng.random() < 0.5
    seen, truth = np.rot90(seen, turns, (1, 2)), np.rot90(truth, turns, (1, 2))
    if mirrored:
        seen, truth = seen[:, :, ::-1], truth[:, :, ::-1]
    if rng.random() < 0.5:
        seen = seen[..., rng.permutation(3)]
    if rng.random() < 0.15:
        seen = 255 - seen
    return _tensor(seen), torch.from_numpy((truth / np.float32(255))[:, None])


def _tensor(seen: NDArray[np.uint8]) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(seen.transpose(0, 3, 1, 2) / np.float32(255)))


@torch.no_grad()
def checked(net: Finder, kept: Pictures) -> tuple[float, float]:
    """Of what is written the part that is found, and of the rest the part that is found too."""
    net.eval()
    answers = [
        torch.sigmoid(net(_tensor(kept[0][start : start + BATCH])))[:, 0].numpy()
        for start in range(0, len(kept[0]), BATCH)
    ]
    likely = np.concatenate(answers) > LIKELY
    sure, none = kept[1] > 220, kept[1] == 0
    return float(likely[sure].mean()), float(likely[none].mean())


if __name__ == "__main__":
    main()
