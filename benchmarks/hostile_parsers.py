"""Our own parsing of what comes from outside, each a function of bytes that must raise nothing.

`run` of `hostile` feeds them spoiled seeds. Guided by coverage, where atheris is installed:
`python -m benchmarks.hostile_parsers NAME -max_total_time=60`.
"""

import datetime as dt
import json
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from types import MappingProxyType

from woundtrack.errors import InterchangeError, OutlineError
from woundtrack.interchange.manifest import Manifest
from woundtrack.interchange.text import loaded
from woundtrack.outline.rings import outline_from_json
from woundtrack.photo import code, completeness, decoding, exif, matrix_profile
from woundtrack.store.carried import Part
from woundtrack.store.codec import CodecError, codec_for

NOW = dt.datetime(2026, 3, 17, 12)  # noqa: DTZ001 (EXIF has no zone)


def camera(data: bytes) -> None:
    """What EXIF says of the camera."""
    from PIL import Image

    tags = Image.Exif()
    try:
        tags.load(data)
        found = {**dict(tags), **dict(tags.get_ifd(0x8769))}
    except Exception:  # noqa: BLE001 (Pillow's own: the reader passes over such EXIF)
        return
    facts = exif.camera_facts(found, width_px=4000, height_px=3000, now=NOW)
    assert facts.camera.isprintable()


def end_of_file(data: bytes) -> None:
    """Whether a file is whole."""
    completeness.ends_early(data)


def colours(data: bytes) -> None:
    """The matrix and curves of a colour profile."""
    matrix_profile.matrix_profile(data)


def card(data: bytes) -> None:
    """What a code says."""
    text = data.decode("utf-8", "replace")
    found = code.parse_code(text)
    assert found is None or code.parse_code(code.code_text(found)) == found
    code.typed_patient_code(text)


def records(data: bytes) -> None:
    """JSON of the open format."""
    with suppress(InterchangeError, CodecError):
        content = loaded(data, file="x")
        for kind in (Manifest, Part):
            with suppress(CodecError):
                codec_for(kind)[1](content)


def rings(data: bytes) -> None:
    """An outline from a file."""
    with suppress(OutlineError):
        outline_from_json(data.decode("utf-8", "replace"))


def answer(data: bytes) -> None:
    """What a child process says that a picture has taken over."""
    with suppress(ValueError):
        decoding.told_by("look", data)


TARGETS: MappingProxyType[str, Callable[[bytes], None]] = MappingProxyType(
    {each.__name__: each for each in (camera, end_of_file, colours, card, records, rings, answer)}
)


def seeds(name: str) -> list[bytes]:
    """Inputs of a target that are sound."""
    from PIL import ImageCms

    from benchmarks.hostile_seeds import PAYLOADS, camera_exif
    from benchmarks.hostile_seeds import seeds as pictures

    if name == "camera":
        return [camera_exif().tobytes()]
    if name == "end_of_file":
        return list(pictures().values())
    if name == "colours":
        return [ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()]
    if name == "card":
        return [payload.encode() for payload in PAYLOADS]
    if name == "rings":
        return [b'{"outline": [[[1, 2.5], [3e2, 4], [5, 6]]]}']
    if name == "answer":
        return [json.dumps(codec_for(decoding.Told)[0](decoding.Told("photo.damaged"))).encode()]
    return [b'{"format": "woundtrack", "version": 1, "files": [{"path": "a", "x": [1e3, null]}]}']


def failures(name: str, *, count: int) -> list[str]:
    """The kinds of errors that a target raised on spoiled seeds."""
    from benchmarks.hostile_changes import changed

    sound, kinds = seeds(name), list[str]()
    for number in range(count):
        chance = Random(number)
        data = changed(sound[number % len(sound)] or b"x", sound, chance)
        try:
            TARGETS[name](data)
        except Exception as error:  # noqa: BLE001 (it is what is looked for)
            kinds.append(f"{name}: {type(error).__name__}, number {number}")
    return kinds


def main() -> None:
    """Let atheris look for inputs that reach what no seed reached."""
    import atheris

    name = sys.argv.pop(1)
    with TemporaryDirectory() as folder:
        for number, data in enumerate(seeds(name)):
            (Path(folder) / str(number)).write_bytes(data)
        atheris.instrument_all()
        atheris.Setup([*sys.argv, folder], TARGETS[name])
        atheris.Fuzz()


if __name__ == "__main__":
    main()
