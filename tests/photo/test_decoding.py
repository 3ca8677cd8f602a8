"""What comes from outside is read in a child process, and its answer is not believed blindly."""

import json
import math
import os
import struct
import sys
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmarks.hostile import CRASHED, SLOW, spoiled
from benchmarks.hostile_parsers import TARGETS, failures
from benchmarks.hostile_seeds import PAYLOADS, png_chunk, seeds
from tests.photo.conftest import scene
from woundtrack.child.process import ChildCrashedError, ChildSlowError, ChildUnavailableError
from woundtrack.errors import PhotoError
from woundtrack.explain import UNKNOWN, explain
from woundtrack.photo import decoding
from woundtrack.photo.code import parse_code
from woundtrack.photo.decoder import Told
from woundtrack.photo.read import MAX_BYTES, decode_photo, read_bytes, thumbnail_jpeg
from woundtrack.photo.types import Photo
from woundtrack.plain_file import plain_bytes
from woundtrack.sentences import SENTENCES
from woundtrack.store.codec import codec_for

Encode = Callable[..., bytes]
SEEDS = seeds()
FOUND = Path(__file__).resolve().parents[1] / "data" / "hostile"
SAMPLE = range(0, 3000, 199)


def refusal(data: bytes) -> str:
    """The code with which these bytes are refused."""
    with pytest.raises(PhotoError) as caught:
        decoding.look(data)
    assert explain(caught.value) != UNKNOWN
    return caught.value.code


@pytest.mark.parametrize("orientation", [1, 4, 6, 7])
def test_the_child_reads_as_the_program_would(encoded: Encode, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = encoded(scene(), "JPEG", exif=exif.tobytes())
    photo, pixels = decode_photo(data)
    again, same = decoding.decoded(data)
    assert (again, same.tolist()) == (photo, pixels.tolist())
    seen = decoding.look(data)
    assert (seen.photo, seen.thumbnail) == (photo, thumbnail_jpeg(pixels))


def test_a_code_names_a_code_and_nothing_else() -> None:
    found = {name: decoding.look(data).codes for name, data in SEEDS.items() if "qr" in name}
    assert [name for name, codes in found.items() if codes] == ["qr 0 png"]
    assert [text for text in PAYLOADS[1:] if parse_code(text)] == []


def test_a_small_file_cannot_take_the_memory() -> None:
    side = 15_000  # in black and white: 28 MB to unpack, 900 MB as a photo
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    body = png_chunk(b"IDAT", zlib.compress(bytes((1 + side // 8) * side), 1))
    bomb = b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", head) + body + png_chunk(b"IEND", b"")
    if sys.platform == "linux":
        assert refusal(bomb) == "photo.too_much_memory"
    assert decoding.look(SEEDS["png"]).photo.width_px > 0


def test_spoiled_files_are_read_or_refused() -> None:
    found = set()
    for number in SAMPLE:
        _name, data = spoiled(number)
        try:
            decoding.look(data)
        except PhotoError as error:
            found.add(error.code)
    assert all(code in SENTENCES for code in found)
    assert not found & {CRASHED, SLOW, decoding.NO_READER}
    assert len(found) > 2


@pytest.mark.parametrize("name", sorted(TARGETS))
@pytest.mark.filterwarnings("ignore")
def test_our_own_parsers_raise_nothing(name: str) -> None:
    assert failures(name, count=25) == []


@pytest.mark.parametrize("path", sorted(FOUND.iterdir()), ids=lambda path: path.stem)
def test_what_once_found_a_fault_finds_none(path: Path) -> None:
    """Each is named by the parser that it broke."""
    target = TARGETS[path.stem.partition("-")[0]]
    assert target(path.read_bytes()) is None


# -- what the child says


class Lost:
    """Children that give no answer."""

    def __init__(self, error: type[Exception]) -> None:
        self._error = error

    def ask(self, *_words: object, **_more: object) -> None:
        """Fail."""
        raise self._error

    def warm(self) -> None:
        """Fail."""
        raise self._error


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ChildCrashedError, "photo.crashed"),
        (ChildSlowError, "photo.too_slow"),
        (ChildUnavailableError, "photo.no_reader"),
    ],
)
def test_no_answer_is_told_and_nothing_is_decoded_here(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception], code: str
) -> None:
    monkeypatch.setattr(decoding, "_children", lambda: Lost(error))
    monkeypatch.setattr(
        "woundtrack.photo.read.stored_photo", lambda *_a, **_k: pytest.fail("decoded")
    )
    assert refusal(SEEDS["jpeg"]) == code
    with pytest.raises(PhotoError, match="photo"):
        decoding.decoded(SEEDS["jpeg"])


PHOTO = Photo(40, 30, "image/jpeg", 1000)


def words(**changes: object) -> bytes:
    """An answer that would do, but for the changes."""
    told = codec_for(Told)[0](Told(photo=PHOTO, shape=(30, 40, 3)))
    return json.dumps({**told, **changes}).encode()


def test_an_answer_is_held_against_what_can_be() -> None:
    assert decoding.told_by("look", words()).photo == PHOTO
    for wrong in (
        {"shape": [3000, 4000, 3]},
        {"shape": [-30, -40, 3]},
        {"shape": [30, 40, 1]},
        {"refused": "store.wrong_passphrase"},
        {"codes": "WT1"},
        {"photo": {"width_px": 1e9}},
        {"refused": "photo.damaged", "shape": [10**6, 10**6, 10**6]},
    ):
        with pytest.raises(ValueError, match="answer"):
            decoding.told_by("look", words(**wrong))
    for text in (b"", b"[]", b"\x80\x04", b"[" * 100_000):
        with pytest.raises(ValueError):
            decoding.told_by("look", text)


@pytest.mark.parametrize(
    "change",
    [
        {"width_px": 0},
        {"width_px": 10**6, "height_px": 10**6},
        {"media_type": "text/html"},
        {"byte_count": 7},
        {"camera": "a\u202eb"},
        {"camera": "a" * 500},
        {"focal_px": -1.0},
        {"focal_px": math.inf},
        {"focal_relative_sd": math.inf},
    ],
)
def test_facts_that_no_photo_has_are_not_taken(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, object]
) -> None:
    data, photo = bytes(1000), replace(PHOTO, **change)  # type: ignore[arg-type]
    told = Told(photo=photo, shape=(30, 40, 3))
    small = np.zeros((30, 40, 3), np.uint8)
    monkeypatch.setattr(decoding, "_asked", lambda _do, _data: (told, small))
    with pytest.raises(PhotoError, match="crashed"):
        decoding.look(data)


# -- files that are none


def test_pipes_devices_and_folders_are_no_photos(tmp_path: Path) -> None:
    places = [tmp_path]
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe.jpg")
        places += [tmp_path / "pipe.jpg", Path("/dev/zero"), Path("/dev/stdin")]
    for place in places:
        with pytest.raises(PhotoError, match="unreadable"):
            read_bytes(place)


def test_a_file_is_read_as_far_as_is_allowed(tmp_path: Path) -> None:
    place, link = tmp_path / "a.jpg", tmp_path / "b.jpg"
    place.write_bytes(b"12345")
    assert plain_bytes(place, most=5) == b"12345"
    assert plain_bytes(place, most=4) is None
    with place.open("r+b") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(PhotoError, match="file_too_large"):
        read_bytes(place)
    if sys.platform != "win32":
        link.symlink_to(place)
        with pytest.raises(OSError, match="link"):
            plain_bytes(link, most=5, follow=False)
