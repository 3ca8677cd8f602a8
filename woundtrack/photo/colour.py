"""Colours brought to sRGB where a photo's own profile says that they are something else."""

import io
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

SAME_WITHIN_LEVELS = 2
"""A profile that moves no colour of a grid by more than this is sRGB, whatever its name."""


def to_srgb(image: Any, profile: bytes) -> Any:
    """A Pillow RGB or CMYK image in sRGB by its ICC profile; as it was if the profile is bad."""
    from PIL import Image, ImageCms

    try:
        transform = _transform(profile, image.mode)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        transform = None
    if transform is None:
        return image
    done: Image.Image | None = ImageCms.applyTransform(image, transform)
    return image if done is None else done


def pixels_to_srgb(pixels: NDArray[np.uint8], profile: bytes) -> NDArray[np.uint8]:
    """BGR pixels in sRGB by their RGB profile; the same array where nothing would change."""
    from PIL import Image, ImageCms

    try:
        transform = _transform(profile, "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        transform = None
    if transform is None:
        return pixels
    import cv2

    image = Image.fromarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB))
    ImageCms.applyTransform(image, transform, inPlace=True)
    return np.asarray(cv2.cvtColor(np.asarray(image), cv2.COLOR_RGB2BGR), dtype=np.uint8)


@lru_cache(maxsize=8)
def _transform(profile: bytes, mode: str) -> Any:
    """The transform to sRGB, or None where it would change nothing one can see."""
    from PIL import Image, ImageCms

    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    transform = ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB")
    if mode != "RGB":
        return transform
    levels = np.linspace(0, 255, 9).round().astype(np.uint8)
    grid = np.stack(np.meshgrid(levels, levels, levels), axis=-1).reshape(27, 27, 3)
    moved = np.asarray(ImageCms.applyTransform(Image.fromarray(grid), transform), dtype=np.int16)
    same = np.abs(moved - grid).max() <= SAME_WITHIN_LEVELS
    return None if same else transform
