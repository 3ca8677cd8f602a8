"""What the records of a rater study must not contradict."""

import datetime as dt

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
from woundtrack.store.refusals import refuse, refuse_second

_ROUNDS = (1, 2)


def check_study(
    connection: Connection, value: RaterStudy, today: dt.date, record_id: int | None
) -> None:
    """A name, and tracings that can be compared: two raters, or one who traces twice."""
    del today, record_id
    refuse(not value.name.strip(), "record.name_missing")
    refuse(value.rounds not in _ROUNDS, "record.study_rounds")
    raters = set(value.rater_ids)
    refuse(len(raters) < len(value.rater_ids), "record.study_raters")
    refuse(len(raters) * value.rounds < 2, "record.study_raters")
    for rater_id in raters:
        rows.get(connection, User, rater_id)


def check_photo(
    connection: Connection, value: RaterPhoto, today: dt.date, record_id: int | None
) -> None:
    """Once in a study."""
    del today
    refuse_second(
        connection, value, "study_id", "photo_id",
        record_id=record_id, code="record.study_photo_twice",
    )  # fmt: skip


def check_trace(
    connection: Connection, value: RaterTrace, today: dt.date, record_id: int | None
) -> None:
    """Of one of the study's raters, once a round, inside the photo, with an area."""
    del today
    photo = rows.get(connection, RaterPhoto, value.rater_photo_id).value
    study = rows.get(connection, RaterStudy, photo.study_id).value
    refuse(value.rater_id not in study.rater_ids, "record.not_a_rater")
    refuse(not 1 <= value.round <= study.rounds, "record.study_rounds")
    refuse(not value.measurement.area_cm2 > 0, "record.trace_without_area")
    shown = rows.get(connection, VisitPhoto, photo.photo_id).value.photo
    from woundtrack.outline.rings import check

    check(value.outline, width_px=shown.width_px, height_px=shown.height_px)
    refuse_second(
        connection, value, "rater_photo_id", "rater_id", "round",
        record_id=record_id, code="record.trace_exists",
    )  # fmt: skip


def check_retrace_value(
    connection: Connection, value: RetraceValue, today: dt.date, record_id: int | None
) -> None:
    """One figure in force, from enough photos and raters, inside its own interval."""
    del today
    rows.get(connection, RaterStudy, value.study_id)
    enough = value.raters >= ADOPTION_RATERS and value.photos >= ADOPTION_PHOTOS
    sound = 0 < value.low <= value.relative_sd <= value.high
    refuse(not (enough and sound), "record.retrace_value")
    refuse_second(connection, value, record_id=record_id, code="record.retrace_value_exists")
