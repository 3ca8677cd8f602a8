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
from woundtrack.scale.ruler_least import Solution, minimise
from woundtrack.scale.types import Lens, Shift, matrix3

Floats = NDArray[np.float64]

K1_SD = 0.015
"""Of the radial term at half the frame's diagonal, after the camera's own correction."""
CENTRE_SD = 0.006
"""Of the principal point, as a part of the frame's diagonal (stabilised lenses move it)."""
UNKNOWN_CENTRE_SD, CROPPED_CENTRE_SD = 0.04, 0.12
"""The same where no focal length is told, as in a part of a larger photo; and where the frame's
proportions are no camera's, so that it is one."""
PROPORTIONS, PROPORTIONS_WITHIN = (4 / 3, 3 / 2, 16 / 9), 0.01
UNKNOWN_FOCAL, UNKNOWN_FOCAL_SD = 0.75, 0.35
"""Phones and cameras: 24 to 60 mm (35 mm equivalent), as parts of the frame's diagonal."""
LEAST_FOCAL_SD = 0.01
LEAST_ACROSS_PX = 0.06
ANGLE_SD, FREE_ANGLE_SD = np.radians(0.3), np.radians(60.0)
"""Of the angle between edges of one ruler, and between those of two."""
TIED_WITHIN = np.radians(1.5)
LIMIT, ROUGH_LIMIT = 3.0, 10.0
"""Residuals beyond so many sd lose their weight."""
SUSPECT = 6.0
"""A first fit whose middle residual is this many times the expected is tried from other sides."""
TILTS = ((0.35, 0.0), (-0.35, 0.0), (0.0, 0.35), (0.0, -0.35))
COMMON = 10
"""Parameters of the view: tilt 2, turn, place 2, log distance, log focal, k1, centre 2.

After them come, for each edge but the first, its turn and its place (mm) in the plane of the
first; and for every edge where the tips of each kind lie across it (mm).
"""


@dataclass(frozen=True, slots=True, eq=False)
class Ladder:
    """One edge as the fit needs it: graduations (N,) at known places along the edge."""

    along_mm: Floats
    base_px: Floats
    tip_px: Floats
    across_sd_px: Floats
    base_sure: NDArray[np.bool_]
    tip_sure: NDArray[np.bool_]
    kinds: NDArray[np.intp]
    kind_count: int
    along_sd_px: float


@dataclass(frozen=True, slots=True)
class Plane:
    """What the fit found."""

    map: Shift
    """px to mm, with the lens."""
    shifts: tuple[Shift, ...]
    """Its doubt as independent one-sd shifts."""
    tilt_deg: float
    distance_mm: float
    """From the camera to the middle of the first edge."""
    across_rms_px: float
    """Typical distance of the strokes from where they should be, across them."""
    parameters: tuple[float, ...]


