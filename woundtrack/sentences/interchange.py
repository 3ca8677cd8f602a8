"""What is said of a folder of the open format that cannot be written or taken in, by code."""

from woundtrack.words import N_

SENTENCES: dict[str, str] = {
    "interchange.nobody": N_("There is no patient to be exported. Choose at least one."),
    "interchange.photo_damaged": N_(
        "A photo of patient {patient_code} is damaged or missing, so nothing was exported. Put the "
        "vault back from a backup, or export the other patients."
    ),
    "interchange.not_the_format": N_(
        "This folder holds no record in the open format. Choose the folder with manifest.json in "
        "it, as woundtrack wrote it."
    ),
    "interchange.newer": N_(
        "This folder was written by a newer version of the program. Install that version here, "
        "then import it."
    ),
    "interchange.missing": N_(
        "The file {file} is missing, so nothing was imported. Copy the whole folder again."
    ),
    "interchange.changed": N_(
        "The file {file} is not as it was written, so nothing was imported. Copy the whole folder "
        "again."
    ),
    "interchange.not_a_file": N_(
        "{file} is a link or no file, so nothing was imported. Copy the files themselves."
    ),
    "interchange.unreadable": N_(
        "The file {file} cannot be read, so nothing was imported. Check that its disk is connected "
        "and that you may open it."
    ),
    "interchange.too_large": N_(
        "The file {file} is larger than {most_mb} MB, which the format does not allow. Export "
        "fewer patients at a time."
    ),
    "interchange.too_full": N_(
        "The file {file} holds more values than the format allows, so nothing was imported. "
        "Export fewer patients at a time."
    ),
    "interchange.photo_unsafe": N_(
        "The photo {file} is damaged, perhaps on purpose: reading it failed, so nothing was "
        "imported. Ask for an export without that patient."
    ),
    "interchange.unusable": N_(
        "The file {file} does not follow the format ({place}), so nothing was imported. Ask "
        "whoever wrote it for a sound one."
    ),
    "interchange.record_refused": N_(
        "A record in {file} contradicts others or the calendar, so nothing was imported. {why}"
    ),
    "interchange.user_name_taken": N_(
        "A user called {name} is here, and it is not known whether this is the same person. Give "
        "that user another name under File, Users, then import."
    ),
}
