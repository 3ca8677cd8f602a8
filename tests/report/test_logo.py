"""A logo: any picture, made small, without metadata, clear where it was clear."""

import io

import numpy as np
import pytest
from PIL import Image

from woundtrack.errors import ReportError
from woundtrack.records.letterhead import LOGO_BYTES, LOGO_PX
from woundtrack.report.logo import logo_of


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_a_clear_ground_stays_clear() -> None:
    image = Image.new("RGBA", (200, 100), (0, 0, 0, 0))
    image.paste((200, 30, 30, 255), (50, 25, 150, 75))
    made = opened(logo_of(saved(image, "PNG")))
    assert made.format == "PNG"
    assert made.size == (200, 100)
    assert made.getpixel((5, 5))[3] == 0
    assert made.getpixel((100, 50)) == (200, 30, 30, 255)


def test_a_photo_of_a_logo_is_turned_reduced_and_tells_nothing_of_its_camera() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Maker"
    made_of = np.random.default_rng(1).integers(0, 255, (1500, 3000, 3), np.uint8)
    data = saved(Image.fromarray(made_of), "JPEG", exif=exif, quality=90)
    made = logo_of(data)
    assert b"Maker" not in made
    assert len(made) <= LOGO_BYTES
    width, height = opened(made).size
    assert height > width, "it was taken upright"
    assert width <= LOGO_PX[0]
    assert height <= LOGO_PX[1]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\nbroken"])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(ReportError) as caught:
        logo_of(data)
    assert caught.value.code == "report.not_a_logo"
