"""A film shows the laid photos alone, in one field, and holds nothing but pixels."""

import datetime as dt
import io
import math
import struct
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from tests.compare.shots import FIRST, LABEL_PX, laid_series
from woundtrack import words
from woundtrack.compare.field import bar_mm
from woundtrack.compare.film import FADE_STEPS, film_webp
from woundtrack.compare.picture import bar_text, font_of, plate
from woundtrack.compare.showing import SeriesOptions, showing_of
from woundtrack.deidentify.types import Crop, box_mask
from woundtrack.errors import ExportError
from woundtrack.photo.colour_cast import Light

SMALL = SeriesOptions(longest_px=320, seconds=0.8)


def frames_of(data: bytes) -> list[np.ndarray]:
    film = Image.open(io.BytesIO(data))
    frames = []
    for number in range(getattr(film, "n_frames", 1)):
        film.seek(number)
        frames.append(np.asarray(film.convert("RGB")).astype(int))
    return frames


def chunks(data: bytes) -> set[bytes]:
    """The kinds of a WebP's parts, those of its frames too (RFC 9649)."""
    found: set[bytes] = set()
    at = 12
    while at < len(data):
        kind, (size,) = data[at : at + 4], struct.unpack("<I", data[at + 4 : at + 8])
        found.add(kind)
        if kind == b"ANMF":
            inner = data[at + 24 : at + 8 + size]
            found |= chunks(b"RIFF0000WEBP" + inner)
        at += 8 + size + size % 2
    return found


@pytest.fixture(scope="module")
def film():
    showing = showing_of(laid_series(3), SMALL)
    data, lights = film_webp(showing, options=SMALL)
    return showing, data, lights


def test_each_photo_is_a_frame_that_stands_as_long_as_asked(film):
    _showing, data, _lights = film
    opened = Image.open(io.BytesIO(data))
    assert opened.n_frames == 3
    assert opened.info["loop"] == 0
    opened.load()
    assert opened.info["duration"] == 800


def test_the_file_holds_nothing_but_pixels(film):
    _showing, data, _lights = film
    assert chunks(data) <= {b"VP8X", b"ANIM", b"ANMF", b"VP8 ", b"ALPH"}


def test_the_same_skin_is_at_the_same_place_of_every_frame(film):
    showing, data, _lights = film
    field = showing.style.field
    left, top, right, bottom = LABEL_PX
    label_px = field.to_px(
        showing.shown[0].photo.place.to_mm([[left, top], [right - 1, bottom - 1]])
    )
    (x1, y1), (x2, y2) = np.round(label_px).astype(int) + np.array([[2, 2], [-2, -2]])
    for frame in frames_of(data):
        assert frame[y1:y2, x1:x2].min() > 225
        assert frame[y2 + 12 : y2 + 20, x1:x2].max() < 225


def test_the_outline_lies_on_the_wounds_edge_and_the_first_stays(film):
    showing, data, _lights = film
    field, last = showing.style.field, showing.shown[-1]
    frame = frames_of(data)[-1]
    x, y = np.round(field.to_px(last.photo.place.to_mm([[174 + 20, 106]]))[0]).astype(int)
    near = frame[y - 1 : y + 2, x - 1 : x + 2]
    assert (near[..., 2] - near[..., 0]).max() > 30  # blue, where skin and wound are red
    x, y = np.round(field.to_px(np.array([[-7.5, 0.0]]))[0]).astype(int)
    around = frame[y - 12 : y + 13, x - 2 : x + 3]
    assert around.min(axis=2).max() > 200  # white dashes


@pytest.mark.parametrize(("most", "bar"), [(23.0, 20.0), (50.0, 50.0), (0.9, 0.5), (10.1, 10.0)])
def test_a_scale_bar_has_a_round_length(most, bar):
    assert bar_mm(most) == pytest.approx(bar)


@given(most_mm=st.floats(0.04, 2e5))
def test_the_scale_bar_is_the_longest_round_length(most_mm):
    length_mm = bar_mm(most_mm)
    first = length_mm / 10 ** math.floor(math.log10(length_mm) + 1e-9)
    assert round(first, 6) in (1, 2, 5)
    assert most_mm / 2.5 * (1 - 1e-6) < length_mm <= most_mm * (1 + 1e-6)


@pytest.mark.parametrize(
    ("length_mm", "text"),
    [(0.05, "0.05 mm"), (0.5, "0.5 mm"), (1, "1 mm"), (5, "5 mm"), (10, "1 cm"), (200, "20 cm")],
)
def test_the_scale_bar_s_length_is_told(length_mm, text):
    words.set_language("en")
    assert bar_text(length_mm) == text


def test_plates_are_of_one_tone():
    picture = Image.new("RGB", (200, 100), (200, 160, 140))
    box = plate(ImageDraw.Draw(picture, "RGBA"), (10.4, 10.7), "lt", " ", font_of(20), 1.37)
    inside = picture.crop((12, 13, int(box[2]) - 2, int(box[3]) - 2))
    assert len(inside.getcolors()) <= 2  # one, and the ground at round corners


