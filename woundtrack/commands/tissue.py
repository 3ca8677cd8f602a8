"""`woundtrack tissue`: what each photo's wound bed is made of, as JSON or as readable lines."""

import argparse
import json
import sys
from pathlib import Path

from woundtrack.commands import measure
from woundtrack.errors import OutlineError, WoundtrackError
from woundtrack.explain import explain
from woundtrack.outline.tissue.bed import Bed
from woundtrack.outline.tissue.bwat import REASONS, BwatProposal, bwat_proposals
from woundtrack.outline.tissue.types import LIGHTS, WARNINGS
from woundtrack.outline.tissue.wording import amounts_text
from woundtrack.pipeline import measure_photo
from woundtrack.scale.wish import parse_wish
from woundtrack.words import _

ITEMS = {"necrosis_type": 5, "necrosis_amount": 6, "granulation": 12}
"""The items' numbers on the form."""

add_arguments = measure.add_arguments


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
        result = measure_photo(path, scale=scale, outline=outline, with_bed=True)
        found = result.bed or result.bed_refused or result.refused or OutlineError("outline.empty")
        some_refused |= isinstance(found, WoundtrackError)
        print(
            json.dumps(as_json(path, found)) if arguments.json else _line(path, found), flush=True
        )
    return measure.SOME_REFUSED if some_refused else measure.ALL_MEASURED


def as_json(path: Path, found: Bed | WoundtrackError) -> dict[str, object]:
    """The stable contract of `--json`: these keys, in this order."""
    bed, refused = (None, found) if isinstance(found, WoundtrackError) else (found, None)
    return {
        "photo": str(path),
        "light": str(bed.tissue_map.light) if bed else None,
        "in_mm": bed.in_mm if bed else None,
        "tissue": measure.tissue_json(bed.parts) if bed else None,
        "bwat": [_proposal_json(each) for each in bwat_proposals(bed.parts)] if bed else None,
        "warnings": list(WARNINGS) if bed else None,
        "method_version": bed.tissue_map.method_version if bed else None,
        "refused": {"code": refused.code, "sentence": explain(refused)} if refused else None,
    }


def _proposal_json(proposal: BwatProposal) -> dict[str, object]:
    sure = proposal.probability
    return {
        "item": ITEMS[proposal.item],
        "score": proposal.score,
        "probability": None if sure is None else round(sure, 3),
        "reason": proposal.reason,
    }


def _line(path: Path, found: Bed | WoundtrackError) -> str:
    if isinstance(found, WoundtrackError):
        return f"{path.name}  {explain(found)}"
    light = _(LIGHTS[found.tissue_map.light])
    lines = [f"{path.name}  {amounts_text(found.parts)}, {light}"]
    lines += [f"  {_(sentence)}" for sentence in WARNINGS.values()]
    for proposal in bwat_proposals(found.parts):
        score = "–" if proposal.score is None else str(proposal.score)
        lines.append(f"  BWAT {ITEMS[proposal.item]}: {score}  {_(REASONS[proposal.reason])}")
    return "\n".join(lines)
