"""The scale from the printed card: its tags found, their sides located, the camera fitted."""

from dataclasses import replace

import numpy as np

from woundtrack.errors import ScaleError
from woundtrack.photo.types import Photo, Pixels
from woundtrack.scale import card_layout as design
from woundtrack.scale.camera import K1_SD, Fit, Lines, camera_prior, fit_camera
from woundtrack.scale.card_edges import CELL_MM, Edges, find_edges
from woundtrack.scale.card_tags import FoundCard, find_cards
from woundtrack.scale.choose import checked
from woundtrack.scale.types import PointPx, Scale, ScaleMethod, fit_homography
from woundtrack.scale.warnings import RUN_UNCHECKED

METHOD_VERSION = "card-1"
LEAST_TAGS = 3
MOST_TILT_DEG = 40.0
NOISE_FLOOR_PX = 0.03
"""The least sd believed of one located piece of a tag's side."""
CORRELATED = 2.0
"""Pieces of one side share their slips, and a real lens is not quite the model's."""
MOST_BEND_MM = 0.1
"""Residuals in mm, as root mean square, beyond which a card is refused as bent or crumpled: a
sagitta of some 2 mm seen at 25°. Flat ones leave 0.001."""
LEAST_BEND_MM, LEAST_BEND_PX = 0.02, 0.2
"""Beyond both, it is told that the card is not quite flat (0.5 mm at 25°)."""
MOST_LOST = 0.15
"""The fraction of located pieces that may lie off the flat card: glare and fingers are few."""
BEND_SPAN_MM = 9.0
"""Residuals of a bent card go together over a tag: one sd of them in mm, over this many mm, is
taken as its share in the doubt of a length (rendered bends of 0.5 to 3 mm err by less)."""
MOST_LENS_SD = 3.5
"""A lens term farther than this from what lenses have is a bent card seen square-on."""
WIDEST_EDGE_CELLS = 0.75
"""A border blurred beyond this, from 20 to 80 %, is no longer located well."""
SOFT_EDGE_CELLS = 0.3
"""Where borders are wider than this and do not fit a flat card, blur is to blame, not a bend."""
PRINT_RELATIVE_SD = 0.002
"""What is left of the print after its 100 mm line was measured: the reading, and the other way."""
HEIGHT_SD_MM = 0.5
"""One sd of how much nearer the card lies to the camera than the wound's plane, or farther."""
_BOXES = {tag.id: tag.box for tag in design.TAGS}


def find_card(pixels: Pixels, photo: Photo) -> Scale:
    """The scale from the card in an upright photo.

    Of several cards that of the one nearest the photo's middle counts, and it is told where
    another disagrees. Raises ScaleError scale.no_card, scale.card_partial, scale.blurred,
    scale.tilt_beyond, scale.card_bent.
    """
    cards = find_cards(pixels)
    if not cards:
        raise ScaleError("scale.no_card")
    scales, refusal = [], None
    for card in _nearest_middle(cards, photo):
        try:
            scales.append(_card_scale(pixels, photo, card))
        except ScaleError as error:
            refusal = refusal or error
    if not scales:
        raise refusal or ScaleError("scale.no_card")
    return checked(scales[0], scales[1:])


def _nearest_middle(cards: list[FoundCard], photo: Photo) -> list[FoundCard]:
    """The cards with enough tags, whose middle lies nearest the photo's first; else the best."""
    whole = [card for card in cards if len(card) >= LEAST_TAGS]
    middle = np.array([(photo.width_px - 1) / 2, (photo.height_px - 1) / 2])

    def away(card: FoundCard) -> float:
        places = [tag.corners_px.mean(axis=0) for tag in card]
        return float(np.linalg.norm(np.mean(places, axis=0) - middle))

    return sorted(whole, key=away) or cards[:1]


def patch_centres_px(scale: Scale) -> dict[str, PointPx]:
    """Where the card's colour and neutral patches lie in the photo, by their keys."""
    centres = scale.to_px([patch.box.centre_mm for patch in design.PATCHES])
    keys = [patch.key for patch in design.PATCHES]
    return {key: (float(x), float(y)) for key, (x, y) in zip(keys, centres, strict=True)}


def _card_scale(pixels: Pixels, photo: Photo, card: FoundCard) -> Scale:
    if len(card) < LEAST_TAGS:
        raise ScaleError("scale.card_partial", found=len(card))
    edges = find_edges(pixels, card)
    _check_sharp(edges, card)
    fit, focal_odd = _fit(edges, photo, card)
    if fit.tilt_deg > MOST_TILT_DEG:
        raise ScaleError("scale.tilt_beyond", tilt_deg=round(fit.tilt_deg))
    scale = _scale(fit, card)
    middle_px = _middle_px(scale)
    curved = _curved(fit, edges, mm_per_px=scale.mm_per_px_at(middle_px))
    warnings = (
        RUN_UNCHECKED,
        *(("scale.card_tag_missing",) if len(card) < len(design.TAGS) else ()),
        *(("scale.focal_disagrees",) if focal_odd else ()),
        *(("scale.card_curved",) if curved else ()),
    )
    bend_sd = fit.noise_px * scale.mm_per_px_at(middle_px) / BEND_SPAN_MM
    scale = replace(scale, common_relative_sd=float(np.hypot(scale.common_relative_sd, bend_sd)))
    return replace(
        scale,
        relative_sd=scale.relative_sd_at(middle_px),
        warnings=warnings,
        card_run=_run_number(pixels, scale),
    )


