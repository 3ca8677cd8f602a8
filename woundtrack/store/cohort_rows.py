"""A whole clinic as columns of numbers, for cohorts.

SQLite makes one text of each query and numpy reads it: no Python object is made for a visit, and
other threads go on meanwhile. What is text (therapies' names, drugs) goes the usual way.
"""

import datetime as dt
import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np

from woundtrack.cohort.data import (
    AETIOLOGIES,
    METHODS,
    SITE_CLASSES,
    STOP_CAUSES,
    SUBTYPES,
    Analgesics,
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
from woundtrack.errors import StoreError
from woundtrack.records import PatientStatus, SizeMethod
from woundtrack.store.database import Connection
from woundtrack.therapy.catalogue import OTHER, THERAPIES

_NOTHING: Mapping[str, object] = MappingProxyType({})
_LIVE_PATIENT = "patient_id IN (SELECT id FROM patient WHERE deleted_act IS NULL)"
_CONTACTS = (
    ("visit INDEXED BY visit_day", '"on"'),
    ("therapy_course", "start_on"),
    ("lab_result", '"on"'),
    ("clinical_event", '"on"'),
    ("clinical_event", "until_on"),
    ("analgesic_use", "start_on"),
    ("analgesic_use", "stop_on"),
    ("lesion", "closed_on"),
    ("lesion", "closure_confirmed_on"),
)
"""What tells that a patient was alive, as `woundtrack.context.contact.last_contact_on` has it; a
test compares the two."""
_SESSIONS = """
    SELECT c.patient_id, max(s."on") AS day FROM therapy_session s
    JOIN therapy_course c ON c.id = s.course_id AND c.deleted_act IS NULL
    WHERE s.deleted_act IS NULL AND s."on" <= :today GROUP BY c.patient_id
"""
_DAY_STEP = len(METHODS) + 1
"""A day and a method travel as one number: fewer to read."""
_AREA_FIRST = '{"area_cm2": '
_AREA = f"""
    SELECT CASE WHEN m.measurement GLOB '{_AREA_FIRST}[0-9]*'
    THEN substr(m.measurement, {len(_AREA_FIRST) + 1},
                instr(m.measurement, ',') - {len(_AREA_FIRST) + 1})
    ELSE json_extract(m.measurement, '$.area_cm2') END
    FROM lesion_measurement m
    WHERE m.id = a.measurement_id AND m.confirmed = 1 AND m.deleted_act IS NULL
"""
"""The area stands first, and reading it there is much faster than reading all of the JSON."""


def cohort_data(connection: Connection, *, today: dt.date) -> CohortData:
    """Every live patient with lesions, confirmed visits, courses and analgesics."""
    patients = _patients(connection, today)
    lesions = _lesions(connection, patients.ids)
    courses, therapies = _courses(connection, patients.ids)
    return CohortData(
        today=today,
        patients=patients,
        lesions=lesions,
        points=_points(connection, lesions),
        courses=courses,
        therapies=therapies,
        analgesics=_analgesics(connection, patients.ids),
    )


def _patients(connection: Connection, today: dt.date) -> Patients:
    died_status = f"status = '{PatientStatus.DIED}' AND died_on IS NULL"
    ids, died, undated = _by_id(
        connection,
        f"SELECT id, {_day('died_on')}, {died_status} FROM patient WHERE deleted_act IS NULL",
        count=3,
    )
    contacts = [
        f"SELECT patient_id, max({day}) AS day FROM {table} "
        f"WHERE deleted_act IS NULL AND {day} <= :today GROUP BY patient_id"
        for table, day in _CONTACTS
    ]
    contacts.append("SELECT id, last_contact_on FROM patient WHERE last_contact_on <= :today")
    known, days = _columns(
        connection,
        f"SELECT patient_id, {_day('max(day)')} FROM ({' UNION ALL '.join(contacts)} "
        f"UNION ALL {_SESSIONS}) WHERE {_LIVE_PATIENT} GROUP BY patient_id",
        {"today": today.isoformat()},
        count=2,
    )
    contact = np.full(len(ids), np.nan)
    contact[np.searchsorted(ids, known)] = days
    contact = np.where(np.isnan(died), contact, died)
    return Patients(_places(ids), died, undated > 0, contact)


def _lesions(connection: Connection, patient_ids: Places) -> Lesions:
    subtype = "json_extract(cause_facts, '$.subtype')"
    ids, patient, aetiology, site_class, uraemic, kind, became = _by_id(
        connection,
        f"SELECT id, patient_id, {_place('aetiology', AETIOLOGIES)}, "
        f"{_place('coalesce(class_override, class_by_rule)', SITE_CLASSES)}, "
        f"coalesce(json_extract(cause_facts, '$.uraemic'), -1), {_place(subtype, SUBTYPES)}, "
        f"{_day('became_on')} FROM lesion WHERE deleted_act IS NULL AND {_LIVE_PATIENT}",
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
    method = _place("a.size_method", METHODS)
    lesions_of, packed, size = _columns(
        connection,
        f"SELECT a.lesion_id, {_DAY_STEP} * {_day('v.[on]')} + {method} + 1, "
        f"CASE a.size_method WHEN '{SizeMethod.TRACED}' THEN ({_AREA}) "
        f"WHEN '{SizeMethod.BEDSIDE}' THEN a.length_cm * a.width_cm "
        f"WHEN '{SizeMethod.CLOSED}' THEN 0 END FROM assessment a "
        "JOIN visit v ON v.id = a.visit_id AND v.deleted_act IS NULL "
        "WHERE a.confirmed = 1 AND a.deleted_act IS NULL",
        count=3,
    )
    day, methods = np.floor_divide(packed, _DAY_STEP), _places(packed % _DAY_STEP) - 1
    # A size that is not there is as good as not measured.
    methods = np.where(np.isnan(size), METHODS.index(SizeMethod.NOT_MEASURED), methods)
    lesion = _places(lesions_of)
    order = np.lexsort((day, lesion))
    order = order[np.isin(lesion[order], lesions.ids)]
    place = np.searchsorted(lesions.ids, lesion[order])
    return Points(place, day[order], methods[order], size[order])


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


def _analgesics(connection: Connection, patient_ids: Places) -> Analgesics:
    """How each was taken, once, and who took it when: many patients take the same."""
    what = "drug, name, route, dose, unit, times_a_day"
    where = f"FROM analgesic_use WHERE deleted_act IS NULL AND {_LIVE_PATIENT}"
    found = connection.execute(f"SELECT DISTINCT {what} {where} ORDER BY {what}").fetchall()
    patient, way, start, stop = _columns(
        connection,
        f"SELECT patient_id, dense_rank() OVER (ORDER BY {what}) - 1, {_day('start_on')}, "
        f"{_day('stop_on')} {where}",
        count=4,
    )
    ways = tuple(
        AnalgesicUse(0, drug, dt.date.min, None, name, route, dose, unit, times)
        for drug, name, route, dose, unit, times in found
    )
    place = np.searchsorted(patient_ids, _places(patient))
    return Analgesics(place, _places(way), start, stop, ways)


def _identity(key: str, name: str) -> str:
    """What makes two courses one therapy: the catalogue's key, else the name however written."""
    return key if key in THERAPIES and key != OTHER else f"other {name.casefold().strip()}"


def _ordinal(day: str | None) -> float:
    return np.nan if day is None else float(dt.date.fromisoformat(day).toordinal())


def _by_id(connection: Connection, sql: str, *, count: int) -> list[Days]:
    """The columns of a query of numbers, its rows in the order of the first, an id."""
    columns = _columns(connection, sql, count=count)
    order = np.argsort(columns[0])
    return [column[order] for column in columns]


def _columns(
    connection: Connection, sql: str, parameters: Mapping[str, object] = _NOTHING, *, count: int
) -> list[Days]:
    """The columns of a query of numbers, each float64, in no order; NaN where a cell is NULL.

    Raises StoreError store.damaged where a cell holds no number.
    """
    names = [f"c{number}" for number in range(count)]
    cells = " || ',' || ".join(f"coalesce({name}, 'nan')" for name in names)
    row = connection.execute(
        f"WITH found({', '.join(names)}) AS ({sql}) "
        f"SELECT count(*), group_concat({cells}) FROM found",
        dict(parameters),
    ).fetchone()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # numpy only warns where it stops reading
            numbers = np.fromstring(row[1] or "", np.float64, sep=",")
    except (ValueError, DeprecationWarning) as error:
        raise StoreError("store.damaged") from error
    if len(numbers) != row[0] * count:
        raise StoreError("store.damaged")
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
