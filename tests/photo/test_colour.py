"""Wide-gamut photos come out in sRGB, quickly where that is sure and rightly always."""

import io
import struct

import numpy as np
import pytest
from PIL import Image, ImageCms

from woundtrack.photo.colour import pixels_to_srgb
from woundtrack.photo.matrix_profile import matrix_profile

DISPLAY_P3 = {
    b"rXYZ": (0.51512, 0.24120, -0.00105),
    b"gXYZ": (0.29198, 0.69225, 0.04189),
    b"bXYZ": (0.15710, 0.06657, 0.78407),
}


def srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def profile(
    *, primaries: dict[bytes, tuple[float, float, float]] = DISPLAY_P3, curve: bytes | None = None
) -> bytes:
    """sRGB's own profile with other primaries, and another tone curve where given."""
    data = bytearray(srgb())
    (count,) = struct.unpack_from(">I", data, 128)
    appended = len(data)
    for entry in range(132, 132 + 12 * count, 12):
        name, start, _ = struct.unpack_from(">4sII", data, entry)
        if name in primaries:
            numbers = [round(value * 65536) for value in primaries[name]]
            struct.pack_into(">3i", data, start + 8, *numbers)
        if curve is not None and name in (b"rTRC", b"gTRC", b"bTRC"):
            struct.pack_into(">II", data, entry + 4, appended, len(curve))
    if curve is not None:
        data += curve + bytes(-len(curve) % 4)
    struct.pack_into(">I", data, 0, len(data))
    return bytes(data)


def table_curve(gamma: float, count: int = 64) -> bytes:
    values = [round(65535 * (k / (count - 1)) ** gamma) for k in range(count)]
    return b"curv\0\0\0\0" + struct.pack(f">I{count}H", count, *values)


def parametric(kind: int, *numbers: float) -> bytes:
    fixed = [round(number * 65536) for number in numbers]
    return b"para\0\0\0\0" + struct.pack(f">HH{len(fixed)}i", kind, 0, *fixed)


CURVES = {
    "sRGB's own": None,
    "linear": b"curv" + bytes(8),
    "gamma 2.2": b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + bytes(2),
    "table": table_curve(2.0),
    "para 0": parametric(0, 1.8),
    "para 3": parametric(3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045),
}


def full(pixels: np.ndarray, icc: bytes) -> np.ndarray:
    """The same by the colour management itself."""
    source = ImageCms.ImageCmsProfile(io.BytesIO(icc))
    image = Image.fromarray(pixels[:, :, ::-1].copy())
    done = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"))
    return np.asarray(done)[:, :, ::-1]


COLOURS = np.random.default_rng(4).integers(0, 256, (90, 70, 3), dtype=np.uint8)


@pytest.mark.parametrize("curve", CURVES.values(), ids=CURVES.keys())
def test_a_display_profile_is_applied_as_colour_management_would(curve: bytes | None) -> None:
    icc = profile(curve=curve)
    assert matrix_profile(icc) is not None
    done = pixels_to_srgb(COLOURS, icc)
    assert np.abs(done.astype(int) - full(COLOURS, icc)).max() <= 4
    assert np.abs(done.astype(int) - COLOURS).max() > 10


def test_srgb_is_left_alone() -> None:
    assert pixels_to_srgb(COLOURS, srgb()) is COLOURS


@pytest.mark.parametrize("icc", [b"", b"nothing of the kind" * 30, srgb()[:200], bytes(4000)])
def test_a_broken_profile_changes_nothing(icc: bytes) -> None:
    assert pixels_to_srgb(COLOURS, icc) is COLOURS
    assert matrix_profile(icc) is None


def test_a_profile_of_other_colours_changes_nothing() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert pixels_to_srgb(COLOURS, lab) is COLOURS
