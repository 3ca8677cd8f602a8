"""The plane under one or more graduated edges: all stroke ends fitted jointly.

A pinhole camera with one radial term looks at a plane. Each graduation is a short line in it at
a known place along its edge; where its ends lie across the edge is unknown, but the same for all
of one kind. The lens, focal length and principal point are unknowns held by what is known of
them before, so that their doubt is in the covariance (bundle adjustment: Triggs et al. 2000).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from woundtrack.photo.types import Photo
from woundtrack.scale.ruler_least import minimise
from woundtrack.scale.types import Lens, Shift, matrix3

Floats = NDArray[np.float64]

K1_SD = 0.015
"""Of the radial term at half the frame's diagonal, after the camera's own correction."""
CENTRE_SD = 0.006
"""Of the principal point, as a part of the frame's diagonal (stabilised lenses move it)."""
UNKNOWN_FOCAL, UNKNOWN_FOCAL_SD = 0.75, 0.35
"""Phones and cameras: 24 to 60 mm (35 mm equivalent), as parts of the frame's diagonal."""
LEAST_FOCAL_SD = 0.01
LEAST_ACROSS_PX = 0.06
ALONG_PX = 0.6
"""How well the end of one stroke is seen, before the fit tells."""
ANGLE_SD = np.radians(0.3)
"""Of the angle between edges that belong to one ruler."""
LIMIT, ROUGH_LIMIT = 3.0, 10.0
"""Residuals beyond so many sd lose their weight."""
SUSPECT = 6.0
"""A first fit whose middle residual is this many times the expected is tried from other sides."""
COMMON = 10
"""Parameters before those of the edges: rotation 3, shift 2, log distance, log focal, k1, centre 2."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """One edge as the fit needs it: graduations (N,) with a known place along the edge."""

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
    across_rms_px: float
    along_rms_px: float
    cost: float


class PlaneFit:
    """The least squares problem of some ladders in one photo."""

    def __init__(self, ladders: Sequence[Ladder], photo: Photo) -> None:
        self.ladders = tuple(ladders)
        self.size = (photo.width_px, photo.height_px)
        self.diagonal_px = float(np.hypot(*self.size))
        if photo.focal_px is None:
            self.focal_px, self.focal_sd = UNKNOWN_FOCAL * self.diagonal_px, UNKNOWN_FOCAL_SD
        else:
            self.focal_px = photo.focal_px
            self.focal_sd = max(photo.focal_relative_sd, LEAST_FOCAL_SD)
        self.centre = np.array([(self.size[0] - 1) / 2, (self.size[1] - 1) / 2])
        self.norm_px = self.diagonal_px / 2
        self.scales = (1.0, 1.0)

    def plane(self) -> Plane:
        """The best plane, with its covariance."""
        starts = self._starts()
        best = minimise(self.residuals, starts[0], limit=ROUGH_LIMIT, rounds=15)
        # From square-on the search mostly arrives; where it does not, tilts of each sense are tried.
        if self._spread(best.x)[0] > SUSPECT:
            more = [
                minimise(self.residuals, start, limit=ROUGH_LIMIT, rounds=15)
                for start in starts[1:]
            ]
            best = min([best, *more], key=lambda each: each.cost)
        for _ in range(3):
            self.scales = self._spread(best.x)
            best = minimise(self.residuals, best.x, limit=LIMIT)
        return self._described(best.x, best.jacobian, best.cost)

    def _starts(self) -> list[Floats]:
        """Square-on, and tilted four ways: tilts of opposite sense are separate minima."""
        first = self.ladders[0]
        span_px = first.base_px[-1] - first.base_px[0]
        span_mm = first.along_mm[-1] - first.along_mm[0]
        scale = np.hypot(*span_px) / abs(span_mm)
        angle = np.arctan2(span_px[1], span_px[0]) + (np.pi if span_mm < 0 else 0.0)
        distance = self.focal_px / scale
        tail = self._edge_starts(float(angle), float(scale))
        place = first.base_px[int(np.argmin(np.abs(first.along_mm - first.along_mm.mean())))]
        shift = (place - self.centre) / self.focal_px
        starts = []
        for tilt in ((0.0, 0.0), (0.35, 0.0), (-0.35, 0.0), (0.0, 0.35), (0.0, -0.35)):
            head = np.array([*tilt, angle, *shift, np.log(distance), 0.0, 0.0, 0.0, 0.0])
            starts.append(np.concatenate([head, tail]))
        return starts

    def _edge_starts(self, angle: float, scale: float) -> Floats:
        """Per edge: turn, place along and across (mm) — not for the first —, end lines (mm)."""
        values: list[float] = []
        cosine, sine = np.cos(angle), np.sin(angle)
        turn_back = np.array([[cosine, sine], [-sine, cosine]]) / scale
        origin = self.ladders[0].base_px[
            int(np.argmin(np.abs(self.ladders[0].along_mm - self.ladders[0].along_mm.mean())))
        ]
        for place, ladder in enumerate(self.ladders):
            base = (ladder.base_px - origin) @ turn_back.T
            tip = (ladder.tip_px - origin) @ turn_back.T
            span = base[-1] - base[0]
            if ladder.along_mm[-1] < ladder.along_mm[0]:
                span = -span
            turn = float(np.arctan2(span[1], span[0]))
            unit = np.array([np.cos(turn), np.sin(turn)])
            normal = np.array([-unit[1], unit[0]])
            if place:
                start = base[0] - ladder.along_mm[0] * unit
                values += [turn, float(start[0]), float(start[1])]
            for kind in range(ladder.kind_count):
                lengths = ((tip - base) @ normal)[ladder.kinds == kind]
                values.append(float(np.median(lengths)) if len(lengths) else 0.0)
        return np.array(values)

    def undistorted(self, points: Floats, k1: float) -> Floats:
        """As `Scale` does it."""
        offset = points - self.centre
        radius2 = np.sum(offset**2, axis=1, keepdims=True) / self.norm_px**2
        straight: Floats = points + offset * (k1 * radius2)
        return straight

    def homography(self, x: Floats) -> Floats:
        """From mm of the plane to undistorted px (3, 3)."""
        rotation = _rotation(x[0], x[1], x[2])
        focal = self.focal_px * np.exp(x[6])
        camera = np.array(
            [
                [focal, 0.0, self.centre[0] + x[8] * self.diagonal_px],
                [0.0, focal, self.centre[1] + x[9] * self.diagonal_px],
                [0.0, 0.0, 1.0],
            ]
        )
        shift = np.exp(x[5]) * np.array([x[3], x[4], 1.0])
        product: Floats = camera @ np.stack([rotation[:, 0], rotation[:, 1], shift], axis=1)
        return product

    def residuals(self, x: Floats) -> Floats:
        """Across and along each stroke at both ends, in sd; then what was known before."""
        forward = self.homography(x)
        parts: list[Floats] = []
        prior = [
            x[6] / self.focal_sd,
            x[7] / K1_SD,
            x[8] / CENTRE_SD,
            x[9] / CENTRE_SD,
        ]
        at = COMMON
        for place, ladder in enumerate(self.ladders):
            turn, start = 0.0, np.zeros(2)
            if place:
                turn, start = float(x[at]), x[at + 1 : at + 3]
                at += 3
                square = np.round(turn / (np.pi / 2)) * np.pi / 2
                prior.append((turn - square) / ANGLE_SD)
            ends = x[at : at + ladder.kind_count]
            at += ladder.kind_count
            parts += self._ladder_residuals(ladder, forward, turn, start, ends, float(x[7]))
        return np.concatenate([*parts, np.array(prior)])

    def _ladder_residuals(
        self, ladder: Ladder, forward: Floats, turn: float, start: Floats, ends: Floats, k1: float
    ) -> list[Floats]:
        unit = np.array([np.cos(turn), np.sin(turn)])
        normal = np.array([-unit[1], unit[0]])
        base_mm = start + ladder.along_mm[:, None] * unit
        tip_mm = base_mm + ends[ladder.kinds][:, None] * normal
        base, tip = _project(forward, base_mm), _project(forward, tip_mm)
        stroke = tip - base
        stroke /= np.maximum(np.hypot(stroke[:, 0], stroke[:, 1]), 1e-9)[:, None]
        across_sd = self.scales[0] * np.maximum(ladder.across_sd_px, LEAST_ACROSS_PX)
        along_sd = self.scales[1] * ladder.along_sd_px
        parts = []
        for seen, expected, weight in (
            (ladder.base_px, base, ladder.base_sure.astype(np.float64)),
            (ladder.tip_px, tip, ladder.tip_sure.astype(np.float64)),
        ):
            off = self.undistorted(seen, k1) - expected
            parts.append((off[:, 1] * stroke[:, 0] - off[:, 0] * stroke[:, 1]) / across_sd)
            parts.append(weight * np.sum(off * stroke, axis=1) / along_sd)
        return parts

    def _spread(self, x: Floats) -> tuple[float, float]:
        """The sd across and along in units of those assumed, from the middle residuals."""
        across, along = self._split(x)
        wide = 1.48 * self.scales[0] * float(np.median(np.abs(across)))
        long = 1.48 * self.scales[1] * float(np.median(np.abs(along)))
        return max(wide, 0.5), max(long, 0.15)

    def _split(self, x: Floats) -> tuple[Floats, Floats]:
        """All residuals across, and all along (in sd)."""
        residuals = self.residuals(x)
        across, along, at = [], [], 0
        for ladder in self.ladders:
            count = len(ladder.along_mm)
            for part in (across, along, across, along):
                part.append(residuals[at : at + count])
                at += count
        return np.concatenate(across), np.concatenate(along)

    def _described(self, x: Floats, jacobian: Floats, cost: float) -> Plane:
        across, along = self._split(x)
        typical = float(np.median(np.concatenate([e.across_sd_px for e in self.ladders])))
        along_sd = float(np.mean([e.along_sd_px for e in self.ladders]))
        rotation = _rotation(x[0], x[1], x[2])
        return Plane(
            map=self._map(x),
            shifts=self._shifts(x, jacobian),
            tilt_deg=float(np.degrees(np.arccos(np.clip(abs(rotation[2, 2]), 0, 1)))),
            distance_mm=float(np.exp(x[5])),
            across_rms_px=1.48 * float(np.median(np.abs(across))) * typical * self.scales[0],
            along_rms_px=1.48 * float(np.median(np.abs(along))) * along_sd * self.scales[1],
            cost=cost,
        )

    def _map(self, x: Floats) -> Shift:
        lens = Lens(float(x[7]), (float(self.centre[0]), float(self.centre[1])), self.norm_px)
        return Shift(matrix3(np.linalg.inv(self.homography(x))), lens)

    def _shifts(self, x: Floats, jacobian: Floats) -> tuple[Shift, ...]:
        """One sd along each principal direction of the camera's and plane's covariance."""
        covariance = np.linalg.pinv(jacobian.T @ jacobian)[:COMMON, :COMMON]
        sd = np.sqrt(np.maximum(np.diag(covariance), 1e-18))
        values, vectors = np.linalg.eigh(covariance / np.outer(sd, sd))
        shifts = []
        for value, vector in zip(values, vectors.T, strict=True):
            moved = x.copy()
            moved[:COMMON] += np.sqrt(max(value, 0.0)) * vector * sd
            shifts.append(self._map(moved))
        return tuple(shifts)


def _rotation(tilt_x: float, tilt_y: float, turn: float) -> Floats:
    """Turn in the plane, then tilt by the rotation vector (tilt_x, tilt_y, 0) (Rodrigues)."""
    cosine, sine = np.cos(turn), np.sin(turn)
    flat = np.array([[cosine, -sine, 0.0], [sine, cosine, 0.0], [0.0, 0.0, 1.0]])
    angle = float(np.hypot(tilt_x, tilt_y))
    cross = np.array([[0.0, 0.0, tilt_y], [0.0, 0.0, -tilt_x], [-tilt_y, tilt_x, 0.0]])
    if angle < 1e-9:
        tilt = np.eye(3) + cross
    else:
        one, two = np.sin(angle) / angle, (1 - np.cos(angle)) / angle**2
        tilt = np.eye(3) + one * cross + two * (cross @ cross)
    rotation: Floats = tilt @ flat
    return rotation


def _project(matrix: Floats, points: Floats) -> Floats:
    depth = points @ matrix[2, :2] + matrix[2, 2]
    projected: Floats = (points @ matrix[:2, :2].T + matrix[:2, 2]) / depth[:, None]
    return projected
