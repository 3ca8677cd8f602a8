"""A lesion's confirmed photos, made ready to be laid on each other."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeAlias

from woundtrack.compare.series import Shot
from woundtrack.deidentify.types import Crop, Mask
from woundtrack.export.case import Case
from woundtrack.healing.series import Point
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Pixels
from woundtrack.records import PhotoOutline, SizeMethod, Stored, VisitPhoto
from woundtrack.report.chart_text import size_text

LookedAt: TypeAlias = Mapping[int, tuple[Crop, tuple[Mask, ...]]]
"""What a person let through of each photo, by its id."""


def shots_of(
    case: Case,
    lesion_id: int,
    *,
    pixels: Callable[[str], Pixels],
    looked_at: LookedAt | None = None,
) -> tuple[Shot, ...]:
    """One photo of each visit that surely shows the lesion, in the order of their days.

    That is the photo that was measured, else one with its outline, else, where the wound is
    closed, the visit's only one if it shows no other lesion. `pixels` gives an upright photo by
    its vault name. Where `looked_at` is told, photos that are not in it are not among the answer.
    """
    scales = {each.value.photo_id: each.value.scale for each in case.scales.values()}
    made = []
    for point in case.series[lesion_id].points:
        photo = _photo(case, lesion_id, point)
        if photo is None or (looked_at is not None and photo.id not in looked_at):
            continue
        crop, masks = (looked_at or {}).get(photo.id, (None, ()))
        value = photo.value
        outline = _outline(case, lesion_id, photo)
        closed = Outline(()) if point.method is SizeMethod.CLOSED else None
        made.append(
            Shot(
                partial(pixels, value.vault_name),
                (value.photo.width_px, value.photo.height_px),
                point.on,
                scale=scales.get(photo.id),
                wound=outline.value.outline if outline else closed,
                head_angle_deg=value.head_angle_deg,
                size=size_text(point),
                photo_id=photo.id,
                masks=masks,
                crop=crop,
            )
        )
    return tuple(made)


def _photo(case: Case, lesion_id: int, point: Point) -> Stored[VisitPhoto] | None:
    photos = [each for each in case.history.photos if each.value.visit_id == point.visit_id]
    measured = [photo for photo in photos if photo.id == point.photo_id]
    outlined = [photo for photo in photos if _outline(case, lesion_id, photo)]
    if measured or outlined:
        return (measured or outlined)[0]
    if point.method is not SizeMethod.CLOSED or len(photos) != 1:
        return None
    others = {each.value.photo_id for each in case.outlines.values()}
    return None if photos[0].id in others else photos[0]


def _outline(case: Case, lesion_id: int, photo: Stored[VisitPhoto]) -> Stored[PhotoOutline] | None:
    drawn = (
        each
        for each in case.outlines.values()
        if each.value.photo_id == photo.id
        and each.value.lesion_id == lesion_id
        and any(each.value.outline.rings)
    )
    return next(drawn, None)
