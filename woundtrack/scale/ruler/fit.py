"""The plane under one or more graduated edges: all stroke ends fitted jointly.

A pinhole camera with one radial term looks at a plane. Each graduation is a short line in it at
a known place along its edge; how far its ends lie across the edge is unknown, but the same for all
of one kind. The lens, focal length and principal point are unknowns held by what is known of
them before, so that their doubt is in the covariance (bundle adjustment: Triggs et al. 2000).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from woundtrack.photo.types import Photo
from woundtrack.scale.ruler import view
from woundtrack.scale.ruler.ladder import (
    LEAST_ACROSS_PX,
    PLACED,
    Ladder,
    between,
    seen_at,
    seen_slopes,
)
from woundtrack.scale.ruler.least import Solution, alike, minimise, weights
from woundtrack.scale.ruler.prior import K1_SD, CameraPrior, prior_of
from woundtrack.scale.ruler.start import placed_in, square_on
from woundtrack.scale.ruler.view import View
from woundtrack.scale.types import Shift

Floats = NDArray[np.float64]

LIMIT, ROUGH_LIMIT = 3.0, 10.0
"""Residuals beyond so many sd lose their weight."""
NO_LIMIT = 1e4
"""For the principal point, which no stray stroke should draw beyond where it can be."""
CENTRE_PRIOR = slice(view.CENTRE.start - view.FOCAL, view.CENTRE.stop - view.FOCAL)
CURVE_SD, ACROSS_SD = 1 / 25.0, np.radians(60.0)
"""How bent (per mm) and how slanted a limb may be."""


@dataclass(frozen=True, slots=True)
class Plane:
    """What the fit found."""

    map: Shift
    """px to mm, with the lens."""
    shifts: tuple[Shift, ...]
    """Its doubt as independent one-sd shifts."""
    tilt_deg: float
    tilt_sd_deg: float
    distance_mm: float
    """From the camera to the middle of the first edge."""
    across_rms_px: float
    """Typical distance of the strokes from where they should be, across them."""
    apart_sd: float
    """The most by which the steps of two edges differ, in sd of what print and height may do."""
    cost: float
    parameters: tuple[float, ...]
    curve_sd: float
    """Of one over the radius of the limb, in parts of it; 0 for a plane."""
    focal_px: float
    focal_sd: float
    """Of its logarithm."""
    spread: tuple[float, float]
    """The sd across and along strokes, in units of those assumed."""
    alike: tuple[float, float]
    """By how much the variance across and along counts more, for neighbours that err alike."""


class PlaneFit:
    """The least squares problem of some edges in one photo.

    With `curved` they lie round a limb that touches the plane at the middle of the first.
    """

    def __init__(
        self,
        ladders: Sequence[Ladder],
        photo: Photo,
        *,
        curved: bool = False,
        known: CameraPrior | None = None,
    ) -> None:
        self.ladders = tuple(ladders)
        self.count = view.CURVED_COUNT if curved else view.COUNT
        diagonal_px = float(np.hypot(photo.width_px, photo.height_px))
        middle_px = np.array([(photo.width_px - 1) / 2, (photo.height_px - 1) / 2])
        known = known or prior_of(photo)
        self.view = View(middle_px, diagonal_px, known.focal_px)
        prior_sd = [known.focal_sd, K1_SD, known.centre_sd, known.centre_sd, CURVE_SD, ACROSS_SD]
        self.prior_sd = np.array(prior_sd[: self.count - view.FOCAL])
        self.across_scale, self.along_scale = 1.0, 1.0
        self.seen = [each.ends_px for each in self.ladders]
        self.bend = [self.view.bend(points) for points in self.seen]
        self.parts = self._parts()

    def _parts(self) -> list[tuple[slice, slice]]:
        """Where each edge's placing and its tips stand among the parameters."""
        parts, at = [], self.count
        for place, ladder in enumerate(self.ladders):
            placed = slice(at, at + (PLACED if place else 0))
            at = placed.stop + ladder.kind_count
            parts.append((placed, slice(placed.stop, at)))
        return parts

    def plane(self, before: Plane | None = None) -> Plane:
        """The best plane; quicker from one `before`, found with all edges but the last."""
        if before is not None:
            x = np.array(before.parameters)
            seen = self.seen[-1] + x[view.K1] * self.bend[-1]
            placed = placed_in(self.view.maps(x[None, : self.count])[0], self.ladders[-1], seen)
            best = self._minimised(np.concatenate([x, placed]), ROUGH_LIMIT, 8)
        else:
            start = square_on(self.ladders[0], self.view, curved=self.count > view.COUNT)
            best = self._minimised(start, ROUGH_LIMIT, 20)
        for _ in range(2):
            self.across_scale, self.along_scale = self._spread(best.x)
            best = self._minimised(best.x, LIMIT, 12)
        return self._described(best, self._covariance(best.x))

    def plane_near(self, found: Plane) -> Plane:
        """The best plane of the same edges and spread under another camera.

        Its cost is minus the logarithm of its likelihood, less where neighbours err alike, over
        all places of the principal point (Laplace's method: MacKay, Information Theory, ch. 27).
        """
        start = np.array(found.parameters)
        start[view.FOCAL] = 0.0
        self.across_scale, self.along_scale = found.spread
        best = self._minimised(start, LIMIT, 8, found.alike)
        covariance = self._covariance(best.x)
        left = covariance[view.CENTRE, view.CENTRE] / self.prior_sd[CENTRE_PRIOR] ** 2
        cost = best.cost - 0.5 * float(np.linalg.slogdet(left)[1])
        return self._described(Solution(best.x, cost), covariance)

    def _minimised(
        self,
        start: Floats,
        limit: float,
        rounds: int,
        alike: tuple[float, float] = (1.0, 1.0),
    ) -> Solution:
        """The search; strokes count less against what was known where neighbours err alike."""
        count = len(self.residuals(start))
        root = np.sqrt(self._repeated(alike, count))
        return minimise(
            lambda x: self.residuals(x) / root,
            lambda x: self.slopes(x) / root[:, None],
            start,
            limit=self._limits(limit, count) / root,
            rounds=rounds,
        )

    def _limits(self, limit: float, count: int) -> Floats:
        """The limit of each of the residuals (N,)."""
        limits = np.full(count, limit)
        seen = sum(2 * len(each) for each in self.seen)
        limits[seen + CENTRE_PRIOR.start : seen + CENTRE_PRIOR.stop] = NO_LIMIT
        return limits

    def residuals(self, x: Floats) -> Floats:
        """Across and along each stroke at both ends, in sd; then what was known before."""
        poses = self.view.poses(x[None, : view.COUNT])
        rows = []
        for place, ladder in enumerate(self.ladders):
            placed, tips = self._numbers(x, place)
            expected = seen_at(poses, ladder.laid(placed, tips), x[view.COUNT : self.count])
            seen = self.seen[place] + x[view.K1] * self.bend[place]
            sd = ladder.sd_px(self.across_scale, self.along_scale)
            rows.append(ladder.off(seen, expected) / sd)
        rows.append(x[view.FOCAL : self.count] / self.prior_sd)
        rows += [between(x[part])[0] for part, _ in self.parts[1:]]
        return np.concatenate(rows)

    def slopes(self, x: Floats) -> Floats:
        """The Jacobian (N, P) of `residuals`."""
        poses, *moved = self.view.pose_and_slopes(x)
        rows = []
        for place, ladder in enumerate(self.ladders):
            placed, tips = self._numbers(x, place)
            laid, laid_slopes = ladder.laid(placed, tips), ladder.laid_slopes(placed, tips)
            curve = x[view.COUNT : self.count]
            expected = seen_at(poses, laid, curve)
            by_view, by_laid = seen_slopes(poses, (moved[0], moved[1]), laid, laid_slopes, curve)
            moves = np.zeros((len(x), *laid.shape))
            moves[: self.count] = by_view
            own = slice(self.parts[place][0].start, self.parts[place][1].stop)
            moves[own] = by_laid[0 if place else PLACED :]
            seen = self.seen[place] + x[view.K1] * self.bend[place]
            sd = ladder.sd_px(self.across_scale, self.along_scale)
            slopes = ladder.off_slopes(seen, expected, moves)
            slopes[:, view.K1] += ladder.off(expected + self.bend[place], expected)
            rows.append(slopes / sd[:, None])
        rows.append(self._prior_slopes(x))
        return np.concatenate(rows)

    def _prior_slopes(self, x: Floats) -> Floats:
        known = len(self.prior_sd)
        rows = np.zeros((known + 2 * len(self.parts[1:]), len(x)))
        rows[np.arange(known), np.arange(view.FOCAL, self.count)] = 1 / self.prior_sd
        for place, (part, _) in enumerate(self.parts[1:]):
            angle, stretch = between(x[part])[1]
            rows[known + 2 * place, part.start] = angle
            rows[known + 2 * place + 1, part.start + 3] = stretch
        return rows

    def _numbers(self, x: Floats, place: int) -> tuple[Floats, Floats]:
        """Placing and tips of an edge; the first lies along the plane's x axis."""
        placed, tips = self.parts[place]
        return (x[placed] if place else np.zeros(PLACED)), x[tips]

    def _split(self, residuals: Floats) -> tuple[list[Floats], list[Floats]]:
        """Of each edge, the residuals across, and along sure ends (in sd); bases, then tips."""
        across, along, at = [], [], 0
        for ladder in self.ladders:
            count = 2 * len(ladder.along_mm)
            sure = np.concatenate([ladder.base_sure, ladder.tip_sure])
            across.append(residuals[at : at + count])
            along.append(residuals[at + count : at + 2 * count][sure])
            at += 2 * count
        return across, along

    def _spread(self, x: Floats) -> tuple[float, float]:
        """The sd across and along in units of those assumed, from the middle residuals."""
        across, along = (np.concatenate(each) for each in self._split(self.residuals(x)))
        # Of few residuals the fit has used up many (degrees of freedom).
        freedom = np.sqrt(len(across) / max(len(across) - view.FOCAL, 1))
        wide = 1.48 * self.across_scale * freedom * float(np.median(np.abs(across)))
        long = 1.48 * self.along_scale * float(np.median(np.abs(along))) if len(along) else 1.0
        return max(wide, 0.5), max(long, 0.15)

    def _described(self, best: Solution, covariance: Floats) -> Plane:
        x = best.x
        typical = float(np.median(np.concatenate([e.across_sd_px for e in self.ladders])))
        views = np.concatenate([x[None, : self.count], self._moved(x, covariance)])
        found, *shifts = self.view.maps(views)
        tilts = self.view.tilts_deg(views)
        origin_mm = self.view.poses(views[:1]).origin_mm[0]
        return Plane(
            map=found,
            shifts=tuple(shifts),
            tilt_deg=float(tilts[0]),
            tilt_sd_deg=float(np.linalg.norm(tilts[1:] - tilts[0])),
            distance_mm=float(np.linalg.norm(origin_mm)),
            across_rms_px=self._spread(x)[0] * max(typical, LEAST_ACROSS_PX),
            apart_sd=max((abs(between(x[part])[0][1]) for part, _ in self.parts[1:]), default=0.0),
            cost=best.cost,
            parameters=tuple(float(value) for value in x),
            curve_sd=self._curve_sd(views),
            focal_px=self.view.focal_px * float(np.exp(x[view.FOCAL])),
            focal_sd=float(np.linalg.norm(views[1:, view.FOCAL] - x[view.FOCAL])),
            spread=(self.across_scale, self.along_scale),
            alike=self._alike_by_kind(self.residuals(x)),
        )

    def _covariance(self, x: Floats) -> Floats:
        """Of the view's numbers (P, P)."""
        residuals = self.residuals(x)
        repeated = self._repeated(self._alike_by_kind(residuals), len(residuals))
        limits = self._limits(LIMIT, len(residuals))
        root = np.sqrt(weights(residuals, limits) / repeated)
        jacobian = self.slopes(x) * root[:, None]
        whole = np.linalg.pinv(jacobian.T @ jacobian)
        return np.asarray(whole[: self.count, : self.count], dtype=np.float64)

    def _moved(self, x: Floats, covariance: Floats) -> Floats:
        """The views (P, P) one sd along each principal direction of their covariance."""
        sd = np.sqrt(np.maximum(np.diag(covariance), 1e-18))
        values, vectors = np.linalg.eigh(covariance / np.outer(sd, sd))
        steps = np.sqrt(np.maximum(values, 0.0)) * vectors * sd[:, None]
        # A longer focal length tilts the plane more, and more than a shorter one tilts it less.
        steps *= np.where(steps[view.FOCAL] < 0, -1.0, 1.0)
        moved: Floats = x[: self.count] + steps.T
        return moved

    def _curve_sd(self, views: Floats) -> float:
        if self.count == view.COUNT:
            return 0.0
        curves = views[:, view.COUNT]
        return float(np.linalg.norm(curves[1:] - curves[0]) / max(abs(curves[0]), 1e-9))

    def _alike_by_kind(self, residuals: Floats) -> tuple[float, float]:
        across, along = self._split(residuals)
        return alike(across), alike(along)

    def _repeated(self, alike: tuple[float, float], count: int) -> Floats:
        """Those across and along (2) for each of the residuals."""
        factors = np.ones(count)
        at = 0
        for ladder in self.ladders:
            ends = 2 * len(ladder.along_mm)
            factors[at : at + ends], factors[at + ends : at + 2 * ends] = alike
            at += 2 * ends
        return factors
