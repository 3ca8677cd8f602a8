"""The catalogue is data that fits together, and holds no dose."""

import dataclasses
import itertools

from woundtrack.therapy.catalogue import (
    FREQUENCIES,
    OTHER,
    ROUTES,
    THERAPIES,
    UNITS,
    Therapy,
    frequency_name,
    route_name,
)


def test_every_route_unit_and_frequency_is_known() -> None:
    for key, therapy in THERAPIES.items():
        assert therapy.key == key
        assert set(therapy.routes) <= set(ROUTES)
        assert set(therapy.frequencies) <= set(FREQUENCIES)
        assert therapy.unit in ("", *UNITS)


def test_every_therapy_but_other_names_its_source() -> None:
    assert [key for key, therapy in THERAPIES.items() if not therapy.source] == [OTHER]


def test_no_field_could_hold_a_dose() -> None:
    names = {field.name for field in dataclasses.fields(Therapy)}
    assert names == {"key", "name", "group", "routes", "unit", "frequencies", "source"}


def test_intravenous_thiosulfate_is_counted_in_grams() -> None:
    # Some sources print mg where g is meant; the catalogue must not repeat it.
    assert THERAPIES["sts_iv"].unit == "g"


def test_groups_stand_together() -> None:
    groups = [therapy.group for therapy in THERAPIES.values()]
    changes = sum(a != b for a, b in itertools.pairwise(groups))
    assert changes == len(set(groups)) - 1


def test_written_text_stays_as_written() -> None:
    assert route_name("oral") == "oral"
    assert route_name("by tube") == "by tube"
    assert frequency_name("each_dialysis") == "at each dialysis"
    assert frequency_name("6 nights in 7") == "6 nights in 7"
