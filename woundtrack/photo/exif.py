"""What the camera wrote beside the picture, believed only where it can be true.

Tags and their meanings: Exif 2.32 (CIPA DC-008).
"""

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass

MAKE, MODEL, SOFTWARE, PROCESSING_SOFTWARE = 0x010F, 0x0110, 0x0131, 0x000B
DATE_TIME_ORIGINAL = 0x9003
FOCAL_LENGTH, FOCAL_LENGTH_35MM = 0x920A, 0xA405
PIXEL_X_DIMENSION, PIXEL_Y_DIMENSION = 0xA002, 0xA003
FOCAL_PLANE_X_RESOLUTION, FOCAL_PLANE_RESOLUTION_UNIT = 0xA20E, 0xA210
DIGITAL_ZOOM_RATIO = 0xA404

FILM_DIAGONAL_MM = math.hypot(36.0, 24.0)
FOCAL_PLANE_UNIT_MM = {2: 25.4, 3: 10.0, 4: 1.0}
NATIVE_ASPECTS = (4 / 3, 3 / 2)
"""Frames that are a whole sensor. 16:9, 1:1 and the like are crops of one, and cameras do
not agree whether their 35 mm figure then speaks of the crop or of the sensor."""
ASPECT_TOLERANCE = 0.012
"""4000 × 2992 and 5184 × 3456 are native; a hand-made crop is seldom so near."""
PLAUSIBLE_35MM = (10.0, 135.0)
MIN_FOCAL_PLANE_PIXELS = 5_000_000
ROUNDING_SD_MM = 1 / math.sqrt(12)
MODEL_RELATIVE_SD = 0.025
"""Makers' nominal focal lengths against calibrated ones, and lens to lens."""
WORKING_DISTANCE_MM = 400.0
MAX_EXTENSION = 0.15
FIRST_PLAUSIBLE_YEAR = 2002
CAMERA_LENGTH = 80
_TEXT_LENGTH = 1000

EDITORS = (
    "photoshop lightroom adobe gimp snapseed irfanview picasa paint acdsee capture one "
    "darktable rawtherapee affinity photoscape xnview imagemagick graphicsmagick photos "
    "windows photo preview pixelmator faststone vsco instagram facebook canva digikam "
    "polarr picsart luminar dxo"
)
_EDITORS = tuple(EDITORS.replace("capture one", "capture-one").split())


@dataclass(frozen=True, slots=True)
class CameraFacts:
    """What EXIF tells of the camera and the moment; None or empty where it cannot be trusted."""

    taken_at: dt.datetime | None = None
    camera: str = ""
    focal_px: float | None = None
    focal_relative_sd: float = 0.0


def camera_facts(
    tags: Mapping[int, object], *, width_px: int, height_px: int, now: dt.datetime
) -> CameraFacts:
    """The facts in these tags (main and Exif directories merged) for a frame of this size."""
    focal = _focal(tags, width_px=width_px, height_px=height_px)
    return CameraFacts(
        taken_at=taken_at(tags.get(DATE_TIME_ORIGINAL), now=now),
        camera=_camera(tags),
        focal_px=focal[0] if focal else None,
        focal_relative_sd=focal[1] if focal else 0.0,
    )


def taken_at(text: object, *, now: dt.datetime) -> dt.datetime | None:
    """The local time in an EXIF date, or None where it is missing or implausible.

    Implausible: zeros, before 2002, in the future, or in the first hour of a 1 January,
    which is how a camera whose clock was never set counts.
    """
    try:
        moment = dt.datetime.strptime(_text(text)[:19], "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - EXIF has no zone
    except ValueError:
        return None
    if moment.year < FIRST_PLAUSIBLE_YEAR or moment > now + dt.timedelta(days=1):
        return None
    clock_never_set = (moment.month, moment.day, moment.hour) == (1, 1, 0)
    return None if clock_never_set else moment


def _camera(tags: Mapping[int, object]) -> str:
    make, model = _text(tags.get(MAKE)), _text(tags.get(MODEL))
    if make and model.lower().startswith(make.split()[0].lower()):
        make = ""
    return " ".join(f"{make} {model}".split())[:CAMERA_LENGTH]


def _focal(
    tags: Mapping[int, object], *, width_px: int, height_px: int
) -> tuple[float, float] | None:
    """Focal length in px and its relative sd, or None where the frame may be a crop."""
    if not _is_whole_frame(tags, width_px=width_px, height_px=height_px):
        return None
    diagonal_px = math.hypot(width_px, height_px)
    focal_mm = _positive(tags.get(FOCAL_LENGTH)) or 0.0
    # A lens focused near stands further from the sensor, by f / (distance - f).
    extension = min(focal_mm / WORKING_DISTANCE_MM, MAX_EXTENSION)
    focal_35mm = _positive(tags.get(FOCAL_LENGTH_35MM))
    if focal_35mm is not None and _plausible(focal_35mm):
        relative_sd = math.hypot(ROUNDING_SD_MM / focal_35mm, MODEL_RELATIVE_SD, extension)
        return focal_35mm * diagonal_px / FILM_DIAGONAL_MM, relative_sd
    per_mm = _focal_plane_px_per_mm(tags)
    if per_mm is None or not focal_mm or width_px * height_px < MIN_FOCAL_PLANE_PIXELS:
        return None
    focal_px = focal_mm * per_mm
    if not _plausible(focal_px * FILM_DIAGONAL_MM / diagonal_px):
        return None
    return focal_px, math.hypot(MODEL_RELATIVE_SD, extension)


def _is_whole_frame(tags: Mapping[int, object], *, width_px: int, height_px: int) -> bool:
    """Whether nothing tells of a crop, a digital zoom, a resizing or an editor."""
    zoom = _positive(tags.get(DIGITAL_ZOOM_RATIO))
    if zoom is not None and zoom > 1.0 + 1e-3:
        return False
    noted = (_positive(tags.get(PIXEL_X_DIMENSION)), _positive(tags.get(PIXEL_Y_DIMENSION)))
    if all(noted) and sorted(noted, key=float) != sorted((width_px, height_px)):  # type: ignore[arg-type]
        return False
    software = f"{_text(tags.get(SOFTWARE))} {_text(tags.get(PROCESSING_SOFTWARE))}".lower()
    if any(editor in software.replace("capture one", "capture-one") for editor in _EDITORS):
        return False
    aspect = max(width_px, height_px) / min(width_px, height_px)
    return any(abs(aspect / native - 1) <= ASPECT_TOLERANCE for native in NATIVE_ASPECTS)


def _focal_plane_px_per_mm(tags: Mapping[int, object]) -> float | None:
    resolution = _positive(tags.get(FOCAL_PLANE_X_RESOLUTION))
    unit = _positive(tags.get(FOCAL_PLANE_RESOLUTION_UNIT)) or 2
    unit_mm = FOCAL_PLANE_UNIT_MM.get(int(unit))
    return resolution / unit_mm if resolution and unit_mm else None


def _plausible(focal_35mm: float) -> bool:
    return PLAUSIBLE_35MM[0] <= focal_35mm <= PLAUSIBLE_35MM[1]


def _positive(value: object) -> float | None:
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return number if math.isfinite(number) and number > 0 else None


def _text(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("ascii", errors="ignore")
    if not isinstance(value, str):
        return ""
    # Signs that turn, hide or blank a line are no maker's name.
    return "".join(sign if sign.isprintable() else " " for sign in value[:_TEXT_LENGTH]).strip()
