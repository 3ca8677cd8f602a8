"""What is said of a photo file that fails, by code."""

from woundtrack.words import N_

SENTENCES: dict[str, str] = {
    "photo.gone": N_(
        "The photo is no longer there. Check the camera card or folder and try again."
    ),
    "photo.unreadable": N_(
        "The photo cannot be opened. Check that the card or folder is not locked, then try again."
    ),
    "photo.empty": N_("The file is empty. Copy it again from the camera or phone."),
    "photo.not_a_photo": N_(
        "This file is not a photo that can be read. Choose a JPEG, HEIC, PNG or TIFF file."
    ),
    "photo.none_in_folder": N_(
        "There is no photo in this folder. Choose the folder that holds the photos."
    ),
    "photo.truncated": N_(
        "The photo is incomplete: its end is missing. Copy it again from the camera or phone."
    ),
    "photo.damaged": N_(
        "The photo is damaged and cannot be read. Copy it again, or take a new photo."
    ),
    "photo.too_large": N_(
        "The photo is larger than {limit_mp} megapixels and was not opened. "
        "Choose the camera's own photo, at a normal size."
    ),
    "photo.file_too_large": N_(
        "The file is larger than {limit_mb} MB and was not opened. "
        "Choose the camera's own photo, at a normal size."
    ),
    "photo.too_much_memory": N_(
        "Reading the photo takes more memory than is allowed, and it was not opened. "
        "Choose the camera's own photo, at a normal size."
    ),
    "photo.too_slow": N_(
        "Reading the photo took too long and was broken off. "
        "Copy it again from the camera, or take a new photo."
    ),
    "photo.crashed": N_(
        "The photo is damaged, perhaps on purpose: reading it failed, and it was left out. "
        "Copy it again from the camera, or take a new photo."
    ),
    "photo.no_reader": N_(
        "No photo from outside can be read safely now, for the program's reader did not start. "
        "Close other programs, then try again."
    ),
    "photo.code_wrong": N_(
        "“{patient_code}” is not a patient code: its check character does not fit. "
        "Check what was typed."
    ),
    "photo.code_label": N_(
        "The label “{label}” cannot stand in a card's code. "
        "Use at most {longest} letters A–Z, digits, spaces or . + / -"
    ),
}