class PlaneFit:
    """The least squares problem of some edges in one photo."""

    def __init__(self, ladders: Sequence[Ladder], photo: Photo) -> None:
        self.ladders = tuple(ladders)
        self.diagonal_px = float(np.hypot(photo.width_px, photo.height_px))
        self.centre = np.array([(photo.width_px - 1) / 2, (photo.height_px - 1) / 2])
        self.focal_px = UNKNOWN_FOCAL * self.diagonal_px
        self.focal_sd, self.centre_sd = UNKNOWN_FOCAL_SD, _unknown_centre_sd(photo)
        if photo.focal_px is not None:
            self.focal_px = photo.focal_px
            self.focal_sd = max(photo.focal_relative_sd, LEAST_FOCAL_SD)
            self.centre_sd = CENTRE_SD
        self.across_scale, self.along_scale = 1.0, 1.0
        self.seen = [np.concatenate([each.base_px, each.tip_px]) for each in self.ladders]
        self.bend = [self._bend(points) for points in self.seen]

    def plane(self, before: Plane | None = None) -> Plane:
        """The best plane; quicker from one `before`, found with all edges but the last."""
        if before is not None:
            start = np.concatenate([np.array(before.parameters), self._placed(before)])
            best = minimise(self.residuals, start, limit=ROUGH_LIMIT, rounds=8)
        else:
            best = self._first()
        for _ in range(2):
            self.across_scale, self.along_scale = self._spread(best.x)
            best = minimise(self.residuals, best.x, limit=LIMIT, rounds=12)
        return self._described(best)

    def _first(self) -> Solution:
        """From square-on the search mostly arrives; where not, tilts of each sense are tried."""
        best = minimise(self.residuals, self._start(0.0, 0.0), limit=ROUGH_LIMIT, rounds=15)
        if self._spread(best.x)[0] < SUSPECT:
            return best
        more = [
            minimise(self.residuals, self._start(*tilt), limit=ROUGH_LIMIT, rounds=15)
            for tilt in TILTS
        ]
        return min([best, *more], key=lambda each: each.cost)

    def _start(self, tilt_x: float, tilt_y: float) -> Floats:
        """The first edge seen nearly square-on."""
        first = self.ladders[0]
        span = first.base_px[-1] - first.base_px[0]
        length_mm = float(first.along_mm[-1] - first.along_mm[0])
        scale = float(np.hypot(*span)) / length_mm
        turn = float(np.arctan2(span[1], span[0]))
        middle = int(np.argmin(np.abs(first.along_mm)))
        place = (first.base_px[middle] - self.centre) / self.focal_px
        normal = np.array([-np.sin(turn), np.cos(turn)])
        across = (first.tip_px - first.base_px) @ normal / scale
        view = [tilt_x, tilt_y, turn, *place, np.log(self.focal_px / scale), 0.0, 0.0, 0.0, 0.0]
        return np.array([*view, *_by_kind(across, first)])

    def _placed(self, before: Plane) -> Floats:
        """Turn, place and tips of the last edge, in the plane found before."""
        last = self.ladders[-1]
        forward, k1 = self.homography(np.array(before.parameters)), before.parameters[7]
        seen = self.seen[-1] + k1 * self.bend[-1]
        flat = _project(np.asarray(np.linalg.inv(forward), dtype=np.float64), seen)
        base, tip = flat[: len(last.along_mm)], flat[len(last.along_mm) :]
        span = base[-1] - base[0]
        turn = float(np.arctan2(span[1], span[0]))
        unit = np.array([np.cos(turn), np.sin(turn)])
        start = np.median(base - last.along_mm[:, None] * unit, axis=0)
        across = (tip - base) @ np.array([-unit[1], unit[0]])
        return np.array([turn, *start, *_by_kind(across, last)])

    def _bend(self, points: Floats) -> Floats:
        """What k1 = 1 would add to points to undistort them, as `Scale` does it."""
        offset = points - self.centre
        radius2 = np.sum(offset**2, axis=1, keepdims=True) / (self.diagonal_px / 2) ** 2
        bend: Floats = offset * radius2
        return bend

    def homography(self, x: Floats) -> Floats:
        """From mm of the plane to undistorted px (3, 3)."""
        rotation = _rotation(x[0], x[1], x[2])
        focal = self.focal_px * np.exp(x[6])
        centre = self.centre + x[8:10] * self.diagonal_px
        camera = np.array([[focal, 0.0, centre[0]], [0.0, focal, centre[1]], [0.0, 0.0, 1.0]])
        shift = np.exp(x[5]) * np.array([x[3], x[4], 1.0])
        product: Floats = camera @ np.stack([rotation[:, 0], rotation[:, 1], shift], axis=1)
        return product

    def residuals(self, x: Floats) -> Floats:
        """Across and along each stroke at both ends, in sd; then what was known before."""
        forward = self.homography(x)
        parts: list[Floats] = []
        prior = [x[6] / self.focal_sd, x[7] / K1_SD, *(x[8:10] / self.centre_sd)]
        at = COMMON
        for place, ladder in enumerate(self.ladders):
            turn, start = 0.0, np.zeros(2)
            if place:
                turn, start = float(x[at]), x[at + 1 : at + 3]
                at += 3
                prior.append(_from_square(turn))
            tips = x[at : at + ladder.kind_count]
            at += ladder.kind_count
            seen = self.seen[place] + x[7] * self.bend[place]
            ends = _ends(ladder, turn, start, tips)
            parts += self._ladder_residuals(ladder, seen, _project(forward, ends))
        return np.concatenate([*parts, np.array(prior)])

    def _ladder_residuals(self, ladder: Ladder, seen: Floats, expected: Floats) -> list[Floats]:
        """Across (base, tip) and along (base, tip) the strokes of one edge."""
        count = len(ladder.along_mm)
        stroke = expected[count:] - expected[:count]
        stroke = stroke / np.maximum(np.hypot(stroke[:, 0], stroke[:, 1]), 1e-9)[:, None]
        off = (seen - expected).reshape(2, count, 2)
        across = off[:, :, 1] * stroke[:, 0] - off[:, :, 0] * stroke[:, 1]
        along = off[:, :, 0] * stroke[:, 0] + off[:, :, 1] * stroke[:, 1]
        across_sd = self.across_scale * np.maximum(ladder.across_sd_px, LEAST_ACROSS_PX)
        sure = np.stack([ladder.base_sure, ladder.tip_sure])
        along = np.where(sure, along, 0.0) / (self.along_scale * ladder.along_sd_px)
        return [(across / across_sd).ravel(), along.ravel()]

    def _split(self, x: Floats) -> tuple[Floats, Floats]:
        """All residuals across, and all along sure ends (in sd)."""
        residuals, at = self.residuals(x), 0
        across, along = [], []
        for ladder in self.ladders:
            count = 2 * len(ladder.along_mm)
            sure = np.concatenate([ladder.base_sure, ladder.tip_sure])
            across.append(residuals[at : at + count])
            along.append(residuals[at + count : at + 2 * count][sure])
            at += 2 * count
        return np.concatenate(across), np.concatenate(along)

    def _spread(self, x: Floats) -> tuple[float, float]:
        """The sd across and along in units of those assumed, from the middle residuals."""
        across, along = self._split(x)
        wide = 1.48 * self.across_scale * float(np.median(np.abs(across)))
        long = 1.48 * self.along_scale * float(np.median(np.abs(along))) if len(along) else 1.0
        return max(wide, 0.5), max(long, 0.15)

    def _described(self, best: Solution) -> Plane:
        x = best.x
        typical = float(np.median(np.concatenate([e.across_sd_px for e in self.ladders])))
        rotation = _rotation(x[0], x[1], x[2])
        return Plane(
            map=self._map(x),
            shifts=self._shifts(x, best.jacobian),
            tilt_deg=float(np.degrees(np.arccos(np.clip(abs(rotation[2, 2]), 0, 1)))),
            distance_mm=float(np.exp(x[5])),
            across_rms_px=self._spread(x)[0] * max(typical, LEAST_ACROSS_PX),
            parameters=tuple(float(value) for value in x),
        )

    def _map(self, x: Floats) -> Shift:
        lens = Lens(
            float(x[7]), (float(self.centre[0]), float(self.centre[1])), self.diagonal_px / 2
        )
        return Shift(matrix3(np.linalg.inv(self.homography(x))), lens)

    def _shifts(self, x: Floats, jacobian: Floats) -> tuple[Shift, ...]:
        """One sd along each principal direction of the view's covariance."""
        covariance = np.linalg.pinv(jacobian.T @ jacobian)[:COMMON, :COMMON]
        sd = np.sqrt(np.maximum(np.diag(covariance), 1e-18))
        values, vectors = np.linalg.eigh(covariance / np.outer(sd, sd))
        shifts = []
        for value, vector in zip(values, vectors.T, strict=True):
            moved = x.copy()
            moved[:COMMON] += np.sqrt(max(value, 0.0)) * vector * sd
            shifts.append(self._map(moved))
        return tuple(shifts)


