"""What is said of the clinic store that fails, by code."""

from woundtrack.words import N_

SENTENCES: dict[str, str] = {
    "store.no_passphrase": N_(
        "There is no one to ask for the passphrase. Run this in a terminal, or set {variable}."
    ),
    "store.passphrases_differ": N_("The two passphrases differ. Please try again."),
    "store.no_clinic": N_(
        "There is no clinic in this folder. Choose another folder, or create a clinic."
    ),
    "store.keyring_damaged": N_(
        "The clinic's key file cannot be read. Put clinic.json back from a backup."
    ),
    "store.database_missing": N_(
        "The clinic's database is missing. Put clinic.db back from a backup."
    ),
    "store.newer": N_(
        "This clinic was last used with a newer version. Install the newest version here, too."
    ),
    "store.older": N_(
        "This clinic is of an older version, and its folder can only be read here. Open it once "
        "where this account may write to it."
    ),
    "store.damaged": N_(
        "The clinic's database is damaged. Nothing was changed; put the folder back from a backup."
    ),
    "store.photo_damaged": N_(
        "The stored photo is damaged and is not shown. Import the original again, or use a backup."
    ),
    "store.photo_missing": N_(
        "The stored photo's file is missing. Import the original again, or use a backup."
    ),
    "store.not_verified": N_(
        "The photo could not be read back as it was written, so keep the original. Check the disk."
    ),
    "store.disk_full": N_(
        "The disk is full, so nothing of this was saved. Make room, then try again."
    ),
    "store.not_writable": N_(
        "This account may not write to the clinic's folder. Ask the administrator for the right."
    ),
    "store.io": N_(
        "The disk did not answer as it should, so nothing of this was saved. Check it, then "
        "try again."
    ),
    "store.unreadable": N_(
        "The clinic's folder cannot be read. Check that its disk is connected and that you "
        "may open it."
    ),
    "store.busy": N_("The clinic is busy with something else. Please try again in a moment."),
    "store.closed": N_("The clinic is locked. Sign in again."),
    "store.read_only": N_(
        "{writer} is working in this clinic, so it can only be read here. Try again when that "
        "is done."
    ),
    "store.in_use": N_("{writer} is working in this clinic. Try again when it is closed there."),
    "store.wrong_passphrase": N_(
        "The name or the passphrase is wrong. Check capital letters, then try again."
    ),
    "store.too_soon": N_(
        "There were several wrong passphrases. Wait {wait} (minutes and seconds), then try again."
    ),
    "store.passphrase_provisional": N_(
        "An administrator gave this passphrase. Sign in once in the program's window, and choose "
        "one of your own there."
    ),
    "store.passphrase_same": N_(
        "This is the passphrase that the administrator gave. Choose one that only you know."
    ),
    "store.keyring_altered": N_(
        "The clinic's key file was changed by something other than this program. Put clinic.json "
        "back from a backup, or use the recovery key."
    ),
    "store.keyring_older": N_(
        "An older key file was put in the clinic's folder: with it, passphrases from before would "
        "open. An administrator must sign in first and look at it."
    ),
    "store.database_older": N_(
        "The database is older than the key file: an earlier copy of it was put back. If nobody "
        "here did so, ask who may write to the clinic's folder."
    ),
    "store.not_shared": N_(
        "This account may use the clinic's folder, but not the files in it that another account "
        "made. Open the clinic once with that account, then try again."
    ),
    "store.weak_passphrase": N_(
        "This passphrase is too easy to guess. Use at least {minimum} varied characters."
    ),
    "store.recovery_key_mistyped": N_(
        "This is not a whole recovery key. Compare it with the print, group by group."
    ),
    "store.wrong_recovery_key": N_(
        "This recovery key belongs to another clinic or was replaced. Look for the newest print."
    ),
    "store.no_such_user": N_("There is no user of this name. Check how the name is written."),
    "store.not_allowed": N_("Only an administrator may do this. Ask one to sign in."),
    "store.name_missing": N_("The clinic and its first user need names. Please fill them in."),
    "store.folder_not_empty": N_("This folder is not empty. Choose an empty or a new one."),
    "store.not_a_folder": N_("There is a file of this name. Choose an empty or a new folder."),
    "store.inside_clinic": N_(
        "This is the clinic's own folder, where nothing else is kept. Choose another folder."
    ),
    "store.network_share": N_(
        "A clinic cannot be kept on a network share. Keep it on this computer, and put "
        "backups on the share."
    ),
    "store.synced_folder": N_(
        "{service} keeps this folder in step with other computers, which damages a clinic that is "
        "in use. Choose a folder that stays on this computer, and keep backups there instead."
    ),
    "store.lock_lost": N_(
        "The clinic’s folder is not where it was, or its lock file was removed, so nothing more "
        "is written from here. Check its disk, lock the window, and sign in again."
    ),
    "store.migration_failed": N_(
        "The clinic could not be brought to this version and is as it was. Use the earlier "
        "version meanwhile."
    ),
    "store.no_way_back": N_(
        "There is no copy from before an upgrade that this version can work with. Install the "
        "version that was here before, and run this there."
    ),
    "store.changed_since": N_(
        "Something was changed since, so this cannot be undone. Undo the later change first."
    ),
    "store.visit_confirmed_since": N_(
        "A visit was confirmed since, so this cannot be undone. Correct the visit instead."
    ),
    "store.nothing_to_undo": N_("This changed nothing that could be undone."),
    "store.not_undoable": N_("Changes of users cannot be undone. Change the user again instead."),
    "check.loose": N_(
        "{count} records name another one that is missing. Put the folder back from a backup."
    ),
    "check.unreadable_records": N_(
        "{count} records ({kind}) cannot be read. Put the folder back from a backup."
    ),
    "check.orphans": N_(
        "Photos that are in no visit: {count}. Open File, Photos without a visit, and say what "
        "becomes of them."
    ),
    "check.cut_off": N_(
        "Files that were cut off while they were written: {count}. Nothing can be read from them; "
        "File, Photos without a visit, removes them."
    ),
    "check.stopped": N_("The check was stopped before its end. Run it again."),
    # -- command line
    "cli.not_written": N_(
        "The output could not be written. Free some space, or send it somewhere else."
    ),
    "cli.no_outlines": N_(
        "Nothing was written: no patient with consent to research has a confirmed outline "
        "(patients without consent: {count}). Record the consent with the patient first."
    ),
    "cli.unforeseen": N_(
        "The program failed on this photo ({kind}), so nothing was measured. Please report it."
    ),
}
