"""`python -m training.tissue --data DIR --out DIR`: train a network a fold, measure, train all.

The out folder gets `fold_0.onnx` … `fold_4.onnx`, each of which never saw a fifth of the crops,
and `tissue.onnx`, which saw all and so is measured on none; beside each the sd of the fractions
that the folds gave. Each is a student of three teachers (`teacher_…`), which saw the same
labels and told it what they think of the unlabelled crops. What is there already is not trained
again. The installed outline network says where in an unlabelled crop the wound is.
"""

import argparse
from pathlib import Path

import cv2
import torch
from torch import nn

from training.tissue.crops import FOLDS, Crop, read, stored_folds
from training.tissue.export import export, write_facts
from training.tissue.measure import LEARNED, answers, fraction_sd, mean_error
from training.tissue.teach import Seen, taught, unlabelled
from training.tissue.train import STUDENT, trained
from woundtrack.outline.network import network
from woundtrack.outline.tissue.network import TissueNetwork

TEACHERS = 3
STUDENT_SEED = 1000
UNKNOWN_SD = 1.0
"""Of a network that was not yet measured."""


def main() -> None:
    """Train, measure, write."""
    parser = argparse.ArgumentParser(prog="python -m training.tissue", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    cv2.setNumThreads(given.threads)
    given.out.mkdir(parents=True, exist_ok=True)
    crops, folds = read(given.data), stored_folds()
    paths = [given.out / f"fold_{number}.onnx" for number in range(FOLDS)]
    ask = network()
    if ask is None:
        raise SystemExit("the outline network is not installed")
    seen = unlabelled(given.data, ask)
    for number, (path, fold) in enumerate(zip(paths, folds, strict=True)):
        _student(path, [crop for crop in crops if crop.name not in fold], seen, number=number)
    sd = []
    for bed in (True, False):
        found = answers(crops, folds, paths, bed=bed)
        off = zip(LEARNED, mean_error(found), strict=True)
        print("bed" if bed else "with callus", {t.name: round(float(e), 4) for t, e in off})
        sd.append(fraction_sd(found))
    final = given.out / "tissue.onnx"
    _student(final, crops, seen, number=FOLDS)
    for path in (*paths, final):
        write_facts(path, sd_bed=sd[0], sd_with_callus=sd[1])


def _student(path: Path, crops: list[Crop], seen: list[Seen], *, number: int) -> None:
    if path.is_file():
        return
    teachers = []
    for turn in range(TEACHERS):
        place = path.with_name(f"teacher_{number}_{turn}.onnx")
        if not place.is_file():
            _write(trained(crops, seed=100 * turn + number), place)
        teachers.append(TissueNetwork(place))
    lessons = taught(seen, teachers)
    _write(trained(crops, seed=STUDENT_SEED + number, taught=lessons, plan=STUDENT), path)


def _write(net: nn.Module, path: Path) -> None:
    export(net, path)
    unknown = dict.fromkeys(LEARNED, UNKNOWN_SD)
    write_facts(path, sd_bed=unknown, sd_with_callus=unknown)


if __name__ == "__main__":
    main()
