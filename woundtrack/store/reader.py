"""What can be asked of an open clinic."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from woundtrack.context.types import AnalgesicUse, ClinicalEvent, LabResult
from woundtrack.lock_time import USUAL_MOST_MINUTES, kept_minutes
from woundtrack.outline.types import Outline
from woundtrack.raters.types import RaterTrace, RetraceValue
from woundtrack.records import (
    Assessment,
    Lesion,
    LesionMeasurement,
    Letterhead,
    Patient,
    PatientHistory,
    PhotoOutline,
    PhotoScale,
    Stored,
    TherapyCourse,
    Visit,
    VisitPhoto,
)
from woundtrack.store import bin as bin_
from woundtrack.store import corrections, letterheads, merging, retracing, rows, search
from woundtrack.store.database import Connection
from woundtrack.store.kinds import spec_of
from woundtrack.store.left_open import LeftOpen, WithoutDay, left_open, without_day
from woundtrack.store.retracing import TraceablePhoto
from woundtrack.store.types import JournalEntry, MergePreview, PatientRow, PendingCorrection
from woundtrack.store.vault import Vault
from woundtrack.therapy.types import TherapySession

if TYPE_CHECKING:
    from woundtrack.cohort.data import CohortData
    from woundtrack.store.arrivals import Arrivals
    from woundtrack.store.carried import Source
    from woundtrack.store.carrying_out import CarryingOut
    from woundtrack.store.journal_pages import JournalPages

V = TypeVar("V")

_LIVE_VISITS = "SELECT id FROM visit WHERE patient_id = ? AND deleted_act IS NULL"
_LIVE_COURSES = "SELECT id FROM therapy_course WHERE patient_id = ? AND deleted_act IS NULL"
_LIVE_PHOTOS = f"SELECT id FROM visit_photo WHERE visit_id IN ({_LIVE_VISITS})"

LOCK_MINUTES_MOST = "lock_minutes_most"
"""The setting with the most idle minutes before anyone's window locks."""


