"""Work of the comparison for workers: a stored photo on the plane, a later one laid on the first.

Nothing here outlives its call but what it returns: the pixels of a photo are let go at once.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ui.compare.picture import PlaneImage, image_of
from ui.models.compare import ComparePhoto
from woundtrack.errors import AlignError, MeasureError, WoundtrackError
from woundtrack.photo.colour_cast import Light
from woundtrack.photo.types import Pixels
from woundtrack.scale.types import PointPx

if TYPE_CHECKING:
    from woundtrack.align.changed import ChangedArea
    from woundtrack.align.marks import View
    from woundtrack.align.types import Alignment
    from woundtrack.compare.place import Place
    from woundtrack.store.clinic import Clinic

Rings: TypeAlias = tuple[NDArray[np.float64], ...]
Pairs: TypeAlias = tuple[tuple[PointPx, PointPx], ...]
"""Points of the first photo, and of a later one, that are one place of the skin."""

MOST_PX = 9_000_000
"""Of each image: four photos of 12 megapixels, a little less fine than they are (0.87 of their px
each way), are then opened in less than 600 MB in all."""


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """What the wound gained and lost since the first photo, and where that lies on the plane."""

    area: "ChangedArea"
    gained_mm: Rings
    lost_mm: Rings


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One photo of the comparison, as far as it has come."""

    photo: ComparePhoto
    place: "Place | None" = None
    image: PlaneImage | None = None
    """None while it is read, or where it cannot be: `error` says why."""
    rings_mm: Rings = ()
    matched: bool = False
    """Whether its colours were to be matched when it was drawn."""
    light: Light = Light.ASSUMED
    """What its colours were matched by."""
    error: WoundtrackError | None = None
    unscaled: WoundtrackError | None = None
    """Why it is not shown by the scale that it has."""
    alignment: "Alignment | None" = None
    refused: WoundtrackError | None = None
    """Why it is not laid on the first photo; None too while that is being tried."""
    change: Change | None = None


def read_entry(clinic: "Clinic", photo: ComparePhoto, *, matched: bool) -> Entry:
    """A photo on the plane by its own scale; an unreadable one with its error."""
    try:
        return _placed(_pixels(clinic, photo), photo, matched=matched)
    except WoundtrackError as error:
        return Entry(photo, error=error.bare())


def drawn_again(clinic: "Clinic", entry: Entry, *, matched: bool) -> Entry:
    """The same entry with its colours matched or as they were taken."""
    assert entry.place is not None
    try:
        return _drawn(entry, _pixels(clinic, entry.photo), entry.place, matched=matched)
    except WoundtrackError as error:
        return Entry(entry.photo, error=error.bare())


def scaled_first(clinic: "Clinic", first: Entry, by: Entry, *, matched: bool) -> Entry:
    """The first photo, which has no scale, in mm by that of a later one that lies on it.

    Where that cannot be used it stays as it is, and `unscaled` says why.
    """
    from woundtrack.compare.place import place_of

    photo = first.photo
    try:
        place = place_of(
            _size_px(photo),
            scale=by.photo.scale,
            wound=photo.outline,
            head_angle_deg=photo.value.head_angle_deg,
            scale_by=by.alignment,
        )
        return _drawn(first, _pixels(clinic, photo), place, matched=matched)
    except WoundtrackError as error:
        return replace(first, unscaled=error.bare())


def laid_entry(
    clinic: "Clinic",
    first: Entry,
    entry: Entry,
    *,
    found: "Alignment | None",
    pairs: Pairs,
    matched: bool,
    watch: Callable[[], None],
) -> Entry:
    """The photo laid on the first one: as was `found`, by pairs of points, or by the skin.

    Refused it stays where its own scale put it, and `refused` says why. What `watch` raises
    between two steps stops the work.
    """
    from woundtrack.compare.place import laid_on

    assert first.place is not None
    try:
        pixels = _pixels(clinic, entry.photo)
        if found is None:
            found = _found(clinic, first.photo, entry.photo, pixels, pairs=pairs, watch=watch)
        place = laid_on(first.place, found, size_px=_size_px(entry.photo))
        change = change_of(first, entry.photo, found, place)
        laid = replace(entry, alignment=found, refused=None, change=change)
        return _drawn(laid, pixels, place, matched=matched)
    except WoundtrackError as error:
        return replace(entry, refused=error.bare(), alignment=None, change=None)


