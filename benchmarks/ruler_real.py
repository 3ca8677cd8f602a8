"""The ruler reading on photos of known truth: rendered ones, phantoms, and real rulers.

Run: python -m benchmarks.ruler_real. Phantoms and real photos are read from WOUNDTRACK_DATA;
where they are absent only rendered scenes run.
"""

import csv
import json
import os
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from benchmarks.ruler_scenes import polygon_area, render
from benchmarks.table import Row, markdown
from woundtrack.errors import ScaleError, WoundtrackError
from woundtrack.photo.read import decode_photo, read_photo
from woundtrack.photo.types import Photo, Pixels
from woundtrack.scale.ruler import find_ruler
from woundtrack.scale.types import Scale

TITLE = "Ruler reading"
SCENES, FIRST_SEED = 96, 10_000
MEDIAN_BAR, P95_BAR, WRONG = 0.005, 0.02, 0.05
PAIR_BAR = 0.005
TRUSTED = 0.3
"""Real photos whose truth is known to this per cent are held to the bar."""
SPEED_BAR = 5.0
NEGATIVES = ("crops", "outlines/medetec")
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Outcome:
    """One photo: relative error (None where refused), the doubt told, the reason of refusal."""

    name: str
    error: float | None
    relative_sd: float = 0.0
    refused: str = ""


