"""How surely codes and writing in a photo are masked, and how little else is.

A label counts as covered where all of its ink lies under masks. What the program proposes is
measured: a person looks at every picture before it leaves.
"""

import statistics
import time

import numpy as np

from benchmarks.deidentify_scenes import KINDS, SIZE_PX, Label, Scene, scene
from benchmarks.photos import photos_of
from benchmarks.table import Row, Skip
from woundtrack.deidentify.crop import proposed_crop
from woundtrack.deidentify.masks import proposed_masks
from woundtrack.deidentify.picture import paint_masks
from woundtrack.deidentify.types import Crop, Mask
from woundtrack.outline.masks import rings_from_mask
from woundtrack.outline.types import Outline
from woundtrack.photo.read import read_photo

TITLE = "De-identified pictures: what is masked"
SCENES = 60
PLAIN = 20
EVERY = 10
"""Of the real photos each tenth is looked at."""
A_PICTURE = 3
LEGIBLE = 8.0
"""Levels between ink and ground below which nobody reads a label; it is not counted."""
WHOLE = 0.995
"""Of a label's ink so much is all of it: single px at its rim are not."""
WHOLE_CROP = Crop(0, 0, *SIZE_PX)


def run() -> list[Row]:
    """Labels of every kind, then photos without any."""
    import cv2

    cv2.setNumThreads(1)
    kinds = list(KINDS)
    covered: dict[str, list[float]] = {kind: [] for kind in kinds}
    elsewhere, on_wound, seconds = [], [], []
    for seed in range(SCENES):
        three = tuple(kinds[(seed * A_PICTURE + place) % len(kinds)] for place in range(A_PICTURE))
        made = scene(seed, kinds=three)
        hidden, took = _hidden(made)
        seconds.append(took)
        about = np.zeros_like(hidden)
        for label in made.labels:
            if _contrast(made, label) < LEGIBLE:
                continue
            covered[label.kind].append(float(hidden[label.ink].mean()))
            reach = max(9, round(2.5 * label.caps_px)) | 1
            about |= cv2.dilate(label.ink.astype(np.uint8), np.ones((reach, reach))) > 0
        elsewhere.append(float((hidden & ~about).mean()))
        on_wound.append(_on_wound(hidden, made))
    for seed in range(PLAIN):
        made = scene(1000 + seed)
        hidden, _took = _hidden(made)
        elsewhere.append(float(hidden.mean()))
        on_wound.append(_on_wound(hidden, made))
    return [*_rows(covered, elsewhere, on_wound, seconds), *_real()]


def _real() -> list[Row]:
    """Of photos of foot ulcers, cropped as proposed, the part that is masked; without them none."""
    import cv2

    try:
        folder = photos_of("outlines/fuseg")
    except Skip:
        return []
    hidden = []
    for path in sorted((folder / "images").iterdir())[::EVERY]:
        mask = cv2.imread(str(folder / "masks" / f"{path.stem}.png"), cv2.IMREAD_GRAYSCALE)
        rings = rings_from_mask(mask > 127) if mask.any() else ()
        pixels = read_photo(path)[1]
        crop = proposed_crop((pixels.shape[1], pixels.shape[0]), [Outline(rings)], None)
        if crop is None:
            continue
        masks = proposed_masks(pixels, crop=crop, outlines=[Outline(rings)], scale=None)
        cover = np.zeros_like(pixels)
        paint_masks(cover, masks)
        part = cover[crop.top_px : crop.bottom_px, crop.left_px : crop.right_px, 0] > 0
        hidden.append(float(part.mean()))
    spread = f"median {100 * statistics.median(hidden):.1f}, n = {len(hidden)}"
    name = "foot ulcers (fuseg), cropped as proposed: masked (mean)"
    return [Row(name, 100 * float(np.mean(hidden)), "%", spread)]


def _rows(
    covered: dict[str, list[float]],
    elsewhere: list[float],
    on_wound: list[float],
    seconds: list[float],
) -> list[Row]:
    every = [part for parts in covered.values() for part in parts]
    whole = 100 * float(np.mean([part >= WHOLE for part in every]))
    rows = [
        Row("labels wholly masked", whole, "%", f"of {len(every)}", "≥ 99 %", whole >= 99),
        Row("labels' ink masked", 100 * float(np.mean(every)), "%"),
        Row("labels of which nothing is masked", float(sum(part == 0 for part in every)), "", "",
            "0", all(part > 0 for part in every)),
    ]  # fmt: skip
    for kind, parts in covered.items():
        share = 100 * float(np.mean([part >= WHOLE for part in parts]))
        least = f"least ink masked {100 * min(parts):.0f} %, n = {len(parts)}"
        rows.append(Row(f"· {kind}: wholly masked", share, "%", least))
    most = max(on_wound)
    rows.append(Row("wound that a mask hides, at most", 100 * most, "%", "", "0", most == 0))
    rows.append(Row("picture masked where no label is (mean)", 100 * float(np.mean(elsewhere)), "%",
                    f"at most {100 * max(elsewhere):.1f}"))  # fmt: skip
    rows.append(Row("masks proposed for 1.2 MP", statistics.median(seconds), "s",
                    f"at most {max(seconds):.2f}"))  # fmt: skip
    return rows


def _hidden(made: Scene) -> tuple[np.ndarray, float]:
    start = time.perf_counter()
    masks = proposed_masks(made.pixels, crop=WHOLE_CROP, outlines=(made.wound,), scale=None)
    took = time.perf_counter() - start
    return _under(masks), took


def _under(masks: tuple[Mask, ...]) -> np.ndarray:
    cover = np.zeros((SIZE_PX[1], SIZE_PX[0], 3), np.uint8)
    paint_masks(cover, masks)
    return cover[..., 0] > 0


def _contrast(made: Scene, label: Label) -> float:
    """Between a label's ink and what lies right around it, of the 255 levels of a colour."""
    import cv2

    ink = label.ink.astype(np.uint8)
    around = (cv2.dilate(ink, np.ones((9, 9))) - ink) > 0
    return float(np.abs(made.pixels[label.ink].mean(0) - made.pixels[around].mean(0)).max())


def _on_wound(hidden: np.ndarray, made: Scene) -> float:
    """Of the wound's inside, its very rim left out, the part that is hidden."""
    import cv2

    inside = np.zeros(hidden.shape, np.uint8)
    cv2.fillPoly(inside, [np.round(made.wound.rings[0]).astype(np.int32)], 1)
    inside = cv2.erode(inside, np.ones((9, 9)))
    return float(hidden[inside > 0].mean())
