"""What the pages of a rater study show, read on workers; knows nothing of Qt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from woundtrack import words
from woundtrack.errors import MeasureError, RecordError
from woundtrack.measure.change import RETRACE_RELATIVE_SD
from woundtrack.outline.types import Outline
from woundtrack.raters.agreement import Agreement, Pair, Reading
from woundtrack.raters.course import Task, may_see_results, tasks_of
from woundtrack.raters.types import RaterPhoto, RaterStudy, RaterTrace, RetraceValue
from woundtrack.records import Stored, User, VisitPhoto
from woundtrack.store.clinic import Reader, Writer
from woundtrack.words import _, counted

T = TypeVar("T")
HARDEST = 5


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one rater is."""

    name: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class StudyRow:
    """One study of the list, as the person signed in may see it."""

    study: Stored[RaterStudy]
    photos: int
    progress: tuple[Progress, ...]
    tasks: tuple[Task, ...]
    """The person's own; empty for who is no rater of it."""
    may_see: bool

    @property
    def done(self) -> int:
        """How many of the own tasks are done."""
        return sum(task.done for task in self.tasks)


@dataclass(frozen=True, slots=True)
class Overview:
    """All studies, newest first, and the figure of retracing that is in force."""

    rows: tuple[StudyRow, ...]
    value: Stored[RetraceValue] | None


@dataclass(frozen=True, slots=True)
class Results:
    """What a study says so far; None with its reason where there is not enough."""

    study: Stored[RaterStudy]
    names: dict[int, str]
    traces: tuple[Stored[RaterTrace], ...]
    between: Agreement | None = None
    within: Agreement | None = None
    lacking: MeasureError | None = None
    """Why neither can be said yet."""
    own: RetraceValue | None = None
    """What the clinic could use as its own figure."""
    own_refused: MeasureError | None = None
    in_force: Stored[RetraceValue] | None = None
    hardest: tuple[tuple[str, float], ...] = ()
    """Vault name and relative sd of the photos on which the raters differ most, worst first."""


def overview_of(reader: Reader, user_id: int) -> Overview:
    """Everything that the list shows."""
    names = _names(reader)
    rows = [_row(reader, study, names, user_id) for study in reversed(reader.find(RaterStudy))]
    return Overview(tuple(rows), reader.retrace_value())


def _names(reader: Reader) -> dict[int, str]:
    return {user.id: user.value.name for user in reader.find(User)}


def _row(
    reader: Reader, study: Stored[RaterStudy], names: dict[int, str], user_id: int
) -> StudyRow:
    photos = reader.find(RaterPhoto, study_id=study.id)
    traces = reader.study_traces(study.id)
    total = len(photos) * study.value.rounds
    progress = tuple(
        Progress(names.get(rater, ""), sum(t.value.rater_id == rater for t in traces), total)
        for rater in study.value.rater_ids
    )
    mine = user_id in study.value.rater_ids
    tasks = tasks_of(study, photos, traces, rater_id=user_id) if mine else ()
    may_see = may_see_results(study, photos, traces, user_id=user_id)
    return StudyRow(study, len(photos), progress, tasks, may_see)


def own_tasks(
    reader: Reader, study_id: int, user_id: int
) -> tuple[Stored[RaterStudy], tuple[Task, ...]]:
    """A study and one rater's tasks in it: nothing of the others is read."""
    study = reader.get(RaterStudy, study_id)
    if study.deleted:
        raise RecordError("record.in_bin")
    photos = reader.find(RaterPhoto, study_id=study_id)
    traces = reader.study_traces(study_id, rater_id=user_id)
    return study, tasks_of(study, photos, traces, rater_id=user_id)


def keep_trace(
    writer: Writer, task: Task, outline: Outline, *, rater_id: int
) -> Stored[RaterTrace]:
    """Measure a tracing under the study's scale and make it the record."""
    from woundtrack.measure.measurement import measure

    measurement = measure(outline, task.photo.value.scale)
    writer.drop_drawing(task.photo.id, task.round)
    return writer.add(RaterTrace(task.photo.id, rater_id, task.round, outline, measurement))


