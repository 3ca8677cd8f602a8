"""What a scale warns of, in words, and what the check of a card's print run makes of it."""

from dataclasses import replace

import numpy as np

from woundtrack.errors import ScaleError
from woundtrack.records import CardRun
from woundtrack.scale.types import Matrix3, Scale, ScaleMethod, matrix3
from woundtrack.words import N_

RUN_UNCHECKED = "scale.run_unchecked"
"""Every card's scale carries it until the run's check is known."""
CHECK_LINE_MM = 100.0

WARNINGS: dict[str, str] = {
    "scale.card_curved": N_(
        "The card does not lie quite flat, or the lens bends the picture; the scale is less "
        "certain. Check the grid."
    ),
    "scale.card_tag_missing": N_(
        "One of the card's four squares is hidden or blurred; the scale rests on the other three."
    ),
    "scale.card_ruler_disagree": N_(
        "The card and the ruler give different lengths. Check that both lie flat beside the wound."
    ),
    "scale.references_disagree": N_(
        "Two references in the photo give different lengths. Check that each lies flat beside the "
        "wound, in its plane, and that the size given is right."
    ),
    "scale.dot_tilt_open": N_(
        "A coin or dot does not show which way the camera was tilted. Lay it close to the wound: "
        "the farther off, the less certain the area."
    ),
    "scale.reference_glare": N_(
        "Glare hides part of the ruler or other reference. Check the grid, or move the lamp and "
        "take the photo again."
    ),
    "scale.reference_blurred": N_(
        "The photo is blurred where the scale was read. Check the grid, or take it again in focus."
    ),
    "scale.wound_blurred": N_(
        "The wound is less sharp than the ruler or other reference. It may lie deeper, or out of "
        "focus: take the photo again, focused on the wound."
    ),
    "scale.reference_far": N_(
        "The ruler or other reference lies far from the wound, so the area is less certain. "
        "Lay it flat beside the wound, in its plane."
    ),
    "scale.reference_cut": N_(
        "The ruler or other reference runs out of the photo. Take all of it in, if there is room."
    ),
    "scale.wound_larger": N_(
        "The wound is larger than what the scale was read from, so the area is less certain. "
        "Use a longer ruler, or the card."
    ),
    "scale.focal_unknown": N_(
        "The photo does not tell its focal length, or was cropped: the camera's tilt is less "
        "certain."
    ),
    "scale.curved_surface": N_(
        "The ruler lies on a curved surface. The limb is taken as evenly round, and the area "
        "follows its skin: it is less certain."
    ),
    "scale.rulers_apart": N_(
        "Two rulers in the photo do not lie in one plane, so the scale is less certain. "
        "Lay them flat beside the wound."
    ),
    "scale.unit_named": N_("The unit of the ruler was named by hand."),
    "scale.unit_disputed": N_(
        "Another edge of a ruler in the photo speaks against the unit named by hand. "
        "Check the grid."
    ),
    "scale.ruler_reads_otherwise": N_(
        "Read by the program alone, the ruler gives other lengths. Check the grid, and the unit "
        "that was named."
    ),
    "scale.cards_disagree": N_(
        "Two cards in the photo give different lengths. Check that both lie flat beside the wound."
    ),
    "scale.focal_disagrees": N_(
        "The photo seems to be cropped or zoomed after it was taken; the scale is a little less "
        "certain."
    ),
    RUN_UNCHECKED: N_(
        "The 100 mm line of this card's print run has not been checked yet. Measure it once."
    ),
    "scale.sides_unsure": N_(
        "It cannot be seen which side of the rectangle is the long one. Check the grid."
    ),
    "scale.tilt_unknown": N_(
        "Two points do not show the camera's tilt: areas may be off by several per cent."
    ),
}
"""By code; the sentence in English, to be translated when shown."""


def with_run_check(scale: Scale, run: CardRun | None) -> Scale:
    """The scale of a card with what is known of its print run.

    None, or a run not yet checked: unchanged, it goes on warning. Accepted: the warning goes, and
    lengths are taken as the 100 mm line measured. Refused: ScaleError scale.run_refused. Scales
    of other methods, and those whose run is already accounted for, are returned as they are.
    """
    if scale.method is not ScaleMethod.CARD or RUN_UNCHECKED not in scale.warnings:
        return scale
    if run is None or run.accepted is None:
        return scale
    if not run.accepted:
        raise ScaleError("scale.run_refused", run=run.number)
    factor = (run.measured_mm or CHECK_LINE_MM) / CHECK_LINE_MM
    return replace(
        scale,
        homography_px_to_mm=_enlarged(scale.homography_px_to_mm, factor),
        shifts=tuple(
            replace(shift, homography_px_to_mm=_enlarged(shift.homography_px_to_mm, factor))
            for shift in scale.shifts
        ),
        anchor_mm=(scale.anchor_mm[0] * factor, scale.anchor_mm[1] * factor),
        warnings=tuple(code for code in scale.warnings if code != RUN_UNCHECKED),
    )


def _enlarged(matrix: Matrix3, factor: float) -> Matrix3:
    return matrix3(np.diag([factor, factor, 1.0]) @ np.array(matrix))
