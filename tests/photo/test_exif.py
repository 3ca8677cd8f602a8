"""What is believed of a camera's notes."""

import datetime as dt
import math

import pytest

from woundtrack.photo.exif import (
    DATE_TIME_ORIGINAL,
    DIGITAL_ZOOM_RATIO,
    FOCAL_LENGTH,
    FOCAL_LENGTH_35MM,
    FOCAL_PLANE_RESOLUTION_UNIT,
    FOCAL_PLANE_X_RESOLUTION,
    MAKE,
    MODEL,
    PIXEL_X_DIMENSION,
    PIXEL_Y_DIMENSION,
    SOFTWARE,
    camera_facts,
    taken_at,
)

moment = dt.datetime.fromisoformat
NOW = dt.datetime.fromisoformat("2026-06-01T12:00:00")
WHOLE = {PIXEL_X_DIMENSION: 4000, PIXEL_Y_DIMENSION: 3000, FOCAL_LENGTH_35MM: 26}


def focal(tags: dict[int, object], width_px: int = 4000, height_px: int = 3000) -> float | None:
    return camera_facts(tags, width_px=width_px, height_px=height_px, now=NOW).focal_px


def test_focal_length_in_px_comes_from_the_film_diagonal() -> None:
    facts = camera_facts(WHOLE, width_px=4000, height_px=3000, now=NOW)
    assert facts.focal_px == pytest.approx(26 * 5000 / math.hypot(36, 24))
    assert 0.025 < facts.focal_relative_sd < 0.04


def test_a_turned_frame_has_the_same_focal_length() -> None:
    assert focal(WHOLE, 3000, 4000) == focal(WHOLE)


@pytest.mark.parametrize(
    "change",
    [
        {DIGITAL_ZOOM_RATIO: 2.0},
        {PIXEL_X_DIMENSION: 8000, PIXEL_Y_DIMENSION: 6000},
        {SOFTWARE: "Adobe Photoshop Lightroom 6.0 (Windows)"},
        {SOFTWARE: "GIMP 2.10"},
        {FOCAL_LENGTH_35MM: 0},
        {FOCAL_LENGTH_35MM: 900},
        {FOCAL_LENGTH_35MM: "wide"},
    ],
)
def test_a_photo_that_may_be_cropped_or_zoomed_has_no_focal_length(
    change: dict[int, object],
) -> None:
    assert focal({**WHOLE, **change}) is None


@pytest.mark.parametrize(("width", "height"), [(4000, 2250), (3000, 3000), (4000, 2000)])
def test_a_frame_that_is_not_the_sensors_has_no_focal_length(width: int, height: int) -> None:
    tags = {PIXEL_X_DIMENSION: width, PIXEL_Y_DIMENSION: height, FOCAL_LENGTH_35MM: 26}
    assert focal(tags, width, height) is None


@pytest.mark.parametrize("ratio", [0, 1.0, None])
def test_no_zoom_is_no_reason_for_doubt(ratio: float | None) -> None:
    assert focal({**WHOLE, DIGITAL_ZOOM_RATIO: ratio}) is not None


def test_a_phones_own_software_is_no_editor() -> None:
    assert focal({**WHOLE, SOFTWARE: "17.5.1"}) is not None
    assert focal({**WHOLE, SOFTWARE: "HDR+ 1.0.345618096zd"}) is not None


def test_focal_length_from_the_sensors_resolution() -> None:
    tags = {
        FOCAL_LENGTH: 35.0,
        FOCAL_PLANE_X_RESOLUTION: 5184 / 22.3,
        FOCAL_PLANE_RESOLUTION_UNIT: 4,
    }
    facts = camera_facts(tags, width_px=5184, height_px=3456, now=NOW)
    assert facts.focal_px == pytest.approx(35 * 5184 / 22.3)
    assert facts.focal_relative_sd > 0.08  # a long lens focused near stands further out
    assert focal(tags, 960, 640) is None


def test_a_picture_of_one_px_has_no_focal_length() -> None:
    assert focal({FOCAL_LENGTH_35MM: 26}, 1, 1) is None


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "    :  :     :  :  ",
        "0000:00:00 00:00:00",
        "1970:01:01 00:00:00",
        "2000:01:01 01:20:13",
        "2020:01:01 00:04:10",
        "2027:01:01 10:00:00",
        "2024:13:41 10:00:00",
        "yesterday",
        42,
    ],
)
def test_a_date_that_cannot_be_is_no_date(text: object) -> None:
    assert taken_at(text, now=NOW) is None


def test_a_plausible_date_is_kept_as_read() -> None:
    assert taken_at("2025:12:31 23:59:58", now=NOW) == moment("2025-12-31T23:59:58")
    assert taken_at(b"2025:01:01 09:30:00\0", now=NOW) == moment("2025-01-01T09:30:00")
    assert taken_at("2026:06:02 08:00:00", now=NOW) is not None  # a camera set to another zone
    facts = camera_facts(
        {DATE_TIME_ORIGINAL: "2025:03:04 05:06:07"}, width_px=9, height_px=9, now=NOW
    )
    assert facts.taken_at == moment("2025-03-04T05:06:07")


def test_a_camera_is_named_once() -> None:
    facts = camera_facts({MAKE: "Canon", MODEL: "Canon EOS 6D"}, width_px=9, height_px=9, now=NOW)
    assert facts.camera == "Canon EOS 6D"
    facts = camera_facts({MAKE: "Apple\0", MODEL: "iPhone 14"}, width_px=9, height_px=9, now=NOW)
    assert facts.camera == "Apple iPhone 14"
