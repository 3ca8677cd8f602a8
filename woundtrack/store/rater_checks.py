"""What the records of a rater study must not contradict."""

import datetime as dt

from woundtrack.errors import RecordError
from woundtrack.raters.types import (
    ADOPTION_PHOTOS,
    ADOPTION_RATERS,
    RaterPhoto,
    RaterStudy,
    RaterTrace,
    RetraceValue,
)
from woundtrack.records import User, VisitPhoto
from woundtrack.store import rows
from woundtrack.store.database import Connection

_ROUNDS = (1, 2)


def check_study(
    connection: Connection, value: RaterStudy, today: dt.date, record_id: int | None
) -> None:
    """A name, and tracings that can be compared: two raters, or one who traces twice."""
    del today, record_id
    _refuse(not value.name.strip(), "record.name_missing")
    _refuse(value.rounds not in _ROUNDS, "record.study_rounds")
    raters = set(value.rater_ids)
    _refuse(len(raters) < len(value.rater_ids), "record.study_raters")
    _refuse(len(raters) * value.rounds < 2, "record.study_raters")
    for rater_id in raters:
        rows.get(connection, User, rater_id)


def check_photo(
    connection: Connection, value: RaterPhoto, today: dt.date, record_id: int | None
) -> None:
    """Once in a study."""
    del today
    taken = connection.execute(
        "SELECT 1 FROM rater_photo WHERE study_id = ? AND photo_id = ? AND deleted_act IS NULL "
        "AND id IS NOT ?",
        (value.study_id, value.photo_id, record_id),
    ).fetchone()
    _refuse(taken is not None, "record.study_photo_twice")


def check_trace(
    connection: Connection, value: RaterTrace, today: dt.date, record_id: int | None
) -> None:
    """Of one of the study's raters, once a round, inside the photo, with an area."""
    del today
    photo = rows.get(connection, RaterPhoto, value.rater_photo_id).value
    study = rows.get(connection, RaterStudy, photo.study_id).value
    _refuse(value.rater_id not in study.rater_ids, "record.not_a_rater")
    _refuse(not 1 <= value.round <= study.rounds, "record.study_rounds")
    _refuse(not value.measurement.area_cm2 > 0, "record.trace_without_area")
    shown = rows.get(connection, VisitPhoto, photo.photo_id).value.photo
    from woundtrack.outline.rings import check

    check(value.outline, width_px=shown.width_px, height_px=shown.height_px)
    taken = connection.execute(
        "SELECT 1 FROM rater_trace WHERE rater_photo_id = ? AND rater_id = ? AND round = ? "
        "AND deleted_act IS NULL AND id IS NOT ?",
        (value.rater_photo_id, value.rater_id, value.round, record_id),
    ).fetchone()
    _refuse(taken is not None, "record.trace_exists")


def check_retrace_value(
    connection: Connection, value: RetraceValue, today: dt.date, record_id: int | None
) -> None:
    """One figure in force, from enough photos and raters, inside its own interval."""
    del today
    rows.get(connection, RaterStudy, value.study_id)
    enough = value.raters >= ADOPTION_RATERS and value.photos >= ADOPTION_PHOTOS
    sound = 0 < value.low <= value.relative_sd <= value.high
    _refuse(not (enough and sound), "record.retrace_value")
    other = connection.execute(
        "SELECT 1 FROM retrace_value WHERE deleted_act IS NULL AND id IS NOT ?", (record_id,)
    ).fetchone()
    _refuse(other is not None, "record.retrace_value_exists")


def _refuse(wrong: bool, code: str) -> None:
    if wrong:
        raise RecordError(code)
