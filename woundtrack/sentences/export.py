"""What is said of tables that cannot leave the clinic, by code."""

from woundtrack.words import N_

SENTENCES: dict[str, str] = {
    "export.no_consent": N_(
        "This patient’s consent to research is not in force, so nothing is exported by code. "
        "Record the consent with the patient first, or export by name for care."
    ),
    "export.nobody": N_(
        "Nobody was exported: no patient’s consent to research is in force (patients: {count}). "
        "Record the consents with the patients first, or export by name for care."
    ),
    "export.too_much_for_excel": N_(
        "The table “{table}” is larger than Excel can take. Export it as CSV instead."
    ),
}
