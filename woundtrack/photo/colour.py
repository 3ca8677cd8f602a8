"""Colours brought to sRGB where a photo's own profile says that they are something else."""

import io
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from woundtrack.photo.matrix_profile import MatrixProfile, matrix_profile

SAME_WITHIN_LEVELS = 2
"""A profile that moves no colour of a grid by more than this is sRGB, whatever its name."""
QUICK_WITHIN_LEVELS = 3
"""The quick conversion is taken where it agrees with the full one to this, on the same grid."""
_GRID_STEPS = 9


def to_srgb(image: Any, profile: bytes) -> Any:
    """A Pillow RGB or CMYK image in sRGB by its ICC profile; as it was if the profile is bad."""
    from PIL import ImageCms

    transform = _transform(profile, image.mode)
    if transform is None or (image.mode == "RGB" and _changes_nothing(profile)):
        return image
    done = ImageCms.applyTransform(image, transform)
    return image if done is None else done


def pixels_to_srgb(pixels: NDArray[np.uint8], profile: bytes) -> NDArray[np.uint8]:
    """BGR pixels in sRGB by their RGB profile; the same array where nothing would change.

    Most phones write Display P3, 12 megapixels of it: matrix profiles have a quick way.
    """
    if _transform(profile, "RGB") is None or _changes_nothing(profile):
        return pixels
    quick = _quick(profile)
    return quick.to_srgb(pixels) if quick else _converted(pixels, profile)


@lru_cache(maxsize=8)
def _transform(profile: bytes, mode: str) -> Any:
    """The transform to sRGB, or None where the profile is broken or of other colours."""
    from PIL import ImageCms

    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


@lru_cache(maxsize=8)
def _changes_nothing(profile: bytes) -> bool:
    grid = _grid()
    return _furthest(_converted(grid, profile), grid) <= SAME_WITHIN_LEVELS


@lru_cache(maxsize=8)
def _quick(profile: bytes) -> MatrixProfile | None:
    """The profile's matrix and curves where they do what the full conversion does."""
    found, grid = matrix_profile(profile), _grid()
    if found is None:
        return None
    agrees = _furthest(found.to_srgb(grid), _converted(grid, profile)) <= QUICK_WITHIN_LEVELS
    return found if agrees else None


def _converted(pixels: NDArray[np.uint8], profile: bytes) -> NDArray[np.uint8]:
    """BGR pixels through the full colour management; its profile is known to be sound."""
    import cv2
    from PIL import Image, ImageCms

    image = Image.fromarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB))
    ImageCms.applyTransform(image, _transform(profile, "RGB"), inPlace=True)
    return np.asarray(cv2.cvtColor(np.asarray(image), cv2.COLOR_RGB2BGR), dtype=np.uint8)


def _grid() -> NDArray[np.uint8]:
    """Colours over the whole cube, as pixels."""
    levels = np.linspace(0, 255, _GRID_STEPS).round().astype(np.uint8)
    cube = np.stack(np.meshgrid(levels, levels, levels), axis=-1)
    return np.ascontiguousarray(cube.reshape(-1, _GRID_STEPS, 3))


def _furthest(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> int:
    return int(np.abs(one.astype(np.int16) - other.astype(np.int16)).max())
