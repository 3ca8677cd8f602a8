"""The scale of a photo: the card before the ruler, or what was asked for; and whether all agree."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from woundtrack.errors import ScaleError
from woundtrack.photo.types import Photo, Pixels
from woundtrack.scale.types import PointPx, Scale, ScaleMethod

Want = Literal["auto", "card", "ruler", "none"]
RULER_INSTEAD = ("scale.no_card", "scale.card_partial")
"""Refusals of the card after which a ruler may serve; a bent or tilted card is never passed by."""
HARDLY_RULERS = ("scale.no_ruler", "scale.even_marks")
"""Refusals that tell less than a card which was seen in part."""
DISAGREE, DISAGREE_SD = 0.02, 3.0
"""Two lengths disagree where they differ by more than both this part and this many sd."""
CARD_AND_RULER = {ScaleMethod.CARD, ScaleMethod.RULER}


def find_scale(
    pixels: Pixels, photo: Photo, *, want: Want = "auto", cross_check: bool = False
) -> Scale | None:
    """The scale found in an upright photo; None only where `want` is "none".

    "auto" takes the card, and the ruler where there is no whole card. `cross_check` reads the
    ruler beside a card too, which takes longer, and warns where the two disagree; several cards,
    and several rulers, are always checked against each other. Raises ScaleError as `find_card`
    and `find_ruler` do, and scale.none_found where "auto" finds neither.
    """
    if want == "none":
        return None
    if want == "ruler":
        return _ruler(pixels, photo)
    from woundtrack.scale.card import find_card

    try:
        scale = find_card(pixels, photo)
    except ScaleError as error:
        if want == "card" or error.code not in RULER_INSTEAD:
            raise
        return _ruler_instead(pixels, photo, refusal=error)
    return checked(scale, _read((_ruler,), pixels, photo)[0]) if cross_check else scale


def automatic_scales(pixels: Pixels, photo: Photo) -> tuple[Scale, ...]:
    """What of card and ruler can be read in a photo, to check a scale that a person gave."""
    from woundtrack.scale.card import find_card

    return _read((find_card, _ruler), pixels, photo)[0]


def given_checked(scale: Scale, pixels: Pixels, photo: Photo) -> Scale:
    """A scale that a person gave, `checked` against card and ruler in the photo.

    Raises ScaleError scale.tilt_beyond as `check_tilt` does.
    """
    from woundtrack.scale.card import find_card

    found, refusals = _read((find_card, _ruler), pixels, photo)
    if not found:
        for refusal in refusals:
            check_tilt(scale, refusal)
    return checked(scale, found)


def check_tilt(scale: Scale, refusal: ScaleError | None) -> None:
    """Refuse a scale that tells no tilt in a photo whose card or ruler was refused for its tilt.

    Two clicks there are a quarter to half off in the area. Raises that refusal.
    """
    if refusal is not None and refusal.code == "scale.tilt_beyond" and scale.tilt_deg is None:
        raise refusal


def checked(scale: Scale, others: Sequence[Scale]) -> Scale:
    """The scale, with a warning for each kind of other reference that gives other lengths.

    Two scales are compared at the place between them, by both their doubts there. Where one of
    two must be wrong and nobody knows which, the doubt is the root mean square of being right and
    of being off by all they differ.
    """
    apart = [(_warning(scale, other), _disagreement(scale, other)) for other in others]
    most = max((size for _code, size in apart), default=0.0)
    codes = dict.fromkeys(code for code, size in apart if size > 0)
    new = tuple(code for code in codes if code not in scale.warnings)
    if not new:
        return scale
    doubt = most / float(np.sqrt(2))
    return replace(
        scale,
        warnings=(*scale.warnings, *new),
        relative_sd=float(np.hypot(scale.relative_sd, doubt)),
        common_relative_sd=float(np.hypot(scale.common_relative_sd, doubt)),
    )


def _warning(scale: Scale, other: Scale) -> str:
    if scale.method is other.method is ScaleMethod.CARD:
        return "scale.cards_disagree"
    if scale.method is other.method is ScaleMethod.RULER:
        return "scale.ruler_reads_otherwise"
    if {scale.method, other.method} == CARD_AND_RULER:
        return "scale.card_ruler_disagree"
    return "scale.references_disagree"


def _disagreement(scale: Scale, other: Scale) -> float:
    """By what part two scales' lengths differ; 0 where that is within what is doubted anyway."""
    if not (scale.marks_px and other.marks_px):
        return 0.0
    place = _between(scale, other)
    apart = abs(float(np.log(other.mm_per_px_at(place) / scale.mm_per_px_at(place))))
    doubt = float(np.hypot(other.relative_sd_at(place), scale.relative_sd_at(place)))
    return apart if apart > max(DISAGREE, DISAGREE_SD * doubt) else 0.0


def _between(scale: Scale, other: Scale) -> PointPx:
    x, y = np.mean([np.mean(each.marks_px, axis=0) for each in (scale, other)], axis=0)
    return float(x), float(y)


def _read(
    finders: Sequence[Callable[[Pixels, Photo], Scale]], pixels: Pixels, photo: Photo
) -> tuple[tuple[Scale, ...], tuple[ScaleError, ...]]:
    """What finders find, and why the others refuse."""
    found, refusals = [], []
    for find in finders:
        try:
            found.append(find(pixels, photo))
        except ScaleError as refusal:
            refusals.append(refusal)
    return tuple(found), tuple(refusals)


def _ruler(pixels: Pixels, photo: Photo) -> Scale:
    from woundtrack.scale.ruler import find_ruler

    return find_ruler(pixels, photo)


def _ruler_instead(pixels: Pixels, photo: Photo, *, refusal: ScaleError) -> Scale:
    """The ruler's scale; where there is none, what was wrong with the card or the ruler."""
    try:
        return _ruler(pixels, photo)
    except ScaleError as error:
        if error.code not in HARDLY_RULERS:
            raise
        if refusal.code != "scale.no_card":
            raise refusal from error
        if error.code == "scale.no_ruler":
            raise ScaleError("scale.none_found") from error
        raise
