"""A later photo of a wound brought onto an earlier one by the skin around the wound, or refused.

First guesses come from the skin as a whole, else from single marks; each is tried with the patches
of the coarsest level, and the one that these tell likeliest goes on to finer ones. Neither the
wound (it changes) nor the card or ruler (it lies elsewhere) is looked at. What a round limb adds
to a homography is kept beside it. Refused is what would not surely be good at the wound's margin.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeGuard

import numpy as np
from numpy.typing import NDArray

from woundtrack.align.candidates import by_marks, by_skin
from woundtrack.align.marks import View
from woundtrack.align.patches import (
    FEWEST,
    LEVELS,
    Fit,
    Level,
    Subject,
    fit_at,
    likeness,
    next_matrix,
)
from woundtrack.align.raster import RIM, inverse, layers, no_skin
from woundtrack.align.types import Alignment, AlignMethod, Bend
from woundtrack.errors import AlignError
from woundtrack.outline.rings import bounds
from woundtrack.outline.types import Outline
from woundtrack.scale.types import Scale, fit_homography, matrix3, projected

Floats = NDArray[np.float64]

AROUND, NARROWEST = 0.8, 0.13
"""Skin so far round the wound is looked at, in lengths of the wound; at least so far, in parts
of the photo's longest side."""
WINDOWS = (1.0, 1.7)
"""Where the skin so near tells too little, that which is farther may tell more."""
LIKELY, AGAIN = 3, 2
"""So many guesses are looked at again, and so often."""
LEAST_ALIKE = 9.0
"""In sds of skin laid beside itself: no other skin of 83 pairs had more than 6.4."""
WIDEST_GAP_DEG = 180.0
MOST_MARGIN_MM = 2.5
MOST_MARGIN, MOST_FRAME = 0.08, 0.0125
"""Without a scale: as part of the wound's length, and of the photo's longest side, which shows
10 to 20 cm as a rule."""
RADIAL_95 = 2.4477
"""So many sd of one direction hold 95 % of what scatters alike in both (√χ²₂)."""
FEW_SECTORS = 1.2575
"""Eight sectors tell an sd with seven degrees of freedom: so much farther out lie 95 % of what it
tells (√(2 F) of 2 and 7 degrees to √χ²₂)."""
NODES = 25
MARGIN_POINTS = 120


@dataclass(frozen=True, slots=True, eq=False)
class Margin:
    """The wound's margin in the earlier photo, and its size."""

    points: Floats
    length: float

    @property
    def middle(self) -> Floats:
        """The middle of its box."""
        centre: Floats = (self.points.min(axis=0) + self.points.max(axis=0)) / 2
        return centre


def unwatched() -> None:
    """Nobody watches."""


def aligned(
    earlier: View, later: View, *, wound: Outline, later_wound: Outline | None = None,
    watch: Callable[[], None] = unwatched,
) -> Alignment:  # fmt: skip
    """The map from the earlier photo to the later one at the wound's margin.

    `watch` is called between two steps of some tenths of a second: what it raises ends the work.
    Raises OutlineError outline.empty; AlignError align.not_alike where no motion is sure,
    align.one_side, align.margin_unsure, align.margin_unsure_px where the margin's is not.
    """
    margin = margin_of(wound)
    theirs = later_wound if later_wound is not None and later_wound.rings else None
    refused = AlignError("align.not_alike")
    for wider in WINDOWS:
        subject = _subject(earlier, later, wound, theirs, margin, wider)
        for guesses in _guesses(subject, earlier, later, theirs, watch):
            fit = _best(subject, guesses, watch)
            try:
                if fit is not None:
                    per_px = mm_per_px(earlier.scale, later.scale, fit.matrix, margin)
                    return _sure(fit, margin, per_px, max(earlier.pixels.shape[:2]))
            except AlignError as error:
                refused = error
    raise refused


def _guesses(
    subject: Subject, earlier: View, later: View, theirs: Outline | None,
    watch: Callable[[], None],
) -> Iterator[list[Floats]]:  # fmt: skip
    """First guesses by the skin as a whole; by single marks, which take longer, where asked."""
    yield by_skin(subject, earlier, later, theirs, watch=watch)
    watch()
    yield by_marks(subject, earlier, later)


def _sure(fit: Fit, margin: Margin, per_px: float | None, longest_px: int) -> Alignment:
    own, left_out = fit.field.sd_at(margin.points), fit.field.left_out_sd_at(margin.points)
    sds = np.hypot(own, FEW_SECTORS * left_out)
    found = told(fit, margin, per_px, method=AlignMethod.SKIN, sds=sds)
    if found.widest_gap_deg > WIDEST_GAP_DEG:
        raise AlignError("align.one_side", gap_deg=round(found.widest_gap_deg))
    return checked(found, margin, longest_px)


def _subject(
    earlier: View, later: View, wound: Outline, theirs: Outline | None, margin: Margin, wider: float
) -> Subject:  # fmt: skip
    reach = wider * max(AROUND * margin.length, NARROWEST * max(earlier.pixels.shape[:2]))
    width = margin.length + 2 * reach
    then, now = (
        layers(view.pixels, no_skin(view.pixels, outline, view.scale, rim_px=RIM * width))
        for view, outline in ((earlier, wound), (later, theirs))
    )
    return Subject(then, now, margin.middle, width)


