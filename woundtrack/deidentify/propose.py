"""Proposals for many photos, as a person is to look at them."""

import math
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from woundtrack.deidentify.choose import Candidate
from woundtrack.deidentify.clear import hidden_by
from woundtrack.deidentify.crop import proposed_crop
from woundtrack.deidentify.export import journal_pictures
from woundtrack.deidentify.file import (
    Proposal,
    Proposals,
    by_name,
    code_of,
    of_candidate,
    proposal_of,
    proposals_json,
)
from woundtrack.deidentify.masks import proposed_masks
from woundtrack.deidentify.picture import PictureFormat, encoded, frame_of, shown
from woundtrack.deidentify.types import Crop, Mask
from woundtrack.errors import ExportError
from woundtrack.export.placing import beside, put, refuse_inside
from woundtrack.photo.read import decode_photo
from woundtrack.photo.types import Pixels
from woundtrack.store.health import Progress, no_progress
from woundtrack.words import N_, _

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic

FILE_NAME = "masks.json"
_TO_LOOK_AT = N_("Pictures to be looked at before they are exported")


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """One photo as a person is to look at it: its pixels, and what is proposed to show of it."""

    pixels: Pixels
    crop: Crop | None
    masks: tuple[Mask, ...]


def look_at(clinic: "Clinic", candidate: Candidate) -> Look:
    """Read a candidate's photo and propose; without an outline nothing is proposed.

    Raises PhotoError, StoreError, and ExportError deidentify.no_finder.
    """
    pixels = photo_pixels(clinic, candidate)
    crop = proposed_crop(candidate.size_px, candidate.outlines, candidate.scale)
    return Look(pixels, crop, masks_for(pixels, candidate, crop))


def masks_for(pixels: Pixels, candidate: Candidate, crop: Crop | None) -> tuple[Mask, ...]:
    """What is proposed to hide in a crop of a candidate's photo; nothing without a crop."""
    if crop is None:
        return ()
    outlines, scale = candidate.outlines, candidate.scale
    return proposed_masks(pixels, crop=crop, outlines=outlines, scale=scale)


def photo_pixels(clinic: "Clinic", candidate: Candidate) -> Pixels:
    """The upright pixels of a candidate's photo."""
    name = candidate.photo.value.vault_name
    return decode_photo(clinic.read(lambda reader: reader.photo_bytes(name)))[1]


def write_proposals(
    clinic: "Clinic",
    target: Path,
    candidates: Sequence[Candidate],
    *,
    edited: Proposals | None = None,
    progress: Progress = no_progress,
) -> Proposals | None:
    """Write pictures with numbered masks, and the file to edit, into a new or empty folder.

    With `edited` the crops and masks of that file instead of new ones. Journalled, for these
    pictures are readable and nobody has looked at them. None where stopped; nothing is left then.
    """
    clinic.require_writable()
    refuse_inside(clinic.folder, target)
    told = {each.picture: each for each in edited.pictures} if edited else {}
    if edited:
        candidates = [each for each in candidates if each.name in told]
    if not candidates:
        raise ExportError("deidentify.no_pictures")
    done: list[Proposal] = []
    with beside(target, folder=True) as part:
        for number, candidate in enumerate(candidates):
            if progress(number, len(candidates)) is False:
                return None
            done.append(_propose(clinic, candidate, told.get(candidate.name), part))
        proposals = Proposals(tuple(done))
        (part / FILE_NAME).write_text(proposals_json(proposals), encoding="utf-8")
        journal_pictures(clinic, [each.photo.id for each in candidates], reason=_(_TO_LOOK_AT))
        put(part, target)
    return proposals


def _propose(
    clinic: "Clinic", candidate: Candidate, told: Proposal | None, folder: Path
) -> Proposal:
    if told is None:
        look = look_at(clinic, candidate)
        proposal = proposal_of(candidate, look.crop, look.masks)
        pixels = look.pixels
    else:
        candidate, crop = of_candidate(told, candidate)
        pixels = photo_pixels(clinic, candidate)
        more = _newly_shown(told, masks_for(pixels, candidate, crop)) if _larger(told, crop) else ()
        proposal = replace(
            told, crop=crop, masks=(*told.masks, *more), seen=candidate.seen, looked=crop,
            confirmed=False,
        )  # fmt: skip
    if proposal.crop is not None:
        drawn = numbered(pixels, proposal.crop, proposal.masks)
        data = encoded(drawn, PictureFormat.JPEG)
        (folder / f"{candidate.name}.{PictureFormat.JPEG}").write_bytes(data)
    return proposal


def _larger(told: Proposal, crop: Crop | None) -> bool:
    """Whether a crop shows something that was not looked at."""
    return crop is not None and (told.looked is None or not crop.lies_in(told.looked))


def _newly_shown(told: Proposal, masks: Iterable[Mask]) -> Iterator[Mask]:
    """Masks of what was not looked at: what a person took away elsewhere does not come back."""
    for mask in masks:
        left, top, right, bottom = mask.box_px
        box = Crop(math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom))
        if _larger(told, box) and not hidden_by(mask, told.masks):
            yield mask


def numbered(pixels: Pixels, crop: Crop, masks: Iterable[Mask]) -> Pixels:
    """The picture as it would be exported, each mask with its number in the file, from 1."""
    import cv2

    masks = tuple(masks)
    picture, frame = shown(pixels, crop, masks), frame_of(crop)
    size = max(picture.shape[:2]) / 1200
    for number, mask in enumerate(masks, start=1):
        corners = np.array([frame.inwards(corner) for corner in mask.polygon_px])
        cv2.polylines(picture, [np.round(corners).astype(np.int32)], True, (0, 159, 230), 2)
        x, y = corners.mean(axis=0)
        place = round(float(x) - 9 * size), round(float(y) + 9 * size)
        cv2.putText(picture, str(number), place, cv2.FONT_HERSHEY_SIMPLEX, size,
                    (255, 255, 255), max(1, round(2 * size)), cv2.LINE_AA)  # fmt: skip
    return picture


def confirmed_candidates(
    proposals: Proposals, candidates: Iterable[Candidate], *, left_out: Container[str] = ()
) -> list[tuple[Candidate, Crop, Proposal]]:
    """What a file confirms, with its photos, but those of the patients left out (by code).

    Raises ExportError deidentify.nothing_confirmed where it does not say who confirmed or of no
    picture that it is, .nobody where nobody agrees, .no_crop, .not_looked_at where a crop shows
    what was not looked at, and .changed where a photo is not what it was, or not there.
    """
    wanted = [each for each in proposals.pictures if each.confirmed]
    if not (wanted and proposals.confirmed_by):
        raise ExportError("deidentify.nothing_confirmed")
    known = by_name(candidates)
    found = []
    for each in wanted:
        if code_of(each) in left_out:
            continue
        if each.picture not in known or known[each.picture].seen != each.seen:
            raise ExportError("deidentify.changed")
        candidate, crop = of_candidate(each, known[each.picture])
        if crop is None:
            raise ExportError("deidentify.no_crop", picture=each.picture)
        if _larger(each, crop):
            raise ExportError("deidentify.not_looked_at", picture=each.picture)
        found.append((candidate, crop, each))
    if not found:
        raise ExportError("deidentify.nobody", count=len({code_of(each) for each in wanted}))
    return found
