"""What is said of backups that fail, by code."""

from woundtrack.words import N_

SENTENCES: dict[str, str] = {
    "backup.full": N_(
        "The disk for backups is full, so this backup was not made; the earlier ones are whole. "
        "Make room there, or choose another disk."
    ),
    "backup.not_writable": N_(
        "This account may not write where the backups go, so none was made. Ask for the right, "
        "or choose another place."
    ),
    "backup.gone": N_(
        "The place for backups cannot be reached. Connect the disk or the share, then try again; "
        "the earlier backups are as they were."
    ),
    "backup.io": N_(
        "The disk for backups did not answer as it should. The earlier backups are as they were; "
        "check that disk, then try again."
    ),
    "backup.not_verified": N_(
        "The backup could not be read back as it was written, so it does not count. Use another "
        "disk for backups."
    ),
    "backup.inside_clinic": N_(
        "A backup inside the clinic’s own folder would be lost with it. Choose another place, "
        "best on another disk."
    ),
    "backup.inside_backups": N_(
        "A clinic in the folder of its own backups would be mixed up with them. Choose another "
        "folder, on this computer’s own disk."
    ),
    "backup.in_use": N_(
        "Another backup or check is under way in this folder. Try again when it is done."
    ),
    "backup.none": N_("There is no backup in this folder. Choose the folder that backups go to."),
    "backup.no_such": N_("There is no backup {name} here. Choose one from the list."),
    "backup.several_clinics": N_(
        "This folder holds backups of several clinics. Choose one backup from the list."
    ),
    "backup.no_plan": N_("No place for backups was chosen yet. Choose one first."),
    "backup.newer": N_(
        "This backup was made by a newer version of the program. Install the newest version here."
    ),
    "backup.manifest_damaged": N_(
        "The backup {name} is damaged and cannot be used. Use another one, and make a new backup."
    ),
    "backup.pages_damaged": N_(
        "The database in the backup {name} is damaged, so it was not brought back. Choose another "
        "backup."
    ),
    "backup.photo_damaged": N_(
        "The photo {name} is damaged in the backups. Make a new backup: it is then written again."
    ),
    "backup.photo_missing": N_(
        "The photo {name} is missing in the backups. Make a new backup: it is then written again."
    ),
    "backup.pack_damaged": N_(
        "The database file {name} of the backups is damaged. Make a new backup, and rely on that."
    ),
    "backup.database_damaged": N_(
        "The database in the backup {name} is damaged. Rely on another backup, and make a new one."
    ),
    "backup.journal_broken": N_(
        "The journal in the backup {name} was altered, or lines of it are missing. Ask the "
        "administrator to look into it."
    ),
    "backup.journal_parted": N_(
        "The journal in the backup {name} does not continue the one of the backup before. An "
        "older state was put back, a second copy of the clinic backs up here too, or lines were "
        "removed: ask the administrator."
    ),
    "backup.journal_restored": N_(
        "Between the backup {name} and the one before, an older state was put back, as the "
        "journal says. Nothing needs to be done."
    ),
    "backup.stray": N_("The file {name} is none of the backup’s. Nothing needs to be done."),
    "backup.stopped": N_("The check of the backups was stopped before its end. Run it again."),
    "backup.no_room": N_(
        "There is not enough room to bring this backup back: it takes {needed_mb} MB. Make room, "
        "or choose a folder on another disk."
    ),
    "backup.photo_lost": N_(
        "The photo {name} is damaged in this backup, so all else was brought back without it. "
        "Look for it in another backup."
    ),
    "store.no_recovery_key": N_(
        "There is no one to ask for the recovery key. Run this in a terminal, or set {variable}."
    ),
    "backup.not_equal": N_(
        "What was brought back is not what the backup holds, so it was taken away. Check the "
        "disk, or choose another."
    ),
    "backup.not_replaced": N_(
        "The clinic could not be put in its place and is as it was; what was brought back is "
        "whole, in a folder beside it. Close the program everywhere, then try again."
    ),
    "backup.clinic_open": N_(
        "The clinic is open somewhere. Close it there, then bring the backup back."
    ),
}
