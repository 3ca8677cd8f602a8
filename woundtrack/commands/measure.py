"""`woundtrack measure`: a line a photo, as JSON or as a readable table."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from woundtrack import words
from woundtrack.errors import OutlineError, WoundtrackError
from woundtrack.explain import explain
from woundtrack.measure.matrix import bare_homography
from woundtrack.measure.types import Measurement
from woundtrack.outline.tissue.types import TissuePart
from woundtrack.outline.types import Outline
from woundtrack.outline.warnings import WARNINGS as OUTLINE_WARNINGS
from woundtrack.pipeline import OutlineWish, PhotoResult, measure_photo
from woundtrack.plain_file import plain_bytes
from woundtrack.scale.told import told
from woundtrack.scale.types import Matrix3, Scale
from woundtrack.scale.warnings import WARNINGS
from woundtrack.scale.wish import parse_wish
from woundtrack.words import _

ALL_MEASURED, WRONG_USAGE, SOME_REFUSED = 0, 2, 3
MOST_OUTLINE_BYTES = 20_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `measure` takes."""
    parser.add_argument("photos", nargs="+", metavar="PHOTO", type=Path)
    parser.add_argument(
        "--scale",
        default="auto",
        metavar="auto|card|ruler|none|…",
        help=_(
            "where the scale comes from (default: auto): card or ruler; ruler:MM, the ruler whose "
            "steps are MM millimetres; x1,y1,x2,y2=MM, two points in pixels; dot:x,y=MM, a coin or "
            "dot of that diameter; square:x,y=MM or square:x,y=WxH, a coloured square or rectangle"
        ),
    )
    parser.add_argument(
        "--outline",
        default="auto",
        metavar="auto|none|FILE.json",
        help=_("where the outline comes from (default: auto)"),
    )
    parser.add_argument("--json", action="store_true", help=_("one JSON object a line"))


def run(arguments: argparse.Namespace) -> int:
    """Measure every photo, in order, and print as soon as each is done."""
    try:
        scale, outline = parse_wish(arguments.scale), outline_wish(arguments.outline)
    except WoundtrackError as error:
        print(explain(error), file=sys.stderr)
        return WRONG_USAGE
    some_refused = False
    width = max(len(path.name) for path in arguments.photos)
    if not arguments.json:
        print(_table_head(width))
    for path in arguments.photos:
        result = measure_photo(path, scale=scale, outline=outline, with_bed=arguments.json)
        some_refused |= result.refused is not None
        line = json.dumps(as_json(path, result)) if arguments.json else _row(path, result, width)
        print(line, flush=True)
    return SOME_REFUSED if some_refused else ALL_MEASURED


def outline_wish(text: str) -> OutlineWish:
    """What `--outline` asks for; OutlineError as `outline_from_json` or outline.file_unreadable."""
    if text in ("auto", "none"):
        return text  # type: ignore[return-value]
    from woundtrack.outline.rings import outline_from_json

    try:
        content = plain_bytes(Path(text), most=MOST_OUTLINE_BYTES)
        return outline_from_json((content or b"").decode("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise OutlineError("outline.file_unreadable") from error


def as_json(path: Path, result: PhotoResult) -> dict[str, object]:
    """The stable contract of `--json`: these keys, in this order."""
    measurement = result.measurement
    refused = result.refused
    return {
        "photo": str(path),
        "scale": _scale_json(result) if result.scale else None,
        "outline": _rings_json(result.outline) if result.outline else None,
        "area_cm2": _rounded(measurement.area_cm2) if measurement else None,
        "area_cm2_sd": _rounded(measurement.area_cm2_sd) if measurement else None,
        "perimeter_cm": _rounded(measurement.perimeter_cm) if measurement else None,
        "length_cm": _rounded(measurement.length_cm) if measurement else None,
        "width_cm": _rounded(measurement.width_cm) if measurement else None,
        "tissue": tissue_json(result.bed.parts) if result.bed else None,
        "refused": {"code": refused.code, "sentence": explain(refused)} if refused else None,
        "seconds": round(result.seconds, 4),
    }


def tissue_json(parts: Sequence[TissuePart]) -> dict[str, object]:
    """Each tissue's part of the bed, as `tissue --json` tells it too."""
    return {part.tissue.name.lower(): _part_json(part) for part in parts}


def _part_json(part: TissuePart) -> dict[str, object]:
    sd = part.fraction_sd
    return {
        "fraction": round(part.fraction, 4),
        "fraction_sd": None if sd is None else round(sd, 4),
        "evaluated": part.evaluated,
    }


def _rounded(value: float) -> float:
    return float(f"{value:.6g}")


def _rings_json(outline: Outline) -> list[list[list[float]]]:
    return [[[round(x, 3), round(y, 3)] for x, y in ring] for ring in outline.rings]


def _scale_json(result: PhotoResult) -> dict[str, object]:
    scale, photo = result.scale, result.photo
    assert scale is not None
    assert photo is not None
    centre = ((photo.width_px - 1) / 2, (photo.height_px - 1) / 2)
    if result.outline and result.outline.rings:
        points = np.array([point for ring in result.outline.rings for point in ring])
        middle = (points.min(axis=0) + points.max(axis=0)) / 2
        centre = (float(middle[0]), float(middle[1]))
    return {
        "method": str(scale.method),
        "mm_per_px": _rounded(scale.mm_per_px_at(centre)),
        "homography_px_to_mm": [list(row) for row in _homography(scale, result.outline)],
        "tilt_deg": None if scale.tilt_deg is None else round(scale.tilt_deg, 2),
        "relative_sd": _rounded(scale.relative_sd_at(centre)),
        "warnings": list(scale.warnings),
    }


def _homography(scale: Scale, outline: Outline | None) -> Matrix3:
    """The plane's homography on raw px where it is used, the lens term taken in."""
    if outline and outline.rings and all(len(set(ring)) > 2 for ring in outline.rings):
        return bare_homography(outline, scale)
    return scale.local_homography(scale.marks_px) if scale.marks_px else scale.homography_px_to_mm


def _table_head(width: int) -> str:
    heads = (_("area (95 %)"), _("length × width"), _("perimeter"), _("scale"))
    return f"{_('photo'):<{width}}  {heads[0]:<18}  {heads[1]:<16}  {heads[2]:<10}  {heads[3]}"


def _row(path: Path, result: PhotoResult, width: int) -> str:
    area, size, perimeter = _sizes(result.measurement)
    scale = told(result.scale) if result.scale else "–"
    row = f"{path.name:<{width}}  {area:<18}  {size:<16}  {perimeter:<10}  {scale}"
    remarks = [_(WARNINGS[code]) for code in result.scale.warnings] if result.scale else []
    remarks += [_(OUTLINE_WARNINGS[code]) for code in result.outline_warnings]
    if result.refused:
        remarks.append(explain(result.refused))
    return "\n".join([row, *(f"{'':<{width}}  {remark}" for remark in remarks)])


def _sizes(measurement: Measurement | None) -> tuple[str, str, str]:
    if measurement is None:
        return "–", "–", "–"
    size = f"{words.number(measurement.length_cm)} × {words.length(measurement.width_cm)}"
    area = words.area(measurement.area_cm2, measurement.area_cm2_sd)
    return area, size, words.length(measurement.perimeter_cm)
