"""The photos of one lesion laid on the first of them, one by one, as far as that is sure."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from woundtrack.align.marks import View
from woundtrack.align.register import aligned
from woundtrack.align.types import Alignment
from woundtrack.compare.place import Place, laid_on, place_of
from woundtrack.deidentify.picture import paint_masks
from woundtrack.deidentify.types import Crop, Mask
from woundtrack.errors import (
    AlignError,
    MeasureError,
    OutlineError,
    PhotoError,
    StoreError,
    WoundtrackError,
)
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Pixels
from woundtrack.scale.types import Scale

Watch = Callable[[], None]
"""Called between steps; what it raises ends the work."""
Known = Callable[["Shot", "Shot"], Alignment | None]
"""How a later shot is known to lie on the first, such as by clicked points; None: not."""
Counted = Callable[[int, int], None]
"""How many are done, of how many."""


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """One photo of a lesion, and what is known of it; its pixels are read when they are needed."""

    load: Callable[[], Pixels]
    """The upright photo, BGR. Raises PhotoError, StoreError."""
    size_px: tuple[int, int]
    on: dt.date
    scale: Scale | None = None
    wound: Outline | None = None
    """Confirmed; without rings where the wound is closed."""
    head_angle_deg: float | None = None
    size: str = ""
    """The wound's size at this visit, in words."""
    photo_id: int | None = None
    """In the record."""
    masks: tuple[Mask, ...] = ()
    """Painted over before the photo is drawn."""
    crop: Crop | None = None
    """All of the photo that may be shown; None: all of it."""

    def masked(self, pixels: Pixels) -> Pixels:
        """Its pixels with the masks painted over them; the same array where there are none."""
        if self.masks:
            pixels = pixels.copy()
            paint_masks(pixels, self.masks)
        return pixels


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """A photo of a series on the plane of the first one, or why it is not there."""

    shot: Shot
    place: Place | None
    """On the first one's plane; where `refused` is told by its own scale, or None without one."""
    alignment: Alignment | None = None
    """None of the first, and where refused."""
    refused: WoundtrackError | None = None


def laid(
    shots: Sequence[Shot],
    *,
    known: Known = lambda _first, _shot: None,
    progress: Counted = lambda _done, _total: None,
    watch: Watch = lambda: None,
) -> tuple[Laid, ...]:
    """Each photo laid on the first that shows the wound and can be read, in their order.

    Where that one has no scale, the first other one that has a scale tells the mm. A photo that
    cannot be read or laid is among them with its reason. `known` is asked before it is sought.
    `watch` is called between steps: what it raises ends the work. Raises AlignError
    align.no_outline where no photo has an outline, and what reading does where none of these can
    be read.
    """
    first, then = _first(shots)
    found: list[Alignment | WoundtrackError | None] = []
    for done, shot in enumerate(shots):
        progress(done, len(shots))
        watch()
        if shot is first:
            found.append(None)
        else:
            found.append(known(first, shot) or _found(first, then, shot, watch))
    progress(len(shots), len(shots))
    ground = _ground(first, shots, found)
    return tuple(_laid(first, ground, shot, each) for shot, each in zip(shots, found, strict=True))


def _first(shots: Sequence[Shot]) -> tuple[Shot, View]:
    """The first photo that shows the wound and can be read, with its pixels."""
    why: WoundtrackError = AlignError("align.no_outline")
    for shot in shots:
        if shot.wound is None or not shot.wound.rings:
            continue
        try:
            return shot, _view(shot)
        except (PhotoError, StoreError) as error:
            why = error.bare()
    raise why


def _view(shot: Shot) -> View:
    return View(shot.load(), shot.scale, shot.head_angle_deg)


def _found(first: Shot, then: View, shot: Shot, watch: Watch) -> Alignment | WoundtrackError:
    assert first.wound is not None
    try:
        return aligned(then, _view(shot), wound=first.wound, later_wound=shot.wound, watch=watch)
    except (AlignError, OutlineError, PhotoError, StoreError) as error:
        return error.bare()


def _ground(
    first: Shot, shots: Sequence[Shot], found: Sequence[Alignment | WoundtrackError | None]
) -> Place:
    """The first one's place, in mm by its own scale or by another's that lies on it."""
    for shot, by in ((first, None), *zip(shots, found, strict=True)):
        if shot.scale is None or isinstance(by, WoundtrackError):
            continue
        try:
            return _place(first, shot.scale, by)
        except MeasureError:
            continue  # the wound lies beyond what that scale's plane shows
    return _place(first, None, None)


def _place(shot: Shot, scale: Scale | None, scale_by: Alignment | None) -> Place:
    wound = shot.wound if shot.wound is not None and shot.wound.rings else None
    return place_of(
        shot.size_px,
        scale=scale,
        wound=wound,
        head_angle_deg=shot.head_angle_deg,
        scale_by=scale_by,
    )


def _laid(
    first: Shot, ground: Place, shot: Shot, found: Alignment | WoundtrackError | None
) -> Laid:
    if shot is first:
        return Laid(shot, ground)
    refused = found if isinstance(found, WoundtrackError) else None
    try:
        if isinstance(found, Alignment):
            return Laid(shot, laid_on(ground, found, size_px=shot.size_px), found)
    except AlignError as error:
        refused = error.bare()
    try:
        own = _place(shot, shot.scale, None) if shot.scale is not None else None
    except MeasureError:
        own = None
    return Laid(shot, own, refused=refused)
