"""`python -m training.tissue.likeness --data DIR`: write the folds anew."""

import argparse
import json
from pathlib import Path

import numpy as np

from training.outline.efficient import EfficientEncoder
from training.outline.likeness import features
from training.outline.pictures import files, fingerprint, read_photo
from training.outline.split import alike, components, perceptual_hash
from training.outline.weights import start
from training.tissue.crops import COSINE, LIST, dealt, read

SEED = 3


def main() -> None:
    """Group the labelled crops by likeness, the unlabelled ones joining, and deal the folds."""
    parser = argparse.ArgumentParser(prog="python -m training.tissue.likeness", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    encoder = EfficientEncoder("lite2", inputs=3)
    start(encoder, "lite2")
    paths = [path for kind in ("images", "unlabelled") for path in files(data / "tissue" / kind)]
    pictures = [read_photo(path) for path in paths]
    hashes = np.stack([perceptual_hash(colours) for colours in pictures])
    group = components(alike(hashes, features(encoder, pictures), cosine=COSINE))
    of = dict(zip([fingerprint(path) for path in paths], group, strict=True))
    names = [crop.name for crop in read(data)]
    folds = dealt(names, np.array([of[name] for name in names]), seed=SEED)
    LIST.write_text(json.dumps(folds, indent=0) + "\n", encoding="utf-8")
    print(len(names), "crops in", len({int(of[name]) for name in names}), "groups")


if __name__ == "__main__":
    main()
