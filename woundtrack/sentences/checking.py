"""What the check of a whole clinic says of the database's bytes and of the journal."""

from woundtrack.words import N_

SENTENCES: dict[str, str] = {
    "check.pages": N_(
        "The database file is damaged: page {first} is not what was written (damaged pages: "
        "{count}). Put the folder back from a backup."
    ),
    "check.file_cut": N_(
        "The database file was cut short: its end is missing. Put the folder back from a backup."
    ),
    "check.log_cut": N_(
        "The last change before the program ended is not whole in the database’s log, and is left "
        "out. Look whether what was entered last is there."
    ),
    "check.log_lost": N_(
        "The last change in the database’s log (clinic.db-wal) was saved and is damaged, so it is "
        "left out. Look whether what was entered last is there."
    ),
    "store.log_damaged": N_(
        "The database’s log (clinic.db-wal) is damaged from its part {first} on: later changes in "
        "it cannot be read. Keep this folder as it is, and put a backup back."
    ),
    "check.photo_damaged": N_(
        "The photo file {name} is damaged (patient {patient_code}, visit of {on}). Import the "
        "original again, or bring it back from a backup."
    ),
    "check.photo_missing": N_(
        "The photo file {name} is missing (patient {patient_code}, visit of {on}). Import the "
        "original again, or bring it back from a backup."
    ),
    "check.photo_in_no_visit": N_(
        "The photo file {name} cannot be read; it is in no visit. If it is needed, import the "
        "original again."
    ),
    "check.small_picture": N_(
        "The small picture of the photo file {name} cannot be read. Import the photo again: it is "
        "then made anew."
    ),
    "check.journal_altered": N_(
        "The journal was changed: entry {numbers}, dated {at}, does not say what was written, or "
        "was put in. Keep this folder as it is, and compare it with a backup."
    ),
    "check.journal_missing": N_(
        "The journal was changed: entry {numbers} is missing, after the one of {at}. Keep this "
        "folder as it is, and compare it with a backup."
    ),
    "check.journal_cut_off": N_(
        "The journal was changed: its end is missing or altered, after entry {numbers} of {at}. "
        "Keep this folder as it is, and compare it with a backup."
    ),
    "check.journal_beginning": N_(
        "The journal was changed: its beginning is missing, entry {numbers}. Keep this folder as "
        "it is, and compare it with a backup."
    ),
    "check.journal_lost": N_(
        "The journal is not the one that ended with {end}, or has lost entries of it. Keep this "
        "folder as it is, and compare it with a backup."
    ),
    "check.journal_unsealed": N_(
        "The journal was changed: entry {numbers}, dated {at}, has lost its seal. Keep this folder "
        "as it is, and compare it with a backup."
    ),
    "check.waiting_damaged": N_(
        "Journal entries of those who could only read wait to be taken in, but {count} of them "
        "cannot be read. Keep the folder “waiting”, and compare it with a backup."
    ),
    "check.journal_more": N_("The journal was changed in {count} more places."),
}
