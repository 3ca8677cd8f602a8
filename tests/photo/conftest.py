"""Pictures made for these tests: a small scene whose corners differ, in any file format."""

import io
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

WIDTH_PX, HEIGHT_PX = 96, 64


def scene() -> Image.Image:
    """A smooth picture, 96 × 64, without any symmetry; smooth so that JPEG keeps it."""
    y, x = np.mgrid[0:HEIGHT_PX, 0:WIDTH_PX]
    red = 40 + 2 * x
    green = 60 + 2.5 * y
    blue = 200 - 1.2 * x - 0.6 * y
    return Image.fromarray(np.stack([red, green, blue], axis=-1).clip(0, 255).astype(np.uint8))


@pytest.fixture
def picture() -> Image.Image:
    """The scene, upright."""
    return scene()


@pytest.fixture
def upright_bgr(picture: Image.Image) -> np.ndarray:
    """The scene's pixels as a reader should give them."""
    return np.asarray(picture)[:, :, ::-1].copy()


@pytest.fixture
def encoded() -> Callable[..., bytes]:
    """Encode a Pillow image: `encoded(image, "JPEG", quality=95, exif=…)`."""

    def encode(image: Image.Image, form: str, **options: object) -> bytes:
        import pillow_heif

        pillow_heif.register_heif_opener()
        if form == "JPEG":
            options = {"quality": 97, "subsampling": 0, **options}
        stream = io.BytesIO()
        image.save(stream, format=form, **options)
        return stream.getvalue()

    return encode
