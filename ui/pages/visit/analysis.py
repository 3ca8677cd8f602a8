"""What the program proposes for one photo: scale, outline, and what to beware of.

Qt-free, for workers. Each part may fail alone: its error is kept beside what succeeded.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from ui.proposing import proposing
from woundtrack.errors import WoundtrackError
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Photo, Pixels
from woundtrack.records import CardRun, Stored, VisitPhoto
from woundtrack.scale.types import Scale, ScaleMethod
from woundtrack.store.clinic import Clinic

if TYPE_CHECKING:
    from woundtrack.outline.propose import Proposal as FirstOutline

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was found in a photo. None with an error says why there is none."""

    photo_id: int
    scale: Scale | None = None
    scale_error: WoundtrackError | None = None
    outline: Outline | None = None
    outline_error: WoundtrackError | None = None
    circumstances: tuple[str, ...] | None = None
    """Codes about the scale in this photo; None where it was not looked at."""
    outline_warnings: tuple[str, ...] | None = None
    """Codes of `woundtrack.outline.warnings`; None where no outline was looked for."""
    warnings: tuple[str, ...] | None = None
    """Codes of `woundtrack.photo.quality`, at the proposed outline where there is one; None where
    it was not looked at."""


def pixels_of(clinic: Clinic, photo: VisitPhoto) -> tuple[Photo, Pixels]:
    """The upright pixels of a stored photo."""
    from woundtrack.photo.read import decode_photo

    return decode_photo(clinic.read(lambda reader: reader.photo_bytes(photo.vault_name)))


def analyse(
    clinic: Clinic,
    stored: Stored[VisitPhoto],
    *,
    want_scale: bool,
    want_outline: bool,
    known_scale: Scale | None = None,
) -> Proposal:
    """Look for the scale or the wound in a stored photo. Raises what reading it raises."""
    photo, pixels = pixels_of(clinic, stored.value)
    scale, scale_error = (
        _attempt(lambda: found_scale(clinic, pixels, photo)) if want_scale else (known_scale, None)
    )
    found, outline_error = (
        _attempt(lambda: _proposed_outline(pixels, scale)) if want_outline else (None, None)
    )
    outline = found.outline if found else None
    given = scale or known_scale
    drawn = (outline,) if outline else ()
    return Proposal(
        photo_id=stored.id,
        scale=scale if want_scale else None,
        scale_error=scale_error,
        outline=outline,
        outline_error=outline_error,
        circumstances=circumstances_of(given, pixels, drawn) if given else None,
        outline_warnings=_outline_warnings(found) if want_outline else None,
        warnings=quality_of(pixels, drawn) if want_scale or drawn else None,
    )


def circumstances_of(
    scale: Scale, pixels: Pixels, outlines: Sequence[Outline], others: Sequence[Scale] = ()
) -> tuple[str, ...]:
    """What makes a scale less sure in its photo, as codes.

    That is for the wounds drawn there, and beside other scales that were read there.
    """
    from woundtrack.scale.choose import checked
    from woundtrack.scale.circumstances import scale_circumstances

    points = [point for outline in outlines for ring in outline.rings for point in ring]
    found, _error = _attempt(
        lambda: scale_circumstances(scale, pixels=pixels, outline_px=points or None)
    )
    disagree = checked(scale, others).warnings[len(scale.warnings) :]
    return (*disagree, *(found or ()))


def read_alone(pixels: Pixels, photo: Photo) -> tuple[Scale, ...]:
    """What of card and ruler the program reads in a photo; none where that breaks down."""
    from woundtrack.scale.choose import automatic_scales

    found, _error = _attempt(lambda: automatic_scales(pixels, photo))
    return found or ()


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


def _proposed_outline(pixels: Pixels, scale: Scale | None) -> "FirstOutline":
    from woundtrack.outline.propose import proposal

    return proposal(without_card(pixels, scale))


def _outline_warnings(found: "FirstOutline | None") -> tuple[str, ...]:
    """What an outline warns of; where there is none, that the network did not look for it."""
    from woundtrack.outline.proposer import without_network

    return found.warnings if found is not None else without_network()


def without_card(pixels: Pixels, scale: Scale | None) -> Pixels:
    """The photo with its card painted over in the colour around it.

    The card has red and black patches beside pale paper, which look like a small wound. Pixels
    are returned as they are where no card gave the scale.
    """
    if scale is None or scale.method is not ScaleMethod.CARD:
        return pixels
    import cv2
    import numpy as np

    from woundtrack.scale.card_layout import HEIGHT_MM, WIDTH_MM

    edge = 1.5  # mm of shadow and of a card cut a little large
    corners = [(-edge, -edge), (WIDTH_MM + edge, -edge)]
    corners += [(WIDTH_MM + edge, HEIGHT_MM + edge), (-edge, HEIGHT_MM + edge)]
    quad = np.rint(scale.to_px(corners)).astype(np.int32)
    mask = np.zeros(pixels.shape[:2], np.uint8)
    cv2.fillConvexPoly(mask, quad, 255)
    # A rim of a tenth of the card's width: mostly skin or cloth, whatever lies beneath.
    reach = max(3, round(float(np.linalg.norm(quad[1] - quad[0])) / 10)) | 1
    rim = cv2.dilate(mask, np.ones((reach, reach), np.uint8)) - mask
    around = pixels[rim > 0]
    painted = pixels.copy()
    if len(around):
        painted[mask > 0] = np.median(around[:: max(1, len(around) // 20000)], axis=0)
    return painted


def quality_of(pixels: Pixels, outlines: Sequence[Outline]) -> tuple[str, ...]:
    """What a photo lacks in sharpness and light, as codes: at the wounds drawn there, if any."""
    from woundtrack.photo.quality import quality

    rings = [ring for outline in outlines for ring in outline.rings]
    found, _error = _attempt(lambda: quality(pixels, rings_px=rings))
    return found.warnings if found else ()


def _attempt(step: Callable[[], T]) -> tuple[T | None, WoundtrackError | None]:
    try:
        return proposing(step)(), None
    except WoundtrackError as error:
        return None, error
