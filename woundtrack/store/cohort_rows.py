"""A whole clinic as columns of numbers, for cohorts.

SQLite makes one text of each query and numpy reads it: no Python object is made for a visit, and
other threads go on meanwhile. Text and rare records (therapies' names, analgesics) go the usual
way.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

import numpy as np

from woundtrack.cohort.data import (
    AETIOLOGIES,
    METHODS,
    SITE_CLASSES,
    STOP_CAUSES,
    SUBTYPES,
    CohortData,
    Courses,
    Days,
    Lesions,
    Patients,
    Places,
    Points,
)
from woundtrack.cohort.types import TherapyChoice
from woundtrack.context.types import AnalgesicUse
from woundtrack.records import PatientStatus, SizeMethod
from woundtrack.store import rows
from woundtrack.store.database import Connection
from woundtrack.therapy.catalogue import OTHER, THERAPIES

_LIVE_PATIENT = "patient_id IN (SELECT id FROM patient WHERE deleted_act IS NULL)"
_CONTACTS = f"""
    SELECT patient_id AS patient, max(day) AS day FROM (
        SELECT patient_id, "on" AS day FROM visit WHERE deleted_act IS NULL
        UNION ALL
        SELECT course.patient_id, session."on" FROM therapy_session session
        JOIN therapy_course course ON course.id = session.course_id
        WHERE session.deleted_act IS NULL AND course.deleted_act IS NULL
        UNION ALL SELECT patient_id, start_on FROM therapy_course WHERE deleted_act IS NULL
        UNION ALL SELECT patient_id, "on" FROM lab_result WHERE deleted_act IS NULL
        UNION ALL SELECT patient_id, "on" FROM clinical_event WHERE deleted_act IS NULL
        UNION ALL SELECT patient_id, until_on FROM clinical_event WHERE deleted_act IS NULL
        UNION ALL SELECT patient_id, start_on FROM analgesic_use WHERE deleted_act IS NULL
        UNION ALL SELECT patient_id, stop_on FROM analgesic_use WHERE deleted_act IS NULL
        UNION ALL SELECT patient_id, closed_on FROM lesion WHERE deleted_act IS NULL
        UNION ALL SELECT patient_id, closure_confirmed_on FROM lesion WHERE deleted_act IS NULL
        UNION ALL SELECT id, last_contact_on FROM patient WHERE deleted_act IS NULL
    ) WHERE day <= ? AND {_LIVE_PATIENT} GROUP BY patient_id
