"""Skin that bends away beside a ruler, where a limb's two sides do not tell how round it is.

Light that falls unevenly on flat skin slants over the frame, or fades round a lamp's middle as
much along as across. Skin round a limb darkens across the limb alone, faster and faster on either
side of where it faces the camera. How round it is this does not tell, for it hangs on the light as
well; that the skin is not in the ruler's plane it does.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from woundtrack.scale.limb.sheet import ANGLES_DEG, COLUMNS, ROWS, Sheet

Floats = NDArray[np.float64]
Floats32 = NDArray[np.float32]
Bools = NDArray[np.bool_]

NEAR_MM = (3.0, 45.0)
"""The colour that most of the photo has so near beside the ruler is the skin's."""
COLOUR_REACH, COLOUR_BINS = 1.5, 60
SPREADS, UNLIKE = 4.0, (0.04, 0.1)
"""What differs by so many times the skin's usual spread is not skin; within these bounds, in
logarithms of red to green and of green to blue."""
LEAST_SEEN, LEAST_FITTED = 200, 100
MARGINS_MM = (7.0, 3.0)
"""A border's shadow, or a rounded rim, darkens what is near; the second where little is left."""
REACH_MM, EVERY = 80.0, 2
"""Skin farther off tells of other parts of the body; so many of the sheet's columns are enough."""
ROUNDS, CUT, LEAST_OFF = 5, 1.5, 0.005
STIFF = np.diag([0.0, 0.0, 0.0, 0.0, 20.0, 20.0, 20.0])
"""What bends otherwise than across is 0 where a narrow strip of skin does not tell it."""
UNIT_MM, LEAST_PART = 40.0, -0.2
BENT, SIDED_BENT, NARROW_BENT = 0.1, 0.04, 0.2
FALLEN, SIDED_FALLEN = 0.065, 0.025
STRAIGHT, TRIED = 0.8, 12
"""How far the rows must agree on a side of the limb; of so many borders."""
LEAST_INSIDE, MOST_OUTSIDE, ASIDE = 0.6, 0.2, 4
MOST_ASKEW_RAD = float(np.radians(15.0))


@dataclass(frozen=True, slots=True)
class Fall:
    """How light falls away across the ruler, in logarithms, more than it does along."""

    bent: float
    """At `UNIT_MM` from where it is brightest."""
    least_bent: float
    """The same by how it bends where it bends least: at a rounded rim of flat skin none is left."""
    fallen: float
    """Half across what is seen."""
    askew_rad: float


def bends_away(sheet: Sheet, agreed: Floats) -> bool:
    """Whether the skin beside a ruler darkens as that of a limb along which the ruler lies.

    Either so much that light alone hardly makes it, or less with a straight side to be seen:
    `agreed` is what `sheet.borders` makes of the sheet.
    """
    skin = _skin(sheet)
    fall = None if skin is None else _fall(sheet, skin)
    if (
        skin is None
        or fall is None
        or fall.least_bent < LEAST_PART * fall.bent
        or fall.askew_rad > MOST_ASKEW_RAD
    ):
        return False
    if fall.bent > BENT and fall.fallen > FALLEN:
        return True
    some = fall.bent > NARROW_BENT or (fall.bent > SIDED_BENT and fall.fallen > SIDED_FALLEN)
    return some and _has_side(sheet, skin, agreed)


def _skin(sheet: Sheet) -> Bools | None:
    """Where the colour is that of most beside the ruler; None where too little is seen there."""
    off_mm = np.abs(sheet.across_mm)
    near = sheet.seen & ((off_mm > NEAR_MM[0]) & (off_mm < NEAR_MM[1]))
    colours = np.ascontiguousarray(sheet.channels[:, :, 1:])
    span = [-COLOUR_REACH, COLOUR_REACH]
    counts = cv2.calcHist([colours], [0, 1], near.astype(np.uint8), [COLOUR_BINS] * 2, span + span)
    most = np.unravel_index(int(cv2.GaussianBlur(counts, (5, 5), 0).argmax()), counts.shape)
    middle = (np.array(most) + 0.5) * (2 * COLOUR_REACH / COLOUR_BINS) - COLOUR_REACH
    alike = colours[near & (_unlike(colours, middle.astype(np.float32)) < UNLIKE[1])]
    if len(alike) < LEAST_SEEN:
        return None
    usual = np.median(alike, axis=0)
    most_unlike = np.clip(SPREADS * float(np.median(_unlike(alike, usual))), *UNLIKE)
    return np.asarray(sheet.seen & (_unlike(colours, usual) < most_unlike))


