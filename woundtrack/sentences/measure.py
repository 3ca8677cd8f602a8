"""What is said of a measurement that fails, by code."""

from woundtrack.words import N_

SENTENCES: dict[str, str] = {
    "measure.no_outline": N_("There is no outline to measure. Draw around the wound first."),
    "measure.too_few_points": N_("An outline needs at least three points. Go on drawing."),
    "measure.not_finite": N_("The outline holds points that are no numbers. Draw it again."),
    "measure.beyond_horizon": N_(
        "The outline reaches beyond what the scale's plane can show. Check the scale's grid."
    ),
    "measure.round_limb": N_(
        "The wound reaches so far round the limb that its area is only certain to {percent} %. "
        "Take the photo again with the camera over the wound."
    ),
    "measure.far_from_ruler": N_(
        "So far from the ruler the area is only certain to {percent} %. "
        "Take the photo again with the ruler beside the wound."
    ),
    "measure.outline_degenerate": N_(
        "The outline encloses almost nothing under this scale. Check the outline and the grid."
    ),
    "measure.no_baseline": N_(
        "There is no first area to compare with. Measure the lesion at one more visit."
    ),
    "measure.no_area": N_("This rate needs an area above zero. Choose visits with an open wound."),
    "measure.no_interval": N_(
        "The visits are on the same day, so there is no rate. Choose visits on different days."
    ),
    "measure.no_perimeter": N_(
        "This rate needs the wound's perimeter. Choose visits with an outline."
    ),
    "measure.not_shrinking": N_(
        "The wound is not shrinking, so no time to healing can be given. Look at the chart."
    ),
    "measure.not_linear": N_(
        "The areas do not follow a straight line, so no closing time is given. Look at the chart."
    ),
    "measure.too_few_visits": N_("This rate needs at least {needed} measured visits."),
    "measure.not_measured": N_(
        "The wound was not measured at one of these visits. Choose visits that have a size."
    ),
    "measure.methods_differ": N_(
        "These sizes were taken in different ways and cannot be compared. Choose two of one kind."
    ),
}
