"""What is said of the window that fails, by code."""

from woundtrack.words import N_

SENTENCES: dict[str, str] = {
    "ui.visit_confirmed": N_(
        "This visit is confirmed. Press Correct first, or begin a new visit for these photos."
    ),
    "ui.not_recorded": N_(
        "The photo could not be put into the visit. Keep the original, and import it again."
    ),
    "ui.nothing_to_compare": N_(
        "There are fewer than two photos of this lesion. Import more, or choose another lesion."
    ),
    "ui.proposal_failed": N_("The search did not work on this photo. Please do it by hand."),
}
