"""What the strip of photos says under each of them; knows nothing of Qt.

Only what counts in the series is given a change; a photo without a size says why it has none.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ui.models.lesion_view import change_text, size_text
from ui.models.names import view_name
from woundtrack import words
from woundtrack.errors import MeasureError
from woundtrack.healing.change import Change, since_first, since_last
from woundtrack.healing.series import Point, Series, series_of
from woundtrack.photo.view import proposed_view
from woundtrack.records import (
    LesionMeasurement,
    PatientHistory,
    PhotoOutline,
    PhotoScale,
    PhotoView,
    SizeMethod,
    Stored,
    TherapyCourse,
    VisitPhoto,
)
from woundtrack.report.chart_bands import palette_of, therapy_kind
from woundtrack.report.chart_text import course_lines
from woundtrack.therapy.course import active_on, therapy_name, until_death
from woundtrack.words import _


@dataclass(frozen=True, slots=True)
class Moved:
    """How a size has changed."""

    text: str
    """In percent; in brackets where it is within measurement error."""
    change: Change

    @property
    def arrowed(self) -> str:
        """In percent, with an arrow, on one line with it, where it is beyond measurement error."""
        if not self.change.beyond_error:
            return self.text
        return f"{'▲' if self.text.startswith('+') else '▼'}\u00a0{self.text}"

    @property
    def whole(self) -> str:
        """In percent, over which time, and whether it is beyond measurement error."""
        return change_text(self.change)


@dataclass(frozen=True, slots=True)
class Under:
    """What stands under a photo of one of the lesions that it shows."""

    lesion_id: int
    label: str
    size: str
    """The size with its ±, or why there is none."""
    sized: bool = False
    first: Moved | None = None
    """Since the first comparable visit; None where there is none, or where this does not count."""
    last: Moved | None = None
    """Since the comparable visit before."""


@dataclass(frozen=True, slots=True)
class TherapyKey:
    """A therapy of the day: its place in the chart's colours and patterns, and its courses."""

    place: int
    courses: tuple[TherapyCourse, ...]

    def text(self, on: dt.date) -> str:
        """Its name, and what was given on that day of each of its courses."""
        given = [course_lines(course, on=on, sessions=())[0] for course in self.courses]
        return words.labelled(therapy_name(self.courses[0]), words.apart(given))


@dataclass(frozen=True, slots=True)
class StripPhoto:
    """One photo of the strip. Texts are in the language in force."""

    id: int
    visit_id: int
    vault_name: str
    on: dt.date
    day: str = ""
    unders: tuple[Under, ...] = ()
    therapies: tuple[TherapyKey, ...] = ()
    view: PhotoView | None = None
    """As a person told it, else as it is proposed."""
    view_told: bool = False
    taken: str = ""
    """The time, or what is wrong with the photo's own date."""
    of_day: str = ""
    """Which of the visit's photos; empty where it is the only one."""

    def shows(self, lesion_id: int | None) -> bool:
        """Whether the photo belongs in the strip of a lesion; unassigned ones always do."""
        ids = [under.lesion_id for under in self.unders]
        return lesion_id is None or not ids or lesion_id in ids

    def under(self, lesion_id: int | None) -> tuple[Under, ...]:
        """What is said of this lesion, or of all where it is None."""
        return tuple(u for u in self.unders if lesion_id is None or u.lesion_id == lesion_id)

    def told(self, lesion_id: int | None) -> str:
        """All there is to say of the photo, a line each."""
        lines = [" · ".join(part for part in (self.day, self.taken, self.of_day) if part)]
        for under in self.under(lesion_id):
            name = _("Lesion {label}").format(label=under.label)
            lines.append(words.labelled(name, under.size))
            if under.first is not None:
                lines.append(words.labelled(_("Since the first"), under.first.whole))
            if under.last is not None and under.last != under.first:
                lines.append(words.labelled(_("Since the one before"), under.last.whole))
        if not self.unders:
            lines.append(_("Nobody has said which lesion this photo shows."))
        lines += [key.text(self.on) for key in self.therapies]
        return "\n".join([*lines, self.view_text])

    @property
    def view_text(self) -> str:
        """Overview or close-up, and whether that is only proposed."""
        return view_name(self.view, told=self.view_told)


