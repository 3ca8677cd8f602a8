"""What is known of a camera that a photo does not name."""

import numpy as np
import pytest

from woundtrack.photo.types import Photo
from woundtrack.scale.ruler.prior import (
    CENTRE_SD,
    LEAST_FOCAL_SD,
    SUBJECT_SD,
    UNKNOWN_CENTRE_SD,
    centre_sd_at,
    is_cropped,
    log_likely,
    prior_of,
)

WHOLE, PART = Photo(4000, 3000, "image/jpeg", 0), Photo(4000, 2000, "image/jpeg", 0)


def likely(
    photo: Photo, part: float, *, mm: float = 250.0, tilt_deg: float = 10.0, sd_deg: float = 1.0
) -> float:
    """For a focal length that is such a part of the diagonal."""
    focal = part * np.hypot(photo.width_px, photo.height_px)
    found = log_likely(
        photo,
        log_focal=np.log([focal]),
        log_distance=np.log([mm]),
        tilt_deg=np.array([tilt_deg]),
        tilt_sd_deg=np.array([sd_deg]),
    )
    assert found.shape == (1,)
    return float(found[0])


WHOLES = [(4032, 3024), (3024, 4032), (6000, 4000), (4032, 2268), (6016, 4016), (1024, 683)]


@pytest.mark.parametrize(("width", "height"), WHOLES)
def test_a_frame_of_a_camera_s_proportions_is_whole(width: int, height: int) -> None:
    assert not is_cropped(Photo(width, height, "image/jpeg", 0))


@pytest.mark.parametrize(("width", "height"), [(4000, 2000), (3000, 3000), (4000, 2970)])
def test_any_other_is_a_part_unless_its_focal_length_is_told(width: int, height: int) -> None:
    assert is_cropped(Photo(width, height, "image/jpeg", 0))
    assert not is_cropped(Photo(width, height, "image/jpeg", 0, focal_px=3000.0))


def test_what_the_file_tells_is_taken_but_never_for_exact() -> None:
    told = Photo(4000, 3000, "image/jpeg", 0, focal_px=3100.0, focal_relative_sd=0.0)
    prior = prior_of(told)
    assert (prior.focal_px, prior.focal_sd) == (3100.0, LEAST_FOCAL_SD)
    assert prior.centre_sd == CENTRE_SD


def test_less_is_known_of_a_part_than_of_a_whole() -> None:
    told = Photo(4000, 3000, "image/jpeg", 0, focal_px=3100.0, focal_relative_sd=0.02)
    sure, whole, part = (prior_of(each) for each in (told, WHOLE, PART))
    assert sure.focal_sd < whole.focal_sd < part.focal_sd
    assert sure.centre_sd < whole.centre_sd < part.centre_sd


def test_a_phone_s_main_camera_is_likeliest() -> None:
    main = likely(WHOLE, 0.6)
    assert main > likely(WHOLE, 0.4) + 2
    # A longer one shows the same lean by more of a tilt, of which more are as likely.
    assert main > likely(WHOLE, 1.0) + 1
    assert likely(WHOLE, 1.0) > likely(WHOLE, 2.5)


def test_a_part_of_a_photo_may_well_have_a_longer_focal_length() -> None:
    def longer(photo: Photo) -> float:
        return likely(photo, 1.2) - likely(photo, 0.6)

    assert longer(PART) > longer(WHOLE) + 1


def test_a_camera_at_arm_s_length_held_level_is_likelier() -> None:
    assert likely(WHOLE, 0.6) > likely(WHOLE, 0.6, mm=1000.0) + 2
    assert likely(WHOLE, 0.6) > likely(WHOLE, 0.6, mm=60.0) + 2
    assert likely(WHOLE, 0.6) > likely(WHOLE, 0.6, tilt_deg=35.0) + 2


def test_a_tilt_that_is_not_known_speaks_for_nothing() -> None:
    def against(sd_deg: float) -> float:
        level, steep = (likely(WHOLE, 0.6, tilt_deg=t, sd_deg=sd_deg) for t in (5.0, 30.0))
        return level - steep

    assert against(30.0) < 0.5 * against(1.0)


def test_the_middle_of_a_part_is_doubted_more_the_smaller_it_is_likely_to_be() -> None:
    diagonal = np.hypot(PART.width_px, PART.height_px)
    short, main, long = centre_sd_at(PART, np.log(diagonal * np.array([0.5, 0.7, 1.4])))
    assert SUBJECT_SD <= short < main < long < 2.5 * SUBJECT_SD
    whole = centre_sd_at(WHOLE, np.log(np.array([2000.0, 7000.0])))
    assert whole.tolist() == [UNKNOWN_CENTRE_SD] * 2


@pytest.mark.parametrize("photo", [WHOLE, PART])
def test_no_camera_is_too_strange_for_a_number(photo: Photo) -> None:
    assert np.isfinite(likely(photo, 0.01, tilt_deg=0.0, sd_deg=0.0))
    assert np.isfinite(likely(photo, 50.0, mm=1e5, tilt_deg=89.9))
    assert np.isfinite(centre_sd_at(photo, np.array([0.0, 20.0]))).all()
