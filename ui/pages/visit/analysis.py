"""What the program proposes for one photo: scale, outline, and what to beware of.

Qt-free, for workers. Each part may fail alone: its error is kept beside what succeeded.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from woundtrack.errors import WoundtrackError
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Photo, Pixels
from woundtrack.records import CardRun, Stored, VisitPhoto
from woundtrack.scale.types import Scale
from woundtrack.store.clinic import Clinic

LOG = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was found in a photo. None with an error says why there is none."""

    photo_id: int
    scale: Scale | None = None
    scale_error: WoundtrackError | None = None
    outline: Outline | None = None
    outline_error: WoundtrackError | None = None
    edge_sd_px: float | None = None
    warnings: tuple[str, ...] = ()
    """Codes of `woundtrack.photo.quality`."""


def pixels_of(clinic: Clinic, photo: VisitPhoto) -> tuple[Photo, Pixels]:
    """The upright pixels of a stored photo."""
    from woundtrack.photo.read import decode_photo

    return decode_photo(clinic.read(lambda reader: reader.photo_bytes(photo.vault_name)))


def analyse(
    clinic: Clinic, stored: Stored[VisitPhoto], *, want_scale: bool, want_outline: bool
) -> Proposal:
    """Look for the scale and the wound in a stored photo. Raises what reading it raises."""
    photo, pixels = pixels_of(clinic, stored.value)
    scale, scale_error = (
        _attempt(lambda: found_scale(clinic, pixels, photo)) if want_scale else (None, None)
    )
    outline, outline_error = (
        _attempt(lambda: _proposed_outline(pixels)) if want_outline else (None, None)
    )
    return Proposal(
        photo_id=stored.id,
        scale=scale,
        scale_error=scale_error,
        outline=outline,
        outline_error=outline_error,
        edge_sd_px=edge_sd(pixels, outline) if outline else None,
        warnings=_warnings(pixels),
    )


def found_scale(clinic: Clinic, pixels: Pixels, photo: Photo) -> Scale | None:
    """The card's or the ruler's scale, with what is known of the card's print run."""
    from woundtrack.scale.choose import find_scale
    from woundtrack.scale.warnings import with_run_check

    scale = find_scale(pixels, photo, want="auto")
    if scale is None or scale.card_run is None:
        return scale
    number = scale.card_run
    runs = clinic.read(lambda reader: reader.find(CardRun, number=number))
    return with_run_check(scale, runs[0].value if runs else None)


def edge_sd(pixels: Pixels, outline: Outline) -> float | None:
    """How surely the outline's edge is seen, in px; None where that cannot be told."""
    from woundtrack.outline.edge import edge_sd_px

    value, _error = _attempt(lambda: edge_sd_px(pixels, outline))
    return value


def _proposed_outline(pixels: Pixels) -> Outline:
    from woundtrack.outline.propose import propose

    return propose(pixels)


def _warnings(pixels: Pixels) -> tuple[str, ...]:
    from woundtrack.photo.quality import quality

    found, _error = _attempt(lambda: quality(pixels))
    return found.warnings if found else ()


def _attempt(step: Callable[[], T]) -> tuple[T | None, WoundtrackError | None]:
    try:
        return step(), None
    except WoundtrackError as error:
        return None, error
    except Exception as failure:  # noqa: BLE001 - a proposal that breaks down must not stop the person's own work
        LOG.error("a proposal failed: %s", type(failure).__name__)
        return None, WoundtrackError("ui.proposal_failed")
