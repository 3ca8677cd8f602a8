"""The course of a study for one rater: which photos, in which order, and what is still to do."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from woundtrack.raters.types import RaterPhoto, RaterStudy, RaterTrace
from woundtrack.records import Stored


@dataclass(frozen=True, slots=True)
class Task:
    """One photo that a rater is to trace in one round."""

    photo: Stored[RaterPhoto]
    round: int
    """From 1."""
    done: bool


def tasks_of(
    study: Stored[RaterStudy],
    photos: Iterable[Stored[RaterPhoto]],
    traces: Iterable[Stored[RaterTrace]],
    *,
    rater_id: int,
) -> tuple[Task, ...]:
    """All that one rater traces, round by round, each round in its own order.

    The order is a shuffle that follows from the study's seed alone, so it is the same again
    when the rater comes back, and no other rater's.
    """
    done = {
        (trace.value.rater_photo_id, trace.value.round)
        for trace in traces
        if trace.value.rater_id == rater_id
    }
    every = tuple(photos)
    return tuple(
        Task(photo, round_, (photo.id, round_) in done)
        for round_ in range(1, study.value.rounds + 1)
        for photo in sorted(every, key=lambda one: _place(study.value.seed, rater_id, round_, one))
    )


def next_task(tasks: Sequence[Task], *, put_off: Iterable[tuple[int, int]] = ()) -> Task | None:
    """The first task that is not done; those put off (photo id, round) come last in their round.

    Of these, the one put off first. No photo of a later round comes before all of the earlier
    are done. None: all is done.
    """
    later = {place: number for number, place in enumerate(put_off, 1)}
    left = [task for task in tasks if not task.done]
    return min(
        left, key=lambda task: (task.round, later.get((task.photo.id, task.round), 0)), default=None
    )


def may_see_results(
    study: Stored[RaterStudy],
    photos: Iterable[Stored[RaterPhoto]],
    traces: Iterable[Stored[RaterTrace]],
    *,
    user_id: int,
) -> bool:
    """Whether a person's own tracing can no longer be swayed by what the others found."""
    if user_id not in study.value.rater_ids:
        return True
    return all(task.done for task in tasks_of(study, photos, traces, rater_id=user_id))


def _place(seed: int, rater_id: int, round_: int, photo: Stored[RaterPhoto]) -> bytes:
    return hashlib.sha256(f"{seed}/{rater_id}/{round_}/{photo.id}".encode()).digest()
