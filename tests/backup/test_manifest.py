"""A manifest's head is read before anyone has a key: whatever stands there is read or refused."""

import json
import struct
from pathlib import Path

import pytest

from tests.backup.conftest import refusal
from woundtrack.backup.manifest import MAGIC, head_of

HEAD = {
    "format": 1,
    "clinic_uuid": "u",
    "clinic_name": "Clinic",
    "at_utc": "2026-06-15T09:30:00+00:00",
    "number": 3,
    "photos": 1,
    "photo_bytes": 10,
    "users": 1,
    "schema_version": 7,
    "page_bytes": 4096,
    "database_pages": 5,
    "packs": ["a"],
    "journal": {"count": 2, "last_id": 2, "mac": "00"},
    "keyring": "",
}


def written(place: Path, text: bytes, version: bytes = b"1") -> Path:
    place.write_bytes(MAGIC + version + struct.pack(">I", len(text)) + text)
    return place


def test_a_head_tells_how_much_there_is(tmp_path: Path) -> None:
    head = head_of(written(tmp_path / "x.backup", json.dumps(HEAD).encode()))
    assert (head.backup.number, head.backup.database_bytes) == (3, 5 * 4096)
    assert (head.packs, head.journal.last_id) == (frozenset("a"), 2)


@pytest.mark.parametrize(
    "text",
    [
        b"", b"[]", b"[" * 100_000, b"\xff", b"{}",
        *(
            json.dumps({**HEAD, **change}).encode()
            for change in (
                {"at_utc": 5}, {"at_utc": "0001-01-01T00:00:00+23:59"}, {"number": "x"},
                {"number": None}, {"packs": 7}, {"journal": []}, {"journal": {}},
                {"photos": [1]}, {"page_bytes": 1e400},
            )
        ),
    ],
)  # fmt: skip
def test_a_head_that_is_none_is_refused(tmp_path: Path, text: bytes) -> None:
    path = written(tmp_path / "x.backup", text)
    assert refusal(lambda: head_of(path)) == "backup.manifest_damaged"


def test_one_of_a_newer_program_is_left_to_it(tmp_path: Path) -> None:
    text = json.dumps({**HEAD, "format": 2}).encode()
    path = written(tmp_path / "x.backup", text, b"2")
    assert refusal(lambda: head_of(path)) == "backup.newer"


def test_one_damaged_byte_makes_no_newer_program_of_it(tmp_path: Path) -> None:
    for head, version in (({**HEAD, "format": 2}, b"1"), (HEAD, b"2")):
        path = written(tmp_path / "x.backup", json.dumps(head).encode(), version)
        assert refusal(lambda path=path: head_of(path)) == "backup.manifest_damaged"
