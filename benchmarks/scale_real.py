"""The ruler reading on photos from elsewhere: phantoms, real rulers, wounds without a ruler.

They are read from WOUNDTRACK_DATA.
"""

import csv
import json
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import cv2
import numpy as np

from benchmarks.photos import photos_folder
from benchmarks.scale_outcome import Outcome, measured, shares
from benchmarks.table import Row
from woundtrack.errors import ScaleError, WoundtrackError
from woundtrack.photo.read import decode_photo, read_photo
from woundtrack.scale.ruler import find_ruler

PAIR_BAR = 0.005
TRUSTED = 0.003
"""Real photos whose truth is known to this part are held to the bar."""
SPEED_BAR = 5.0
SPEED_ROUNDS = 5
NEGATIVES = ("crops", "outlines/medetec")


def real_rows() -> list[Row]:
    """The rows of all photos from elsewhere, or one that says that they are not here."""
    root = photos_folder()
    if not root.is_dir():
        return [Row("photos from elsewhere", 0.0, spread="not here: set WOUNDTRACK_DATA")]
    return [
        *_phantom_rows(root / "phantoms"),
        *_pair_rows(root / "rulers"),
        _negative_row(root),
        *_speed_rows(root / "phantoms"),
    ]


def _phantom_rows(root: Path) -> list[Row]:
    got = []
    for path in sorted(root.glob("*.jpg")):
        photo, pixels = read_photo(path)
        truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        outline = np.array(truth["outline"])
        got.append(measured(path.stem, pixels, photo, outline, truth["area_mm2"]))
    errors = np.array([abs(each.error) for each in got if each.error is not None])
    if not len(errors):
        return [Row("phantoms read", 0.0)]
    one, two = shares(got)
    refused = ", ".join(f"{each.name} {each.refused}" for each in got if not each.read)
    return [
        Row(
            f"phantoms ({len(errors)} of {len(got)} read): area error",
            100 * float(np.median(errors)),
            "%",
            f"largest {100 * errors.max():.2f} %; within 1 sd {100 * one:.0f} %, 2 sd "
            f"{100 * two:.0f} %{'; ' + refused if refused else ''}",
            "≤ 0.5 %, none > 5 %",
            bool(np.median(errors) <= 0.005 and errors.max() <= 0.05),
        )
    ]


def pairs(root: Path) -> Iterator[tuple[Outcome, str]]:
    """Each photo of the truth table (length error) with its truth's own doubt, as written there.

    Points are in stored px: those of photos turned by their EXIF only hold before the turn.
    """
    with (root / "truth.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            name = Path(line["file"]).stem
            try:
                photo, pixels = read_photo(root / line["file"])
                scale = find_ruler(pixels, photo)
            except WoundtrackError as error:
                yield Outcome(name, refused=error.code), line["uncertainty"]
                continue
            ends = [[float(line["x1"]), float(line["y1"])], [float(line["x2"]), float(line["y2"])]]
            places = scale.to_mm(ends)
            off = float(np.hypot(*(places[1] - places[0]))) / float(line["mm"]) - 1
            yield Outcome(name, error=off, relative_sd=scale.relative_sd), line["uncertainty"]


def _pair_rows(root: Path) -> list[Row]:
    rows, refused = [], []
    for outcome, told in pairs(root):
        if outcome.error is None:
            refused.append(f"{outcome.name} {outcome.refused.removeprefix('scale.')}")
            continue
        doubt = float(told.split("%")[0]) / 100 if "%" in told else float("inf")
        trusted = doubt <= TRUSTED + 1e-9
        rows.append(
            Row(
                f"real {outcome.name}: length error",
                100 * outcome.error,
                "%",
                f"sd {100 * outcome.relative_sd:.2f} %, truth {told}",
                "≤ 0.5 % + truth" if trusted else "",
                abs(outcome.error) <= PAIR_BAR + doubt if trusted else None,
            )
        )
    return [*rows, Row("real photos refused", float(len(refused)), "", ", ".join(refused))]


def _negative_row(root: Path) -> Row:
    """Photos of wounds and skin without a ruler."""
    paths = [
        path
        for part in NEGATIVES
        for path in sorted((root / part).rglob("*"))
        if path.suffix in {".jpg", ".png"} and "mask" not in path.stem
    ]
    found = []
    for path in paths:
        try:
            photo, pixels = read_photo(path)
            find_ruler(pixels, photo)
        except WoundtrackError:
            continue
        found.append(path.stem)
    name = f"rulers found in {len(paths)} real photos without one"
    return Row(name, float(len(found)), "", ", ".join(found), "0", not found)


def _speed_rows(root: Path) -> list[Row]:
    """This stage alone against the decoding, by turns, from the second photo on."""
    threads = cv2.getNumThreads()
    rows = []
    try:
        for count in (threads, 1):
            cv2.setNumThreads(count)
            ratios = [ratio for path in sorted(root.glob("*.jpg"))[1:] if (ratio := _ratio(path))]
            middle = float(np.median(ratios)) if ratios else float("inf")
            spread = f"{min(ratios):.1f}–{max(ratios):.1f}" if ratios else ""
            main = count == threads
            rows.append(
                Row(
                    f"time over the JPEG's decoding, {count} threads",
                    middle,
                    "×",
                    spread,
                    "≤ 5 ×" if main else "",
                    middle <= SPEED_BAR if main else None,
                )
            )
    finally:
        cv2.setNumThreads(threads)
    return rows


def _ratio(path: Path) -> float:
    data = path.read_bytes()
    photo, pixels = decode_photo(data)
    code = np.frombuffer(data, np.uint8)
    floors, times = [], []
    for _ in range(SPEED_ROUNDS):
        start = time.perf_counter()
        cv2.imdecode(code, cv2.IMREAD_COLOR)
        middle = time.perf_counter()
        with suppress(ScaleError):
            find_ruler(pixels, photo)
        times.append(time.perf_counter() - middle)
        floors.append(middle - start)
    return float(np.median(times)) / float(np.median(floors))