def strip_photos(history: PatientHistory) -> tuple[StripPhoto, ...]:
    """All photos of a patient in the order of their days, in the language in force."""
    visits = {visit.id: visit for visit in history.visits}
    photos = [photo for photo in history.photos if photo.value.visit_id in visits]
    photos.sort(key=lambda photo: (visits[photo.value.visit_id].value.on, photo.value.visit_id))
    of_visit: dict[int, list[int]] = {}
    for photo in photos:
        of_visit.setdefault(photo.value.visit_id, []).append(photo.id)
    known = _Known.of(history)
    therapies = {each: _therapies(known, visits[each].value.on) for each in of_visit}
    return tuple(
        _strip_photo(
            known,
            photo,
            visits[photo.value.visit_id].value.on,
            siblings=of_visit[photo.value.visit_id],
            therapies=therapies[photo.value.visit_id],
        )
        for photo in photos
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """A patient's records by the photo and lesion they belong to."""

    labels: Mapping[int, str]
    series: Mapping[int, Series]
    points: Mapping[tuple[int, int], Point]
    """By lesion and visit."""
    outlines: Mapping[int, Mapping[int, Stored[PhotoOutline]]]
    """By photo and lesion."""
    scales: Mapping[int, Stored[PhotoScale]]
    measurements: Mapping[int, Mapping[int, Stored[LesionMeasurement]]]
    """By photo and lesion."""
    palette: Mapping[str, int]
    courses: Sequence[TherapyCourse]

    @classmethod
    def of(cls, history: PatientHistory) -> "_Known":
        labels = {lesion.id: lesion.value.label for lesion in history.lesions}
        series = {each: series_of(history, lesion_id=each) for each in labels}
        outlines: dict[int, dict[int, Stored[PhotoOutline]]] = {}
        for outline in history.outlines:
            outlines.setdefault(outline.value.photo_id, {})[outline.value.lesion_id] = outline
        measurements: dict[int, dict[int, Stored[LesionMeasurement]]] = {}
        # Where there are several the confirmed one is shown.
        for m in sorted(history.measurements, key=lambda each: (each.value.confirmed, each.id)):
            measurements.setdefault(m.value.photo_id, {})[m.value.lesion_id] = m
        courses = sorted(until_death(history), key=lambda c: (c.value.start_on, c.id))
        return cls(
            labels,
            series,
            {(each, p.visit_id): p for each, one in series.items() for p in one.points},
            outlines,
            {scale.value.photo_id: scale for scale in history.scales},
            measurements,
            palette_of(history.courses),
            [course.value for course in courses],
        )

    def lesions_of(self, photo_id: int) -> list[int]:
        """The lesions that a photo shows, in the order of their letters."""
        shown = {*self.outlines.get(photo_id, {}), *self.measurements.get(photo_id, {})}
        return sorted(shown & set(self.labels), key=lambda lesion: self.labels[lesion])


def _strip_photo(
    known: _Known,
    photo: Stored[VisitPhoto],
    on: dt.date,
    *,
    siblings: Sequence[int],
    therapies: tuple[TherapyKey, ...],
) -> StripPhoto:
    value = photo.value
    number = _("photo {number} of {count}").format(
        number=siblings.index(photo.id) + 1, count=len(siblings)
    )
    return StripPhoto(
        id=photo.id,
        visit_id=value.visit_id,
        vault_name=value.vault_name,
        on=on,
        day=words.date(on),
        unders=tuple(_under(known, photo, lesion) for lesion in known.lesions_of(photo.id)),
        therapies=therapies,
        view=value.view or _proposed(known, photo),
        view_told=value.view is not None,
        taken=_taken(value, on),
        of_day=number if len(siblings) > 1 else "",
    )


def _proposed(known: _Known, photo: Stored[VisitPhoto]) -> PhotoView | None:
    outlines = [each.value.outline for each in known.outlines.get(photo.id, {}).values()]
    scale = known.scales.get(photo.id)
    return proposed_view(photo.value.photo, outlines, scale=scale.value.scale if scale else None)


def _taken(value: VisitPhoto, on: dt.date) -> str:
    taken_at = value.photo.taken_at
    if taken_at is None:
        return _("no date in the photo itself")
    if taken_at.date() != on:
        return _("the camera says {date}").format(date=words.date(taken_at.date()))
    return words.time_of_day(taken_at)


def _under(known: _Known, photo: Stored[VisitPhoto], lesion_id: int) -> Under:
    label, point = known.labels[lesion_id], known.points.get((lesion_id, photo.value.visit_id))
    measured = known.measurements.get(photo.id, {}).get(lesion_id)
    traced = point is not None and point.method is SizeMethod.TRACED
    if point is not None and traced and point.photo_id == photo.id:
        return _counted(known.series[lesion_id], point)
    if measured is not None:
        if not measured.value.confirmed:
            # An area that nobody confirmed is not yet the record's.
            return Under(lesion_id, label, _("draft"))
        value = measured.value.measurement
        size = words.area(value.area_cm2, value.area_cm2_sd)
        return Under(lesion_id, label, _("{size}, does not count").format(size=size))
    if point is not None and point.method in (SizeMethod.BEDSIDE, SizeMethod.CLOSED):
        return _counted(known.series[lesion_id], point)
    why = _("on another photo") if traced else _why_none(known, photo.id, lesion_id)
    return Under(lesion_id, label, why)


def _why_none(known: _Known, photo_id: int, lesion_id: int) -> str:
    outline = known.outlines.get(photo_id, {}).get(lesion_id)
    if outline is None or not any(outline.value.outline.rings):
        return _("no outline")
    scale = known.scales.get(photo_id)
    return _("no scale") if scale is None or scale.value.scale is None else _("not measured")


def _counted(series: Series, point: Point) -> Under:
    return Under(
        series.lesion_id,
        series.label,
        size_text(point),
        sized=point.size_cm2 is not None,
        first=moved_by(lambda: since_first(series, point=point)),
        last=moved_by(lambda: since_last(series, point=point)),
    )


def moved_by(change_of: Callable[[], Change | None]) -> Moved | None:
    """A change as it is told; None where there is none, or no figure may be taken."""
    try:
        change = change_of()
    except MeasureError:
        return None
    if change is None or change.days <= 0:
        return None
    percent = words.percent(-change.reduction, signed=True)
    text = f"({percent})" if change.beyond_error is False else percent
    return Moved(text, change)


def _therapies(known: _Known, on: dt.date) -> tuple[TherapyKey, ...]:
    """The therapies that ran on a day, each once, in the order of the chart."""
    running: dict[str, list[TherapyCourse]] = {}
    for course in known.courses:
        if active_on(course, day=on):
            running.setdefault(therapy_kind(course), []).append(course)
    return tuple(
        TherapyKey(known.palette[kind], tuple(courses)) for kind, courses in running.items()
    )