class Reader:
    """What can be asked. Every method is one or a few indexed queries."""

    def __init__(self, connection: Connection, *, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def get(self, kind: type[V], record_id: int) -> Stored[V]:
        """One record, deleted or not. Raises RecordError record.missing."""
        return rows.get(self._connection, kind, record_id)

    def find(self, kind: type[V], *, deleted: bool = False, **equal: object) -> list[Stored[V]]:
        """Records whose named columns equal the given values, in their natural order.

        `deleted` finds what lies in the bin instead of what is live.
        """
        where = [f"deleted_act IS {'NOT ' if deleted else ''}NULL"]
        parameters = []
        columns = rows.layout_of(kind).columns
        for column, value in equal.items():
            if column not in columns:
                raise TypeError(f"{kind.__name__} has no field {column}")
            where.append(f"{rows.quoted(column)} IS ?")
            parameters.append(rows.encoded_cell(kind, column, value))
        return rows.select(self._connection, kind, where=" AND ".join(where), parameters=parameters)

    def revisions(self, kind: type[V], record_id: int) -> list[Stored[V]]:
        """Every revision of a record, oldest first."""
        latest = rows.get(self._connection, kind, record_id)
        found = self._connection.execute(
            "SELECT revision, value, deleted, at_utc, user_id, reason FROM revision "
            "WHERE kind = ? AND record_id = ? ORDER BY revision",
            (spec_of(kind).table, record_id),
        ).fetchall()
        return [
            Stored(
                id=record_id,
                uuid=latest.uuid,
                revision=revision,
                value=rows.value_from_json(kind, text),
                at_utc=dt.datetime.fromisoformat(at_utc),
                user_id=user_id,
                reason=reason,
                deleted=bool(deleted),
            )
            for revision, text, deleted, at_utc, user_id, reason in found
        ]

    def search_patients(
        self, text: str = "", *, everyone: bool = False, limit: int = 200
    ) -> list[PatientRow]:
        """Patients by any part of name, number, code or birth date; active ones unless
        `everyone`."""
        return search.search_patients(self._connection, text, everyone=everyone, limit=limit)

    def patient_by_code(self, code: str) -> Stored[Patient] | None:
        """The patient whose printed code this is, followed through merges; None: nobody."""
        return search.patient_by_code(self._connection, code)

    def look_alikes(self, patient: Patient) -> list[Stored[Patient]]:
        """Patients who could be the same person (number, or birth date and similar name)."""
        return search.look_alikes(self._connection, patient)

    def history(self, patient_id: int) -> PatientHistory:
        """Everything of one patient, without what lies in the bin."""
        patient = self.get(Patient, patient_id)
        visits = self._live(Visit, "patient_id = ?", patient_id)
        day = {visit.id: visit.value.on for visit in visits}
        photos = self._live(VisitPhoto, f"visit_id IN ({_LIVE_VISITS})", patient_id)
        photos.sort(key=lambda one: (day[one.value.visit_id], _taken(one.value), one.id))
        place = {photo.id: number for number, photo in enumerate(photos)}
        scales = self._live(PhotoScale, f"photo_id IN ({_LIVE_PHOTOS})", patient_id)
        outlines = self._live(PhotoOutline, f"photo_id IN ({_LIVE_PHOTOS})", patient_id)
        measured = self._live(LesionMeasurement, f"visit_id IN ({_LIVE_VISITS})", patient_id)
        assessments = self._live(Assessment, f"visit_id IN ({_LIVE_VISITS})", patient_id)
        return PatientHistory(
            patient=patient,
            lesions=tuple(self._live(Lesion, "patient_id = ?", patient_id)),
            visits=tuple(visits),
            photos=tuple(photos),
            scales=tuple(sorted(scales, key=lambda one: place[one.value.photo_id])),
            outlines=tuple(sorted(outlines, key=lambda one: place[one.value.photo_id])),
            measurements=tuple(sorted(measured, key=lambda one: day[one.value.visit_id])),
            assessments=tuple(sorted(assessments, key=lambda one: day[one.value.visit_id])),
            courses=tuple(self._live(TherapyCourse, "patient_id = ?", patient_id)),
            sessions=tuple(
                self._live(TherapySession, f"course_id IN ({_LIVE_COURSES})", patient_id)
            ),
            labs=tuple(self._live(LabResult, "patient_id = ?", patient_id)),
            analgesics=tuple(self._live(AnalgesicUse, "patient_id = ?", patient_id)),
            events=tuple(self._live(ClinicalEvent, "patient_id = ?", patient_id)),
            retrace_relative_sd=self.retrace_relative_sd(),
        )

    def cohort_data(self, *, today: dt.date | None = None) -> "CohortData":
        """The whole clinic in columns, for `woundtrack.cohort`; `today` is the local day."""
        from woundtrack.store.cohort_rows import cohort_data

        return cohort_data(self._connection, today=today or dt.datetime.now().astimezone().date())

    def merge_preview(self, keep_id: int, other_id: int) -> MergePreview:
        """What merging two patients would ask and move."""
        return merging.merge_preview(self._connection, keep_id, other_id)

    def photo_bytes(self, vault_name: str) -> bytes:
        """The original file, decrypted and verified."""
        return self._vault.original(vault_name)

    def thumbnail(self, vault_name: str) -> bytes:
        """A JPEG of at most 512 px, decrypted."""
        return self._vault.thumbnail(vault_name)

    def bin(self, patient_id: int | None = None) -> list[Stored[object]]:
        """What was deleted and can be restored, newest first."""
        return bin_.in_bin(self._connection, patient_id=patient_id)

    def journal(
        self,
        *,
        limit: int = 500,
        before_id: int | None = None,
        kind: str = "",
        record_id: int | None = None,
    ) -> list[JournalEntry]:
        """The journal, newest first; of one kind ("patient", "visit_photo", …) or record."""
        where: list[str] = ["1"]
        parameters: list[object] = []
        for condition, value in (("id < ?", before_id), ("record_id = ?", record_id)):
            if value is not None:
                where.append(condition)
                parameters.append(value)
        if kind:
            where.append("kind = ?")
            parameters.append(kind)
        found = self._connection.execute(
            "SELECT id, at_utc, user_id, action, kind, record_id, act_id, reason FROM journal "
            f"WHERE {' AND '.join(where)} ORDER BY id DESC LIMIT ?",
            (*parameters, limit),
        ).fetchall()
        return [JournalEntry(row[0], dt.datetime.fromisoformat(row[1]), *row[2:]) for row in found]

    def journal_pages(self) -> "JournalPages":
        """The journal as an administrator looks through it, by filters."""
        from woundtrack.store.journal_pages import JournalPages

        return JournalPages(self._connection)

    def correction(self, visit_id: int) -> PendingCorrection | None:
        """What waits to be confirmed in a confirmed visit. Raises StoreError store.damaged."""
        return corrections.pending(self._connection, visit_id)

    def without_day(self, patient_id: int, *, user_id: int) -> WithoutDay | None:
        """What a user typed last for a patient in a visit that has no day yet."""
        return without_day(self._connection, patient_id=patient_id, user_id=user_id)

    def left_open(self, *, since_utc: dt.datetime, user_id: int) -> list[LeftOpen]:
        """The visits changed since then that nobody confirmed, the latest first."""
        return left_open(self._connection, since_utc=since_utc, user_id=user_id)

    def setting(self, name: str) -> str | None:
        """A clinic-wide setting."""
        row = self._connection.execute(
            "SELECT value FROM setting WHERE name = ?", (name,)
        ).fetchone()
        return None if row is None else str(row[0])

    def most_lock_minutes(self) -> int:
        """The most idle minutes before anyone's window locks."""
        text = self.setting(LOCK_MINUTES_MOST) or ""
        return kept_minutes(int(text)) if text.isdecimal() else USUAL_MOST_MINUTES

    def letterhead(self) -> Stored[Letterhead] | None:
        """What stands atop the clinic's reports; None where it has none of its own."""
        return letterheads.in_force(self._connection)

    def retrace_value(self) -> Stored[RetraceValue] | None:
        """The clinic's own figure of how far tracings differ; None while the published counts."""
        return retracing.value_in_force(self._connection)

    def retrace_relative_sd(self) -> float:
        """The relative sd of an area between raters that is in force now."""
        return retracing.sd_in_force(self._connection)

    def study_traces(
        self, study_id: int, *, rater_id: int | None = None
    ) -> list[Stored[RaterTrace]]:
        """The tracings of a rater study, of one rater only where one is named."""
        return retracing.traces_of(self._connection, study_id, rater_id=rater_id)

    def drawing(self, rater_photo_id: int, *, rater_id: int, round_: int) -> Outline | None:
        """What a rater has drawn of a study's photo and not confirmed."""
        return retracing.drawing(self._connection, rater_photo_id, rater_id=rater_id, round_=round_)

    def traceable_photos(self, *, limit: int = 200) -> list[TraceablePhoto]:
        """The newest photos that a rater study may use, oldest first."""
        return retracing.traceable_photos(self._connection, limit=limit)

    def vault_name_of(self, data: bytes) -> str:
        """The name that these bytes have in this clinic's vault, be they there or not."""
        return self._vault.name_of(data)

    def vault_files(self) -> dict[str, str]:
        """When each photo of the vault was imported (UTC), by its name; in that order."""
        sql = "SELECT name, at_utc FROM vault_file ORDER BY at_utc, name"
        return dict(self._connection.execute(sql).fetchall())

    def carrying_out(
        self, patient_ids: Sequence[int] | None, *, sha256_of: Callable[[str], str]
    ) -> "CarryingOut":
        """Records as they leave in the open format; of everyone where `patient_ids` is None."""
        from woundtrack.store.carrying_out import CarryingOut

        return CarryingOut(self._connection, patient_ids=patient_ids, sha256_of=sha256_of)

    def arrivals(
        self, source: "Source", *, sha256_of: Mapping[str, str], new_only: bool = False
    ) -> "Arrivals":
        """What taking these records in would do; `sha256_of` goes by vault names here."""
        from woundtrack.store.arrivals import arrivals

        return arrivals(self._connection, source, sha256_of=sha256_of, new_only=new_only)

    def _live(self, kind: type[Any], where: str, patient_id: int) -> list[Stored[Any]]:
        where = f"deleted_act IS NULL AND {where}"
        return rows.select(self._connection, kind, where=where, parameters=(patient_id,))


def _taken(value: VisitPhoto) -> dt.datetime:
    """Photos without a time come after the others of their visit."""
    taken = value.photo.taken_at
    return dt.datetime.max if taken is None else taken.replace(tzinfo=None)  # noqa: DTZ901
