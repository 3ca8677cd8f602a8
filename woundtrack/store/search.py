"""Finding patients: as one types, and before a second record is made of the same person."""

import datetime as dt
from collections.abc import Iterable

from woundtrack.records import Patient, PatientStatus, Stored
from woundtrack.store.database import Connection
from woundtrack.store.folding import folded, search_text, sort_key, squeezed
from woundtrack.store.rows import get, layout_of, select, stored_from
from woundtrack.store.types import PatientRow

_LIST_SQL = """
SELECT {columns},
    (SELECT count(*) FROM lesion l
     WHERE l.patient_id = patient.id AND l.deleted_act IS NULL AND l.status = 'open'
     AND l.became_on IS NULL),
    (SELECT count(*) FROM lesion l
     WHERE l.patient_id = patient.id AND l.deleted_act IS NULL AND l.status = 'lost'
     AND l.became_on IS NULL),
    (SELECT count(*) FROM lesion l
     WHERE l.patient_id = patient.id AND l.deleted_act IS NULL),
    (SELECT max(v."on") FROM visit v
     WHERE v.patient_id = patient.id AND v.deleted_act IS NULL)
FROM patient_search JOIN patient ON patient.id = patient_search.patient_id
WHERE patient.deleted_act IS NULL {conditions}
ORDER BY patient_search.sort_key, patient.id LIMIT ?
"""


def index_patient(connection: Connection, patient_id: int, patient: Patient) -> None:
    """Bring the search text of one patient up to date."""
    connection.execute(
        "INSERT INTO patient_search (patient_id, sort_key, folded) VALUES (?, ?, ?) "
        "ON CONFLICT (patient_id) DO UPDATE SET sort_key = excluded.sort_key, "
        "folded = excluded.folded",
        (patient_id, sort_key(patient), search_text(patient)),
    )


def search_patients(
    connection: Connection, text: str, *, everyone: bool, limit: int
) -> list[PatientRow]:
    """Patients in whom every word of `text` is found, alphabetically."""
    conditions, parameters = [], []
    if not everyone:
        conditions.append("AND patient.status = ?")
        parameters.append(PatientStatus.ACTIVE.value)
    for word in _words(text):
        # instr needs no escaping of the signs that mean something to LIKE.
        conditions.append("AND instr(patient_search.folded, ?)")
        parameters.append(word)
    columns = ", ".join(f"patient.{name}" for name in layout_of(Patient).head_sql.split(", "))
    sql = _LIST_SQL.format(columns=columns, conditions=" ".join(conditions))
    rows = connection.execute(sql, (*parameters, limit)).fetchall()
    return [_patient_row(row) for row in rows]


def _words(text: str) -> Iterable[str]:
    for word in folded(text).split():
        bare = squeezed(word)
        # "o'brien" is found squeezed; a date keeps its separators.
        yield word if not bare or word[0].isdigit() else bare


def _patient_row(row: tuple[object, ...]) -> PatientRow:
    stored = stored_from(Patient, row[:-4])
    open_lesions, lost_lesions, lesions, last_visit = row[-4:]
    return PatientRow(
        id=stored.id,
        patient=stored.value,
        open_lesions=int(str(open_lesions)),
        lost_lesions=int(str(lost_lesions)),
        lesions=int(str(lesions)),
        last_visit_on=None if last_visit is None else dt.date.fromisoformat(str(last_visit)),
    )


def patient_by_code(connection: Connection, code: str) -> Stored[Patient] | None:
    """The live patient that a printed code means, also where that record was merged since."""
    found = select(connection, Patient, where="code = ?", parameters=(code,))
    seen: set[int] = set()
    while found and found[0].deleted and found[0].id not in seen:
        seen.add(found[0].id)
        merged_into = connection.execute(
            "SELECT j.record_id FROM patient p JOIN journal j ON j.act_id = p.deleted_act "
            "WHERE p.id = ? AND j.action = 'merged' AND j.kind = 'patient'",
            (found[0].id,),
        ).fetchone()
        found = [get(connection, Patient, merged_into[0])] if merged_into else []
    return found[0] if found and not found[0].deleted else None


def look_alikes(connection: Connection, patient: Patient) -> list[Stored[Patient]]:
    """Patients who could be the same person: same number; same birth date and like name;
    or same names and a birth date that a slip of the hand would explain."""
    found: dict[int, Stored[Patient]] = {}
    for column in ("hospital_number", "national_number"):
        number = getattr(patient, column)
        if squeezed(number):
            for other in _with_number(connection, column, number):
                found[other.id] = other
    birth = patient.birth_date.isoformat()
    where = "deleted_act IS NULL AND birth_date = ?"
    for other in select(connection, Patient, where=where, parameters=(birth,)):
        if _like_names(patient, other.value):
            found[other.id] = other
    for other in _with_same_name(connection, patient):
        if _slip_of_date(patient.birth_date, other.value.birth_date):
            found[other.id] = other
    return sorted(found.values(), key=lambda other: sort_key(other.value))


def _with_number(connection: Connection, column: str, number: str) -> list[Stored[Patient]]:
    wanted = squeezed(number)
    where = (
        "deleted_act IS NULL AND id IN "
        "(SELECT patient_id FROM patient_search WHERE instr(folded, ?))"
    )
    others = select(connection, Patient, where=where, parameters=(wanted,))
    return [other for other in others if squeezed(getattr(other.value, column)) == wanted]


def _with_same_name(connection: Connection, patient: Patient) -> list[Stored[Patient]]:
    first = squeezed(patient.first_names)
    rows = connection.execute(
        "SELECT patient_id FROM patient_search WHERE instr(folded, ?) AND instr(folded, ?)",
        (first, squeezed(patient.family_name)),
    ).fetchall()
    others = [get(connection, Patient, row[0]) for row in rows[:200]]
    return [
        other
        for other in others
        if not other.deleted
        and squeezed(other.value.first_names) == first
        and _family_names(patient) & _family_names(other.value)
    ]


def _family_names(patient: Patient) -> set[str]:
    return {squeezed(name) for name in (patient.birth_name, patient.used_name) if squeezed(name)}


def _like_names(one: Patient, other: Patient) -> bool:
    families = any(_close(a, b) for a in _family_names(one) for b in _family_names(other))
    firsts = _close(squeezed(one.first_names), squeezed(other.first_names))
    shared_first = bool(
        set(folded(one.first_names).split()) & set(folded(other.first_names).split())
    )
    crossed = squeezed(one.first_names) in _family_names(other) and squeezed(
        other.first_names
    ) in _family_names(one)
    return (families and (firsts or shared_first)) or crossed


def _close(one: str, other: str) -> bool:
    """Equal, one inside the other, or one slip apart (two where the names are long)."""
    if not one or not other:
        return False
    if one in other or other in one:
        return min(len(one), len(other)) >= 3 or one == other
    return _distance(one, other) <= (1 if min(len(one), len(other)) < 6 else 2)


def _distance(one: str, other: str) -> int:
    """Edits from one to the other: insert, delete, replace, swap neighbours (Damerau 1964,
    restricted form)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, sign in enumerate(one, start=1):
        row = [i]
        for j, letter in enumerate(other, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (sign != letter))
            if i > 1 and j > 1 and sign == other[j - 2] and one[i - 2] == letter:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]


def _slip_of_date(one: dt.date, other: dt.date) -> bool:
    """One digit off, two neighbours swapped, or day and month swapped."""
    a, b = f"{one:%d%m%Y}", f"{other:%d%m%Y}"
    return _distance(a, b) <= 1 or (a[2:4] + a[:2] + a[4:]) == b
