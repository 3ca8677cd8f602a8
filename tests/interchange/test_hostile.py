"""Pictures and files in a folder that were made to do harm: nothing of them is taken in."""

from pathlib import Path

import pytest

from tests.interchange.facts import Facts
from tests.interchange.test_refusals import refused
from woundtrack.errors import InterchangeError, PhotoError
from woundtrack.interchange import folder as folder_
from woundtrack.interchange import sensible, text
from woundtrack.interchange.importing import import_record, look_at_folder
from woundtrack.store.clinic import Clinic


@pytest.mark.parametrize("code", ["crashed", "too_slow", "too_much_memory"])
def test_a_photo_that_the_program_must_not_decode_refuses_the_folder(
    target: Clinic, exported: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    def lost(_data: bytes, *, codes: bool) -> None:
        raise PhotoError(f"photo.{code}")

    monkeypatch.setattr(folder_, "look", lost)
    found, file = refused(target, exported)
    assert (found, file[:7]) == ("interchange.photo_unsafe", "photos/")


@pytest.mark.parametrize("room", [folder_, sensible])
def test_without_a_reader_nothing_is_taken_in(
    target: Clinic, exported: Path, monkeypatch: pytest.MonkeyPatch, room: object
) -> None:
    def none(_data: bytes, **_more: object) -> None:
        raise PhotoError("photo.no_reader")

    before = Facts(target).all()
    monkeypatch.setattr(room, "look", none)
    with pytest.raises(PhotoError, match="no_reader"):
        import_record(target, look_at_folder(target, exported)[0])  # type: ignore[index]
    assert Facts(target).all() == before


def test_more_values_than_the_memory_holds_are_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b'{"a": [' + b"[]," * 50 + b"[]]}"
    assert len(text.loaded(data, file="x")["a"]) == 51
    monkeypatch.setattr(text, "MAX_VALUES", 100)
    with pytest.raises(InterchangeError, match="too_full"):
        text.loaded(data, file="x")
    monkeypatch.setattr(text.json, "loads", None)  # nothing is asked of it
    with pytest.raises(InterchangeError, match="too_full"):
        text.loaded(data, file="x")
