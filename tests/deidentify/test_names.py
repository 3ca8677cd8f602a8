"""What tells who a patient is, however it is spelled."""

import pytest

from tests.clinics import a_patient
from woundtrack.deidentify.names import tells_who

PATIENT = a_patient(
    "12-3456", "Lefèvre-O’Brien", used_name="Nguyễn", first_names="Marie Thị A.",
    national_number="2 58 03 75 116 001 22", code="6N1T4-C",
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Mme LEFEVRE, jambe gauche", "lefevre_jambe", "the O'Brien leg", "OBrien", "marie",
        "Marie-Thi", "Ulcère de nguyen", "no 123456", "N°12-3456", "258037511600122",
        "born 2/3/1958", "1958-03-02", "né le 02.03.58",
    ],
)  # fmt: skip
def test_names_numbers_and_the_birth_date_tell(text):
    assert tells_who(text, PATIENT)


@pytest.mark.parametrize(
    "text",
    ["", "Left leg, plan A", "6N1T4-C", "Mariella’s ward", "Week 12", "3456", "2580375", "58 days"],
)
def test_nothing_else_does(text):
    assert not tells_who(text, PATIENT)


def test_a_patient_without_numbers_is_no_harm():
    assert not tells_who("Left leg", a_patient("", "X"))
