"""From tracings to agreement: who and what is compared, and what is refused."""

import numpy as np
import pytest

from tests.clinics import TODAY
from tests.raters.tracings import square, trace, traces
from woundtrack.errors import MeasureError
from woundtrack.outline.strokes import overlap
from woundtrack.outline.types import Outline
from woundtrack.raters.adoption import adopted_value
from woundtrack.raters.agreement import between_raters, within_raters
from woundtrack.raters.types import RaterStudy, RaterTrace
from woundtrack.records import Stored


def table(photos: int, raters: int, *, sd: float = 0.04, seed: int = 1) -> list[list[float]]:
    rng = np.random.default_rng(seed)
    areas = np.exp(rng.normal(1.0, 0.8, (photos, 1)) + rng.normal(0, sd, (photos, raters)))
    return areas.tolist()


def study(**fields: object) -> Stored[RaterStudy]:
    value = RaterStudy("Autumn", (1, 2), **fields)  # type: ignore[arg-type]
    return Stored(5, "u", 1, value, TODAY, 1)


def code_of(act: object, *arguments: object) -> str:
    with pytest.raises(MeasureError) as caught:
        act(*arguments)  # type: ignore[operator]
    return caught.value.code


def test_dice_of_squares_that_half_overlap() -> None:
    assert overlap(square(10), square(10, left=15.0)) == pytest.approx(0.5)
    assert overlap(square(10), square(10)) == pytest.approx(1.0)
    assert overlap(square(10), square(10, left=100.0)) == 0.0


def test_a_hole_is_outside() -> None:
    hole = ((13.0, 13.0), (17.0, 13.0), (17.0, 17.0), (13.0, 17.0))
    holed = Outline(rings=(*square(10).rings, hole))
    assert overlap(square(10), holed) == pytest.approx(2 * 84 / (100 + 84))


def test_three_raters_on_twelve_photos() -> None:
    found = between_raters(traces(table(12, 3)))
    assert found.photo_ids == tuple(range(1, 13))
    assert found.rater_ids == (1, 2, 3)
    assert len(found.pairs) == len(found.rater_ids) == 3
    squares = [np.log1p(share**2) for share in found.photo_sds]
    assert np.log1p(found.relative_sd.value**2) == pytest.approx(np.mean(squares))
    assert 0.02 < found.relative_sd.value < 0.07
    assert found.icc is not None
    assert found.icc.value > 0.95
    assert 0.9 < found.dice < 1.0
    assert found.detectable_relative == pytest.approx(1.96 * 2**0.5 * found.relative_sd.value)
    assert found.detectable_cm2 == pytest.approx(1.96 * 2**0.5 * found.sem_cm2)


def test_a_rater_who_only_began_does_not_take_photos_from_the_others() -> None:
    areas = table(15, 3)
    for row in areas[4:]:
        row[2] = 0.0
    found = between_raters(traces(areas))
    assert found.rater_ids == (1, 2)
    assert len(found.photo_ids) == 15


def test_only_photos_that_all_compared_raters_traced_count() -> None:
    areas = table(15, 2)
    areas[0][0] = areas[1][1] = 0.0
    assert between_raters(traces(areas)).photo_ids == tuple(range(3, 16))


@pytest.mark.parametrize(("photos", "raters"), [(9, 2), (20, 1)])
def test_too_few_photos_or_raters_give_no_figure(photos: int, raters: int) -> None:
    assert code_of(between_raters, traces(table(photos, raters))) == "raters.too_few"


def test_second_rounds_do_not_enter_what_is_between_raters() -> None:
    first = traces(table(12, 2))
    second = traces(table(12, 2, sd=0.5, seed=9), round_=2)
    assert between_raters([*first, *second]) == between_raters(first)


def test_two_rounds_of_one_rater() -> None:
    rng = np.random.default_rng(4)
    areas = [row[0] for row in table(40, 1)]
    again = [area * float(np.exp(rng.normal(0, 0.03 * 2**0.5))) for area in areas]
    both = [*traces([[a] for a in areas]), *traces([[a] for a in again], round_=2)]
    found = within_raters(both)
    assert found.rater_ids == (1,)
    assert found.relative_sd.value == pytest.approx(0.03, rel=0.3)
    assert found.pairs[0].first == (1, 1)
    assert found.pairs[0].second == (1, 2)
    assert code_of(within_raters, both[:49]) == "raters.too_few"


def test_a_pair_says_which_way_it_leans() -> None:
    found = between_raters([t for n in range(1, 13) for t in _lean(n)])
    (pair,) = found.pairs
    assert pair.relative.bias == pytest.approx(0.1)
    assert pair.limits_cm2.bias == pytest.approx(0.65)


def _lean(number: int) -> list[RaterTrace]:
    return [trace(number, 1, float(number)), trace(number, 2, 1.1 * number)]


def test_enough_photos_give_the_clinic_its_own_value() -> None:
    between = between_raters(traces(table(20, 2)))
    value = adopted_value(study(), between)
    assert value.study_id == 5
    assert value.low < value.relative_sd < value.high
    assert (value.raters, value.photos) == (2, 20)
    assert value.relative_sd == between.relative_sd.value


def test_the_clinic_s_value_is_not_taken_from_what_cannot_bear_it() -> None:
    few = between_raters(traces(table(19, 2)))
    many = between_raters(traces(table(20, 2)))
    wild = between_raters(traces(table(20, 2, sd=0.9)))
    copied = between_raters(traces([[row[0]] * 2 for row in table(20, 1)]))
    assert code_of(adopted_value, study(), few) == "raters.adopt_too_few"
    assert code_of(adopted_value, study(with_proposal=True), many) == "raters.from_proposal"
    assert code_of(adopted_value, study(), wild) == "raters.implausible"
    assert code_of(adopted_value, study(), copied) == "raters.implausible"
