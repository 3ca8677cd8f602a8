"""`woundtrack outline`: the wound proposed in a photo, after clicks or a box if they are given."""

import argparse
import json
import math
import sys
import time
from pathlib import Path

from woundtrack import words
from woundtrack.errors import OutlineError, WoundtrackError
from woundtrack.explain import explain
from woundtrack.outline.clicks import Click
from woundtrack.outline.crops import BoxPx
from woundtrack.outline.propose import Proposal, proposal, propose_from_box
from woundtrack.outline.proposer import without_network
from woundtrack.outline.rings import area_px2, outline_to_json
from woundtrack.outline.warnings import GOES_BY_COLOURS, WARNINGS
from woundtrack.words import _, ngettext

PROPOSED, REFUSED = 0, 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `outline` takes."""
    parser.add_argument("photo", metavar="PHOTO", type=Path)
    hints = parser.add_mutually_exclusive_group()
    hints.add_argument(
        "--click",
        action="append",
        default=[],
        type=_click,
        metavar="x,y[,-]",
        help=_("a click in the wound, in pixels; with ,- on what is no wound; may be repeated"),
    )
    hints.add_argument(
        "--box",
        type=_box,
        metavar="x1,y1,x2,y2",
        help=_("a loose box round the wound, in pixels"),
    )
    parser.add_argument("--json", action="store_true", help=_("one JSON object a line"))


def run(arguments: argparse.Namespace) -> int:
    """Propose and print; a refusal is told in a sentence, or as `refused` in the JSON."""
    start = time.perf_counter()
    try:
        found, refused = _proposed(arguments.photo, arguments.click, arguments.box), None
    except WoundtrackError as error:
        if not arguments.json:
            _tell_why(error)
            raise
        found, refused = None, error
    if arguments.json:
        seconds = time.perf_counter() - start
        print(json.dumps(as_json(arguments.photo, found, refused, seconds=seconds)))
    elif found is not None:
        print(_told(found))
    return REFUSED if refused else PROPOSED


def as_json(
    path: Path, found: Proposal | None, refused: WoundtrackError | None, *, seconds: float
) -> dict[str, object]:
    """The stable contract of `--json`: these keys, in this order; `measure --outline` reads it."""
    return {
        "photo": str(path),
        "outline": json.loads(outline_to_json(found.outline)) if found else None,
        "area_px2": round(area_px2(found.outline), 1) if found else None,
        "relative_area_sd": _rounded(found.outline.relative_area_sd) if found else None,
        "method": found.outline.method if found else None,
        "warnings": list(found.warnings if found else _why(refused)),
        "refused": {"code": refused.code, "sentence": explain(refused)} if refused else None,
        "seconds": round(seconds, 4),
    }


def _proposed(path: Path, clicks: list[Click], box: BoxPx | None) -> Proposal:
    from woundtrack.photo.read import read_photo

    photo, pixels = read_photo(path)
    for click in clicks:
        if not (0 <= click.x < photo.width_px and 0 <= click.y < photo.height_px):
            raise OutlineError("outline.click_outside")
    if box is not None:
        return Proposal(propose_from_box(pixels, box), (GOES_BY_COLOURS,))
    return proposal(pixels, clicks=clicks)


def _told(found: Proposal) -> str:
    count = len(found.outline.rings)
    rings = ngettext(
        "{rings} ring, {area} px² in the photo ({method})",
        "{rings} rings, {area} px² in the photo ({method})",
        count,
    ).format(
        rings=count,
        area=words.number(area_px2(found.outline), decimals=0),
        method=found.outline.method,
    )
    lines = [rings]
    if found.outline.relative_area_sd is not None:
        doubt = words.percent(words.NORMAL_95 * found.outline.relative_area_sd, decimals=0)
        lines.append(_("area of the outline ± {doubt} (95 %)").format(doubt=doubt))
    return "\n".join([*lines, *(_(WARNINGS[code]) for code in found.warnings)])


def _why(refused: WoundtrackError | None) -> tuple[str, ...]:
    """The code that says why no network looked, where nothing was found; else none."""
    nothing = refused is not None and refused.code == "outline.nothing_found"
    return without_network() if nothing else ()


def _tell_why(refused: WoundtrackError) -> None:
    for code in _why(refused):
        print(_(WARNINGS[code]), file=sys.stderr)


def _rounded(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(f"{value:.4g}")


def _click(text: str) -> Click:
    place, wound = text.removesuffix(",-"), not text.endswith(",-")
    x, y = _numbers(place, 2, _("“{text}” is no click, written x,y or x,y,- in pixels."))
    return Click(x, y, positive=wound)


def _box(text: str) -> BoxPx:
    left, top, right, bottom = _numbers(
        text, 4, _("“{text}” is no box, written x1,y1,x2,y2 in pixels.")
    )
    return left, top, right, bottom


def _numbers(text: str, count: int, otherwise: str) -> tuple[float, ...]:
    """So many finite numbers with commas between; else argparse tells `otherwise`."""
    try:
        numbers = tuple(float(part) for part in text.split(","))
    except ValueError:
        numbers = ()
    if len(numbers) != count or not all(map(math.isfinite, numbers)):
        raise argparse.ArgumentTypeError(otherwise.format(text=text))
    return numbers
