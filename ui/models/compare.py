"""Which photos of a lesion can be compared, and what is said under each; knows nothing of Qt."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ui.models.lesion_view import size_text
from ui.models.timeline import Moved, StripPhoto, moved_by
from woundtrack.errors import MeasureError
from woundtrack.healing.change import Change, change_between, since_first
from woundtrack.healing.closure import closures_in
from woundtrack.healing.series import Point, Series, series_of
from woundtrack.outline.types import Outline
from woundtrack.records import (
    Lesion,
    PatientHistory,
    PhotoScale,
    PhotoView,
    SizeMethod,
    Stored,
    VisitPhoto,
)
from woundtrack.scale.types import Scale
from woundtrack.words import _

FEWEST, MOST = 2, 4
"""So many photos are compared at once."""


@dataclass(frozen=True, slots=True)
class ComparePhoto:
    """One photo of a lesion, with what its place on the plane and its figures are made of."""

    strip: StripPhoto
    value: VisitPhoto
    lesion_id: int
    scale: Scale | None
    outline: Outline | None
    """Of this lesion; None where nobody drew one, or where it is empty."""
    draft: bool
    """Whether nobody confirmed the outline or the scale."""
    point: Point | None = None
    """What counts of its visit."""
    alone: bool = True
    """Whether it is the only photo of this lesion at its visit."""

    @property
    def id(self) -> int:
        """The photo's id."""
        return self.strip.id

    @property
    def on(self) -> dt.date:
        """The day of its visit."""
        return self.strip.on

    @property
    def title(self) -> str:
        """Its day, and which photo of the day it is where there are several."""
        return self.strip.day if self.alone else f"{self.strip.day} · {self.strip.of_day}"

    @property
    def closed(self) -> bool:
        """Whether a person confirmed at this visit that the wound is closed."""
        return self.point is not None and self.point.method is SizeMethod.CLOSED

    @property
    def counts(self) -> bool:
        """Whether its own outline is the visit's size, or the visit found the wound closed."""
        if self.point is None:
            return False
        return self.closed or (
            self.point.method is SizeMethod.TRACED and self.point.photo_id == self.id
        )

    @property
    def sure_outline(self) -> Outline | None:
        """The confirmed outline; an empty one where the wound is closed; None where neither."""
        if self.outline is not None:
            return None if self.draft else self.outline
        return Outline(()) if self.closed else None


def lesions_to_compare(
    history: PatientHistory, photos: Sequence[StripPhoto]
) -> tuple[Stored[Lesion], ...]:
    """The lesions that two or more of the strip's photos show, in the order of their letters."""
    return tuple(
        lesion
        for lesion in history.lesions
        if sum(photo.shows(lesion.id) for photo in photos) >= FEWEST
    )


def photos_of(
    history: PatientHistory, photos: Sequence[StripPhoto], *, lesion_id: int
) -> tuple[ComparePhoto, ...]:
    """Every photo of a lesion among those of the strip, in their order."""
    values = {photo.id: photo.value for photo in history.photos}
    scales = {scale.value.photo_id: scale.value for scale in history.scales}
    outlines = {
        each.value.photo_id: each.value
        for each in history.outlines
        if each.value.lesion_id == lesion_id and any(each.value.outline.rings)
    }
    points = {point.visit_id: point for point in series_of(history, lesion_id=lesion_id).points}
    shown = [photo for photo in photos if photo.shows(lesion_id)]
    of_visit = Counter(photo.visit_id for photo in shown)
    made = []
    for photo in shown:
        outline, scale = outlines.get(photo.id), scales.get(photo.id)
        unsure = (outline is not None and not outline.confirmed) or _is_draft(scale)
        made.append(
            ComparePhoto(
                photo,
                values[photo.id],
                lesion_id,
                scale.scale if scale else None,
                outline.outline if outline else None,
                draft=unsure,
                point=points.get(photo.visit_id),
                alone=of_visit[photo.visit_id] == 1,
            )
        )
    return tuple(made)


def _is_draft(scale: PhotoScale | None) -> bool:
    return scale is not None and scale.scale is not None and not scale.confirmed


def usual_choice(photos: Sequence[ComparePhoto]) -> tuple[int, ...]:
    """The first and the latest photo that count and are close-ups, else the best there is."""
    wishes: tuple[Callable[[ComparePhoto], bool], ...] = (
        lambda photo: photo.counts and photo.strip.view is not PhotoView.OVERVIEW,
        lambda photo: photo.counts,
        lambda photo: photo.outline is not None,
        lambda photo: photo.strip.view is not PhotoView.OVERVIEW,
        lambda _photo: True,
    )
    for wish in wishes:
        found = [photo for photo in photos if wish(photo)]
        if found and found[0].strip.visit_id != found[-1].strip.visit_id:
            return found[0].id, found[-1].id
    return tuple(photo.id for photo in photos[:FEWEST])


def choice_with(photos: Sequence[ComparePhoto], marked: Sequence[int]) -> tuple[int, ...]:
    """The marked photos, oldest first; one alone goes with the usual one farthest from it."""
    known = [photo.id for photo in photos]
    chosen = sorted({each for each in marked if each in known}, key=known.index)[:MOST]
    if len(chosen) >= FEWEST:
        return tuple(chosen)
    usual = usual_choice(photos)
    if not chosen:
        return usual
    others = [each for each in usual if each != chosen[0]]
    place = known.index(chosen[0])
    others.sort(key=lambda each: -abs(known.index(each) - place))
    return tuple(sorted([*chosen, *others[: FEWEST - 1]], key=known.index))


def subtitles(
    history: PatientHistory, photos: Sequence[ComparePhoto], *, lesion_id: int
) -> Mapping[int, str]:
    """Under each photo its size, the change since the first of them, and whether it is a draft."""
    series = series_of(history, lesion_id=lesion_id)
    texts = {}
    for photo in photos:
        under = next(iter(photo.strip.under(lesion_id)), None)
        size = under.size if under is not None else _size(photo.point)
        change = _moved(series, photos[0], photo)
        parts = [size, change.arrowed if change else ""]
        if photo.draft and (under is None or size != _("draft")):
            parts.append(_("draft"))
        texts[photo.id] = " · ".join(part for part in parts if part)
    return texts


def _size(point: Point | None) -> str:
    """The visit's size where the photo itself tells none, or that it has no outline."""
    told = point is not None and point.method in (SizeMethod.CLOSED, SizeMethod.BEDSIDE)
    return size_text(point) if point is not None and told else _("no outline")


def _moved(series: Series, first: ComparePhoto, photo: ComparePhoto) -> Moved | None:
    if not (first.counts and photo.counts) or first.draft or photo.draft:
        return None
    return moved_by(lambda: _change(series, first.point, photo.point))


def _change(series: Series, first: Point | None, point: Point | None) -> Change | None:
    """The change between two points; across a closure only from the lesion's first size."""
    if first is None or point is None or first.visit_id == point.visit_id:
        return None
    change = change_between(first, later=point)
    if reopened_between(series, first.on, point.on) and change != since_first(series, point=point):
        raise MeasureError("measure.no_baseline")
    return change


def reopened_between(series: Series, start: dt.date, stop: dt.date) -> bool:
    """Whether the wound was closed and opened again between two days."""
    days = (closure.reopened_on for closure in closures_in(series))
    return any(day is not None and start < day <= stop for day in days)