"""
"""As `woundtrack.context.contact.last_contact_on` has it; a test compares the two."""


def cohort_data(connection: Connection, *, today: dt.date) -> CohortData:
    """Every live patient with lesions, confirmed visits, courses and analgesics."""
    patients = _patients(connection, today)
    lesions = _lesions(connection, patients.ids)
    courses, therapies = _courses(connection, patients.ids)
    uses = rows.select(connection, AnalgesicUse, where=f"deleted_act IS NULL AND {_LIVE_PATIENT}")
    return CohortData(
        today=today,
        patients=patients,
        lesions=lesions,
        points=_points(connection, lesions),
        courses=courses,
        therapies=therapies,
        analgesics=tuple(use.value for use in uses),
    )


def _patients(connection: Connection, today: dt.date) -> Patients:
    died_status = f"status = '{PatientStatus.DIED}' AND died_on IS NULL"
    ids, died, undated = _columns(
        connection,
        f"SELECT id, {_day('died_on')}, {died_status} FROM patient "
        "WHERE deleted_act IS NULL ORDER BY id",
        count=3,
    )
    known, days = _columns(
        connection,
        f"SELECT patient, {_day('day')} FROM ({_CONTACTS})",
        (today.isoformat(),),
        count=2,
    )
    contact = np.full(len(ids), np.nan)
    contact[np.searchsorted(ids, known)] = days
    contact = np.where(np.isnan(died), contact, died)
    return Patients(_places(ids), died, undated > 0, contact)


def _lesions(connection: Connection, patient_ids: Places) -> Lesions:
    subtype = "json_extract(cause_facts, '$.subtype')"
    ids, patient, aetiology, site_class, uraemic, kind, became = _columns(
        connection,
        f"SELECT id, patient_id, {_place('aetiology', AETIOLOGIES)}, "
        f"{_place('coalesce(class_override, class_by_rule)', SITE_CLASSES)}, "
        f"coalesce(json_extract(cause_facts, '$.uraemic'), -1), {_place(subtype, SUBTYPES)}, "
        f"{_day('became_on')} FROM lesion WHERE deleted_act IS NULL AND {_LIVE_PATIENT} "
        "ORDER BY id",
        count=7,
    )
    return Lesions(
        _places(ids),
        np.searchsorted(patient_ids, _places(patient)),
        _places(aetiology),
        _places(site_class),
        _places(uraemic),
        _places(kind),
        became,
    )


def _points(connection: Connection, lesions: Lesions) -> Points:
    """Confirmed assessments as `healing.series.series_of` has them."""
    on, method = _day('v."on"'), _place("a.size_method", METHODS)
    lesions_of, day, method_of, area, product = _columns(
        connection,
        f"SELECT a.lesion_id, {on}, {method}, json_extract(m.measurement, '$.area_cm2'), "
        "a.length_cm * a.width_cm FROM assessment a "
        "JOIN visit v ON v.id = a.visit_id AND v.deleted_act IS NULL "
        "LEFT JOIN lesion_measurement m ON m.id = a.measurement_id AND m.confirmed = 1 "
        "AND m.deleted_act IS NULL WHERE a.confirmed = 1 AND a.deleted_act IS NULL",
        count=5,
    )
    methods = _places(method_of)
    size = np.select(
        [methods == METHODS.index(each) for each in _SIZED],
        [area, product, np.zeros(len(day))],
        np.nan,
    )
    # A size that is not there is as good as not measured.
    methods = np.where(np.isnan(size), METHODS.index(SizeMethod.NOT_MEASURED), methods)
    lesion = _places(lesions_of)
    order = np.lexsort((day, lesion))
    order = order[np.isin(lesion[order], lesions.ids)]
    place = np.searchsorted(lesions.ids, lesion[order])
    return Points(place, day[order], methods[order], size[order])


_SIZED = (SizeMethod.TRACED, SizeMethod.BEDSIDE, SizeMethod.CLOSED)


def _courses(
    connection: Connection, patient_ids: Places
) -> tuple[Courses, tuple[TherapyChoice, ...]]:
    found = connection.execute(
        "SELECT patient_id, therapy, name, start_on, stop_on, stop_cause FROM therapy_course "
        f"WHERE deleted_act IS NULL AND {_LIVE_PATIENT}"
    ).fetchall()
    names: dict[str, Counter[str]] = {}
    for _patient, key, name, *_rest in found:
        names.setdefault(_identity(key, name), Counter())[name.strip()] += 1
    order = {key: place for place, key in enumerate(THERAPIES)}
    identities = sorted(names, key=lambda each: (order.get(each, len(order)), each))
    place = {each: number for number, each in enumerate(identities)}
    therapies = tuple(
        TherapyChoice(each)
        if each in THERAPIES
        else TherapyChoice(OTHER, names[each].most_common(1)[0][0])
        for each in identities
    )
    causes = {str(cause): number for number, cause in enumerate(STOP_CAUSES)}
    patient = np.array([row[0] for row in found], np.int64)
    courses = Courses(
        np.searchsorted(patient_ids, patient),
        np.array([place[_identity(row[1], row[2])] for row in found], np.int64),
        np.array([_ordinal(row[3]) for row in found], np.float64),
        np.array([_ordinal(row[4]) for row in found], np.float64),
        np.array([causes.get(row[5], -1) for row in found], np.int64),
    )
    return courses, therapies


def _identity(key: str, name: str) -> str:
    """What makes two courses one therapy: the catalogue's key, else the name however written."""
    return key if key in THERAPIES and key != OTHER else f"other {name.casefold().strip()}"


def _ordinal(day: str | None) -> float:
    return np.nan if day is None else float(dt.date.fromisoformat(day).toordinal())


def _columns(
    connection: Connection, sql: str, parameters: Sequence[object] = (), *, count: int
) -> list[Days]:
    """The columns of a query of numbers, each float64; NaN where a cell is NULL."""
    names = [f"c{number}" for number in range(count)]
    cells = " || ',' || ".join(f"coalesce({name}, 'nan')" for name in names)
    row = connection.execute(
        f"WITH found({', '.join(names)}) AS ({sql}) SELECT group_concat({cells}) FROM found",
        tuple(parameters),
    ).fetchone()
    numbers = np.fromstring(row[0] or "", np.float64, sep=",")
    return list(numbers.reshape(-1, count).T)


def _day(column: str) -> str:
    """SQL for the ordinal day of a date."""
    return f"CAST(julianday({column}) - 1721424.5 AS INTEGER)"


def _place(column: str, names: Sequence[str]) -> str:
    """SQL for the place of a word among these, -1 for any other and for none."""
    cases = " ".join(f"WHEN '{name}' THEN {number}" for number, name in enumerate(names))
    return f"CASE {column} {cases} ELSE -1 END"


def _places(column: Days) -> Places:
    return column.astype(np.int64)
