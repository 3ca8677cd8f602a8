"""The photos of a report: read once, in the background, no larger than they are printed."""

import threading
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
import pytest

from tests.histories import NOW, history_of
from woundtrack import words
from woundtrack.errors import ReportError, StoreError
from woundtrack.outline.types import Outline
from woundtrack.photo.read import decode_photo
from woundtrack.report.content import report_content
from woundtrack.report.content_types import PhotoChoice, Plate, ReportOptions
from woundtrack.report.overlay import part_of
from woundtrack.report.pictures import DOTS_PER_INCH, pictures_of
from woundtrack.scale.types import Scale, ScaleMethod

LARGE = (2400, 1800)
FINE = Scale(ScaleMethod.CARD, ((0.05, 0.0, 0.0), (0.0, 0.05, 0.0), (0.0, 0.0, 1.0)), 0.004, 0.0)


def plates_of(count: int) -> Sequence[Plate]:
    history = history_of([2.0 - 0.05 * i for i in range(count)])
    options = ReportOptions(photos=PhotoChoice.ALL)
    return report_content(
        history, options=options, clinic_name="", user_name="", now=NOW
    ).plates  # fmt: skip


def large_jpeg() -> bytes:
    """A dark square from (1000, 700) to (1400, 1100) on a bright ground."""
    picture = np.full((LARGE[1], LARGE[0], 3), 200, np.uint8)
    picture[700:1100, 1000:1400] = 40
    return cv2.imencode(".jpg", picture)[1].tobytes()


def large_plate(**fields: object) -> Plate:
    ring = ((1000.0, 700.0), (1400.0, 700.0), (1400.0, 1100.0), (1000.0, 1100.0))
    plate = Plate(1, "large", LARGE, FINE, (Outline((ring,)),), ("A",), (None,), "", "")
    return replace(plate, **fields)  # type: ignore[arg-type]


def dark_edges_px(plate: Plate) -> tuple[float, ...]:
    """Left, right, top, bottom of the dark square as parts of the printed picture."""
    (picture,) = pictures_of([plate], photo_bytes=lambda _name: large_jpeg())
    image = cv2.imdecode(np.frombuffer(picture.jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
    height, width = image.shape
    along = np.flatnonzero(image[round(0.53 * height)] < 75)
    down = np.flatnonzero(image[:, round(0.53 * width)] < 75)
    return along[0] / width, along[-1] / width, down[0] / height, down[-1] / height


def test_a_whole_photo_is_read_reduced_and_nothing_moves() -> None:
    plate = large_plate(box_mm=(40.0, 30.0), scale=None, outlines=(), labels=(), measurements=())
    part = part_of(LARGE, scale=None, box_px=(472, 354))
    assert part.decode_reduced == 4
    assert dark_edges_px(plate) == pytest.approx(
        (1000 / 2400, 1400 / 2400, 700 / 1800, 1100 / 1800), abs=0.004
    )


def test_a_cut_photo_has_300_dots_an_inch_where_the_camera_gave_as_many() -> None:
    plate = large_plate(field_mm=100.0)
    (picture,) = pictures_of([plate], photo_bytes=lambda _name: large_jpeg())
    image = cv2.imdecode(np.frombuffer(picture.jpeg, np.uint8), cv2.IMREAD_COLOR)
    wide_mm, high_mm = plate.box_mm
    printed_inches = min(wide_mm, high_mm * 4 / 3) / 25.4
    assert image.shape[1] / printed_inches == pytest.approx(DOTS_PER_INCH, rel=0.005)
    left, right, top, bottom = dark_edges_px(replace(plate, outlines=(plate.outlines[0],)))
    assert (left + right) / 2 == pytest.approx(0.5, abs=0.01)
    assert (top + bottom) / 2 == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("reduced", [2, 4, 8])
def test_a_reduced_photo_is_turned_as_the_whole_one_is(reduced: int) -> None:
    import io

    from PIL import Image

    picture = Image.fromarray(np.dstack([np.tile(np.arange(203) % 256, (97, 1))] * 3).astype("u1"))
    exif = Image.Exif()
    exif[0x0112] = 6
    file = io.BytesIO()
    picture.save(file, "JPEG", exif=exif)
    photo, whole = decode_photo(file.getvalue())
    same_photo, small = decode_photo(file.getvalue(), reduced=reduced)
    assert same_photo == photo
    assert small.shape[:2] == tuple(-(-side // reduced) for side in whole.shape[:2])
    even = cv2.resize(whole, small.shape[1::-1], interpolation=cv2.INTER_AREA)
    assert np.abs(even.astype(int) - small.astype(int)).mean() < 6


def test_a_photo_of_two_lesions_is_read_once() -> None:
    asked: list[str] = []

    def photo_bytes(name: str) -> bytes:
        asked.append(name)
        return large_jpeg()

    two = [large_plate(labels=("A",)), large_plate(labels=("B",), field_mm=60.0)]
    found = pictures_of([*two, large_plate(vault_name="other")], photo_bytes=photo_bytes)
    assert asked == ["large", "other"]
    assert found[0] == found[2]
    assert found[0] != found[1], "each is drawn for itself"


def test_files_are_asked_for_on_the_calling_thread_alone() -> None:
    threads: set[int] = set()

    def photo_bytes(_name: str) -> bytes:
        threads.add(threading.get_ident())
        return large_jpeg()

    pictures_of([large_plate(vault_name=str(i)) for i in range(4)], photo_bytes=photo_bytes)
    assert threads == {threading.get_ident()}


def test_what_cannot_be_read_is_a_sentence_in_the_report_s_language() -> None:
    def broken(name: str) -> bytes:
        if name == "vault-1":
            raise StoreError("store.photo_damaged", photo="1")
        return b"no picture at all"

    with words.speaking("fr"):
        first, second = pictures_of(plates_of(2), photo_bytes=broken)
    english = pictures_of(plates_of(2), photo_bytes=broken)
    for made, other in zip((first, second), english, strict=True):
        assert made.jpeg == b""
        assert made.refused
        assert made.refused != other.refused


def test_it_can_be_stopped_between_two_photos() -> None:
    seen: list[int] = []
    with pytest.raises(ReportError, match=r"report\.cancelled"):
        pictures_of(
            [large_plate(vault_name=str(i)) for i in range(9)],
            photo_bytes=lambda _name: large_jpeg(),
            progress=seen.append,
            cancelled=lambda: bool(seen),
        )
    assert seen[0] == 1
    assert len(seen) < 9
