"""How alike the photos of a data folder are, and the split that follows from it."""

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from training.outline.efficient import EfficientEncoder
from training.outline.pictures import Colours, files, fingerprint, read_photo
from training.outline.split import (
    SETS,
    Split,
    alike,
    components,
    divided,
    outlined_in,
    perceptual_hash,
)

FEATURE_SIDE = 224


def features(encoder: EfficientEncoder, pictures: Sequence[Colours]) -> NDArray[np.float32]:
    """(N, C) directions: the starting network's last two levels, averaged over the photo."""
    encoder.eval()
    rows = []
    with torch.no_grad():
        for colours in pictures:
            sized = cv2.resize(colours, (FEATURE_SIDE, FEATURE_SIDE), interpolation=cv2.INTER_AREA)
            x = torch.from_numpy(sized.astype(np.float32) / 127.5 - 1).permute(2, 0, 1)[None]
            levels = encoder(x)
            row = torch.cat([level.mean((2, 3))[0] for level in levels[3:]]).numpy()
            rows.append(row)
    found = np.stack(rows).astype(np.float32)
    found = found - found.mean(axis=0)
    found /= np.maximum(found.std(axis=0), 1e-6)
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)


def gathered(data: Path) -> tuple[list[str], list[str], list[Colours]]:
    """Fingerprint, set and pixels of every photo the split looks at."""
    names, sets, pictures = [], [], []
    for kind, folder in SETS.items():
        place = outlined_in(data) / "images" if kind == "fuseg" else data / folder
        for path in files(place):
            if path.stem.endswith("_mask"):
                continue
            names.append(fingerprint(path))
            sets.append(kind)
            pictures.append(read_photo(path))
    return names, sets, pictures


def make(data: Path, encoder: EfficientEncoder, *, seed: int) -> Split:
    """The split of a data folder."""
    names, sets, pictures = gathered(data)
    hashes = np.stack([perceptual_hash(colours) for colours in pictures])
    group = components(alike(hashes, features(encoder, pictures)))
    return divided(names, sets, group, seed=seed)
