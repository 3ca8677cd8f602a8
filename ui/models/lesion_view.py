"""What a lesion's card on the patient page says; knows nothing of Qt."""

from dataclasses import dataclass

from ui.body_dots import MapLesion
from woundtrack import words
from woundtrack.anatomy.places import place_on_map
from woundtrack.anatomy.rule import class_name
from woundtrack.anatomy.sites import place_name
from woundtrack.errors import MeasureError
from woundtrack.healing.change import Change, since_first
from woundtrack.healing.closure import closures_in
from woundtrack.healing.series import Point, Series, series_of
from woundtrack.records import Lesion, LesionStatus, PatientHistory, SizeMethod, Stored
from woundtrack.report.healing_text import closure_text
from woundtrack.words import _, counted


@dataclass(frozen=True, slots=True)
class LesionView:
    """One lesion's card. Texts are in the language in force."""

    id: int
    label: str
    place: str
    class_text: str
    figure: str
    """Latest size with its ± and unit, or why there is none."""
    change: str
    change_tone: str
    status: str
    dot: MapLesion | None
    measured: bool = True
    """Whether `figure` is a size; else it is a sentence, said less loudly."""
    change_hint: str = ""
    """What the change's verdict was judged by."""
    remark: str = ""
    """Out of which lesions it came, or that it is open again; empty where neither."""
    remark_hint: str = ""


def lesion_view(history: PatientHistory, lesion: Stored[Lesion]) -> LesionView:
    """One lesion's card, in the language in force."""
    value = lesion.value
    series = series_of(history, lesion_id=lesion.id)
    figure, change, tone, hint = _latest(series)
    sized = any(point.size_cm2 is not None for point in series.points)
    place = place_name(value.site, value.side)
    status = "" if value.status is LesionStatus.OPEN else value.status.value
    remark, remark_hint = _remark(history, lesion, series)
    if value.became_on is not None:
        hint = _("Before: {size}").format(size=figure) if sized else ""
        figure, sized, status = _became(history, value), False, "became"
        change, tone = _("since {start}").format(start=words.date(value.became_on)), "muted"
    elif value.status is LesionStatus.CLOSED or value.closed_on:
        sized = True
        day = value.closure_confirmed_on or value.closed_on
        sure = value.status is LesionStatus.CLOSED or value.closure_confirmed_on
        figure = _("closed") if sure else _("closed, to be confirmed")
        change, tone, hint = words.date(day) if day else "", "ok", remark_hint
    return LesionView(
        id=lesion.id,
        label=value.label,
        place=place,
        class_text=class_name(value.site_class),
        figure=figure,
        change=change,
        change_tone=tone,
        status=status,
        dot=_dot(lesion, place, figure),
        measured=sized,
        change_hint=hint,
        remark=remark,
        remark_hint=remark_hint,
    )


def _became(history: PatientHistory, lesion: Lesion) -> str:
    """What a lesion is now part of, or parted into."""
    labels = [each.value.label for each in history.lesions if each.id in lesion.became_ids]
    return _("became {lesions}").format(lesions=words.together(labels))


def _remark(history: PatientHistory, lesion: Stored[Lesion], series: Series) -> tuple[str, str]:
    """That a lesion is open again, or out of which ones it came; and all its closures."""
    closures = closures_in(series)
    told = "\n".join(closure_text(closure) for closure in closures)
    if lesion.value.became_on is None and lesion.value.closed_on is None and closures:
        latest = closures[-1]
        if latest.reopened_on is not None:
            text = _("open again since {reopened}, was closed {closed}").format(
                reopened=words.date(latest.reopened_on), closed=words.date(latest.first_on)
            )
            return text, told
    before = [each.value for each in history.lesions if lesion.id in each.value.became_ids]
    if before and before[0].became_on is not None:
        labels = words.together(each.label for each in before)
        day = words.date(before[0].became_on)
        return _("came out of {lesions}, {date}").format(lesions=labels, date=day), told
    return "", told


def _latest(series: Series) -> tuple[str, str, str, str]:
    """Size, change since the first comparable visit, the tone of the change, and its hint."""
    sized = [point for point in series.points if point.size_cm2 is not None]
    if not sized:
        return _("not measured yet"), "", "muted", ""
    latest = sized[-1]
    try:
        change = since_first(series, point=latest)
    except MeasureError:
        change = None
    if change is None or change.days <= 0:
        # Between sizes that were taken in two ways no figure is told.
        mixed = any((point.size_cm2 or 0.0) > 0 for point in sized[:-1])
        text = _("first measured in this way {day}") if mixed else _("first measured {day}")
        return size_text(latest), text.format(day=words.date(latest.on)), "muted", ""
    hint = "" if change.beyond_error is None else judged_by(change.retrace_relative_sd)
    return size_text(latest), change_text(change), _change_tone(change), hint


def size_text(point: Point) -> str:
    """The size of a point with its unit and method."""
    if point.method is SizeMethod.CLOSED:
        return _("closed")
    if point.method is SizeMethod.BEDSIDE and point.length_cm and point.width_cm:
        return _("{length} × {width} cm, by ruler").format(
            length=words.number(point.length_cm), width=words.number(point.width_cm)
        )
    if point.area_cm2 is None:
        return _("not measured")
    return words.area(point.area_cm2, point.area_cm2_sd)


def change_text(change: Change) -> str:
    """Change in percent over weeks or days, and whether it is beyond measurement error."""
    percent = words.percent(-change.reduction, signed=True)
    if change.days >= 14:
        weeks = round(change.days / 7)
        when = counted("{count} wk", "{count} wk", weeks)
    else:
        when = counted("{count} day", "{count} days", change.days)
    text = _("{percent} in {time}").format(percent=percent, time=when)
    if change.beyond_error is None:
        return text
    verdict = _("beyond error") if change.beyond_error else _("within error")
    return f"{text}, {verdict}"


def judged_by(retrace_relative_sd: float) -> str:
    """How far two people's tracings differ, by which a change is called beyond error or not."""
    text = _("Judged by {share} of the area, one standard deviation, for tracing again.")
    return text.format(share=words.percent(retrace_relative_sd, decimals=1))


def _change_tone(change: Change) -> str:
    if not change.beyond_error:
        return "muted"
    return "ok" if change.reduction > 0 else "warning"


def _dot(lesion: Stored[Lesion], place: str, figure: str) -> MapLesion | None:
    value = lesion.value
    where = place_on_map(value)
    if where is None:
        return None
    return MapLesion(
        lesion.id, value.label, *where, site_class=value.site_class,
        closed=value.status is not LesionStatus.OPEN, ended=value.became_on is not None,
        hint=f"{value.label} · {place} · {figure}",
    )  # fmt: skip