def _unknown_centre_sd(photo: Photo) -> float:
    """Of the principal point of a photo that does not tell its camera."""
    proportion = max(photo.width_px, photo.height_px) / min(photo.width_px, photo.height_px)
    whole = any(abs(proportion / each - 1) < PROPORTIONS_WITHIN for each in PROPORTIONS)
    return UNKNOWN_CENTRE_SD if whole else CROPPED_CENTRE_SD


def _by_kind(across: Floats, ladder: Ladder) -> list[float]:
    """The usual place of the tips of each kind."""
    kinds = range(ladder.kind_count)
    return [float(np.median(across[ladder.kinds == kind])) for kind in kinds]


def _from_square(turn: float) -> float:
    """How far edges are from parallel or square, in sd: those of one ruler are, others need not."""
    off = (turn + np.pi / 4) % (np.pi / 2) - np.pi / 4
    return float(off / ANGLE_SD) if abs(off) < TIED_WITHIN else float(off / FREE_ANGLE_SD)


def _ends(ladder: Ladder, turn: float, start: Floats, tips: Floats) -> Floats:
    """Bases, then tips, in mm of the plane."""
    unit = np.array([np.cos(turn), np.sin(turn)])
    normal = np.array([-unit[1], unit[0]])
    base = start + ladder.along_mm[:, None] * unit
    return np.concatenate([base, base + tips[ladder.kinds][:, None] * normal])


def _rotation(tilt_x: float, tilt_y: float, turn: float) -> Floats:
    """Turn in the plane, then tilt by the rotation vector (tilt_x, tilt_y, 0) (Rodrigues)."""
    cosine, sine = np.cos(turn), np.sin(turn)
    flat = np.array([[cosine, -sine, 0.0], [sine, cosine, 0.0], [0.0, 0.0, 1.0]])
    angle = float(np.hypot(tilt_x, tilt_y))
    cross = np.array([[0.0, 0.0, tilt_y], [0.0, 0.0, -tilt_x], [-tilt_y, tilt_x, 0.0]])
    one, two = np.sinc(angle / np.pi), 0.5 * np.sinc(angle / (2 * np.pi)) ** 2
    rotation: Floats = (np.eye(3) + one * cross + two * (cross @ cross)) @ flat
    return rotation


def _project(matrix: Floats, points: Floats) -> Floats:
    depth = points @ matrix[2, :2] + matrix[2, 2]
    projected: Floats = (points @ matrix[:2, :2].T + matrix[:2, 2]) / depth[:, None]
    return projected
