"""What is said of backups: how old the last one is, what one did, what is kept; knows no Qt."""

import datetime as dt
from dataclasses import dataclass

from woundtrack import words
from woundtrack.backup.text import megabytes
from woundtrack.backup.types import BackedUp, Backup, Keep, LastBackup, Plan, Verified
from woundtrack.errors import BackupError
from woundtrack.explain import explain
from woundtrack.words import N_, _, counted, ngettext

OLD_DAYS = 7
"""Without a backup for more days than this beyond the plan's own it is time to worry."""
OLD_UNPLANNED_DAYS = 30
_SHORT = {
    "backup.gone": N_("the disk or share is missing"),
    "backup.full": N_("the disk is full"),
    "backup.not_writable": N_("writing there is not allowed"),
    "backup.in_use": N_("another backup is under way"),
    "backup.io": N_("the disk does not answer as it should"),
    "backup.not_verified": N_("the disk does not keep what is written"),
}
_FAILED = N_("it failed")


@dataclass(frozen=True, slots=True)
class Told:
    """A few words, with how serious they are and the icon that says so without colour."""

    text: str
    tone: str
    """"ok", "warning", "danger" or "accent"."""
    icon: str


def status(
    plan: Plan | None, last: LastBackup | None, now: dt.datetime, *, share: float | None = None
) -> Told:
    """The last backup in a few words. `share` (0 to 1): how far the one under way is."""
    if share is not None:
        return Told(_("Backing up… {share}").format(share=words.percent(share)), "accent", "save")
    made = None if last is None else last.made_utc
    if made is None:
        return _none_yet(plan, last)
    assert last is not None
    text = words.labelled(_("Backup"), age(made, now))
    days = days_between(made, now)
    is_old = days > OLD_UNPLANNED_DAYS
    if plan is not None and plan.every_days:
        is_old = days > plan.every_days + OLD_DAYS
    if last.code:
        text = _("{backup}, {reason}").format(backup=text, reason=short_reason(last.code))
    if is_old:
        return Told(text, "danger", "octagon-alert")
    if last.code or (plan is not None and plan.every_days and days > plan.every_days):
        return Told(text, "warning", "triangle-alert")
    return Told(text, "ok", "circle-check")


def _none_yet(plan: Plan | None, last: LastBackup | None) -> Told:
    if last is not None and last.code and plan is not None:
        text = words.labelled(_("No backup yet"), short_reason(last.code))
        return Told(text, "danger", "octagon-alert")
    return Told(_("No backup yet"), "warning", "triangle-alert")


def short_reason(code: str) -> str:
    """Why a backup failed, in a few words."""
    return _(_SHORT.get(code, _FAILED))


def days_between(made_utc: dt.datetime, now: dt.datetime) -> int:
    """Calendar days from a backup to now, in now's time zone."""
    return (now.date() - made_utc.astimezone(now.tzinfo).date()).days


def age(made_utc: dt.datetime, now: dt.datetime) -> str:
    """How old a backup is: "today 07:10", "yesterday 18:02", "9 days ago"."""
    at = made_utc.astimezone(now.tzinfo)
    days, time = days_between(made_utc, now), words.time_of_day(at)
    if days == 0:
        return _("today {time}").format(time=time)
    if days == 1:
        return _("yesterday {time}").format(time=time)
    if days < 0:  # a clock that ran ahead
        return words.date(at.date())
    return counted("{count} day ago", "{count} days ago", days)


def last_text(plan: Plan | None, last: LastBackup | None, now: dt.datetime) -> str:
    """The last backup and the last failure in whole sentences."""
    if plan is None and last is None:
        return _("No backup was made yet. If this disk fails, everything is lost with it.")
    made = None if last is None else last.made_utc
    said = [_("No backup was made yet.") if made is None else _made_text(made, now)]
    if last is not None and last.code:
        at = last.tried_utc.astimezone(now.tzinfo)
        tried = _("Tried {date}, {time}:").format(
            date=words.date(at.date()), time=words.time_of_day(at)
        )
        said.append(f"{tried} {failure(last.code)}")
    return " ".join(said)


def _made_text(made_utc: dt.datetime, now: dt.datetime) -> str:
    at = made_utc.astimezone(now.tzinfo)
    return _("Last backup: {date}, {time}.").format(
        date=words.date(at.date()), time=words.time_of_day(at)
    )


def failure(code: str) -> str:
    """The whole sentence of a failure that is remembered by its code."""
    return explain(BackupError(code))


def made(result: BackedUp) -> str:
    """What a backup did, in one sentence."""
    parts = [
        counted("{count} new photo", "{count} new photos", result.new_photos),
        _("{size} MB written").format(size=megabytes(result.new_bytes)),
    ]
    if result.removed:
        parts.append(
            counted("{count} old backup thinned out", "{count} old backups thinned out",
                    result.removed)
        )  # fmt: skip
    return _("Backed up: {what}.").format(what=words.together(parts))


def damaged(result: BackedUp) -> str:
    """What the clinic itself could not give; empty where all is there."""
    if not result.damaged:
        return ""
    return counted(
        "{count} photo is damaged or missing in the clinic and in no backup.",
        "{count} photos are damaged or missing in the clinic and in no backup.",
        result.damaged,
    )


def keep_text(keep: Keep) -> str:
    """Which backups stay, in plain words."""
    last = [
        counted("{count} day", "{count} days", keep.days),
        counted("{count} week", "{count} weeks", keep.weeks),
        counted("{count} month", "{count} months", keep.months),
    ]
    if keep.years is not None:
        last.append(counted("{count} year", "{count} years", keep.years))
        return _("Kept: the last backup of each of {periods}; the newest always.").format(
            periods=words.together(last)
        )
    return _(
        "Kept: the last backup of each of {periods}, and of every year; the newest always."
    ).format(periods=words.together(last))


def verified(result: Verified) -> Told:
    """What verifying found, in one sentence; the findings themselves stand beneath it."""
    serious = sum(1 for one in result.findings if one.serious)
    if serious:
        text = counted(
            "{count} fault was found in the backups.",
            "{count} faults were found in the backups.", serious,
        )  # fmt: skip
        return Told(text, "danger", "octagon-alert")
    text = ngettext(
        "{count} backup was read byte by byte ({size} MB): all sound.",
        "{count} backups were read byte by byte ({size} MB): all sound.",
        len(result.backups),
    )
    size = megabytes(result.byte_count)
    return Told(text.format(count=len(result.backups), size=size), "ok", "circle-check")


def moment(backup: Backup) -> str:
    """When a backup was made, on this computer's clock."""
    at = backup.at_utc.astimezone()
    return _("{date}, {time}").format(date=words.date(at.date()), time=words.time_of_day(at))