def test_the_scale_bar_is_as_long_as_it_says(film):
    showing, data, _lights = film
    field = showing.style.field
    wide = field.box_mm[2] - field.box_mm[0]
    frame, height = frames_of(data)[0], field.size_px[1]
    corner = (frame[height - 24 : height, : field.size_px[0] // 2].min(axis=2) > 215).sum(axis=1)
    assert corner.max() * field.mm_per_px == pytest.approx(bar_mm(0.24 * wide), rel=0.06)


def test_without_a_reference_colours_are_as_taken_and_that_is_told(film):
    assert film[2] == (Light.ASSUMED,) * 3


def test_photos_melt_into_each_other_where_asked():
    options = SeriesOptions(longest_px=240, fade=True, loop=False)
    data, _lights = film_webp(showing_of(laid_series(2), options), options=options)
    opened = Image.open(io.BytesIO(data))
    assert opened.n_frames == 2 + FADE_STEPS
    assert opened.info["loop"] == 1


def test_a_photo_that_was_not_laid_is_left_out_and_named():
    showing = showing_of(laid_series(4, refused=(2,)), SeriesOptions(day_0=FIRST))
    assert [each.day for each in showing.shown] == ["Day 0", "Day 7", "Day 21"]
    assert [(each.day, each.why.code) for each in showing.left_out] == [
        ("Day 14", "align.not_alike")
    ]


def test_where_asked_it_is_shown_by_its_own_scale_and_marked():
    options = SeriesOptions(longest_px=320, unaligned=True)
    showing = showing_of(laid_series(3, refused=(1,)), options)
    assert [bool(each.note) for each in showing.shown] == [False, True, False]
    plain, marked, laid_last = frames_of(film_webp(showing, options=options)[0])
    corner = np.s_[4:20, -90:-8]
    orange = (marked[corner][..., 0] - marked[corner][..., 2]) > 140
    assert orange.mean() > 0.3
    assert not ((plain[corner][..., 0] - plain[corner][..., 2]) > 140).any()
    # The first outline lies on laid photos alone.
    x, y = np.round(showing.style.field.to_px(np.array([[-7.5, 0.0]]))[0]).astype(int)
    there = np.s_[y - 12 : y + 13, x - 2 : x + 3]
    assert laid_last[there].min(axis=2).max() > 200
    assert marked[there].min(axis=2).max() < 160


def test_the_doubt_is_that_of_the_least_sure_photo_also_where_its_pair_has_no_scale():
    photos = laid_series(3)
    sure, unsure = (each.alignment for each in photos[1:])
    unsure = replace(unsure, margin_px=3 * sure.margin_px, mm_per_px=None)
    photos[2] = replace(photos[2], alignment=unsure)
    off_mm = showing_of(photos, SMALL).farthest_off_mm
    assert off_mm == pytest.approx(3 * sure.margin_mm)


def test_dates_stand_where_no_day_0_is_given():
    showing = showing_of(laid_series(2), SeriesOptions(sizes=False))
    assert [each.day for each in showing.shown] == ["4 May 2026", "11 May 2026"]
    assert [each.size for each in showing.shown] == ["", ""]


def test_masks_and_crops_hide_what_lies_below():
    left, top, right, bottom = LABEL_PX
    mask = box_mask(left - 2, top - 2, right + 1, bottom + 1)
    for hidden in ({"masks": (mask,)}, {"crop": Crop(0, 0, left - 4, 240)}):
        photos = laid_series(2)[:1] + laid_series(2, **hidden)[:1]
        showing = showing_of(photos, SMALL)
        shown, covered = frames_of(film_webp(showing, options=SMALL)[0])
        field, place = showing.style.field, photos[0].place
        x, y = np.round(field.to_px(place.to_mm([[189.5, 107.5]]))[0]).astype(int)
        assert shown[y - 4 : y + 4, x - 6 : x + 6].min() > 225
        assert covered[y - 10 : y + 10, x - 16 : x + 16].max() < 150


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (SeriesOptions(longest_px=100), "film.size"),
        (SeriesOptions(seconds=0.1), "film.seconds"),
        (SeriesOptions(seconds=float("nan")), "film.seconds"),
    ],
)
def test_what_cannot_be_shown_is_refused(options, code):
    with pytest.raises(ExportError) as caught:
        showing_of(laid_series(2), options)
    assert caught.value.code == code


def test_one_photo_is_no_film():
    with pytest.raises(ExportError) as caught:
        showing_of(laid_series(2, refused=(1,)), SeriesOptions())
    assert caught.value.code == "film.too_few"
    assert caught.value.data == {"count": 1}


def test_photos_of_one_visit_are_no_film():
    with pytest.raises(ExportError) as caught:
        showing_of(laid_series(1), SeriesOptions())
    assert caught.value.code == "film.too_few_visits"
    assert caught.value.data == {"count": 1}


def test_photos_are_read_one_by_one_and_the_work_can_be_stopped():
    read: list[dt.date] = []
    photos = laid_series(3)
    showing = showing_of(photos, SMALL)

    class StoppedError(Exception):
        pass

    def watch() -> None:
        if len(read) == 2:
            raise StoppedError

    def progress(done: int, total: int) -> None:
        assert total == 3
        read.append(photos[done].shot.on)

    with pytest.raises(StoppedError):
        film_webp(showing, options=SMALL, progress=progress, watch=watch)
    assert len(read) == 2
