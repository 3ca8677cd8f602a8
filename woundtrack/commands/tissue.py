"""`woundtrack tissue`: what each photo's wound bed is made of, as JSON or as readable lines."""

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from woundtrack.commands import measure
from woundtrack.errors import OutlineError, WoundtrackError
from woundtrack.explain import explain
from woundtrack.outline.tissue.bwat import REASONS, BwatProposal, bwat_proposals
from woundtrack.outline.tissue.types import LIGHTS, WARNINGS, TissueMap, TissuePart
from woundtrack.outline.tissue.wording import amounts_text
from woundtrack.pipeline import OutlineWish, measure_photo
from woundtrack.scale.wish import ScaleWish, parse_wish
from woundtrack.words import _

ITEMS = {"necrosis_type": 5, "necrosis_amount": 6, "granulation": 12}
"""The items' numbers on the form."""

add_arguments = measure.add_arguments


@dataclass(frozen=True, slots=True)
class Mapped:
    """What came of one photo."""

    tissue_map: TissueMap
    parts: tuple[TissuePart, ...]
    in_mm: bool
    """Whether the parts are of the wound's plane; otherwise of the photo, which tilt distorts."""


def run(arguments: argparse.Namespace) -> int:
    """Map every photo, in order, and print as soon as each is done."""
    try:
        scale = parse_wish(arguments.scale)
        outline = measure.outline_wish(arguments.outline)
    except WoundtrackError as error:
        print(explain(error), file=sys.stderr)
        return measure.WRONG_USAGE
    some_refused = False
    for path in arguments.photos:
        try:
            mapped, refused = _mapped(path, scale, outline), None
        except WoundtrackError as error:
            mapped, refused = None, error
            some_refused = True
        if arguments.json:
            print(json.dumps(as_json(path, mapped, refused)), flush=True)
        else:
            print(f"{path.name}  {explain(refused) if refused else _lines(mapped)}", flush=True)
    return measure.SOME_REFUSED if some_refused else measure.ALL_MEASURED


def _mapped(path: Path, scale: ScaleWish, outline: OutlineWish) -> Mapped:
    from woundtrack.outline.tissue.fractions import fractions
    from woundtrack.outline.tissue.light import light_of
    from woundtrack.outline.tissue.propose import propose_tissue
    from woundtrack.photo.read import read_photo

    result = measure_photo(path, scale=scale, outline=outline)
    if result.outline is None:
        raise result.refused or OutlineError("outline.empty")
    _photo, pixels = read_photo(path)
    light = light_of(pixels, result.scale)
    tissue_map = propose_tissue(pixels, result.outline, correction=light, scale=result.scale)
    parts = fractions(tissue_map, result.outline, result.scale)
    return Mapped(tissue_map, parts, in_mm=result.scale is not None)


def as_json(
    path: Path, mapped: Mapped | None, refused: WoundtrackError | None
) -> dict[str, object]:
    """The stable contract of `--json`: these keys, in this order."""
    return {
        "photo": str(path),
        "light": str(mapped.tissue_map.light) if mapped else None,
        "in_mm": mapped.in_mm if mapped else None,
        "tissue": {p.tissue.name.lower(): _part_json(p) for p in mapped.parts} if mapped else None,
        "bwat": [_proposal_json(p) for p in bwat_proposals(mapped.parts)] if mapped else None,
        "warnings": list(WARNINGS) if mapped else None,
        "method_version": mapped.tissue_map.method_version if mapped else None,
        "refused": {"code": refused.code, "sentence": explain(refused)} if refused else None,
    }


def _part_json(part: TissuePart) -> dict[str, object]:
    sd = part.fraction_sd
    return {
        "fraction": round(part.fraction, 4),
        "fraction_sd": None if sd is None else round(sd, 4),
        "evaluated": part.evaluated,
    }


def _proposal_json(proposal: BwatProposal) -> dict[str, object]:
    sure = proposal.probability
    return {
        "item": ITEMS[proposal.item],
        "score": proposal.score,
        "probability": None if sure is None else round(sure, 3),
        "reason": proposal.reason,
    }


def _lines(mapped: Mapped | None) -> str:
    assert mapped is not None
    lines = [f"{amounts_text(mapped.parts)}, {_(LIGHTS[mapped.tissue_map.light])}"]
    lines += [f"  {_(sentence)}" for sentence in WARNINGS.values()]
    for proposal in bwat_proposals(mapped.parts):
        score = "–" if proposal.score is None else str(proposal.score)
        lines.append(f"  BWAT {ITEMS[proposal.item]}: {score}  {_(REASONS[proposal.reason])}")
    return "\n".join(lines)
