"""What a lesion may have become, and the lesions that come of it; knows nothing of Qt."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from woundtrack.records import Lesion, LesionStatus, PatientHistory, Stored


def first_seen(history: PatientHistory) -> dict[int, dt.date]:
    """The day of each lesion's first confirmed form; lesions without one are left out."""
    days = {visit.id: visit.value.on for visit in history.visits}
    first: dict[int, dt.date] = {}
    for each in history.assessments:
        on = days.get(each.value.visit_id)
        if each.value.confirmed and on is not None:
            first[each.value.lesion_id] = min(on, first.get(each.value.lesion_id, on))
    return first


def others(history: PatientHistory, lesion: Stored[Lesion]) -> list[Stored[Lesion]]:
    """The patient's other lesions that are still lesions of their own."""
    return [
        each for each in history.lesions if each.id != lesion.id and each.value.became_on is None
    ]


def may_come_of(
    history: PatientHistory, lesion: Stored[Lesion], *, on: dt.date
) -> list[Stored[Lesion]]:
    """The lesions that may have come of this one on a day: nobody had seen them before."""
    seen = first_seen(history)
    return [each for each in others(history, lesion) if seen.get(each.id, on) >= on]


def same_act(history: PatientHistory, lesion: Stored[Lesion]) -> list[Stored[Lesion]]:
    """The lesions that became the same as this one, on the same day."""
    ends = (lesion.value.became_ids, lesion.value.became_on)
    return [
        each for each in history.lesions if (each.value.became_ids, each.value.became_on) == ends
    ]


def parts_of(lesion: Lesion, labels: Sequence[str]) -> list[Lesion]:
    """The lesions into which one parted: as it was, each with its own letter."""
    return [_fresh(lesion, label) for label in labels]


def together_of(lesions: Sequence[Lesion], label: str) -> Lesion:
    """The lesion that several grew into: as the first, since the earliest onset."""
    onsets = [each.onset_on for each in lesions if each.onset_on is not None]
    return _fresh(replace(lesions[0], onset_on=min(onsets, default=None)), label)


def _fresh(lesion: Lesion, label: str) -> Lesion:
    return replace(
        lesion,
        label=label,
        status=LesionStatus.OPEN,
        closed_on=None,
        closure_confirmed_on=None,
        became_ids=(),
        became_on=None,
        note="",
    )
