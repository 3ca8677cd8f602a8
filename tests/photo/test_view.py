"""What a photo is proposed to be, by how large its wounds lie in it."""

import pytest

from woundtrack.outline.types import Outline
from woundtrack.photo.types import Photo
from woundtrack.photo.view import proposed_view
from woundtrack.records import PhotoView
from woundtrack.scale.types import Scale, ScaleMethod

LANDSCAPE = Photo(4000, 3000, "image/jpeg", 1)
PORTRAIT = Photo(3000, 4000, "image/jpeg", 1)


def wound(wide_px: float, high_px: float, *, left_px: float = 1000.0) -> Outline:
    right, low = left_px + wide_px, 1000.0 + high_px
    return Outline((((left_px, 1000.0), (right, 1000.0), (right, low), (left_px, low)),))


def scale(mm_per_px: float) -> Scale:
    rows = ((mm_per_px, 0.0, 0.0), (0.0, mm_per_px, 0.0), (0.0, 0.0, 1.0))
    return Scale(ScaleMethod.CARD, rows, 0.01)


@pytest.mark.parametrize("photo", [LANDSCAPE, PORTRAIT])
@pytest.mark.parametrize(
    ("wide_px", "view"),
    [(1500, PhotoView.CLOSE_UP), (750, PhotoView.CLOSE_UP), (500, None), (200, PhotoView.OVERVIEW)],
)
def test_the_larger_the_wound_lies_in_the_photo_the_nearer_it_is(
    photo: Photo, wide_px: float, view: PhotoView | None
) -> None:
    assert proposed_view(photo, [wound(wide_px, 100)]) is view
    assert proposed_view(photo, [wound(100, wide_px)]) is view


@pytest.mark.parametrize(
    ("wide_px", "mm_per_px", "view"),
    [
        (150, 0.05, PhotoView.CLOSE_UP),
        (150, 0.08, None),
        (150, 0.15, PhotoView.OVERVIEW),
        (500, 0.05, PhotoView.CLOSE_UP),
        (500, 0.15, None),
        (900, 0.15, PhotoView.CLOSE_UP),
    ],
)
def test_a_scale_tells_a_small_wound_from_a_far_one(
    wide_px: float, mm_per_px: float, view: PhotoView | None
) -> None:
    assert proposed_view(LANDSCAPE, [wound(wide_px, 150)], scale=scale(mm_per_px)) is view


def test_of_several_wounds_the_largest_decides() -> None:
    assert proposed_view(LANDSCAPE, [wound(90, 90), wound(900, 90)]) is PhotoView.CLOSE_UP


@pytest.mark.parametrize("outlines", [(), (Outline(),), (Outline(((),)),)])
def test_nothing_is_proposed_where_nothing_is_drawn(outlines: tuple[Outline, ...]) -> None:
    assert proposed_view(LANDSCAPE, outlines) is None
