"""What is said of a scale that fails, by code."""

from woundtrack.words import N_

SENTENCES: dict[str, str] = {
    "scale.unknown_wish": N_(
        "“{text}” is no scale. Give auto, card, ruler, none, two points and their distance as "
        "“x1,y1,x2,y2=MM”, or see woundtrack measure --help."
    ),
    "scale.no_card": N_(
        "No card was found in the photo. Show all four of its squares, or choose another scale."
    ),
    "scale.card_partial": N_(
        "Only part of the card can be read: its squares are hidden or cut off. "
        "Take the photo again with all four in view, or click two marks of its edge."
    ),
    "scale.card_bent": N_(
        "The card does not lie flat. Lay it flat in the wound's plane and take the photo again."
    ),
    "scale.blurred": N_(
        "The photo is too blurred for its scale to be read. Take it again, or click two marks."
    ),
    "scale.tilt_beyond": N_(
        "The camera was tilted by {tilt_deg}°, too much for a true area. "
        "Take the photo again, square on to the wound."
    ),
    "scale.none_found": N_(
        "Neither a card nor a ruler was found. Click two marks of known distance, "
        "or keep the photo without a scale."
    ),
    "scale.run_refused": N_(
        "This card is of print run {run}, which was refused because it is not true to size. "
        "Use a card of another run."
    ),
    "scale.mm_not_positive": N_("The length must be a number of millimetres above 0."),
    "scale.implausible": N_(
        "With this length the photo would show less than 3 mm or more than 5 m. "
        "Check the length in millimetres, and the points."
    ),
    "scale.points_outside": N_("A point lies outside the photo. Click inside the photo."),
    "scale.points_too_close": N_(
        "The points are closer together than {least_px} pixels. Choose marks farther apart."
    ),
    "scale.two_points_text": N_(
        "“{text}” is not a scale. Write two points in pixels and the millimetres between them: "
        "x1,y1,x2,y2=MM."
    ),
    "scale.four_corners": N_("A rectangle needs four corners, not {count}. Click all four."),
    "scale.not_convex": N_(
        "The four points are not the corners of a rectangle. Click each of its corners once."
    ),
    "scale.not_a_rectangle": N_(
        "The four points do not fit a rectangle of this size. Check its width and height."
    ),
    "scale.no_dot": N_(
        "Nothing round was found at this point. Click the middle of a coin or dot that lies flat "
        "and is seen whole, or choose another scale."
    ),
    "scale.dot_small": N_(
        "The coin or dot is less than {least_px} pixels wide. Take the photo from nearer, "
        "or choose another scale."
    ),
    "scale.dot_cut": N_(
        "The coin or dot is cut off by the photo's edge. Take the photo again with all of it in "
        "view, or choose another scale."
    ),
    "scale.no_square": N_(
        "No square was found at this point. Click inside a square of one colour that lies flat "
        "and is seen whole, or click its four corners."
    ),
    "scale.square_small": N_(
        "The square's sides are shorter than {least_px} pixels. Take the photo from nearer, "
        "or choose another scale."
    ),
    "scale.square_cut": N_(
        "The square is cut off by the photo's edge. Take the photo again with all of it in view, "
        "or choose another scale."
    ),
    "scale.square_bent": N_(
        "The square does not lie flat, or its sides are not straight. "
        "Lay it flat in the wound's plane and take the photo again."
    ),
    "scale.spot_text": N_(
        "“{text}” is not a scale. Write a place in pixels inside the coin, dot or square and its "
        "size in millimetres: dot:x,y=MM, square:x,y=MM, or square:x,y=WxH."
    ),
    "scale.ruler_text": N_(
        "“{text}” is not a scale. Write what one step of the ruler is in millimetres: ruler:MM."
    ),
    "scale.no_ruler": N_(
        "No ruler was found in the photo. Click two marks of known distance on it, "
        "or take the photo again with the ruler in view."
    ),
    "scale.even_marks": N_(
        "{ticks} even marks were found that tell no unit. If they are a ruler's, say what one step "
        "is; otherwise click two marks of known distance."
    ),
    "scale.too_few_ticks": N_(
        "Too little of the ruler can be read: {ticks} marks. "
        "Click two marks of known distance, or take the photo again with more of it in view."
    ),
    "scale.ambiguous_unit": N_(
        "The ruler's marks were found, but not whether they are millimetres or something else. "
        "Say what one step is, or click two marks of known distance."
    ),
    "scale.steps_disagree": N_(
        "Between the two ends lie {steps} steps, which on no ruler are {length_mm} mm long. "
        "Drag the ends onto two marks, or check the length."
    ),
    "scale.bent": N_(
        "The ruler is not straight or does not lie flat. "
        "Lay it flat in the wound's plane and take the photo again."
    ),
    "scale.on_flank": N_(
        "The ruler lies along a limb, but on its side or askew, where areas would be wrong. Lay it "
        "along the top of the limb beside the wound, and hold the camera over it."
    ),
    "scale.limb_cut": N_(
        "The skin bends away beside the ruler, and the photo does not show how far. Take it again "
        "from farther off, with both sides of the limb in it, or lay a tape round the limb."
    ),
    "scale.rulers_disagree": N_(
        "Two rulers in the photo give different lengths. Choose the one that is right, "
        "or take the photo again with one of them."
    ),
    "scale.too_uncertain": N_(
        "The ruler was read, but its scale is only certain to {percent} %. Use the camera's own "
        "whole photo, or take it again, closer and more square on."
    ),
}
