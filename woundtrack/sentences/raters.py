"""What is said of a rater study that fails, by code."""

from woundtrack.words import N_

SENTENCES: dict[str, str] = {
    "raters.too_small": N_("Two photos and two tracings of each are the least. Trace more first."),
    "raters.too_few": N_(
        "Fewer than {needed} photos have two tracings that can be compared. Trace more first."
    ),
    "raters.no_spread": N_(
        "All photos show the same area, so this figure has no meaning. Choose small and large "
        "wounds."
    ),
    "raters.from_proposal": N_(
        "This study started from proposals, which makes people agree more than they do from visit "
        "to visit. Make a study without proposals for the clinic's own figure."
    ),
    "raters.adopt_too_few": N_(
        "The clinic's own figure needs {raters} raters and {photos} photos that all of them "
        "traced; here there are {have_raters} and {have_photos}. Trace more, or make a larger "
        "study."
    ),
    "raters.implausible": N_(
        "People who trace by themselves do not agree so well, or so badly. Look at the photos "
        "that differ most before you use this figure."
    ),
    "raters.no_interval": N_(
        "This figure has no interval: the tracings differ in one photo alone. Trace more photos."
    ),
    "raters.not_finished": N_(
        "You still have photos to trace in this study. Its results are shown to you after that."
    ),
    "record.study_raters": N_(
        "A study needs two different raters, or one who traces every photo twice. Choose them."
    ),
    "record.study_rounds": N_("Photos are traced once or twice. Choose one of the two."),
    "record.study_photo_twice": N_("A photo is in this study twice. Take one of them out."),
    "record.not_a_rater": N_("You are not a rater of this study. Ask for a study with your name."),
    "record.trace_exists": N_("This photo is traced already in this round. Go on with the next."),
    "record.trace_is_another_s": N_(
        "Only the rater who is signed in can confirm a tracing. Sign in as yourself."
    ),
    "record.trace_without_area": N_("The tracing has no area. Draw around the wound."),
    "record.retrace_value": N_(
        "This figure comes from too few photos or raters. Make a larger study first."
    ),
    "record.retrace_value_exists": N_(
        "The clinic has a figure of its own already. Go back to the published one first."
    ),
}
