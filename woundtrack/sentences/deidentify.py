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
}
