"""The way of one photo, from file to measurement: the same for scripts and benchmarks.

The window takes the same steps one by one, with a person confirming each.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from woundtrack.errors import WoundtrackError
from woundtrack.measure.types import Measurement
from woundtrack.outline.types import Outline, OutlineSource
from woundtrack.photo.types import Photo, Pixels
from woundtrack.scale.types import Scale
from woundtrack.scale.wish import ScaleWish

if TYPE_CHECKING:
    from woundtrack.outline.propose import Proposal
    from woundtrack.outline.tissue.bed import Bed

T = TypeVar("T")
OutlineWish = Literal["auto", "none"] | Outline


@dataclass(frozen=True, slots=True)
class PhotoResult:
    """What came of one photo. What could not be had is None, and `refused` says why."""

    photo: Photo | None = None
    scale: Scale | None = None
    outline: Outline | None = None
    outline_warnings: tuple[str, ...] = ()
    """Codes of `outline.warnings`, where the program proposed it."""
    measurement: Measurement | None = None
    refused: WoundtrackError | None = None
    bed: "Bed | None" = None
    """What the wound's bed is made of, where that was asked."""
    bed_refused: WoundtrackError | None = None
    """Why it is not known, though there is an outline."""
    seconds: float = 0.0


def measure_photo(
    path: Path,
    *,
    scale: ScaleWish = "auto",
    outline: OutlineWish = "auto",
    with_bed: bool = False,
) -> PhotoResult:
    """Read, scale, outline and measure one photo file; a failure is told in `refused`.

    The first refusal is kept; the later steps still give what they can. What nobody foresaw is
    cli.unforeseen: one photo never stops the others.
    """
    from woundtrack.photo.read import read_photo

    start = time.perf_counter()
    read, unread = _attempt(lambda: read_photo(path))
    if read is None:
        return PhotoResult(refused=unread, seconds=time.perf_counter() - start)
    photo, pixels = read
    found_scale, scale_error = _attempt(lambda: _scale(photo, pixels, scale))
    proposed, outline_error = _attempt(lambda: _outline(photo, pixels, outline))
    found_outline = proposed.outline if proposed else None
    if found_scale:
        found_scale = _in_circumstances(found_scale, pixels, found_outline)
    refused = scale_error or outline_error
    measurement = None
    if found_scale and proposed:
        measurement, refused = _attempt(lambda: measured(pixels, proposed.outline, found_scale))
    bed = bed_refused = None
    if with_bed and proposed:
        bed, bed_refused = _attempt(lambda: _bed(pixels, proposed.outline, found_scale))
    return PhotoResult(
        photo,
        found_scale,
        found_outline,
        proposed.warnings if proposed else (),
        measurement,
        refused,
        bed,
        bed_refused,
        time.perf_counter() - start,
    )


def measured(pixels: Pixels, outline: Outline, scale: Scale) -> Measurement:
    """Measure an outline of a photo with the doubt of its edge. Raises as `measure` does.

    While the outline is the network's own, before or after clicks, that is the band of its map;
    once a person drew or changed it, what the edge's sharpness in the photo gives; of colours
    alone the same. The store, the window, reports and the command line all measure so.
    """
    from woundtrack.measure.measurement import measure
    from woundtrack.outline.edge import edge_sd_px

    if outline.relative_area_sd is not None or not outline.rings:
        return measure(outline, scale)
    return measure(outline, scale, outline_sd_px=edge_sd_px(pixels, outline))


def _attempt(step: Callable[[], T]) -> tuple[T | None, WoundtrackError | None]:
    try:
        return step(), None
    except WoundtrackError as error:
        return None, error
    except Exception as failure:  # noqa: BLE001 - the other photos of the run go on
        return None, WoundtrackError("cli.unforeseen", kind=type(failure).__name__)


def _scale(photo: Photo, pixels: Pixels, wish: ScaleWish) -> Scale | None:
    """The scale wished for; what a person gave is checked against card and ruler."""
    from woundtrack.scale.choose import find_scale, given_checked
    from woundtrack.scale.wish import given_scale

    if isinstance(wish, str):
        return find_scale(pixels, photo, want=wish, cross_check=wish == "auto")
    return given_checked(given_scale(wish, pixels, photo), pixels, photo)


def _in_circumstances(scale: Scale, pixels: Pixels, outline: Outline | None) -> Scale:
    """The scale with warnings of what in the photo makes it less sure."""
    from woundtrack.scale.circumstances import scale_circumstances

    points = [point for ring in outline.rings for point in ring] if outline else None
    codes = scale_circumstances(scale, pixels=pixels, outline_px=points)
    return replace(scale, warnings=(*scale.warnings, *codes)) if codes else scale


def _outline(photo: Photo, pixels: Pixels, wish: OutlineWish) -> "Proposal | None":
    from woundtrack.outline.propose import Proposal, proposal

    if wish == "none":
        return None
    if isinstance(wish, Outline):
        from woundtrack.outline.rings import check, holes_after_rings

        check(wish, width_px=photo.width_px, height_px=photo.height_px)
        return Proposal(holes_after_rings(Outline(wish.rings, OutlineSource.FILE)))
    return proposal(pixels)


def _bed(pixels: Pixels, outline: Outline, scale: Scale | None) -> "Bed":
    from woundtrack.outline.tissue.bed import proposed_bed

    return proposed_bed(pixels, outline, scale)
