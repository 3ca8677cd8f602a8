"""What is said of an outline that fails, by code."""

from woundtrack.words import N_

SENTENCES: dict[str, str] = {
    "outline.empty": N_("The outline encloses nothing. Draw around the wound first."),
    "outline.too_few_points": N_("An outline needs at least three points. Go on drawing."),
    "outline.crosses_itself": N_(
        "The outline crosses itself, so its area has no meaning. "
        "Move the points where the lines cross."
    ),
    "outline.outside_photo": N_(
        "The outline leaves the photo. Move its points inside, or check that it is for this photo."
    ),
    "outline.click_outside": N_(
        "The click is not in the photo. Give it in pixels of the upright photo."
    ),
    "outline.file_unreadable": N_(
        "The outline file cannot be read. It must hold rings of points: [[[x, y], …], …]."
    ),
    "outline.file_too_large": N_(
        "The outline file holds more than {rings} rings or {points} points. Simplify it."
    ),
    "outline.network_unreadable": N_(
        "The outline network's file cannot be read. Have it installed again, or remove it: "
        "without it proposals go by colours alone."
    ),
    "outline.no_tissue_network": N_(
        "Tissues cannot be proposed: the tissue network's file is not installed. "
        "Paint them by hand, or have it installed."
    ),
    "outline.tissue_unreadable": N_(
        "The tissue network's file cannot be read. Have it installed again, or paint by hand."
    ),
    "outline.tissue_elsewhere": N_(
        "The outline was changed since the tissues were mapped. Propose them again."
    ),
    "outline.tissue_incomplete": N_(
        "Part of the outline has no tissue yet. Paint it, or have it proposed."
    ),
    "outline.nothing_found": N_(
        "No wound could be outlined with confidence. Click in the wound or draw around it."
    ),
    "outline.ring_needs_three": N_(
        "A ring needs at least three points. Add points, or delete the whole ring."
    ),
    "outline.hole_outside": N_("The hole lies beside the outline. Draw it inside the wound."),
    "outline.not_alike": N_(
        "The last photo’s outline could not be carried over: too little of the same skin is seen. "
        "Click in the wound, or draw round it."
    ),
    "outline.drawn_across": N_(
        "The line crosses itself where marked, so it was not taken. Go round the crossing."
    ),
}
