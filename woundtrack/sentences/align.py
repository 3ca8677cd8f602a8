"""What is said of photos that cannot be brought onto each other, by code."""

from woundtrack.words import N_

SENTENCES: dict[str, str] = {
    "align.not_alike": N_(
        "The two photos could not be laid on each other: too little of the same skin was found. "
        "Click two or three pairs of points that are in both."
    ),
    "align.one_side": N_(
        "The same skin was found on one side of the wound only ({gap_deg}° have none). "
        "Click pairs of points on its other sides."
    ),
    "align.margin_unsure": N_(
        "The photos lie on each other to {off_mm} mm only at the wound’s margin, more than "
        "{most_mm} mm. Click pairs of points near the wound, all around it."
    ),
    "align.margin_unsure_px": N_(
        "The photos lie on each other to {off_px} pixels only at the wound’s margin, which is "
        "too little. Click pairs of points near the wound, all around it."
    ),
    "align.too_few_points": N_(
        "One pair of points tells no turn and no size. Click two pairs or three."
    ),
    "align.point_outside": N_(
        "A point is not in its photo. Give points in pixels of the upright photos."
    ),
    "align.points_together": N_(
        "Two of the points lie too near to each other. Click points far apart, around the wound."
    ),
    "align.points_disagree": N_(
        "By the two scales the distances between the points differ by {percent} %. Check that "
        "each pair is one place of the skin, and check the scales."
    ),
    "align.no_outline": N_(
        "The first photo has no outline of this wound, so nothing tells where the others should "
        "fit it. Outline it, or choose another first photo."
    ),
    "align.no_scale": N_(
        "Neither photo has a scale, so that gained and lost areas are not known. Give one a scale."
    ),
}
