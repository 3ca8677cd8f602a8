"""Where a clinic's backups go and when, and how the last one went: two of the clinic's settings."""

import datetime as dt
import json
from contextlib import suppress
from pathlib import Path

from woundtrack.backup.types import Keep, LastBackup, Plan
from woundtrack.errors import StoreError
from woundtrack.store.clinic import Clinic, Writer

PLAN, LAST = "backup_plan", "backup_last"
MADE = "backed_up"
"""What the journal's line says; its reason is the backup's id."""


def plan_of(clinic: Clinic) -> Plan | None:
    """What was settled; None where nothing was. What cannot be read counts as nothing."""
    text = clinic.read(lambda reader: reader.setting(PLAN))
    try:
        facts = json.loads(text or "")
        return Plan(
            target=Path(facts["target"]),
            every_days=int(facts["every_days"]),
            at_closing=bool(facts["at_closing"]),
            keep=Keep(**facts["keep"]),
        )
    except (ValueError, KeyError, TypeError):
        return None


def set_plan(clinic: Clinic, plan: Plan) -> None:
    """Settle it; administrators only. Raises StoreError store.not_allowed, .read_only, …."""
    keep = plan.keep
    facts = {
        "target": str(plan.target),
        "every_days": plan.every_days,
        "at_closing": plan.at_closing,
        "keep": {
            "days": keep.days, "weeks": keep.weeks, "months": keep.months, "years": keep.years,
        },
    }  # fmt: skip

    def act(writer: Writer) -> None:
        writer.users.require_administrator()
        writer.set_setting(PLAN, json.dumps(facts))

    clinic.write(act)


def last_backup(clinic: Clinic) -> LastBackup | None:
    """How the last try went that this clinic could note; None where there was none."""
    text = clinic.read(lambda reader: reader.setting(LAST))
    try:
        facts = json.loads(text or "")
        made = facts["made_utc"]
        return LastBackup(
            tried_utc=dt.datetime.fromisoformat(facts["tried_utc"]),
            code=str(facts["code"]),
            made_utc=None if made is None else dt.datetime.fromisoformat(made),
            target=Path(facts["target"]),
        )
    except (ValueError, KeyError, TypeError):
        return None


def is_due(last: LastBackup | None, plan: Plan, now: dt.datetime) -> bool:
    """Whether the plan's days are over.

    `now` has a time zone, whose days count. One that lies ahead of the clock is not believed.
    """
    if not plan.every_days:
        return False
    if last is None or last.made_utc is None or last.target != plan.target:
        return True
    days = (now.date() - last.made_utc.astimezone(now.tzinfo).date()).days
    return days >= plan.every_days or days < 0


def note_made(clinic: Clinic, target: Path, at_utc: dt.datetime, backup_id: str) -> None:
    """Journal a backup that was made, and remember it where this process may write.

    Else the line waits until the one who writes takes it in, where that is possible.
    """

    def act(writer: Writer) -> None:
        writer.note(MADE, "clinic", None, reason=backup_id)
        _remember(writer, LastBackup(at_utc, "", at_utc, target))

    if clinic.read_only:
        with suppress(StoreError):  # the backup is there, whether or not anything may be written
            clinic.note(MADE, "clinic", reason=backup_id)
    else:
        clinic.write(act)


def note_failed(clinic: Clinic, target: Path, at_utc: dt.datetime, code: str) -> None:
    """Remember that a backup failed; nothing where the clinic is read-only."""
    before = last_backup(clinic)
    made = before.made_utc if before is not None and before.target == target else None
    if not clinic.read_only:
        clinic.write(lambda writer: _remember(writer, LastBackup(at_utc, code, made, target)))


def _remember(writer: Writer, last: LastBackup) -> None:
    made = last.made_utc
    facts = {
        "tried_utc": last.tried_utc.isoformat(),
        "code": last.code,
        "made_utc": None if made is None else made.isoformat(),
        "target": str(last.target),
    }
    writer.set_setting(LAST, json.dumps(facts))
