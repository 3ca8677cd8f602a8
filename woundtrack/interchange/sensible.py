"""What no wound, photo, camera or card has: refused before it reaches a chart or a file name."""

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import numpy as np

from woundtrack.errors import PhotoError
from woundtrack.measure.types import Measurement
from woundtrack.outline.tissue.types import TissueMap
from woundtrack.outline.types import Outline
from woundtrack.photo.code import check_patient_code
from woundtrack.photo.decoding import NO_READER, look, tissue_cells
from woundtrack.photo.read import MAX_PIXELS
from woundtrack.photo.types import Photo
from woundtrack.records import Letterhead, Patient, PhotoOutline
from woundtrack.scale.types import Scale, Shift
from woundtrack.store.tissue_checks import tissue_fits

T = TypeVar("T")
MOST_CM2 = 20_000.0
"""About the skin of a whole body."""
MOST_CM = 10_000.0
"""Of a perimeter: it may wind."""
MOST_PX = 1e6


def is_sensible(value: Any) -> bool:
    """Whether every measurement, scale, outline, photo and code within a record could be one."""
    return all(_fits(part) for part in _parts(value))


def _parts(value: Any) -> Iterator[Any]:
    """A value and all values within it; tuples of numbers are not entered."""
    if isinstance(value, tuple):
        if value and dataclasses.is_dataclass(value[0]):
            for item in value:
                yield from _parts(item)
    elif dataclasses.is_dataclass(value):
        yield value
        for field in dataclasses.fields(value):
            yield from _parts(getattr(value, field.name))


def _fits(part: Any) -> bool:
    if isinstance(part, Patient):
        return check_patient_code(part.code)  # files are named after it
    if isinstance(part, PhotoOutline):
        return tissue_fits(part) and (part.tissue is None or _is_map(part.tissue))
    if isinstance(part, Letterhead):
        return not part.logo or _is_logo(part.logo)
    if isinstance(part, Measurement):
        lengths = (part.perimeter_cm, part.length_cm, part.width_cm)
        sizes = 0 < part.area_cm2 <= MOST_CM2 and 0 <= part.area_cm2_sd <= MOST_CM2
        return sizes and all(0 <= length <= MOST_CM for length in lengths)
    if isinstance(part, Outline):
        return all(
            len(ring) >= 3 and float(np.abs(np.asarray(ring)).max()) <= MOST_PX
            for ring in part.rings
        )
    if isinstance(part, Scale | Shift) and np.linalg.det(part.homography_px_to_mm) == 0.0:
        return False
    if isinstance(part, Scale):
        return 0.0 <= part.relative_sd <= 1.0
    if isinstance(part, Photo):
        pixels = part.width_px * part.height_px
        return min(part.width_px, part.height_px) > 0 and pixels <= MAX_PIXELS
    return True


def _is_map(tissue: TissueMap) -> bool:
    """Whether its picture can be read, and is of its window's size; read in a child process."""
    return _read(lambda: tissue_cells(tissue.png).shape[:2]) == (
        tissue.window.height,
        tissue.window.width,
    )


def _is_logo(data: bytes) -> bool:
    """Whether it is a picture that can be read in a child process; the store looks at the rest."""
    return _read(lambda: look(data, codes=False)) is not None


def _read(asked: Callable[[], T]) -> T | None:
    try:
        return asked()
    except PhotoError as error:
        if error.code == NO_READER:
            raise
        return None