def _unlike(colours: Floats32, usual: Floats32) -> Floats32:
    off = np.abs(colours - usual)
    most: Floats32 = np.maximum(off[..., 0], off[..., 1])
    return most


def _fall(sheet: Sheet, skin: Bools) -> Fall | None:
    """The fall of light over skin clear of its borders; None where too little is left."""
    reached = np.abs(sheet.across_mm) < REACH_MM, np.abs(sheet.along_mm) < REACH_MM
    for margin_mm in MARGINS_MM:
        inner = _inner(sheet, skin, margin_mm) & reached[0] & reached[1][:, None]
        rows, columns = np.nonzero(inner[:, ::EVERY])
        if len(rows) >= LEAST_FITTED:
            across = sheet.across_mm[::EVERY][columns] / UNIT_MM
            along = sheet.along_mm[rows] / UNIT_MM
            light = sheet.channels[rows, EVERY * columns, 0].astype(np.float64)
            return _fitted(across, along, light)
    return None


def _inner(sheet: Sheet, skin: Bools, margin_mm: float) -> Bools:
    """The skin without what is near to anything else; specks, hairs and the frame are nothing."""
    filled = (skin | ~sheet.seen).astype(np.uint8)
    whole = cv2.morphologyEx(filled, cv2.MORPH_CLOSE, np.ones((3, 5), np.uint8))
    steps = [each[1] - each[0] for each in (sheet.along_mm, sheet.across_mm)]
    size = [2 * max(1, round(margin_mm / step)) + 1 for step in steps]
    inner = cv2.erode(whole, np.ones(size, np.uint8))
    return np.asarray((inner > 0) & skin)


def _fitted(across: Floats, along: Floats, light: Floats) -> Fall:
    """A quadric of the light, and a cubic across, by least squares with outliers weighed down."""
    terms = np.stack(
        [np.ones(len(light)), across, along, across**2, across * along, along**2, across**3]
    )
    weight: Floats = np.ones(len(light))
    found: Floats = np.zeros(len(terms))
    for _ in range(ROUNDS):
        weighed = terms * weight
        solved = np.linalg.solve(weighed @ terms.T + STIFF, weighed @ light)
        found = np.asarray(solved, dtype=np.float64)
        off = np.abs(found @ terms - light)
        weight = 1 / np.maximum(1.0, off / max(CUT * float(np.median(off)), LEAST_OFF))
    places = np.percentile(across, [10, 50, 90])
    bent = -found[3] - 3 * found[6] * places - max(-found[5], 0.0)
    return Fall(
        bent=float(bent[1]),
        least_bent=float(bent.min()),
        fallen=float(bent[1] * (0.5 * (places[2] - places[0])) ** 2),
        askew_rad=float(0.5 * np.arctan2(abs(found[4]), found[5] - found[3])),
    )


def _has_side(sheet: Sheet, skin: Bools, agreed: Floats) -> bool:
    """Whether a straight border beside the ruler has skin within and none beyond."""
    beside = np.abs(sheet.across_mm) > sheet.half_ruler_mm
    angles, columns = np.nonzero((agreed > STRAIGHT) & beside)
    rows = np.arange(ROWS)
    for k in np.argsort(-agreed[angles, columns])[:TRIED]:
        border = sheet.shifted(float(ANGLES_DEG[angles[k]]))[:, columns[k]]
        out = ASIDE * int(np.sign(sheet.across_mm[columns[k]]))
        within = (border - ASIDE >= 0) & (border + ASIDE < COLUMNS)
        inner, outer = np.clip([border - out, border + out], 0, COLUMNS - 1)
        within &= sheet.seen[rows, inner] & sheet.seen[rows, outer]
        parts = [float(skin[rows, each][within].mean()) for each in (inner, outer) if within.any()]
        if parts and parts[0] > LEAST_INSIDE and parts[1] < MOST_OUTSIDE:
            return True
    return False
