"""`python -m training.outline --data DIR --out DIR [--resume]`: train, measure, export.

The data folder has `outlines/fuseg/images` and `masks` (and what the README lists beside them);
the out folder gets the split, the log, the checkpoint, the figures and the network as ONNX.
"""

import argparse
import logging
import os
from dataclasses import replace
from pathlib import Path

import cv2
import torch

from training.outline.efficient import EfficientEncoder
from training.outline.likeness import make
from training.outline.pictures import pairs
from training.outline.recipe import Recipe, Shares
from training.outline.sets import gather
from training.outline.split import Split, outlined_in
from training.outline.state import averaged_net
from training.outline.train import Pace, begun, resumed, train
from training.outline.weights import start
from woundtrack.outline.network import NAME, SIDE_PX, Network

SAY = logging.getLogger("outline")


def stages(text: str) -> tuple[tuple[float, int], ...]:
    """Sizes and their parts of a run, from `size:part,size:part`."""
    pieces = [piece.split(":") for piece in text.split(",")]
    return tuple((float(part), int(size)) for size, part in pieces)


def arguments() -> argparse.Namespace:
    """What the command takes."""
    parser = argparse.ArgumentParser(prog="python -m training.outline", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in --out")
    parser.add_argument("--first", type=Path, help="start from this checkpoint's averaged network")
    parser.add_argument("--taught", type=Path, help="a folder of a teacher's outlines")
    parser.add_argument("--taught-share", type=float, default=0.25)
    parser.add_argument(
        "--all", action="store_true", help="hold nothing back: the last run, measured on nothing"
    )
    parser.add_argument("--split", type=Path, help="a split to keep to, else made or found in out")
    parser.add_argument("--encoder", default=Recipe().encoder)
    parser.add_argument("--weights", type=Path, help="starting weights, else the package's")
    parser.add_argument("--examples", type=int, help="how long; may be changed on the way")
    parser.add_argument("--batch", type=int, default=Recipe().batch)
    parser.add_argument("--rate", type=float, default=Recipe().rate)
    parser.add_argument(
        "--clicked", type=float, help="of the examples, so many get clicks; may be changed"
    )
    parser.add_argument("--seed", type=int, default=Recipe().seed)
    parser.add_argument(
        "--stages",
        type=stages,
        help="sides of the views and their parts of the run, as 256:0.5,384:0.5; may be changed",
    )
    parser.add_argument("--threads", type=int, default=0, help="0: as many as there are cores")
    parser.add_argument("--workers", type=int, default=0, help="processes that prepare views")
    parser.add_argument("--stop-after", type=float, default=float("inf"), help="seconds")
    return parser.parse_args()


def recipe_from(given: argparse.Namespace) -> Recipe:
    """The recipe of a fresh run."""
    recipe = Recipe(
        encoder=given.encoder,
        batch=given.batch,
        rate=given.rate,
        seed=given.seed,
    )
    if given.taught is not None:
        recipe = replace(recipe, shares=replace(Shares(), taught=given.taught_share))
    return changed(recipe, given)


def changed(recipe: Recipe, given: argparse.Namespace) -> Recipe:
    """The recipe with what may be changed on the way."""
    return replace(
        recipe,
        examples=given.examples or recipe.examples,
        stages=given.stages or recipe.stages,
        clicked=recipe.clicked if given.clicked is None else given.clicked,
    )


def split_for(given: argparse.Namespace) -> Split:
    """The split given, or found in the out folder, or made and written there."""
    path: Path = given.split or given.out / "split.json"
    if not path.exists():
        encoder = EfficientEncoder("lite2", inputs=3)
        start(encoder, "lite2", given.weights if given.encoder == "lite2" else None)
        make(given.data, encoder, seed=given.seed).save(path)
    split = Split.load(path)
    SAY.info(
        "%d photos train, %d measure, %d show the followed wound, %d stand apart; "
        "%d photos of other sets are alike to one that does not train",
        *map(len, (split.train, split.validation, split.series, split.apart, split.near_held)),
    )
    return split


def written(checkpoint: Path, network: Path) -> None:
    """Write the averaged network as ONNX, and read it as the program will."""
    from training.outline.export import export

    export(averaged_net(checkpoint), network, size=SIDE_PX)
    SAY.info("%s is the network %s", network, Network(network).version)


def main() -> None:
    """Train to the end or until stopped."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    given = arguments()
    if next(pairs(outlined_in(given.data)), None) is None:
        raise SystemExit(
            f"{given.data} has no images/ with masks/ of the same names: none to learn"
        )
    given.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(given.threads or os.cpu_count() or 1)
    cv2.setNumThreads(1)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    # The sizes change twice a run: the quickest kernels are worth looking for.
    torch.backends.cudnn.benchmark = True
    pace = Pace(
        device=device, workers=given.workers, weights=given.weights, stop_s=given.stop_after
    )
    split = split_for(given)
    pool, kept = gather(given.data, split.all_trains() if given.all else split, taught=given.taught)
    checkpoint = given.out / "checkpoint.pt"
    if given.resume and checkpoint.exists():
        run = resumed(checkpoint, pace)
        run.recipe = changed(run.recipe, given)
    else:
        run = begun(recipe_from(given), pace, first=given.first)
    SAY.info("step %d of %d on %s", run.step, run.recipe.steps, device)
    done = train(run, pool, kept, given.out, pace)
    SAY.info("step %d: %s", run.step, "finished" if done else "stopped, go on with --resume")
    if done:
        written(checkpoint, given.out / NAME)


if __name__ == "__main__":
    main()
