"""Every field of every kind: what names a record is carried by uuid, what has a unit says it."""

import typing
from pathlib import Path

import cv2
import numpy as np
import pytest

from woundtrack.interchange.folder import OpenFolder
from woundtrack.interchange.schema import schema
from woundtrack.interchange.text import dumped
from woundtrack.photo.read import decode_photo, thumbnail_jpeg
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


def test_a_large_photo_has_the_thumbnail_that_it_had(full: tuple[Path, Path]) -> None:
    ramp = np.linspace(0, 255, 2600, dtype=np.uint8)
    pixels = np.dstack([np.tile(ramp, (1950, 1)), *[np.full((1950, 2600), 90, np.uint8)] * 2])
    data = cv2.imencode(".jpg", pixels)[1].tobytes()
    folder = OpenFolder(full[1])
    folder.photo_bytes = lambda _photo: data  # type: ignore[method-assign]
    _data, small = folder.photo(folder.photos[0])
    before = thumbnail_jpeg(decode_photo(data)[1])
    shown = [cv2.imdecode(np.frombuffer(each, np.uint8), 1).astype(int) for each in (small, before)]
    assert shown[0].shape == shown[1].shape == (384, 512, 3)
    assert np.abs(shown[0] - shown[1]).max() <= 4
