"""What is said of backups is true on the day, and in both languages whole sentences."""

import datetime as dt
from pathlib import Path

import pytest

from ui.models.backup_words import Told, keep_text, last_text, made, status, verified
from woundtrack.backup.types import BackedUp, Backup, Keep, LastBackup, Plan, Verified
from woundtrack.store.types import Finding

NOW = dt.datetime(2026, 3, 17, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))
PLAN = Plan(Path("stick"))
BACKUP = Backup(Path("a.manifest"), "u", "North", NOW, 1, 3, 2_000_000, 1_000_000, 1, 7)


def last(*, days: int = 0, code: str = "") -> LastBackup:
    made_at = NOW - dt.timedelta(days=days, hours=1)
    return LastBackup(NOW if code else made_at, code, made_at, PLAN.target)


@pytest.mark.parametrize(
    ("plan", "found", "told"),
    [
        (None, None, Told("No backup yet", "warning", "triangle-alert")),
        (PLAN, last(), Told("Backup: today 08:00", "ok", "circle-check")),
        (PLAN, last(days=1), Told("Backup: yesterday 08:00", "ok", "circle-check")),
        (PLAN, last(days=3), Told("Backup: 3 days ago", "warning", "triangle-alert")),
        (PLAN, last(days=9), Told("Backup: 9 days ago", "danger", "octagon-alert")),
        (Plan(PLAN.target, 0), last(days=9), Told("Backup: 9 days ago", "ok", "circle-check")),
        (Plan(PLAN.target, 7), last(days=6), Told("Backup: 6 days ago", "ok", "circle-check")),
        (None, last(days=-2), Told("Backup: 19 Mar 2026", "ok", "circle-check")),
        (
            PLAN, last(code="backup.gone"),
            Told("Backup: today 08:00, the disk or share is missing", "warning", "triangle-alert"),
        ),
        (
            PLAN, LastBackup(NOW, "backup.full", None, PLAN.target),
            Told("No backup yet: the disk is full", "danger", "octagon-alert"),
        ),
    ],
)  # fmt: skip
def test_the_status_line_says_how_old_the_last_one_is_and_what_is_wrong(
    plan: Plan | None, found: LastBackup | None, told: Told
) -> None:
    assert status(plan, found, NOW) == told


def test_while_one_is_under_way_its_share_is_said() -> None:
    assert status(PLAN, None, NOW, share=0.24).text == "Backing up… 24 %"


def test_the_day_is_that_of_the_person_and_not_of_utc() -> None:
    late = dt.datetime(2026, 3, 16, 23, 30, tzinfo=dt.UTC)  # half past midnight there
    assert status(PLAN, LastBackup(late, "", late, PLAN.target), NOW).text == "Backup: today 00:30"


def test_a_failure_is_told_whole_with_its_way_out() -> None:
    said = last_text(PLAN, last(days=2, code="backup.gone"), NOW)
    assert said.startswith("Last backup: 15 Mar 2026, 08:00. Tried 17 Mar 2026, 09:00:")
    assert "Connect the disk or the share" in said


def test_what_was_done_is_one_sentence() -> None:
    result = BackedUp(BACKUP, 3_400_000, 24, 12, 0, 2)
    assert made(result) == (
        "Backed up: 12 new photos, 3.4 MB written and 2 old backups thinned out."
    )


def test_the_rule_stands_in_plain_words() -> None:
    assert keep_text(Keep()) == (
        "Kept: the last backup of each of 14 days, 13 weeks and 24 months, and of every year; "
        "the newest always."
    )
    assert "every year" not in keep_text(Keep(years=10))


def test_verifying_counts_what_is_serious() -> None:
    stray = Finding("backup.stray", False, (("name", "x"),))
    torn = Finding("backup.pack_damaged", True, (("name", "y"),))
    assert verified(Verified((BACKUP,), (stray,), 3, 3_000_000)).tone == "ok"
    told = verified(Verified((BACKUP,), (stray, torn), 3, 3_000_000))
    assert (told.tone, told.text) == ("danger", "1 fault was found in the backups.")
