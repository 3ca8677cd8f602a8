"""What a healing chart is drawn from: a patient's record, gathered once for any size and period."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from woundtrack.context.labs import LabPoint, lab_series, series_keys_of, series_named
from woundtrack.healing.series import Point, Series, series_of
from woundtrack.healing.total import TotalArea, totals_of
from woundtrack.instruments.bwat import BWAT, BWAT_CUA
from woundtrack.instruments.push import PUSH
from woundtrack.instruments.revpwat import REVPWAT
from woundtrack.records import PatientHistory, SizeMethod, Stored, Visit
from woundtrack.report.chart_choice import AREA, LAB, OME, TOTAL, Group, Offer
from woundtrack.therapy.course import until_death
from woundtrack.therapy.types import TherapySession
from woundtrack.words import _

SCORES = {each.key: each for each in (BWAT, BWAT_CUA, PUSH, REVPWAT)}
"""The instruments, by the name of their total in a `Point`; each keeps its colour and form."""
SIZES = (SizeMethod.TRACED, SizeMethod.BEDSIDE, SizeMethod.CLOSED)
_TOGETHER = ("calcium_total", "calcium_corrected", "calcium_ionised", "phosphate")
"""Of one unit and of like size: they share a pane."""


@dataclass(frozen=True, slots=True)
class ChartData:
    """The lesions' series, and the record beside them."""

    history: PatientHistory
    """Its courses ended by the patient's death, where they had no last day."""
    lesions: tuple[Series, ...]
    sessions: Mapping[int, Mapping[dt.date, tuple[TherapySession, ...]]]
    """By course and day."""
    labs: Mapping[str, tuple[LabPoint, ...]]
    """Every laboratory series that has a point, by its key."""
    totals: tuple[TotalArea, ...]
    """All lesions together, where more than one is shown and all are."""
    visits: tuple[Stored[Visit], ...]
    """Those of which something was confirmed."""
    offers: tuple[Offer, ...]
    """What there is to show, in the language in force; the order is that of the panes."""

    @property
    def points(self) -> tuple[Point, ...]:
        """The visits of all lesions."""
        return tuple(point for series in self.lesions for point in series.points)


def chart_data(history: PatientHistory, *, lesion_ids: Sequence[int] = ()) -> ChartData:
    """What the chart of some lesions is drawn from; of all of them where none is named."""
    history = replace(history, courses=until_death(history))
    ids = tuple(lesion_ids) or tuple(lesion.id for lesion in history.lesions)
    lesions = tuple(series_of(history, lesion_id=i) for i in ids)
    confirmed = {each.value.visit_id for each in history.assessments if each.value.confirmed}
    visits = tuple(visit for visit in history.visits if visit.id in confirmed)
    labs = {key: lab_series(history.labs, key) for key in series_keys_of(history.labs)}
    points = [point for series in lesions for point in series.points]
    together = 1 < len(ids) == len(history.lesions)
    totals = totals_of(history) if together else ()
    offers = (
        *_of_wound(points, totals),
        *_of_pain(points, [visit.value for visit in visits]),
        *_of_labs(history, labs),
        *_of_analgesics(history),
    )
    return ChartData(history, lesions, _by_day(history.sessions), labs, totals, visits, offers)


def _of_wound(points: Sequence[Point], totals: Sequence[TotalArea]) -> list[Offer]:
    offers = []
    if any(point.method in SIZES for point in points):
        offers.append(Offer(AREA, _("Area"), Group.WOUND, AREA))
    if any(total.area_cm2 is not None for total in totals):
        offers.append(Offer(TOTAL, _("All lesions together"), Group.WOUND, AREA))
    for key, instrument in SCORES.items():
        if any(getattr(point, key) is not None for point in points):
            offers.append(Offer(key, instrument.short, Group.WOUND, "scores"))
    if points and not offers:
        # Nothing but visits: they are shown where areas would be.
        offers.append(Offer(AREA, _("Area"), Group.WOUND, AREA))
    return offers


def _of_pain(points: Sequence[Point], visits: Sequence[Visit]) -> list[Offer]:
    found = (
        ("pain_nrs", _("Pain, 0 to 10"), "nrs", points),
        ("general_pain_nrs", _("General pain, 0 to 10"), "nrs", visits),
        ("pain_vas_mm", _("Pain, 0 to 100 mm"), "vas", points),
        ("general_pain_vas_mm", _("General pain, 0 to 100 mm"), "vas", visits),
    )
    return [
        Offer(key, name, Group.PAIN, pane)
        for key, name, pane, things in found
        if any(getattr(thing, key) is not None for thing in things)
    ]


def _of_labs(history: PatientHistory, labs: Mapping[str, tuple[LabPoint, ...]]) -> list[Offer]:
    offers = []
    for key in labs:
        series = series_named(history.labs, key)
        if series is not None:
            name = f"{series.title}, {series.unit}" if series.unit else series.title
            pane = "calcium" if key in _TOGETHER else key
            offers.append(Offer(LAB + key, name, Group.LABORATORY, LAB + pane))
    return offers


def _of_analgesics(history: PatientHistory) -> list[Offer]:
    if not history.analgesics:
        return []
    return [Offer(OME, _("Oral morphine equivalents, mg a day"), Group.ANALGESICS, OME)]


def _by_day(
    sessions: Iterable[Stored[TherapySession]],
) -> dict[int, dict[dt.date, tuple[TherapySession, ...]]]:
    found: dict[int, dict[dt.date, tuple[TherapySession, ...]]] = {}
    for session in sessions:
        of_course = found.setdefault(session.value.course_id, {})
        of_course[session.value.on] = (*of_course.get(session.value.on, ()), session.value)
    return found
