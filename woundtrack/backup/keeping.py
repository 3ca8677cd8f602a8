"""Which backups are kept: the last of each day, week, month and year, and always the newest.

The rule counts days that have a backup, not days gone by, and follows the backups' own numbers:
so a clock that runs ahead, or is set back, takes nothing away. Each time that it was set back
begins a stretch of its own, whose days are not those of the stretch before.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TypeAlias

from woundtrack.backup.types import Backup, Keep

_Period: TypeAlias = Callable[[dt.date], tuple[int, ...]]


def kept(backups: Sequence[Backup], rule: Keep) -> frozenset[Backup]:
    """What the rule keeps of these. The newest is always among them."""
    newest_first = sorted(backups, key=lambda one: (one.number, one.at_utc), reverse=True)
    stretches = _stretches(newest_first)
    periods: tuple[tuple[int | None, _Period], ...] = (
        (rule.days, lambda day: (day.toordinal(),)),
        (rule.weeks, lambda day: day.isocalendar()[:2]),
        (rule.months, lambda day: (day.year, day.month)),
        (rule.years, lambda day: (day.year,)),
    )
    keep = set(newest_first[:1])
    for count, period in periods:
        seen: set[tuple[int, ...]] = set()
        for backup, stretch in zip(newest_first, stretches, strict=True):
            key = (stretch, *period(backup.at_utc.astimezone().date()))
            if key not in seen and (count is None or len(seen) < count):
                seen.add(key)
                keep.add(backup)
    return frozenset(keep)


def _stretches(newest_first: Sequence[Backup]) -> list[int]:
    """For each backup, how often the clock was set back after it."""
    found: list[int] = []
    later = None
    for backup in newest_first:
        set_back = later is not None and backup.at_utc > later.at_utc
        found.append((found[-1] if found else 0) + set_back)
        later = backup
    return found
