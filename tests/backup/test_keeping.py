"""What the rule keeps, whatever the clock does."""

import datetime as dt
from pathlib import Path

from woundtrack.backup.keeping import kept
from woundtrack.backup.types import Backup, Keep

START = dt.datetime(2026, 1, 5, 12, tzinfo=dt.UTC)


def backups(*moments: dt.datetime) -> list[Backup]:
    """One at each moment, in the order in which they were made."""
    return [
        Backup(Path(f"{n}.backup"), "uuid", "Clinic", at, n, 0, 0, 0, 1, 7)
        for n, at in enumerate(moments, 1)
    ]


def daily(count: int, start: dt.datetime = START) -> list[dt.datetime]:
    return [start + dt.timedelta(days=n) for n in range(count)]


def numbers(moments: list[dt.datetime], rule: Keep | None = None) -> list[int]:
    return sorted(one.number for one in kept(backups(*moments), rule or Keep()))


def test_of_three_years_of_days_days_then_weeks_then_months_then_years_are_kept() -> None:
    moments = daily(3 * 365)
    kept_days = [moments[number - 1].date() for number in numbers(moments)]
    last = moments[-1].date()
    ages = [(last - day).days for day in kept_days]
    assert [age for age in ages if age < 14] == list(range(13, -1, -1))
    weeks = [age for age in ages if 14 <= age < 91]
    assert len(weeks) in (11, 12, 13, 14)
    assert max(b - a for a, b in zip(sorted(weeks), sorted(weeks)[1:], strict=False)) <= 7
    months = {(day.year, day.month) for day in kept_days if (last - day).days < 700}
    assert len(months) == 24
    assert {day.year for day in kept_days} == {2026, 2027, 2028, 2029} & {d.year for d in moments}
    assert len(kept_days) < 60


def test_of_one_day_the_last_one_is_kept() -> None:
    moments = [START, START + dt.timedelta(hours=1), START + dt.timedelta(hours=2)]
    assert numbers(moments) == [3]


def test_the_only_one_is_kept_by_any_rule() -> None:
    assert numbers([START], Keep(0, 0, 0, 0)) == [1]
    assert numbers([]) == []


def test_days_without_a_backup_do_not_count() -> None:
    moments = daily(10) + daily(3, START + dt.timedelta(days=400))
    assert numbers(moments) == list(range(1, 14))


def test_a_clock_that_ran_ahead_for_a_day_takes_one_place_and_nothing_else() -> None:
    days = daily(20)
    right = set(numbers(days))
    ahead = [*days[:15], days[15].replace(year=2046), *days[16:]]
    assert right - {16} <= set(numbers(ahead)) | {min(right)}
    assert 20 in numbers(ahead)


def test_a_clock_set_back_does_not_take_the_true_day_away() -> None:
    days = daily(10)
    again = [*days, *(day + dt.timedelta(hours=1) for day in days[3:5])]
    assert set(numbers(again)) == set(range(1, 13))


def test_the_newest_is_the_last_made_not_the_one_with_the_latest_date() -> None:
    assert 2 in numbers([START.replace(year=2099), START], Keep(1, 0, 0, 0))