def change_of(
    first: Entry, later: ComparePhoto, alignment: "Alignment", place: "Place"
) -> Change | None:
    """Gained and lost area between two confirmed outlines of two visits; None where there is none.

    Where only a draft or no scale tells the size there is none either.
    """
    from woundtrack.align.changed import changed_area
    from woundtrack.compare.place import rings_mm

    then, now = first.photo.sure_outline, later.sure_outline
    if then is None or now is None or first.photo.draft or later.draft:
        return None
    if first.photo.strip.visit_id == later.strip.visit_id:
        return None
    try:
        area = changed_area(
            alignment,
            earlier=then,
            later=now,
            earlier_scale=first.photo.scale,
            later_scale=later.scale,
        )
    except AlignError:
        return None
    return Change(area, rings_mm(area.gained, place), rings_mm(area.lost, place))


def _found(
    clinic: "Clinic",
    first: ComparePhoto,
    later: ComparePhoto,
    pixels: Pixels,
    *,
    pairs: Pairs,
    watch: Callable[[], None],
) -> "Alignment":
    from woundtrack.align.register import aligned

    if first.outline is None:
        raise AlignError("align.no_outline")
    if pairs:
        return aligned_by_clicks(first, later, pairs=pairs)
    return aligned(
        _view(first, _pixels(clinic, first)),
        _view(later, pixels),
        wound=first.outline,
        later_wound=later.outline,
        watch=watch,
    )


def aligned_by_clicks(first: ComparePhoto, later: ComparePhoto, *, pairs: Pairs) -> "Alignment":
    """By pairs of points alone, which needs no pixels. AlignError as `aligned_by_points`."""
    from woundtrack.align.points import aligned_by_points

    if first.outline is None:
        raise AlignError("align.no_outline")
    then, now = (_view(each, _blank(each)) for each in (first, later))
    return aligned_by_points(then, now, pairs=pairs, wound=first.outline)


def _blank(photo: ComparePhoto) -> Pixels:
    """As large as the photo, in no memory: clicks look at its size alone."""
    width, height = _size_px(photo)
    return np.broadcast_to(np.uint8(0), (height, width, 3))


def _view(photo: ComparePhoto, pixels: Pixels) -> "View":
    from woundtrack.align.marks import View

    return View(pixels, photo.scale, photo.value.head_angle_deg)


def _pixels(clinic: "Clinic", photo: ComparePhoto) -> Pixels:
    from woundtrack.photo.read import decode_photo

    return decode_photo(clinic.read(lambda reader: reader.photo_bytes(photo.value.vault_name)))[1]


def _size_px(photo: ComparePhoto) -> tuple[int, int]:
    return photo.value.photo.width_px, photo.value.photo.height_px


def _placed(pixels: Pixels, photo: ComparePhoto, *, matched: bool) -> Entry:
    """By its own scale; where that cannot be used, by the outline's size alone."""
    from woundtrack.compare.place import place_of

    def by(scale: bool) -> "Place":
        return place_of(
            _size_px(photo),
            scale=photo.scale if scale else None,
            wound=photo.outline,
            head_angle_deg=photo.value.head_angle_deg,
        )

    try:
        return _drawn(Entry(photo), pixels, by(True), matched=matched)
    except MeasureError as error:
        return _drawn(Entry(photo, unscaled=error.bare()), pixels, by(False), matched=matched)


def _drawn(entry: Entry, pixels: Pixels, place: "Place", *, matched: bool) -> Entry:
    from woundtrack.compare.light import matched_light
    from woundtrack.compare.place import rings_mm
    from woundtrack.compare.sheet import sheet_of

    light = matched_light(pixels, entry.photo.scale) if matched else None
    image = image_of(sheet_of(pixels, place, most_px=MOST_PX, light=light))
    outline = entry.photo.outline
    rings = rings_mm(outline, place) if outline is not None else ()
    told = light.light if light is not None else Light.ASSUMED
    return replace(entry, place=place, image=image, rings_mm=rings, matched=matched, light=told)
