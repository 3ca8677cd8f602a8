"""How a photo shows the wound: a good one is told nothing, each fault what it is."""

import math
from dataclasses import replace

import numpy as np
import pytest

from woundtrack.outline.types import Outline
from woundtrack.photo.framing import LEAST_ACROSS_PX, MOST_TILT_DEG, Shot, framing
from woundtrack.scale.types import Scale, ScaleMethod, matrix3

WIDTH_PX, HEIGHT_PX, FOCAL_PX = 4000, 3000, 3000.0


def disc(x_px: float = 2000, y_px: float = 1500, *, across_px: float = 400) -> Outline:
    angles = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    radius = across_px / 2
    return Outline(
        (tuple((x_px + radius * math.cos(a), y_px + radius * math.sin(a)) for a in angles),)
    )


def seen(*, tilt_deg: float = 0.0, towards_deg: float = 0.0, distance_mm: float = 300.0) -> Scale:
    """The scale of a camera over a plane that recedes, from its middle, towards an angle from up.

    The pinhole camera of a plane turned about an axis across that direction.
    """
    turn, tilt = math.radians(towards_deg), math.radians(tilt_deg)
    way = np.array([math.sin(turn), -math.cos(turn)])  # in the photo, y down
    across = np.array([-way[1], way[0]])
    along_plane = np.array([*(way * math.cos(tilt)), math.sin(tilt)])
    axes = np.column_stack([np.array([*across, 0.0]), along_plane, [0.0, 0.0, distance_mm]])
    camera = np.array([[FOCAL_PX, 0, 2000], [0, FOCAL_PX, 1500], [0, 0, 1.0]])
    return Scale(
        ScaleMethod.CARD, matrix3(np.linalg.inv(camera @ axes)), 0.004, tilt_deg, 1.0,
        marks_px=((2400.0, 1500.0), (2600.0, 1500.0)),
    )  # fmt: skip


def shot(
    outline: Outline | None = None, scale: Scale | None = None, head: float | None = None
) -> Shot:
    return Shot(WIDTH_PX, HEIGHT_PX, outline or disc(), scale, head)


GOOD = shot(scale=seen(tilt_deg=8), head=0.0)


def test_a_good_photo_is_told_nothing() -> None:
    assert framing(GOOD) == ()
    assert framing(GOOD, before=GOOD) == ()
    assert framing(shot()) == ()  # nothing is known of its scale
    assert framing(shot(Outline())) == ()


@pytest.mark.parametrize("place", [(205, 1500), (2000, 2795), (3795, 1500), (2000, 190)])
def test_a_wound_without_a_rim_of_skin_is_cut_off(place: tuple[float, float]) -> None:
    assert framing(shot(disc(*place))) == ("framing.cut_off",)


def test_a_tilt_is_told_only_where_it_is_sure() -> None:
    tilted = seen(tilt_deg=MOST_TILT_DEG + 3)
    assert framing(shot(scale=tilted)) == ("framing.tilted",)
    assert framing(shot(scale=replace(tilted, tilt_sd_deg=5.0))) == ()
    assert framing(shot(scale=seen(tilt_deg=MOST_TILT_DEG - 1))) == ()


def test_a_wound_of_few_px_asks_for_a_close_up_where_there_is_room_to_go_closer() -> None:
    few = disc(across_px=LEAST_ACROSS_PX - 3)
    assert framing(shot(few)) == ("framing.small",)
    assert framing(shot(disc(across_px=LEAST_ACROSS_PX + 3))) == ()
    assert framing(shot(few, seen(distance_mm=300))) == ("framing.small",)
    assert framing(shot(few, seen(distance_mm=120))) == ()


def test_one_wound_of_many_small_islands_is_as_small_as_its_largest() -> None:
    islands = Outline((*disc(across_px=300).rings, *disc(2500, across_px=20).rings))
    assert framing(shot(islands)) == ()


def test_half_a_px_at_that_size_is_what_two_tracings_differ_by() -> None:
    from woundtrack.measure.change import RETRACE_RELATIVE_SD

    def area_px2(across_px: float) -> float:
        return math.pi * across_px**2 / 4

    larger = area_px2(LEAST_ACROSS_PX + 1) / area_px2(LEAST_ACROSS_PX)
    assert larger - 1 == pytest.approx(RETRACE_RELATIVE_SD, rel=0.02)


def test_a_view_much_wider_than_at_the_last_visit_is_told_and_a_narrower_one_is_not() -> None:
    near, far = shot(scale=seen(distance_mm=250)), shot(scale=seen(distance_mm=400))
    assert framing(far, before=near) == ("framing.farther",)
    assert framing(near, before=far) == ()
    assert framing(shot(scale=seen(distance_mm=360)), before=near) == ()
    assert framing(far, before=shot()) == ()  # what the last one took in is not known


def test_another_camera_with_more_px_takes_in_no_less() -> None:
    near = GOOD
    halved = np.array(seen(tilt_deg=8).homography_px_to_mm) @ np.diag([2.0, 2.0, 1.0])
    scale = replace(seen(tilt_deg=8), homography_px_to_mm=matrix3(halved), marks_px=((1200, 750),))
    small = Shot(2000, 1500, disc(1000, 750, across_px=200), scale, 0.0)
    assert framing(small, before=near) == framing(near, before=small) == ()


def test_the_side_it_was_seen_from_is_compared_on_the_body() -> None:
    from_head = shot(scale=seen(tilt_deg=20, towards_deg=0), head=0.0)
    from_feet = shot(scale=seen(tilt_deg=20, towards_deg=180), head=0.0)
    assert framing(from_feet, before=from_head) == ("framing.other_side",)
    # The same view with the camera held the other way round.
    turned = shot(scale=seen(tilt_deg=20, towards_deg=180), head=180.0)
    assert framing(turned, before=from_head) == ()
    unknown = shot(scale=seen(tilt_deg=20, towards_deg=180))
    assert framing(unknown, before=from_head) == ()
