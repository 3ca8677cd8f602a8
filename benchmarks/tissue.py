"""How far the fractions of tissues are off, on crops that the network did not learn from.

The 93 labelled crops are dealt into five folds (`training/tissue/folds.json`): groups of alike
crops, the unlabelled ones joining what lies between, stay together, so that no patient is on both
sides as far as pictures tell. Five networks of one recipe, each made without one fold, answer for
it; `WOUNDTRACK_TISSUE_FOLDS` names their folder (`python -m training.tissue` writes them). The
installed network learned from all and is measured on none.

"With callus" takes all that is labelled as the outline, "bed" fibrin and granulation alone, as a
nurse's outline does. Pooled figures weigh crops by their pixels. The light: a card and a ruler
are rendered under known casts, and how far skin and wound stay from what they are without one is
said in CIE ΔE 2000 at equal lightness.
"""

import os
import time
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from benchmarks.photos import photos_of
from benchmarks.table import Row, Skip
from benchmarks.tissue_light import light_rows
from training.tissue.crops import FOLDS, read, stored_folds
from training.tissue.measure import LEARNED, Answer, answers, mean_error
from woundtrack.instruments.bwat import BWAT
from woundtrack.outline.tissue.bwat import GRANULATION, NECROSIS_AMOUNT, bwat_proposals
from woundtrack.outline.tissue.light import light_of
from woundtrack.outline.tissue.network import TissueNetwork
from woundtrack.outline.tissue.propose import propose_tissue
from woundtrack.outline.tissue.types import Tissue
from woundtrack.outline.types import Outline

TITLE = "Tissues of the wound bed"
BAR = 0.10
BEST_KNOWN = {Tissue.SLOUGH: 14.3, Tissue.GRANULATION: 14.3, Tissue.CALLUS: 8.8}
TIMED = 7
SCORES = {
    "necrosis_amount": (Tissue.SLOUGH, NECROSIS_AMOUNT),
    "granulation": (Tissue.GRANULATION, GRANULATION),
}


def run() -> list[Row]:
    """All rows; a Skip where crops or the folds' networks are absent."""
    rows = light_rows()
    data = photos_of("tissue").parent
    folder = Path(os.environ.get("WOUNDTRACK_TISSUE_FOLDS", "."))
    paths = [folder / f"fold_{number}.onnx" for number in range(FOLDS)]
    if not all(path.is_file() for path in paths):
        raise Skip("no networks of the folds: set WOUNDTRACK_TISSUE_FOLDS to their folder")
    crops, folds = read(data), stored_folds()
    for bed in (False, True):
        found = answers(crops, folds, paths, bed=bed)
        rows += error_rows("bed" if bed else "with callus", found)
        if bed:
            rows += bwat_rows(found)
    return [*rows, *time_rows(paths[0])]


def error_rows(name: str, found: Sequence[Answer]) -> list[Row]:
    """Mean absolute error by class, together, and pooled over pixels, in points."""
    off = np.abs([each.error for each in found])
    size = np.array([each.size_px for each in found], np.float64)
    pooled = (off * size[:, None]).sum(axis=0) / size.sum()
    learned = [place for place in range(len(LEARNED)) if off[:, place].any()]
    rows = []
    for place in learned:
        tissue = LEARNED[place]
        low, high = np.quantile(off[:, place], [0.5, 0.9]) * 100
        known = f", best known {BEST_KNOWN[tissue]}" if name == "with callus" else ""
        rows.append(
            Row(
                f"{name}: {tissue.name.lower()}, mean absolute error",
                float(off[:, place].mean() * 100),
                "points",
                f"median {low:.1f}, 90 % under {high:.1f}, pooled {pooled[place] * 100:.1f}, "
                f"{len(found)} crops{known}",
                "≤ 10",
                bool(off[:, place].mean() <= BAR),
            )
        )
    both = float(mean_error(found)[learned].mean())
    spread = f"pooled {pooled[learned].mean() * 100:.1f}"
    rows.append(Row(f"{name}: all classes", both * 100, "points", spread, "≤ 10", both <= BAR))
    return rows


def bwat_rows(found: Sequence[Answer]) -> list[Row]:
    """Of the levels proposed from the amount, how many are those of the labels."""
    rows = []
    for item, (tissue, bands) in SCORES.items():
        right = []
        for each in found:
            (proposal,) = (p for p in bwat_proposals(each.parts) if p.item == item)
            if proposal.score is None:
                continue
            true = each.truth[LEARNED.index(tissue)]
            right.append(any(s == proposal.score and a <= true <= b for s, a, b in bands))
        number = 1 + [known.key for known in BWAT.items].index(item)
        part = float(np.mean(right)) if right else 0.0
        rows.append(
            Row(
                f"BWAT item {number}: proposed levels right",
                part * 100,
                "%",
                f"{len(right)} of {len(found)} beds got a proposal",
            )
        )
    return rows


def time_rows(path: Path) -> list[Row]:
    """One proposal on a 12-megapixel photo, beside its decoding."""
    photo = cv2.GaussianBlur(
        np.random.default_rng(3).integers(0, 255, (3000, 4000, 3), np.uint8), (0, 0), 5
    )
    stored = cv2.imencode(".jpg", photo)[1]
    ring = tuple((2000 + 500 * np.cos(a), 1500 + 400 * np.sin(a)) for a in np.arange(0, 6.28, 0.05))
    outline, network = Outline((ring,)), TissueNetwork(path)
    times: list[list[float]] = [[], []]
    for _ in range(TIMED):
        start = time.perf_counter()
        pixels = np.asarray(cv2.imdecode(stored, cv2.IMREAD_COLOR), np.uint8)
        middle = time.perf_counter()
        propose_tissue(pixels, outline, correction=light_of(pixels, None), network=network)
        times[0].append(middle - start)
        times[1].append(time.perf_counter() - middle)
    decode, propose = (float(np.median(each)) for each in times)
    return [Row("one proposal, 12 MP", propose * 1000, "ms", f"{propose / decode:.1f} × decoding")]
