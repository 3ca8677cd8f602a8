"""`python -m training.outline.report --data DIR --split FILE --model CHECKPOINT_OR_ONNX`.

Measures a network on the validation photos of the split, the off-domain set and the photos
without wounds, and prints the figures; with `--export FILE` writes the network as ONNX first,
checks it and measures what was written.
"""

import argparse
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

import cv2
import torch

from training.outline.evaluate import everything
from training.outline.sets import gather
from training.outline.split import Split
from training.outline.state import asking, averaged_net
from woundtrack.outline.network import SIDE_PX, Network


def main() -> None:
    """Export where asked, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--export", type=Path)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    cv2.setNumThreads(given.threads)
    figures: dict[str, object] = {}
    model: Path = given.model
    if given.export is not None:
        from training.outline.export import check, export

        net = averaged_net(model)
        export(net, given.export, size=SIDE_PX)
        checked = check(net, given.export, size=SIDE_PX, threads=given.threads)
        figures["file"] = asdict(checked)
        model = given.export
    _, kept = gather(given.data, Split.load(given.split))
    ask = Network(model) if model.suffix == ".onnx" else asking(averaged_net(model))
    figures |= everything(ask, kept, given.data)
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