def run() -> list[Row]:
    """All tables' rows."""
    rows = _area_rows("rendered scenes", _scenes())
    folder = Path(os.environ.get("WOUNDTRACK_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        where = "not here: set WOUNDTRACK_DATA to their folder"
        rows.append(Row("phantoms and real photos tried", 0.0, spread=where))
        return rows
    rows += _area_rows("phantoms", _phantoms(folder / "phantoms"))
    rows += _pair_rows(_pairs(folder / "rulers"))
    rows.append(_negative_row(folder))
    rows.append(_speed_row(folder / "phantoms"))
    return rows


def _scenes() -> list[Outcome]:
    outcomes = []
    for seed in range(FIRST_SEED, FIRST_SEED + SCENES):
        scene = render(seed, max_tilt_deg=22.0)
        if scene.design.readable:
            name = f"{seed} {scene.design.name}"
            outcomes.append(
                _area(name, scene.pixels, scene.photo, scene.outline_px, scene.area_mm2)
            )
    return outcomes


def _phantoms(folder: Path) -> list[Outcome]:
    outcomes = []
    for path in sorted(folder.glob("*.jpg")):
        photo, pixels = read_photo(path)
        truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        outline = np.array(truth["outline"])
        outcomes.append(_area(path.stem, pixels, photo, outline, truth["area_mm2"]))
    return outcomes


def _area(name: str, pixels: Pixels, photo: Photo, outline_px: np.ndarray, mm2: float) -> Outcome:
    try:
        scale = find_ruler(pixels, photo)
    except ScaleError as error:
        return Outcome(name, None, refused=error.code)
    x, y = outline_px.mean(axis=0)
    doubt = 2 * scale.relative_sd_at((float(x), float(y)))
    return Outcome(name, polygon_area(scale.to_mm(outline_px)) / mm2 - 1, doubt)


def _area_rows(kind: str, outcomes: list[Outcome]) -> list[Row]:
    read = [each for each in outcomes if each.error is not None]
    if not read:
        return [Row(f"{kind}: none read", float(len(outcomes)))]
    errors = np.abs([each.error for each in read])
    doubts = np.array([each.relative_sd for each in read])
    median, p95 = float(np.median(errors)), float(np.percentile(errors, 95))
    wrong = [each.name for each in read if abs(each.error or 0.0) > WRONG]
    refused = len(outcomes) - len(read)
    reasons = ", ".join(f"{code} {n}" for code, n in _reasons(outcomes))
    return [
        Row(f"{kind} ({len(read)}): area error", 100 * median, "%", bar="≤ 0.5 %",
            met=median <= MEDIAN_BAR),
        Row(f"{kind}: area error, 95th percentile", 100 * p95, "%",
            f"largest {100 * errors.max():.2f} %", "≤ 2 %", p95 <= P95_BAR),
        Row(f"{kind}: wrong by more than 5 % and not refused", float(len(wrong)), "",
            ", ".join(wrong), "0", not wrong),
        Row(f"{kind}: readable but refused", 100 * refused / len(outcomes), "%", reasons, "≤ 5 %",
            refused <= 0.05 * len(outcomes)),
        Row(f"{kind}: truth within 1 sd", 100 * float(np.mean(errors < doubts)), "%",
            f"within 2 sd {100 * float(np.mean(errors < 2 * doubts)):.0f} %"),
    ]  # fmt: skip


def _reasons(outcomes: list[Outcome]) -> list[tuple[str, int]]:
    return Counter(each.refused for each in outcomes if each.refused).most_common()


def _pairs(folder: Path) -> list[tuple[Outcome, str]]:
    """Each photo of the truth table with its truth's own doubt, as written there."""
    outcomes = []
    with (folder / "truth.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            name = Path(line["file"]).stem
            outcome = Outcome(name, None, refused="scale.not_tried")
            try:
                photo, pixels = read_photo(folder / line["file"])
                outcome = _distance(name, find_ruler(pixels, photo), line)
            except WoundtrackError as error:
                outcome = Outcome(name, None, refused=error.code)
            outcomes.append((outcome, line["uncertainty"]))
    return outcomes


def _distance(name: str, scale: Scale, line: dict[str, str]) -> Outcome:
    """The distance of the two truth points against its mm (photos given in stored px, unturned)."""
    ends = [[float(line["x1"]), float(line["y1"])], [float(line["x2"]), float(line["y2"])]]
    places = scale.to_mm(ends)
    length = float(np.hypot(*(places[1] - places[0])))
    return Outcome(name, length / float(line["mm"]) - 1, scale.relative_sd)


def _pair_rows(outcomes: list[tuple[Outcome, str]]) -> list[Row]:
    rows = []
    for outcome, truth in outcomes:
        if outcome.error is None:
            continue
        number = truth.split("%")[0]
        doubt = float(number) / 100 if "%" in truth else float("inf")
        trusted = doubt <= TRUSTED / 100 + 1e-9
        rows.append(
            Row(
                f"real ruler {outcome.name}: length error",
                100 * outcome.error,
                "%",
                f"sd told {100 * outcome.relative_sd:.2f} %, truth {truth}",
                "≤ 0.5 % + truth" if trusted else "",
                abs(outcome.error) <= PAIR_BAR + doubt if trusted else None,
            )
        )
    refused = [each for each, _ in outcomes if each.error is None]
    reasons = ", ".join(f"{code} {n}" for code, n in _reasons(refused))
    rows.append(Row("real photos refused", float(len(refused)), "", reasons))
    return rows


def _negative_row(folder: Path) -> Row:
    """Photos of wounds and skin without a ruler."""
    paths = [path for part in NEGATIVES for path in sorted((folder / part).rglob("*.jpg"))]
    paths += [path for part in NEGATIVES for path in sorted((folder / part).rglob("*.png"))]
    found = []
    for path in paths:
        try:
            photo, pixels = read_photo(path)
            find_ruler(pixels, photo)
        except WoundtrackError:
            continue
        found.append(path.stem)
    return Row(
        f"rulers found in {len(paths)} photos without one", float(len(found)), "",
        ", ".join(found), "0", not found,
    )  # fmt: skip


def _speed_row(folder: Path) -> Row:
    """This stage alone against the decoding, each photo after a first one, in turn."""
    ratios = []
    for path in sorted(folder.glob("*.jpg")):
        data = path.read_bytes()
        photo, pixels = decode_photo(data)
        code = np.frombuffer(data, np.uint8)
        floors, times = [], []
        for _ in range(3):
            start = time.perf_counter()
            cv2.imdecode(code, cv2.IMREAD_COLOR)
            middle = time.perf_counter()
            try:
                find_ruler(pixels, photo)
            except ScaleError:
                continue
            times.append(time.perf_counter() - middle)
            floors.append(middle - start)
        if times:
            ratios.append(float(np.median(times)) / float(np.median(floors)))
    return Row(
        "time over the JPEG's decoding", float(np.median(ratios)), "×",
        f"{min(ratios):.0f}–{max(ratios):.0f}", "≤ 5 ×", float(np.median(ratios)) <= SPEED_BAR,
    )  # fmt: skip


if __name__ == "__main__":
    print(markdown(run()))
