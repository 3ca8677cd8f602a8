"""Finding patients as one types, and doubles before they are made."""

import datetime as dt
from dataclasses import replace

import pytest

from tests.clinics import a_patient
from woundtrack.records import Lesion, LesionStatus, Patient, PatientStatus, Side, Visit
from woundtrack.store.clinic import Clinic
from woundtrack.store.folding import folded, squeezed


def people() -> list[Patient]:
    return [
        a_patient("1001", "Lefèvre", first_names="Marie-Hélène", national_number="2580375116"),
        a_patient("1002", "Nguyễn", first_names="Văn An", birth_date=dt.date(1949, 11, 23)),
        a_patient("1003", "O'Brien", first_names="Łukasz", birth_date=dt.date(1971, 7, 9)),
        a_patient("A-77/2", "Weiß", used_name="Sørensen", birth_date=dt.date(2001, 12, 1)),
    ]


@pytest.fixture
def listed(clinic: Clinic) -> Clinic:
    clinic.write(lambda w: [w.add(person) for person in people()])
    return clinic


def found(clinic: Clinic, text: str, **how: object) -> list[str]:
    rows = clinic.read(lambda r: r.search_patients(text, **how))
    return [row.patient.family_name for row in rows]


EVERYONE = ["Lefèvre", "Nguyễn", "O'Brien", "Sørensen"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", EVERYONE),
        ("   ", EVERYONE),
        ("lef", ["Lefèvre"]),
        ("LEFÈVRE", ["Lefèvre"]),
        ("fevre", ["Lefèvre"]),
        ("marie hel", ["Lefèvre"]),
        ("helene lefevre", ["Lefèvre"]),
        ("mariehelene", ["Lefèvre"]),
        ("marie-helene", ["Lefèvre"]),
        ("nguyen", ["Nguyễn"]),
        ("Nguye\u0302\u0303n", ["Nguyễn"]),
        ("obrien", ["O'Brien"]),
        ("o’brien", ["O'Brien"]),
        ("o'b", ["O'Brien"]),
        ("lukasz", ["O'Brien"]),
        ("sorensen", ["Sørensen"]),
        ("weiss", ["Sørensen"]),
        ("1003", ["O'Brien"]),
        ("a-77", ["Sørensen"]),
        ("77/2", ["Sørensen"]),
        ("2580375", ["Lefèvre"]),
        ("02.03.1958", ["Lefèvre"]),
        ("2/3/58", ["Lefèvre"]),
        ("1958-03-02", ["Lefèvre"]),
        ("02031958", ["Lefèvre"]),
        ("1949", ["Nguyễn"]),
        ("an 1949", ["Nguyễn"]),
        ("%", []),
        ("_", []),
        ("nobody", []),
    ],
)
def test_any_part_in_any_spelling(listed: Clinic, text: str, names: list[str]) -> None:
    assert found(listed, text) == names


def test_the_code_finds_its_patient(listed: Clinic) -> None:
    patient = listed.read(lambda r: r.find(Patient))[1].value
    assert found(listed, patient.code) == ["Nguyễn"]
    assert found(listed, patient.code.lower().replace("-", "")) == ["Nguyễn"]


def test_a_new_name_is_found_and_the_old_one_is_not(listed: Clinic) -> None:
    first = listed.read(lambda r: r.find(Patient))[0]
    listed.write(lambda w: w.revise(first, replace(first.value, birth_name="Zabel")))
    assert found(listed, "lefevre") == []
    assert found(listed, "") == ["Nguyễn", "O'Brien", "Sørensen", "Zabel"]


def test_only_the_active_unless_everyone(listed: Clinic) -> None:
    first = listed.read(lambda r: r.find(Patient))[0]
    listed.write(lambda w: w.revise(first, replace(first.value, status=PatientStatus.MOVED)))
    assert found(listed, "lef") == []
    assert found(listed, "lef", everyone=True) == ["Lefèvre"]
    assert found(listed, "", everyone=True, limit=2) == ["Lefèvre", "Nguyễn"]


def test_a_row_counts_lesions_and_knows_the_last_visit(listed: Clinic) -> None:
    for label, status in (("A", LesionStatus.OPEN), ("B", LesionStatus.CLOSED)):
        lesion = Lesion(1, label, "calf", Side.LEFT, status=status)
        listed.write(lambda w, lesion=lesion: w.add(lesion))
    for day in (dt.date(2026, 3, 1), dt.date(2026, 2, 1)):
        visit = listed.write(lambda w, day=day: w.add(Visit(1, day)))
    (row,) = listed.read(lambda r: r.search_patients("lef"))
    assert (row.open_lesions, row.lesions, row.last_visit_on) == (1, 2, dt.date(2026, 3, 1))
    listed.write(lambda w: w.delete(Lesion, 1))
    listed.write(lambda w: w.delete(Visit, visit.id - 1))
    (row,) = listed.read(lambda r: r.search_patients("lef"))
    assert (row.open_lesions, row.lesions, row.last_visit_on) == (0, 1, dt.date(2026, 2, 1))


SAME = {"number": "9", "name": "Lefevre", "first_names": "Marie-Helene"}


@pytest.mark.parametrize(
    "fields",
    [
        {"number": "1001", "name": "Someone", "birth_date": dt.date(1990, 1, 1)},
        {"number": " 10 01 ", "name": "Someone", "birth_date": dt.date(1990, 1, 1)},
        {"number": "9", "name": "X", "national_number": "258 03 75 116"},
        SAME,
        {**SAME, "name": "Lefebvre"},
        {**SAME, "name": "Moreau", "used_name": "LEFEVRE"},
        {**SAME, "first_names": "Marie"},
        {**SAME, "first_names": "Mariehelene"},
        {**SAME, "name": "Marie-Hélène", "first_names": "Lefèvre"},
        {**SAME, "birth_date": dt.date(1958, 2, 3)},
        {**SAME, "birth_date": dt.date(1985, 3, 2)},
        {**SAME, "birth_date": dt.date(1958, 3, 20)},
        {**SAME, "birth_date": dt.date(1959, 3, 2)},
    ],
)
def test_who_could_be_the_same_person(listed: Clinic, fields: dict) -> None:
    alike = listed.read(lambda r: r.look_alikes(a_patient(**fields)))
    assert [one.value.family_name for one in alike] == ["Lefèvre"]


@pytest.mark.parametrize(
    "fields",
    [
        {"number": "9", "name": "Moreau", "first_names": "Jeanne"},
        {"number": "9", "name": "Moreau", "first_names": "Marie-Hélène"},
        {**SAME, "birth_date": dt.date(1931, 10, 17)},
        {"number": "100", "name": "X"},
        {"number": "", "name": "X", "national_number": ""},
    ],
)
def test_who_could_not(listed: Clinic, fields: dict) -> None:
    assert listed.read(lambda r: r.look_alikes(a_patient(**fields))) == []


def test_folding() -> None:
    assert folded("  ŁÓDŹ   Ærø ") == "lodz aero"
    assert folded("Straße") == "strasse"
    assert squeezed("O’Brien-Lévy 2") == "obrienlevy2"
