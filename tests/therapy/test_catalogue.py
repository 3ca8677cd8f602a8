"""The catalogue is data that fits together, says where it is from, and prescribes nothing."""

import itertools

import pytest

from woundtrack.therapy.catalogue import (
    FREQUENCIES,
    OTHER,
    ROUTES,
    THERAPIES,
    UNITS,
    frequency_name,
    route_name,
)
from woundtrack.therapy.session import FIELDS
from woundtrack.therapy.types import Per, PublishedDose, Standing, Therapy


def test_every_route_unit_frequency_and_session_field_is_known() -> None:
    for key, therapy in THERAPIES.items():
        assert therapy.key == key
        assert set(therapy.routes) <= set(ROUTES)
        assert set(therapy.frequencies) <= set(FREQUENCIES)
        assert therapy.unit in ("", *UNITS)
        assert set(therapy.session_fields) <= set(FIELDS)


def test_every_therapy_but_other_names_its_source() -> None:
    assert [key for key, therapy in THERAPIES.items() if not therapy.source] == [OTHER]


def test_published_doses_are_in_order_and_in_a_unit_that_is_offered() -> None:
    for therapy in THERAPIES.values():
        for dose in therapy.doses:
            assert dose.unit in UNITS
            assert 0 < (dose.low or dose.high) <= dose.high
        assert not therapy.doses or therapy.doses[0].unit == therapy.unit


@pytest.mark.parametrize(
    ("key", "doses"),
    [
        # Some sources print mg where g is meant; the catalogue must not repeat it.
        ("sts_iv", [(12.5, 25.0, "g", Per.SESSION, Standing.CORRECTED)]),
        ("sts_oral", [(1.2, 2.6, "g", Per.DAY, Standing.PUBLISHED)]),
        ("vitamin_k1", [(10.0, 10.0, "mg", Per.DOSE, Standing.MEMORY)]),
        ("lanthanum", [(None, 3750.0, "mg", Per.DAY, Standing.PUBLISHED)]),
        ("rituximab", [(375.0, 375.0, "mg/m²", Per.SESSION, Standing.PUBLISHED)]),
        ("inz701", []),
        ("denosumab", []),
        ("ivig", []),
    ],
)
def test_doses_are_the_published_ones_and_say_how_sure_they_are(key: str, doses: list) -> None:
    assert THERAPIES[key].doses == tuple(PublishedDose(*each) for each in doses)


def test_intralesional_doses_agree_in_mg_and_ml() -> None:
    mass, volume = THERAPIES["sts_lesion"].doses
    assert volume.low is not None
    assert (mass.low, mass.high) == (250.0 * volume.low, 250.0 * volume.high)


def test_what_no_source_gives_is_not_offered() -> None:
    therapy = THERAPIES["inz701"]
    assert (therapy.routes, therapy.unit, therapy.frequencies) == ((), "", ())


def test_usual_forms_that_no_source_names_say_so() -> None:
    assert THERAPIES["heparin"].offers is Standing.INFERRED
    assert THERAPIES["sts_iv"].offers is Standing.PUBLISHED


@pytest.mark.parametrize(
    ("key", "fields"),
    [
        ("sts_iv", ("dose", "duration_min")),
        ("hyperbaric", ("pressure_ata", "duration_min")),
        (
            "rheopheresis",
            (
                "duration_min",
                "blood_flow_ml_min",
                "plasma_percent",
                "plasma_volume_ml",
                "effluent_percent",
                "albumin_ml",
            ),
        ),
    ],
)
def test_a_session_is_asked_what_its_therapy_has(key: str, fields: tuple[str, ...]) -> None:
    assert THERAPIES[key].session_fields == fields


def test_groups_stand_together() -> None:
    groups = [therapy.group for therapy in THERAPIES.values()]
    changes = sum(a != b for a, b in itertools.pairwise(groups))
    assert changes == len(set(groups)) - 1


def test_no_key_is_used_twice() -> None:
    from woundtrack.therapy import calcinosis, calciphylaxis, supportive

    rooms = (calciphylaxis.THERAPIES, supportive.THERAPIES, calcinosis.THERAPIES)
    listed: list[Therapy] = [each for room in rooms for each in room]
    assert len(listed) + 1 == len(THERAPIES)


def test_written_text_stays_as_written() -> None:
    assert route_name("oral") == "oral"
    assert route_name("by tube") == "by tube"
    assert frequency_name("each_dialysis") == "at each dialysis"
    assert frequency_name("6 nights in 7") == "6 nights in 7"


def test_shares_whose_whole_no_source_names_say_so() -> None:
    ours = {name for name, field in FIELDS.items() if field.standing is Standing.INFERRED}
    assert ours == {"plasma_percent", "effluent_percent"}