def results_of(reader: Reader, study_id: int, user_id: int) -> Results:
    """What a study says. Raises MeasureError raters.not_finished for a rater with photos left."""
    from woundtrack.raters.adoption import adopted_value
    from woundtrack.raters.agreement import between_raters, within_raters

    study = reader.get(RaterStudy, study_id)
    photos = reader.find(RaterPhoto, study_id=study_id)
    traces = tuple(reader.study_traces(study_id))
    if not may_see_results(study, photos, traces, user_id=user_id):
        raise MeasureError("raters.not_finished")
    values = [trace.value for trace in traces]
    names = _names(reader)
    between, lacking = _attempt(lambda: between_raters(values))
    within, _lacking = _attempt(lambda: within_raters(values))
    own, refused = _attempt(lambda: adopted_value(study, between)) if between else (None, None)
    return Results(
        study, names, traces, between, within,
        lacking=None if between or within else lacking,
        own=own, own_refused=refused, in_force=reader.retrace_value(),
        hardest=_hardest(reader, photos, between),
    )  # fmt: skip


def _hardest(
    reader: Reader, photos: Sequence[Stored[RaterPhoto]], between: Agreement | None
) -> tuple[tuple[str, float], ...]:
    if between is None:
        return ()
    shown = {photo.id: photo.value.photo_id for photo in photos}
    worst = sorted(zip(between.photo_sds, between.photo_ids, strict=True), reverse=True)
    return tuple(
        (reader.get(VisitPhoto, shown[photo_id]).value.vault_name, share)
        for share, photo_id in worst[:HARDEST]
    )


def adopt(writer: Writer, value: RetraceValue) -> Stored[RetraceValue]:
    """Make this the clinic's own figure, in the place of an earlier one."""
    known = writer.retrace_value()
    return writer.add(value) if known is None else writer.revise(known, value)


def drop_own_value(writer: Writer) -> None:
    """Let the published figure count again, from now on."""
    known = writer.retrace_value()
    if known is not None:
        writer.delete(RetraceValue, known.id)


def _attempt(work: Callable[[], T]) -> tuple[T | None, MeasureError | None]:
    try:
        return work(), None
    except MeasureError as error:
        return None, error


# -- words


def share_text(share: float, *, signed: bool = False) -> str:
    """A share of the area: "4.1 %"."""
    return words.percent(share, decimals=1, signed=signed)


def value_text(value: RetraceValue | None) -> str:
    """The figure of retracing in force, with where it comes from."""
    if value is None:
        return _("{share} of the area, the published figure").format(
            share=share_text(RETRACE_RELATIVE_SD)
        )
    return _("{figure}, this clinic’s own").format(figure=own_text(value))


def own_text(value: RetraceValue) -> str:
    """A study's figure with its interval and what it rests on."""
    return _(
        "{share} of the area (95 % interval {low} to {high}; {raters} raters, {photos} photos)"
    ).format(
        share=share_text(value.relative_sd), low=share_text(value.low),
        high=share_text(value.high), raters=value.raters, photos=value.photos,
    )  # fmt: skip


def photos_text(row: StudyRow) -> str:
    """How many photos, and how often each."""
    count = counted("{count} photo", "{count} photos", row.photos)
    parts = [count]
    if row.study.value.rounds == 2:
        parts.append(_("each twice"))
    if row.study.value.with_proposal:
        parts.append(_("from the proposal"))
    return " · ".join(parts)


def progress_text(progress: Sequence[Progress]) -> str:
    """Each rater with what is done: "Anne Roy 7 of 20"."""
    return " · ".join(
        _("{name} {done} of {total}").format(name=one.name, done=one.done, total=one.total)
        for one in progress
    )


def pair_name(pair: Pair, names: dict[int, str]) -> str:
    """Which readings are compared: "Anne Roy – Ben Sand"."""
    same = pair.first[0] == pair.second[0]
    first, second = (_reading_name(one, names, same) for one in (pair.first, pair.second))
    return f"{first} – {second}"


def _reading_name(reading: Reading, names: dict[int, str], with_round: bool) -> str:
    name = names.get(reading[0], "")
    if not with_round:
        return name
    return _("{name}, round {round}").format(name=name, round=reading[1])
