"""How well wounds are outlined: proposed, clicked, quiet where there is none, and how fast.

`python -m benchmarks.outline [DIR] [--split FILE]` measures any folder of `images/` and `masks/`;
without one, the split's validation part of the photo folder, the off-domain set and the photos
without a wound. Photos that the split trains on are never measured. Dice: empty truth and empty
proposal count 1, one-sided empty 0. Clicks are simulated at the centre of the largest error
region (Xu et al., 2016); NoC@90 is the clicks to a Dice of 0.90, at most 10.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np

from benchmarks.outline_classic import attempt, wounds
from benchmarks.photos import photos_of
from benchmarks.table import Row, Skip, markdown
from training.outline.evaluate import GOOD, MOST_CLICKS, Course, course, shown, sight_of
from training.outline.metrics import Scored, mean, mean_wounded, missed, pooled, quiet, scored
from training.outline.pictures import Picture, files, fingerprint, labelled, pairs, without_wound
from training.outline.sets import NEGATIVES
from training.outline.split import Split
from woundtrack.outline.classic import propose_from_box
from woundtrack.outline.clicks import Click
from woundtrack.outline.drawn import outline_of, relative_area_sd
from woundtrack.outline.interactive import corrected, first
from woundtrack.outline.masks import rings_from_mask, smoothed
from woundtrack.outline.network import Network, network
from woundtrack.outline.sight import Sight
from woundtrack.outline.types import Outline
from woundtrack.pipeline import measured
from woundtrack.scale.types import Scale, ScaleMethod, matrix3

TITLE = "Outlines proposed and clicked"
SPLIT = Path(__file__).resolve().parent.parent / "training" / "outline" / "split.json"
SIDE_12_MP = 3464
TIMED = 9
LEAST_MEAN, LEAST_POOLED = 0.83, 0.89
WITHIN_ONE_SD = (0.60, 0.76)
SAME_WOUND = 0.8
PLAIN = Scale(ScaleMethod.TWO_POINTS, matrix3(np.eye(3)), relative_sd=0.0)
"""One px is one mm: areas are compared as parts of each other."""


def chosen(folder: Path, split: Split, *, only: Sequence[str] | None = None) -> list[Picture]:
    """The outlined photos of a folder that are not trained on, or those of `only` among them."""
    trained = set(split.train)
    found = []
    for image, mask in pairs(folder):
        name = fingerprint(image)
        if name not in trained and (only is None or name in only):
            found.append(labelled(image, mask))
    return found


def clicked(net: Network, pictures: Sequence[Picture]) -> list[Course]:
    """Each photo proposed and clicked."""
    return [course(net, picture) for picture in pictures]


def proposal_rows(name: str, courses: Sequence[Course], *, bars: bool) -> list[Row]:
    """First proposals and what clicks make of them."""
    begun = [one.after(0) for one in courses]
    reached = [one.clicks_to(GOOD) for one in courses]
    needed = float(np.mean([MOST_CLICKS if c is None else c for c in reached]))
    one, three = (mean([each.after(clicks) for each in courses]) for clicks in (1, 3))
    first_mean, first_pooled = mean(begun), pooled(begun)
    spread = (
        f"{len(courses)} photos, wounded alone {mean_wounded(begun):.3f}, missed {missed(begun)}"
    )
    never = f"{reached.count(None)} never in {MOST_CLICKS} clicks"

    def row(what: str, figure: float, bar: str, met: bool, spread: str = "") -> Row:
        told = (bar, met) if bars else ("", None)
        return Row(f"{name}: {what}", figure, "", spread, *told)

    return [
        row("mean Dice", first_mean, "≥ 0.83, goal 0.86", first_mean >= LEAST_MEAN, spread),
        row("pooled Dice", first_pooled, "≥ 0.89, goal 0.91", first_pooled >= LEAST_POOLED),
        row("mean Dice after 1 click", one, "≥ 0.90", one >= 0.90),
        row("mean Dice after 3 clicks", three, "≥ 0.94", three >= 0.94),
        row("clicks to 0.90, mean", needed, "≤ 2.5", needed <= 2.5, never),
    ]


def band_rows(net: Network, pictures: Sequence[Picture]) -> list[Row]:
    """How often the true area lies within one sd of the proposed one.

    Told of every second photo: on the others the sd was settled.
    """
    off: tuple[list[float], list[float]] = ([], [])
    for number, picture in enumerate(pictures):
        sight, truth = sight_of(picture), picture.mask > 127
        found = first(net, sight)
        drawn = int(shown(sight, found, truth).sum())
        if drawn and truth.any():
            sds = (drawn - int(truth.sum())) / drawn / relative_area_sd(sight, found)
            off[number % 2].append(abs(sds))
    settled, told = (np.array(half) for half in off)
    if not (len(settled) and len(told)):
        return []
    within = float((told <= 1).mean())
    spread = (
        f"{len(told)} photos, within 2 sd {(told <= 2).mean():.2f}; on the other half "
        f"68 % are within {np.quantile(settled, 0.68):.2f} sd"
    )
    met = WITHIN_ONE_SD[0] <= within <= WITHIN_ONE_SD[1]
    return [Row("true area within 1 sd of the proposed", within, "", spread, "0.60 to 0.76", met)]


def edge_rows(net: Network, pictures: Sequence[Picture]) -> list[Row]:
    """How often two outlines of one wound differ by no more than the doubt of both.

    The annotator's and the network's, where they mean the same wound (Dice 0.8): each is doubted
    as if a person had drawn it, by its edge's sharpness.
    """
    off = []
    for picture in pictures:
        sight, truth = sight_of(picture), picture.mask > 127
        seen = shown(sight, first(net, sight), truth)
        if not truth.any() or scored(picture.name, seen, truth).dice < SAME_WOUND:
            continue
        pixels = np.ascontiguousarray(picture.colours[..., ::-1])
        rings = [Outline(smoothed(rings_from_mask(mask))) for mask in (truth, seen)]
        areas = [measured(pixels, outline, PLAIN) for outline in rings]
        apart = abs(areas[0].area_cm2 - areas[1].area_cm2)
        off.append(apart / np.hypot(areas[0].area_cm2_sd, areas[1].area_cm2_sd))
    if not off:
        return []
    told = np.array(off)
    spread = f"{len(told)} photos, within 2 sd {(told <= 2).mean():.2f}"
    within = float((told <= 1).mean())
    return [Row("two outlines within 1 sd of their edges' sharpness", within, "", spread)]


def quiet_rows(net: Network, data: Path) -> list[Row]:
    """How many photos without a wound stay without; every second one trains."""
    rows = []
    for folder in NEGATIVES:
        # As in `training.outline.sets.gather`, which counts through all folders.
        paths = [path for each in NEGATIVES for path in files(data / each)][1::2]
        found = []
        for path in (each for each in paths if each.parent == data / folder):
            picture = without_wound(path)
            sight, truth = sight_of(picture), picture.mask > 127
            found.append(scored(picture.name, shown(sight, first(net, sight), truth), truth))
        rows.append(_quiet_row(f"nothing proposed in {folder}", found))
    return rows


def _quiet_row(name: str, found: Sequence[Scored]) -> Row:
    part = quiet(found)
    return Row(name, part, "", f"{len(found)} photos not trained on", "≥ 0.97", part >= 0.97)


def box_rows(pictures: Sequence[Picture]) -> list[Row]:
    """Without the network: one loose box a wound."""
    random = np.random.default_rng(11)
    dices: list[float] = []
    asked = 0
    for picture in pictures:
        pixels = np.ascontiguousarray(picture.colours[..., ::-1])
        for case in wounds(picture.name, pixels, picture.mask > 127, random):
            asked += 1
            dices += attempt(lambda c=case: propose_from_box(c.pixels, c.box_px), case.truth)
    spread = f"median {np.median(dices):.3f}, {len(dices)} of {asked} wounds answered"
    return [Row("without the network, one loose box: mean Dice", float(np.mean(dices)), "", spread)]


def time_rows(net: Network, picture: Picture) -> list[Row]:
    """One proposal and one further click on the photo enlarged to 12 megapixels."""
    pixels = np.ascontiguousarray(picture.colours[..., ::-1])
    large = cv2.resize(pixels, (SIDE_12_MP, SIDE_12_MP), interpolation=cv2.INTER_CUBIC)
    data = cv2.imencode(".jpg", large, [cv2.IMWRITE_JPEG_QUALITY, 92])[1]
    sight = Sight.of(large)
    begun = first(net, sight)
    left, top, *_ = cv2.boundingRect(picture.mask)
    factor = SIDE_12_MP / np.array(picture.mask.shape[::-1])
    click = Click(left * factor[0], top * factor[1], positive=False)

    def proposed() -> None:
        now = Sight.of(large)
        found = first(net, now)
        outline_of(now, found)
        relative_area_sd(now, found)

    def further() -> None:
        found = corrected(net, sight, begun, click)
        outline_of(sight, found)
        relative_area_sd(sight, found)

    jobs: dict[str, Callable[[], object]] = {
        "decode": lambda: cv2.imdecode(data, cv2.IMREAD_COLOR),
        "one proposal, 12 MP": proposed,
        "a further click, 12 MP": further,
    }
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(TIMED):
        for name, job in jobs.items():
            start = time.perf_counter()
            job()
            taken[name].append(1000 * (time.perf_counter() - start))
    floor = float(np.median(taken["decode"]))
    rows = []
    for name, bar_ms in (("one proposal, 12 MP", 400), ("a further click, 12 MP", 150)):
        ms = float(np.median(taken[name]))
        spread = f"{min(taken[name]):.0f} to {max(taken[name]):.0f} ms, {ms / floor:.1f} × imdecode"
        rows.append(Row(name, ms, "ms", spread, f"≤ {bar_ms} ms", ms <= bar_ms))
    return rows


def folder_rows(folder: Path, split: Split) -> list[Row]:
    """Everything that can be told of one folder of `images/` and `masks/`."""
    pictures = chosen(folder, split)
    if not pictures:
        raise Skip("no photos with masks that are not trained on")
    net = network()
    rows = box_rows(pictures)
    if net is None:
        return rows
    drawn = proposal_rows(folder.name, clicked(net, pictures), bars=True)
    doubts = [*band_rows(net, pictures), *edge_rows(net, pictures)]
    return [*drawn, *doubts, *time_rows(net, _typical(pictures)), *rows]


def run(split_file: Path = SPLIT) -> list[Row]:
    """The table's rows; Skip where the photos are not here."""
    outlines = photos_of("outlines")
    split = Split.load(split_file)
    ours = chosen(outlines / "fuseg", split, only=split.validation)
    net = network()
    if net is None:
        return box_rows(ours)
    validation = clicked(net, ours)
    others = clicked(net, chosen(outlines / "medetec", split))
    below = mean([one.after(0) for one in validation]) - mean([one.after(0) for one in others])
    return [
        *proposal_rows("validation", validation, bars=True),
        *proposal_rows("medetec", others, bars=False),
        Row("medetec below validation, mean Dice", below, "", "", "≤ 0.12", below <= 0.12),
        *quiet_rows(net, outlines.parent),
        *band_rows(net, ours),
        *edge_rows(net, ours),
        *time_rows(net, _typical(ours)),
        *box_rows(ours),
    ]


def _typical(pictures: Sequence[Picture]) -> Picture:
    """The photo whose wound is of median size."""
    wounded = [picture for picture in pictures if picture.mask.any()]
    return sorted(wounded, key=lambda picture: int(picture.mask.sum()))[len(wounded) // 2]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--split", type=Path, default=SPLIT)
    given = parser.parse_args()
    split = Split.load(given.split)
    print(markdown(folder_rows(given.folder, split) if given.folder else run(given.split)))
