"""How far two people's tracings differ: the clinic's own figure, and what each study holds."""

from dataclasses import dataclass, replace
from typing import Any

from woundtrack.measure.change import RETRACE_RELATIVE_SD
from woundtrack.outline.types import Outline
from woundtrack.raters.types import RaterTrace, RetraceValue
from woundtrack.records import LesionMeasurement, PhotoScale, Stored, VisitPhoto
from woundtrack.store import rows
from woundtrack.store.act import Act
from woundtrack.store.database import Connection

_ONE_WOUND = """
    deleted_act IS NULL AND scale IS NOT NULL AND confirmed = 1 AND
    (SELECT count(*) FROM photo_outline o WHERE o.photo_id = photo_scale.photo_id
     AND o.deleted_act IS NULL) = 1 AND
    (SELECT count(*) FROM lesion_measurement m WHERE m.photo_id = photo_scale.photo_id
     AND m.deleted_act IS NULL AND m.confirmed = 1) = 1
"""
_DRAWN = "rater_photo_id = ? AND rater_id = ? AND round = ?"
_OF_STUDY = "rater_photo_id IN (SELECT id FROM rater_photo WHERE study_id = ?)"


@dataclass(frozen=True, slots=True)
class TraceablePhoto:
    """A confirmed photo that shows one wound, under a confirmed scale."""

    photo: Stored[VisitPhoto]
    scale: Stored[PhotoScale]
    patient_id: int
    area_cm2: float
    """The confirmed area: to choose small and large wounds alike, never to be shown to a rater."""


def value_in_force(connection: Connection) -> Stored[RetraceValue] | None:
    """The clinic's own figure; None while the published one counts."""
    found = rows.select(connection, RetraceValue, where="deleted_act IS NULL")
    return found[0] if found else None


def sd_in_force(connection: Connection) -> float:
    """The relative sd of an area between raters: the clinic's own, else the published one."""
    own = value_in_force(connection)
    return RETRACE_RELATIVE_SD if own is None else own.value.relative_sd


def traces_of(
    connection: Connection, study_id: int, *, rater_id: int | None
) -> list[Stored[RaterTrace]]:
    """The tracings of a study, of one rater only where one is named."""
    where, parameters = f"deleted_act IS NULL AND {_OF_STUDY}", [study_id]
    if rater_id is not None:
        where, parameters = f"{where} AND rater_id = ?", [study_id, rater_id]
    return rows.select(connection, RaterTrace, where=where, parameters=parameters)


def traceable_photos(connection: Connection, *, limit: int) -> list[TraceablePhoto]:
    """The newest photos that a study may use, oldest first."""
    newest = f"id IN (SELECT id FROM photo_scale WHERE {_ONE_WOUND} ORDER BY id DESC LIMIT ?)"
    found = []
    for scale in rows.select(connection, PhotoScale, where=newest, parameters=(limit,)):
        photo = rows.get(connection, VisitPhoto, scale.value.photo_id)
        (measured,) = rows.select(
            connection, LesionMeasurement,
            where="deleted_act IS NULL AND confirmed = 1 AND photo_id = ?",
            parameters=(photo.id,),
        )  # fmt: skip
        (patient_id,) = connection.execute(
            "SELECT patient_id FROM visit WHERE id = ?", (photo.value.visit_id,)
        ).fetchone()
        area_cm2 = measured.value.measurement.area_cm2
        found.append(TraceablePhoto(photo, scale, patient_id, area_cm2))
    return found


def with_retrace_sd(connection: Connection, value: Any, *, latest: Any = None) -> Any:
    """A confirmed measurement with the figure that changes up to it are judged by.

    One that says the same as the latest keeps that one's.
    """
    if not isinstance(value, LesionMeasurement) or not value.confirmed:
        return value
    if value.retrace_relative_sd is not None:
        return value
    if latest is not None and latest.retrace_relative_sd is not None:
        kept = replace(value, retrace_relative_sd=latest.retrace_relative_sd)
        if kept == latest:
            return kept
    return replace(value, retrace_relative_sd=sd_in_force(connection))


def keep_drawing(act: Act, rater_photo_id: int, round_: int, outline: Outline) -> None:
    """Keep what the act's user has drawn and not confirmed, in the place of what was before.

    It is a draft, so it makes no revision and no line in the journal.
    """
    act.connection.execute(
        "INSERT OR REPLACE INTO pending_trace (rater_photo_id, rater_id, round, outline) "
        "VALUES (?, ?, ?, ?)",
        (rater_photo_id, act.user_id, round_, rows.value_json(outline)),
    )


def drop_drawing(act: Act, rater_photo_id: int, round_: int) -> None:
    """Forget what the act's user has drawn; there need not be anything."""
    act.connection.execute(
        f"DELETE FROM pending_trace WHERE {_DRAWN}", (rater_photo_id, act.user_id, round_)
    )


def drawing(
    connection: Connection, rater_photo_id: int, *, rater_id: int, round_: int
) -> Outline | None:
    """What a rater has drawn and not confirmed. Raises StoreError store.damaged."""
    row = connection.execute(
        f"SELECT outline FROM pending_trace WHERE {_DRAWN}", (rater_photo_id, rater_id, round_)
    ).fetchone()
    return None if row is None else rows.value_from_json(Outline, row[0])
