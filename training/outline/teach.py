"""A teacher draws: how likely each pixel is wound, for photos nobody outlined and for the others.

`python -m training.outline.teach --data DIR --split FILE --teacher CHECKPOINT … --out DIR`.
Several teachers' opinions are averaged, each over the photo, its mirror image and a quarter
turn. A student then trains with `--taught` (Hinton, Vinyals & Dean, "Distilling the Knowledge
in a Neural Network", 2015). Photos alike to measured ones are not drawn.
"""

import argparse
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch

from training.outline.pictures import Colours, Grey, fingerprint, pairs, read_photo
from training.outline.sets import unlabelled
from training.outline.split import Split, outlined_in
from training.outline.state import asking, averaged_net
from woundtrack.outline.interactive import first
from woundtrack.outline.network import Ask
from woundtrack.outline.sight import Sight

WAYS: tuple[tuple[Callable[[Any], Any], Callable[[Any], Any]], ...] = (
    (np.asarray, np.asarray),
    (np.fliplr, np.fliplr),
    (np.rot90, lambda likely: np.rot90(likely, -1)),
)
"""How a photo is turned before it is shown, and its drawing turned back."""
UNSURE = (0.35, 0.65)
MOST_UNSURE = 0.5
"""A drawing with more doubt than this, beside its wound, teaches nothing and is left out."""


def drawn(teachers: Sequence[Ask], colours: Colours) -> Grey:
    """The teachers' mean opinion of a photo, 0…255."""
    opinions = []
    for there, back in WAYS:
        sight = Sight.of(np.ascontiguousarray(there(colours)[..., ::-1]))
        opinions += [back(first(ask, sight).likely) for ask in teachers]
    height, width = colours.shape[:2]
    mean = np.asarray(np.mean(opinions, axis=0), np.float32)
    sized = cv2.resize(mean, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(np.round(255 * sized), np.uint8)


def is_sure(drawing: Grey) -> bool:
    """Whether a drawing has more wound than doubt, or neither."""
    likely = drawing / 255
    doubt = int(((likely > UNSURE[0]) & (likely < UNSURE[1])).sum())
    return doubt <= MOST_UNSURE * max(1, int((likely >= UNSURE[1]).sum()))


def main() -> None:
    """Draw all photos a student may learn from."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, required=True, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=0)
    given = parser.parse_args()
    torch.set_num_threads(given.threads or os.cpu_count() or 1)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    teachers = [asking(averaged_net(path).to(device), device) for path in given.teacher]
    split = Split.load(given.split)
    given.out.mkdir(parents=True, exist_ok=True)
    training = set(split.train)
    all_pairs = pairs(outlined_in(given.data))
    outlined = [image for image, _ in all_pairs if fingerprint(image) in training]
    for path in (*outlined, *unlabelled(given.data, split)):
        target = given.out / f"{fingerprint(path)}.png"
        if target.exists():
            continue
        drawing = drawn(teachers, read_photo(path))
        if path in outlined or is_sure(drawing):
            cv2.imwrite(str(target), drawing)


if __name__ == "__main__":
    main()
