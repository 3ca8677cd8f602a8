"""What leaves is pixels alone: cut, masked before anything else, encoded with nothing beside."""

import io

import cv2
import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from tests.deidentify.made import camera_jpeg, painted
from woundtrack.deidentify import picture
from woundtrack.deidentify.picture import (
    MASK_GREY,
    PictureFormat,
    check_plain,
    encoded,
    frame_of,
    shown,
)
from woundtrack.deidentify.types import Crop, box_mask
from woundtrack.errors import ExportError

PIXELS = painted()


def test_the_picture_is_the_crop_and_nothing_of_it_changes_the_photo() -> None:
    before = PIXELS.copy()
    found = shown(PIXELS, Crop(100, 50, 300, 250), [box_mask(120, 60, 150, 90)])
    assert found.shape == (200, 200, 3)
    assert np.array_equal(found[60:, 60:], PIXELS[110:250, 160:300])
    assert np.array_equal(PIXELS, before)


def test_under_a_mask_every_pixel_is_the_same_grey() -> None:
    found = shown(PIXELS, Crop(100, 50, 400, 250), [box_mask(219.5, 109.5, 330.5, 150.5)])
    assert (found[60:101, 120:231] == MASK_GREY).all()


@pytest.mark.parametrize("picture_format", list(PictureFormat))
def test_what_is_masked_cannot_be_seen_in_the_file(picture_format: PictureFormat) -> None:
    # Two photos that differ under the mask alone become the very same file.
    masks = [box_mask(216, 106, 334, 154)]
    files = {
        encoded(shown(painted(name=name), Crop(90, 60, 350, 320), masks), picture_format)
        for name in ("LEFEVRE", "MOREAU")
    }
    assert len(files) == 1


def test_a_large_picture_is_reduced_by_a_whole_number_and_its_frame_says_where_it_lies(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(picture, "MOST_PX", 100)
    pixels = np.zeros((480, 640, 3), np.uint8)
    pixels[203:211, 303:311] = 255  # its centre is (306.5, 206.5)
    crop = Crop(3, 3, 403, 250)
    frame, found = frame_of(crop), shown(pixels, crop)
    assert frame.factor == pytest.approx(1 / 4)
    assert found.shape == (frame.height, frame.width, 3)
    rows, columns = np.nonzero(found[..., 0])
    weights = found[rows, columns, 0].astype(float)
    centre = np.average(columns, weights=weights), np.average(rows, weights=weights)
    assert centre == pytest.approx(frame.inwards((306.5, 206.5)), abs=0.01)


def test_a_mask_is_painted_before_the_picture_is_reduced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "MOST_PX", 160)
    masks = [box_mask(216, 106, 334, 154)]
    one, other = (shown(painted(name=name), Crop(0, 0, 640, 480), masks) for name in ("A", "ZZ"))
    assert np.array_equal(one, other)


@pytest.mark.parametrize("picture_format", list(PictureFormat))
def test_the_file_holds_pixels_alone(picture_format: PictureFormat) -> None:
    data = encoded(PIXELS, picture_format)
    image = Image.open(io.BytesIO(data))
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert not image.getexif()
    if picture_format is PictureFormat.PNG:
        decoded = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
        assert np.array_equal(decoded, PIXELS)


def _png(**more: object) -> bytes:
    out = io.BytesIO()
    Image.fromarray(PIXELS).save(out, "PNG", **more)  # type: ignore[arg-type]
    return out.getvalue()


def _with_text() -> PngImagePlugin.PngInfo:
    told = PngImagePlugin.PngInfo()
    told.add_text("Patient", "Lefèvre")
    return told


PLAIN_JPEG = encoded(PIXELS, PictureFormat.JPEG)
PLAIN_PNG = encoded(PIXELS, PictureFormat.PNG)
THUMBNAIL = b"\xff\xe0\x00\x13JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x01\x01abc"


@pytest.mark.parametrize(
    "data",
    [
        camera_jpeg(PIXELS),
        PLAIN_JPEG + b"Lefevre",
        PLAIN_JPEG[:2] + b"\xff\xfe\x00\x09Lefevre" + PLAIN_JPEG[2:],
        PLAIN_JPEG[:2] + b"\xff\xe2\x00\x10ICC_PROFILE\x00\x01\x01" + PLAIN_JPEG[2:],
        PLAIN_JPEG[:2] + THUMBNAIL + PLAIN_JPEG[20:],
        PLAIN_JPEG[:-2],
        PLAIN_PNG + b"Lefevre",
        _png(pnginfo=_with_text()),
        _png(dpi=(300, 300)),
        _png(icc_profile=b"profile"),
        b"",
        b"GIF89a",
    ],
    ids=["camera", "behind", "comment", "profile", "thumbnail", "cut", "png behind", "png text",
         "png density", "png profile", "nothing", "another kind"],
)  # fmt: skip
def test_anything_else_in_a_file_is_refused(data: bytes) -> None:
    with pytest.raises(ExportError) as refused:
        check_plain(data)
    assert refused.value.code == "deidentify.not_plain"
