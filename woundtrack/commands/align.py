"""`woundtrack align`: how a later photo of a wound lies on an earlier one, or why not."""

import argparse
import json
import math
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from woundtrack import words
from woundtrack.align.marks import View
from woundtrack.align.points import Pair, aligned_by_points
from woundtrack.align.register import aligned
from woundtrack.align.types import Alignment, AlignMethod, Bend
from woundtrack.commands.measure import outline_wish
from woundtrack.errors import AlignError, OutlineError, WoundtrackError
from woundtrack.explain import explain
from woundtrack.outline.types import Outline
from woundtrack.pipeline import OutlineWish
from woundtrack.words import _, ngettext

ALIGNED, WRONG_USAGE, REFUSED = 0, 2, 3
MIDDLE = 0.3
"""Where no wound is known, it is taken to fill this part of the photo's sides, in the middle."""


@dataclass(frozen=True, slots=True)
class Told:
    """What came of two photos."""

    alignment: Alignment | None = None
    wound: Outline | None = None
    """Whose margin it was judged at; None where that was the photo's middle."""
    refused: WoundtrackError | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `align` takes."""
    parser.add_argument("earlier", metavar="A", type=Path)
    parser.add_argument("later", metavar="B", type=Path)
    parser.add_argument(
        "--points",
        nargs="+",
        type=_pair,
        default=[],
        metavar="x,y=x,y",
        help=_("pairs of points that are one place of the skin, in pixels of A and of B"),
    )
    for name, photo in (("--outline", "A"), ("--later-outline", "B")):
        parser.add_argument(
            name,
            default="auto",
            metavar="auto|none|FILE.json",
            help=_("where the outline in {photo} comes from (default: auto)").format(photo=photo),
        )
    parser.add_argument("--json", action="store_true", help=_("one JSON object a line"))


def run(arguments: argparse.Namespace) -> int:
    """Align and print; a refusal is told in a sentence, or as `refused` in the JSON."""
    start = time.perf_counter()
    try:
        wishes = outline_wish(arguments.outline), outline_wish(arguments.later_outline)
    except WoundtrackError as error:
        print(explain(error), file=sys.stderr)
        return WRONG_USAGE
    try:
        told = _aligned(arguments.earlier, arguments.later, arguments.points, wishes)
    except WoundtrackError as error:
        if not arguments.json:
            raise
        told = Told(refused=error)
    if arguments.json:
        seconds = time.perf_counter() - start
        print(json.dumps(as_json(arguments.earlier, arguments.later, told, seconds=seconds)))
    elif told.alignment is not None:
        print(_lines(told.alignment, told.wound is not None))
    return REFUSED if told.refused else ALIGNED


def as_json(earlier: Path, later: Path, told: Told, *, seconds: float) -> dict[str, object]:
    """The stable contract of `--json`: these keys, in this order."""
    found, refused = told.alignment, told.refused
    return {
        "earlier": str(earlier),
        "later": str(later),
        "method": str(found.method) if found else None,
        "homography": [list(row) for row in found.homography] if found else None,
        "bend": _bend_json(found.bend) if found and found.bend else None,
        "residual_mm": _rounded(found.residual_mm) if found else None,
        "residual_px": _rounded(found.residual_px) if found else None,
        "margin_mm": _rounded(found.margin_mm) if found else None,
        "margin_px": _rounded(found.margin_px) if found else None,
        "homography_off_mm": _rounded(found.homography_off_mm) if found else None,
        "homography_off_px": _rounded(found.homography_off_px) if found else None,
        "places": found.places if found else None,
        "tried": found.tried if found else None,
        "widest_gap_deg": _rounded(found.widest_gap_deg) if found else None,
        "wound": bool(told.wound) if found else None,
        "refused": {"code": refused.code, "sentence": explain(refused)} if refused else None,
        "seconds": round(seconds, 4),
    }


def _aligned(
    earlier: Path, later: Path, pairs: list[Pair], wishes: tuple[OutlineWish, OutlineWish]
) -> Told:
    then, wound = _read(earlier, wishes[0])
    now, later_wound = _read(later, wishes[1])
    where = wound or _middle(then)
    if pairs:
        return Told(aligned_by_points(then, now, pairs=pairs, wound=where), wound)
    try:
        return Told(aligned(then, now, wound=where, later_wound=later_wound), wound)
    except AlignError:
        if later_wound is None or wishes[1] != "auto":
            raise
        # What was proposed in the later photo may be something else: all of it is searched.
        return Told(aligned(then, now, wound=where), wound)


def _read(path: Path, wish: OutlineWish) -> tuple[View, Outline | None]:
    """The photo with its scale and its wound's outline, where these are found."""
    from woundtrack.outline.propose import proposal
    from woundtrack.outline.rings import check
    from woundtrack.photo.read import read_photo
    from woundtrack.scale.choose import find_scale

    photo, pixels = read_photo(path)
    try:
        scale = find_scale(pixels, photo)
    except WoundtrackError:
        scale = None
    if isinstance(wish, Outline):
        check(wish, width_px=photo.width_px, height_px=photo.height_px)
        return View(pixels, scale), wish
    if wish == "none":
        return View(pixels, scale), None
    try:
        return View(pixels, scale), proposal(pixels).outline
    except OutlineError:
        return View(pixels, scale), None


def _middle(view: View) -> Outline:
    height, width = view.pixels.shape[:2]
    left, right = width * (0.5 - MIDDLE / 2), width * (0.5 + MIDDLE / 2)
    top, bottom = height * (0.5 - MIDDLE / 2), height * (0.5 + MIDDLE / 2)
    return Outline((((left, top), (right, top), (right, bottom), (left, bottom)),))


def _lines(found: Alignment, wound: bool) -> str:
    in_mm = found.residual_mm is not None
    count = found.places
    if found.method is AlignMethod.POINTS:
        first = ngettext("aligned by {count} pair", "aligned by {count} pairs", count)
    else:
        first = ngettext(
            "aligned by {count} place of the skin", "aligned by {count} places of the skin", count
        )
    residual, margin, alone = (
        _length(value, in_mm=in_mm)
        for value in (
            (found.residual_mm, found.margin_mm, found.homography_off_mm)
            if in_mm
            else (found.residual_px, found.margin_px, found.homography_off_px)
        )
    )
    lines = [
        first.format(count=count),
        _("residual {residual}").format(residual=residual),
        _("at the wound’s margin within {margin} (95 %)").format(margin=margin),
        _("the homography alone differs there by {alone}").format(alone=alone),
    ]
    if not wound:
        lines.append(_("No wound was found: the photo’s middle was taken for it."))
    return "\n".join(lines)


def _length(value: float | None, *, in_mm: bool) -> str:
    number = words.number(value or 0.0, decimals=1)
    return _("{number} mm").format(number=number) if in_mm else f"{number} px"


def _bend_json(bend: Bend) -> dict[str, object]:
    return {
        "box_px": [round(each, 3) for each in bend.box_px],
        "right_px": [[round(value, 3) for value in row] for row in bend.right_px],
        "down_px": [[round(value, 3) for value in row] for row in bend.down_px],
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(f"{value:.4g}")


def _pair(text: str) -> Pair:
    try:
        first, second = (tuple(float(n) for n in part.split(",")) for part in text.split("="))
        (x, y), (u, v) = first, second
    except ValueError:
        first = ()
    if not first or not all(map(math.isfinite, (*first, *second))):
        raise argparse.ArgumentTypeError(
            _("“{text}” is no pair of points, written x,y=x,y in pixels.").format(text=text)
        )
    return (x, y), (u, v)
