"""Who traces what, in which order, and who may see the results."""

from tests.clinics import SCALE, TODAY
from tests.raters.tracings import trace
from woundtrack.raters.course import Task, may_see_results, next_task, tasks_of
from woundtrack.raters.types import RaterPhoto, RaterStudy, RaterTrace
from woundtrack.records import Stored

PHOTOS = tuple(
    Stored(number, str(number), 1, RaterPhoto(1, 100 + number, SCALE), TODAY, 1)
    for number in range(1, 13)
)


def study(*, rounds: int = 1, seed: int = 8) -> Stored[RaterStudy]:
    return Stored(1, "u", 1, RaterStudy("S", (1, 2), rounds, seed=seed), TODAY, 1)


def stored(value: RaterTrace) -> Stored[RaterTrace]:
    return Stored(1, "t", 1, value, TODAY, value.rater_id)


def order(tasks: tuple[Task, ...]) -> list[int]:
    return [task.photo.id for task in tasks]


def test_each_rater_and_each_round_has_an_order_of_its_own_that_comes_back() -> None:
    first = order(tasks_of(study(rounds=2), PHOTOS, (), rater_id=1))
    again = order(tasks_of(study(rounds=2), reversed(PHOTOS), (), rater_id=1))
    other = order(tasks_of(study(rounds=2), PHOTOS, (), rater_id=2))
    assert first == again
    assert first[:12] != first[12:]
    assert first[:12] != other[:12]
    assert sorted(first[:12]) == sorted(other[:12]) == list(range(1, 13))
    assert order(tasks_of(study(seed=9), PHOTOS, (), rater_id=1)) != first[:12]


def test_what_is_confirmed_is_done_and_the_next_is_the_first_that_is_not() -> None:
    tasks = tasks_of(study(), PHOTOS, (), rater_id=1)
    kept = [stored(trace(task.photo.id, 1, 4.0)) for task in tasks[:5]]
    others = [stored(trace(task.photo.id, 2, 4.0)) for task in tasks]
    left = tasks_of(study(), PHOTOS, [*kept, *others], rater_id=1)
    assert [task.done for task in left] == [True] * 5 + [False] * 7
    wanted = next_task(left)
    assert wanted is not None
    assert wanted.photo == tasks[5].photo


def test_a_photo_that_is_put_off_comes_after_the_others_of_its_round() -> None:
    tasks = tasks_of(study(rounds=2), PHOTOS, (), rater_id=1)
    put_off = [(tasks[0].photo.id, 1)]
    assert next_task(tasks, put_off=put_off) == tasks[1]
    last = [Task(task.photo, task.round, task not in tasks[10:12]) for task in tasks[:12]]
    for first, second in ((10, 11), (11, 10)):  # both put off: that which waits longer
        both = [(tasks[place].photo.id, 1) for place in (first, second)]
        assert next_task(last, put_off=both) == tasks[first]
    only = [
        Task(task.photo, task.round, task.round == 1 and task is not tasks[0]) for task in tasks
    ]
    assert next_task(only, put_off=put_off) == tasks[0]


def test_nothing_is_next_when_all_is_done() -> None:
    assert next_task([Task(PHOTOS[0], 1, True)]) is None


def test_results_are_hidden_from_a_rater_who_has_photos_left() -> None:
    tasks = tasks_of(study(), PHOTOS, (), rater_id=1)
    kept = [stored(trace(task.photo.id, 1, 4.0)) for task in tasks]
    assert not may_see_results(study(), PHOTOS, kept[:-1], user_id=1)
    assert may_see_results(study(), PHOTOS, kept, user_id=1)
    assert may_see_results(study(), PHOTOS, (), user_id=3)
