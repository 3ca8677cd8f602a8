"""Graduated edges as the finder would give them, straight from geometry: no picture is drawn."""

import dataclasses
from dataclasses import dataclass

import cv2
import numpy as np

from woundtrack.photo.types import Photo
from woundtrack.scale.ruler.edge import Edge
from woundtrack.scale.ruler.strip import Line
from woundtrack.scale.ruler.unit import read_unit

FILM_MM = 43.27
MM = ((2.6, 4.1, 5.7), (5, 10))
SIXTEENTHS = ((2.2, 3.0, 3.8, 5.0, 6.5), (2, 4, 8, 16))


@dataclass(frozen=True)
class Limb:
    """A tube along a line through the plane's point (x, 0), bent across `across_deg`."""

    radius_mm: float
    x_mm: float = 0.0
    across_deg: float = 0.0

    def space(self, skin_mm: np.ndarray, height_mm: float) -> np.ndarray:
        turn = np.radians(self.across_deg)
        across = np.array([np.cos(turn), np.sin(turn)])
        own = skin_mm - [self.x_mm, 0.0]
        outer = self.radius_mm + height_mm
        angle = own @ across / outer
        flat = own + (outer * np.sin(angle) - own @ across)[:, None] * across
        depth = self.radius_mm - outer * np.cos(angle)
        return np.column_stack([flat[:, 0] + self.x_mm, flat[:, 1], depth])


@dataclass(frozen=True)
class View:
    """A camera over a plane or limb."""

    size_px: tuple[int, int]
    focal_px: float
    centre_px: np.ndarray
    k1: float
    k2: float
    rotation: np.ndarray
    place_mm: np.ndarray
    limb: Limb | None = None

    def px(self, skin_mm: np.ndarray, height_mm: float = 0.0) -> np.ndarray:
        skin_mm = np.asarray(skin_mm, dtype=np.float64)
        space = np.column_stack([skin_mm, np.full(len(skin_mm), -height_mm)])
        if self.limb is not None:
            space = self.limb.space(skin_mm, height_mm)
        seen = space @ self.rotation.T + self.place_mm
        ideal = seen[:, :2] / seen[:, 2:] * self.focal_px + self.centre_px
        middle = (np.array(self.size_px) - 1) / 2
        bent = ideal
        for _ in range(12):
            radius2 = np.sum(((bent - middle) / (np.hypot(*self.size_px) / 2)) ** 2, axis=1)
            factor = 1 + self.k1 * radius2 + self.k2 * radius2**2
            bent = middle + (ideal - middle) / factor[:, None]
        return bent

    @property
    def tilt_deg(self) -> float:
        return float(np.degrees(np.arccos(abs(self.rotation[2, 2]))))


def view(
    chance: np.random.Generator,
    *,
    length_mm: float = 120.0,
    max_tilt_deg: float = 22.0,
    size_px: tuple[int, int] = (4000, 3000),
    limb: Limb | None = None,
) -> View:
    """A phone's camera, any way round, that sees the ruler over half of the frame's height."""
    diagonal = float(np.hypot(*size_px))
    focal = diagonal * chance.uniform(0.55, 0.85)
    tilt = np.radians(chance.uniform(0, max_tilt_deg))
    azimuth, roll = chance.uniform(0, 2 * np.pi, 2)
    lean = np.array([tilt * np.cos(azimuth), tilt * np.sin(azimuth), 0.0])
    rotation = cv2.Rodrigues(lean)[0] @ cv2.Rodrigues(np.array([0.0, 0.0, roll]))[0]
    distance = focal * max(length_mm, 80.0) / (chance.uniform(0.45, 0.8) * size_px[1])
    look = np.array([length_mm / 2, 18.0, 0.0])
    return View(
        size_px=size_px,
        focal_px=focal,
        centre_px=(np.array(size_px) - 1) / 2 + chance.normal(0, 0.004, 2) * diagonal,
        k1=float(chance.normal(0, 0.007)),
        k2=float(chance.normal(0, 0.003)),
        rotation=rotation,
        place_mm=np.array([0.0, 0.0, distance]) - rotation @ look,
        limb=limb,
    )


def photo(chance: np.random.Generator, camera: View, *, focal: bool = True) -> Photo:
    """What the file tells of the camera: whole millimetres of focal length (35 mm equivalent)."""
    width, height = camera.size_px
    if not focal:
        return Photo(width, height, "image/jpeg", 0)
    per_mm = float(np.hypot(width, height)) / FILM_MM
    told = round(camera.focal_px / per_mm * (1 + 0.02 * chance.normal()))
    sd = float(np.hypot(0.29 / told, 0.025))
    return Photo(width, height, "image/jpeg", 0, focal_px=told * per_mm, focal_relative_sd=sd)


