"""What is said of pictures that cannot leave the clinic, by code."""

from woundtrack.words import N_

SENTENCES: dict[str, str] = {
    "deidentify.no_consent_to_care": N_(
        "This patient’s consent to photos for care is not in force. "
        "Record the consent with the patient first."
    ),
    "deidentify.no_consent_to_teaching": N_(
        "This patient’s consent to photos for teaching is not in force. "
        "Record the consent with the patient first."
    ),
    "deidentify.no_consent_to_research": N_(
        "This patient’s consent to photos for research is not in force. "
        "Record the consent with the patient first."
    ),
    "deidentify.no_finder": N_(
        "The part of the program that finds writing in photos is missing or damaged. "
        "Install the program again; nothing is exported without it."
    ),
    "deidentify.not_plain": N_(
        "A picture would have held more than its pixels, so nothing was exported. "
        "Please report this."
    ),
    "deidentify.nothing_confirmed": N_(
        "No picture was confirmed, so nothing is exported. "
        "Look at each picture and confirm it first."
    ),
    "deidentify.nobody": N_(
        "Nothing was exported: none of these patients’ consents is in force "
        "(patients: {count}). Record the consents with the patients first."
    ),
    "deidentify.changed": N_(
        "A photo, its scale or an outline was changed since the pictures were looked at, so "
        "nothing was exported. Look at them again."
    ),
    "deidentify.file_unreadable": N_(
        "The file of confirmed pictures cannot be read. "
        "Begin again from the file that the proposals were written to."
    ),
    "deidentify.no_crop": N_(
        "The picture {picture} has no crop, for its photo has no outline. "
        "Tell what of it is shown, or leave it out."
    ),
    "deidentify.not_looked_at": N_(
        "The crop of {picture} shows more of the photo than was looked at. "
        "Write the pictures again with --propose and --masks, and look at them."
    ),
    "deidentify.no_pictures": N_(
        "There is no photo of a confirmed visit whose patient agreed. "
        "Confirm the visit, or record the consent with the patient first."
    ),
}