def _check_sharp(edges: Edges, card: FoundCard) -> None:
    """Refuse where the borders cannot be located well, on any of three tags."""
    sides = {
        tag.id: {
            (int(axis), float(value))
            for axis, value, tag_id in zip(edges.axis, edges.value_mm, edges.tag_id, strict=True)
            if tag_id == tag.id
        }
        for tag in card
    }
    if sum(len(found) >= 3 for found in sides.values()) < LEAST_TAGS:
        raise ScaleError("scale.blurred")
    if float(np.median(edges.width_mm)) > WIDEST_EDGE_CELLS * CELL_MM:
        raise ScaleError("scale.blurred")


def _fit(edges: Edges, photo: Photo, card: FoundCard) -> tuple[Fit, bool]:
    """The camera over the card, and whether its EXIF focal length had to be given up."""
    lines = Lines(edges.points_px, edges.axis, edges.value_mm, edges.outward)
    corners_px = np.vstack([tag.corners_px for tag in card])
    corners_mm = np.vstack([np.array(_BOXES[tag.id].corners_mm) for tag in card])
    start = fit_homography(corners_px, corners_mm)

    def fitted(*, trust_focal: bool) -> Fit:
        return fit_camera(
            lines,
            camera_prior(photo, trust_focal=trust_focal),
            start_px_to_mm=start,
            noise_floor_px=NOISE_FLOOR_PX,
            correlated=CORRELATED,
        )

    fit = fitted(trust_focal=True)
    if photo.focal_px is not None and fit.focal_deviation > 3.0:
        return fitted(trust_focal=False), True  # cropped or zoomed after it was taken
    return fit, False


def _scale(fit: Fit, card: FoundCard) -> Scale:
    return Scale(
        method=ScaleMethod.CARD,
        homography_px_to_mm=fit.homography_px_to_mm,
        relative_sd=0.0,
        tilt_deg=fit.tilt_deg,
        lens=fit.lens,
        marks_px=tuple((float(x), float(y)) for tag in card for x, y in tag.corners_px),
        method_version=METHOD_VERSION,
        shifts=fit.shifts(),
        anchor_mm=(design.GRADUATION_LEFT_MM, design.HEIGHT_MM),
        common_relative_sd=float(np.hypot(PRINT_RELATIVE_SD, HEIGHT_SD_MM / fit.distance_mm)),
    )


def _curved(fit: Fit, edges: Edges, *, mm_per_px: float) -> bool:
    """Whether the card is not quite flat; refused where it is far from it."""
    lost = 1.0 - float(fit.inliers.mean())
    left_mm = fit.noise_px * mm_per_px
    if left_mm > MOST_BEND_MM or lost > MOST_LOST:
        soft = float(np.percentile(edges.width_mm, 75)) > SOFT_EDGE_CELLS * CELL_MM
        raise ScaleError("scale.blurred" if soft else "scale.card_bent")
    bent = left_mm > LEAST_BEND_MM and fit.noise_px > LEAST_BEND_PX
    return bent or abs(fit.lens.k1) > MOST_LENS_SD * K1_SD


def _middle_px(scale: Scale) -> PointPx:
    x, y = scale.to_px([(design.WIDTH_MM / 2, design.HEIGHT_MM / 2)])[0]
    return float(x), float(y)


def _run_number(pixels: Pixels, scale: Scale) -> int | None:
    """The print run in the card's code, read from the code's square alone."""
    import cv2

    from woundtrack.photo.code import find_codes

    margin_mm, px_per_mm = 1.6, 14.0
    side_px = round((design.QR.width_mm + 2 * margin_mm) * px_per_mm)
    low_mm = np.array([design.QR.left_mm, design.QR.top_mm]) - margin_mm
    square_px = np.array([(0, 0), (side_px, 0), (side_px, side_px), (0, side_px)], dtype=float)
    corners_px = scale.to_px(square_px / px_per_mm + low_mm)
    # The matrix takes px of the small square to px of the photo, as WARP_INVERSE_MAP wants.
    to_photo = fit_homography(square_px, corners_px)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    square = cv2.warpPerspective(pixels, to_photo, (side_px, side_px), flags=flags)
    runs = [
        code.run_number
        for code in find_codes(np.asarray(square, dtype=np.uint8))
        if code.run_number is not None
    ]
    return runs[0] if runs else None