def edge(
    chance: np.random.Generator,
    camera: View,
    *,
    origin_mm: tuple[float, float] = (0.0, 0.0),
    turn_deg: float = 0.0,
    count: int = 121,
    pitch_mm: float = 1.0,
    design: tuple[tuple[float, ...], tuple[int, ...]] = MM,
    side: int = -1,
    noise_px: float = 0.3,
    ends_px: float = 0.6,
    missing: float = 0.2,
    height_mm: float = 0.0,
    enlarged: float = 1.0,
) -> Edge:
    """Strokes from a point of the skin on, tips to one side, some missing, all a little off."""
    number = np.arange(count)[chance.random(count) > missing]
    turn = np.radians(turn_deg)
    along = np.array([np.cos(turn), np.sin(turn)])
    base_mm = np.array(origin_mm) + (number * pitch_mm * enlarged)[:, None] * along
    across = side * np.array([-along[1], along[0]])
    tip_mm = base_mm + _lengths_mm(number, design)[:, None] * across
    base, tip = camera.px(base_mm, height_mm), camera.px(tip_mm, height_mm)
    sd = noise_px * chance.uniform(0.7, 1.4, len(number))
    base, tip = _off(chance, base, tip, aside_px=sd, ahead_px=ends_px)
    return edge_through(number, base, tip, across_sd_px=sd * chance.uniform(0.5, 1.5))


def edge_through(
    number: np.ndarray, base: np.ndarray, tip: np.ndarray, *, across_sd_px: np.ndarray
) -> Edge:
    """The edge of these strokes, all of whose ends are sure."""
    steps = np.hypot(*np.diff(base, axis=0).T) / np.diff(number)
    pitch_px = float(np.median(steps))
    length = np.hypot(*(tip - base).T) / pitch_px
    axis = (base[-1] - base[0]) / np.hypot(*(base[-1] - base[0]))
    middle = base.mean(axis=0)
    return Edge(
        number=number,
        base_px=base,
        tip_px=tip,
        across_sd_px=across_sd_px,
        base_sure=np.ones(len(number), np.bool_),
        tip_sure=np.ones(len(number), np.bool_),
        length=length,
        pitch_px=pitch_px,
        scatter=0.2,
        filled=len(number) / float(number[-1] - number[0] + 1),
        rms=0.02,
        unit=read_unit(number, length),
        line=Line((float(middle[0]), float(middle[1])), (float(axis[0]), float(axis[1]))),
        curved=False,
    )


def ideal_edge(
    step_px: float, periods: dict[int, float], *, count: int = 81, y_px: float = 0.0
) -> Edge:
    """Graduations along a line at a height without error, their lengths by period in steps."""
    number = np.arange(count)
    length = np.array([periods[max(p for p in periods if each % p == 0)] for each in number])
    base = np.stack([step_px * number, np.full(count, y_px)], axis=1).astype(np.float64)
    way = -1.0 if y_px else 1.0
    tip = base + np.stack([np.zeros(count), way * length * step_px], axis=1)
    return edge_through(number, base, tip, across_sd_px=np.full(count, 0.1))


def _lengths_mm(
    number: np.ndarray, design: tuple[tuple[float, ...], tuple[int, ...]]
) -> np.ndarray:
    """How long the graduations of these numbers are printed."""
    lengths, periods = design
    kinds = np.zeros(len(number), np.intp)
    for kind, period in enumerate(periods, start=1):
        kinds[number % period == 0] = kind
    return np.array(lengths)[kinds]


def _off(
    chance: np.random.Generator,
    base: np.ndarray,
    tip: np.ndarray,
    *,
    aside_px: np.ndarray,
    ahead_px: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Both ends of strokes, a little aside and ahead of where they are."""
    unit = (tip - base) / np.hypot(*(tip - base).T)[:, None]
    normal = np.column_stack([-unit[:, 1], unit[:, 0]])

    def moved(points: np.ndarray) -> np.ndarray:
        aside, ahead = chance.normal(0, 1, (2, len(points), 1))
        return points + normal * aside_px[:, None] * aside + unit * ahead_px * ahead

    return moved(base), moved(tip)


def without_unit(known: Edge) -> Edge:
    """The same edge, whose lengths do not tell what its steps are."""
    return dataclasses.replace(known, unit=None)


def ring_mm(centre_mm: tuple[float, float], radius_mm: float) -> np.ndarray:
    """A wound."""
    angle = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    radius = radius_mm * (1 + 0.1 * np.cos(2 * angle) + 0.06 * np.cos(5 * angle + 1))
    circle = np.column_stack([np.cos(angle), np.sin(angle)])
    return np.array(centre_mm) + radius[:, None] * circle


def area(points: np.ndarray) -> float:
    x, y = points.T
    return 0.5 * abs(float(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1))))
