"""Every field of every kind: what names a record is carried by uuid, what has a unit says it."""

import typing
from pathlib import Path

import pytest

from woundtrack.interchange.schema import schema
from woundtrack.interchange.text import dumped
from woundtrack.store.carried_values import checked_uuid, stand_in, uuid_behind
from woundtrack.store.codec import CodecError, field_hints
from woundtrack.store.kinds import SPECS, Spec, names_of

KEPT = Path(__file__).resolve().parents[2] / "docs" / "open-format.schema.json"
UUID = "0e7749af-9d70-4327-91e3-298ef720d437"


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.table)
def test_every_integer_key_of_another_record_is_known_as_such(spec: Spec) -> None:
    keys = {
        name
        for name, hint in field_hints(spec.kind).items()
        if name.endswith(("_id", "_ids")) and int in (hint, *typing.get_args(hint))
    }
    assert keys == set(names_of(spec.kind))


def test_the_schema_in_the_documents_is_the_programs() -> None:
    again = "python -m woundtrack.interchange.schema > docs/open-format.schema.json"
    assert KEPT.read_bytes() == dumped(schema()), again


def test_a_stand_in_is_below_every_key_and_gives_the_uuid_again() -> None:
    assert stand_in(UUID) < 0
    assert uuid_behind(stand_in(UUID)) == UUID


@pytest.mark.parametrize(
    "text", ["", UUID.upper(), UUID.replace("-", ""), f"{{{UUID}}}", str(0), None, 7,
             "00000000-0000-0000-0000-000000000000"],
)  # fmt: skip
def test_a_uuid_has_one_way_of_writing(text: object) -> None:
    with pytest.raises(CodecError):
        checked_uuid(text)


@pytest.mark.parametrize("unitless", ["rings", "body_x", "factor", "width", "height"])
def test_keys_that_would_lack_a_unit_have_one(unitless: str) -> None:
    assert f'"{unitless}":' not in dumped(schema()).decode()
