"""The photos of a report, each read once, several at a time, no larger than they are printed."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass

from woundtrack.errors import ReportError, WoundtrackError
from woundtrack.explain import explain
from woundtrack.report.content_types import Plate
from woundtrack.report.overlay import jpeg, overlay, part_of
from woundtrack.units import MM_PER_INCH

DOTS_PER_INCH = 300.0
QUALITY = 88
MOST_AT_ONCE = 4
"""Photos under way: each takes up to 36 MB for 12 megapixels."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo as printed, or the sentence that stands in its place."""

    jpeg: bytes = b""
    refused: str = ""


def pictures_of(
    plates: Sequence[Plate],
    *,
    photo_bytes: Callable[[str], bytes],
    progress: Callable[[int], None] = lambda _done: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Picture, ...]:
    """One for each plate, in their order; `progress` counts them.

    Files are asked for on this thread alone. Raises ReportError report.cancelled.
    """
    together: dict[str, list[int]] = {}
    for place, plate in enumerate(plates):
        together.setdefault(plate.vault_name, []).append(place)
    made: dict[int, Picture] = {}
    workers = max(1, min(MOST_AT_ONCE, os.cpu_count() or 1))
    with ThreadPoolExecutor(workers) as pool:
        under_way: list[tuple[list[int], Future[list[Picture]]]] = []

        def take_first() -> None:
            places, future = under_way.pop(0)
            made.update(zip(places, future.result(), strict=True))
            progress(len(made))

        for vault_name, places in together.items():
            if cancelled():
                raise ReportError("report.cancelled")
            these = [plates[place] for place in places]
            data = _file(vault_name, photo_bytes)
            # The words on a photo are those of the report's language.
            future = pool.submit(copy_context().run, _drawn, these, data)
            under_way.append((places, future))
            if len(under_way) > workers:
                take_first()
        while under_way:
            take_first()
    return tuple(made[place] for place in range(len(plates)))


def _file(vault_name: str, photo_bytes: Callable[[str], bytes]) -> bytes | WoundtrackError:
    try:
        return photo_bytes(vault_name)
    except WoundtrackError as error:
        return error


def _drawn(plates: Sequence[Plate], data: bytes | WoundtrackError) -> list[Picture]:
    """The plates of one photo, read as large as the largest of them needs."""
    try:
        return list(_pictures(plates, data))
    except WoundtrackError as error:
        return [Picture(refused=explain(error))] * len(plates)


def _pictures(plates: Sequence[Plate], data: bytes | WoundtrackError) -> Iterator[Picture]:
    from woundtrack.photo.read import decode_photo

    if isinstance(data, WoundtrackError):
        raise data
    parts = [
        part_of(
            plate.photo_size_px,
            scale=plate.scale,
            outlines=plate.outlines,
            field_mm=plate.field_mm,
            box_px=_box_px(plate),
        )
        for plate in plates
    ]
    _photo, pixels = decode_photo(data, reduced=min(part.decode_reduced for part in parts))
    for plate, part in zip(plates, parts, strict=True):
        drawn = overlay(
            pixels,
            scale=plate.scale,
            outlines=plate.outlines,
            labels=plate.labels,
            measurements=plate.measurements,
            part=part,
            photo_size_px=plate.photo_size_px,
        )
        yield Picture(jpeg(drawn, quality=QUALITY))


def _box_px(plate: Plate) -> tuple[int, int]:
    wide_mm, high_mm = plate.box_mm
    return (
        round(wide_mm / MM_PER_INCH * DOTS_PER_INCH),
        round(high_mm / MM_PER_INCH * DOTS_PER_INCH),
    )