def margin_of(wound: Outline) -> Margin:
    """Points all along the outline, be its corners few or many; OutlineError outline.empty."""
    left, top, right, bottom = bounds(wound)
    rings = [np.array(ring, dtype=np.float64) for ring in wound.rings if ring]
    around = sum(float(np.hypot(*(np.roll(ring, -1, axis=0) - ring).T).sum()) for ring in rings)
    points = np.concatenate([finer(ring, around / MARGIN_POINTS) for ring in rings])
    return Margin(points[:: len(points) // MARGIN_POINTS or 1], max(right - left, bottom - top))


def finer(ring: Floats, longest_px: float) -> Floats:
    """The ring (N, 2) with sides no longer than that."""
    parts = []
    for start, end in zip(ring, np.roll(ring, -1, axis=0), strict=True):
        count = max(1, int(np.ceil(np.linalg.norm(end - start) / max(longest_px, 1e-6))))
        parts.append(start + (end - start) * (np.arange(count) / count)[:, None])
    return np.concatenate(parts)


def checked(found: Alignment, margin: Margin, longest_px: int) -> Alignment:
    """The alignment, or AlignError where it is not surely good at the margin."""
    if found.margin_mm is not None:
        if found.margin_mm > MOST_MARGIN_MM:
            raise AlignError(
                "align.margin_unsure",
                off_mm=round(found.margin_mm, 1),
                most_mm=MOST_MARGIN_MM,
            )
    elif found.margin_px > min(MOST_MARGIN * margin.length, MOST_FRAME * longest_px):
        raise AlignError("align.margin_unsure_px", off_px=round(found.margin_px))
    return found


def mm_per_px(
    earlier: Scale | None, later: Scale | None, matrix: Floats, margin: Margin
) -> float | None:
    """Mm for a px of the earlier photo at the wound, by its own scale, else by the later one's."""
    x, y = margin.middle
    if earlier is not None:
        return earlier.mm_per_px_at((float(x), float(y)))
    if later is None:
        return None
    corners = margin.middle + np.array([[-1, 0], [1, 0], [0, -1], [0, 1.0]])
    there = later.to_mm(projected(matrix, corners))
    sides = np.stack([there[1] - there[0], there[3] - there[2]]) / 2
    return float(np.sqrt(abs(np.linalg.det(sides))))


def _best(subject: Subject, matrices: list[Floats], watch: Callable[[], None]) -> Fit | None:
    """The first guess that patches tell likeliest, made finer; None where too few agree."""
    fits = []
    for matrix in matrices:
        watch()
        fits.append(fit_at(subject, LEVELS[0], matrix))
    for _ in range(AGAIN):  # the coarsest again, from where it led: what is right draws more in
        likely = sorted(filter(_enough, fits), key=_evidence, reverse=True)[:LIKELY]
        watch()
        fits = [_finer(subject, LEVELS[0], fit) for fit in likely]
    fit = max(filter(_enough, fits), key=_evidence, default=None)
    for level in LEVELS[1:]:
        watch()
        fit = _finer(subject, level, fit) if _enough(fit) else None
    if not _enough(fit) or likeness(subject, fit, LEVELS[1]) < LEAST_ALIKE:
        return None
    return fit


def _enough(fit: Fit | None) -> TypeGuard[Fit]:
    return fit is not None and int(fit.agree.sum()) >= FEWEST


def _evidence(fit: Fit) -> float:
    return fit.field.evidence


def _finer(subject: Subject, level: Level, fit: Fit) -> Fit | None:
    return fit_at(subject, level, next_matrix(fit), fit)


def told(
    fit: Fit, margin: Margin, per_px: float | None, *, method: AlignMethod, sds: Floats
) -> Alignment:  # fmt: skip
    """What a fit says at the margin, whose points are off by one sd (N,) in one direction."""
    field, places = fit.field, fit.field.places[fit.agree]
    there = fit.to_later(margin.points)
    homography = fit_homography(margin.points, there)
    off = field.at(places) - field.moved[fit.agree]
    apart = projected(inverse(homography), there) - margin.points
    return Alignment(
        method,
        matrix3(homography),
        _bend(fit, homography),
        int(fit.agree.sum()),
        fit.tried,
        widest_gap_deg(places, margin.middle),
        float(np.sqrt((off**2).sum(axis=1).mean())),
        RADIAL_95 * float(sds.max()),
        float(np.percentile(np.linalg.norm(apart, axis=1), 95)),
        per_px,
    )


def _bend(fit: Fit, homography: Floats) -> Bend:
    """What the fit adds to a homography, over the window."""
    left, top = fit.field.middle - fit.field.width / 2
    right, bottom = fit.field.middle + fit.field.width / 2
    x, y = np.linspace(left, right, NODES), np.linspace(top, bottom, NODES)
    nodes = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    more = (fit.to_later(nodes) - projected(homography, nodes)).reshape(NODES, NODES, 2)
    right_px, down_px = (
        tuple(tuple(float(value) for value in row) for row in more[..., axis]) for axis in (0, 1)
    )
    return Bend((float(left), float(top), float(right), float(bottom)), right_px, down_px)


def widest_gap_deg(places: Floats, middle: Floats) -> float:
    """The widest sector about a middle without any of the places (N, 2)."""
    if not len(places):
        return 360.0
    angles = np.sort(np.degrees(np.arctan2(*(places - middle).T[::-1])))
    return float(np.max(np.diff(angles, append=angles[0] + 360.0)))
