"""Proposals as a file: what is proposed is written, a person edits and confirms, it is read back.

What the file is: docs/formats.md.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from woundtrack.deidentify.choose import Candidate
from woundtrack.deidentify.crop import crop_between
from woundtrack.deidentify.types import Crop, Mask, MaskReason, Polygon
from woundtrack.errors import ExportError
from woundtrack.plain_file import plain_bytes

KIND = "woundtrack pictures 1"
"""Names the file's kind and version."""
_MOST_MASKS, _MOST_CORNERS = 1000, 1000
_MOST_BYTES = 20_000_000
"""Of the file: some ten thousand pictures."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed of one picture, or was confirmed of it."""

    picture: str
    """Its name, which tells patient, visit and photo by code."""
    lesions: tuple[int, ...]
    crop: Crop | None
    masks: tuple[Mask, ...] = ()
    seen: tuple[int, ...] = ()
    confirmed: bool = False
    looked: Crop | None = None
    """Where codes and writing were looked for, and what was drawn to be looked at."""


@dataclass(frozen=True, slots=True)
class Proposals:
    """What stands in a file."""

    pictures: tuple[Proposal, ...]
    confirmed_by: str = ""


def proposal_of(candidate: Candidate, crop: Crop | None, masks: Sequence[Mask]) -> Proposal:
    """A candidate's picture, not confirmed yet."""
    lesions = tuple(each.number for each in candidate.drawn)
    return Proposal(candidate.name, lesions, crop, tuple(masks), candidate.seen, looked=crop)


def proposals_json(proposals: Proposals) -> str:
    """The file's text."""
    data = {
        "kind": KIND,
        "confirmed_by": proposals.confirmed_by,
        "pictures": [_told(each) for each in proposals.pictures],
    }
    return json.dumps(data, indent=1) + "\n"


def read_proposals(path: Path) -> Proposals:
    """The file's content; ExportError deidentify.file_unreadable where it is none."""
    try:
        data = json.loads((plain_bytes(path, most=_MOST_BYTES) or b"").decode("utf-8"))
        if data["kind"] != KIND:
            raise ValueError(KIND)
        pictures = tuple(map(_read, data["pictures"]))
        if len({each.picture for each in pictures}) < len(pictures):
            raise ValueError("twice")
        return Proposals(pictures, str(data["confirmed_by"]).strip())
    except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        raise ExportError("deidentify.file_unreadable") from None


def code_of(proposal: Proposal) -> str:
    """The code of the picture's patient."""
    return proposal.picture.partition("_")[0]


def of_patient(proposals: Proposals, code: str) -> Proposals:
    """Those of one patient alone."""
    own = tuple(each for each in proposals.pictures if code_of(each) == code)
    return replace(proposals, pictures=own)


def by_name(candidates: Iterable[Candidate]) -> Mapping[str, Candidate]:
    """Candidates by their pictures' names."""
    return {each.name: each for each in candidates}


def of_candidate(proposal: Proposal, candidate: Candidate) -> tuple[Candidate, Crop | None]:
    """The candidate with the proposal's lesions alone, and its crop kept within the photo."""
    numbers = [each.lesion_id for each in candidate.drawn if each.number in proposal.lesions]
    crop = proposal.crop
    if crop is not None:
        corners = (crop.left_px, crop.top_px), (crop.right_px - 1, crop.bottom_px - 1)
        crop = crop_between(*corners, candidate.size_px)
    return candidate.of_lesions(numbers), crop


def _told(each: Proposal) -> dict[str, object]:
    return {
        "picture": each.picture,
        "confirmed": each.confirmed,
        "lesions": list(each.lesions),
        "crop_px": _crop_told(each.crop),
        "masks": [
            {"why": str(mask.reason),
             "corners_px": [[round(x, 1), round(y, 1)] for x, y in mask.polygon_px]}
            for mask in each.masks
        ],
        "seen": list(each.seen),
        "looked_px": _crop_told(each.looked),
    }  # fmt: skip


def _crop_told(crop: Crop | None) -> list[int] | None:
    return None if crop is None else [crop.left_px, crop.top_px, crop.right_px, crop.bottom_px]


def _read(data: Any) -> Proposal:
    if len(data["masks"]) > _MOST_MASKS:
        raise ValueError("masks")
    masks = tuple(
        Mask(_corners(each["corners_px"]), MaskReason(each["why"])) for each in data["masks"]
    )
    return Proposal(
        picture=str(data["picture"]),
        lesions=tuple(int(each) for each in data["lesions"]),
        crop=_crop_read(data["crop_px"]),
        masks=masks,
        seen=tuple(int(each) for each in data["seen"]),
        confirmed=data["confirmed"] is True,
        looked=_crop_read(data["looked_px"]),
    )


def _crop_read(data: Any) -> Crop | None:
    return None if data is None else Crop(*(int(each) for each in data))


def _corners(data: Any) -> Polygon:
    corners = tuple((float(x), float(y)) for x, y in data)
    finite = all(math.isfinite(value) for corner in corners for value in corner)
    if not (3 <= len(corners) <= _MOST_CORNERS and finite):
        raise ValueError("corners")
    return corners
